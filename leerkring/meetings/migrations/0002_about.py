"""Of each part of a meeting: of which earlier part it uses the cards. Of those held before this was kept it can be told
where a sentence was decided on: it was written in the step before, and talked about after dots were given. Of an
objection: whether it was of how the sentence read before."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Cast


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    stages = apps.get_model("meetings", "Stage").objects
    stages.update(key=Cast("position", models.CharField(max_length=80)))
    rows = stages.only("meeting_id", "position", "key", "kind", "workform").exclude(workform="")
    by_form = groupby(
        rows.order_by("meeting", "workform", "position").iterator(2000),
        lambda stage: (stage.meeting_id, stage.workform),
    )
    told: list[Any] = []
    for _form, held in by_form:
        told += _about(list(held))
        if len(told) >= 500:
            stages.bulk_update(told, ["of"])
            told = []
    stages.bulk_update(told, ["of"])


def _about(form: list[Any]) -> Iterator[Any]:
    consent = next((place for place, stage in enumerate(form) if stage.kind == "consent"), 0)
    wrote = max((place for place in range(consent) if form[place].kind == "write"), default=None)
    if wrote is None:
        return
    chosen = False
    for stage in form[wrote + 1 : consent + 1]:
        chosen = chosen or stage.kind == "dots"
        if stage.kind == "consent" or (chosen and stage.kind in {"dots", "talk"}):
            stage.of = form[wrote].key
            yield stage


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings")]

    operations = [
        migrations.AddField(
            "stage", "key", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.AddField(
            "stage", "of", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.AddField("note", "lapsed", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
