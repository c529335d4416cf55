"""Postvak: what waits for me, and how much of it comes by mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import inbox
from leerkring.communities.access import Here, memberships_for
from leerkring.communities.mail.stopping import Stop, is_too_often
from leerkring.communities.mail_forms import CommunityMailForm, MailForm
from leerkring.communities.models import Notice, NoticePreference
from leerkring.communities.rooms import room, unless_known
from leerkring.people.access import person


@require_safe
def postbox(request: HttpRequest) -> HttpResponse:
    """A row for each thing; `?toon=ongelezen` only what waits, `?plg=` only of one community."""
    user = person(request)
    choice = inbox.Choice.of(
        user,
        group=request.GET.get("plg", ""),
        which=request.GET.get("toon", ""),
        page=request.GET.get("bladzijde", ""),
    )

    def draw() -> HttpResponse:
        # Before the page around it: the number in the top bar may turn out to be another.
        told = choice.told()
        return render(request, "communities/inbox.html", {**choice.shown, "told": told})

    return unless_known(request, user, choice.state, draw)


@require_safe
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """On to what it is about, and everything told of it is read."""
    user = person(request)
    found = Notice.objects.seen_by(user).filter(pk=notice_id).select_related("by__user", "community").first()
    row = next(iter(inbox.rows(user, [found])), None) if found else None
    if row is None:
        raise Http404
    inbox.read(user, Notice.objects.seen_by(user).filter(thread=row.first.thread))
    return redirect(row.address)


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    user = person(request)
    inbox.read(user, Notice.objects.seen_by(user))
    return redirect("communities:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """How often, for everything; and the way to each community's own choice."""
    user = person(request)
    form = MailForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        NoticePreference.choose(user, form.cleaned_data["rhythm"])
        messages.success(request, _("Bewaard. Zo krijg je voortaan mail."))
        return redirect("communities:mail")
    choices = NoticePreference.of_communities(user, [m.community for m in memberships_for(user)])
    return render(request, "communities/mail.html", {"form": form, "choices": choices})


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def mail_here(request: HttpRequest, here: Here) -> HttpResponse:
    """How often, for one community and for each kind in it."""
    form = CommunityMailForm(request.POST or None, here=here)
    if request.method == "POST" and form.is_valid():
        form.keep()
        messages.success(request, _("Bewaard. Zo krijg je voortaan mail."))
        return redirect("communities:mail")
    return render(request, "communities/mail_here.html", {"here": here, "form": form, "room": "mail"})


@never_cache
@csrf_exempt
@login_not_required
@sensitive_variables("ticket")
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, ticket: str) -> HttpResponse:
    """The link in every mail. Its button, and a mail program by itself, post the words of RFC 8058; no cookie, no
    signing in: who has the mail may stop it."""
    stop = Stop.read(ticket)
    if stop is None:
        raise Http404
    done = request.POST.get("List-Unsubscribe") == "One-Click"
    if done and is_too_often(ticket):
        return render(request, "429.html", status=429)
    if done:
        stop.now()
    return render(request, "communities/stop_mail.html", {"stop": stop, "done": done})
