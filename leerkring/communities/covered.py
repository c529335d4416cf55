"""What becomes of a person in the tables of this room (people.erasure says what this is for)."""

from __future__ import annotations

from leerkring.communities import erasing
from leerkring.people.erasure import Eraser, Replaced, register

_GOES = "goes with the account"
_ADDRESS = "what waits for this address goes"
_FORMER = "stays, of *een oud-lid*"
_OWN = "one's own goes"
_HOUSE = "no person: a word of the house"


def register_eraser() -> None:
    register(
        Eraser(
            room="communities",
            covers={
                "communities.Community.name": Replaced(community="pk"),
                "communities.Community.aim": Replaced(community="pk"),
                "communities.Membership.user": "stays as *een oud-lid*, without account, school and place",
                # One's own lines are emptied; in those of others the name is replaced.
                "communities.Membership.gives": Replaced(community="community"),
                "communities.Membership.shows": Replaced(community="community"),
                "communities.Membership.curious": Replaced(community="community"),
                "communities.Record.kind": _HOUSE,
                "communities.Record.actor": "emptied",
                "communities.Record.data": "this person's ids are taken out",
                "communities.Link.from_kind": _HOUSE,
                "communities.Link.to_kind": _HOUSE,
                "communities.Invitation.email": _ADDRESS,
                "communities.Invitation.name": Replaced(community="community"),
                "communities.Invitation.member": "goes",
                "communities.Invitation.by": _FORMER,
                "communities.Invitation.language": "no person: a choice",
                "communities.Arrival.email": _ADDRESS,
                "communities.Arrival.name": Replaced(),
                "communities.Arrival.language": "no person: a choice",
                "communities.Arrival.code": "no person: a hash, for an hour",
                "communities.Door.token": "no person",
                "communities.Door.by": _FORMER,
                "communities.Admission.user": _OWN,
                "communities.Admission.member": _FORMER,
                "communities.Answer.membership": _OWN,
                "communities.Notice.user": _GOES,
                "communities.Notice.by": _FORMER,
                "communities.Notice.kind": _HOUSE,
                "communities.Notice.thing_kind": _HOUSE,
                "communities.Notice.thread": "no person: ids",
                "communities.NoticePreference.user": _GOES,
                "communities.NoticePreference.kind": _HOUSE,
                "communities.Digest.user": _GOES,
                "communities.ExceptionalAct.by": "stays, of nobody",
                "communities.ExceptionalAct.user": _GOES,
            },
            erase=erasing.of_person,
            own=erasing.own,
        )
    )
