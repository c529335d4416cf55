"""The only way to a school's pages."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from leerkring.network.models import Holiday, Leadership, School
from leerkring.people.models import User


def schools_for(user: User) -> QuerySet[School]:
    """Schools whose calendar `user` keeps: the administrator all, a leader the own."""
    if user.is_administrator:
        return School.objects.all()
    led = Leadership.objects.current().filter(user=user)
    return School.objects.filter(pk__in=led.values("school"))


def school_for(user: User, school_id: int) -> School:
    """One of those schools, or 404."""
    school = schools_for(user).filter(pk=school_id).first()
    if school is None:
        raise Http404
    return school


def holiday_for(user: User, school_id: int, holiday_id: int) -> Holiday:
    holiday = Holiday.objects.filter(school=school_for(user, school_id), pk=holiday_id).first()
    if holiday is None:
        raise Http404
    return holiday
