"""Work of meetings: what is near or agreed is said, calendars are told, rooms are closed and cleared; and what is done
again after a restore, or not."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.jobs.queue import daily, every
from leerkring.jobs.run import Run
from leerkring.jobs.vanished import restored, vanishes
from leerkring.meetings import handouts, invite_rounds, planning, taking_out
from leerkring.meetings.live import sweeping
from leerkring.meetings.models import Agreement, CalendarFeed, Handout, Invite, Meeting
from leerkring.meetings.models.calendar_feed import VANISHED
from leerkring.network.calendar import calendar_of

#: Told so many school days before.
NEAR = 2
#: So long ago is looked back for meetings of which the time passed: a little longer than until the next look.
JUST = timedelta(minutes=15)
#: In so many days these surely are: the summer is shorter.
FURTHEST = timedelta(days=70)


@daily("meetings.remind", at=time(5, 20))
def remind(run: Run) -> None:
    """In two school days it is: what to read or bring. On a school day, and each meeting once."""
    today = clock.today()
    near = Meeting.objects.next_ones().filter(
        state=Meeting.State.PLANNED, reminded_at=None, starts_at__lt=clock.now() + FURTHEST
    )
    for pk in near.filter(community__ended_at=None).values_list("community", flat=True).order_by().distinct():
        with transaction.atomic():
            community = Community.objects.select_related("school").get(pk=pk)
            community.touch()
            calendar = calendar_of(community.school)
            if not calendar.is_school_day(today):
                continue
            for meeting in near.filter(community=community):  # perhaps it was just moved
                meeting.community = community
                if meeting.day and calendar.school_days_between(today, meeting.day) == NEAR:
                    planning.remind(meeting, at=clock.now())


@daily("meetings.agreements_due", at=time(5, 25))
def agreements_due(run: Run) -> None:
    """The day has come on which something would be done. On a school day, and each once."""
    due = Agreement.objects.due().filter(reminded_at=None, community__ended_at=None)
    for pk, where in list(due.order_by("community", "pk").values_list("pk", "community")):
        with transaction.atomic():
            community = Community.objects.select_related("school").get(pk=where)
            if not calendar_of(community.school).is_school_day(clock.today()):
                continue
            community.touch()
            agreement = due.filter(pk=pk).first()  # perhaps a colleague just did it
            if agreement:
                agreement.community = community
                agreement.remind(at=clock.now())


@daily("meetings.clear_handouts", at=time(3, 25))
def clear_handouts(run: Run) -> None:
    """Files that belong to no meeting."""
    handouts.clear(before=clock.now() - handouts.UNDER_WAY)


@every("meetings.close_rooms", minutes=30)
def close_rooms(run: Run) -> None:
    """Rooms that everyone left without closing them."""
    sweeping.close_left(clock.now())


@every("meetings.pass", minutes=10)
def let_pass(run: Run) -> None:
    """The time of a meeting passed that nobody began. Its pages, that are kept until something changes, ask nobody any
    more whether they come."""
    now = clock.now()
    over = Meeting.objects.timed_out(since=now - JUST, at=now).filter(community__ended_at=None)
    for community in Community.objects.filter(pk__in=list(over.values_list("community", flat=True))):
        community.touch()


@daily("meetings.clear_rooms", at=time(3, 35))
def clear_rooms(run: Run) -> None:
    """Rooms of which the end is a week past."""
    sweeping.clear(clock.now())


@vanishes("handout")
def handout_again(reference: str) -> None:
    with transaction.atomic():
        handouts.remove(Handout.objects.filter(pk=int(reference)), noted=False)


@vanishes(taking_out.VANISHED)
def text_again(reference: str) -> None:
    with transaction.atomic():
        taking_out.go_again(reference)


#: More than any meeting is changed between a backup and its being put back.
_BEYOND = 100


@every("meetings.tell_calendars", minutes=5)
def tell_calendars(run: Run) -> None:
    """Mails what calendars are to be told."""
    if invite_rounds.go():
        run.complete(again=clock.now())


@restored
def tell_nothing_twice(_backup: datetime) -> None:
    """Since the backup calendars were told things of which it knows nothing. What it would tell is not told, and our
    next word about a meeting is later than any that they had."""
    Invite.give_up_all()
    Meeting.objects.filter(starts_at__gt=clock.now()).update(sequence=F("sequence") + _BEYOND)


@vanishes(VANISHED)
def feed_again(reference: str) -> None:
    CalendarFeed.objects.filter(key=reference).delete()
