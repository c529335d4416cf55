from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from leerkring.communities.happenings import Role
from leerkring.communities.mail.stopping import stop_address
from leerkring.communities.models import Admission, Door, Invitation, Membership, Notice
from leerkring.effectiveness.models import Upload
from leerkring.goals import ending, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measure, Measurement, Statement
from leerkring.goals.results import Results
from leerkring.jobs.models import Job
from leerkring.network.models import Board, Leadership, Network
from leerkring.people.models import User
from leerkring.people.photos import Portrait
from leerkring.upkeep.link import make_link
from tests.architecture.stage import Stage
from tests.cast import NOW, THE_CAST, Cast, Rows, Side
from tests.photos import a_photo


def _upload(side: Side, by: User) -> Upload:
    return Upload.keep(
        by=by,
        school=side.school,
        name=f"Bestand van {side.secrets[0]}",
        interactions=b"van,naar,datum\n1,2,2026-10-01\n2,3,2026-10-02\n3,1,2026-10-05\n",
        members=None,
    )


def _places(side: Side) -> dict[str, Any]:
    """What else belongs to a school. Someone leads each; both boards and networks are still empty."""
    leadership = side.school.leaderships.first() or side.school.appoint(
        User.objects.create_user(f"leiding@{side.school.sector}.test", name="Wil Leidt"), function="leader"
    )
    return {
        "location_id": side.school.add_location(name="Het hoofdgebouw").pk,
        "leadership_id": leadership.pk,
        "board_id": Board.objects.create(name=f"Bestuur van {side.school}").pk,
        "network_id": Network.open(name=f"Netwerk van {side.school}", aim="", schools=[]).pk,
    }


def _ways_in(side: Side, by: User) -> dict[str, Any]:
    """Someone invited, a door, and a leader about whom all are asked."""
    facilitator = side.member(by)
    invitation = Invitation.make(side.community, email="noor@school.test", by=facilitator)
    leader = User.objects.create_user(f"leider{side.school.pk}@school.test", name="Leider Los")
    Leadership.objects.create(school=side.school, user=leader, since=date(2026, 8, 1))
    return {
        "invitation_id": invitation.pk,
        "token": invitation.address(proven=True).split("/")[2],
        "token of communities:enter": Door.open(side.community, days=14, by=facilitator),
        "admission_id": Admission.ask(side.community, leader, role=Role.MEMBER).pk,
    }


def _notice(side: Side, reader: User) -> dict[str, Any]:
    """What was told to one person, and the link in the mail about it."""
    told = Notice.objects.filter(user=reader, community=side.community)
    return {
        "notice_id": told.latest("pk").pk,
        "ticket": stop_address(reader, side.community).split("/")[2],
    }


#: What pupils of a side will be able to do, and what the side stands for: secrets of the cast.
_DO = {
    "po": "legt 80% van de leerlingen van groep 5 op het exit-ticket uit waarom twee breuken gelijk zijn",
    "vo": "legt 80% van de leerlingen van klas 2 op het exit-ticket uit waarom de hoofdpersoon liegt",
}
_STANDS = {"po": "Bij ons mag iedereen fouten maken.", "vo": "Bij ons leest iedereen hardop."}


def _goals(side: Side, *people: User) -> dict[str, Any]:
    """A goal in every state: what runs has a measure, a begin, and results of pupils. And a vision."""
    by, *others = [side.member(user) for user in people]

    def drafted(day: str) -> Goal:
        return Goal.draft(by=by, text=f"Op {day} {_DO[side.school.sector]}. Nu doet 35% dat.")

    def adopted(day: str) -> Goal:
        goal = drafted(day)
        goal.ask(by=by)
        for other in others:
            goal.agree(by=other)
        return goal

    draft, asked = drafted("1 april 2027"), drafted("2 april 2027")
    asked.ask(by=by)
    dropped, concluded = drafted("7 april 2027"), adopted("8 april 2027")
    ending.drop(dropped, by=by, because="Te groot voor dit jaar.")
    again = date(2026, 11, 20)
    ending.conclude(
        concluded, by=by, decision=Decision.KEEP, yielded="Het werkt.", kept_by=by, look_again_on=again
    )
    running = adopted("9 april 2027")
    measured = _measured(running, by)
    vision = Statement.write(by=by, kind=Statement.Kind.VISION, text=_STANDS[side.school.sector], seen=0)
    return {
        "goal_id": running.pk,
        "goal_id of goals:ask": draft.pk,
        "goal_id of goals:agree": asked.pk,
        "goal_id of goals:back_to_draft": asked.pk,
        "goal_id of goals:take_up": dropped.pk,
        "goal_id of goals:check": concluded.pk,
        "measure_id": measured.measure_id,
        "measurement_id": measured.pk,
        "statement_id": vision.pk,
    }


def _measured(goal: Goal, by: Membership) -> Measurement:
    """A begin, and twelve pupils in two groups after it."""
    fields = {"name": "Exit-ticket", "kind": Measure.Kind.SHARE, "threshold": 5.5, "target": 80.0}
    measure = measuring.begin(
        goal, by=by, measure=None, fields=fields, baseline=35.0, baseline_on=date(2026, 9, 8)
    )
    codes = tuple(f"L{number:02}" for number in range(12))
    scores = tuple(3.0 + number / 2 for number in range(12))
    groups = {"Klas": ("5a",) * 6 + ("5b",) * 6}
    return measuring.set_down(
        measure,
        by=by,
        role=Measurement.Role.LATER,
        on=date(2026, 11, 3),
        results=Results(codes, scores, groups),
        own_class=True,
    )


#: What the stage adds to the cast, and what it names; made once in this process, as the cast is.
THE_STAGE = Rows(on=THE_CAST)
_named: dict[str, dict[str, Any]] = {}


@pytest.fixture
def stage(cast: Cast) -> Iterator[Stage]:
    if cast.anna.pk not in THE_CAST.now.get(User, ()):
        named = _made(cast)
    else:
        if THE_STAGE:
            THE_STAGE.put_back()
            for changed in (cast.bram, cast.piet, cast.regenboog.community, cast.baken.community):
                changed.refresh_from_db()
        else:
            _named.update(_made(cast))
            THE_STAGE.remember()
        named = _named
    # With files, which no undoing brings back.
    by_side = ((cast.regenboog, cast.fatima), (cast.baken, cast.olga))
    uploads = {side.school.name: _upload(side, by) for side, by in by_side}
    things = {
        school: {
            **known,
            "upload_id": uploads[school].pk,
            "token of upkeep:enter": lambda: make_link(cast.beheer).split("/")[-2],
        }
        for school, known in named.items()
    }
    yield Stage(cast, things)
    for upload in uploads.values():
        upload.delete_files()


def _made(cast: Cast) -> dict[str, dict[str, Any]]:
    """By school: arguments of addresses and what they are."""
    job = Job.objects.create(
        kind="upkeep.backup_now", state=Job.State.FAILED, due=NOW, created=NOW, ended=NOW
    )
    for person in (cast.bram, cast.piet):
        person.show(Portrait.read(*a_photo()))
    sides = ((cast.regenboog, cast.fatima, cast.anna, cast.bram), (cast.baken, cast.olga, cast.piet))
    return {
        side.school.name: {
            "job_id": job.pk,
            **_ways_in(side, by),
            **_notice(side, reader),
            **_places(side),
            **_goals(side, by, reader, *others),
        }
        for side, by, reader, *others in sides
    }
