from __future__ import annotations

from collections.abc import Iterator

import pytest

from leerkring.effectiveness.models import Upload
from leerkring.network.models import Board, Network
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.cast import Cast, Side


def _places(side: Side) -> dict[str, int]:
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
    uploads = {
        side.school.name: Upload.keep(
            by=user,
            school=side.school,
            name=f"Bestand van {side.secrets[0]}",
            interactions=b"van,naar,datum\n1,2,2026-10-01\n2,3,2026-10-02\n3,1,2026-10-05\n",
            members=None,
        )
        for side, user in ((cast.regenboog, cast.fatima), (cast.baken, cast.olga))
    }
    places = {side.school.name: _places(side) for side in (cast.regenboog, cast.baken)}
    yield Stage(cast, uploads, places)
    for upload in uploads.values():
        upload.delete_files()
