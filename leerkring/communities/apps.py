from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"

    def ready(self) -> None:
        from leerkring.communities import notices
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.communities.presence import renew_communities_of
        from leerkring.people.models.user import shown_elsewhere
        from leerkring.ui import rooms

        shown_elsewhere(renew_communities_of)

        rooms.register("members", lambda here: reverse("communities:members", args=[here.community.pk]))
        rooms.register_menu(
            rooms.MenuItem(
                _("Mensen en scholen"),
                "school",
                lambda user: reverse("network:schools") if user.is_administrator else None,
            )
        )
        rooms.register_menu(
            rooms.MenuItem(_("Meldingen en mail"), "mail", lambda user: reverse("communities:mail"))
        )
        for kind in (
            NoticeKind(
                "joined",
                _("Er komt iemand bij"),
                _("Nieuw in de groep: %(who)s"),
                Rhythm.NEVER,
                lambda notice: reverse("communities:members", args=[notice.community_id]),
            ),
            NoticeKind(
                "community.opened",
                _("Een leergemeenschap wordt voor mij geopend"),
                _("Er is een leergemeenschap voor je geopend. Jij begeleidt."),
                Rhythm.AT_ONCE,
            ),
            NoticeKind(
                "community.handed_over",
                _("Ik word procesbegeleider"),
                _("De procesbegeleider doet niet meer mee. Jij doet het langst mee en begeleidt nu."),
                Rhythm.AT_ONCE,
            ),
            NoticeKind(
                "leading.appointed",
                _("Ik krijg een functie bij een school"),
                _("Je leidt nu een school, of beoordeelt daar mensen."),
                Rhythm.AT_ONCE,
            ),
            NoticeKind(
                "leading.stepped_out",
                _("Ik doe niet meer mee door mijn functie"),
                _(
                    "Door je nieuwe functie doe je niet meer mee waar de leden daar eerst ja op moeten zeggen. "
                    "Je kunt vragen om weer mee te doen."
                ),
                Rhythm.AT_ONCE,
            ),
            NoticeKind(
                "account.administrator",
                _("Ik word beheerder"),
                _("Je bent nu beheerder van Leerkring."),
                Rhythm.AT_ONCE,
            ),
            NoticeKind(
                "door.came",
                _("Er kwam iemand binnen door de deur"),
                _("%(who)s kwam binnen door de deur."),
                Rhythm.DAILY,
                lambda notice: reverse("communities:members", args=[notice.community_id]),
            ),
            NoticeKind(
                "admission.asked",
                _("Een leidinggevende wil meedoen"),
                _("Mag een leidinggevende meedoen? Alle leden krijgen deze vraag."),
                Rhythm.DAILY,
                lambda notice: reverse("today:community", args=[notice.community_id]),
            ),
            NoticeKind(
                "admission.admitted",
                _("Een leidinggevende doet mee"),
                _("%(who)s doet mee. Alle leden vinden het goed."),
                Rhythm.DAILY,
                lambda notice: reverse("communities:members", args=[notice.community_id]),
            ),
            NoticeKind(
                "admission.not_now",
                _("Een leidinggevende doet nu niet mee"),
                _("De leidinggevende die mee wilde doen, komt er nu niet bij."),
                Rhythm.DAILY,
                lambda notice: reverse("communities:members", args=[notice.community_id]),
            ),
            NoticeKind(
                "admission.welcome",
                _("Ik mag meedoen"),
                _("Alle leden vinden het goed: je doet mee."),
                Rhythm.AT_ONCE,
                lambda notice: reverse("today:community", args=[notice.community_id]),
            ),
            NoticeKind(
                "admission.sorry",
                _("Ik kan nu niet meedoen"),
                _("Je wilde meedoen. Het gaat nu niet door."),
                Rhythm.AT_ONCE,
                lambda notice: reverse("communities:asked"),
            ),
        ):
            notices.register(kind)
