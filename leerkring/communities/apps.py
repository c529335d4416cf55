from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.communities import covered, thread
        from leerkring.communities.models import ExceptionalAct
        from leerkring.communities.models.oversight import TOLD_AS
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.communities.notices import register as register_notice
        from leerkring.ui import rooms
        from leerkring.ui.audience import Audience

        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
        rooms.register_menu(
            rooms.MenuItem(_("Mijn gegevens"), "shield-check", lambda user: reverse("communities:own_data"))
        )
        rooms.register_menu(
            rooms.MenuItem(
                _("Iemand wissen"),
                "x",
                lambda user: reverse("communities:erase_person") if user.is_administrator else None,
            )
        )
        register_notice(
            NoticeKind(
                key=TOLD_AS,
                label=_("Iemand deed iets met mijn gegevens of mijn groep"),
                sentence=_("Er is iets gedaan dat jou of je groep raakt. Je leest het bij ‘Mijn gegevens’."),
                usual=Rhythm.DAILY,
            )
        )
        register_notice(
            NoticeKind(
                key="membership.leads",
                label=_("Ik word procesbegeleider"),
                sentence=_("Je bent nu procesbegeleider: de vorige is er niet meer."),
                usual=Rhythm.DAILY,
            )
        )
        thread.register(
            thread.Kind(
                key="act",
                name=_("bijzondere handeling"),
                title=lambda act: f"{act.who} {act.get_kind_display()}",
                address=lambda act: reverse("communities:own_data"),
                visible_to=lambda user: ExceptionalAct.objects.concerning(user),
                community=lambda act: act.community_id or 0,
                audience=lambda act: Audience.ME if act.user_id else Audience.COMMUNITY,
            )
        )
        covered.register_all()
