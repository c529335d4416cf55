"""What becomes of a person in the tables up to this layer (people.erasure says what this is for)."""

from __future__ import annotations

from leerkring.communities import erasing
from leerkring.people.erasure import Eraser, Replaced, register

_GOES = "goes with the account"
_UNNAMED = "stays, of nobody"


def register_all() -> None:
    """From the bottom of the house up: the account itself goes last."""
    register(
        Eraser(
            room="people",
            covers={
                "people.User.email": _GOES,
                "people.User.name": _GOES,
                "people.User.password": _GOES,
                "people.User.language": _GOES,
                "sessions.Session.session_key": "sessions of the person go",
                "sessions.Session.session_data": "sessions of the person, and those that hold the address, go",
                "jobs.Job.kind": "no person",
                "jobs.Job.unique": "no person: ids",
                "jobs.Job.lease": "no person",
                "jobs.Job.sentence": "no person: a text of the house",
                "jobs.Job.error": "no person: a type",
                "jobs.Job.payload": "ids only; work for this person goes",
                "jobs.Vanished.kind": "no person",
                "jobs.Vanished.reference": "a uid that leads to nobody",
            },
            erase=erasing.of_account,
            own=erasing.own_account,
        )
    )
    register(
        Eraser(
            room="network",
            covers={
                "network.Leadership.user": _GOES,
                "network.StaffConsent.recorded_by": _UNNAMED,
                "network.StaffConsent.withdrawn_by": _UNNAMED,
                "network.Board.name": Replaced(),
                "network.School.name": Replaced(),
                "network.School.place": Replaced(),
                "network.School.brin": "no person: a code",
                "network.Location.name": Replaced(),
                "network.Location.place": Replaced(),
                "network.Network.name": Replaced(),
                "network.Network.aim": Replaced(),
                "network.Holiday.name": Replaced(),
            },
        )
    )
    register(
        Eraser(
            room="communities",
            covers={
                "communities.Community.name": Replaced(community="pk"),
                "communities.Community.aim": Replaced(community="pk"),
                "communities.Membership.user": "stays as *een oud-lid*, without account, school and place",
                "communities.Record.kind": "no person",
                "communities.Record.actor": "emptied",
                "communities.Record.data": "this person's ids are taken out",
                "communities.Link.from_kind": "no person",
                "communities.Link.to_kind": "no person",
                "communities.Notice.user": _GOES,
                "communities.Notice.by": "stays, of *een oud-lid*",
                "communities.Notice.kind": "no person",
                "communities.Notice.thing_kind": "no person",
                "communities.ExceptionalAct.by": _UNNAMED,
                "communities.ExceptionalAct.user": _GOES,
            },
            erase=erasing.of_person,
            own=erasing.own,
        )
    )
