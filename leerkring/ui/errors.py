"""Pages for when something does not go as asked. Each says what happened and what to do."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from leerkring.ui.refusal import Refused
from leerkring.ui.space import is_full

#: What the CSRF page gives back: not the password, and not more than a person can have typed.
HIDDEN_FIELDS = frozenset({"csrfmiddlewaretoken", "next", "draft-token"})
KEPT_CHARACTERS = 200_000
LAST_RESORT = (
    '<!doctype html><html lang="nl"><title>Leerkring</title>'
    "<h1>Er ging iets mis bij ons</h1><p>Probeer het over een paar minuten opnieuw.</p></html>"
)


#: status (or "csrf") -> what happened, what to do.
WORDS: dict[int | str, tuple[Any, Any]] = {
    400: (
        _("We begrijpen dit verzoek niet"),
        _("Er is niets veranderd. Ga terug en probeer het nog een keer."),
    ),
    403: (
        _("Hier mag je niet in"),
        _("Deze pagina is er voor anderen, of je moet eerst inloggen. Vraag het aan je procesbegeleider."),
    ),
    404: (
        _("Deze pagina is er niet"),
        _("Misschien klopt het adres niet, is het stuk verwijderd, of is het niet met jou gedeeld."),
    ),
    409: (_("Dat kan nu niet"), _("Er is niets veranderd.")),
    413: (
        _("Dat is te groot om te versturen"),
        _("Er is niets bewaard. Verstuur minder tegelijk: een bestand en tekst samen hoogstens 12 MB."),
    ),
    429: (
        _("Even wachten"),
        _("Dit is nu te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw."),
    ),
    500: (
        _("Er ging iets mis bij ons"),
        _("Dat ligt niet aan jou. Wat je typte, staat nog op dit apparaat. Probeer het straks opnieuw."),
    ),
    507: (
        _("Er is geen ruimte meer om iets te bewaren"),
        _(
            "Er is niets veranderd. Wat je typte, staat nog op dit apparaat. Je beheerder moet ruimte maken; probeer "
            "het daarna opnieuw."
        ),
    ),
    "csrf": (
        _("Je formulier was verlopen"),
        _("Er is nog niets bewaard. Dat gebeurt als je opnieuw inlogde of als de pagina lang open stond."),
    ),
}


def _answer(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page for this status, or to htmx only its text, put where messages are read out."""
    if request.headers.get("HX-Request") == "true":
        response = render(
            request, "ui/error_fragment.html", {"status": int(status), **context}, status=status
        )
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, f"{int(status)}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return _answer(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return _answer(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404. What was written in what is taken away meanwhile comes along."""
    return _answer(request, HTTPStatus.NOT_FOUND, typed=typed_in(request))


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The verb's own sentence: of a button on the page it stood on, where one reads on; else on a page of its own.
    The text that was sent comes along, so that it can be copied."""
    typed = typed_in(request)
    if not typed and (page := _page_of_button(request)):
        messages.error(request, str(refusal))
        return HttpResponseRedirect(page)
    return _answer(request, HTTPStatus.CONFLICT, message=str(refusal), typed=typed)


def _page_of_button(request: HttpRequest) -> str:
    """The page of this house on which a button was pressed; "" when it is not known, or more than a button was
    sent: what went with it would be lost on the way back."""
    if request.method != "POST" or request.FILES or "draft-token" in request.POST:
        return ""
    if request.headers.get("HX-Request") == "true":
        return ""
    page = request.headers.get("Referer", "")
    if not page.startswith(("http://", "https://")):  # no browser says it otherwise
        return ""
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else ""


def too_large(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: no request, no database; and when even the template fails, one plain sentence. What could
    not be written because the disk is full ends here as well, from a view or from the session."""
    if is_full(sys.exception()):
        return disk_full(request)
    try:
        page: str = render_to_string("500.html")
    except Exception:
        # Whatever broke the page may break this one too, and an answer is owed.
        page = LAST_RESORT
    return HttpResponseServerError(page)


def disk_full(request: HttpRequest) -> HttpResponse:
    """Nothing was kept; what was typed comes along. The page itself may need the database: reading goes on."""
    try:
        return _answer(request, HTTPStatus.INSUFFICIENT_STORAGE, typed=typed_in(request))
    except Exception:
        # Even reading failed, or the page did: without the request then.
        return HttpResponse(render_to_string("507.html"), status=HTTPStatus.INSUFFICIENT_STORAGE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from an older sign-in; what was typed is given back to copy."""
    return _answer(request, HTTPStatus.FORBIDDEN, is_csrf=True, typed=typed_in(request))


def typed_in(request: HttpRequest) -> str:
    """The texts of a sent form, one under the other; "" when it cannot be read or holds none."""
    try:
        fields = request.POST.lists()
    except Exception:
        # The body may be the very thing that is wrong.
        return ""
    texts = [
        value
        for name, values in fields
        if name not in HIDDEN_FIELDS and "password" not in name.lower()
        for value in values
        if len(value.split()) > 1
    ]
    return "\n\n".join(texts)[:KEPT_CHARACTERS]
