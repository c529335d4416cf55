from django.apps import AppConfig
from django.urls import reverse


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.communities.presence import renew_communities_of
        from leerkring.people.models.user import shown_elsewhere
        from leerkring.ui import rooms

        shown_elsewhere(renew_communities_of)

        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
