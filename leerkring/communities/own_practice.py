"""How the download says what somebody did in practice (`leerkring.practice`), which is above this."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from leerkring.communities.own_columns import Column, Part, one_of

_COMMUNITY, _AT, _TEXT = Column(_("Groep")), Column(_("Wanneer")), Column(_("Tekst"))
_QUESTION = Column(_("De vraag"))
_SEEN = {"says": _("zegt"), "does": _("doet"), "asks": _("vraagt")}
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
}
