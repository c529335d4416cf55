from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "leerkring.knowledge"

    def ready(self) -> None:
        from django.urls import reverse

        from leerkring.communities import thread
        from leerkring.knowledge.models import Conversation
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
