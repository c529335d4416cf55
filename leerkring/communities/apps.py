from django.apps import AppConfig
from django.urls import reverse


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.ui import rooms

        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
