import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0008_stage_of_the_house"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unclaimed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("insight", models.PositiveIntegerField()),
                (
                    "text",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(600)]),
                ),
                (
                    "why",
                    models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(600)]),
                ),
                ("practice", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="meetings.present",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unclaimed",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="meetings_unclaimed_once")
                ],
            },
        ),
    ]
