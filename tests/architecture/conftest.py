from __future__ import annotations

from collections.abc import Iterator

import pytest

from leerkring.effectiveness.models import Upload
from leerkring.people import photos
from leerkring.people.photos import Portrait
from tests.architecture.stage import Stage
from tests.cast import Cast
from tests.photos import a_photo


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
    for person in (cast.bram, cast.piet):
        person.show(Portrait.read(*a_photo()))
    yield Stage(cast, uploads)
    for person in (cast.bram, cast.piet):
        photos.delete(person.photo)
    for upload in uploads.values():
        upload.delete_files()
