"""Whom mail is for: on which days, and how often they want it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from leerkring import clock
from leerkring.communities.models import Membership, NoticePreference
from leerkring.communities.models.preference import USUAL
from leerkring.communities.notices import KINDS, Rhythm
from leerkring.network.models import Holiday, Leadership
from leerkring.network.schooldays import SchoolDays
from leerkring.people.models import User

Choices = Mapping[tuple[int | None, str], str]


@dataclass(frozen=True)
class Reader:
    user: User
    days: SchoolDays
    choices: Choices

    def may_be_mailed(self) -> bool:
        """Not who is gone, and never the made-up people of a demo."""
        domain = self.user.email.rpartition("@")[2].lower()
        made_up = self.user.is_demo or domain == "example" or domain.endswith(".example")
        return self.user.is_active and not made_up

    def is_away(self, at: datetime) -> bool:
        """Whose mail waits until they are back."""
        return self.user.is_away(at.astimezone(clock.AMSTERDAM).date())

    def rhythm(self, community: int | None, kind: str) -> str:
        """The choice for the kind, else for the community, else for everything, else what is usual."""
        usual = KINDS[kind].usual
        if (community, kind) in self.choices:
            return self.choices[community, kind]
        wider = self.choices.get((community, ""), self.choices.get((None, ""), USUAL))
        return usual if wider == USUAL or (usual == Rhythm.NEVER and wider != Rhythm.NEVER) else wider


def readers(users: Iterable[User]) -> dict[int, Reader]:
    """All that is to be known of these people, in a few questions however many they are."""
    people = {user.pk: user for user in users}
    choices: dict[int, dict[tuple[int | None, str], str]] = {pk: {} for pk in people}
    for choice in NoticePreference.objects.filter(user__in=people):
        choices[choice.user_id][choice.community_id, choice.kind] = choice.rhythm
    schools = _schools(list(people))
    calendars: dict[int, list[tuple[date, date]]] = {pk: [] for found in schools.values() for pk in found}
    for holiday in Holiday.objects.filter(school__in=calendars):
        calendars[holiday.school_id].append((holiday.first_day, holiday.last_day))
    return {
        pk: Reader(user, SchoolDays(calendars[school] for school in sorted(schools[pk])), choices[pk])
        for pk, user in people.items()
    }


def _schools(people: list[int]) -> dict[int, set[int]]:
    """Whose calendars count: of the schools they come from, of the community's when they come from none."""
    schools: dict[int, set[int]] = {pk: set() for pk in people}
    inside = Membership.objects.current().filter(user__in=people)
    for user, school, own in inside.values_list("user", "school", "community__school"):
        schools[user].add(school or own)
    leading = Leadership.objects.current().filter(user__in=people)
    for user, school in leading.values_list("user", "school"):
        schools[user].add(school)
    return schools


def base_host() -> str:
    return settings.BASE_URL.rpartition("://")[2].split("/")[0].split(":")[0] or "localhost"
