"""Which visits there are for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Membership
from leerkring.people.models import User
from leerkring.practice.models.visitor import Visitor

if TYPE_CHECKING:
    from leerkring.practice.models.visit import Visit  # noqa: F401  # named in a string


class State(models.TextChoices):
    ASKED = "asked", _("gevraagd")
    OPEN = "open", _("open")
    HELD = "held", _("geweest")
    CANCELLED = "cancelled", _("gaat niet door")


class VisitSet(models.QuerySet["Visit"]):
    def of(self, user: User) -> VisitSet:
        """Those that `user` hosts, asked for or goes to, in groups in which they are now."""
        return self.filter(_named(user))

    def open(self) -> VisitSet:
        """A colleague can still come."""
        return self.filter(_is_open())

    def open_to(self, user: User) -> VisitSet:
        """Lessons of colleagues, in the groups in which `user` takes part; guests are not asked in."""
        return self.filter(_is_open() & _inside(user))

    def visible_to(self, user: User) -> VisitSet:
        # What costs less first: of most that are shown in lists, a lesson stands open.
        return self.filter((_is_open() & _inside(user)) | _named(user))

    def to_come(self) -> VisitSet:
        return self.filter(state__in=[State.ASKED, State.OPEN], starts_at__gt=clock.now())

    def waiting(self) -> VisitSet:
        """The hour came and nobody said yet whether it went on."""
        return self.filter(state=State.OPEN, starts_at__lte=clock.now())


def _named(user: User) -> Q:
    goes = Visitor.objects.filter(visit=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    own = Membership.objects.current().filter(user=user, community=OuterRef("community"))
    return Q(Exists(own.filter(Q(pk=OuterRef("host")) | Q(pk=OuterRef("asked_by")) | Q(Exists(goes)))))


def _is_open() -> Q:
    return Q(state=State.OPEN, starts_at__gt=clock.now(), is_full=False)


def _inside(user: User) -> Q:
    inside = Membership.objects.current().filter(user=user).exclude(role=Role.GUEST).order_by()
    return Q(community__in=inside.values("community"))
