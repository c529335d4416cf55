"""The only way to the pages of schools, boards and networks."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from leerkring.network.models import Board, Holiday, Leadership, Location, Network, School
from leerkring.people.models import User

M = TypeVar("M", bound=Model)


def schools_for(user: User) -> QuerySet[School]:
    """Schools whose calendar and locations `user` keeps: the administrator all, a leader the own. Who appraises
    people keeps nothing."""
    if user.is_administrator:
        return School.objects.all()
    led = Leadership.objects.current().filter(user=user, function=Leadership.Function.LEADER)
    return School.objects.filter(pk__in=led.values("school"))


def school_for(user: User, school_id: int) -> School:
    """One of those schools, or 404."""
    return _found(schools_for(user).select_related("board"), school_id)


def holiday_for(user: User, school_id: int, holiday_id: int) -> Holiday:
    school = school_for(user, school_id)
    holiday = _found(school.holidays.all(), holiday_id)
    holiday.school = school
    return holiday


def location_for(user: User, school_id: int, location_id: int) -> Location:
    school = school_for(user, school_id)
    location = _found(school.locations.all(), location_id)
    location.school = school
    return location


def leadership_for(user: User, school_id: int, leadership_id: int) -> Leadership:
    """Someone's present function at a school: the administrator's."""
    school = school_for(administrator(user), school_id)
    current = Leadership.objects.current().of([school]).select_related("user")
    leadership = _found(current, leadership_id)
    leadership.school = school
    return leadership


def administrator(user: User) -> User:
    """`user`, who keeps the accounts and all schools; for anyone else this page is not there."""
    if not user.is_administrator:
        raise Http404
    return user


def board_for(user: User, board_id: int) -> Board:
    """A board: the administrator's."""
    administrator(user)
    return _found(Board.objects.all(), board_id)


def network_for(user: User, network_id: int) -> Network:
    """A network of schools: the administrator's."""
    administrator(user)
    return _found(Network.objects.all(), network_id)


def _found(among: QuerySet[M], id: int) -> M:  # noqa: A002
    one = among.filter(pk=id).first()
    if one is None:
        raise Http404
    return one
