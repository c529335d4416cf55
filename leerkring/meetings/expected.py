"""For who says to be away: the meetings to which they would come, or in which they do something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.meetings.models import Meeting, Reply, Turn
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_words import ROLES
from leerkring.people.expected import Expected
from leerkring.people.models import Away, User
from leerkring.people.models.away import midnight
from leerkring.ui.templatetags.ui import school_date


def at_meetings(user: User, periods: Sequence[Away]) -> Mapping[int, list[Expected]]:
    """Those of which the time did not pass; not those to which they said since that they come, without a role that
    somebody else has to take."""
    if not periods:
        return {}
    own = {"meeting": OuterRef("pk"), "member__user": user}
    role = Turn.objects.filter(**own).order_by("pk").values("role")[:1]
    reply = Reply.objects.filter(**own).order_by("-at")
    first = min(away.first_day for away in periods)
    last = max(away.last_day for away in periods)
    found = (
        Meeting.objects.visible_to(user)
        .filter(state=Meeting.State.PLANNED, starts_at__gte=midnight(first))
        .filter(starts_at__lt=midnight(last + timedelta(days=1)))
        .annotate(role=Subquery(role))
        .annotate(said=Subquery(reply.values("says")[:1]), said_at=Subquery(reply.values("at")[:1]))
        .filter(Q(role__isnull=False) | Q(said__in=[Reply.Says.YES, Reply.Says.MAYBE]))
        .not_timed_out()
    )
    meetings = list(found.order_by("starts_at", "pk"))
    return {
        away.pk: [_expected(meeting) for meeting in meetings if _counts_on(meeting, away)] for away in periods
    }


def _counts_on(meeting: Meeting, away: Away) -> bool:
    """Whether it is in that period, and they did not say since that they come all the same."""
    if meeting.day is None or not away.first_day <= meeting.day <= away.last_day:
        return False
    said, at = meeting.said, meeting.said_at  # type: ignore[attr-defined]  # annotated
    return said in {None, Reply.Says.NO} or at < away.planned_at


def _expected(meeting: Meeting) -> Expected:
    address = reverse("meetings:meeting", args=[meeting.community_id, meeting.pk])
    day = {"day": school_date(meeting.starts_at)}
    role = meeting.role  # type: ignore[attr-defined]  # annotated
    if role:
        says = _("%(day)s. Jij staat daar als %(role)s: geef dat door aan een collega.")
        return Expected(meeting.topic, f"{address}#rollen", says % {**day, "role": ROLES[Role(role)]})
    if meeting.said == Reply.Says.MAYBE:  # type: ignore[attr-defined]  # annotated
        says = _("%(day)s. Je zei dat je misschien zou komen; dat telt nu niet meer.")
    else:
        says = _("%(day)s. Je zei dat je zou komen; dat telt nu niet meer.")
    return Expected(meeting.topic, address, says % day)
