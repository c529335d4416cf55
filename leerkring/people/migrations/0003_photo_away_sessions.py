import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_uid_language_unread")]

    operations = [
        migrations.AddField(
            "user",
            "photo",
            models.CharField(blank=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField("user", "half_days", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(
                fields=["photo"], condition=~models.Q(photo=""), name="people_user_photo_is_of_one"
            ),
        ),
        migrations.CreateModel(
            "Away",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("is_open", models.BooleanField(default=False)),
                ("shows_last_day", models.BooleanField(default=False)),
                ("planned_at", models.DateTimeField(editable=False)),
                ("began", models.BooleanField(default=False, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "first_day"], name="people_away_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(last_day__gte=models.F("first_day")),
                        name="people_away_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "Session",
            [
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("device", models.CharField(blank=True, max_length=40)),
                ("begun_at", models.DateTimeField()),
                ("seen_on", models.DateField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        # Sessions of before say who was here and are read by nobody any more; everyone signs in again.
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
