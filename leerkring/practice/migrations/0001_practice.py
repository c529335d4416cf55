import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import leerkring.goals.happenings


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0009_talked"),
        ("goals", "0003_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="waar wil je dat je collega op let?"
                    ),
                ),
                ("lesson", models.CharField(max_length=120, verbose_name="welke groep of klas, welke les?")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="waar?")),
                ("starts_at", models.DateTimeField()),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="hoeveel minuten?",
                    ),
                ),
                (
                    "room_for",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="voor hoeveel collega's is er plek?",
                    ),
                ),
                ("is_full", models.BooleanField(default=False, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("open", "open"),
                            ("held", "geweest"),
                            ("cancelled", "gaat niet door"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("talked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("released_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="communities.community",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="goals.goal",
                        verbose_name="bij welk doel?",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Intention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="wat probeer jij?")),
                ("on", models.DateField(verbose_name="wanneer?")),
                ("at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "worked",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja, het werkte"), ("partly", "Deels"), ("no", "Nee, nu niet")],
                        max_length=6,
                        verbose_name="werkte het?",
                    ),
                ),
                (
                    "how",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="hoe ging het?",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intentions",
                        to="practice.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Visitor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("handed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visitors",
                        to="practice.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
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
                (
                    "kind",
                    models.CharField(
                        choices=[("says", "zegt"), ("does", "doet"), ("asks", "vraagt")], max_length=4
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=600, validators=[django.core.validators.MaxLengthValidator(600)]
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="practice.visitor",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tryout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idea",
                    models.TextField(
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wat ga je proberen?",
                    ),
                ),
                (
                    "expected",
                    models.TextField(
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wat verwacht je te zien?",
                    ),
                ),
                ("on", models.DateField(verbose_name="wanneer?")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="waar?")),
                ("at", models.DateTimeField()),
                (
                    "adapted",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wat deed je anders?",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wat zag je?",
                    ),
                ),
                (
                    "worked",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Ja, het werkte"), ("partly", "Deels"), ("no", "Nee, nu niet")],
                        max_length=6,
                        verbose_name="werkte het?",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            (leerkring.goals.happenings.Decision["KEEP"], "Doorgaan: dit blijf ik doen"),
                            (
                                leerkring.goals.happenings.Decision["ADAPT"],
                                "Aanpassen: ik probeer het anders",
                            ),
                            (leerkring.goals.happenings.Decision["STOP"], "Stoppen: dit laat ik los"),
                        ],
                        max_length=5,
                        verbose_name="hoe ga je verder?",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="waarom?",
                    ),
                ),
                ("concluded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tryouts",
                        to="communities.community",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repetitions",
                        to="practice.tryout",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="goals.goal",
                        verbose_name="bij welk doel?",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "-at", "-id"], name="practice_tryout_newest"),
                    models.Index(
                        condition=models.Q(("concluded_at", None)),
                        fields=["owner", "on"],
                        name="practice_tryout_to_tell",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_at", None), ("decision", ""), ("worked", "")),
                            models.Q(
                                ("concluded_at__isnull", False),
                                (
                                    "decision__in",
                                    [
                                        leerkring.goals.happenings.Decision["KEEP"],
                                        leerkring.goals.happenings.Decision["ADAPT"],
                                        leerkring.goals.happenings.Decision["STOP"],
                                    ],
                                ),
                                ("worked__in", ["yes", "partly", "no"]),
                            ),
                            _connector="OR",
                        ),
                        name="practice_tryout_concluded_is_decided",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["community", "-starts_at", "-id"], name="practice_visit_newest"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("held_at__isnull", False), _connector="OR"
                ),
                name="practice_visit_held_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at", None), ("state", "held"), _connector="OR"),
                name="practice_visit_released_when_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="intention",
            constraint=models.UniqueConstraint(
                fields=("visit", "member"), name="practice_intention_of_each_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="intention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at", None), ("worked", "")),
                    models.Q(("told_at__isnull", False), ("worked__in", ["yes", "partly", "no"])),
                    _connector="OR",
                ),
                name="practice_intention_told_is_whether_it_worked",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitor",
            constraint=models.UniqueConstraint(fields=("visit", "member"), name="practice_visitor_once"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(fields=("visitor", "key"), name="practice_note_once"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["says", "does", "asks"])), name="practice_note_kind"
            ),
        ),
    ]
