"""For who says to be away: the meetings to which they would come, or in which they do something."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.meetings.models import Meeting, Reply, Turn
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_words import ROLES
from leerkring.people.expected import Expected
from leerkring.people.models import Away, User
from leerkring.ui.templatetags.ui import school_date


def at_meetings(user: User, away: Away) -> list[Expected]:
    """Those of which the time did not pass; not those to which they said since that they come, without a role that
    somebody else has to take."""
    own = {"meeting": OuterRef("pk"), "member__user": user}
    since = Reply.objects.filter(at__gte=away.planned_at, **own)
    said = Reply.objects.filter(says__in=[Reply.Says.YES, Reply.Says.MAYBE], **own)
    role = Turn.objects.filter(**own).order_by("pk").values("role")[:1]
    first, after = (
        datetime.combine(day, time(), clock.AMSTERDAM)
        for day in (away.first_day, away.last_day + timedelta(days=1))
    )
    found = (
        Meeting.objects.visible_to(user)
        .filter(state=Meeting.State.PLANNED, starts_at__gte=first, starts_at__lt=after)
        .annotate(role=Subquery(role))
        .filter(~Exists(since.exclude(says=Reply.Says.NO)))
        .filter(Q(role__isnull=False) | Exists(said))
        .not_timed_out()
    )
    return [_expected(meeting) for meeting in found.order_by("starts_at", "pk")]


def _expected(meeting: Meeting) -> Expected:
    address = reverse("meetings:meeting", args=[meeting.community_id, meeting.pk])
    day = {"day": school_date(meeting.starts_at)}
    role = meeting.role  # type: ignore[attr-defined]  # annotated
    if role:
        says = _("%(day)s. Jij staat daar als %(role)s: geef dat door aan een collega.")
        return Expected(meeting.topic, f"{address}#rollen", says % {**day, "role": ROLES[Role(role)]})
    return Expected(
        meeting.topic, address, _("%(day)s. Je zei dat je zou komen; dat telt nu niet meer.") % day
    )
