"""Places on the ruler, intervals, trends, and what there is too little evidence of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from leerkring.engine import assessment
from leerkring.engine.assessment import Assessment, Compared, IndicatorResult, Phase, assess
from leerkring.engine.facts import Member
from leerkring.engine.formulas import Figure
from leerkring.engine.indicators import CRITERIA, DESCRIPTORS, INDICATORS
from leerkring.engine.kinds import KINDS
from leerkring.engine.reads import kinds_of
from leerkring.engine.tests.story import CALENDAR, MARK, Story

CONVERSATIONS = frozenset(
    {"conversation.opened", "conversation.replied", "interaction", "member.joined", "member.left"}
)
MONDAY = date(2024, 12, 2)


def _phase(mirror: Assessment, criterion: str) -> Phase:
    phase = mirror.criteria[criterion].phase
    assert phase is not None
    return phase


def _figure(mirror: Assessment, key: str) -> IndicatorResult:
    rows = mirror.criteria[INDICATORS[key].criterion].indicators
    return next(row for row in rows if row.key == key)


def test_a_community_that_answers_each_other_is_seen_more_and_more_often() -> None:
    mirror = assess(Story(8).talk(date(2024, 11, 18), 14).live(), MARK, recorded=CONVERSATIONS)
    phase = _phase(mirror, "G2a")
    assert phase.reached == ("form", "depth")
    assert phase.position == 2
    assert _figure(mirror, "questions_answered").value == 1


def test_form_alone_is_first_steps_and_half_the_depth_lies_between() -> None:
    """Everyone asks and nobody answers, but all turn to each other: one of the two descriptors of depth."""
    story = Story(6)
    for week in range(12):
        for member in range(1, 7):
            day = date(2024, 11, 18) + timedelta(days=7 * week)
            about = week * 10 + member
            story.act(day, "conversation.opened", member, (member % 6 + 1,), about, purpose=1)
    phase = _phase(assess(story.live(), MARK, recorded=CONVERSATIONS), "G2a")
    assert phase.reached == ("form",)
    assert phase.position == 1.5


def test_silence_is_not_yet_and_what_no_room_records_is_too_little_evidence() -> None:
    mirror = assess(Story(8).live(), MARK, recorded=CONVERSATIONS)
    assert _phase(mirror, "G2a").position == 0
    assert _phase(mirror, "G2d") == Phase(None, None, None, (), "form")
    states = {row.key: row.state for row in mirror.criteria["G2a"].descriptors}
    assert states["took_part"] == "absent"
    assert states["attendance"] == states["questions_answered"] == "too_little"


def test_meetings_alone_reach_the_form_of_interaction_as_well() -> None:
    story = Story(6)
    for number in range(1, 13):
        day = date(2024, 11, 18) + timedelta(days=7 * number)
        story.act(day, "meeting.closed", None, (1, 2, 3, 4, 5), number, present=5, invited=6)
    mirror = assess(story.live(), MARK)
    assert _phase(mirror, "G2a").reached == ("form",)
    assert _figure(mirror, "took_part").value == pytest.approx(5 / 6)


def test_the_interval_of_presence_is_that_of_the_people_not_of_their_presences() -> None:
    """12 members in 3 meetings, 9 each time: as wide as 9 of 12."""
    story = Story(12)
    for number in (1, 2, 3):
        day = MONDAY + timedelta(days=7 * (number - 1))
        story.act(day, "meeting.closed", None, tuple(range(1, 10)), number, present=9, invited=12)
    row = _figure(assess(story.live(), MARK), "attendance")
    assert (row.successes, row.n, row.value) == (27, 36, 0.75)
    assert (row.low, row.high) == pytest.approx((0.4677, 0.9111), abs=5e-5)  # Wilson, 9 of 12


def test_the_interval_of_minutes_is_that_of_the_meetings_they_were_spent_in() -> None:
    """Four meetings of an hour, half of it on content: as wide as 2 of 4, and not as 120 of 240."""
    story = Story(6)
    for number in (1, 2, 3, 4):
        day = MONDAY + timedelta(days=number)
        story.act(day, "meeting.closed", None, (1, 2), number, minutes_total=60, minutes_content=30)
    row = _figure(assess(story.live(), MARK), "content_minutes")
    assert (row.successes, row.n, row.units, row.value) == (120, 240, 4, 0.5)
    assert (row.low, row.high) == pytest.approx((0.1500, 0.8500), abs=5e-5)  # Wilson, 2 of 4


def test_nobody_was_at_a_meeting_of_under_ten_minutes_and_nobody_was_missing() -> None:
    """Somebody tried out how the room works. Of a meeting from elsewhere nobody may know how long it was."""
    story = Story(12)
    for number, length in enumerate(({"minutes_total": 0}, {"minutes_total": 9}, {"minutes_total": 10}, {})):
        day = MONDAY + timedelta(days=number)
        story.act(day, "meeting.closed", None, (1, 2), number + 1, present=2, invited=12, **length)
    row = _figure(assess(story.live(), MARK), "attendance")
    assert (row.successes, row.n) == (4, 24)


def test_a_meeting_of_under_ten_minutes_is_in_no_figure_at_all() -> None:
    """What one minute more moves is every figure in which meetings are counted; who was there took part already."""
    of_a_meeting = {key for key, row in INDICATORS.items() if "meeting.closed" in kinds_of(row.formula)}
    full = dict.fromkeys(KINDS["meeting.closed"].numbers, 1) | {"minutes_content": 10, "invited": 6}
    moved: set[str] = set()
    for minutes in (9, 10):
        live, nothing = Story(6).talk(MONDAY, 4), Story(6).talk(MONDAY, 4)
        live.act(MONDAY, "meeting.closed", None, (1, 2), 7, **full | {"minutes_total": minutes})
        for story in (live, nothing):
            story.act(MONDAY, "round.held", None, (1, 2), 7)
            story.act(MONDAY, "insight.captured", 1, (), 8, what=1, why=1, meeting=7)
        with_, without = (story.live().figures(CALENDAR.last(12, MARK)) for story in (live, nothing))
        moved = {key for key in INDICATORS if with_[key] != without[key]}
        assert moved == (of_a_meeting - {"took_part", "both_ways"} if minutes == 10 else set())
    assert {"rounds", "harvest", "acts_for_goal", "contact_minutes", "guests", "transfers"} < moved


def test_the_interval_of_the_place_follows_the_intervals_of_the_shares() -> None:
    """Where three of five talk nobody can be sure: the lower end stays where it began."""
    story = Story(3).talk(date(2024, 11, 18), 14)
    story.members += [Member(4), Member(5)]
    phase = _phase(assess(story.live(), MARK, recorded=CONVERSATIONS), "G2a")
    assert phase.position == 2
    assert phase.low == 0
    assert phase.high == 2


def test_the_same_over_two_and_three_terms_is_depth_and_second_nature() -> None:
    """Interaction has no yield: depth held over two terms is "met diepgang", over three "vanzelfsprekend"."""
    live = Story(8).talk(date(2024, 9, 2), 40).live()
    positions = [
        _phase(assess(live, day, recorded=CONVERSATIONS), "G2a").position
        for day in (date(2024, 12, 20), date(2025, 1, 24), date(2025, 5, 9))
    ]
    assert positions == [2, 3, 4]
    assert _phase(assess(live, date(2025, 5, 9), recorded=CONVERSATIONS), "G2a").reached[-1] == "lasting"


def test_a_criterion_with_yield_reaches_in_depth_by_it() -> None:
    story = Story(5)
    for number in (1, 2, 3):
        day = MONDAY + timedelta(days=number)
        story.act(day, "product.made", None, (1, 2), number, authors=2)
        story.act(day, "product.reviewed", None, (), number)
    assert _phase(assess(story.live(), MARK), "G2e").position == 2
    for number in (1, 2):
        story.act(MONDAY + timedelta(days=7), "product.adopted", None, (), number)
    phase = _phase(assess(story.live(), MARK), "G2e")
    assert (phase.position, phase.reached) == (3, ("form", "depth", "yield"))


def test_a_level_nothing_is_known_of_stops_the_climb_and_is_named() -> None:
    """A goal that is complete, without anything done for it that could be seen."""
    story = Story(5)
    story.act(MONDAY, "case.brought", 1, (), 1)
    story.act(MONDAY, "case.brought", 2, (), 2)
    story.act(MONDAY + timedelta(days=21), "case.brought", 2, (), 3)
    story.act(MONDAY + timedelta(days=70), "case.brought", 2, (), 4)
    recorded = frozenset({"case.brought", "inquiry.opened"})
    phase = _phase(assess(story.live(), MARK, recorded=recorded), "C3")
    assert phase.position == 1
    story_without_follow_up = _phase(assess(story.live(), MARK, recorded=frozenset({"inquiry.opened"})), "C3")
    assert story_without_follow_up.missing == "depth"


def test_characteristics_get_facts_and_no_place() -> None:
    mirror = assess(Story(5).talk(MONDAY, 4).live(), MARK)
    unplaced = [key for key, result in mirror.criteria.items() if result.phase is None]
    assert unplaced == ["C1", "C2", "C4", "C5", "C6", "C7", "C8"]
    assert _figure(mirror, "questions").weak


def test_figures_of_the_network_never_move_a_place() -> None:
    assert not {"density", "reciprocity", "centralisation", "isolates", "external"} & DESCRIPTORS.keys()


def test_figures_about_members_are_given_from_five_who_were_there() -> None:
    """Of things they are given before: a question has no face."""
    of_members = [key for key, row in INDICATORS.items() if row.of_members]
    for members, given in ((4, False), (5, True)):
        live = Story(members).talk(date(2024, 11, 18), 14).live()
        mirror = assess(live, MARK, recorded=CONVERSATIONS)
        assert _figure(mirror, "took_part").enough is given
        assert _figure(mirror, "questions_answered").value == 1
        assert given or {(row.n, row.successes) for key in of_members if (row := _figure(mirror, key))} == {
            (0, 0)
        }


def test_who_was_not_there_in_the_window_is_nobody_to_hide_among() -> None:
    story = Story(5).talk(date(2024, 11, 18), 14)
    story.act(date(2024, 9, 2), "member.away", 5)
    assert not _figure(assess(story.live(), MARK, recorded=CONVERSATIONS), "density").enough


def test_a_group_at_work_gets_no_figure_about_a_few_of_them() -> None:
    live = Story(8).talk(date(2024, 11, 18), 14).live()
    of_few = {key for key, row in INDICATORS.items() if row.of_few}
    assert of_few == {"isolates", "centralisation"}
    for at_work, left_out in ((True, of_few), (False, set())):
        mirror = assess(live, MARK, recorded=CONVERSATIONS, at_work=at_work)
        shown = {row.key for result in mirror.criteria.values() for row in result.indicators}
        assert INDICATORS.keys() - shown == left_out


def test_a_change_is_named_only_beside_twenty_communities_that_did_nothing() -> None:
    story = Story(8).talk(date(2024, 9, 2), 6).talk(date(2024, 11, 18), 14)
    alone = assess(story.live(), MARK, recorded=CONVERSATIONS)
    assert _figure(alone, "conversations").change == "too_early"
    assert _figure(alone, "conversations").previous == 24
    beside = Compared(changes={"conversations": [1.0, -1.0] * 10}, figures={})
    assert _figure(assess(story.live(), MARK, compared=beside), "conversations").change == "more"
    noisy = Compared(changes={"conversations": [90.0, -90.0] * 10}, figures={})
    assert _figure(assess(story.live(), MARK, compared=noisy), "conversations").change == "same"


def test_a_share_is_drawn_towards_twenty_others_and_stays_what_it_is() -> None:
    live = Story(8).talk(date(2024, 11, 18), 14).live()
    others = Compared(changes={}, figures={"both_ways": [Figure(4, 8, 1)] * 20})
    row = _figure(assess(live, MARK, compared=others), "both_ways")
    assert row.value == 1
    assert row.drawn is not None
    assert row.drawn.value < 1
    few = Compared(changes={}, figures={"both_ways": [Figure(4, 8, 1)] * 19})
    assert _figure(assess(live, MARK, compared=few), "both_ways").drawn is None


def test_who_is_away_is_not_counted() -> None:
    story = Story(6).talk(date(2024, 11, 18), 14)
    story.act(date(2024, 9, 2), "member.away", 6)
    mirror = assess(story.live(), MARK, recorded=CONVERSATIONS)
    assert mirror.members == 5
    assert _figure(mirror, "isolates").n == 5


def test_who_came_halfway_counts_from_then_on() -> None:
    members = [Member(1), Member(2, joined=date(2025, 1, 20)), Member(3, left=date(2024, 11, 1))]
    assert assess(Story(members).live(), MARK).members == 2


def test_the_json_has_the_shape_others_read() -> None:
    mirror = assess(Story(8).talk(date(2024, 11, 18), 14).live(), MARK, recorded=CONVERSATIONS)
    window = json.loads(json.dumps(assessment.to_json(mirror)))
    assert (window["from"], window["until"]) == ("2024-11-18", "2025-02-21")
    assert list(window["criteria"]) == list(CRITERIA)
    density = window["criteria"]["G2a"]["indicators"]["density"]
    assert density["value"] == pytest.approx(density["successes"] / density["n"])
    assert (density["low"], density["high"]) == (None, None)
    assert window["criteria"]["C6"]["phase"] is None


def test_an_assessment_can_be_replayed_from_its_facts() -> None:
    story = Story(8).talk(date(2024, 11, 18), 14)
    first, again = (assess(story.live(), MARK, recorded=CONVERSATIONS) for _ in range(2))
    assert first == again
    assert first.engine == assessment.ENGINE
    assert replace(first, community="another") != again
