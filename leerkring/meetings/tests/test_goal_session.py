"""The sentence that a group finds in a goal session is where its new goal begins."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection

from leerkring import clock
from leerkring.goals.models import Goal
from leerkring.meetings import agenda, goal_session, taking_out
from leerkring.meetings.live import coming, sweeping
from leerkring.meetings.live.words import setting
from leerkring.meetings.models import Note, OwnForm, Stage
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.holding import MINUTE, Held, opened
from leerkring.meetings.tests.making import SOON, place, planned
from leerkring.meetings.workform import StepKind, Who
from leerkring.meetings.workform_library import form_of
from leerkring.people.models import User
from tests.cast import Browser, Side

SESSION: dict[str, Any] = {"title": "Ons doel", "minutes": 60, "workform": "doelsessie"}
BEST, OTHER = "Wie vastloopt, legt in juni een breuk uit met stroken", "Iedereen rekent beter"
SEEN = "Wie vastloopt, legt in juni vier van de vijf breuken uit met stroken"


def a_session(side: Side, fatima: User, *others: User) -> tuple[Held, dict[str, str]]:
    """Up to the sentences; and the keys of its steps."""
    held = opened(side, fatima, *others, items=[SESSION])
    keys = {step["key"].rpartition(".")[2]: step["key"] for step in held.live.steps}
    held.to(fatima, keys["wishes"])
    held(fatima, "card", step=keys["wishes"], text="Dat ze durven")
    held.to(fatima, keys["sentence"])
    return held, keys


def form(browser: Browser, held: Held, by: User, **sent: str) -> str:
    """Where *Begin hieruit een nieuw doel* leads."""
    start = f"/plg/{held.side.community.pk}/doelen/nieuw/?from=meeting:{held.meeting.pk}"
    with clock.at(held.now + MINUTE):
        client = browser(by)
        assert start in client.get(place(held.side, held.meeting)).content.decode()
        page = client.post(start, sent) if sent else client.get(start)
    return page.content.decode()


def test_a_goal_that_begins_from_a_goal_session_begins_with_its_sentence(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=OTHER)
    best = held(anna, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["best"])
    held(anna, "dot", step=keys["best"], card=best, on=True)
    held.to(fatima, keys["see"])
    held(fatima, "card", step=keys["see"], text="Wie vastloopt, legt een breuk uit")
    held(fatima, "card", step=keys["see"], text=SEEN)
    held.to(fatima, keys["consent"])
    held(fatima, "card", step=keys["see"], text="Van een telefoon die weg was")
    held(fatima, "close")
    page = form(browser, held, anna)
    assert f">\n{SEEN}</textarea>" in page  # as it was said last, while all had it before them
    for before in (BEST, OTHER, "Wie vastloopt, legt een breuk uit", "Van een telefoon"):
        assert before not in page
    assert "Dat ze durven" not in page
    # The coach looks along with it, and nothing is lost when the form is not taken.
    assert "Mijn eigen zin" in form(browser, held, anna, text="Mijn eigen zin", kijk="1")
    assert BEST not in form(browser, held, anna, text=" ")
    form(browser, held, anna, text=BEST)
    assert Goal.objects.get(text=BEST).text == BEST


def test_the_minutes_and_the_meeting_offer_the_sentence_until_a_goal_begins_with_it(
    browser: Browser, fatima: User, anna: User, gert: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held(fatima, "close")
    start = (
        f'<a class="btn" href="/plg/{regenboog.community.pk}/doelen/nieuw/?from=meeting:{held.meeting.pk}">'
    )

    def offers(reader: User) -> list[bool]:
        with clock.at(held.now + MINUTE):
            pages = [browser(reader).get(place(regenboog, held.meeting, act)) for act in ("", "notulen/")]
        return [start in page.content.decode() for page in pages]

    assert offers(anna) == [True, True]
    assert offers(gert) == [False, False]  # a guest decides nothing here
    form(browser, held, anna, text=BEST)
    assert offers(anna) == [False, False]


def test_the_minutes_keep_the_sentence_and_lead_to_the_goal_it_became(
    browser: Browser, fatima: User, anna: User, gert: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held(fatima, "close")
    form(browser, held, anna, text="Wie vastloopt, legt in juni een breuk uit")
    goal = Goal.objects.get()
    for reader in (anna, gert):  # a guest reads goals too
        with clock.at(held.now + MINUTE):
            page = browser(reader).get(place(regenboog, held.meeting, "notulen/")).content.decode()
        block = page[page.index("Jullie doel in één zin") :].partition("</section>")[0]
        assert BEST in block
        assert (
            f'Dit werd het doel: <a href="/plg/{regenboog.community.pk}/doelen/{goal.pk}/">{goal.title}</a>'
            in block
        )


def test_the_screen_of_a_goal_session_knows_where_a_goal_begins(
    fatima: User, anna: User, regenboog: Side
) -> None:
    for workform, leads_to in (("doelsessie", True), ("visiedialoog", False)):
        held = opened(regenboog, fatima, anna, topic=workform, items=[{**SESSION, "workform": workform}])
        where = setting(held.live, held.people[fatima], board=False)["goal"]
        assert where.endswith(f"?from=meeting:{held.meeting.pk}") is leads_to


def test_a_sentence_that_was_taken_out_of_the_minutes_is_not_where_a_goal_begins(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    number = held(anna, "card", step=keys["sentence"], text=BEST)
    held(fatima, "card", step=keys["sentence"], text=OTHER)
    held(fatima, "close")
    text = next(t for t in taking_out.texts(held.meeting, regenboog.member(anna)) if t.number == number)
    taking_out.take_out(held.meeting, text)
    page = form(browser, held, anna)
    assert BEST not in page
    assert OTHER in page


def test_a_pile_keeps_the_dots_of_a_sentence_that_was_taken_out_of_the_minutes(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna, bram)
    held(fatima, "card", step=keys["sentence"], text=OTHER)
    gone = held(anna, "card", step=keys["sentence"], text="Kevin rekent beter")
    best = held(bram, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["best"])
    held(anna, "dot", step=keys["best"], card=gone, on=True)
    held(fatima, "close")
    Note.objects.filter(number__in=[gone, best]).update(pile="Rekenen")
    text = next(t for t in taking_out.texts(held.meeting, regenboog.member(anna)) if t.number == gone)
    taking_out.take_out(held.meeting, text)
    page = form(browser, held, anna)
    assert BEST in page
    assert OTHER not in page


def test_another_meeting_fills_in_nothing(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[{**SESSION, "workform": "visiedialoog"}])
    keys = [step["key"] for step in held.live.steps if step["kind"] == "write"]
    held.to(fatima, keys[0])
    held(anna, "card", step=keys[0], text="Hier zijn we trots op")
    held(fatima, "close")
    assert "Hier zijn we trots op" not in form(browser, held, anna)


def test_where_they_are_now_is_written_down_and_is_not_the_sentence(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["now"], text="Zes van de achttien kunnen dit al")
    held(fatima, "close")
    # No sentence was written: a wish is none, and what was said of now is none.
    assert goal_session.sentence(held.meeting.pk) == ""
    with clock.at(held.now + MINUTE):
        minutes = browser(anna).get(place(regenboog, held.meeting, "notulen/")).content.decode()
    assert "Zes van de achttien kunnen dit al" in minutes
    assert "Jullie doel in één zin" not in minutes


def test_a_meeting_that_was_held_before_its_parts_had_keys_keeps_its_sentence(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["see"])
    held(fatima, "card", step=keys["see"], text=SEEN)
    held(fatima, "close")
    as_kept = list(Stage.objects.order_by("position").values_list("kind", "of"))
    Stage.objects.update(key="", of="")
    import_module("leerkring.meetings.migrations.0002_about").fill(apps, connection.schema_editor())
    told = {kind: of for kind, of in Stage.objects.values_list("kind", "of") if of}
    assert set(told) == {"dots", "talk", "consent"}
    assert [kind for kind, of in as_kept if of and of.endswith("sentence")] == ["dots", "talk", "consent"]
    assert f">\n{SEEN}</textarea>" in form(browser, held, anna)


def test_what_only_the_scribe_wrote_of_it_is_the_sentence(fatima: User, anna: User, regenboog: Side) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held.to(fatima, keys["see"])
    held(fatima, "card", step=keys["see"], text=SEEN)
    held.to(fatima, keys["consent"])
    held(fatima, "close")
    assert goal_session.sentence(held.meeting.pk) == SEEN


def test_sentences_that_were_said_in_a_round_are_sentences_too(
    fatima: User, anna: User, regenboog: Side
) -> None:
    house = shipped()["doelsessie"]
    steps = [
        replace(s, kind=StepKind.ROUND, speaks=Who.EVERYONE) if s.key == "sentence" else s
        for s in house.steps
    ]
    kept = OwnForm.keep(by=regenboog.member(fatima), form=replace(house, key="ons-doel", steps=tuple(steps)))
    meeting = planned(regenboog, fatima)
    agenda.add(meeting, by=regenboog.member(fatima), fields={**SESSION, "workform": kept.key})
    with clock.at(SOON):
        live = coming.open_room(
            meeting, by=regenboog.member(fatima), find=lambda key: form_of(regenboog.community, key)
        )
    held = Held(regenboog, live, SOON).come(fatima, anna)
    keys = {step["key"].rpartition(".")[2]: step["key"] for step in live.steps}
    held.to(fatima, keys["sentence"])
    held(anna, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["consent"])
    held(fatima, "close")
    assert goal_session.sentence(held.meeting.pk) == BEST


def objection(browser: Browser, held: Held, reader: User, text: str) -> str:
    """As the minutes call it."""
    with clock.at(held.now + MINUTE):
        page = browser(reader).get(place(held.side, held.meeting, "notulen/")).content.decode()
    return page[page.index(text) :].partition("</li>")[0]


def test_an_objection_counts_again_when_the_better_sentence_is_taken_away(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["consent"])
    held(anna, "consent", step=keys["consent"], yes=False, text="Te veel gevraagd")
    held.to(fatima, keys["see"])
    named = held(fatima, "card", step=keys["see"], text="Kevin legt een breuk uit")
    held(fatima, "away", card=named)
    held.to(fatima, keys["consent"])
    held(fatima, "close")
    assert "eerder bezwaar" not in objection(browser, held, anna, "Te veel gevraagd")


def test_an_objection_to_how_it_read_before_is_an_earlier_one_whenever_it_came(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["see"])
    first = held(fatima, "card", step=keys["see"], text="Wie vastloopt, legt tien breuken uit")
    held(fatima, "card", step=keys["see"], text=SEEN)
    held.to(fatima, keys["consent"])
    held(anna, "consent", step=keys["consent"], yes=False, text="Tien is te veel", about=first)
    held(fatima, "close")
    assert "eerder bezwaar" in objection(browser, held, anna, "Tien is te veel")


def test_an_objection_takes_what_was_said_before_it_along_after_a_week_too(
    fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(fatima, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["consent"])
    held(anna, "consent", step=keys["consent"], yes=False, text="Kevin kan dat niet")
    held.to(fatima, keys["see"])
    held(fatima, "card", step=keys["see"], text=SEEN)
    held.to(fatima, keys["consent"])
    last = held(anna, "consent", step=keys["consent"], yes=False, text="Kevin nog steeds niet")
    held(fatima, "close")
    meeting = held.meeting
    sweeping.clear(held.now + timedelta(days=8))
    text = next(t for t in taking_out.texts(meeting, regenboog.member(anna)) if t.number == last)
    taking_out.take_out(meeting, text)
    assert not Note.objects.filter(text__contains="Kevin").exists()


def test_what_was_written_of_where_they_stand_is_read_where_the_goal_asks_it(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(anna, "card", step=keys["sentence"], text=BEST)
    held.to(fatima, keys["now"])
    held(fatima, "card", step=keys["now"], text="9 van de 28 in 1A leggen het uit")
    held(fatima, "close")
    said = '<li class="said">9 van de 28 in 1A leggen het uit</li>'
    assert said in form(browser, held, anna)
    form(browser, held, anna, text=BEST)
    goal = Goal.objects.get(text=BEST)
    there = f"/plg/{regenboog.community.pk}/doelen/{goal.pk}/"
    with clock.at(held.now + MINUTE):
        assert said in browser(anna).get(f"{there}waaraan/").content.decode()
        other = Goal.draft(by=regenboog.member(anna), text="Iets anders")
        page = browser(anna).get(f"/plg/{regenboog.community.pk}/doelen/{other.pk}/waaraan/").content.decode()
    assert "schreven jullie op" not in page


def test_the_thread_of_a_goal_begins_with_the_meeting_it_came_from_on_the_day_it_was_held(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held, keys = a_session(regenboog, fatima, anna)
    held(anna, "card", step=keys["sentence"], text=BEST)
    held(fatima, "close")
    form(browser, held, anna, text=BEST)
    goal = Goal.objects.get(text=BEST)
    with clock.at(held.now + MINUTE):
        page = browser(anna).get(f"/plg/{regenboog.community.pk}/doelen/{goal.pk}/").content.decode()
    drawn = page[page.index("De rode draad") :].partition("</section>")[0]
    days = re.findall(r'datetime="([^"]+)"', drawn)
    assert days == ["2026-11-24", "2026-11-24"]
    assert drawn.index(f">{held.meeting}</a>") < drawn.index("eerste zin")
