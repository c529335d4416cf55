"""bench/mail holds what it says it holds: each thing that may never happen is seen when it does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest

from bench.mail_held import Book, Delivered
from bench.mail_school import SAID, START, Person, Told
from bench.mail_server import Letter

#: The first Monday at four, and the moment before at which it was told.
FOUR = START + timedelta(hours=16)
MORNING = START + timedelta(hours=10)


class Stage:
    """One person, one notice of a colleague's question, and the mail that tells it when it should."""

    def __init__(self) -> None:
        self.person = Person(SimpleNamespace(pk=1, email="anna@school.test"), {1}, 1.0)  # type: ignore[arg-type]
        self.told = Told(self.person, "7/conversation:3", 7, "mentioned", MORNING)
        world: Any = SimpleNamespace(
            told={5: self.told},
            holidays={1: [(date(2026, 10, 10), date(2026, 10, 18))]},
            people={1: self.person},
            communities=[],
            days=30,
            end=START + timedelta(days=30),
            acts_done=1,
        )
        server: Any = SimpleNamespace(troubles=[], lost=[], connections=1, letters=[])
        self.book = Book(world, server, [])

    def deliver(self, at: datetime, *, text: str = "/plg/7/gesprekken/3/", number: str = "<a.b@c>") -> None:
        message = EmailMessage()
        message["Message-ID"] = number
        message.set_content(text)
        letter = Letter(at, "anna@school.test", message)
        self.book.delivered.append(Delivered(letter, self.person, frozenset({5})))

    def broken(self) -> dict[str, int]:
        untold, late = self.book.untold_or_late(set())
        book = self.book
        found = {
            "told_twice": book.told_twice(),
            "in_quiet_hours": book.in_quiet_hours(),
            "read_before": book.read_before(),
            "not_for_them": book.not_for_them(),
            "other_links": book.other_links(),
            "with_what_was_said": book.with_what_was_said(),
            "untold": untold,
            "late": late,
        }
        return {name: count for name, count in found.items() if count}


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_mail_as_it_should_be_breaks_nothing(stage: Stage) -> None:
    stage.deliver(FOUR)
    assert stage.broken() == {}
    assert stage.book.a_week(usual=True) == [1 / 4]


def test_told_in_two_mails_or_one_mail_twice(stage: Stage) -> None:
    stage.deliver(FOUR)
    stage.deliver(FOUR, number="<d.e@f>")
    assert stage.broken() == {"told_twice": 1}
    stage.deliver(FOUR)
    assert stage.broken() == {"told_twice": 2}


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        (FOUR, False),
        (START + timedelta(hours=7, minutes=29), True),
        (START + timedelta(hours=18), True),
        (FOUR + timedelta(days=5), True),  # Saturday
        (FOUR + timedelta(days=7), True),  # the holiday
        (FOUR + timedelta(days=14), False),
    ],
)
def test_quiet_hours(stage: Stage, when: datetime, quiet: bool) -> None:
    stage.deliver(when)
    assert ("in_quiet_hours" in stage.broken()) is quiet


def test_what_was_read_or_taken_away_before(stage: Stage) -> None:
    stage.deliver(FOUR)
    stage.told.read = FOUR - timedelta(minutes=1)
    assert stage.broken() == {"read_before": 1}
    stage.told.read, stage.told.gone = None, FOUR - timedelta(minutes=1)
    assert stage.broken() == {"not_for_them": 1}


def test_who_is_away_or_wants_no_mail(stage: Stage) -> None:
    stage.deliver(FOUR)
    stage.person.away = (MORNING, FOUR + timedelta(hours=1))
    assert stage.broken()["not_for_them"] == 1
    stage.person.away, stage.person.choices = None, {(0, ""): "never"}
    assert stage.broken() == {"not_for_them": 1}


def test_a_link_elsewhere_and_words_that_were_said(stage: Stage) -> None:
    stage.deliver(FOUR, text=f"/plg/7/gesprekken/4/ {SAID}")
    assert stage.broken() == {"other_links": 1, "with_what_was_said": 1}


def test_not_told_or_too_late(stage: Stage) -> None:
    assert stage.broken() == {"untold": 1}
    stage.deliver(FOUR + timedelta(minutes=20))
    assert stage.broken() == {"late": 1}
    stage.told.read = FOUR + timedelta(minutes=10)
    assert "late" not in stage.broken()
