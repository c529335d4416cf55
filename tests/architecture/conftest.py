from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from leerkring.communities.happenings import Role
from leerkring.communities.mail.stopping import stop_address
from leerkring.communities.models import Admission, Door, Invitation, Notice
from leerkring.effectiveness.models import Upload
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
    sides = ((cast.regenboog, cast.fatima, cast.anna), (cast.baken, cast.olga, cast.piet))
    return {
        side.school.name: {"job_id": job.pk, **_ways_in(side, by), **_notice(side, reader), **_places(side)}
        for side, by, reader in sides
    }
