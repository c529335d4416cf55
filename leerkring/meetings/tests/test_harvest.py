"""What a meeting leaves: whoever said it, by account or by name only, and whenever it came in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities.models import Notice, Record
from leerkring.insights.beside import said_at
from leerkring.insights.models import Insight, Limit, Trying
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.meetings import jobs
from leerkring.meetings.live import coming, store, view
from leerkring.meetings.live.acts import Impossible, Why
from leerkring.meetings.live.steps import dump
from leerkring.meetings.models import Live, Note, Present, Stage, Unclaimed
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import place
from leerkring.meetings.tests.test_room import STEPS
from leerkring.people.models import User
from tests.cast import Browser, Side

INSIGHT: dict[str, Any] = {"kind": "rule", "what": "als het regent, dan lezen we", "why": "dan is het stil"}
BOARD: dict[str, Any] = {"title": "Bordsessie", "minutes": 15, "workform": "bordsessie"}


# Who was there


def test_who_was_taken_out_was_not_there_and_had_no_turn(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram, items=[BOARD])
    ronde = next(step["key"] for step in held.live.steps if step["kind"] == "round")
    held.to(fatima, ronde)
    for was in (0, 1):
        held(fatima, "turn", step=ronde, was=was)
    held(fatima, "remove", person=held.people[anna].pk)
    held(fatima, "close")
    there = sorted(regenboog.member(user).pk for user in (fatima, bram))
    assert Record.objects.get(kind="meeting.closed").data["present"] == there
    assert Record.objects.get(kind="round.held").data["spoke"] == there


# Out of whose practice


def harvest(held: Held, by: User, **said: Any) -> Insight:
    held(by, "insight", **INSIGHT, **said)
    held(by, "close")
    return Insight.objects.get()


def test_the_scribe_writes_down_what_a_colleague_does_and_that_colleague_is_asked(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    made = harvest(held, fatima, of=held.people[anna].pk)
    assert (made.author, made.of, made.named_at) == (regenboog.member(fatima), regenboog.member(anna), None)
    assert Notice.objects.filter(user=anna, kind="insight.named").about("insight", made.pk).count() == 1
    with clock.at(held.now):
        made.name(by=regenboog.member(anna))
        page = browser(fatima).get(place(regenboog, held.meeting, "notulen/")).content.decode()
    assert "Anna de Wit, opgeschreven door Fatima El Amrani" in page


@pytest.mark.parametrize("mine_first", [True, False])
def test_the_same_words_written_twice_are_one_insight_of_whom_was_said_last(
    fatima: User, anna: User, regenboog: Side, mine_first: bool
) -> None:
    held = opened(regenboog, fatima, anna)
    of_anna: dict[str, Any] = {"of": held.people[anna].pk}
    for said in ({}, of_anna) if mine_first else (of_anna, {}):
        held(fatima, "insight", **INSIGHT, **said)
    held(fatima, "close")
    last = regenboog.member(anna) if mine_first else None
    assert Insight.objects.get().of == last
    assert Notice.objects.filter(user=anna, kind="insight.named").exists() == mine_first


def test_what_is_of_all_together_is_of_nobody_alone(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna)
    made = harvest(held, fatima, of=held.people[anna].pk, of_all=True)
    assert (made.of, made.of_all) == (None, True)
    assert not Notice.objects.filter(kind="insight.named").exists()


def test_who_came_by_a_name_only_is_named_by_nobody(fatima: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima)
    assert harvest(held, fatima, of=held.by_name("Noor").pk).of is None


def test_no_screen_of_another_shows_whom_somebody_named(fatima: User, anna: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, anna)
    number = held(fatima, "insight", **INSIGHT, of=held.people[anna].pk)
    seen = view.common(store.load(Live.objects.get(pk=held.live.pk)).room)[f"insight:{number}"]
    assert "of" not in seen
    assert held.people[anna].pk not in seen.values()


# What comes when it is over


def with_every_step(held: Held) -> Held:
    """A room with a step of each kind."""
    Live.objects.filter(pk=held.live.pk).update(steps=dump(STEPS))
    return held


def refused(held: Held, who: User, act: str, **data: Any) -> Why:
    with pytest.raises(Impossible) as impossible:
        held(who, act, **data)
    return impossible.value.why


def test_an_objection_and_a_dot_from_a_phone_that_was_away_stand_in_the_minutes(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna, bram))
    held.to(fatima, "schrijf")
    card = held(bram, "card", step="schrijf", text="Ze kijken bij hun buur")
    held.to(fatima, "stippen")
    held.to(fatima, "verder")
    held(anna, "consent", step="verder", yes=True)
    held(fatima, "close")
    held(bram, "consent", step="verder", yes=False, text="Ik zie het nog niet voor me")
    held(anna, "dot", step="stippen", card=card, on=True)
    objection = Note.objects.get(stage__meeting=held.meeting, objection=True)
    assert (objection.text, str(objection.by), objection.late) == (
        "Ik zie het nog niet voor me",
        "Bram Jansen",
        True,
    )
    assert Note.objects.get(text="Ze kijken bij hun buur").dots == 1
    held(fatima, "consent", step="verder", yes=True)
    assert Stage.objects.get(meeting=held.meeting, kind="consent").yes == 2


def test_the_dots_of_a_pile_stand_once_in_the_minutes(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna, bram))
    held.to(fatima, "schrijf")
    cards = [held(anna, "card", step="schrijf", text=text) for text in ("Boeken", "Kaarten", "Tijd")]
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name="Duur", cards=cards[:2])
    held.to(fatima, "stippen")
    for who, card in ((anna, cards[1]), (bram, cards[0]), (bram, cards[2])):
        held(who, "dot", step="stippen", card=card, on=True)
    held(fatima, "close")
    notes = Note.objects.filter(stage__kind="write").values_list("text", "pile", "dots")
    assert set(notes) == {("Boeken", "Duur", 2), ("Kaarten", "Duur", 0), ("Tijd", "", 1)}


def test_the_dots_of_piles_without_a_name_stand_at_each_pile(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna, bram))
    held.to(fatima, "schrijf")
    texts = ("Boeken", "Kaarten")
    first, second = (
        [held(who, "card", step="schrijf", text=f"{text} van {who}") for text in texts]
        for who in (anna, bram)
    )
    held.to(fatima, "orden")
    for cards in (first, second):
        held(bram, "pile", step="orden", name="", cards=cards)
    held.to(fatima, "stippen")
    held(anna, "dot", step="stippen", card=first[1], on=True)
    held(fatima, "close")
    notes = Note.objects.filter(stage__kind="write")
    assert list(notes.values_list("pile", "dots")) == [
        ("stapel 1", 1),
        ("stapel 1", 0),
        ("stapel 2", 0),
        ("stapel 2", 0),
    ]


def test_what_stands_in_the_minutes_is_not_rewritten_by_a_screen(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna, bram))
    held.to(fatima, "schrijf")
    card = held(bram, "card", step="schrijf", text="Ze kijken bij hun buur")
    held.to(fatima, "stippen")
    held(anna, "dot", step="stippen", card=card, on=True)
    held.to(fatima, "verder")
    held(anna, "consent", step="verder", yes=True)
    held(fatima, "close")
    assert refused(held, bram, "drop", card=card) is Why.CLOSED
    assert refused(held, anna, "dot", step="stippen", card=card, on=False) is Why.CLOSED
    assert refused(held, anna, "consent", step="verder", yes=False, text="Toch niet") is Why.CLOSED
    held(anna, "card", step="schrijf", text="Uit de trein")
    assert set(Note.objects.values_list("text", "dots")) == {
        ("Ze kijken bij hun buur", 1),
        ("Uit de trein", 0),
    }


def test_a_promise_and_a_limit_that_were_taken_back_do_not_return(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram)
    held.to(fatima, "insights")
    insight = held(anna, "insight", **INSIGHT)
    held(bram, "try", insight=insight, on="2026-12-01")
    held(bram, "limit", insight=insight, text="Niet met de hele klas")
    held(fatima, "close")
    trying = Trying.objects.get()
    trying.drop(by=regenboog.member(bram))
    limit = trying.insight.limits.get()
    limit.withdraw(by=regenboog.member(bram))
    held(anna, "agreement", what="Uit de trein")
    assert not Trying.objects.exists()
    assert trying.insight.limits.get().withdrawn_at is not None


def test_what_was_promised_stays_when_a_later_promise_comes_after_the_end(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram)
    held.to(fatima, "insights")
    insight = held(anna, "insight", **INSIGHT)
    held(bram, "try", insight=insight, on="2026-12-01")
    held(fatima, "close")
    assert refused(held, bram, "try", insight=insight, on="2026-12-02") is Why.CLOSED
    held(fatima, "try", insight=insight, on="2026-12-03")
    assert sorted(str(day) for day in Trying.objects.values_list("on", flat=True)) == [
        "2026-12-01",
        "2026-12-03",
    ]


# Who has no device


def test_what_the_scribe_writes_for_somebody_is_theirs(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna))
    there: dict[str, Any] = {"for": held.without_device("Bram", bram).pk}
    held.to(fatima, "schrijf")
    card = held(fatima, "card", step="schrijf", text="Van papier", **there)
    held.to(fatima, "stippen")
    held(fatima, "dot", step="stippen", card=card, on=True, **there)
    held(fatima, "dot", step="stippen", card=card, on=True)
    held.to(fatima, "verder")
    held(fatima, "consent", step="verder", yes=False, text="Eerst proberen", **there)
    held.to(fatima, "oogst")
    insight = held(anna, "insight", **INSIGHT)
    held(fatima, "try", insight=insight, on="2026-12-01", **there)
    held(fatima, "limit", insight=insight, text="Niet met de hele klas", **there)
    held(fatima, "close")
    note, objection = Note.objects.order_by("objection")
    assert (str(note.by), note.dots) == ("Bram Jansen", 2)
    assert (str(objection.by), objection.text) == ("Bram Jansen", "Eerst proberen")
    trying = Trying.objects.get()
    assert trying.member == regenboog.member(bram)
    assert trying.insight.limits.get().by == regenboog.member(bram)


# Who came by name only


def minutes(browser: Browser, held: Held, reader: User) -> str:
    """As they are when the room is long gone."""
    with clock.at(held.now + timedelta(days=8)):
        jobs.clear_rooms(Run(Job()))
        assert not Live.objects.exists()
        return browser(reader).get(place(held.side, held.meeting, "notulen/")).content.decode()


def test_what_who_came_by_name_only_knows_stays_in_the_minutes(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram)
    noor, kees = held.by_name("Noor"), held.by_name("Kees")
    held.to(fatima, "insights")
    noors = held(noor, "insight", **INSIGHT)
    held(bram, "limit", insight=noors, text="In een onrustige groep")
    held(bram, "try", insight=noors, on="2026-12-02")
    annas = held(anna, "insight", kind="routine", what="ik vouw eerst zelf", why="dan zien ze het")
    held(kees, "limit", insight=annas, text="Niet met de hele klas")
    held(kees, "try", insight=annas, on="2026-12-03")
    held(fatima, "close")
    page = minutes(browser, held, anna)
    for said in (
        *("als het regent, dan lezen we", "dan is het stil", "In een onrustige groep"),
        "Bram Jansen probeert dit op woensdag 2 december",
        "Kees (gast) probeert dit op donderdag 3 december",
        *("ik vouw eerst zelf", "Niet met de hele klas"),
    ):
        assert said in page, said


def test_minutes_do_not_deny_what_nobody_with_an_account_said(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    held(held.by_name("Noor"), "insight", **INSIGHT)
    held(fatima, "close")
    assert "Er is geen inzicht opgeschreven." not in minutes(browser, held, fatima)


def test_what_is_of_all_together_is_so_in_the_minutes_when_who_wrote_it_down_has_no_account(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    noor = held.by_name("Noor")
    held(noor, "insight", **INSIGHT, of_all=True)
    held(fatima, "close")
    assert "van ons samen, opgeschreven door Noor (gast)" in minutes(browser, held, fatima)
    assert Unclaimed(of_all=True).whose == "van ons samen"  # who was taken out is not named


def test_once_they_are_known_it_is_theirs_and_stands_there_once(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    noor, kees = held.by_name("Noor"), held.by_name("Kees")
    noors = held(noor, "insight", **INSIGHT)
    held(anna, "limit", insight=noors, text="In een onrustige groep")
    held(kees, "limit", insight=noors, text="Niet buiten")
    held(kees, "try", insight=noors, on="2026-12-01")
    held(fatima, "close")
    assert Unclaimed.objects.count() == 4
    with clock.at(held.now):
        coming.link(held.live, noor, regenboog.member(bram))
    insight = Insight.objects.get(author=regenboog.member(bram), what=INSIGHT["what"])
    assert Limit.objects.get(insight=insight).by == regenboog.member(anna)
    assert {str(row.by) for row in Unclaimed.objects.all()} == {"Kees (gast)"}
    with clock.at(held.now):
        coming.link(held.live, kees, regenboog.member(gert))
    assert Trying.objects.get(insight=insight).member == regenboog.member(gert)
    assert not Unclaimed.objects.exists()
    assert minutes(browser, held, anna).count("Niet buiten") == 1


def test_when_it_does_not_work_stands_at_the_insight_too_by_a_guest_of_that_meeting(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    kees, noor = held.by_name("Kees"), held.by_name("Noor")
    held.to(fatima, "insights")
    annas = held(anna, "insight", kind="routine", what="ik vouw eerst zelf", why="dan zien ze het")
    noors = held(noor, "insight", **INSIGHT)
    held(kees, "limit", insight=annas, text="Niet met de hele klas")
    held(kees, "try", insight=annas, on="2026-12-01")
    held(kees, "limit", insight=noors, text="Niet buiten")
    held(fatima, "close")
    insight = Insight.objects.get(what="ik vouw eerst zelf")

    def read(reader: User) -> str:
        with clock.at(held.now):
            page = browser(reader).get(f"/plg/{regenboog.community.pk}/inzichten/{insight.pk}/")
        card = page.content.decode().split("<article", 1)[1]
        return card.split("</article>", 1)[0]

    card = read(bram)
    assert "Niet met de hele klas" in card
    minutes_of_it = place(regenboog, held.meeting, "notulen/")
    assert f'Kees <span class="tag">gast</span> bij de bijeenkomst <a href="{minutes_of_it}">' in card
    assert "Niet buiten" not in card  # that is of another insight
    assert "Weghalen" not in card  # it is nobody's to take away
    # It is shown and not counted: nobody with an account asked for it.
    assert not Limit.objects.exists()
    # Once they are known it is theirs, and stands there once.
    with clock.at(held.now):
        coming.link(held.live, kees, regenboog.member(gert))
    card = read(bram)
    assert card.count("Niet met de hele klas") == 1
    assert ("Gert Postma" in card, "Kees" in card) == (True, False)


def test_an_insight_owns_nothing_of_what_a_guest_said_at_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    kees = held.by_name("Kees")
    held.to(fatima, "insights")
    annas = held(anna, "insight", kind="routine", what="ik vouw eerst zelf", why="dan zien ze het")
    held(kees, "limit", insight=annas, text="Niet met de hele klas")
    held(fatima, "close")
    insight, group = Insight.objects.get(what="ik vouw eerst zelf"), regenboog.community.pk
    assert [said.text for said in said_at(group, insight.pk)] == ["Niet met de hele klas"]
    assert said_at(group, insight.pk + 1) == []
    # Erasure takes a name out where it is kept, or the words (meetings.live_vanishing).
    Present.objects.filter(name="Kees").update(name="een oud-lid")
    assert [said.name for said in said_at(group, insight.pk)] == ["een oud-lid"]
    Unclaimed.objects.all().delete()
    regenboog.community.touch()
    page = browser(bram).get(f"/plg/{regenboog.community.pk}/inzichten/{insight.pk}/").content.decode()
    assert "Niet met de hele klas" not in page
