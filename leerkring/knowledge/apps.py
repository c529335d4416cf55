from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "leerkring.knowledge"

    def ready(self) -> None:
        from django.urls import reverse

        from leerkring.communities import ending, thread
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.communities.notices import register as register_notice
        from leerkring.knowledge import vanishing
        from leerkring.knowledge.models import Conversation
        from leerkring.people import erasure
        from leerkring.ui import rooms

        rooms.register("knowledge", lambda here: reverse("knowledge:conversations", args=[here.community.pk]))
        thread.register(
            thread.Kind(
                key="conversation",
                name=_("gesprek"),
                title=lambda c: c.title,
                address=lambda c: reverse("knowledge:conversation", args=[c.community_id, c.pk]),
                visible_to=lambda user: Conversation.objects.visible_to(user),
                community=lambda c: c.community_id,
            )
        )
        register_notice(
            NoticeKind(
                key="conversation.removed",
                label=_("Een gesprek dat ik begon, is weggehaald"),
                sentence=_("%(who)s haalde een gesprek van jou weg. In de prullenbak lees je waarom."),
                usual=Rhythm.DAILY,
            )
        )
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
