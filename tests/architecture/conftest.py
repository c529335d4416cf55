from __future__ import annotations

from collections.abc import Iterator

import pytest

from leerkring.effectiveness.models import Upload
from leerkring.jobs.models import Job
from tests.architecture.stage import Stage
from tests.cast import NOW, Cast


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
    job = Job.objects.create(
        kind="upkeep.backup_now", state=Job.State.FAILED, due=NOW, created=NOW, ended=NOW
    )
    yield Stage(cast, uploads, job)
    for upload in uploads.values():
        upload.delete_files()
