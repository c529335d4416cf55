"""What was erased stays erased, also when an older backup is put back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from leerkring import clock
from leerkring.jobs import vanished
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.vanished import (
    BadLine,
    UnknownKind,
    note_vanished,
    noted_since,
    vanish_again,
    vanishes,
    write_down,
)

MONDAY = datetime(2026, 9, 7, 12, tzinfo=clock.AMSTERDAM)


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    """Every test starts with no kinds but its own, and an empty list."""
    monkeypatch.setattr(vanished, "kinds", {})
    monkeypatch.setattr(vanished, "after_restore", [])
    settings.DATA = tmp_path


def brought() -> None:
    """With PostgreSQL the machine that does the jobs brings the notes to its list."""
    if connection.vendor != "sqlite":
        write_down()


@pytest.fixture
def gone() -> list[str]:
    """The references of the clips that vanished again."""
    references: list[str] = []
    vanishes("clip")(references.append)
    return references


@pytest.mark.django_db(transaction=True)
def test_what_vanished_is_on_the_list_as_soon_as_it_is_committed(gone: list[str]) -> None:
    with transaction.atomic():
        note_vanished("clip", 7, at=MONDAY)
        assert not vanished.path().exists()
    brought()
    assert json.loads(vanished.path().read_text()) == {
        "kind": "clip",
        "reference": "7",
        "at": MONDAY.astimezone(UTC).isoformat(),
    }
    assert vanished.path().stat().st_mode & 0o077 == 0
    assert not Vanished.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_did_not_vanish(gone: list[str]) -> None:
    with transaction.atomic():
        note_vanished("clip", 7)
        transaction.set_rollback(True)
    write_down()
    assert not vanished.path().exists()


@pytest.mark.django_db(transaction=True)
def test_a_list_that_cannot_be_written_is_written_later(gone: list[str], tmp_path: Path) -> None:
    vanished.path().mkdir()
    note_vanished("clip", 7, at=MONDAY)
    assert Vanished.objects.count() == 1
    vanished.path().rmdir()
    write_down()
    assert noted_since(MONDAY - timedelta(1), vanished.path()) == [("clip", "7")]


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_what_is_later_than_the_backup_vanishes_again(gone: list[str]) -> None:
    for day, reference in ((-1, "before"), (2, "later"), (1, "after"), (3, "later")):
        note_vanished("clip", reference, at=MONDAY + timedelta(days=day))
    brought()
    told: list[datetime] = []
    vanished.restored(told.append)
    assert vanish_again(MONDAY, vanished.path()) == 2
    assert gone == ["after", "later"]
    assert told == [MONDAY]


@pytest.mark.django_db(transaction=True)
def test_a_half_line_of_a_full_disk_costs_no_other_line(gone: list[str]) -> None:
    note_vanished("clip", "1", at=MONDAY)
    brought()
    with vanished.path().open("a") as file:
        file.write('{"kind": "clip", "refer')
    note_vanished("clip", "2", at=MONDAY)
    brought()
    assert noted_since(MONDAY - timedelta(1), vanished.path()) == [("clip", "1"), ("clip", "2")]


@pytest.mark.django_db
def test_a_kind_that_nobody_can_make_vanish_is_a_mistake_now_rather_than_at_the_restore() -> None:
    with pytest.raises(ValueError, match="clip"):
        note_vanished("clip", 7)


@pytest.mark.django_db
def test_a_list_of_a_newer_version_changes_nothing(gone: list[str]) -> None:
    vanished.append(vanished.path(), iter([("clip", "1", MONDAY), ("portfolio", "2", MONDAY)]))
    with pytest.raises(UnknownKind, match="portfolio"):
        vanish_again(MONDAY - timedelta(1), vanished.path())
    assert gone == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite is on one machine")
def test_with_several_machines_the_note_waits_for_the_one_that_does_the_jobs(gone: list[str]) -> None:
    note_vanished("clip", 7)
    assert Vanished.objects.count() == 1
    assert not vanished.path().exists()
    assert Job.objects.filter(kind=vanished.WRITE_DOWN).count() == 1


@pytest.mark.django_db
def test_a_line_by_which_nothing_can_vanish_is_named(gone: list[str], tmp_path: Path) -> None:
    vanishes("row")(lambda reference: gone.append(str(int(reference))))
    file = tmp_path / "other.jsonl"
    file.write_text("\n", encoding="ascii")
    vanished.append(file, iter([("clip", "1", MONDAY), ("row", "twaalf", MONDAY)]))
    with pytest.raises(BadLine, match=r"other\.jsonl, line 3"):
        vanish_again(MONDAY - timedelta(1), file)


@pytest.mark.django_db
def test_a_fault_of_ours_is_no_unknown_kind(gone: list[str]) -> None:
    def falls_over(reference: str) -> None:
        raise KeyError(reference)

    vanishes("row")(falls_over)
    vanished.append(vanished.path(), iter([("row", "1", MONDAY)]))
    with pytest.raises(KeyError):
        vanish_again(MONDAY - timedelta(1), vanished.path())
