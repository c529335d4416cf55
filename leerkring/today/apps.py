from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TodayConfig(AppConfig):
    name = "leerkring.today"

    def ready(self) -> None:
        from leerkring.ui import rooms

        rooms.register_menu(
            rooms.MenuItem(_("Mijn leergemeenschappen"), "users", lambda user: reverse("today:home"))
        )
        rooms.register("today", lambda here: reverse("today:community", args=[here.community.pk]))
