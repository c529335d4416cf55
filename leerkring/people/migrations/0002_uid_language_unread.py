import uuid
from typing import Any

from django.db import migrations, models


def give_everyone_their_own(apps: Any, schema_editor: Any) -> None:
    User = apps.get_model("people", "User")
    for pk in User.objects.values_list("pk", flat=True):
        User.objects.filter(pk=pk).update(uid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [
        migrations.AddField("user", "uid", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
        migrations.RunPython(give_everyone_their_own, migrations.RunPython.noop),
        migrations.AlterField(
            "user", "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddField(
            "user",
            "language",
            models.CharField(blank=True, default="", max_length=5, verbose_name="taal"),
            preserve_default=False,
        ),
        migrations.AddField("user", "unread", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("user", "version", models.PositiveIntegerField(default=0, editable=False)),
    ]
