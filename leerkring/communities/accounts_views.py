"""Mensen: the accounts of this house, for the administrator. Never which communities someone is in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities import accounts as verbs
from leerkring.communities import mails
from leerkring.communities.access import account_for, accounts_for
from leerkring.communities.places_forms import NewAddressForm, SearchForm
from leerkring.people.access import person
from leerkring.people.proving import show_anew
from leerkring.ui.forms import refusals_on


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("zoek", "").strip()
    form = SearchForm({"zoek": asked} if asked else None)
    found = accounts_for(person(request))
    if asked and form.is_valid():
        found = found.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    elif asked:
        found = found.none()
    page = Paginator(found, 20).get_page(request.GET.get("bladzijde"))
    return render(request, "communities/accounts.html", {"form": form, "page": page, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account, and changing the address of it."""
    user = account_for(person(request), user_id)
    form = NewAddressForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            show_anew(request)
            before = user.email
            verbs.change_address(user, form.cleaned_data["email"], by=person(request))
            for address in (before, user.email):
                mails.tell(user, "address_changed", to=address, by=request.user)
            messages.success(request, _("Het adres van %(name)s is veranderd.") % {"name": user.name})
            return redirect("communities:account", user.pk)
    return render(request, "communities/account.html", {"account": user, "form": form})


@require_POST
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Off when it is on, on when it is off."""
    user = account_for(person(request), user_id)
    if user.is_active:
        verbs.switch_off(user, by=person(request))
        messages.success(request, _("%(name)s kan niet meer inloggen.") % {"name": user.name})
    else:
        verbs.switch_on(user, by=person(request))
        messages.success(request, _("%(name)s kan weer inloggen.") % {"name": user.name})
    return redirect("communities:account", user.pk)


@require_POST
def administration(request: HttpRequest, user_id: int) -> HttpResponse:
    """An administrator, or no longer."""
    user = account_for(person(request), user_id)
    show_anew(request)
    if user.is_administrator:
        verbs.end_administrator(user, by=person(request))
        messages.success(request, _("%(name)s is geen beheerder meer.") % {"name": user.name})
    else:
        verbs.make_administrator(user, by=person(request))
        messages.success(request, _("%(name)s is nu beheerder.") % {"name": user.name})
    if user == request.user:
        return redirect("/")  # this page is not theirs any more
    return redirect("communities:account", user.pk)
