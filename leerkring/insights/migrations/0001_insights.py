import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import leerkring.insights.happenings


class Migration(migrations.Migration):
    initial = True

    dependencies = [("communities", "0009_talked"), ("goals", "0003_version")]

    operations = [
        migrations.CreateModel(
            name="Insight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("of_all", models.BooleanField(default=False, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (leerkring.insights.happenings.Tacit["ROUTINE"], "Zo doe ik het"),
                            (leerkring.insights.happenings.Tacit["PEOPLE"], "Zo zie ik het"),
                            (leerkring.insights.happenings.Tacit["RULE"], "Vuistregel"),
                        ],
                        default=leerkring.insights.happenings.Tacit["ROUTINE"],
                        max_length=7,
                        verbose_name="wat voor inzicht is het?",
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
                (
                    "why",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="waarom?",
                    ),
                ),
                (
                    "noticed",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="waaraan merk je het?",
                    ),
                ),
                ("practice", models.CharField(blank=True, max_length=200, verbose_name="uit welke les?")),
                ("at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("revised_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="insights",
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
                    "of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "-at", "-id"], name="insights_insight_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    leerkring.insights.happenings.Tacit["ROUTINE"],
                                    leerkring.insights.happenings.Tacit["PEOPLE"],
                                    leerkring.insights.happenings.Tacit["RULE"],
                                ],
                            )
                        ),
                        name="insights_insight_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of", None), ("of_all", False), _connector="OR"),
                        name="insights_insight_of_one_or_of_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("named_at", None), ("of__isnull", False), _connector="OR"),
                        name="insights_insight_named_is_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="wanneer werkt dit niet?",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "insight",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="insights.insight",
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=10)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.membership",
                    ),
                ),
                (
                    "insight",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="insights.insight",
                    ),
                ),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.CreateModel(
            name="Trying",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        validators=[django.core.validators.MaxLengthValidator(600)],
                        verbose_name="hoe ging het?",
                    ),
                ),
                (
                    "insight",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tryings",
                        to="insights.insight",
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
            ],
            options={
                "ordering": ["on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["member", "on"],
                        name="insights_trying_to_tell",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at", None), ("worked", "")),
                            models.Q(("told_at__isnull", False), ("worked__in", ["yes", "partly", "no"])),
                            _connector="OR",
                        ),
                        name="insights_trying_told_is_whether_it_worked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("told_at", None)),
                        fields=("insight", "member"),
                        name="insights_trying_one_planned",
                    ),
                ],
            },
        ),
    ]
