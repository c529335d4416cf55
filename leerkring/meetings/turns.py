"""Who does what in a meeting: by turn, so that it is not always the same colleague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.communities.happenings import Role as MemberRole
from leerkring.communities.models import Membership, Notice
from leerkring.meetings.models import Meeting, Turn, of_who_comes
from leerkring.meetings.workform import Role, Workform
from leerkring.ui.refusal import Refused

#: Somebody was given a role.
GIVEN = "meeting.role"
#: Asked for when no work form says which; who watches how the group talks when one likes to.
USUAL = (Role.FACILITATOR, Role.TIMEKEEPER, Role.PRESENTER, Role.SCRIBE)


def needed(forms: Iterable[Workform]) -> tuple[Role, ...]:
    """What these work forms, of one agenda, ask for; the usual ones without a form."""
    asked = {role for form in forms for role in form.roles}
    return tuple(role for role in Role if role in asked) or USUAL


@transaction.atomic
def divide(
    meeting: Meeting,
    *,
    by: Membership,
    turns: Mapping[Role, Membership | None],
    at: datetime | None = None,
) -> None:
    """Each named role to someone, who is told, or to nobody."""
    meeting.hold_ahead()
    before = dict(Turn.objects.filter(meeting=meeting).values_list("role", "member"))
    new = [member for role, member in turns.items() if member and before.get(role) != member.pk]
    for role, member in turns.items():
        if member is None:
            Turn.objects.filter(meeting=meeting, role=role).delete()
        else:
            Turn.objects.update_or_create(meeting=meeting, role=role, defaults={"member": member})
    _tell_no_more(meeting, *new)
    thing = ("meeting", meeting.pk)
    meeting.community.notify(GIVEN, to=dict.fromkeys(new), by=by, thing=thing, at=at or clock.now())


@transaction.atomic
def take(meeting: Meeting, *, by: Membership, role: Role) -> None:
    """`by` does it, when nobody does who comes."""
    meeting.hold_ahead()
    done = Turn.objects.filter(meeting=meeting, role=role).exclude(member=by)
    if of_who_comes(done).exists():
        raise Refused(_("Een collega was je net voor."))
    Turn.objects.update_or_create(meeting=meeting, role=role, defaults={"member": by})
    _tell_no_more(meeting)


@transaction.atomic
def give_back(meeting: Meeting, *, by: Membership, role: Role) -> None:
    """`by` does not do it after all."""
    meeting.hold_ahead()
    Turn.objects.filter(meeting=meeting, role=role, member=by).delete()
    _tell_no_more(meeting)


def _tell_no_more(meeting: Meeting, *new: Membership) -> None:
    """Of a role whoever has none there any more; who is told of one next (`new`) waits too."""
    told = Notice.objects.filter(kind=GIVEN).about("meeting", meeting.pk)
    Notice.hold([*told.values_list("user", flat=True), *(member.user_id for member in new if member.user_id)])
    Notice.forget(told.exclude(user__in=meeting.turns.values("member__user")))


def proposed(
    meeting: Meeting,
    taken: Mapping[str, int],
    people: Iterable[Membership],
    roles: Iterable[Role] = USUAL,
) -> dict[Role, Membership]:
    """For each of these roles that nobody has who comes (`taken`: role → member) who has not had it for the longest
    time, as far as everybody can have one thing to do. `people`: who may come (`planning.may_come`). When each had a
    role last is used here, and shown nowhere."""
    open_roles = [role for role in roles if role not in taken]
    if not open_roles:
        return {}
    people, last = _who_can(people), _last_turns(meeting)
    found: dict[Role, Membership] = {}
    busy = set(taken.values())
    for role in open_roles:
        free = [member for member in people if member.pk not in busy]
        if free:
            found[role] = min(free, key=lambda member: last.get((role, member.pk), ""))
            busy.add(found[role].pk)
    return found


def _who_can(people: Iterable[Membership]) -> Sequence[Membership]:
    """The members among them; who is in it longest first."""
    members = (one for one in people if one.role != MemberRole.GUEST)
    return sorted(members, key=lambda one: (one.joined_at, one.pk))


def _last_turns(meeting: Meeting) -> dict[tuple[str, int], str]:
    """When each had each role last, in the meetings before this one."""
    held = Turn.objects.filter(meeting__community=meeting.community).exclude(meeting=meeting)
    held = held.exclude(meeting__state=Meeting.State.CANCELLED)
    held = held.annotate(began=Coalesce("meeting__opened_at", "meeting__starts_at"))
    if meeting.starts_at:
        held = held.filter(began__lt=meeting.starts_at)
    rows = held.order_by().values_list("role", "member").annotate(last=Max("began"))
    return {(role, member): _sortable(last) for role, member, last in rows}


def _sortable(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
