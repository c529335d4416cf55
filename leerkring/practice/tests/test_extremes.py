"""Days, times and numbers that nobody means and anybody can type: each is answered with a page that says so."""

from __future__ import annotations

from leerkring import clock
from leerkring.people.models import User
from leerkring.practice.models import Visit
from leerkring.practice.tests.test_visit import AFTER, SENT, at, held, room
from tests.cast import Browser, Side
from tests.extremes import DAYS, NUMBERS


def test_a_day_that_nobody_means_is_no_lesson(browser: Browser, anna: User, regenboog: Side) -> None:
    for day in DAYS:
        answer = browser(anna).post(room(regenboog, "open/"), {**SENT, "on": day})
        assert answer.status_code == 200, day
        assert 'class="problems"' in answer.content.decode(), day
    assert not Visit.objects.exists()


def test_a_day_that_nobody_means_is_no_promise(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    visit = held(regenboog, anna, bram)
    with clock.at(AFTER):
        for day in DAYS:
            answer = browser(bram).post(at(regenboog, visit, "voornemen/"), {"text": "Vouwen", "on": day})
            assert answer.status_code == 200, day
    assert not visit.intentions.exists()


def test_a_number_that_nobody_means_is_answered(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    visit = held(regenboog, anna, bram)
    for value in NUMBERS:
        for name in ("minutes", "room_for", "goal"):
            answer = browser(anna).post(room(regenboog, "open/"), {**SENT, name: value})
            assert answer.status_code in {200, 302}, (name, value)
        for address in (f"vragen/?bij={value}", f"open/?from=goal:{value}"):
            assert browser(anna).get(room(regenboog, address)).status_code == 200, address
        assert browser(anna).post(room(regenboog, "vragen/"), {**SENT, "host": value}).status_code == 200
        assert browser(anna).get(room(regenboog, f"{value}/")).status_code == 404, value
        change = {**SENT, "seen": value}
        assert browser(anna).post(at(regenboog, visit, "aanpassen/"), change).status_code in {200, 302, 409}
