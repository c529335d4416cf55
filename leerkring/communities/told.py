"""What communities tell their people: the kinds of notices of this room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Notice
from leerkring.communities.models.oversight import TOLD_AS
from leerkring.communities.notices import NoticeKind, Rhythm, Told


def _members(notice: Notice) -> str:
    return reverse("communities:members", args=[notice.community_id])


def _today(notice: Notice) -> str:
    return reverse("today:community", args=[notice.community_id])


def _asked(notice: Notice) -> str:
    return reverse("communities:asked")


def _home(notice: Notice) -> str:
    return reverse("today:home")


KINDS = (
    NoticeKind(
        "joined",
        _("Er komt iemand bij"),
        _("Nieuw in de groep: %(who)s"),
        Rhythm.NEVER,
        _members,
        to=Told.WHO_LEADS,
    ),
    NoticeKind(
        "community.opened",
        _("Een leergemeenschap wordt voor mij geopend"),
        _("Er is een leergemeenschap voor je geopend. Jij begeleidt."),
        Rhythm.NEVER,  # a mail of its own tells it, and how to come in
        _today,
        to=Told.NOBODY,
    ),
    NoticeKind(
        "community.handed_over",
        _("Ik word procesbegeleider"),
        _("De procesbegeleider doet niet meer mee. Jij doet het langst mee en begeleidt nu."),
        Rhythm.AT_ONCE,
        _today,
        to=Told.NOT_GUESTS,
    ),
    NoticeKind(
        "leading.appointed",
        _("Ik krijg een functie bij een school"),
        _("Je leidt nu een school, of beoordeelt daar mensen."),
        Rhythm.NEVER,  # a mail of its own tells it, and how to come in
        _home,
        to=Told.NOBODY,
    ),
    NoticeKind(
        "leading.stepped_out",
        _("Ik doe niet meer mee door mijn functie"),
        _(
            "Door je nieuwe functie doe je niet meer mee waar de leden daar eerst ja op moeten zeggen. "
            "Je kunt vragen om weer mee te doen."
        ),
        Rhythm.AT_ONCE,
        _asked,
        to=Told.NOBODY,
    ),
    NoticeKind(
        "account.administrator",
        _("Ik word beheerder"),
        _("Je bent nu beheerder van Leerkring."),
        Rhythm.AT_ONCE,
        _home,
        to=Told.NOBODY,
    ),
    NoticeKind(
        "door.came",
        _("Er kwam iemand binnen door de deur"),
        _("%(who)s kwam binnen door de deur."),
        Rhythm.DAILY,
        _members,
        to=Told.WHO_LEADS,
    ),
    NoticeKind(
        "admission.asked",
        _("Een leidinggevende wil meedoen"),
        _("Mag een leidinggevende meedoen? Alle leden krijgen deze vraag."),
        Rhythm.DAILY,
        _members,  # where the question stays until it closes, answered or not
        to=Told.NOT_GUESTS,
    ),
    NoticeKind(
        "admission.admitted",
        _("Een leidinggevende doet mee"),
        _("%(who)s doet mee. Alle leden vinden het goed."),
        Rhythm.DAILY,
        _members,
        to=Told.NOT_GUESTS,
    ),
    NoticeKind(
        "admission.not_now",
        _("Een leidinggevende doet nu niet mee"),
        _("De leidinggevende die mee wilde doen, komt er nu niet bij."),
        Rhythm.DAILY,
        _members,
        to=Told.NOT_GUESTS,
    ),
    NoticeKind(
        "admission.welcome",
        _("Ik mag meedoen"),
        _("Alle leden vinden het goed: je doet mee."),
        Rhythm.AT_ONCE,
        _today,
        to=Told.NOBODY,
    ),
    NoticeKind(
        "admission.sorry",
        _("Ik kan nu niet meedoen"),
        _("Je wilde meedoen. Het gaat nu niet door."),
        Rhythm.AT_ONCE,
        _asked,
        to=Told.NOBODY,
    ),
    NoticeKind(
        TOLD_AS,
        _("Iemand deed iets met mijn gegevens of mijn groep"),
        _("Er is iets gedaan dat jou of je groep raakt. Je leest het bij ‘Mijn gegevens’."),
        Rhythm.DAILY,
    ),
)
