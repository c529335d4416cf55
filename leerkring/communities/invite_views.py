"""Nodig collega's uit: by mail, by a list; who was asked and is not in yet; and accepting."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import listed, mails
from leerkring.communities.access import Here, invitation_for, memberships_for
from leerkring.communities.coming_in import limit, wait_for_code, welcome
from leerkring.communities.forms import InvitationForm, ListForm, NameForm
from leerkring.communities.models import Admission, Arrival, Invitation, Membership
from leerkring.communities.models.invitation import InvitationLink, count_invitations
from leerkring.communities.rooms import room
from leerkring.people.models import User
from leerkring.ui.forms import refusals_on
from leerkring.ui.refusal import Refused

#: Seconds after which a page about mail that is on its way looks again.
LOOK_AGAIN = "3"


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def invite(request: HttpRequest, here: Here) -> HttpResponse:
    """One colleague by mail; and the doors to the other ways."""
    form = InvitationForm(request.POST or None, community=here.community)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count_invitations(here.user)
            invitation = Invitation.make(
                here.community,
                by=here.membership,
                language=get_language(),
                mailed=mails.are_sent(),
                **form.said,
            )
            return redirect("communities:invitation", here.community.pk, invitation.pk)
    return render(request, "communities/invite.html", {"here": here, "form": form})


@require_safe
@room("lead")
def invitations(request: HttpRequest, here: Here) -> HttpResponse:
    """Who was asked and is not in yet, and how far their mail is."""
    asked = list(here.community.invitations.open().select_related("school"))
    waiting = sum(invitation.is_on_its_way for invitation in asked)
    context = {"here": here, "invitations": asked, "waiting": waiting, "gone": len(asked) - waiting}
    return _looking_again(render(request, "communities/invitations.html", context), bool(waiting))


@require_safe
@room("lead")
def invitation(request: HttpRequest, here: Here, invitation_id: int) -> HttpResponse:
    """One invitation: how far its mail is, and the link to hand over."""
    asked = invitation_for(here, invitation_id)
    # In the demo accounts are nobody's: there the link that is handed over is enough.
    link = settings.BASE_URL + asked.address(proven=settings.DEMO)
    context = {"here": here, "invitation": asked, "link": link}
    return _looking_again(render(request, "communities/invited.html", context), asked.is_on_its_way)


def _looking_again(response: HttpResponse, again: bool) -> HttpResponse:
    if again:
        response["Refresh"] = LOOK_AGAIN
    return response


@require_POST
@room("lead")
def send_again(request: HttpRequest, here: Here, invitation_id: int) -> HttpResponse:
    asked = invitation_for(here, invitation_id)
    count_invitations(here.user)
    asked.send_again(mailed=mails.are_sent())
    return redirect("communities:invitation", here.community.pk, asked.pk)


@require_POST
@room("lead")
def take_back(request: HttpRequest, here: Here, invitation_id: int) -> HttpResponse:
    asked = invitation_for(here, invitation_id)
    asked.take_back()
    messages.success(request, _("De uitnodiging aan %(email)s is ingetrokken.") % {"email": asked.email})
    return redirect("communities:members", here.community.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room("lead")
def invite_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Many at once: read, shown, and only then asked."""
    form = ListForm(request.POST or None, request.FILES or None, community=here.community)
    if request.method != "POST" or not form.is_valid():
        return render(request, "communities/list.html", {"here": here, "form": form})
    asked = sum(row.state == listed.State.INVITE for row in form.rows)
    if asked and "confirm" in request.POST:
        with refusals_on(form):
            return _invite_all(request, here, form, asked)
    return _preview(request, here, form.rows, asked, listed.table_of(form.data_read).text, form)


def _preview(
    request: HttpRequest,
    here: Here,
    rows: list[listed.Row],
    asked: int,
    text: str,
    form: ListForm | None = None,
    done: int = 0,
) -> HttpResponse:
    """Line by line what will happen, and the list itself, to be mended and looked at again. `done`: how many were
    asked just now, when these are the lines that were left, numbered as in the list that was sent."""
    mending = ListForm(initial={"text": text}, community=here.community)
    mending.fields["text"].label = _("Verbeter de lijst")
    refused = form.non_field_errors() if form else []
    context = {
        "here": here,
        "rows": rows,
        "asked": asked,
        "done": done,
        "text": text,
        "mending": mending,
        "faulty": any(row.state == listed.State.CANNOT for row in rows),
        "refused": refused,
    }
    return render(request, "communities/list_preview.html", context)


def _invite_all(request: HttpRequest, here: Here, form: ListForm, asked: int) -> HttpResponse:
    """Who can be asked is; the lines that could not be used come back."""
    data = form.data_read
    faulty = listed.still_to_mend(data, form.rows)
    count_invitations(here.user, asked, listed=True)
    done = listed.invite(
        data, here.community, by=here.membership, language=get_language(), mailed=mails.are_sent()
    )
    said = ngettext("%(n)s collega is uitgenodigd.", "%(n)s collega's zijn uitgenodigd.", done) % {"n": done}
    messages.success(request, said)
    if not faulty:
        return redirect("communities:invitations", here.community.pk)
    return _preview(request, here, listed.to_mend(form.rows), 0, faulty, done=done)


@never_cache
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Come in under the invited address. Who came by the mail reads that mailbox and is signed in at once; who was
    given the link another way proves it with a code sent there."""
    link = InvitationLink(token)
    if inside := _inside(request, link.community_id):
        return inside
    invitation = link.invitation()
    account = invitation.account()
    if elsewhere := _elsewhere(request, account):
        return elsewhere
    form = None if account else NameForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and (form is None or form.is_valid()):
        return _accepted(request, link, invitation, form)
    return render(request, "communities/accept.html", {"invitation": invitation, "form": form})


def _inside(request: HttpRequest, community_id: int) -> HttpResponse | None:
    """Who is in already just enters, also when the invitation is gone."""
    user = request.user
    if isinstance(user, User) and memberships_for(user).filter(community=community_id).exists():
        return redirect("today:community", community_id)
    return None


def _elsewhere(request: HttpRequest, account: User | None) -> HttpResponse | None:
    """Where to go first, or instead: who has an account signs in."""
    if isinstance(request.user, User) and request.user != account:
        raise Refused(_("Deze uitnodiging is voor een ander e-mailadres. Meld je eerst af."))
    if account and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return None


def _accepted(
    request: HttpRequest, link: InvitationLink, invitation: Invitation, form: NameForm | None
) -> HttpResponse:
    if form is None:
        return welcome(request, invitation.accept(cast(User, request.user)))
    name = form.cleaned_data["name"]
    if not link.proven:
        limit("come_in", request, invitation.email)
        return wait_for_code(
            request,
            Arrival.wait(invitation=invitation, email=invitation.email, name=name, language=get_language()),
        )
    user, came = _new_account(invitation, name)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return welcome(request, came)


@transaction.atomic
def _new_account(invitation: Invitation, name: str) -> tuple[User, Membership | Admission]:
    """The invited mailbox is proven: its account, made now, takes part."""
    user = User.objects.create_user(invitation.email, name=name, language=get_language() or "")
    return user, invitation.accept(user)
