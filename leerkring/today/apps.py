from django.apps import AppConfig
from django.urls import reverse


class TodayConfig(AppConfig):
    name = "leerkring.today"

    def ready(self) -> None:
        from leerkring.ui import rooms

        rooms.register("today", lambda here: reverse("today:community", args=[here.community.pk]))
