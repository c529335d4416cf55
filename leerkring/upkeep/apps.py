from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "leerkring.upkeep"

    def ready(self) -> None:
        from leerkring.people.erasure import Eraser, Replaced, register
        from leerkring.ui import rooms

        register(
            Eraser(
                room="upkeep",
                covers={
                    "upkeep.Note.outcome": "no person: a word of the house",
                    "upkeep.Note.name": "no person: a file or a mark",
                    "upkeep.Note.detail": Replaced(),
                },
            )
        )
        rooms.register_menu(
            rooms.MenuItem(
                _("Beheer"),
                "shield-check",
                lambda user: reverse("upkeep:home") if user.is_administrator else None,
            )
        )
