import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leerkring.clock
import leerkring.meetings.models.calendar_feed
import leerkring.meetings.models.live
import leerkring.meetings.workform


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0009_talked"),
        ("goals", "0003_version"),
        ("people", "0003_photo_away_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="series",
                        to="communities.community",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=leerkring.meetings.models.calendar_feed.new_key,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=200, verbose_name="waar gaat het over?")),
                (
                    "question",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="welke vraag over het leren ligt op tafel?"
                    ),
                ),
                (
                    "bring",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="wat lees je, of neem je mee?"
                    ),
                ),
                (
                    "material",
                    models.BooleanField(
                        default=False,
                        verbose_name="we hebben leerlingwerk, uitkomsten, een fragment of een tekst bij de hand",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="hoeveel minuten?",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="waar?")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link voor videobellen")),
                ("confidential", models.BooleanField(default=False, verbose_name="vertrouwelijk")),
                ("board_only", models.BooleanField(default=False, verbose_name="alleen het bord")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("poll", "we zoeken een datum"),
                            ("planned", "gepland"),
                            ("live", "bezig"),
                            ("closed", "geweest"),
                            ("cancelled", "gaat niet door"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("why_cancelled", models.CharField(blank=True, editable=False, max_length=300)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("planned_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="communities.community",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="goals.goal",
                        verbose_name="bij welk doel?",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="meetings.series",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "starts_at"], name="meetings_meeting_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["poll", "planned", "live", "closed", "cancelled"])),
                        name="meetings_meeting_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["poll", "cancelled"]),
                            ("starts_at__isnull", False),
                            _connector="OR",
                        ),
                        name="meetings_meeting_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="meetings_closed_with_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Live",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("steps", models.JSONField()),
                (
                    "code",
                    models.CharField(
                        default=leerkring.meetings.models.live.new_code, max_length=6, unique=True
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("rewritten", models.PositiveIntegerField(default=0)),
                ("minute", models.FloatField(default=60.0)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="live",
                        to="meetings.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "text",
                    models.TextField(
                        max_length=2000,
                        validators=[django.core.validators.MaxLengthValidator(2000)],
                        verbose_name="wat was anders, of ontbreekt?",
                    ),
                ),
                ("out", models.BooleanField(default=False, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "starts_at"), name="meetings_one_option_a_moment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OptionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        choices=[("yes", "ik kan"), ("if_needed", "als het moet"), ("no", "ik kan niet")],
                        max_length=9,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="meetings.option",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("option", "member"), name="meetings_one_answer_an_option")
                ]
            },
        ),
        migrations.CreateModel(
            name="OwnForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60)),
                ("content", models.JSONField()),
                ("revision", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_forms",
                        to="communities.community",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "key"), name="meetings_own_form_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("came_at", models.DateTimeField()),
                (
                    "live",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="meetings.live",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("live", "member"), name="meetings_one_place_a_member")
                ]
            },
        ),
        migrations.CreateModel(
            name="LiveAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("key", models.CharField(blank=True, max_length=64)),
                ("kind", models.CharField(max_length=12)),
                ("data", models.JSONField()),
                ("at", models.FloatField()),
                (
                    "live",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="acts", to="meetings.live"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="meetings.participant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("live", "number"), name="meetings_act_in_its_place"),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("live", "by", "key"),
                        name="meetings_act_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Gave",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=leerkring.meetings.models.live.unlinked, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=80)),
                ("times", models.PositiveSmallIntegerField(default=0)),
                (
                    "live",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gave", to="meetings.live"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="meetings.participant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("live", "step", "by"), name="meetings_gave_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=64, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.session",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="meetings.participant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Present",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("roles", models.JSONField(blank=True, default=list)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="present",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="meetings.participant",
                    ),
                ),
            ],
            options={"ordering": ["name", "pk"]},
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        choices=[("yes", "ik kom"), ("maybe", "misschien"), ("no", "ik kan niet")],
                        max_length=5,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "member"), name="meetings_one_reply_a_person")
                ]
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("prompt", models.CharField(blank=True, max_length=400)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("content", models.BooleanField(default=True, null=True)),
                ("workform", models.SlugField(blank=True, max_length=60)),
                ("yes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "position"), name="meetings_stage_in_its_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(validators=[django.core.validators.MaxLengthValidator(600)])),
                ("pile", models.CharField(blank=True, max_length=120)),
                ("dots", models.PositiveSmallIntegerField(default=0)),
                ("objection", models.BooleanField(default=False)),
                ("late", models.BooleanField(default=False)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("out", models.BooleanField(default=False)),
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
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="meetings.stage"
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            (leerkring.meetings.workform.Role["FACILITATOR"], "gespreksleider"),
                            (leerkring.meetings.workform.Role["TIMEKEEPER"], "tijdbewaker"),
                            (leerkring.meetings.workform.Role["PRESENTER"], "inbrenger"),
                            (leerkring.meetings.workform.Role["SCRIBE"], "notulist"),
                            (leerkring.meetings.workform.Role["OBSERVER"], "waarnemer"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "role"), name="meetings_one_person_a_role")
                ]
            },
        ),
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
                ("of_all", models.BooleanField(default=False)),
                ("on", models.DateField(blank=True, null=True)),
                ("out", models.BooleanField(default=False)),
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
        migrations.CreateModel(
            name="Unsigned",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=leerkring.meetings.models.live.unlinked, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=80)),
                ("token", models.BigIntegerField()),
                ("text", models.TextField()),
                (
                    "live",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsigned",
                        to="meetings.live",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("live", "step", "token"), name="meetings_unsigned_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="wat?")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(480),
                        ],
                        verbose_name="minuten",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("content", "inhoud"), ("organisation", "organisatie")],
                        default="content",
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("workform", models.SlugField(blank=True, max_length=60, verbose_name="werkvorm")),
                ("added_at", models.DateTimeField(default=leerkring.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="meetings_one_item_a_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("unsure", "Unsure"),
                            ("refused", "Refused"),
                            ("nothing_left", "Nothing Left"),
                            ("given_up", "Given Up"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("told", models.PositiveIntegerField(blank=True, null=True)),
                ("told_start", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["due"],
                        name="meetings_invite_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "user"), name="meetings_one_invite_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told", None), ("told_start", None)),
                            models.Q(("told__isnull", False), ("told_start__isnull", False)),
                            _connector="OR",
                        ),
                        name="meetings_invite_told_of_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Harvested",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("thing_kind", models.CharField(max_length=20)),
                ("thing_id", models.BigIntegerField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="harvested",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number", "thing_kind"), name="meetings_harvested_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="naam van het bestand")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("docx", "Word-bestand"),
                            ("odt", "tekstbestand (odt)"),
                            ("xlsx", "rekenblad"),
                            ("pptx", "presentatie"),
                            ("png", "afbeelding"),
                            ("jpeg", "afbeelding"),
                            ("webp", "afbeelding"),
                            ("txt", "tekst"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("token", models.CharField(max_length=32, unique=True)),
                ("at", models.DateTimeField()),
                ("step", models.PositiveSmallIntegerField(editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handouts",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["pdf", "docx", "odt", "xlsx", "pptx", "png", "jpeg", "webp", "txt"])
                        ),
                        name="meetings_handout_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExitFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=10)),
                ("n", models.PositiveSmallIntegerField()),
                ("mean", models.FloatField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exit_figures",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "question"), name="meetings_one_figure")
                ]
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wat?",
                    ),
                ),
                ("others", models.CharField(blank=True, max_length=300)),
                ("by", models.DateField(blank=True, null=True, verbose_name="wanneer klaar?")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "staat open"), ("kept", "gedaan"), ("let_go", "losgelaten")],
                        default="open",
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("carried", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="communities.community",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                ("who", models.ManyToManyField(blank=True, related_name="+", to="communities.membership")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="agreements",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "by"], name="meetings_agreement_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "let_go"])),
                        name="meetings_agreement_state",
                    )
                ],
            },
        ),
    ]
