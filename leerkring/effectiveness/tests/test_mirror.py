"""The mirror on what people do here: it moves when something happens, and shows what it rests on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from leerkring import clock
from leerkring.communities import erasing
from leerkring.communities.happenings import KINDS, ContactReported, Role
from leerkring.effectiveness import kept, mirror, words
from leerkring.effectiveness.evidence import found
from leerkring.effectiveness.gathering import FEED_ONLY, GATHERED
from leerkring.effectiveness.page import Fact
from leerkring.engine.advice import Advice
from leerkring.engine.assessment import IndicatorResult
from leerkring.engine.indicators import INDICATORS
from leerkring.goals.models import Goal
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.knowledge.vanishing import vanish_conversation, vanish_outdated
from leerkring.meetings.models import Meeting
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.making import planned
from leerkring.network.words import GENERAL
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side


def fact(side: Side, key: str, period: str = "12") -> IndicatorResult:
    community = side.community
    community.refresh_from_db()
    criteria = mirror.mirror_of(community, period).assessment.criteria.values()
    return next(row for result in criteria for row in result.indicators if row.key == key)


def test_a_reply_moves_the_mirror(regenboog: Side, fatima: User) -> None:
    before = fact(regenboog, "replies")
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Ik gebruik linten.")
    after = fact(regenboog, "replies")
    assert (before.successes, after.successes) == (1, 2)


def test_thanks_are_no_evidence(regenboog: Side, bram: User) -> None:
    before = mirror.mirror_of(regenboog.community).assessment
    regenboog.opening.help(by=regenboog.member(bram))
    assert mirror.mirror_of(regenboog.community).assessment == before


def test_a_guest_is_not_counted_as_a_member(regenboog: Side, gert: User) -> None:
    assert mirror.mirror_of(regenboog.community).assessment.members == 3
    regenboog.member(gert).become(Role.MEMBER)
    assert mirror.mirror_of(regenboog.community).assessment.members == 4


def test_what_no_room_records_is_too_little_evidence_and_never_zero(regenboog: Side) -> None:
    for key in ("interactions", "findings", "insights_raised", "goals_complete"):
        row = fact(regenboog, key)
        assert (row.enough, row.value) == (False, None), key


def test_only_a_community_with_contacts_from_a_file_shows_them(
    regenboog: Side, baken: Side, anna: User
) -> None:
    baken.community.join(anna)  # two are too few for figures
    one, other, _anna = (member.as_actor for member in baken.community.memberships.all())
    with transaction.atomic():
        baken.community.record(ContactReported(actor=one, counterpart=other), at=NOW - timedelta(days=3))
    assert fact(baken, "interactions").successes == 1
    assert not fact(regenboog, "interactions").enough


def test_kept_facts_are_the_same_as_those_read_anew(
    regenboog: Side, anna: User, bram: User, olga: User
) -> None:
    """Taking in line by line, while people come, leave and come back, gives what reading all at once gives."""
    regenboog.community.join(olga)  # so that three remain when Bram leaves
    member = regenboog.member(bram)
    mirror.mirror_of(regenboog.community)
    for number in range(6):
        regenboog.conversation.reply(by=regenboog.member(anna), text=f"Ronde {number}")
        if number == 2:
            member.leave()
        if number == 4:
            regenboog.community.join(bram)
        mirror.mirror_of(regenboog.community)
    warm = mirror.mirror_of(regenboog.community)
    kept.forget_all()
    anew = mirror.mirror_of(regenboog.community)
    assert (warm.assessment, warm.advice, warm.network, warm.acts) == (
        anew.assessment,
        anew.advice,
        anew.network,
        anew.acts,
    )


def test_another_calendar_is_counted_anew(regenboog: Side) -> None:
    before = mirror.mirror_of(regenboog.community).assessment.window
    regenboog.school.keep_holiday(name="studieweek", first_day=date(2026, 11, 2), last_day=date(2026, 11, 8))
    regenboog.community.school.refresh_from_db()
    after = mirror.mirror_of(regenboog.community).assessment.window
    assert (len(before.weeks), len(after.weeks)) == (2, 1)


def test_a_community_that_stopped_is_seen_up_to_its_last_act(regenboog: Side) -> None:
    with clock.at(NOW + timedelta(days=400)):
        window = mirror.mirror_of(regenboog.community).assessment.window
    assert window.until == date(2026, 11, 3)


def test_every_period_can_be_asked_for_on_every_day_of_the_year(regenboog: Side) -> None:
    for day in range(0, 366, 9):
        with clock.at(NOW + timedelta(days=day)):
            for period in mirror.PERIODS:
                assert mirror.mirror_of(regenboog.community, period).assessment.window.weeks


def test_the_evidence_is_the_things_behind_the_figure(browser: Browser, anna: User, regenboog: Side) -> None:
    page = f"/plg/{regenboog.community.pk}/spiegel/cijfer/"
    answer = browser(anna).get(page + "questions_answered/").content.decode()
    assert "Hoe leg je een halve uit?" in answer
    assert "Onze kast met breukstokken" not in answer
    assert "Bram Jansen" not in answer.split("<main", 1)[1]


def test_a_guest_has_no_mirror(browser: Browser, gert: User, regenboog: Side) -> None:
    for page in ("", "G2a/", "cijfer/replies/"):
        assert browser(gert).get(f"/plg/{regenboog.community.pk}/spiegel/{page}").status_code == 404
    assert "spiegel" not in browser(gert).get(f"/plg/{regenboog.community.pk}/").content.decode()


def test_only_steps_of_rooms_that_are_there_are_advised() -> None:
    """No product before there is a room for it; the others begin in a meeting or a room."""
    assert {
        "ten_minute_visit",
        "goal_session",
        "work_on_goal",
        "measure_goal",
        "vision_dialogue",
        "name_underserved",
        "fixed_slot",
        "round",
        "answer_each_other",
        "ask_a_colleague",
        "next_meeting",
        "work_form",
        "more_content",
        "material_at_hand",
        "stimulated_recall",
        "say_why",
        "ask_when_not",
        "close_an_inquiry",
        "shared_assessment",
        "share_one",
        "expert_guest",
    } == mirror.OPEN_STEPS


def advised(monkeypatch: pytest.MonkeyPatch, side: Side, advice: Advice) -> None:
    monkeypatch.setattr(mirror, "advise", lambda *_a, **_k: advice)
    kept.forget_all()  # what was advised a moment ago
    side.community.touch()


def test_every_step_that_is_open_begins_on_a_page_that_is_there(
    browser: Browser, fatima: User, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in sorted(mirror.OPEN_STEPS):
        advice = Advice("weak", "topic", key, "G2b", f"advice.{key}")
        advised(monkeypatch, regenboog, advice)
        for user in (fatima, anna):
            page = browser(user).get(f"/plg/{regenboog.community.pk}/spiegel/").content.decode()
            call = page.split('class="call"', 1)[1]
            assert "%(" not in call.split("</section>", 1)[0], key
            start = call.split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
            assert browser(user).get(start).status_code == 200, (key, user)


def begins(browser: Browser, user: User, side: Side) -> str:
    """What the page says on which the next step begins."""
    page = browser(user).get(f"/plg/{side.community.pk}/spiegel/").content.decode()
    start = page.split('class="call"', 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    return browser(user).get(start).content.decode()


def test_a_step_that_has_no_room_yet_begins_as_a_conversation(
    browser: Browser, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = Advice("weak", "topic", "work_form", "G2b", "advice.work_form")
    monkeypatch.setattr(mirror, "advise", lambda *_a, **_k: advice)
    assert str(words.STEPS["work_form"].title) in begins(browser, anna, regenboog)


def test_who_leads_plans_the_step_with_its_topic_and_work_form(
    browser: Browser, fatima: User, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = Advice("weak", "explicit", "stimulated_recall", "G2c", "advice.stimulated_recall")
    monkeypatch.setattr(mirror, "advise", lambda *_a, **_k: advice)
    page = browser(fatima).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert "Plan het in een bijeenkomst" in page
    assert 'value="Vertel elkaar hoe je het doet"' in begins(browser, fatima, regenboog)
    start = re.search(r'href="([^"]*werkvorm=[^"]*)"', page)
    assert start
    day = {"topic": "Vertellen", "how": "day", "on": "2026-11-24", "begins": "15:30", "minutes": "60"}
    browser(fatima).post(start[1].replace("&amp;", "&"), day)
    assert Meeting.objects.get().items.get().workform == "zo-doe-ik-het"
    # It stands on the agenda; where another meeting comes first, that is where it is put.
    there = f"/plg/{regenboog.community.pk}/bijeenkomsten/{Meeting.objects.get().pk}/"
    for user in (fatima, anna):
        for address in ("", "spiegel/"):
            page = browser(user).get(f"/plg/{regenboog.community.pk}/{address}").content.decode()
            assert f'href="{there}">Naar de bijeenkomst' in page
    Meeting.objects.get().items.all().delete()
    regenboog.community.touch()
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/").content.decode()
    assert "Leg het de groep voor" in page
    assert "Plan het in een bijeenkomst" not in page
    page = browser(fatima).get(f"/plg/{regenboog.community.pk}/").content.decode()
    start = re.search(r'href="([^"]*)">Zet het op de agenda', page)
    assert start
    chosen = browser(fatima).get(start[1]).content.decode()
    assert '<option value="zo-doe-ik-het" selected>' in chosen
    assert re.search(r'<input type="number" name="minutes" value="30"', chosen)


def test_who_has_a_next_meeting_is_led_to_it_and_not_told_to_plan_one(
    browser: Browser, fatima: User, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = Advice("evidence", "topic", "next_meeting", "G2b", "advice.next_meeting.evidence")
    advised(monkeypatch, regenboog, advice)
    pages = ("", "spiegel/")

    def told(user: User, page: str) -> str:
        found = browser(user).get(f"/plg/{regenboog.community.pk}/{page}").content.decode()
        return found.split('class="call"', 1)[1].partition("</section>")[0]

    for page in pages:
        assert "plan een volgende bijeenkomst" in told(fatima, page)
    meeting = planned(regenboog, fatima)
    for user in (fatima, anna):
        for page in pages:
            step = told(user, page)
            assert "Volgende stap: bereid de volgende bijeenkomst voor" in step
            assert (
                f'href="/plg/{regenboog.community.pk}/bijeenkomsten/{meeting.pk}/">Naar de bijeenkomst'
                in step
            )


def test_the_page_behind_why_this_step_says_why(
    browser: Browser, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    guests = mirror.mirror_of(regenboog.community).assessment.criteria["C8"].descriptors[1]
    assert guests.key == "guests"
    guests = replace(guests, state="absent", value=0.0)
    # What is known to be absent is not said to be too little to see, where activity gives no place.
    advice = Advice("evidence", "outward", "expert_guest", "C8", "advice.expert_guest", guests)
    advised(monkeypatch, regenboog, advice)
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/C8/?over=12").content.decode()
    said = page.split("Waarom deze stap?", 1)[1].partition("</section>")[0]
    assert "De volgende stap is nu: vraag iemand van buiten. Die hoort bij ‘Gasten’." in said
    # The step says what was looked at, and how it was chosen.
    assert "0 gasten waren bij een bijeenkomst van tien minuten of langer." in said
    assert "tijd, vertrouwen, doelen, contact" in said
    assert "Dit is het eerste in die rij dat nog niet op gang is." in said
    other = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/G1/?over=12").content.decode()
    assert "Waarom deze stap?" not in other


def test_the_figure_that_the_step_quotes_is_not_folded_away(
    browser: Browser, anna: User, regenboog: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rule, step, criterion, unfolded in (
        ("outward", "expert_guest", "C8", True),
        ("goals", "goal_session", "G1", False),
    ):
        advised(monkeypatch, regenboog, Advice("weak", rule, step, criterion, f"advice.{step}"))
        page = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/").content.decode()
        assert ('<details class="card" open>' in page) is unfolded


def test_every_step_names_a_work_form_that_the_house_has() -> None:
    named = {step.form for step in words.STEPS.values() if step.form}
    assert named <= set(shipped())
    assert len(named) >= 6


def test_a_goal_begins_in_its_room(browser: Browser, anna: User, regenboog: Side) -> None:
    step = mirror.advice_for(regenboog.community)[0].step
    assert step == "goal_session"
    assert "Schrijf de eerste zin" in begins(browser, anna, regenboog)
    Goal.draft(by=regenboog.member(anna), text="Lezen.")
    assert "Lezen." in begins(browser, anna, regenboog)


def test_what_a_line_rests_on_opens_over_the_same_period(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/?over=4").content.decode()
    to_criteria = re.findall(r'href="(/plg/\d+/spiegel/[^/"]+/[^"]*)"', page)
    assert len(to_criteria) > 6
    assert all(address.endswith("/?over=4") for address in to_criteria)


def test_only_a_share_says_of_how_many_it_is_while_that_is_too_few(regenboog: Side) -> None:
    count, share = (Fact(fact(regenboog, key), GENERAL, 3) for key in ("findings", "questions_answered"))
    assert (count.known, count.basis) == (False, "")
    assert (share.known, share.basis) == (False, f"n = {share.result.n}")


def test_nothing_that_is_counted_is_said_to_be_less_than_none(regenboog: Side) -> None:
    minutes = replace(fact(regenboog, "visits"), unit="minutes", low=-36.2, high=105.0)
    assert Fact(minutes, GENERAL, 9).interval == "0–105"
    percent = replace(minutes, unit="percent")
    assert Fact(percent, GENERAL, 9).interval == "-36–105"


def test_of_three_members_there_are_figures_about_things_and_none_about_members(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    """Of three, 33% is a person."""
    assert mirror.mirror_of(regenboog.community).assessment.members == 3
    assert fact(regenboog, "replies").value == 1
    told = "Dit gaat over leden. We laten het zien als er in de periode minstens vijf waren."
    for key in ("took_part", "both_ways", "density", "reciprocity"):
        row = fact(regenboog, key)
        assert (row.enough, row.n, row.successes) == (False, 0, 0), key
        page = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/cijfer/{key}/").content.decode()
        assert told in page, key
    assert told in browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/G2a/").content.decode()


def test_the_same_people_counted_again_are_no_surer_and_the_page_says_so(
    browser: Browser, regenboog: Side, anna: User, bram: User, fatima: User, olga: User, piet: User
) -> None:
    """Twelve weeks have three times the n of four, and the same interval: it is that of the people."""
    with clock.at(NOW + timedelta(days=7)):
        together(regenboog, bram, fatima, olga, piet)
        for weeks in range(13):
            with clock.at(NOW + timedelta(days=7 * weeks)):
                for user in (anna, bram, fatima):
                    regenboog.conversation.reply(by=regenboog.member(user), text=f"Week {weeks}")
    with clock.at(NOW + timedelta(days=84)):
        short, long = fact(regenboog, "took_part", "4"), fact(regenboog, "took_part", "12")
        assert (short.n, short.units, long.n, long.units) == (5, 1, 15, 3)
        address = f"/plg/{regenboog.community.pk}/spiegel/"
        page = browser(anna).get(f"{address}G2a/?over=12").content.decode()
        assert "gemiddeld 5 leden, in 3 perioden van vier schoolweken" in page
        assert page.count("De n zegt hoeveel we er telden.") == 1
        figure = browser(anna).get(f"{address}cijfer/took_part/?over=12").content.decode()
        assert figure.count("De n zegt hoeveel we er telden.") == 1
        assert "Dit getal telt per vier schoolweken elk lid één keer" in figure


def together(side: Side, *people: User) -> None:
    """All take part, and answer in the conversation there is; who began it counts as one of them."""
    for user in people:
        if not side.community.memberships.filter(user=user).exists():
            side.community.join(user)
        side.conversation.reply(by=side.member(user), text=f"{user.name} denkt mee.")


def test_of_five_members_there_are_figures_about_members_too(
    regenboog: Side, bram: User, fatima: User, olga: User, piet: User
) -> None:
    together(regenboog, bram, fatima, olga, piet)
    assert fact(regenboog, "took_part").value == 1
    assert fact(regenboog, "density").successes == 4


def test_the_picture_of_a_group_at_work_shows_who_was_in_contact_and_nobody_alone(
    browser: Browser,
    anna: User,
    bram: User,
    fatima: User,
    olga: User,
    piet: User,
    gert: User,
    regenboog: Side,
) -> None:
    address = f"/plg/{regenboog.community.pk}/spiegel/"
    regenboog.member(gert).become(Role.MEMBER)  # who says nothing at first
    together(regenboog, bram, fatima, olga)
    assert mirror.mirror_of(regenboog.community).network is None
    assert "als er minstens vijf leden op staan" in browser(anna).get(address).content.decode()
    together(regenboog, piet)
    assert mirror.mirror_of(regenboog.community).network is None  # one dot less than there are members
    together(regenboog, gert)
    network = mirror.mirror_of(regenboog.community).network
    assert network is not None
    assert len(network.members) == 6
    page = browser(anna).get(address).content.decode()
    picture = page.split("Wie met wie in gesprek was</h2>", 1)[1].split("</section>", 1)[0]
    assert picture.count("<svg") == 3
    assert picture.count('class="node"') == 3 * 6
    for said in ("zonder contact", "met niemand contact", "brug", "schakel", "Aantal contacten"):
        assert said not in picture, said


def test_a_group_at_work_has_no_page_for_figures_about_a_few(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    for key in ("isolates", "centralisation"):
        address = f"/plg/{regenboog.community.pk}/spiegel/cijfer/{key}/"
        assert browser(anna).get(address).status_code == 404
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/spiegel/G2a/").content.decode()
    assert "Nog geen contact" not in page
    assert "Centralisatie" not in page


def test_what_is_counted_says_from_how_many_and_what_only_of_a_file(browser: Browser) -> None:
    page = browser(None).get("/wat-telt-mee/").content.decode()
    rows = {key: page.split(f'id="{key}"', 1)[1].split("</tr>", 1)[0] for key in INDICATORS}
    for key, row in INDICATORS.items():
        assert ("vanaf vijf leden" in rows[key]) is (row.of_members and not row.of_few), key
        assert ("alleen van een bestand" in rows[key]) is row.of_few, key
    assert "Met minder dan drie leden zijn er geen cijfers" in page


def test_every_kind_of_happening_is_gathered_or_told_only() -> None:
    assert set(KINDS) == set(GATHERED) | FEED_ONLY
    assert not set(GATHERED) & FEED_ONLY


def test_a_question_answered_after_ten_school_days_is_late(regenboog: Side, anna: User, bram: User) -> None:
    with clock.at(NOW - timedelta(days=60)):
        late = Conversation.open(
            by=regenboog.member(anna), title="Wie heeft linten?", purpose=Purpose.QUESTION, text="Ik zoek er."
        )
    late.reply(by=regenboog.member(bram), text="Ik, in de kast.")
    row = fact(regenboog, "questions_answered")
    assert (row.successes, row.n) == (1, 2)


def test_a_question_of_yesterday_is_not_yet_without_an_answer(regenboog: Side, anna: User) -> None:
    before = fact(regenboog, "questions_answered")
    with clock.at(NOW - timedelta(days=1)):
        Conversation.open(
            by=regenboog.member(anna), title="Wie heeft linten?", purpose=Purpose.QUESTION, text="Ik zoek."
        )
    after = fact(regenboog, "questions_answered")
    assert (after.successes, after.n) == (before.successes, before.n) == (1, 1)


def test_before_there_was_a_community_nobody_was_silent(regenboog: Side) -> None:
    window = mirror.mirror_of(regenboog.community).assessment.window
    assert window.from_ == regenboog.community.created_at.date()
    assert len(window.weeks) == 2


def test_what_was_taken_away_goes_on_counting_and_is_no_evidence_to_open(regenboog: Side, anna: User) -> None:
    before = mirror.behind(regenboog.community, "conversations", "12")
    talk = ("conversation", regenboog.conversation.pk)
    assert talk in found(anna, before.pieces).things
    regenboog.conversation.remove(by=regenboog.member(anna))
    after = mirror.behind(regenboog.community, "conversations", "12")
    assert talk not in found(anna, after.pieces).things
    for key in ("conversations", "replies"):
        (was, now) = (
            next(row for row in seen.assessment.criteria["G2a"].indicators if row.key == key)
            for seen in (before, after)
        )
        assert now == was, key


# What is taken back


def asked_and_answered(side: Side) -> tuple[int, int]:
    """Of how many questions are answered, and how many there are; kept up to date and read anew it is the same."""
    kept_ = fact(side, "questions_helped")
    kept.forget_all()
    anew = fact(side, "questions_helped")
    assert kept_ == anew
    return anew.successes, anew.n


def waits_today(side: Side, browser: Browser, user: User) -> bool:
    page = browser(user).get(f"/plg/{side.community.pk}/").content.decode()
    waiting = page.split("Wachten op een antwoord</h2>", 1)[1].split("</section>", 1)[0]
    return "Hoe leg je een halve uit?" in waiting


def test_a_question_whose_only_answer_is_taken_back_waits_again_in_mirror_and_today(
    regenboog: Side, bram: User, fatima: User, browser: Browser
) -> None:
    """And when the answer is put back, it is answered again; when its words go for good, it waits for ever."""
    asked = regenboog.answer
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((1, 1), False)
    asked.withdraw(by=regenboog.member(bram))
    assert (fact(regenboog, "questions_answered").successes, fact(regenboog, "replies").successes) == (0, 1)
    assert mirror.behind(regenboog.community, "questions_answered", "12").pieces == ()
    assert (asked_and_answered(regenboog)[0], waits_today(regenboog, browser, fatima)) == (0, True)
    asked.restore(by=regenboog.member(bram))
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((1, 1), False)
    asked.withdraw(by=regenboog.member(bram))
    with clock.at(NOW + timedelta(days=31)):
        vanish_outdated()
        assert (asked_and_answered(regenboog)[0], waits_today(regenboog, browser, fatima)) == (0, True)


def test_a_question_answered_twice_stays_answered(
    regenboog: Side, bram: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Ik gebruik linten.")
    regenboog.answer.withdraw(by=regenboog.member(bram))
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((1, 1), False)


def test_a_conversation_taken_away_is_no_question_in_mirror_or_today_until_it_is_put_back(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    talk = regenboog.conversation
    talk.remove(by=regenboog.member(anna))
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((0, 0), False)
    Conversation.objects.get(pk=talk.pk).put_back(by=regenboog.member(anna))
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((1, 1), False)
    regenboog.answer.withdraw(by=regenboog.member(bram))
    Conversation.objects.get(pk=talk.pk).remove(by=regenboog.member(anna))
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((0, 0), False)
    Conversation.objects.get(pk=talk.pk).put_back(by=regenboog.member(anna))
    assert (asked_and_answered(regenboog)[0], waits_today(regenboog, browser, fatima)) == (0, True)


def test_a_conversation_that_went_for_good_is_no_question_any_more(
    regenboog: Side, fatima: User, browser: Browser
) -> None:
    """Also when it was not taken away first, as after a restored backup."""
    assert asked_and_answered(regenboog) == (1, 1)
    fact(regenboog, "questions_helped")
    vanish_conversation(regenboog.conversation.pk)
    assert (asked_and_answered(regenboog), waits_today(regenboog, browser, fatima)) == ((0, 0), False)
    assert fact(regenboog, "conversations").successes == 2


def test_an_answer_that_is_erased_with_its_author_is_none(
    regenboog: Side, bram: User, fatima: User, olga: User, browser: Browser
) -> None:
    regenboog.community.join(olga)  # so that three remain
    erasing.erase(bram, by=bram, texts_too=True)
    assert (asked_and_answered(regenboog)[0], waits_today(regenboog, browser, fatima)) == (0, True)
