"""Every address of the house, and the things they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from leerkring.engine.indicators import CRITERIA, INDICATORS
from leerkring.people.models import User
from tests.cast import Cast, Side

#: Whose id, in the names of the arguments, makes an address belong to a community, a school or a person.
IDS = (
    "community_id",
    "membership_id",
    "conversation_id",
    "contribution_id",
    "school_id",
    "holiday_id",
    "upload_id",
    "job_id",
    "location_id",
    "leadership_id",
    "board_id",
    "network_id",
    "user_id",
    "invitation_id",
    "admission_id",
    "notice_id",
    "goal_id",
    "measure_id",
    "measurement_id",
    "statement_id",
    "insight_id",
    "limit_id",
    "trying_id",
    "tryout_id",
    "meeting_id",
    "item_id",
    "option_id",
    "handout_id",
    "live_id",
    "agreement_id",
)


def patterns(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Every address: its full name and the names of its arguments."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inside, (*above, *getattr(entry.pattern, "converters", ())))
        elif isinstance(entry, URLPattern):
            arguments = list(entry.pattern.converters) or list(entry.pattern.regex.groupindex)
            yield f"{space}{entry.name}", [*above, *arguments]


ADDRESSES = dict(patterns())
#: What is no page but a file, or a word to a machine.
NO_PAGE = {
    "healthz",
    "robots",
    "communities:portrait",
    "communities:download",
    "meetings:take_along",
    "meetings:feed",
    "meetings:calendar_file",
    "meetings:handout",
}
BOUND = [name for name, arguments in ADDRESSES.items() if set(arguments) & set(IDS)]


@dataclass(frozen=True)
class Stage:
    """The cast with what else has an address."""

    cast: Cast
    #: By school: the name of an argument ("token", or "token of upkeep:enter" for one address) and what it is
    #: there, or how to find out when it is asked for.
    things: dict[str, dict[str, Any]]

    def user(self, role: str) -> User | None:
        people = {
            "facilitator": self.cast.fatima,
            "member": self.cast.anna,
            "guest": self.cast.gert,
            "leader": self.cast.lotte,
            "administrator": self.cast.beheer,
            "outsider": self.cast.olga,
        }
        return people.get(role)

    def devices(self, user: User | None) -> list[tuple[str, str]]:
        """The cookie of the room they are in, and what stands in it."""
        known = (things["devices"] for things in self.things.values())
        return [devices[user.pk] for devices in known if user is not None and user.pk in devices]

    def arguments(self, name: str, side: Side) -> dict[str, Any]:
        """What the address `name` needs to lead to something of this side."""
        colleague: User = self.cast.bram if side is self.cast.regenboog else self.cast.piet
        holiday = side.school.holidays.first()
        assert holiday is not None
        known: dict[str, Any] = {
            "community_id": side.community.pk,
            "membership_id": side.member(colleague).pk,
            "conversation_id": side.conversation.pk,
            "contribution_id": side.opening.pk,
            "school_id": side.school.pk,
            "holiday_id": holiday.pk,
            "user_id": colleague.pk,
            "key": next(iter(CRITERIA if name == "effectiveness:criterion" else INDICATORS)),
            "role": "lid",
            "kind": "visie",
            "uidb36": "1",
            "name": colleague.photo,
            "size": 96,
            "pk": 1,
            **self.things[side.school.name],
        }
        found = {
            argument: known.get(f"{argument} of {name}", known[argument]) for argument in ADDRESSES[name]
        }
        return {argument: value() if callable(value) else value for argument, value in found.items()}

    def address(self, name: str, side: Side) -> str:
        return reverse(name, kwargs=self.arguments(name, side))

    def not_for(self, role: str) -> list[str]:
        """The words that `role` may never read."""
        inside = {"facilitator", "member", "guest"}
        hidden = [] if role in inside else list(self.cast.regenboog.secrets)
        return hidden + ([] if role == "outsider" else list(self.cast.baken.secrets))
