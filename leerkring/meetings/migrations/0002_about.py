"""Of each part of a meeting: of which earlier part it uses the cards. Of those held before this was kept it can be told
where a sentence was decided on: it was written in the step before, and talked about after dots were given."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    stages = apps.get_model("meetings", "Stage").objects
    forms: dict[tuple[int, str], list[Any]] = {}
    for stage in stages.order_by("meeting", "position").iterator():
        stage.key = str(stage.position)
        forms.setdefault((stage.meeting_id, stage.workform), []).append(stage)
    changed = [stage for form in forms.values() for stage in _told(form)]
    stages.bulk_update(changed, ["key", "of"], batch_size=200)


def _told(form: list[Any]) -> list[Any]:
    consent = next((place for place, stage in enumerate(form) if stage.kind == "consent"), 0)
    wrote = max((place for place in range(consent) if form[place].kind == "write"), default=None)
    if wrote is not None and form[0].workform:
        chosen = False
        for stage in form[wrote + 1 : consent + 1]:
            chosen = chosen or stage.kind == "dots"
            if chosen and stage.kind in {"dots", "talk", "consent"}:
                stage.of = form[wrote].key
    return form


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings")]

    operations = [
        migrations.AddField(
            "stage", "key", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.AddField(
            "stage", "of", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
