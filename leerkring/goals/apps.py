from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "leerkring.goals"

    def ready(self) -> None:
        from django.urls import reverse

        from leerkring.communities import ending, notices, thread, votes
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.goals import vanishing
        from leerkring.goals.models import Goal, Statement
        from leerkring.goals.statement_views import SAID
        from leerkring.people import erasure
        from leerkring.ui import rooms

        rooms.register("goals", lambda here: reverse("goals:goals", args=[here.community.pk]))
        thread.register(
            thread.Kind(
                key="goal",
                name=_("doel"),
                title=lambda goal: goal.title,
                address=lambda goal: reverse("goals:goal", args=[goal.community_id, goal.pk]),
                visible_to=lambda user: Goal.objects.visible_to(user),
                community=lambda goal: goal.community_id,
                at=lambda goal: goal.written_at,
            )
        )
        thread.register(
            thread.Kind(
                key="statement",
                name=_("visie en werkafspraken"),
                title=lambda statement: statement.title,
                address=lambda s: reverse("goals:version", args=[s.community_id, SAID[s.kind], s.pk]),
                visible_to=lambda user: Statement.objects.visible_to(user),
                community=lambda statement: statement.community_id,
                at=lambda statement: statement.written_at,
            )
        )
        for kind in (
            NoticeKind(
                "goal.asked",
                _("Een doel ligt voor"),
                _("Kun je verder met dit doel? Voorgelegd door %(who)s"),
                Rhythm.DAILY,
            ),
            NoticeKind(
                "goal.asked_anew",
                _("Een doel dat voorligt, is veranderd"),
                _("Het doel is veranderd door %(who)s. Kun je hiermee verder?"),
                Rhythm.DAILY,
            ),
            NoticeKind(
                "statement.written",
                _("Een nieuwe versie van visie of werkafspraken"),
                _("Sta je hierachter? Geschreven door %(who)s"),
                Rhythm.DAILY,
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
