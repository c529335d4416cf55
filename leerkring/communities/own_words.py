"""What stands on the page of a download, in words: its parts, their columns, and what is kept in short.

The file for a computer has the keys as they are, for ever; only the page speaks the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Digest
from leerkring.communities.models.admission import Admission
from leerkring.communities.models.community import ROLES
from leerkring.communities.models.preference import RHYTHMS
from leerkring.communities.own_columns import Column, Part, device, one_of, several_of, told
from leerkring.network.models import Leadership

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

_TURNS = {
    "facilitator": _("gespreksleider"),
    "timekeeper": _("tijdbewaker"),
    "presenter": _("inbrenger"),
    "scribe": _("notulist"),
    "observer": _("waarnemer"),
}
_AGREED = {"open": _("staat open"), "kept": _("gedaan"), "let_go": _("losgelaten")}
_COMES = {"yes": _("Ik kom"), "maybe": _("Misschien"), "no": _("Ik kan niet")}
_CAN = {"yes": _("Ik kan"), "if_needed": _("Als het moet"), "no": _("Ik kan niet")}

_COMMUNITY = Column(_("Groep"))
_WHICH = Column(_("Groep"), lambda name: name or _now("Alle groepen"))
_ROLE = Column(_("Rol"), one_of(ROLES))
_SINCE = Column(_("Sinds"))
_UNTIL = Column(_("Tot en met"))
_AT = Column(_("Wanneer"))
_AGREES = Column(_("Jouw antwoord"), lambda agrees: _now("Ja") if agrees else _now("Nee"))
_CONVERSATION = Column(_("Gesprek"))
_TEXT = Column(_("Tekst"))
_GOAL = Column(_("Doel"))
_VERSION = Column(_("Versie"))
_MEETING = Column(_("Bijeenkomst"))
_INSIGHT = Column(_("Inzicht"))
_BEFORE, _AFTER = Column(_("Hoe het was")), Column(_("Wat het werd"))
_WITHDRAWN = Column(_("Weggehaald op"))
#: As `leerkring.insights` says it, which is above this.
_TACIT = {"routine": _("Zo doe ik het"), "people": _("Zo zie ik het"), "rule": _("Vuistregel")}
_WORKED = {"yes": _("Ja, het werkte"), "partly": _("Deels"), "no": _("Nee, nu niet")}
#: As `leerkring.practice` says it.
_GOES_ON = {
    "keep": _("Doorgaan: dit blijf ik doen"),
    "adapt": _("Aanpassen: ik probeer het anders"),
    "stop": _("Stoppen: dit laat ik los"),
}

#: Key of a part in the download → how the page says it. A test holds it complete.
PARTS: Mapping[str, Part] = {
    "account": Part(
        _("Account"),
        {
            "name": Column(_("Naam")),
            "email": Column(_("E-mailadres")),
            "language": Column(_("Taal"), one_of([*settings.LANGUAGES, ("", _("Die van je browser"))])),
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
            "device": Column(_("Apparaat"), device),
            "begun_at": Column(_("Ingelogd op")),
            "seen_on": Column(_("Laatst gezien")),
        },
    ),
    "second_steps": Part(
        _("De tweede stap bij het inloggen"),
        {
            "kind": Column(_("Soort"), one_of(_STEPS.items())),
            "name": Column(_("Naam")),
            "since": _SINCE,
            "last_used": Column(_("Laatst gebruikt")),
        },
    ),
    "leaderships": Part(
        _("Scholen waar je een functie hebt"),
        {
            "school": Column(_("School")),
            "function": Column(_("Functie"), one_of(Leadership.Function.choices)),
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
            "outcome": Column(_("Uitkomst"), one_of(_OUTCOMES.items())),
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
            "kind": Column(_("Waarover"), told),
            "community__name": _COMMUNITY,
            "at": _AT,
            "read_at": Column(_("Gelezen op")),
        },
    ),
    "mail_choices": Part(
        _("Hoe vaak je mail wilt"),
        {
            "community__name": _WHICH,
            "kind": Column(_("Waarover"), lambda kind: told(kind) if kind else _now("Alles")),
            "rhythm": Column(_("Hoe vaak"), one_of(RHYTHMS)),
        },
    ),
    "mails": Part(
        _("Mail die je kreeg"),
        {
            "made_at": Column(_("Gemaakt op")),
            "state": Column(_("Hoe het ging"), one_of(_STATES.items())),
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
            "withdrawn": _WITHDRAWN,
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
            "before": _BEFORE,
            "text": _AFTER,
        },
    ),
    "calendar_address": Part(_("Het adres voor je agenda"), {"made_at": Column(_("Gemaakt op"))}),
    "calendar_mails": Part(
        _("Bijeenkomsten die we je mailden, voor in je agenda"),
        {
            "community": _COMMUNITY,
            "meeting": Column(_("Bijeenkomst")),
            "made_at": Column(_("Gemaakt op")),
            "state": Column(_("Hoe het ging"), one_of(_STATES.items())),
        },
    ),
    "agreed_goals": Part(_("Doelen waarmee je verder kon"), {"community": _COMMUNITY, "goal": _GOAL}),
    "work_forms": Part(
        _("Werkvormen die je toevoegde"),
        {"community": _COMMUNITY, "at": _AT, "title": Column(_("Titel")), "text": _TEXT},
    ),
    "endorsed": Part(_("Waar je achter staat"), {"community": _COMMUNITY, "title": _VERSION}),
    "meetings": Part(
        _("Bijeenkomsten die je plande"),
        {
            "community": _COMMUNITY,
            "meeting": _MEETING,
            "at": _AT,
            "question": Column(_("De vraag")),
            "bring": Column(_("Neem mee")),
        },
    ),
    "agenda_items": Part(
        _("Wat je op een agenda zette"), {"community": _COMMUNITY, "meeting": _MEETING, "text": _TEXT}
    ),
    "turns": Part(
        _("Wat je deed in een bijeenkomst"),
        {"community": _COMMUNITY, "meeting": _MEETING, "role": Column(_("Rol"), one_of(_TURNS.items()))},
    ),
    "attendance": Part(
        _("Of je kwam"),
        {
            "community": _COMMUNITY,
            "meeting": _MEETING,
            "says": Column(_("Jouw antwoord"), one_of(_COMES.items())),
            "at": _AT,
        },
    ),
    "date_answers": Part(
        _("Wanneer je kon"),
        {
            "community": _COMMUNITY,
            "meeting": _MEETING,
            "moment": Column(_("Welk moment")),
            "says": Column(_("Jouw antwoord"), one_of(_CAN.items())),
        },
    ),
    "handouts": Part(
        _("Bestanden die je klaarlegde"),
        {"community": _COMMUNITY, "meeting": _MEETING, "name": Column(_("Naam")), "at": _AT},
    ),
    "cards": Part(
        _("Kaarten die je schreef in een bijeenkomst"),
        {"community": _COMMUNITY, "meeting": _MEETING, "text": _TEXT},
    ),
    "was_there": Part(
        _("Bijeenkomsten waar je was"),
        {
            "community": _COMMUNITY,
            "meeting": _MEETING,
            "name": Column(_("Onder welke naam")),
            "roles": Column(_("Rol"), several_of(_TURNS)),
        },
    ),
    "corrections": Part(
        _("Wat je aanvulde bij notulen"),
        {"community": _COMMUNITY, "meeting": _MEETING, "at": _AT, "text": _TEXT},
    ),
    "meeting_agreements": Part(
        _("Wat je zou doen, volgens een afspraak"),
        {
            "community": _COMMUNITY,
            "text": _TEXT,
            "by": Column(_("Wanneer klaar")),
            "state": Column(_("Hoe het staat"), one_of(_AGREED.items())),
        },
    ),
    "insights": Part(
        _("Inzichten die je schreef"),
        {
            "community": _COMMUNITY,
            "kind": Column(_("Soort"), one_of(_TACIT.items())),
            "at": _AT,
            "revised": Column(_("Aangepast op")),
            "withdrawn": _WITHDRAWN,
            "what": Column(_("Wat")),
            "why": Column(_("Waarom")),
            "noticed": Column(_("Waaraan je het merkt")),
            "practice": Column(_("Uit welke les")),
        },
    ),
    "insight_changes": Part(
        _("Wat je veranderde aan je inzichten"),
        {"community": _COMMUNITY, "insight": _INSIGHT, "at": _AT, "before": _BEFORE, "text": _AFTER},
    ),
    "insights_of_mine": Part(
        _("Inzichten uit jouw praktijk, opgeschreven door een ander"),
        {
            "community": _COMMUNITY,
            "insight": _INSIGHT,
            "at": _AT,
            "named": Column(_("Je naam staat erbij sinds")),
        },
    ),
    "insight_limits": Part(
        _("Wanneer het niet werkt, volgens jou"),
        {
            "community": _COMMUNITY,
            "insight": _INSIGHT,
            "at": _AT,
            "withdrawn": _WITHDRAWN,
            "text": _TEXT,
        },
    ),
    "insight_tryings": Part(
        _("Wat je zou proberen, en hoe het ging"),
        {
            "community": _COMMUNITY,
            "insight": _INSIGHT,
            "on": Column(_("Op welke dag")),
            "told": Column(_("Verteld op")),
            "worked": Column(_("Werkte het?"), one_of(_WORKED.items())),
            "text": _TEXT,
        },
    ),
    "tryouts": Part(
        _("Wat je uitprobeerde in de klas"),
        {
            "community": _COMMUNITY,
            "at": _AT,
            "on": Column(_("Op welke dag")),
            "concluded": Column(_("Verteld op")),
            "withdrawn": _WITHDRAWN,
            "worked": Column(_("Werkte het?"), one_of(_WORKED.items())),
            "decision": Column(_("Hoe ga je verder?"), one_of(_GOES_ON.items())),
            "idea": Column(_("Het idee")),
            "expected": Column(_("Verwacht")),
            "where": Column(_("Waar")),
            "adapted": Column(_("Anders gedaan")),
            "evidence": Column(_("Gezien")),
            "reason": Column(_("Waarom")),
        },
    ),
}
