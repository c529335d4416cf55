"""What the mirror reads of a meeting that was held: who was there, who had a turn, how the time was spent by the clock,
and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from leerkring import clock
from leerkring.effectiveness import mirror
from leerkring.effectiveness.tests.test_mirror import fact
from leerkring.meetings.live.sweeping import close_left
from leerkring.meetings.models import Agreement
from leerkring.meetings.tests.holding import MINUTE, Held, opened
from leerkring.meetings.tests.making import SOON
from leerkring.people.models import User
from tests.cast import Browser, Side

TALK: dict[str, Any] = {"title": "Waarom haken ze af?", "minutes": 30, "kind": "content"}
RULES: dict[str, Any] = {"title": "Het rooster", "minutes": 30, "kind": "organisation"}
BOARD: dict[str, Any] = {"title": "Bordsessie", "minutes": 15, "workform": "bordsessie"}


def k_of_n(held: Held, key: str) -> tuple[int | None, int]:
    """As it is a day later."""
    with clock.at(held.now + timedelta(days=1)):
        row = fact(held.side, key)
    return row.successes, row.n


def test_who_was_there_is_counted_of_who_could_have_been_and_a_guest_is_not(
    fatima: User, anna: User, gert: User, regenboog: Side
) -> None:
    for number in range(3):
        regenboog.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega {number}"))
    held = opened(regenboog, fatima, anna, gert, items=[TALK])
    held.to(fatima, "1")
    assert k_of_n(held, "attendance") == (0, 0)
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "attendance") == (2, 6)


def test_a_round_in_which_each_had_a_turn_is_a_round(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna, items=[BOARD])
    ronde = next(step["key"] for step in held.live.steps if step["kind"] == "round")
    held.to(fatima, ronde)
    for was in (0, 1):
        held(fatima, "turn", step=ronde, was=was)
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "rounds") == (1, 1)
    assert k_of_n(held, "meetings_with_form") == (1, 1)


def test_a_round_that_stopped_at_the_first_is_none(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna, items=[BOARD])
    held.to(fatima, next(step["key"] for step in held.live.steps if step["kind"] == "round"))
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "rounds") == (0, 1)


def test_minutes_on_content_are_those_of_the_clock_and_not_of_the_agenda(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TALK, RULES])
    held.to(fatima, "1")
    held.to(fatima, "2", after=10 * MINUTE)
    held(fatima, "close", after=30 * MINUTE)
    assert k_of_n(held, "meetings_on_content") == (0, 1)
    assert k_of_n(held, "content_minutes") == (10, 40)
    with clock.at(held.now + timedelta(days=1)):
        assert fact(regenboog, "contact_minutes").value == 40


def test_what_the_house_adds_to_an_agenda_makes_no_meeting_one_on_content(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    Agreement.make(regenboog.community, what="Bram maakt de kaarten")
    held = opened(regenboog, fatima, anna, items=[RULES])
    for key, minutes in (("look-back", 0), ("1", 2), ("insights", 12), ("agreements", 6), ("exit", 4)):
        held.to(fatima, key, after=minutes * MINUTE)
    held(fatima, "close", after=2 * MINUTE)
    assert k_of_n(held, "meetings_on_content") == (0, 1)
    assert k_of_n(held, "content_minutes") == (0, 26)


def test_closing_a_short_meeting_well_does_not_make_it_one_on_organisation(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TALK, RULES])
    for key, minutes in (("1", 0), ("2", 12), ("insights", 6), ("agreements", 6), ("exit", 4)):
        held.to(fatima, key, after=minutes * MINUTE)
    held(fatima, "close", after=2 * MINUTE)
    assert k_of_n(held, "meetings_on_content") == (1, 1)
    assert k_of_n(held, "content_minutes") == (20, 30)


def tried_out(side: Side, by: User, *others: User, board_only: bool = False, minutes: int = 9) -> Held:
    """Everything that a meeting can have, but the time."""
    topic = f"{minutes} minuten, {board_only}"
    said: dict[str, Any] = {"question": "Waarom?", "material": True, "topic": topic, "board_only": board_only}
    held = opened(side, by, *others, items=[BOARD], **said)
    ronde = next(step["key"] for step in held.live.steps if step["kind"] == "round")
    held.to(by, ronde)
    for was in (0, 1):
        held(by, "turn", step=ronde, was=was, after=MINUTE)
    held(by, "insight", kind="routine", what=f"ik vouw eerst zelf {topic}", why="dan zien ze waarheen")
    held(by, "agreement", what="Anna maakt de kaarten")
    held(by, "close", after=(minutes - 4) * MINUTE)
    return held


OF_MEETINGS = (
    "attendance",
    "rounds",
    "meetings_on_content",
    "meetings_with_form",
    "meetings_with_material",
    "meetings_with_yield",
    "harvest",
    "content_minutes",
    "meeting_length",
    "contact_minutes",
    "took_part",
    "acts_for_goal",
)


def of_five(side: Side) -> None:
    for number in range(3):
        side.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega {number}"))


def done(side: Side) -> int:
    """How much the picture of the weeks shows."""
    return sum(mirror.mirror_of(side.community).acts.values())


def test_a_very_short_meeting_is_none_in_any_figure_and_what_was_written_in_it_is_kept(
    fatima: User, anna: User, regenboog: Side
) -> None:
    """Somebody tried out how a room works."""
    of_five(regenboog)
    with clock.at(SOON + timedelta(days=1)):
        before, acts = {key: fact(regenboog, key) for key in OF_MEETINGS}, done(regenboog)
    tried_out(regenboog, fatima, anna)
    with clock.at(SOON + timedelta(days=1)):
        assert {key: fact(regenboog, key) for key in OF_MEETINGS} == before
        assert (fact(regenboog, "insights").value, fact(regenboog, "insights_explained").n) == (1, 1)
        assert done(regenboog) == acts + 3  # a round, an insight and an agreement


def test_ten_minutes_are_a_meeting_in_every_figure_on_one_laptop_too(
    fatima: User, anna: User, regenboog: Side
) -> None:
    of_five(regenboog)
    for number, board_only in enumerate((False, True), start=1):
        held = tried_out(regenboog, fatima, anna, board_only=board_only, minutes=10)
        for key in (
            "rounds",
            "meetings_on_content",
            "meetings_with_form",
            "meetings_with_material",
            "harvest",
        ):
            assert k_of_n(held, key) == (number, number), key
        assert k_of_n(held, "attendance") == (2 * number, 6 * number)


def test_a_page_says_how_many_meetings_were_too_short_where_meetings_are_counted(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    tried_out(regenboog, fatima, anna)
    tried_out(regenboog, fatima, anna, minutes=10)
    with clock.at(SOON + timedelta(days=1)):
        address = f"/plg/{regenboog.community.pk}/spiegel/"
        for page, says in (
            ("G2b/", True),
            ("cijfer/meetings_with_form/", True),
            ("cijfer/rounds/", True),
            ("cijfer/replies/", False),
            ("C4/", False),
        ):
            shown = browser(anna).get(address + page).content.decode()
            assert ("1 bijeenkomst duurde op de klok korter dan tien minuten." in shown) is says, page


def test_who_was_not_there_while_somebody_tried_out_a_room_missed_nothing(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    for number in range(3):
        regenboog.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega {number}"))
    tried, held = (opened(regenboog, fatima, items=[TALK], topic=topic) for topic in ("Proef", "Echt"))
    held.come(anna, bram)
    for each, minutes in ((tried, 9), (held, 10)):
        each.to(fatima, "1")
        each(fatima, "close", after=minutes * MINUTE)
    assert k_of_n(held, "attendance") == (3, 6)


def test_ten_minutes_on_content_are_needed_of_a_meeting_that_took_longer(
    fatima: User, anna: User, regenboog: Side
) -> None:
    for minutes, counted in ((9, (0, 1)), (10, (1, 2))):
        held = opened(regenboog, fatima, anna, items=[TALK, RULES], topic=f"{minutes} minuten")
        held.to(fatima, "1")
        held.to(fatima, "2", after=minutes * MINUTE)
        held(fatima, "close", after=3 * MINUTE)
        assert k_of_n(held, "meetings_on_content") == counted


def test_a_form_that_was_on_the_agenda_and_not_reached_did_not_steer_it(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TALK, BOARD])
    held.to(fatima, "1")
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "meetings_with_form") == (0, 1)


def test_a_question_and_work_of_pupils_lay_on_the_table(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna, question="Wanneer haken ze af?", material=True)
    held.to(fatima, "insights")
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "meetings_with_material") == (1, 1)


def test_an_insight_and_what_a_colleague_asked_come_of_it(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna)
    held.to(fatima, "insights")
    made = held(anna, "insight", kind="routine", what="ik vouw eerst zelf", why="dan zien ze waarheen")
    held(fatima, "limit", insight=made, text="de groep onrustig is")
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "harvest") == (1, 1)
    assert k_of_n(held, "meetings_with_yield") == (1, 1)
    assert k_of_n(held, "insights_explained") == (1, 1)
    assert k_of_n(held, "insights_limited") == (1, 1)


def test_an_agreement_is_a_yield_whether_or_not_it_is_kept(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna)
    held.to(fatima, "agreements")
    held(anna, "agreement", what="Anna maakt de kaarten")
    held(fatima, "close", after=10 * MINUTE)
    assert k_of_n(held, "meetings_with_yield") == (1, 1)
    Agreement.objects.get().close(kept=False, by=regenboog.member(anna))
    assert k_of_n(held, "meetings_with_yield") == (1, 1)
    assert k_of_n(held, "harvest") == (0, 1)


def test_a_room_that_was_left_counts_as_it_was_left(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna, items=[TALK])
    held.to(fatima, "1")
    held(anna, "agreement", what="Anna belt", after=20 * MINUTE)
    with clock.at(held.now + timedelta(hours=4)):
        close_left(clock.now())
    assert k_of_n(held, "content_minutes") == (20, 20)


def test_of_agreements_that_ended_is_told_how_many_were_kept_as_it_is_now(
    fatima: User, anna: User, regenboog: Side
) -> None:
    by = regenboog.member(anna)
    made = [Agreement.make(regenboog.community, what=f"Afspraak {number}", by=by) for number in range(4)]
    for number, agreement in enumerate(made[:3]):
        agreement.close(kept=number < 2, by=by)
    assert kept(regenboog) == (2, 3)
    made[0].reopen(by=by)
    assert kept(regenboog) == (1, 2)
    made[0].close(kept=True, by=by)
    assert kept(regenboog) == (2, 3)
    made[0].reopen(by=by)
    made[0].close(kept=False, by=by)
    assert kept(regenboog) == (1, 3)


def kept(side: Side) -> tuple[int | None, int]:
    row = fact(side, "agreements_kept")
    return row.successes, row.n
