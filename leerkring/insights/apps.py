from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "leerkring.insights"

    def ready(self) -> None:
        from django.urls import reverse

        from leerkring.communities import ending, notices, thread, votes
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.insights import vanishing
        from leerkring.insights.models import Insight
        from leerkring.people import erasure
        from leerkring.ui import rooms
        from leerkring.ui.titles import as_title

        def insights(here: Any) -> str:
            return reverse("insights:insights", args=[here.community.pk])

        rooms.register_part("knowledge", "insights", insights)
        thread.register(
            thread.Kind(
                key="insight",
                name=_("inzicht"),
                told=thread.Columns(
                    title="what",
                    at="at",
                    address=lambda community, pk: reverse("insights:insight", args=[community, pk]),
                    titled=as_title,
                ),
                visible_to=lambda user: Insight.objects.visible_to(user),
                part=lambda address, limit: f"{address}#niet-{limit}",
            )
        )
        thread.register_start("insight", lambda community: reverse("insights:new", args=[community]))
        for kind in (
            NoticeKind("insight.captured", _("Een nieuw inzicht"), _("Nieuw inzicht van %(who)s")),
            NoticeKind(
                "insight.named",
                _("Een collega schreef iets op uit mijn praktijk"),
                _("Mag jouw naam bij dit inzicht, dat %(who)s opschreef?"),
            ),
            NoticeKind(
                "insight.limited",
                _("Een collega schrijft wanneer mijn inzicht niet werkt"),
                _("Wanneer het niet werkt, volgens %(who)s"),
                Rhythm.DAILY,
            ),
            NoticeKind(
                "insight.tried",
                _("Iemand probeerde mijn inzicht"),
                _("Jouw inzicht, uitgeprobeerd door %(who)s"),
            ),
            NoticeKind(
                "insight.due",
                _("Hoe ging wat ik zou proberen"),
                _("Je zou dit proberen: hoe ging het?"),
            ),
        ):
            notices.register(kind)
        ending.register("insights", vanishing.of_community)
        votes.when_fewer_vote(vanishing.settle_without)
        erasure.register(
            erasure.Eraser(
                room="insights",
                covers=vanishing.COVERS,
                erase=vanishing.of_person,
                own=vanishing.own,
            )
        )
