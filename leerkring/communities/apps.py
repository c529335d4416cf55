from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.communities import covered, notices, thread, told
        from leerkring.communities.models import ExceptionalAct
        from leerkring.communities.renewing import renew_communities_at, renew_communities_of
        from leerkring.network import models as network
        from leerkring.people.models.user import shown_elsewhere
        from leerkring.ui import rooms
        from leerkring.ui.audience import Audience

        shown_elsewhere(renew_communities_of)
        network.shown_elsewhere(renew_communities_at)

        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
        rooms.register_menu(
            rooms.MenuItem(
                _("Mensen en scholen"),
                "school",
                lambda user: reverse("network:schools") if user.is_administrator else None,
            )
        )
        rooms.register_own(
            rooms.OwnPage(
                _("Meldingen en mail"),
                _("Hoe vaak je mail krijgt, per groep."),
                lambda user: reverse("communities:mail"),
            )
        )
        rooms.register_own(
            rooms.OwnPage(
                _("Inzien, meenemen, wissen"),
                _("Wie deed iets met je gegevens, alles in één bestand, of alles weg."),
                lambda user: reverse("communities:own_data"),
            )
        )
        for kind in told.KINDS:
            notices.register(kind)
        thread.register(
            thread.Kind(
                key="act",
                name=_("bijzondere handeling"),
                told=thread.Objects(
                    title=lambda act: f"{act.who} {act.get_kind_display()}",
                    address=lambda act: reverse("communities:own_data"),
                    community=lambda act: act.community_id or 0,
                ),
                visible_to=lambda user: ExceptionalAct.objects.concerning(user),
                audience=lambda act: Audience.ME if act.user_id else Audience.COMMUNITY,
            )
        )
        covered.register_eraser()
