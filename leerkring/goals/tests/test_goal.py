"""A goal: from a first sentence to what it yielded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Community, Notice, Record
from leerkring.engine.coach import coach
from leerkring.goals import ending, jobs, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import (
    AttainmentTarget,
    Change,
    Goal,
    Measure,
    Measurement,
    Statement,
    Yes,
)
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.network.models import Leadership
from leerkring.people.models import Away, User
from leerkring.ui.refusal import Overtaken, Refused
from tests.cast import NOW, Browser, Side

WHOLE = (
    "Op 21 mei 2027 legt 80% van de 26 leerlingen van groep 5 op het exit-ticket in eigen woorden uit waarom twee "
    "breuken gelijk zijn. Nu doet 35% dat."
)


def room(side: Side) -> str:
    return f"/plg/{side.community.pk}/doelen/"


def at(side: Side, goal: Goal, act: str = "") -> str:
    return f"{room(side)}{goal.pk}/{act}"


def a_goal(side: Side, user: User, *, whole: bool = True) -> Goal:
    """A draft; `whole`: with all seven parts."""
    member = side.member(user)
    goal = Goal.draft(by=member, text=WHOLE)
    if whole:
        goal.revise(
            by=member,
            seen=goal.revision,
            parts={
                "pupils": "groep 5, 26 leerlingen",
                "not_yet": "6 leerlingen die nog tellen",
                "product": "kaarten",
            },
        )
        a_measure(goal, side, user, target=80.0)
    return Goal.objects.get(pk=goal.pk)


def a_measure(goal: Goal, side: Side, user: User, *, target: float, baseline: float = 35.0) -> Measure:
    return measuring.begin(
        goal,
        by=side.member(user),
        measure=None,
        fields={"name": "exit-ticket", "kind": "share", "target": target},
        baseline=baseline,
        baseline_on=date(2026, 9, 8),
    )


def adopted(side: Side, *people: User) -> Goal:
    goal = a_goal(side, people[0])
    goal.ask(by=side.member(people[0]))
    for user in people[1:]:
        goal.agree(by=side.member(user))
    return Goal.objects.get(pk=goal.pk)


# A first sentence


def test_a_goal_begins_with_one_sentence_and_what_it_says_is_filled_in(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    answer = browser(anna).post(f"{room(regenboog)}nieuw/", {"text": WHOLE})
    goal = Goal.objects.get()
    assert answer.headers["Location"] == at(regenboog, goal)
    assert (goal.state, goal.pupils, goal.until) == ("draft", "groep 5", date(2027, 5, 21))
    assert Record.objects.get(kind="goal.drafted").data == {"about": goal.pk}


def test_the_coach_answers_without_scripts_and_keeps_nothing(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    page = browser(anna).post(
        f"{room(regenboog)}nieuw/", {"text": "We gaan meer aandacht geven aan lezen.", "kijk": "1"}
    )
    assert "<mark>" in page.content.decode()
    assert not Goal.objects.exists()


def test_the_coach_looks_along_while_someone_types(browser: Browser, anna: User, regenboog: Side) -> None:
    address = f"{room(regenboog)}kijk-mee/"
    vague = browser(anna).post(address, {"text": "De leesvaardigheid <b>verbeteren</b>"}).content.decode()
    assert "&lt;b&gt;" in vague
    assert "<mark>" in vague
    assert "concreet" in browser(anna).post(address, {"text": WHOLE}).content.decode()


def test_what_the_coach_finds_in_the_sentence_the_goal_itself_says_too(
    browser: Browser, anna: User, gert: User, regenboog: Side
) -> None:
    text = "In juni legt 70% van groep 5 een breuk uit met stroken."
    seen = browser(anna).post(f"{room(regenboog)}kijk-mee/", {"text": text}).content.decode()
    assert "<span>70%</span>" in seen
    browser(anna).post(f"{room(regenboog)}nieuw/", {"text": text})
    goal = Goal.objects.get()

    def part(reader: User, name: str) -> str:
        page = browser(reader).get(at(regenboog, goal)).content.decode()
        parts = page[page.index("Zeven delen") :]
        return next(li for li in parts.split("<li") if f"<strong>{name}</strong>" in li).partition("</li>")[0]

    assert "In de zin staat ‘70%’." in part(anna, "Streefdoel")
    assert f'href="{at(regenboog, goal)}waaraan/"' in part(anna, "Streefdoel")
    assert "<span>legt … uit</span>" in part(anna, "Wat kunnen ze dan")
    assert "In de zin" not in part(anna, "Begin")
    assert "Het is nog niet ingevuld." in part(gert, "Streefdoel")  # a guest fills in nothing
    a_measure(goal, regenboog, anna, target=70.0)
    assert "In de zin" not in part(anna, "Streefdoel")


def test_a_goal_follows_from_a_conversation(
    browser: Browser, anna: User, gert: User, regenboog: Side
) -> None:
    start = f"{room(regenboog)}nieuw/?from=conversation:{regenboog.conversation.pk}"
    address = f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/"
    assert start in browser(anna).get(address).content.decode()
    assert start not in browser(gert).get(address).content.decode()
    browser(anna).post(start, {"text": WHOLE})
    assert (
        regenboog.conversation.title in browser(anna).get(at(regenboog, Goal.objects.get())).content.decode()
    )


def test_the_same_sentence_sent_twice_is_one_goal(anna: User, regenboog: Side) -> None:
    first, second = (Goal.draft(by=regenboog.member(anna), text=WHOLE) for _ in range(2))
    assert first.pk == second.pk


def test_an_empty_sentence_comes_back(browser: Browser, anna: User, regenboog: Side) -> None:
    for text in ("", "  \n", "x" * 1001, "a\0b"):
        assert browser(anna).post(f"{room(regenboog)}nieuw/", {"text": text}).status_code == 200
    assert not Goal.objects.exists()


def test_a_guest_reads_goals_and_decides_nothing(
    browser: Browser, gert: User, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    assert browser(gert).get(at(regenboog, goal)).status_code == 200
    assert browser(gert).get(room(regenboog)).status_code == 200
    assert browser(gert).get(f"{room(regenboog)}nieuw/").status_code == 404
    assert browser(gert).post(at(regenboog, goal, "verder/")).status_code == 404


# Kun je hiermee verder?


def test_it_is_adopted_when_everyone_can_go_along(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    assert goal.waiting() == 1
    assert not Record.objects.filter(kind="goal.adopted").exists()
    goal.agree(by=regenboog.member(bram))
    record = Record.objects.get(kind="goal.adopted")
    assert record.data == {"about": goal.pk, "parts": 7, "owners": 3, "underserved": True}
    assert Goal.objects.get(pk=goal.pk).adopted_at == NOW


def test_the_last_one_to_say_yes_is_told_that_all_others_did(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    assert "Nog 1 collega zei nog niet ja." in browser(bram).get(at(regenboog, goal)).content.decode()
    goal.agree(by=regenboog.member(fatima))
    assert "Alle anderen zeiden ja." in browser(bram).get(at(regenboog, goal)).content.decode()
    assert "Nog 1 collega zei nog niet ja." in browser(anna).get(at(regenboog, goal)).content.decode()


def test_nobody_waits_for_who_is_away(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    Away.objects.create(
        user=bram,
        first_day=clock.today(),
        last_day=clock.today() + timedelta(days=9),
        planned_at=clock.now(),
    )
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    assert goal.state == Goal.State.ADOPTED


def test_who_leaves_is_not_waited_for(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    regenboog.member(bram).leave()
    assert Goal.objects.get(pk=goal.pk).state == Goal.State.ADOPTED


def test_a_change_is_put_to_everyone_again(fatima: User, anna: User, bram: User, regenboog: Side) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    goal.revise(by=regenboog.member(fatima), seen=goal.revision, parts={"product": "een spel"})
    assert [y.member for y in Yes.objects.all()] == [regenboog.member(fatima)]
    assert Notice.objects.filter(kind="goal.asked_anew", user=anna).exists()


def test_a_yes_is_to_what_was_read(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    address, read = at(regenboog, goal), Goal.objects.get(pk=goal.pk).revision
    assert f'name="ja" value="{read}"' in browser(bram).get(address).content.decode()
    goal.revise(by=regenboog.member(fatima), seen=read, parts={"product": "een spel"})
    client = browser(bram)
    answer = client.post(
        f"{address}verder/", {"ja": read}, headers={"Referer": f"http://testserver{address}"}
    )
    assert answer.headers["Location"].endswith(address)
    assert "intussen veranderd" in client.get(address).content.decode()
    assert not Yes.objects.filter(goal=goal, member=regenboog.member(bram)).exists()
    client.post(f"{address}verder/", {"ja": read + 1})
    assert Yes.objects.filter(goal=goal, member=regenboog.member(bram)).exists()


def test_who_is_asked_reads_that_it_changed_and_what_is_said_of_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    assert (
        "Het is veranderd sinds het voorlag." not in browser(fatima).get(at(regenboog, goal)).content.decode()
    )
    goal.revise(
        by=regenboog.member(bram), seen=Goal.objects.get(pk=goal.pk).revision, parts={"product": "spel"}
    )
    page = browser(fatima).get(at(regenboog, goal)).content.decode()
    assert "Het is veranderd sinds het voorlag." in page
    assert "<del>kaarten</del> <ins>spel</ins>" in page
    start = f"/plg/{regenboog.community.pk}/gesprekken/nieuw/?from=goal:{goal.pk}"
    said = {"purpose": "dilemma", "title": "Mijn bezwaar", "text": "Te vroeg."}
    talk = browser(bram).post(start, said).headers["Location"]
    page = browser(fatima).get(at(regenboog, goal)).content.decode()
    assert f'Hierover loopt een gesprek: <a href="{talk}">Mijn bezwaar</a>' in page


def test_a_measurement_of_few_pupils_is_refused_by_hand_too(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    sent = {"role": "later", "on": "2026-11-09", "value": "50", "n": "4", "note": "Eén van hen snapt het."}
    page = browser(anna).post(at(regenboog, goal, f"waaraan/{goal.measures.get().pk}/uitkomst/"), sent)
    assert "Met minder dan vijf zegt een uitkomst iets" in page.content.decode()
    assert not Measurement.objects.filter(role="later").exists()


def test_an_objection_is_a_conversation(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    page = browser(bram).get(at(regenboog, goal)).content.decode()
    assert f"gesprekken/nieuw/?from=goal%3A{goal.pk}" in page
    sent = {"purpose": "dilemma", "title": "Te vroeg", "text": "Eerst nog meten."}
    browser(bram).post(f"/plg/{regenboog.community.pk}/gesprekken/nieuw/?from=goal:{goal.pk}", sent)
    assert "Te vroeg" in browser(anna).get(at(regenboog, goal)).content.decode()
    assert goal.waiting() == 2


def test_a_yes_can_be_taken_back_until_it_is_adopted(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    goal.take_back(by=regenboog.member(anna))
    goal.agree(by=regenboog.member(fatima))
    goal.agree(by=regenboog.member(bram))
    assert goal.state == Goal.State.ASKED
    goal.agree(by=regenboog.member(anna))
    with pytest.raises(Refused):
        goal.take_back(by=regenboog.member(anna))


# Changes


def test_what_was_changed_after_adopting_is_seen(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    goal.revise(by=regenboog.member(bram), seen=goal.revision, parts={"until": date(2027, 6, 4)})
    change = Change.objects.get()
    assert (change.part, change.before, change.after) == ("until", "2027-05-21", "2027-06-04")
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "<del>21 mei 2027</del> <ins>4 juni 2027</ins>" in page
    assert Record.objects.get(kind="goal.changed").data == {
        "about": goal.pk,
        "parts": 7,
        "owners": 3,
        "underserved": True,
    }


def test_two_who_write_at_once_both_keep_their_words(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    seen = goal.revision
    goal.revise(by=regenboog.member(bram), seen=seen, parts={"pupils": "groep 5 en 6"})
    with pytest.raises(Overtaken):
        goal.revise(by=regenboog.member(anna), seen=seen, parts={"pupils": "groep 4"})
    sent = {"text": WHOLE, "pupils": "groep 4", "until": "2027-05-21", "revision": seen}
    page = browser(anna).post(at(regenboog, goal, "aanvullen/"), sent).content.decode()
    assert "groep 5 en 6" in page
    assert 'value="groep 4"' in page
    again = {**sent, "revision": Goal.objects.get(pk=goal.pk).revision}
    assert browser(anna).post(at(regenboog, goal, "aanvullen/"), again).status_code == 302
    assert Goal.objects.get(pk=goal.pk).pupils == "groep 4"


# The end


def concluding(**other: str) -> dict[str, str]:
    return {
        "decision": "keep",
        "yielded": "Uitleggen met kaarten werkt, ook bij wie nog telde.",
        "kept_where": "In de werkwijzer",
        "look_again_on": "2027-06-01",
        **other,
    }


def test_a_goal_is_concluded_with_what_it_yielded_and_how_it_is_kept(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measuring.set_down(
        goal.measures.get(),
        by=regenboog.member(bram),
        role=Measurement.Role.LATER,
        on=date(2026, 11, 9),
        value=82,
    )
    minder = str(regenboog.member(bram).pk)
    assert browser(anna).post(at(regenboog, goal, "afronden/"), concluding()).status_code == 200
    answer = browser(anna).post(at(regenboog, goal, "afronden/"), concluding(kept_by=minder))
    assert answer.headers["Location"] == at(regenboog, goal)
    assert Record.objects.get(kind="goal.concluded").data == {
        "about": goal.pk,
        "decision": Decision.KEEP,
        "evidence": True,
        "reached": True,
        "subgroups": False,
        "lowest_rose": False,
    }


def test_stopping_asks_for_no_place_to_keep_it(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    sent = {"decision": "stop", "yielded": "Het werkte niet."}
    assert browser(anna).post(at(regenboog, goal, "afronden/"), sent).status_code == 302
    assert Record.objects.get(kind="goal.concluded").data["evidence"] is False


def test_what_was_kept_is_looked_at_again_on_its_day(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    ending.conclude(
        goal,
        by=regenboog.member(anna),
        decision=Decision.KEEP,
        yielded="Het werkt.",
        look_again_on=date(2026, 12, 1),
    )
    with pytest.raises(Refused):
        ending.look_again(goal, by=regenboog.member(anna), in_use=True)
    with clock.at(NOW + timedelta(days=30)):
        assert "Doen jullie het nog zo?" in browser(bram).get(at(regenboog, goal)).content.decode()
        browser(bram).post(at(regenboog, goal, "terugkijken/"), {"nog": "ja"})
    assert Record.objects.get(kind="goal.checked").data == {"about": goal.pk, "in_use": True}


def kept(side: Side, *people: User, by: User | None) -> Goal:
    """Concluded, and to be looked at again on 1 December."""
    goal = adopted(side, *people)
    ending.conclude(
        goal,
        by=side.member(people[0]),
        decision=Decision.KEEP,
        yielded="Het werkt.",
        kept_by=side.member(by) if by else None,
        look_again_on=date(2026, 12, 1),
    )
    return Goal.objects.get(pk=goal.pk)


def _told() -> list[str]:
    """Who was told to look again."""
    return sorted(Notice.objects.filter(kind="goal.look_again").values_list("user__name", flat=True))


def _night(days: int) -> None:
    with clock.at(NOW + timedelta(days=days)):
        jobs.look_again(Run(Job(kind="goals.look_again")))


def test_who_minds_what_was_kept_is_told_once_when_its_day_has_come(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = kept(regenboog, anna, fatima, bram, by=bram)
    _night(20)
    assert _told() == []
    for days in (22, 23):  # the night of the day itself was missed
        _night(days)
        assert _told() == [bram.name]
    assert Notice.objects.get(kind="goal.look_again").thing_id == goal.pk


def test_when_nobody_minds_it_everyone_who_decides_is_told(
    gert: User, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    kept(regenboog, anna, fatima, bram, by=None)
    _night(21)
    assert _told() == sorted(user.name for user in (anna, bram, fatima))


def test_when_who_minds_it_left_everyone_who_decides_is_told(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    kept(regenboog, anna, fatima, bram, by=bram)
    regenboog.member(bram).leave()
    _night(21)
    assert _told() == sorted(user.name for user in (anna, fatima))


def test_what_a_colleague_looked_at_asks_nobody_any_more(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = kept(regenboog, anna, fatima, bram, by=None)
    _night(21)
    with clock.at(NOW + timedelta(days=21)):
        ending.look_again(goal, by=regenboog.member(anna), in_use=True)
    assert _told() == []
    _night(22)
    assert _told() == []


def test_what_ended_with_its_community_tells_nobody(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    kept(regenboog, anna, fatima, bram, by=bram)
    Community.objects.filter(pk=regenboog.community.pk).update(ended_at=NOW)
    _night(21)
    assert _told() == []


def test_vandaag_asks_who_minds_it_to_look_again_and_no_one_else(
    browser: Browser, gert: User, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = kept(regenboog, anna, fatima, bram, by=bram)

    def asks(user: User, days: int) -> bool:
        with clock.at(NOW + timedelta(days=days)):
            page = browser(user).get(f"/plg/{regenboog.community.pk}/").content.decode()
        return "Doen jullie het nog zo?" in page

    assert [asks(user, 21) for user in (bram, anna, gert)] == [True, False, False]
    assert not asks(bram, 20)
    Goal.objects.update(kept_by=None)
    regenboog.community.touch()
    assert [asks(user, 21) for user in (bram, anna, gert)] == [True, True, False]
    with clock.at(NOW + timedelta(days=21)):
        ending.look_again(goal, by=regenboog.member(anna), in_use=True)
    assert not asks(bram, 21)


def test_vandaag_tells_that_a_goal_lies_before_the_group(
    browser: Browser, gert: User, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    assert Record.objects.get(kind="goal.asked").data == {"about": goal.pk}
    page = browser(gert).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert "voorgelegd aan de groep: kun je hiermee verder?" in page


# What one may do


def test_a_gap_in_the_thread_leads_a_guest_nowhere(
    browser: Browser, gert: User, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = goal.measures.get()
    for way in (f"waaraan/{measure.pk}/uitkomst/", "afronden/"):
        assert at(regenboog, goal, way) in browser(anna).get(at(regenboog, goal)).content.decode()
    page = browser(gert).get(at(regenboog, goal)).content.decode()
    assert "kijk waar ze nu staan" in page
    assert at(regenboog, goal, "waaraan/") not in page
    assert at(regenboog, goal, "afronden/") not in page


def test_a_goal_can_be_seen_by_more_than_one_thing(browser: Browser, anna: User, regenboog: Side) -> None:
    goal = a_goal(regenboog, anna)
    assert (
        f'href="{at(regenboog, goal, "waaraan/")}"' in browser(anna).get(at(regenboog, goal)).content.decode()
    )
    browser(anna).post(at(regenboog, goal, "waaraan/"), {"name": "gesprekje", "kind": "share"})
    page = browser(anna).get(at(regenboog, goal)).content.decode()
    assert "<h2>exit-ticket</h2>" in page
    assert "<h2>gesprekje</h2>" in page


# What it costs


def test_a_goal_in_any_state_and_vandaag_cost_fifteen_queries_at_most(
    browser: Browser,
    fatima: User,
    anna: User,
    bram: User,
    regenboog: Side,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ended = kept(regenboog, anna, fatima, bram, by=None)
    with clock.at(NOW + timedelta(hours=2)):
        running = adopted(regenboog, anna, fatima, bram)
    with clock.at(NOW + timedelta(hours=4)):
        asked = a_goal(regenboog, anna)
        asked.ask(by=regenboog.member(anna))
    older = AttainmentTarget.objects.create(uid=uuid4(), code="1", title="Rekenen")
    older.replaced_by.add(AttainmentTarget.objects.create(uid=uuid4(), code="2", title="Rekenen"))
    for goal in (ended, running, asked):
        goal.attainment.add(older)
        goal.owners.add(regenboog.member(bram), regenboog.member(anna))
        talk = ("conversation", regenboog.conversation.pk)
        for new, old in ((("goal", goal.pk), talk), (talk, ("goal", goal.pk))):
            follows = thread.find(anna, f"{old[0]}:{old[1]}")
            assert follows
            thread.tie(new, follows=follows)
    with clock.at(NOW + timedelta(days=21)):
        client = browser(bram)
        for goal in (ended, running, asked):
            client.get(at(regenboog, goal))
            with django_assert_max_num_queries(15):
                assert client.get(at(regenboog, goal)).status_code == 200
        client.get(f"/plg/{regenboog.community.pk}/")
        with django_assert_max_num_queries(15):
            page = client.get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert all(
        f"<h2>{heading}</h2>" in page
        for heading in ("Kun je verder met dit doel?", "Doen jullie het nog zo?", "Hier werken we aan")
    )


# What is refused


@pytest.mark.parametrize("form", ["new", "edit", "conclude", "drop", "measure", "value", "write"])
def test_what_is_refused_is_said_above_the_form_with_what_was_typed(
    form: str,
    browser: Browser,
    fatima: User,
    anna: User,
    bram: User,
    regenboog: Side,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = goal.measures.get()
    typed = "Dit typte ik met zorg."
    where, verb, path, sent = {
        "new": (Goal, "draft", f"{room(regenboog)}nieuw/", {"text": typed}),
        "edit": (Goal, "revise", at(regenboog, goal, "aanvullen/"), {"text": typed, "revision": "0"}),
        "conclude": (
            ending,
            "conclude",
            at(regenboog, goal, "afronden/"),
            {"decision": "stop", "yielded": typed},
        ),
        "drop": (ending, "drop", at(regenboog, goal, "loslaten/"), {"because": typed}),
        "measure": (
            measuring,
            "begin",
            at(regenboog, goal, f"waaraan/{measure.pk}/"),
            {"name": typed, "kind": "share"},
        ),
        "value": (
            measuring,
            "set_down",
            at(regenboog, goal, f"waaraan/{measure.pk}/uitkomst/"),
            {"role": "later", "on": "2026-11-09", "value": "60", "note": typed},
        ),
        "write": (
            Statement,
            "write",
            f"/plg/{regenboog.community.pk}/samen/visie/schrijven/",
            {"text": typed, "seen": "0"},
        ),
    }[form]

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise Refused("Een collega was je net voor.")

    monkeypatch.setattr(where, verb, refuse)
    answer = browser(anna).post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Een collega was je net voor." in page
    assert typed in page


@pytest.mark.parametrize("act", ["edit", "conclude", "drop", "value", "measure", "file"])
def test_what_is_sent_to_a_goal_that_a_colleague_just_ended_is_refused_and_not_lost(
    act: str, browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = goal.measures.get().pk
    typed = "Dit typte ik met zorg."
    path, sent = {
        "edit": ("aanvullen/", {"text": typed, "revision": goal.revision}),
        "conclude": ("afronden/", {"decision": "stop", "yielded": typed}),
        "drop": ("loslaten/", {"because": typed}),
        "value": (
            f"waaraan/{measure}/uitkomst/",
            {"role": "later", "on": "2026-11-09", "value": "60", "note": typed},
        ),
        "measure": (f"waaraan/{measure}/", {"name": typed, "kind": "share"}),
        "file": (
            f"waaraan/{measure}/bestand/",
            {
                "role": "later",
                "on": "2026-11-09",
                "note": typed,
                "pasted": "code;score\n" + "".join(f"L{n};{n % 7}\n" for n in range(9)),
                "code": "code",
                "value": "score",
                "bewaar": "1",
            },
        ),
    }[act]
    Measure.objects.filter(pk=measure).update(threshold=5)
    ending.drop(goal, by=regenboog.member(bram), because="Te druk.")
    answer = browser(anna).post(at(regenboog, goal, path), sent)
    assert answer.status_code == 200
    assert typed in answer.content.decode()
    assert 'class="problems"' in answer.content.decode()
    again = browser(anna).get(at(regenboog, goal, path), follow=True)
    assert "Dit doel is losgelaten." in again.content.decode()


def test_a_day_at_the_end_of_time_is_refused_and_breaks_no_page(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna, whole=False)
    sent = {"text": WHOLE, "until": "9999-12-31", "revision": goal.revision}
    page = browser(anna).post(at(regenboog, goal, "aanvullen/"), sent).content.decode()
    assert "Kies een dag tussen 2000 en 2100." in page
    measuring.name_measure(goal, by=regenboog.member(anna), fields={"name": "toets", "target": 80.0})
    Goal.objects.filter(pk=goal.pk).update(until=date.max)
    assert browser(anna).get(at(regenboog, goal)).status_code == 200


def test_where_the_coach_asks_nothing_the_outcome_is_there(anna: User, regenboog: Side) -> None:
    text = (
        "Duits, 4 mavo. Inchecken aan een hotelbalie in 8 zinnen, zonder spiekbriefje: nu 6 van de 24, op 9 april 2027"
        " 20 van de 24. Rollenspel, beoordeeld met de kaart van de methode."
    )
    goal = Goal.draft(by=regenboog.member(anna), text=text)
    assert goal.parts["outcome"] == (not {r.rule for r in coach(text)} & {"outcome", "vague", "activity"})
    assert not Goal.draft(by=regenboog.member(anna), text="Ze begrijpen breuken beter.").parts["outcome"]


def test_who_is_away_is_told_why_the_group_does_not_wait_for_their_yes(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    Away.objects.create(user=bram, first_day=clock.today(), last_day=clock.today(), planned_at=clock.now())
    with pytest.raises(Refused, match="afwezig"):
        goal.agree(by=regenboog.member(bram))


def test_a_goal_is_let_go_with_a_reason_and_can_be_taken_up_again(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    assert browser(anna).post(at(regenboog, goal, "loslaten/"), {"because": ""}).status_code == 200
    browser(anna).post(at(regenboog, goal, "loslaten/"), {"because": "Te groot voor dit jaar."})
    assert Record.objects.filter(kind="goal.dropped").exists()
    assert "Te groot voor dit jaar." in browser(bram).get(at(regenboog, goal)).content.decode()
    browser(bram).post(at(regenboog, goal, "oppakken/"))
    assert Goal.objects.get(pk=goal.pk).state == Goal.State.DRAFT


def test_three_goals_at_once_is_said_to_be_many(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    for number in range(3):
        with clock.at(NOW + timedelta(hours=2 * number)):
            adopted(regenboog, anna, fatima, bram)
    assert "Drie doelen of meer" in browser(anna).get(room(regenboog)).content.decode()


def test_the_number_that_waits_is_not_told_to_who_leads(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    goal.ask(by=regenboog.member(anna))
    assert "Nog 2 collega" in browser(anna).get(at(regenboog, goal)).content.decode()
    since = date(2026, 8, 1)
    Leadership.objects.create(school=regenboog.school, user=fatima, since=since, function="appraiser")
    assert "Nog 2 collega" not in browser(fatima).get(at(regenboog, goal)).content.decode()


def test_what_is_done_is_not_tied_to_a_national_target_any_more(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    target = AttainmentTarget.objects.create(uid="0c1a2b3c-0000-4000-8000-000000000001", title="Lezen")
    goal = adopted(regenboog, anna, fatima, bram)
    ending.conclude(goal, by=regenboog.member(anna), decision=Decision.STOP, yielded="Genoeg.")
    browser(anna).post(at(regenboog, goal, "kerndoelen/"), {"kies": str(target.pk)})
    assert not goal.attainment.exists()
    with pytest.raises(Refused):
        goal.tie(target, by=regenboog.member(anna))


def test_who_was_overtaken_reads_who_carries_it_now(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    goal.revise(by=regenboog.member(bram), seen=goal.revision, parts={}, owners=[regenboog.member(fatima)])
    page = browser(anna).post(at(regenboog, goal, "aanvullen/"), {"text": "Anders.", "revision": "0"})
    told = page.content.decode().split('class="problems"')[1].split("</section>")[0]
    assert fatima.name in told


# How it looks


def test_the_bar_says_that_goals_vision_and_agreements_are_one_room(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, anna)
    for address in (room(regenboog), at(regenboog, goal), f"/plg/{regenboog.community.pk}/samen/visie/"):
        bar = browser(anna).get(address).content.decode().split("</nav>")[0]
        assert re.search(rf'href="{room(regenboog)}" aria-current="(page|true)"', bar), address


def test_no_round_button_is_without_words(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    measure = goal.measures.get()
    for part in ("afronden/", f"waaraan/{measure.pk}/uitkomst/", f"waaraan/{measure.pk}/bestand/"):
        page = browser(anna).get(at(regenboog, goal, part)).content.decode()
        assert 'type="radio"' in page
        assert "-----" not in page


def test_what_is_needed_to_keep_it_is_not_called_needless(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    goal = adopted(regenboog, anna, fatima, bram)
    page = browser(anna).get(at(regenboog, goal, "afronden/")).content.decode()
    assert "hoeft niet" not in page
    assert "Beantwoord dan ook de laatste drie vragen" in page
