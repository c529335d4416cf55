"""Leden: who is in the community, inviting, changing roles, leaving."""

from __future__ import annotations

from dataclasses import replace
from smtplib import SMTPException
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities.access import Here, member_for, memberships_for
from leerkring.communities.forms import InvitationForm, NameForm, RoleForm
from leerkring.communities.happenings import Role
from leerkring.communities.invitations import Invitation, count_one
from leerkring.communities.models import Community, ExceptionalAct, Membership
from leerkring.communities.rooms import room
from leerkring.people.models import User
from leerkring.ui.refusal import Refused


@require_safe
@room()
def members(request: HttpRequest, here: Here) -> HttpResponse:
    people = Membership.objects.people().filter(community=here.community)
    acts = ExceptionalAct.objects.filter(community=here.community).select_related("by")[:20]
    return render(request, "communities/members.html", {"here": here, "people": people, "acts": acts})


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def invite(request: HttpRequest, here: Here) -> HttpResponse:
    form = InvitationForm(request.POST or None, community=here.community)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        invitation = Invitation(
            here.community, said["email"], Role(said["role"]), said["until"], said.get("member")
        )
        count_one(here.user)
        sent = _mail(replace(invitation, proven=True), here)
        # In the demo accounts are nobody's: there the link that is handed over is enough.
        link = settings.BASE_URL + replace(invitation, proven=settings.DEMO).address()
        context = {"here": here, "invitation": invitation, "link": link, "sent": sent, "demo": settings.DEMO}
        return render(request, "communities/invited.html", context)
    return render(request, "communities/invite.html", {"here": here, "form": form})


def _mail(invitation: Invitation, here: Here) -> bool:
    """Send the link; False when no mail server takes it (in the demo none is asked), so that it can be handed over."""
    if settings.DEMO or settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return False
    link = settings.BASE_URL + invitation.address()
    context = {"invitation": invitation, "link": link, "by": here.user}
    subject = _("Doe je mee met %(community)s?") % {"community": invitation.community.name}
    body = render_to_string("communities/mail/invitation.txt", context)
    try:
        return send_mail(" ".join(subject.split()), body, None, [invitation.email]) == 1
    except (OSError, SMTPException):
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def member(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    """Change someone's role."""
    person = member_for(here, membership_id)
    form = RoleForm(request.POST or None, initial={"role": person.role, "until": person.until})
    if request.method == "POST" and form.is_valid():
        person.become(Role(form.cleaned_data["role"]), until=form.cleaned_data["until"])
        messages.success(request, _("De rol van %(name)s is aangepast.") % {"name": person})
        return redirect("communities:members", here.community.pk)
    return render(request, "communities/member.html", {"here": here, "person": person, "form": form})


@require_POST
@room("lead")
def remove(request: HttpRequest, here: Here, membership_id: int) -> HttpResponse:
    person = member_for(here, membership_id)
    person.leave()
    messages.success(request, _("%(name)s doet niet meer mee. Het werk blijft staan.") % {"name": person})
    return redirect("communities:members", here.community.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room()
def leave(request: HttpRequest, here: Here) -> HttpResponse:
    """Leave by oneself, after a page that says what stays."""
    if request.method == "POST":
        here.membership.leave()
        messages.success(request, _("Je doet niet meer mee met %(name)s.") % {"name": here.community.name})
        return redirect("today:home")
    return render(request, "communities/leave.html", {"here": here})


@never_cache
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in under the invited address. Who came by the mail reads that mailbox and is signed in at once; who was
    given the link another way proves it with a code sent there."""
    invitation = Invitation.read(token)
    account = invitation.account()
    if elsewhere := _elsewhere(request, invitation, account):
        return elsewhere
    form = None if account else NameForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        user, community = _come_in(invitation, form)
        if account is None and not invitation.proven:
            return render(request, "communities/prove.html", {"invitation": invitation})
        if account is None:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.success(request, _("Welkom! Je doet mee met %(name)s.") % {"name": community.name})
        return redirect("today:community", community.pk)
    return render(request, "communities/accept.html", {"invitation": invitation, "form": form})


def _elsewhere(request: HttpRequest, invitation: Invitation, account: User | None) -> HttpResponse | None:
    """Where to go first, or instead: who has an account signs in, who is in already just enters."""
    if isinstance(request.user, User) and request.user != account:
        raise Refused(_("Deze uitnodiging is voor een ander e-mailadres. Meld je eerst af."))
    if account and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if account and memberships_for(account).filter(community=invitation.community).exists():
        return redirect("today:community", invitation.community.pk)
    return None


@transaction.atomic
def _come_in(invitation: Invitation, form: NameForm | None) -> tuple[User, Community]:
    """Take part under the account of the invited address, made now when `form` asked for a name."""
    user = invitation.account() or User.objects.create_user(
        invitation.email, name=cast(NameForm, form).cleaned_data["name"]
    )
    return user, invitation.accept(user)
