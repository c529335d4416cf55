from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from leerkring.communities.happenings import Role
from leerkring.communities.invitations import Invitation
from leerkring.effectiveness.models import Upload
from leerkring.jobs.models import Job
from leerkring.network.models import Board, Network
from leerkring.people.models import User
from leerkring.upkeep.link import make_link
from tests.architecture.stage import Stage
from tests.cast import NOW, Cast, Side


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


@pytest.fixture
def stage(cast: Cast) -> Iterator[Stage]:
    sides = ((cast.regenboog, cast.fatima), (cast.baken, cast.olga))
    uploads = {side.school.name: _upload(side, by) for side, by in sides}
    job = Job.objects.create(
        kind="upkeep.backup_now", state=Job.State.FAILED, due=NOW, created=NOW, ended=NOW
    )
    things = {
        side.school.name: {
            "upload_id": uploads[side.school.name].pk,
            "job_id": job.pk,
            "token": Invitation(side.community, "noor@school.test", Role.MEMBER).address().split("/")[2],
            "token of upkeep:enter": make_link(cast.beheer).split("/")[-2],
            **_places(side),
        }
        for side, _ in sides
    }
    yield Stage(cast, things)
    for upload in uploads.values():
        upload.delete_files()
