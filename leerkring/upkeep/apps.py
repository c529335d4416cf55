from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "leerkring.upkeep"

    def ready(self) -> None:
        from leerkring.ui import rooms

        rooms.register_menu(
            rooms.MenuItem(
                _("Beheer"),
                "shield-check",
                lambda user: reverse("upkeep:home") if user.is_administrator else None,
            )
        )
