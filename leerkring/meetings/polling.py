"""The verbs of looking for a date: answering per moment, and choosing one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.models import Membership, Notice
from leerkring.meetings import planning
from leerkring.meetings.models import Meeting, Option, OptionAnswer, Reply
from leerkring.ui.refusal import Refused


def _hold(meeting: Meeting) -> Meeting:
    held = meeting.hold_ahead()
    if held.state != Meeting.State.POLL:
        raise Refused(_("Er is al een datum gekozen. Zeg of je dan komt."))
    return held


@transaction.atomic
def answer(meeting: Meeting, *, by: Membership, says: Mapping[int, str]) -> None:
    """What `by` says of each moment to come, by its id; what is not named stays as it was."""
    _hold(meeting)
    for option in meeting.options.to_come().filter(pk__in=says):
        said = OptionAnswer(option=option, member=by, says=says[option.pk])
        said.full_clean(exclude=["option", "member"], validate_constraints=False)
        OptionAnswer.objects.update_or_create(option=option, member=by, defaults={"says": said.says})


@transaction.atomic
def add(meeting: Meeting, *, by: Membership, moment: datetime, at: datetime | None = None) -> None:
    """One more moment that would do."""
    _hold(meeting)
    planning.refuse_outside(moment, at or clock.now())
    if meeting.options.to_come().count() >= planning.MOST_OPTIONS:
        raise Refused(_("Meer dan acht momenten kiest niemand uit. Haal er eerst een weg."))
    if meeting.options.filter(starts_at=moment).exists():
        raise Refused(_("Dit moment staat er al bij."))
    Option.objects.create(meeting=meeting, starts_at=moment)


@transaction.atomic
def drop(meeting: Meeting, option: Option, *, by: Membership) -> None:
    """This moment will not do after all."""
    _hold(meeting)
    still = meeting.options.to_come()
    if not option.is_past and still.count() <= planning.FEWEST_OPTIONS:
        raise Refused(_("Er zijn minstens twee momenten nodig. Zet er eerst een bij."))
    Option.objects.filter(pk=option.pk).delete()


@transaction.atomic
def choose(meeting: Meeting, option: Option, *, by: Membership, at: datetime | None = None) -> None:
    """Then it is. Who said they can, comes, until they say otherwise, or said so since the date was looked for: when
    each of them answered is not kept, and what was said last counts."""
    at = at or clock.now()
    held = _hold(meeting)
    if not meeting.options.filter(pk=option.pk).exists():
        raise Refused(_("Dit moment staat er niet meer bij."))
    planning.refuse_outside(option.starts_at, at)
    meeting.starts_at, meeting.state = option.starts_at, Meeting.State.PLANNED
    meeting.revision, meeting.sequence = held.revision + 1, held.sequence + 1
    meeting.save(update_fields=["starts_at", "state", "revision", "sequence"])
    can = OptionAnswer.objects.filter(option=option, says=OptionAnswer.Says.YES)
    there = planning.everyone(meeting.community).filter(pk__in=can.values("member"))
    yes = [Reply(meeting=meeting, member=m, says=Reply.Says.YES, at=meeting.planned_at) for m in there]
    Reply.objects.bulk_create(yes)
    Notice.forget(Notice.objects.filter(kind="meeting.poll").about("meeting", meeting.pk))
    planning.announce(meeting, "meeting.chosen", by=by, at=at)
