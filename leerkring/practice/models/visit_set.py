"""Which visits there are for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
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
        return self._with_taken().filter(_is_open())

    def open_to(self, user: User) -> VisitSet:
        """Lessons of colleagues, in the groups in which `user` takes part; guests are not asked in."""
        return self.open().filter(_inside(user))

    def visible_to(self, user: User) -> VisitSet:
        return self._with_taken().filter(_named(user) | (_is_open() & _inside(user)))

    def to_come(self) -> VisitSet:
        return self.filter(state__in=[State.ASKED, State.OPEN], starts_at__gt=clock.now())

    def waiting(self) -> VisitSet:
        """The hour came and nobody said yet whether it went on."""
        return self.filter(state=State.OPEN, starts_at__lte=clock.now())

    def _with_taken(self) -> VisitSet:
        come = Visitor.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
        return self.alias(taken=Coalesce(Subquery(come.annotate(n=Count("pk")).values("n")), 0))


def _named(user: User) -> Q:
    own = Membership.objects.current().filter(user=user).order_by().values("pk")
    goes = Visitor.objects.filter(visit=OuterRef("pk"), member__in=own)
    return Q(host__in=own) | Q(asked_by__in=own) | Q(Exists(goes))


def _is_open() -> Q:
    return Q(state=State.OPEN, starts_at__gt=clock.now(), taken__lt=F("room_for"))


def _inside(user: User) -> Q:
    inside = Membership.objects.current().filter(user=user).exclude(role=Role.GUEST).order_by()
    return Q(community__in=inside.values("community"))
