"""How the download says what somebody did in practice (`leerkring.practice`), which is above this."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from leerkring.communities.own_columns import Column, Part, one_of

_COMMUNITY, _AT, _TEXT = Column(_("Groep")), Column(_("Wanneer")), Column(_("Tekst"))
_QUESTION = Column(_("De vraag"))
_SEEN = {"says": _("zegt"), "does": _("doet"), "asks": _("vraagt")}
_GOES_ON = {
    "keep": _("Doorgaan: dit blijf ik doen"),
    "adapt": _("Aanpassen: ik probeer het anders"),
    "stop": _("Stoppen: dit laat ik los"),
}
_WITHDRAWN = Column(_("Weggehaald op"))
_WORKED = {"yes": _("Ja, het werkte"), "partly": _("Deels"), "no": _("Nee, nu niet")}

PRACTICE: Mapping[str, Part] = {
    "lessons_opened": Part(
        _("Lessen die je openzette"),
        {
            "community": _COMMUNITY,
            "at": _AT,
            "question": _QUESTION,
            "lesson": Column(_("Les")),
            "place": Column(_("Waar")),
        },
    ),
    "lessons_visited": Part(
        _("Lessen waarin je kwam kijken"), {"community": _COMMUNITY, "at": _AT, "question": _QUESTION}
    ),
    "lesson_notes": Part(
        _("Wat je in lessen zag"),
        {
            "community": _COMMUNITY,
            "question": _QUESTION,
            "at": _AT,
            "kind": Column(_("Soort"), one_of(_SEEN.items())),
            "text": _TEXT,
        },
    ),
    "intentions": Part(
        _("Wat je na een lesbezoek zou proberen"),
        {
            "community": _COMMUNITY,
            "on": Column(_("Op welke dag")),
            "text": _TEXT,
            "told": Column(_("Verteld op")),
            "worked": Column(_("Werkte het?"), one_of(_WORKED.items())),
            "how": Column(_("Hoe het ging")),
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
