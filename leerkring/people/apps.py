from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "leerkring.people"

    def ready(self) -> None:
        from leerkring.people import account
        from leerkring.ui import rooms

        account.register_eraser()
        rooms.register_menu(
            rooms.MenuItem(_("Mijn gegevens"), "user-round", lambda user: reverse("people:me"))
        )
