from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.communities import notices
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.ui import rooms

        notices.register(
            NoticeKind(
                "joined",
                _("Er komt iemand bij"),
                _("Nieuw in de groep: %(who)s"),
                Rhythm.NEVER,
                address=lambda notice: reverse("communities:members", args=[notice.community_id]),
            )
        )
        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
        rooms.register_menu(
            rooms.MenuItem(_("Meldingen en mail"), "mail", lambda user: reverse("communities:mail"))
        )
