"""The verbs of planning: a meeting is planned, changed, moved, called off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Link, Membership, MembershipSet, Notice
from leerkring.goals.models import Goal
from leerkring.meetings import inviting
from leerkring.meetings.happenings import MeetingCancelled, MeetingMoved, MeetingPlanned
from leerkring.meetings.models import Item, Meeting, MeetingSet, Option, Series, of_who_comes
from leerkring.people.models import Away
from leerkring.ui.refusal import Refused

Fields = Mapping[str, Any]
#: The same by the same person within this time is a button pressed twice.
AGAIN = timedelta(hours=1)
#: So many moments are put to the group, at least and at most.
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
#: Further ahead nobody plans: a slip of the keyboard in a year.
FURTHEST = timedelta(days=3 * 366)
#: What a calendar has to know of a meeting, and where and when it is.
_SHOWN_IN_CALENDARS = ("topic", "starts_at", "minutes", "place", "link")
_WHEN_AND_WHERE = frozenset(_SHOWN_IN_CALENDARS) - {"topic"}


#: It is near: what all hear then, and who prepares it.
_NEAR = ("meeting.near", "meeting.role_open")
#: What asks to come, or to prepare.
ASKS = ("meeting.planned", "meeting.series", "meeting.moved", "meeting.poll", "meeting.role", *_NEAR)


def everyone(community: Community) -> MembershipSet:
    """Who is told of meetings: all who are here with an account, guests too."""
    return Membership.objects.current().filter(community=community).exclude(user=None).select_related("user")


def absent(meeting: Meeting) -> MembershipSet:
    """Who said to be away on its day, and gave no answer since: that counts as not coming."""
    if meeting.day is None:
        return Membership.objects.none()
    since = meeting.replies.filter(member__user=OuterRef("user"), at__gte=OuterRef("planned_at"))
    away = Away.objects.on(meeting.day).filter(~Exists(since))
    return everyone(meeting.community).filter(user__in=away.values("user"))


def answers(meeting: Meeting) -> list[tuple[Membership, str]]:
    """Who said whether they come, and what; and who is away ("", for what they said before counts no more). By name."""
    own = Subquery(meeting.replies.filter(member=OuterRef("pk")).values("says")[:1])
    away = Q(pk__in=absent(meeting).values("pk"))
    said = everyone(meeting.community).filter(away | Q(pk__in=meeting.replies.values("member")))
    found = said.annotate(says=Case(When(away, then=Value("")), default=own)).order_by("user__name", "pk")
    return [(one, one.says) for one in found]  # type: ignore[attr-defined]  # annotated


def may_come(meeting: Meeting) -> MembershipSet:
    """Who did not say that they cannot, and is not away."""
    cannot = meeting.replies.filter(says="no").values("member")
    return everyone(meeting.community).exclude(pk__in=cannot).exclude(pk__in=absent(meeting).values("pk"))


def tell(meeting: Meeting, kind: str, *, by: Membership | None, at: datetime) -> None:
    """In the inbox of everyone else."""
    people = everyone(meeting.community)
    meeting.community.notify(kind, to=people, by=by, thing=("meeting", meeting.pk), at=at)
    if kind in ASKS:  # whom it does not ask does not read it, and is not told of a number
        Notice.count_unread(absent(meeting).values_list("user", flat=True))


def ask_no_more(meeting: Meeting, *kinds: str) -> None:
    """What told so is gone from the inbox."""
    told = Notice.objects.filter(kind__in=kinds).about("meeting", meeting.pk)
    Notice.hold(
        [*told.values_list("user", flat=True), *everyone(meeting.community).values_list("user", flat=True)]
    )
    Notice.forget(told)


def announce(meeting: Meeting, kind: str, *, by: Membership, at: datetime) -> None:
    """As `tell`; and, once it has a day, in everyone's calendar."""
    inviting.tell([meeting], at=at)
    tell(meeting, kind, by=by, at=at)


@transaction.atomic
def plan(
    *,
    by: Membership,
    fields: Fields,
    moments: Sequence[datetime] = (),
    items: Iterable[Fields] = (),
    follows: thread.Thing | None = None,
    at: datetime | None = None,
) -> Meeting:
    """A meeting on a day (`fields["starts_at"]`), or, without one, a poll of `moments`. `items`: what is on the
    agenda already."""
    at = at or clock.now()
    starts = fields.get("starts_at")
    for moment in [starts] if starts else moments:
        refuse_outside(moment, at)  # before anything else: no database holds all that can be typed
    by.community.touch()  # a button pressed twice: the second waits, and finds the first
    for before in _just_planned(by, fields, at).filter(revision=0):
        if _says(before, fields) and _puts(before, moments):
            return before
    meeting = _make(by, fields, at)
    if starts is None:
        _put(meeting, moments)
    set_down(meeting, items)
    if follows:
        thread.tie(("meeting", meeting.pk), follows=follows)
    by.community.record(MeetingPlanned(actor=by.as_actor, about=ThingId(meeting.pk)), at=at)
    announce(meeting, "meeting.planned" if starts else "meeting.poll", by=by, at=at)
    return meeting


def _just_planned(by: Membership, fields: Fields, at: datetime) -> MeetingSet:
    """By the same person, about the same, on the same moment: those for whom it may be a button pressed twice."""
    just = Meeting.objects.filter(planned_by=by, planned_at__gt=at - AGAIN, planned_at__lte=at)
    return just.filter(topic=fields["topic"], starts_at=fields.get("starts_at")).select_related("goal")


def _says(meeting: Meeting, fields: Fields) -> bool:
    """Whether it holds all that was typed: then nothing of it is lost."""
    return all(getattr(meeting, name) == value for name, value in fields.items())


def _puts(meeting: Meeting, moments: Sequence[datetime]) -> bool:
    return set(meeting.options.values_list("starts_at", flat=True)) == set(moments)


def _make(by: Membership, fields: Fields, at: datetime, series: Series | None = None) -> Meeting:
    meeting = Meeting(community=by.community, planned_by=by, planned_at=at, series=series, **fields)
    meeting.state = Meeting.State.PLANNED if meeting.starts_at else Meeting.State.POLL
    meeting.full_clean(exclude=["community", "planned_by", "series", "goal"])
    meeting.save()
    _tie_to_goal(meeting, meeting.goal)
    return meeting


def refuse_outside(moment: datetime, at: datetime) -> None:
    """Raises Refused when nobody can come then: its day is over, or years away."""
    if moment.astimezone(clock.AMSTERDAM).date() < at.astimezone(clock.AMSTERDAM).date():
        raise Refused(_("Die dag is al geweest. Kies een dag die nog komt."))
    if moment > at + FURTHEST:
        raise Refused(_("Die dag is wel heel ver weg. Kijk het jaar nog even na."))


def _put(meeting: Meeting, moments: Sequence[datetime]) -> None:
    wanted = sorted(set(moments))
    if not FEWEST_OPTIONS <= len(wanted) <= MOST_OPTIONS:
        said = _("Geef minstens %(few)s en hoogstens %(many)s momenten waaruit je collega's kiezen.")
        raise Refused(said % {"few": FEWEST_OPTIONS, "many": MOST_OPTIONS})
    Option.objects.bulk_create(Option(meeting=meeting, starts_at=moment) for moment in wanted)


def set_down(meeting: Meeting, items: Iterable[Fields]) -> None:
    """On the agenda of a new meeting."""
    for position, item in enumerate(items, 1):
        line = Item(meeting=meeting, position=position, **item)
        line.full_clean(exclude=["meeting", "by"])
        line.save()


def _tie_to_goal(meeting: Meeting, goal: Goal | None) -> None:
    """On the red thread of the goal it serves."""
    if goal:
        Link.objects.get_or_create(
            from_kind="meeting",
            from_id=meeting.pk,
            to_kind="goal",
            to_id=goal.pk,
            relation=Link.Relation.FOLLOWS,
        )


@transaction.atomic
def plan_series(
    *,
    by: Membership,
    title: str,
    meetings: Sequence[Fields],
    items: Sequence[Sequence[Fields]] = (),
    follows: thread.Thing | None = None,
    at: datetime | None = None,
) -> list[Meeting]:
    """Several at once, in order of time. It is told once, by the first of them."""
    at = at or clock.now()
    for fields in meetings:
        refuse_outside(fields["starts_at"], at)
    by.community.touch()
    for first in _just_planned(by, meetings[0], at).filter(series__title=title):
        stand = list(Meeting.objects.filter(series=first.series_id).order_by("starts_at", "pk"))
        if len(stand) == len(meetings) and all(map(_says, stand, meetings)):
            return stand
    series = Series(community=by.community, title=title)
    series.full_clean()
    series.save()
    made = [_make(by, fields, at, series) for fields in meetings]
    for meeting, lines in zip(made, items, strict=False):
        set_down(meeting, lines)
    if follows:
        thread.tie(("meeting", made[0].pk), follows=follows)
    by.community.record(MeetingPlanned(actor=by.as_actor, about=ThingId(made[0].pk)), at=at)
    inviting.tell(made[1:], at=at)
    announce(made[0], "meeting.series", by=by, at=at)
    return made


@transaction.atomic
def revise(
    meeting: Meeting, *, by: Membership, seen: int | None = None, fields: Fields, at: datetime | None = None
) -> None:
    """Say it better, or move it: another time, place or link is told. `seen` is the revision that `by` read.

    At another moment nobody said yet that they come: what was answered is gone.
    """
    at = at or clock.now()
    before = meeting.hold_ahead(seen=seen)
    changed = [name for name, value in fields.items() if getattr(before, name) != value]
    if not changed:
        return
    for name, value in fields.items():
        setattr(meeting, name, value)
    if "starts_at" in changed:
        refuse_outside(fields["starts_at"], at)
        meeting.reminded_at = None
    meeting.revision = before.revision + 1
    told = meeting.state == Meeting.State.PLANNED and [n for n in changed if n in _SHOWN_IN_CALENDARS]
    meeting.sequence = before.sequence + bool(told)
    meeting.full_clean(exclude=["community", "planned_by", "series", "goal"])
    meeting.save(update_fields=[*fields, "revision", "sequence", "reminded_at"])
    if "goal" in changed and before.goal_id:
        tied = Link.objects.filter(from_kind="meeting", from_id=meeting.pk, to_kind="goal")
        tied.filter(to_id=before.goal_id).delete()
    _tie_to_goal(meeting, meeting.goal)
    if told:
        _tell_of_change(meeting, set(told), by, at)


def _tell_of_change(meeting: Meeting, changed: set[str], by: Membership, at: datetime) -> None:
    if "starts_at" in changed:
        meeting.replies.all().delete()
        ask_no_more(meeting, *_NEAR)
    if changed & _WHEN_AND_WHERE:
        meeting.community.record(MeetingMoved(actor=by.as_actor, about=ThingId(meeting.pk)), at=at)
        announce(meeting, "meeting.moved", by=by, at=at)
    else:
        announce(meeting, "meeting.changed", by=by, at=at)


@transaction.atomic
def cancel(meeting: Meeting, *, by: Membership, because: str, at: datetime | None = None) -> None:
    """It is not held; why is read by all."""
    at = at or clock.now()
    meeting.hold_ahead()
    meeting.state, meeting.why_cancelled = Meeting.State.CANCELLED, because.strip()
    meeting.full_clean(exclude=["community", "planned_by", "series", "goal"])
    meeting.save(update_fields=["state", "why_cancelled"])
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1, revision=F("revision") + 1)
    meeting.refresh_from_db(fields=["sequence", "revision"])
    ask_no_more(meeting, "meeting.poll", "meeting.role", *_NEAR)
    meeting.community.record(MeetingCancelled(actor=by.as_actor, about=ThingId(meeting.pk)), at=at)
    announce(meeting, "meeting.cancelled", by=by, at=at)


def remind(meeting: Meeting, *, at: datetime) -> None:
    """It is near: told to all who may come; and when who has a role in it does not, to who facilitates, without who it
    is. Whoever calls this locked the community's row."""
    meeting.reminded_at = at
    meeting.save(update_fields=["reminded_at"])
    about = ("meeting", meeting.pk)
    meeting.community.notify("meeting.near", to=may_come(meeting), thing=about, at=at)
    if meeting.turns.exclude(pk__in=of_who_comes(meeting.turns.all()).values("pk")).exists():
        facilitate = may_come(meeting).filter(pk__in=Membership.objects.facilitators().values("pk"))
        meeting.community.notify("meeting.role_open", to=facilitate, thing=about, at=at)
