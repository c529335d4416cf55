"""The work forms a community can choose from: its own, and those of the house. A meeting asks here for the form it
is to play (`find`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leerkring.communities.models import Community
from leerkring.meetings.models import OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Purpose, Workform


@dataclass(frozen=True)
class Entry:
    """One form; `own` is the row when it is the community's own."""

    form: Workform
    own: OwnForm | None = None


def library(community: Community) -> list[Entry]:
    """Their own first, then the house's, the shortest first."""
    return [*_own(community), *(Entry(form) for form in shipped().values())]


def _own(community: Community) -> Iterator[Entry]:
    for own in OwnForm.objects.filter(community=community):
        if own.form is not None:
            yield Entry(own.form, own)


def find(community: Community, key: str) -> Entry | None:
    """The form of that key in this community. What a meeting plays it keeps itself (`workform_reading.plain`): the
    form may be changed or taken away meanwhile."""
    if key in shipped():
        return Entry(shipped()[key])
    own = OwnForm.objects.filter(community=community, key=key).first()
    return Entry(own.form, own) if own and own.form else None


def find_all(community: Community, keys: Iterable[str]) -> dict[str, Entry]:
    """As `find`, for several; without a question when all are of the house."""
    wanted = set(keys) - {""}
    found = {key: Entry(form) for key, form in shipped().items() if key in wanted}
    if own := wanted - found.keys():
        theirs = OwnForm.objects.filter(community=community, key__in=own)
        found |= {each.key: Entry(each.form, each) for each in theirs if each.form}
    return found


def form_of(community: Community, key: str) -> Workform | None:
    """As `find`, for what plays it."""
    entry = find(community, key)
    return entry.form if entry else None


@dataclass(frozen=True)
class Wish:
    """What a group looks for; what was not said excludes nothing."""

    purpose: Purpose | None = None
    people: int | None = None
    minutes: int | None = None

    @classmethod
    def said(cls, purpose: str, people: str, minutes: str) -> Wish:
        """As it stands in an address; what makes no sense was not said."""
        return cls(
            Purpose(purpose) if purpose in {each.value for each in Purpose} else None,
            _number(people),
            _number(minutes),
        )

    def __bool__(self) -> bool:
        return bool(self.purpose or self.people or self.minutes)

    def fits(self, form: Workform) -> bool:
        fewest, most = form.people
        return (
            (self.purpose is None or self.purpose in form.purposes)
            and (self.people is None or fewest <= self.people <= most)
            and (self.minutes is None or form.minutes <= self.minutes)
        )


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and 0 < len(said) < 4 and int(said) else None
