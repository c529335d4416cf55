"""What an administrator does with people's accounts. Each act is noted where the person can read it.

Here and not in `people`: what is done to an account is kept in this layer's `ExceptionalAct`, and who becomes an
administrator stops reading along in communities.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.leading import end_memberships_without_consent
from leerkring.communities.models import Community, ExceptionalAct, Notice
from leerkring.communities.renewing import renew_communities_of
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

Kind = ExceptionalAct.Kind


@transaction.atomic
def change_address(user: User, email: str, *, by: User, at: datetime | None = None) -> None:
    """`user` signs in with another address from now on, and no longer with the old one; who knew that is out."""
    _not_in_the_demo(user)
    user.take_address(email)
    user.sign_out()
    _noted(Kind.ADDRESS_CHANGED, user, by=by, at=at)


@transaction.atomic
def switch_off(user: User, *, by: User, at: datetime | None = None) -> None:
    """`user` cannot sign in any more. Nothing of the work ends: who takes part where stays as it is."""
    _not_in_the_demo(user)
    if user == by:
        raise Refused(_("Je eigen account kun je niet uitzetten."))
    keep_an_administrator(user)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refused(_("Dit account stond al uit."))
    user.sign_out()
    _noted(Kind.SWITCHED_OFF, user, by=by, at=at)


@transaction.atomic
def switch_on(user: User, *, by: User, at: datetime | None = None) -> None:
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused(_("Dit account stond al aan."))
    _noted(Kind.SWITCHED_ON, user, by=by, at=at)


@transaction.atomic
def make_administrator(user: User, *, by: User, at: datetime | None = None) -> None:
    """`user` keeps the accounts too, and no longer reads along in any community."""
    _not_in_the_demo(user)
    renew_communities_of(user)  # their rows are locked before those of people
    if not User.objects.filter(pk=user.pk, is_administrator=False, is_active=True).update(
        is_administrator=True
    ):
        raise Refused(_("Dit account staat uit, of is al van een beheerder."))
    user.is_administrator = True
    at = at or clock.now()
    end_memberships_without_consent(user, among=Community.objects.all(), at=at)
    Notice.tell("account.administrator", to=[user], at=at)
    _noted(Kind.ADMINISTRATOR_MADE, user, by=by, at=at, told=False)


@transaction.atomic
def end_administrator(user: User, *, by: User, at: datetime | None = None) -> None:
    _not_in_the_demo(user)
    keep_an_administrator(user)
    if not User.objects.filter(pk=user.pk, is_administrator=True).update(is_administrator=False):
        raise Refused(_("Dit was al geen beheerder."))
    _noted(Kind.ADMINISTRATOR_ENDED, user, by=by, at=at)


def account_of(email: str, name: str) -> User:
    """Whose address this is; someone new, called `name`, when it is nobody's yet."""
    user = User.objects.at_address(email)
    if user and not user.is_active:
        raise Refused(_("Het account met dit adres staat uit. De beheerder kan het weer aanzetten."))
    return user or User.objects.create_user(email, name=name)


def keep_an_administrator(user: User) -> None:
    """`Refused` when `user` is the last. Locked, so that the last two cannot take each other away."""
    present = User.objects.select_for_update().filter(is_administrator=True, is_active=True)
    if {one.pk for one in present} == {user.pk}:
        raise Refused(_("Er is minstens één beheerder nodig. Wijs eerst een ander aan."))


def _not_in_the_demo(user: User) -> None:
    """Everyone uses the same accounts there: whoever changes one shuts the others out."""
    if user.is_demo:
        raise Refused(_("In de demo blijven de accounts zoals ze zijn: iedereen gebruikt ze."))


def _noted(kind: Kind, user: User, *, by: User, at: datetime | None, told: bool = True) -> None:
    ExceptionalAct.note(kind, by=by, at=at or clock.now(), user=user, told=told)
    user.touch()
