"""A try-out: begun with what one expects, concluded with what pupils did, repeated by a colleague."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Link, Notice, Record
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal
from leerkring.insights.models import Worked
from leerkring.insights.tests.test_insight import an_insight, page, told
from leerkring.people.models import User
from leerkring.practice.models import Tryout
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title
from tests.cast import NOW, Browser, Side
from tests.extremes import DAYS, NUMBERS

#: A Tuesday, in a week.
TUESDAY = date(2026, 11, 17)
IDEA, EXPECTED = "Eerst schatten, dan pas rekenen", "Ze merken zelf dat een antwoord niet kan"
SENT = {"idea": IDEA, "expected": EXPECTED, "on": "2026-11-17"}
TOLD = {"worked": "partly", "decision": "adapt", "reason": "Schatten ging te snel."}


def room(side: Side) -> str:
    return f"/plg/{side.community.pk}/praktijk/uitproberen/"


def at(side: Side, tryout: Tryout, act: str = "") -> str:
    return f"{room(side)}{tryout.pk}/{act}"


def begun(side: Side, user: User, **said: Any) -> Tryout:
    given: dict[str, Any] = {"idea": IDEA, "expected": EXPECTED, "on": TUESDAY, **said}
    return Tryout.begin(by=side.member(user), **given)


def concluded(side: Side, user: User, **said: Any) -> Tryout:
    tryout = begun(side, user, **{key: said.pop(key) for key in ("follows", "idea", "where") if key in said})
    tell(tryout, **said)
    return tryout


def tell(tryout: Tryout, **said: Any) -> None:
    given: dict[str, Any] = {"worked": Worked.YES, "decision": Decision.KEEP, "reason": "Het werkt.", **said}
    tryout.conclude(by=tryout.owner, **given)


def as_thing(user: User, tryout: Tryout) -> thread.Thing:
    found = thread.find(user, f"tryout:{tryout.pk}")
    assert found is not None
    return found


# Beginning


def test_who_comes_first_reads_what_it_is_for_and_begins(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    empty = page(browser, anna, room(regenboog))
    assert "Nog niets uitgeprobeerd" in empty
    assert "Begin een probeersel" in empty
    assert "Wat verwacht je bij leerlingen te zien?" in page(browser, anna, f"{room(regenboog)}nieuw/")


def test_a_member_says_what_they_will_try_and_expect(browser: Browser, anna: User, regenboog: Side) -> None:
    answer = browser(anna).post(f"{room(regenboog)}nieuw/", {**SENT, "where": "groep 5"})
    made = Tryout.objects.get()
    assert answer.headers["Location"] == at(regenboog, made)
    assert (made.owner, made.idea, made.expected) == (regenboog.member(anna), IDEA, EXPECTED)
    assert (made.on, made.where, made.at) == (TUESDAY, "groep 5", NOW)
    assert Record.objects.get(kind="tryout.started").data == {"about": made.pk, "goal": None}
    said = page(browser, anna, at(regenboog, made))
    assert "op dinsdag 17 november" in said
    assert IDEA in page(browser, anna, room(regenboog))


@pytest.mark.parametrize(
    "wrong",
    [
        {"idea": " \n"},
        {"expected": ""},
        {"idea": "x" * 601},
        {"where": "x" * 201},
        {"expected": "a\0b"},
        {"goal": "999999"},
        {"goal": "9" * 40},
        *({"on": day} for day in ("gisteren", "2026-11-09", "2028-01-01", *DAYS)),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence(
    browser: Browser, anna: User, regenboog: Side, wrong: dict[str, str]
) -> None:
    answer = browser(anna).post(f"{room(regenboog)}nieuw/", {**SENT, **wrong})
    assert answer.status_code == 200
    assert 'class="problems"' in answer.content.decode()
    assert not Tryout.objects.exists()


def test_a_button_pressed_twice_begins_one(anna: User, regenboog: Side) -> None:
    assert begun(regenboog, anna) == begun(regenboog, anna)
    assert Record.objects.filter(kind="tryout.started").count() == 1
    with clock.at(NOW + timedelta(hours=2)):
        begun(regenboog, anna)
    assert Tryout.objects.count() == 2


def test_from_an_insight_it_is_on_the_red_thread_and_at_its_goal(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen schatten eerst.")
    insight = an_insight(regenboog, anna, goal=goal)
    start = f"{room(regenboog)}nieuw/?from=insight:{insight.pk}"
    shown = page(browser, bram, f"/plg/{regenboog.community.pk}/inzichten/{insight.pk}/")
    assert start in unquote(shown)
    form = page(browser, bram, start)
    assert insight.title in form
    assert f'value="{goal.pk}" selected' in form
    browser(bram).post(start, {**SENT, "goal": goal.pk})
    made = Tryout.objects.get()
    follows = Link.objects.filter(from_kind="tryout", from_id=made.pk)
    assert set(follows.values_list("to_kind", "to_id")) == {("insight", insight.pk), ("goal", goal.pk)}
    assert Record.objects.get(kind="tryout.started").data["goal"] == goal.pk
    assert insight.title in page(browser, anna, at(regenboog, made))
    assert made.title in page(browser, anna, f"/plg/{regenboog.community.pk}/inzichten/{insight.pk}/")


def test_a_goal_of_another_group_is_none(anna: User, olga: User, regenboog: Side, baken: Side) -> None:
    theirs = Goal.draft(by=baken.member(olga), text="Wij lezen.")
    with pytest.raises(Refused, match="andere groep"):
        begun(regenboog, anna, goal=theirs)


# Saying it better


def test_its_owner_chooses_another_day_and_is_asked_anew(anna: User, regenboog: Side) -> None:
    tryout = begun(regenboog, anna)
    tryout.remind(at=NOW)
    assert told("tryout.due") == ["Anna de Wit"]
    tryout.revise(by=regenboog.member(anna), seen=0, parts={"on": TUESDAY + timedelta(days=1)})
    tryout.refresh_from_db()
    assert (tryout.on, tryout.reminded_at, tryout.revision) == (date(2026, 11, 18), None, 1)
    assert told("tryout.due") == []


def test_what_was_changed_meanwhile_is_laid_beside_it(browser: Browser, anna: User, regenboog: Side) -> None:
    tryout = begun(regenboog, anna)
    change = at(regenboog, tryout, "aanpassen/")
    tryout.revise(by=regenboog.member(anna), seen=0, parts={"expected": "Ze lachen."})
    answer = browser(anna).post(change, {**SENT, "seen": "0"}).content.decode()
    assert "Ze lachen." in answer
    assert EXPECTED in answer
    with pytest.raises(Overtaken):
        tryout.revise(by=regenboog.member(anna), seen=0, parts={"expected": "Ze huilen."})


def test_another_goal_is_another_thread(anna: User, regenboog: Side) -> None:
    one, two = (Goal.draft(by=regenboog.member(anna), text=f"Doel {n}.") for n in (1, 2))
    tryout = begun(regenboog, anna, goal=one)
    tryout.revise(by=regenboog.member(anna), seen=0, parts={"goal": two})
    assert list(Link.objects.filter(from_kind="tryout").values_list("to_id", flat=True)) == [two.pk]


def test_what_was_expected_stays_once_it_was_tried(browser: Browser, anna: User, regenboog: Side) -> None:
    tryout = concluded(regenboog, anna)
    with pytest.raises(Refused, match="blijft staan"):
        tryout.revise(by=regenboog.member(anna), seen=0, parts={"expected": "Precies dit."})
    answer = browser(anna).post(at(regenboog, tryout, "aanpassen/"), {**SENT, "seen": 0, "idea": "Anders"})
    assert "blijft staan zoals het was" in answer.content.decode()
    tryout.refresh_from_db()
    assert (tryout.expected, tryout.idea) == (EXPECTED, IDEA)


def test_only_its_owner_changes_it(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    tryout = begun(regenboog, anna)
    for act in ("aanpassen/", "hoe-ging-het/", "weghalen/"):
        assert browser(bram).post(at(regenboog, tryout, act), {**SENT, **TOLD, "seen": 0}).status_code == 404
    bram_there = regenboog.member(bram)
    with pytest.raises(Refused, match="wie het probeersel begon"):
        tryout.revise(by=bram_there, seen=0, parts={"idea": "Iets"})
    with pytest.raises(Refused, match="wie het probeersel begon"):
        tryout.conclude(by=bram_there, worked=Worked.NO, decision=Decision.STOP, reason="Zo.")
    with pytest.raises(Refused, match="wie het probeersel begon"):
        tryout.withdraw(by=bram_there)


# How it went


def test_its_owner_tells_what_pupils_did_and_how_they_go_on(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    tryout = begun(regenboog, anna)
    form = page(browser, anna, at(regenboog, tryout, "hoe-ging-het/"))
    assert EXPECTED in form
    assert "Wat deden of zeiden de leerlingen?" in form
    sent = {**TOLD, "where": "groep 5", "evidence": "Zes kinderen gumden.", "adapted": "In tweetallen."}
    browser(anna).post(at(regenboog, tryout, "hoe-ging-het/"), sent)
    tryout.refresh_from_db()
    assert (tryout.worked, tryout.decision, tryout.concluded_at) == ("partly", "adapt", NOW)
    assert Record.objects.get(kind="tryout.concluded").data == {
        "about": tryout.pk,
        "evidence": True,
        "decision": "adapt",
        "failed": False,
    }
    said = page(browser, bram, at(regenboog, tryout))
    for each in ("Zes kinderen gumden.", "In tweetallen.", "Schatten ging te snel.", "werkte deels"):
        assert each in said
    assert told("tryout.concluded") == ["Bram Jansen", "Fatima El Amrani", "Gert Postma"]


@pytest.mark.parametrize("wrong", [{"worked": ""}, {"worked": "best"}, {"decision": ""}, {"reason": " "}])
def test_without_a_decision_or_why_it_comes_back(
    browser: Browser, anna: User, regenboog: Side, wrong: dict[str, str]
) -> None:
    tryout = begun(regenboog, anna)
    answer = browser(anna).post(at(regenboog, tryout, "hoe-ging-het/"), {**TOLD, **wrong})
    assert 'class="problems"' in answer.content.decode()
    assert Tryout.objects.get().concluded_at is None


def test_what_did_not_work_is_told_as_welcome(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    tryout = concluded(regenboog, anna, worked=Worked.NO, decision=Decision.STOP)
    assert Record.objects.get(kind="tryout.concluded").data["failed"] is True
    assert "werkte nu niet" in page(browser, bram, at(regenboog, tryout))
    assert "Wat niet werkte is net zo welkom" in page(browser, bram, room(regenboog))


def test_told_again_it_is_corrected_and_counts_once(anna: User, regenboog: Side) -> None:
    tryout = concluded(regenboog, anna)
    with clock.at(NOW + timedelta(days=1)):
        tell(tryout, worked=Worked.NO, decision=Decision.STOP, evidence="Niemand schatte.")
    tryout.refresh_from_db()
    assert (tryout.worked, tryout.concluded_at) == (Worked.NO, NOW)
    record = Record.objects.get(kind="tryout.concluded")
    assert (record.data["failed"], record.data["evidence"]) == (False, False)  # as it was told first
    assert Notice.objects.filter(kind="tryout.concluded", user__name="Bram Jansen").count() == 1


def test_nobody_reads_that_a_colleague_did_not_come_to_it(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    tryout = begun(regenboog, anna)
    with clock.at(NOW + timedelta(days=8)):
        assert "17 november" not in page(browser, bram, at(regenboog, tryout))
        own = page(browser, anna, at(regenboog, tryout))
    assert "17 november" in own
    assert "Vertel hoe het ging" in own


# By a colleague


def test_a_colleague_tries_it_too_with_an_expectation_of_their_own(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    first = concluded(regenboog, anna, where="groep 5", evidence="Ze gumden.")
    again = f"{room(regenboog)}nieuw/?from=tryout:{first.pk}"
    assert again in unquote(page(browser, bram, at(regenboog, first)))
    form = page(browser, bram, again)
    assert "Ze gumden." in form
    assert form.count(IDEA) > 1  # the thing and the field
    assert EXPECTED not in form
    browser(bram).post(again, {**SENT, "expected": "Ze gokken eerst", "where": "groep 8"})
    mine = Tryout.objects.latest("pk")
    assert mine.first == first
    assert not Record.objects.filter(kind="tryout.repeated").exists()  # a plan is no evidence
    assert "Bram Jansen, groep 8" in page(browser, fatima, at(regenboog, first))
    tell(mine, worked=Worked.PARTLY, adapted="Met een getallenlijn.")
    repeated = Record.objects.get(kind="tryout.repeated")
    assert repeated.actor == regenboog.member(bram).pk
    assert repeated.data == {"about": first.pk, "repetition": mine.pk}
    assert told("tryout.repeated") == ["Anna de Wit"]
    said = page(browser, fatima, at(regenboog, first))
    for each in ("groep 8", "Deels", "Met een getallenlijn."):
        assert each in said
    assert "Anna de Wit, groep 5" in page(browser, fatima, at(regenboog, mine))


def test_of_a_repetition_the_first_is_repeated(anna: User, bram: User, fatima: User, regenboog: Side) -> None:
    first = concluded(regenboog, anna)
    second = concluded(regenboog, bram, follows=as_thing(bram, first))
    third = begun(regenboog, fatima, follows=as_thing(fatima, second))
    assert third.first == first
    assert set(first.repetitions.all()) == {second, third}


def test_before_it_is_known_how_it_went_it_is_not_repeated(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    first = begun(regenboog, anna)
    assert "Ik probeer dit ook" not in page(browser, bram, at(regenboog, first))
    answer = browser(bram).post(f"{room(regenboog)}nieuw/?from=tryout:{first.pk}", SENT)
    assert "nog niet verteld" in answer.content.decode()
    assert Tryout.objects.count() == 1


def test_of_a_try_out_comes_an_insight(browser: Browser, anna: User, regenboog: Side) -> None:
    tryout = concluded(regenboog, anna)
    start = f"/plg/{regenboog.community.pk}/inzichten/nieuw/?from=tryout:{tryout.pk}"
    sent = {"kind": "routine", "what": "ik laat eerst schatten", "why": "dan rekenen ze daarna beter"}
    browser(anna).post(start, sent)
    assert "ik laat eerst schatten" in page(browser, anna, at(regenboog, tryout))


# The list


def test_the_list_shows_what_runs_and_how_it_went(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    concluded(regenboog, anna, idea="Iets dat ging")
    begun(regenboog, bram, idea="Iets dat loopt")
    found = {
        state: page(browser, anna, f"{room(regenboog)}?stand={state}") for state in ("loopt", "verteld", "x")
    }
    assert ["Iets dat ging" in found[state] for state in found] == [False, True, True]
    assert ["Iets dat loopt" in found[state] for state in found] == [True, False, True]


def test_a_number_that_nobody_means_is_answered(browser: Browser, anna: User, regenboog: Side) -> None:
    tryout, client = begun(regenboog, anna), browser(anna)
    for value in NUMBERS:
        for address, sent in (
            (f"{room(regenboog)}nieuw/?from=tryout:{value}", {**SENT, "goal": value}),
            (at(regenboog, tryout, "aanpassen/"), {**SENT, "seen": value}),
        ):
            assert client.post(address, sent).status_code in {200, 302}, value
        for address in (f"?bladzijde={value}", f"nieuw/?from=tryout:{value}"):
            assert client.get(f"{room(regenboog)}{address}").status_code == 200, address
        assert client.get(f"{room(regenboog)}{value}/").status_code == 404, value


# Taking away


def test_what_is_taken_away_only_its_owner_sees_and_puts_back(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    tryout = concluded(regenboog, anna)
    browser(anna).post(at(regenboog, tryout, "weghalen/"))
    assert browser(bram).get(at(regenboog, tryout)).status_code == 404
    assert as_title(IDEA) not in page(browser, bram, room(regenboog))
    assert as_title(IDEA) in page(browser, anna, room(regenboog))
    assert "Je haalde dit weg" in page(browser, anna, at(regenboog, tryout))
    with pytest.raises(Refused, match="weggehaald"):
        tell(tryout)
    browser(anna).post(at(regenboog, tryout, "weghalen/"), {"terug": "1"})
    assert as_title(IDEA) in page(browser, bram, room(regenboog))


def test_what_waits_in_an_inbox_goes_and_comes_back_with_it(anna: User, bram: User, regenboog: Side) -> None:
    tryout = concluded(regenboog, anna)

    def unread() -> int:
        bram.refresh_from_db()
        return bram.unread

    before = unread()
    tryout.withdraw(by=regenboog.member(anna))
    assert unread() == before - 1
    tryout.restore(by=regenboog.member(anna))
    assert unread() == before
