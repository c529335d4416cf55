"""What who facilitates several communities has to prepare in each: the next date, and what is still open for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerkring import __version__, clock
from leerkring.communities.access import memberships_for
from leerkring.communities.happenings import Role as MemberRole
from leerkring.communities.models import Membership
from leerkring.meetings.models import Agreement, Item, Meeting, Option, Reply, Turn, of_who_comes
from leerkring.meetings.turns import USUAL
from leerkring.meetings.workform import Role
from leerkring.people.models import User

#: From so many groups on there is a page for it in one's menu.
SEVERAL = 2


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
        presents, divided = found.has_presenter, found.divided  # type: ignore[attr-defined]  # annotated below
        said = {
            ToDo(_("De agenda is nog leeg."), agenda): not found.item_minutes,  # type: ignore[attr-defined]
            ToDo(_("De helft of meer gaat over organisatie."), agenda): _is_mostly_organisation(found),
            ToDo(_("Er is nog geen inbrenger."), roles): not presents,
            ToDo(_("Nog niet alle rollen zijn verdeeld."), roles): presents and divided < len(USUAL),
            ToDo(_("Nog niemand heeft gezegd te komen."), there): not found.coming,  # type: ignore[attr-defined]
            ToDo(_("Er staan nog afspraken open van een eerdere keer."), agreements): found.stands_open,  # type: ignore[attr-defined]
        }
        return [to_do for to_do, holds in said.items() if holds]


def _is_mostly_organisation(meeting: Meeting) -> bool:
    organised: int = meeting.organised or 0  # type: ignore[attr-defined]
    return bool(organised) and 2 * organised >= meeting.item_minutes  # type: ignore[attr-defined]


class Groups:
    """All that `user` facilitates. Two questions to the database, however many there are."""

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
        next_ones = self._next_ones()
        return [Group(member, next_ones.get(member.community_id)) for member in self.led]

    def _next_ones(self) -> dict[int, Meeting]:
        """By community: the first of which the time did not pass, or else one for which a date is looked for. Who has
        a role and does not come, does not do it."""
        coming = Meeting.objects.to_come().not_timed_out().exclude(state=Meeting.State.CANCELLED)
        by_day = coming.order_by(F("starts_at").asc(nulls_last=True), "pk")
        kept = of_who_comes(Turn.objects.filter(meeting=OuterRef("pk")))
        presents = kept.filter(role=Role.PRESENTER)
        comes = of_who_comes(Reply.objects.filter(meeting=OuterRef("pk"), says=Reply.Says.YES))
        usual = kept.filter(role__in=USUAL).order_by()
        divided = Coalesce(Subquery(usual.values("meeting").annotate(n=Count("pk")).values("n")), 0)
        organised = Q(items__kind=Item.Kind.ORGANISATION)
        found = by_day.first_of_each([m.community_id for m in self.led]).annotate(
            item_minutes=Sum("items__minutes"),
            organised=Sum("items__minutes", filter=organised),
            has_moments=Exists(Option.objects.to_come().filter(meeting=OuterRef("pk"))),
            has_presenter=Exists(presents),
            coming=Exists(comes),
            divided=divided,
            stands_open=Exists(Agreement.objects.filter(community=OuterRef("community")).open()),
        )
        return {meeting.community_id: meeting for meeting in found}
