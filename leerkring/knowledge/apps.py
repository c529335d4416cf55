from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "leerkring.knowledge"

    def ready(self) -> None:
        from django.urls import reverse

        from leerkring.communities import ending, notices, thread
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.knowledge import vanishing
        from leerkring.knowledge.models import Conversation
        from leerkring.people import erasure
        from leerkring.ui import rooms

        def conversations(here: Any) -> str:
            return reverse("knowledge:conversations", args=[here.community.pk])

        rooms.register("knowledge", conversations)
        rooms.register_part("knowledge", "conversations", conversations)
        thread.register(
            thread.Kind(
                key="conversation",
                name=_("gesprek"),
                told=thread.Columns(
                    title="title",
                    at="opened_at",
                    address=lambda community, pk: reverse("knowledge:conversation", args=[community, pk]),
                ),
                visible_to=lambda user: Conversation.objects.visible_to(user),
                part=lambda address, contribution: f"{address}?bij={contribution}#bijdrage-{contribution}",
            )
        )
        thread.register_start("conversation", lambda community: reverse("knowledge:start", args=[community]))
        for kind in (
            NoticeKind(
                "mentioned", _("Iemand vraagt mij erbij"), _("Vraag aan jou van %(who)s"), Rhythm.DAILY
            ),
            NoticeKind(
                "answered", _("Iemand reageert op mij"), _("Reactie op jou van %(who)s"), Rhythm.DAILY
            ),
            NoticeKind("replied", _("Een reactie waar ik meepraat"), _("Reactie van %(who)s")),
            NoticeKind("opened", _("Een nieuw gesprek"), _("Nieuw gesprek van %(who)s")),
            NoticeKind("helped", _("Een bedankje"), _("Bedankje van %(who)s"), Rhythm.NEVER),
            NoticeKind(
                "conversation.removed",
                _("Een gesprek dat ik begon, is weggehaald"),
                _("%(who)s haalde een gesprek van jou weg. In de prullenbak lees je waarom."),
                Rhythm.DAILY,
            ),
        ):
            notices.register(kind)
        ending.register("knowledge", vanishing.of_community)
        erasure.register(
            erasure.Eraser(
                room="knowledge",
                covers={
                    "knowledge.Conversation.title": erasure.Replaced("community"),
                    "knowledge.Conversation.removed_because": erasure.Replaced("community"),
                    "knowledge.Conversation.opened_by": "stays, of *een oud-lid*",
                    "knowledge.Conversation.removed_by": "stays, of *een oud-lid*",
                    "knowledge.Contribution.text": erasure.Replaced("conversation__community"),
                    "knowledge.Contribution.author": "stays, of *een oud-lid*; the text too unless it must go",
                    "knowledge.Contribution.mentioned": "goes",
                    "knowledge.Contribution.helps": "goes",
                },
                erase=vanishing.of_person,
                own=vanishing.own,
            )
        )
