from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "leerkring.goals"

    def ready(self) -> None:
        from django.db.models import TextField, Value
        from django.db.models.functions import Concat
        from django.urls import reverse

        from leerkring.communities import ending, notices, thread, votes
        from leerkring.communities.notices import NoticeKind, Rhythm, Told
        from leerkring.goals import vanishing
        from leerkring.goals.models import Goal, Statement
        from leerkring.goals.models.goal import goal_title
        from leerkring.goals.models.statement import version_title
        from leerkring.people import erasure
        from leerkring.ui import rooms

        rooms.register("goals", lambda here: reverse("goals:goals", args=[here.community.pk]))
        thread.register(
            thread.Kind(
                key="goal",
                name=_("doel"),
                told=thread.Columns(
                    title="text",
                    at="written_at",
                    address=lambda community, pk: reverse("goals:goal", args=[community, pk]),
                    titled=goal_title,
                ),
                visible_to=lambda user: Goal.objects.visible_to(user),
            )
        )
        thread.register(
            thread.Kind(
                key="statement",
                name=_("visie en werkafspraken"),
                told=thread.Columns(
                    title=Concat("kind", Value(" "), "number", output_field=TextField()),
                    at="written_at",
                    address=lambda community, pk: reverse("goals:version", args=[community, pk]),
                    titled=version_title,
                ),
                visible_to=lambda user: Statement.objects.visible_to(user),
            )
        )
        for kind in (
            NoticeKind(
                "goal.asked",
                _("Een doel ligt voor"),
                _("Kun je verder met dit doel? Voorgelegd door %(who)s"),
                Rhythm.DAILY,
                to=Told.NOT_GUESTS,
            ),
            NoticeKind(
                "goal.asked_anew",
                _("Een doel dat voorligt, is veranderd"),
                _("Het doel is veranderd door %(who)s. Kun je hiermee verder?"),
                Rhythm.DAILY,
                to=Told.NOT_GUESTS,
            ),
            NoticeKind(
                "goal.look_again",
                _("Kijken of het nog zo gaat"),
                _("De dag is er om weer te kijken: doen jullie het nog zo?"),
                Rhythm.WEEKLY,
                to=Told.NOT_GUESTS,
            ),
            NoticeKind(
                "statement.written",
                _("Een nieuwe versie van visie of werkafspraken"),
                _("Sta je hierachter? Geschreven door %(who)s"),
                Rhythm.DAILY,
                to=Told.NOT_GUESTS,
            ),
        ):
            notices.register(kind)
        votes.when_fewer_vote(vanishing.settle_without)
        ending.register("goals", vanishing.of_community)
        erasure.register(
            erasure.Eraser(
                room="goals",
                covers=vanishing.COVERS,
                erase=vanishing.of_person,
                own=vanishing.own,
            )
        )
