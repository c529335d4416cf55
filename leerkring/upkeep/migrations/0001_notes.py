from django.db import migrations, models

import leerkring.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("backup", "Backup"),
                            ("drill", "Drill"),
                            ("mail", "Mail"),
                            ("restore", "Restore"),
                        ],
                        max_length=10,
                    ),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=leerkring.clock.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="upkeep_note_once")],
            },
        ),
    ]
