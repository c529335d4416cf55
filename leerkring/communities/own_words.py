"""What stands on the page of a download, in words: its parts, their columns, and what is kept in short.

The file for a computer has the keys as they are, for ever; only the page speaks the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Digest
from leerkring.communities.models.admission import Admission
from leerkring.communities.models.community import ROLES
from leerkring.communities.models.preference import RHYTHMS
from leerkring.communities.notices import KINDS
from leerkring.network.models import Leadership
from leerkring.ui.templatetags.ui import school_date, school_moment

Say = Callable[[Any], str]
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    label: str | Promise
    say: Say | None = None


@dataclass(frozen=True)
class Part:
    """One list of the download. `columns`: every key that its rows have."""

    title: str | Promise
    columns: Mapping[str, Column]

    def shown(self, rows: Iterable[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
        """Each row as label and words."""
        return [
            [
                (str(self.columns[key].label), plain(value, self.columns[key].say))
                for key, value in row.items()
            ]
            for row in rows
        ]


def plain(value: Any, say: Say | None = None) -> str:
    """A value as one would say it: a moment as on the clock on the wall here."""
    if say is not None:
        return say(value) or NOTHING
    if isinstance(value, bool):
        return _now("Ja") if value else _now("Nee")
    if isinstance(value, datetime):
        return school_moment(value)
    if isinstance(value, date):
        return school_date(value)
    return NOTHING if value in (None, "") else str(value)


def _one_of(words: Iterable[tuple[Any, Any]]) -> Say:
    """From what is kept to what it is called; what went out of use keeps the name it had."""
    known = {str(key): word for key, word in words}
    return lambda value: str(known.get(str(value), value or ""))


def _told(kind: str) -> str:
    return str(KINDS[kind].label) if kind in KINDS else _now("Iets wat we nu niet meer melden")


def _device(device: str) -> str:
    browser, _slash, system = device.partition("/")
    if system:
        return _now("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or _now("Een ander apparaat")


_STATES = {
    Digest.State.WAITING: _("Nog onderweg"),
    Digest.State.SENDING: _("Nog onderweg"),
    Digest.State.SENT: _("Verstuurd"),
    Digest.State.UNSURE: _("Misschien aangekomen"),
    Digest.State.REFUSED: _("Geweigerd"),
    Digest.State.NOTHING_LEFT: _("Niet verstuurd: alles was al gelezen"),
    Digest.State.GIVEN_UP: _("Na een week opgegeven"),
}
_OUTCOMES = {
    Admission.Outcome.OPEN: _("Nog niet beslist"),
    Admission.Outcome.ADMITTED: _("Je mag meedoen"),
    Admission.Outcome.NOT_NOW: _("Nu niet"),
}
_STEPS = {
    "totp": _("Een app op je telefoon"),
    "webauthn": _("Een passkey"),
    "recovery_codes": _("Herstelcodes"),
}

_COMMUNITY = Column(_("Groep"))
_WHICH = Column(_("Groep"), lambda name: name or _now("Alle groepen"))
_ROLE = Column(_("Rol"), _one_of(ROLES))
_SINCE = Column(_("Sinds"))
_UNTIL = Column(_("Tot en met"))
_AT = Column(_("Wanneer"))
_AGREES = Column(_("Jouw antwoord"), lambda agrees: _now("Ja") if agrees else _now("Nee"))
_CONVERSATION = Column(_("Gesprek"))
_TEXT = Column(_("Tekst"))
_GOAL = Column(_("Doel"))
_VERSION = Column(_("Versie"))

#: Key of a part in the download → how the page says it. A test holds it complete.
PARTS: Mapping[str, Part] = {
    "account": Part(
        _("Account"),
        {
            "name": Column(_("Naam")),
            "email": Column(_("E-mailadres")),
            "language": Column(_("Taal"), _one_of([*settings.LANGUAGES, ("", _("Die van je browser"))])),
            "since": _SINCE,
            "last_sign_in": Column(_("Laatst ingelogd")),
            "administrator": Column(_("Beheerder")),
            "at_school": Column(_("Op school")),
            "photo": Column(_("Foto")),
        },
    ),
    "away": Part(
        _("Er even niet"),
        {
            "first_day": Column(_("Eerste dag")),
            "last_day": Column(_("Laatste dag")),
            "is_open": Column(_("Nog zonder laatste dag")),
            "shows_last_day": Column(_("Collega's zien de laatste dag")),
            "planned_at": Column(_("Ingevuld op")),
        },
    ),
    "devices": Part(
        _("Waar je ingelogd bent"),
        {
            "device": Column(_("Apparaat"), _device),
            "begun_at": Column(_("Ingelogd op")),
            "seen_on": Column(_("Laatst gezien")),
        },
    ),
    "second_steps": Part(
        _("De tweede stap bij het inloggen"),
        {
            "kind": Column(_("Soort"), _one_of(_STEPS.items())),
            "name": Column(_("Naam")),
            "since": _SINCE,
            "last_used": Column(_("Laatst gebruikt")),
        },
    ),
    "leaderships": Part(
        _("Scholen waar je een functie hebt"),
        {
            "school": Column(_("School")),
            "function": Column(_("Functie"), _one_of(Leadership.Function.choices)),
            "since": _SINCE,
            "until": _UNTIL,
        },
    ),
    "memberships": Part(
        _("Groepen"),
        {
            "community": _COMMUNITY,
            "role": _ROLE,
            "school": Column(_("School")),
            "location": Column(_("Locatie")),
            "since": _SINCE,
            "until": _UNTIL,
            "left": Column(_("Gestopt op")),
            "gives": Column(_("Ik geef")),
            "shows": Column(_("Ik kan laten zien")),
            "curious": Column(_("Ik ben benieuwd naar")),
        },
    ),
    "invitations": Part(
        _("Uitnodigingen voor jouw adres"),
        {
            "community__name": _COMMUNITY,
            "name": Column(_("Naam waaronder je bent uitgenodigd")),
            "role": _ROLE,
            "made_at": Column(_("Uitgenodigd op")),
        },
    ),
    "doors": Part(
        _("Deuren die je opende"),
        {
            "community__name": _COMMUNITY,
            "opened_at": Column(_("Geopend op")),
            "days": Column(_("Hoeveel dagen open")),
        },
    ),
    "admissions": Part(
        _("Waar je vroeg om mee te doen"),
        {
            "community__name": _COMMUNITY,
            "role": _ROLE,
            "asked_at": Column(_("Gevraagd op")),
            "outcome": Column(_("Uitkomst"), _one_of(_OUTCOMES.items())),
        },
    ),
    "answers": Part(
        _("Wat je antwoordde toen iemand wilde meedoen"),
        {
            "admission__community__name": _COMMUNITY,
            "admission__user__name": Column(_("Wie wilde meedoen")),
            "agrees": _AGREES,
        },
    ),
    "notices": Part(
        _("Meldingen"),
        {
            "kind": Column(_("Waarover"), _told),
            "community__name": _COMMUNITY,
            "at": _AT,
            "read_at": Column(_("Gelezen op")),
        },
    ),
    "mail_choices": Part(
        _("Hoe vaak je mail wilt"),
        {
            "community__name": _WHICH,
            "kind": Column(_("Waarover"), lambda kind: _told(kind) if kind else _now("Alles")),
            "rhythm": Column(_("Hoe vaak"), _one_of(RHYTHMS)),
        },
    ),
    "mails": Part(
        _("Mail die je kreeg"),
        {
            "made_at": Column(_("Gemaakt op")),
            "state": Column(_("Hoe het ging"), _one_of(_STATES.items())),
            "ended_at": Column(_("Klaar op")),
        },
    ),
    "exceptional_acts": Part(
        _("Wie deed iets met mijn gegevens?"),
        {"at": _AT, "who": Column(_("Wie")), "what": Column(_("Wat"))},
    ),
    "contributions": Part(
        _("Wat je schreef"),
        {
            "community": _COMMUNITY,
            "conversation": _CONVERSATION,
            "at": _AT,
            "revised": Column(_("Aangepast op")),
            "withdrawn": Column(_("Weggehaald op")),
            "text": _TEXT,
        },
    ),
    "helped_me": Part(_("Wat je hielp"), {"community": _COMMUNITY, "conversation": _CONVERSATION, "at": _AT}),
    "files": Part(
        _("Bestanden die nog gelezen worden"),
        {"name": Column(_("Naam")), "created_at": Column(_("Ingestuurd op"))},
    ),
    "agreements": Part(
        _("Wat je antwoordde op ‘Wat tellen we, wat niet’"), {"community": _COMMUNITY, "agrees": _AGREES}
    ),
    "goals": Part(_("Doelen die je begon"), {"community": _COMMUNITY, "at": _AT, "text": _TEXT}),
    "statements": Part(
        _("Wat je schreef aan visie en werkafspraken"),
        {"community": _COMMUNITY, "title": _VERSION, "at": _AT, "text": _TEXT},
    ),
    "measurements": Part(
        _("Metingen die je erbij zette"),
        {
            "community": _COMMUNITY,
            "goal": _GOAL,
            "on": Column(_("Gemeten op")),
            "text": Column(_("Wat je zag")),
        },
    ),
    "goal_changes": Part(
        _("Wat je veranderde aan een doel dat was afgesproken"),
        {
            "community": _COMMUNITY,
            "goal": _GOAL,
            "at": _AT,
            "before": Column(_("Hoe het was")),
            "text": Column(_("Wat het werd")),
        },
    ),
    "agreed_goals": Part(_("Doelen waarmee je verder kon"), {"community": _COMMUNITY, "goal": _GOAL}),
    "endorsed": Part(_("Waar je achter staat"), {"community": _COMMUNITY, "title": _VERSION}),
}
