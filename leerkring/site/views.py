"""What belongs to the site as a whole: is it well, what may robots see, its mark."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leerkring.upkeep import health


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the tables are up to date, the disk and the database can be written and a demo is whole; else 503."""
    reason = health.illness()
    return JsonResponse({"ready": not reason, "reason": reason}, status=503 if reason else 200)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A demo is not for search engines; elsewhere only what is open is, and signing in is not."""
    allowed = "Disallow: /" if settings.DEMO else "Disallow: /accounts/"
    return HttpResponse(f"User-agent: *\n{allowed}\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers ask for this address by themselves; the mark is elsewhere."""
    return HttpResponseRedirect(static("ui/built/mark.svg"))
