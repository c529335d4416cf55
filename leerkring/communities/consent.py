"""A school's council of staff agrees that what groups do is counted, or no longer. Every group there is told."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Community, ExceptionalAct
from leerkring.communities.renewing import touch_all
from leerkring.network.models import School, StaffConsent
from leerkring.people.models import User
from leerkring.ui.refusal import Refused


@transaction.atomic
def give(school: School, *, decided_on: date, by: User | None, at: datetime | None = None) -> StaffConsent:
    """The council of `school` consented on `decided_on`; `by` writes it down."""
    at = at or clock.now()
    consents = StaffConsent.objects.filter(school=school)
    if consents.standing().exists():
        raise Refused(_("De instemming van deze school staat al vast."))
    consent = consents.create(school=school, decided_on=decided_on, recorded_by=by, recorded_at=at)
    _tell(school, ExceptionalAct.Kind.COUNTING_ON, by=by, at=at)
    return consent


@transaction.atomic
def withdraw(school: School, *, by: User | None, at: datetime | None = None) -> None:
    """From now on nothing is counted in any group in which `school` takes part."""
    at = at or clock.now()
    standing = StaffConsent.objects.filter(school=school).standing()
    if not standing.update(withdrawn_at=at, withdrawn_by=by):
        raise Refused(_("Deze school heeft geen instemming om in te trekken."))
    _tell(school, ExceptionalAct.Kind.COUNTING_OFF, by=by, at=at)


def _tell(school: School, kind: ExceptionalAct.Kind, *, by: User | None, at: datetime) -> None:
    touch_all(Community.objects.filter(schools=school))
    for community in Community.objects.filter(schools=school).order_by("pk"):
        ExceptionalAct.note(kind, by=by, at=at, community=community)
