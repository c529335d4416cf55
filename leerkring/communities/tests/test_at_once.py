"""Two people ask the same at the same moment: the second waits, and then reads that it was done. On PostgreSQL;
SQLite lets one write at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections, models

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Door, Invitation, NoticePreference
from leerkring.people.models import User
from tests.cast import NOW, Side

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time"),
]


@pytest.fixture
def db(transactional_db: None) -> None:
    """The cast is there for every connection."""


@pytest.fixture(autouse=True)
def _slow_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and writing there is time for another to look."""
    for model in (Admission, Door, Invitation, NoticePreference):
        save = model.save

        def slowly(
            self: models.Model, *given: object, save: Callable[..., None] = save, **more: object
        ) -> None:
            time.sleep(0.3)
            save(self, *given, **more)

        monkeypatch.setattr(model, "save", slowly)


def twice(act: Callable[[], object]) -> list[str]:
    """What became of `act`, done twice at the same moment."""
    ends = []

    def run() -> None:
        try:
            with clock.at(NOW):
                act()
            ends.append("done")
        except Exception as problem:
            ends.append(type(problem).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(ends)


def test_two_invite_the_same_address(regenboog: Side, fatima: User) -> None:
    by = regenboog.member(fatima)
    ends = twice(lambda: Invitation.make(regenboog.community, email="noor@school.test", by=by))
    assert ends == ["Refused", "done"]
    assert Invitation.objects.count() == 1


def test_a_leader_stands_before_the_door_twice(regenboog: Side, fatima: User, lotte: User) -> None:
    door = Door.open(regenboog.community, days=1, by=regenboog.member(fatima))
    assert twice(lambda: door.let_in(lotte)) == ["Refused", "done"]
    assert [a.role for a in Admission.objects.all()] == [Role.MEMBER]


def test_two_open_the_door(regenboog: Side, fatima: User) -> None:
    by = regenboog.member(fatima)
    assert twice(lambda: Door.open(regenboog.community, days=1, by=by)) == ["done", "done"]
    assert Door.objects.count() == 1


def test_mail_is_stopped_twice(anna: User) -> None:
    assert twice(lambda: NoticePreference.stop(anna)) == ["done", "done"]
    assert NoticePreference.objects.filter(user=anna).count() == 1
