from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Door, Invitation
from leerkring.effectiveness.models import Upload
from leerkring.network.models import Leadership
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.cast import Cast


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
    sides = ((cast.regenboog, cast.fatima), (cast.baken, cast.olga))
    invitations, doors, admissions = {}, {}, {}
    for side, user in sides:
        key, by = side.school.name, side.member(user)
        invitations[key] = Invitation.make(side.community, email="noor@school.test", by=by)
        doors[key] = Door.open(side.community, days=14, by=by)
        leader = User.objects.create_user(f"leider{side.school.pk}@school.test", name="Leider Los")
        Leadership.objects.create(school=side.school, user=leader, since=date(2026, 8, 1))
        admissions[key] = Admission.ask(side.community, leader, role=Role.MEMBER)
    yield Stage(cast, uploads, invitations, doors, admissions)
    for upload in uploads.values():
        upload.delete_files()
