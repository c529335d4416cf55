"""What anyone may see: what this is, and how it is made accessible. In the demo: a way in as any role."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leerkring.people.models import User
from leerkring.public import post
from leerkring.public.demo_roles import DEMO_ROLES

#: Seconds after which the post of the demo looks again for a code that was asked for.
LOOK_AGAIN = "3"


@login_not_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("today:home")
    return render(request, "public/landing.html", {"demo_roles": DEMO_ROLES if settings.DEMO else ()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and who sees it."""
    return render(request, "public/privacy.html")


@login_not_required
@require_POST
def enter_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the demo's people; not a page outside the demo."""
    known = {r.key: r for r in DEMO_ROLES}
    if not settings.DEMO or role not in known:
        raise Http404
    user = User.objects.filter(email=known[role].email, is_demo=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("today:home")


@never_cache
@login_not_required
@require_safe
def demo_post(request: HttpRequest) -> HttpResponse:
    """The mail that a demo keeps instead of sending it, for whom it is; not a page outside the demo."""
    if not settings.DEMO:
        raise Http404
    asked = post.awaited(request)
    found = post.letters(post.addresses(request))
    response = render(request, "public/demo_post.html", {"letters": found, "asked": asked})
    if asked and not found:
        response["Refresh"] = LOOK_AGAIN  # a code may be made in the work loop
    return response
