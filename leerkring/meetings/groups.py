"""What who facilitates several communities has to prepare in each: the next date, and what is still open for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerkring import __version__, clock
from leerkring.communities.access import memberships_for
from leerkring.communities.happenings import Role as MemberRole
from leerkring.communities.models import Membership
from leerkring.meetings import turns
from leerkring.meetings.models import (
    Agreement,
    Item,
    Meeting,
    Option,
    OwnForm,
    Reply,
    Turn,
    in_time,
    of_who_comes,
)
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Role, Workform
from leerkring.people.models import User

#: From so many groups on there is a page for it in one's menu.
SEVERAL = 2


def how_many_led() -> Subquery:
    """Of the user around it: how many communities they facilitate now."""
    led = Membership.objects.current().filter(user=OuterRef("pk"), role=MemberRole.FACILITATOR).order_by()
    return Subquery(led.values("user").annotate(n=Count("pk")).values("n"))


def page_of(user: User) -> str | None:
    """Where *Mijn groepen* is, for who facilitates several."""
    several = (getattr(user, "groups_led", 0) or 0) >= SEVERAL
    return reverse("meetings:groups") if several else None


def led_by(user: User) -> list[Membership]:
    """The communities that `user` facilitates now, by name."""
    return list(memberships_for(user).filter(role=MemberRole.FACILITATOR))


@dataclass(frozen=True)
class ToDo:
    """What is still open, and where it is done."""

    sentence: str | Promise
    address: str


@dataclass(frozen=True)
class Group:
    """One community: the meeting that comes, and what is still to be done for it."""

    membership: Membership
    meeting: Meeting | None
    #: What is on its agenda: the work forms.
    forms: Sequence[Workform] = ()

    @property
    def is_on(self) -> bool:
        """Nothing is prepared any more: one goes there."""
        return self.meeting is not None and self.meeting.state == Meeting.State.LIVE

    @property
    def to_do(self) -> list[ToDo]:
        if self.meeting is None or self.is_on:
            return []
        found = self.meeting
        there = reverse("meetings:meeting", args=[found.community_id, found.pk])
        if found.state == Meeting.State.POLL and not found.has_moments:  # type: ignore[attr-defined]
            return [ToDo(_("Alle momenten zijn geweest. Zet er nieuwe bij."), there)]
        if found.state == Meeting.State.POLL:
            return [ToDo(_("Er is nog geen datum gekozen."), there)]
        agenda, roles = f"{there}#agenda", f"{there}#rollen"
        agreements = reverse("meetings:agreements", args=[found.community_id])
        missing = {*turns.needed(self.forms)} - {turn.role for turn in found.kept}  # type: ignore[attr-defined]
        said = {
            ToDo(_("De agenda is nog leeg."), agenda): not found.item_minutes,  # type: ignore[attr-defined]
            ToDo(_("De helft of meer gaat over organisatie."), agenda): _is_mostly_organisation(found),
            ToDo(_("Er is nog geen inbrenger."), roles): Role.PRESENTER in missing,
            ToDo(_("Nog niet alle rollen zijn verdeeld."), roles): bool(missing - {Role.PRESENTER}),
            ToDo(_("Nog niemand heeft gezegd te komen."), there): not found.coming,  # type: ignore[attr-defined]
            ToDo(_("Er staan nog afspraken open van een eerdere keer."), agreements): found.stands_open,  # type: ignore[attr-defined]
        }
        return [to_do for to_do, holds in said.items() if holds]


def _is_mostly_organisation(meeting: Meeting) -> bool:
    organised: int = meeting.organised or 0  # type: ignore[attr-defined]
    return bool(organised) and 2 * organised >= meeting.item_minutes  # type: ignore[attr-defined]


class Groups:
    """All that `user` facilitates. Five questions to the database at most, however many there are."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def led(self) -> list[Membership]:
        return led_by(self.user)

    @property
    def state(self) -> str:
        """What the page depends on."""
        versions = (f"{m.community_id}-{m.community.version}" for m in self.led)
        return ".".join((__version__, str(get_language()), str(clock.today()), *versions))

    @cached_property
    def all(self) -> list[Group]:
        own = self._own_forms
        return [self._group(member, self._next_ones.get(member.community_id), own) for member in self.led]

    @staticmethod
    def _group(member: Membership, meeting: Meeting | None, own: Mapping[tuple[int, str], Workform]) -> Group:
        keys = [item.workform for item in meeting.items.all()] if meeting else []
        found = (shipped().get(key) or own.get((member.community_id, key)) for key in keys)
        return Group(member, meeting, [form for form in found if form])

    @property
    def _own_forms(self) -> dict[tuple[int, str], Workform]:
        """By community and key; without a question when all that is on an agenda is of the house."""
        items = (item for meeting in self._next_ones.values() for item in meeting.items.all())
        keys = {item.workform for item in items} - {"", *shipped()}
        found = OwnForm.objects.filter(community__in=self._next_ones, key__in=keys) if keys else ()
        return {(own.community_id, own.key): own.form for own in found if own.form}

    @cached_property
    def _next_ones(self) -> dict[int, Meeting]:
        """By community: the first of which the time did not pass, or else one for which a date is looked for. Who has
        a role and does not come, does not do it."""
        coming = Meeting.objects.to_come().not_timed_out().exclude(state=Meeting.State.CANCELLED)
        by_day = coming.order_by(in_time().asc(nulls_last=True), "pk")
        comes = of_who_comes(Reply.objects.filter(meeting=OuterRef("pk"), says=Reply.Says.YES))
        organised = Q(items__kind=Item.Kind.ORGANISATION)
        found = by_day.first_of_each([m.community_id for m in self.led]).annotate(
            item_minutes=Sum("items__minutes"),
            organised=Sum("items__minutes", filter=organised),
            has_moments=Exists(Option.objects.to_come().filter(meeting=OuterRef("pk"))),
            coming=Exists(comes),
            stands_open=Exists(Agreement.objects.filter(community=OuterRef("community")).waiting()),
        )
        kept = Prefetch("turns", of_who_comes(Turn.objects.all()), to_attr="kept")
        return {meeting.community_id: meeting for meeting in found.prefetch_related("items", kept)}
