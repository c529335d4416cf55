"""What one reads of a meeting afterwards: what was said and promised, what was laid together, and how long it took."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.insights.models import Trying, Worked
from leerkring.meetings.live.agenda import EXIT_QUESTIONS
from leerkring.meetings.minutes import Minutes
from leerkring.meetings.models import Agreement, ExitFigure, Note, Stage
from leerkring.meetings.tests.holding import MINUTE, Held, opened
from leerkring.meetings.tests.making import place, planned
from leerkring.meetings.tests.test_agreements import agreed, looking_back
from leerkring.meetings.tests.test_harvest import INSIGHT, with_every_step
from leerkring.people.models import User
from tests.cast import Browser, Side

DAY = timedelta(days=1)
#: It stood there as open, while everyone had pressed that it is carried over.
MOVED = "Schoof door naar de volgende keer"
TALK: dict[str, Any] = {"title": "Waarom haken ze af?", "minutes": 30, "kind": "content"}


def read(browser: Browser, held: Held, reader: User, *, after: timedelta = MINUTE) -> str:
    with clock.at(held.now + after):
        return browser(reader).get(place(held.side, held.meeting, "notulen/")).content.decode()


def test_an_insight_stands_there_with_why_and_who_tries_it_when(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram)
    held.to(fatima, "insights")
    insight = held(anna, "insight", **INSIGHT)
    held(bram, "try", insight=insight, on="2026-12-01")
    held(fatima, "try", insight=insight, on="2026-12-02")
    held(fatima, "close")
    page = read(browser, held, anna)
    assert '<p>want <span class="said">dan is het stil</span>' in page
    assert "Bram Jansen probeert dit op dinsdag 1 december" in page
    with clock.at(held.now + timedelta(days=8)):
        trying = Trying.objects.select_related("insight").get(member=regenboog.member(bram))
        trying.insight.tell(by=regenboog.member(bram), trying=trying, worked=Worked.YES, text="Het werkte")
    # Who told how it went, did it; nobody reads that a colleague did not come to it, not who it was either.
    for reader in (anna, fatima):
        page = read(browser, held, reader, after=timedelta(days=9))
        assert "Bram Jansen probeerde dit op dinsdag 1 december" in page
        assert "Fatima El Amrani probeer" not in page


def test_the_word_before_why_stands_there_once_also_for_who_typed_it(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    kees = held.by_name("Kees")
    held.to(fatima, "insights")
    held(anna, "insight", **{**INSIGHT, "why": "Want dan is het stil"})
    held(kees, "insight", **{**INSIGHT, "what": "ik wacht", "why": "omdat ze dan durven"})
    held(fatima, "close")
    page = read(browser, held, anna)
    assert '<p>want <span class="said">dan is het stil</span>' in page
    assert '<p>omdat <span class="said">ze dan durven</span>' in page


def test_what_a_guest_would_try_is_not_promised_for_ever(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    kees = held.by_name("Kees")
    held.to(fatima, "insights")
    insight = held(anna, "insight", **INSIGHT)
    held(kees, "try", insight=insight, on=(held.now + timedelta(days=2)).date().isoformat())
    held(fatima, "close")
    shown = [
        "Kees (gast) prob" in read(browser, held, anna, after=timedelta(days=days)) for days in (1, 2, 3)
    ]
    assert shown == [True, True, False]


def test_piles_have_their_name_and_what_got_most_dots_comes_first(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna, bram))
    held(fatima, "close")
    stage = Stage.objects.get(meeting=held.meeting, title="schrijf")
    cards = (
        ("Eerst tekenen", "Beeld", 0),
        ("Zonder groep", "", 1),
        ("Ieder een beurt", "Samen", 2),
        ("In tweetallen", "Samen", 3),
        ("Met stroken", "Beeld", 1),
    )
    for text, pile, dots in cards:
        Note.objects.create(stage=stage, text=text, pile=pile, dots=dots)
    page = read(browser, held, anna)
    shown = page[page.index("Wat we deden") :]
    order = ["Samen", "In tweetallen", "Ieder een beurt", "Beeld", "Met stroken", "Eerst tekenen"]
    order += ["De andere kaartjes", "Zonder groep"]
    places = [shown.index(text) for text in order]
    assert places == sorted(places)
    assert '<strong>Samen</strong> <span class="muted">5 stippen</span>' in shown
    assert '<strong>Beeld</strong> <span class="muted">1 stip</span>' in shown
    # What a pile got is said once; a card on its own says its own.
    assert re.findall(r"· (\d+ stip)", shown) == ["1 stip"]


def test_steps_of_which_nothing_is_left_stand_in_one_line(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TALK, {**TALK, "title": "Nog iets"}])
    held.to(fatima, "1")
    held.to(fatima, "2", after=12 * MINUTE)
    held(fatima, "close", after=3 * MINUTE)
    page = read(browser, held, anna)
    shown = page[page.index("Wat we deden") : page.index("Wie er waren")]
    assert "<h3>" not in shown
    assert "Gedaan, zonder iets op te schrijven: Waarom haken ze af? (12 min.), Nog iets (3 min.)" in shown


def did(page: str) -> str:
    return page[page.index("Wat we deden") : page.index("Wie er waren")]


def test_a_step_in_which_an_insight_or_an_agreement_was_written_left_something(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, bram, items=[TALK])
    held.to(fatima, "1")
    held.to(fatima, "insights", after=5 * MINUTE)
    insight = held(anna, "insight", **INSIGHT)
    held(bram, "limit", insight=insight, text="bij getallen boven 100%")
    held.to(fatima, "agreements")
    held(bram, "agreement", what="Bram maakt de kaarten", who=[held.people[bram].pk])
    held(fatima, "close")
    page = read(browser, held, anna)
    shown = did(page)
    only_held = shown[shown.index("Ook gedaan, zonder iets op te schrijven:") :]
    assert "Waarom haken ze af? (5 min.)" in only_held
    assert "Wat weten we nu?" not in only_held
    assert "Afspraken" not in only_held
    for part in ("Wat weten we nu?", "Afspraken"):
        assert f"Wat jullie opschreven, staat bij ‘{part}’." in shown
    # What is asked as "when does this not work" takes any answer.
    assert "Wanneer werkt dit niet? bij getallen boven 100%" in page


def test_what_became_of_earlier_agreements_stands_there(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    one, two, three = (agreed(regenboog, bram, what=f"Bram doet {n}") for n in ("één", "twee", "drie"))
    held = looking_back(regenboog, fatima, anna, bram)
    for agreement, became in ((one, "kept"), (two, "let_go"), (three, "carried")):
        held(anna, "settle", agreement=agreement.pk, became=became)
    held(fatima, "close")
    page = read(browser, held, anna)
    part = page[page.index("Er is niets afgesproken.") : page.index("Wat weten we nu?")]
    said = re.findall(r"<p>Bram doet (\w+)</p><p class=\"muted\"><strong>([^<]+)</strong>", part)
    assert set(said) == {("één", "Gedaan"), ("twee", "Losgelaten"), ("drie", MOVED)}
    # How it ends later is not of these minutes.
    with clock.at(held.now + timedelta(days=1)):
        three = Agreement.objects.get(pk=three.pk)
        three.take_along(planned(regenboog, fatima, starts_at=held.now + 7 * DAY), by=regenboog.member(bram))
    with clock.at(held.now + 2 * DAY):
        Agreement.objects.get(pk=three.pk).close(kept=True, by=regenboog.member(bram))
    assert f"<strong>{MOVED}</strong>" in read(browser, held, anna, after=3 * DAY)


def test_an_earlier_agreement_that_was_marked_on_its_page_while_the_room_was_on_stands_there_too(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    before, during, after = (agreed(regenboog, bram, what=f"Bram doet {n}") for n in ("één", "twee", "drie"))
    before.close(kept=True, by=regenboog.member(bram))
    held = looking_back(regenboog, fatima, anna, bram)
    held.now += MINUTE
    with clock.at(held.now):
        where = f"/plg/{regenboog.community.pk}/bijeenkomsten/afspraken/{during.pk}/"
        assert browser(bram).post(where, {"gedaan": "1"}).status_code == 302
    held(fatima, "close")
    with clock.at(held.now + MINUTE):
        after.close(kept=True, by=regenboog.member(bram))
    page = read(browser, held, anna, after=2 * MINUTE)
    assert re.findall(r"<p>(Bram doet \w+)</p>", page) == ["Bram doet twee"]
    assert "<strong>Gedaan</strong>" in page[page.index("Van eerder") :].partition("</section>")[0]


def test_minutes_that_say_nothing_are_left_out(browser: Browser, fatima: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima, items=[TALK, {**TALK, "title": "Nog iets"}])
    second = MINUTE / 60
    held.to(fatima, "1", after=second)
    held.to(fatima, "2", after=11 * second)
    held(fatima, "close", after=2 * MINUTE)
    assert "Waarom haken ze af?, Nog iets (2 min.)" in did(read(browser, held, fatima))


def test_two_work_forms_in_one_meeting_have_their_names(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    forms = [{**TALK, "workform": key} for key in ("zo-doe-ik-het", "incidentmethode")]
    held = opened(regenboog, fatima, anna, items=forms)
    meeting = held.meeting
    held(fatima, "close")
    first = Stage.objects.filter(meeting=meeting, workform="zo-doe-ik-het", kind="write").earliest("position")
    other = Stage.objects.filter(meeting=meeting, workform=forms[1]["workform"])
    Note.objects.create(stage=first, text="Een kaartje")
    Note.objects.create(stage=other.earliest("position"), text="Nog een kaartje")
    other.filter(position=other.latest("position").position).update(seconds=120, kind="talk")
    regenboog.community.touch()
    shown = did(read(browser, held, anna))
    names = re.findall(r"<h3>([^<]+)</h3>", shown)
    assert len(names) == 2
    assert names[0] == "Zo doe ik het"
    assert f"{names[1]}: " in shown[shown.index("zonder iets op te schrijven") :]
    assert "<h4>" in shown


def test_that_the_answers_are_gone_is_said_where_there_were_any(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    gone = "De antwoorden zelf zijn weg."
    held = opened(regenboog, fatima, anna)
    for name in ("Ans", "Bo", "Cas"):
        held.by_name(name)
    held.to(fatima, "exit")
    held(fatima, "close")
    assert Minutes(Here(anna, regenboog.community, regenboog.member(anna)), held.meeting).asked
    assert gone not in read(browser, held, anna)
    ExitFigure.objects.filter(pk=ExitFigure.objects.earliest("pk").pk).update(n=6, mean=4.2)
    regenboog.community.touch()
    assert gone in read(browser, held, anna)


def test_of_each_question_that_was_asked_it_is_said_what_came_of_it(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    for name in ("Ans", "Bo", "Cas"):
        held.by_name(name)
    held.to(fatima, "exit")
    held(fatima, "close")
    first, second = (figure.pk for figure in ExitFigure.objects.order_by("pk"))
    nothing = "Geen gemiddelde: er waren minder dan vijf antwoorden, ze waren allemaal hetzelfde, of"
    for published, left in ((first, 1), (second, 0)):
        ExitFigure.objects.filter(pk=published).update(n=5, mean=4.2)
        regenboog.community.touch()
        page = read(browser, held, anna)
        said = page[page.index("Hoe was het?") :].partition("</section>")[0]
        for figure in ExitFigure.objects.all():
            assert str(EXIT_QUESTIONS[figure.question]) in unescape(said)
        assert said.count("geen gemiddelde") == left
        assert (nothing in said) is bool(left)


@pytest.mark.parametrize("screens", [2, 5])
def test_what_could_never_come_out_is_not_asked_and_not_reported(
    screens: int, browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    """Who is written down without a screen of their own cannot answer without a name."""
    held = opened(regenboog, fatima, anna)
    held.without_device("Zonder scherm")
    for number in range(screens - 2):
        held.by_name(f"Gast {number}")
    held.to(fatima, "exit")
    held(fatima, "close")
    nothing = "Geen gemiddelde: er waren minder dan vijf antwoorden"
    assert (nothing in read(browser, held, anna)) is (screens == 5)


@pytest.mark.parametrize(
    ("content", "organisation", "nl", "en"),
    [
        (60, 0, "De hele agenda ging over de inhoud: 1 minuut.", "1 minute."),
        (600, 0, "De hele agenda ging over de inhoud: 10 minuten.", "10 minutes."),
        (0, 300, "De hele agenda ging over organisatie: 5 minuten.", "5 minutes."),
        (60, 240, "Van de 5 minuten van de agenda ging 1 minuut over de inhoud.", "1 minute"),
        (120, 240, "Van de 6 minuten van de agenda gingen er 2 over de inhoud.", "2"),
        (0, 0, "", ""),
    ],
)
def test_the_time_is_said_as_one_says_it(
    fatima: User, regenboog: Side, content: int, organisation: int, nl: str, en: str
) -> None:
    held = opened(regenboog, fatima)
    for place_, (seconds, kind) in enumerate(((content, True), (organisation, False)), 50):
        Stage.objects.create(
            meeting=held.meeting,
            position=place_,
            kind="talk",
            title="x",
            minutes=5,
            seconds=seconds,
            content=kind,
        )
    minutes = Minutes(Here(fatima, regenboog.community, regenboog.member(fatima)), held.meeting)
    assert minutes.time == nl
    with translation.override("en"):
        assert en in minutes.time
        assert bool(minutes.time) == bool(nl)


def test_who_reads_english_reads_the_names_that_the_house_gave_to_piles_in_english(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = with_every_step(opened(regenboog, fatima, anna))
    held(fatima, "close")
    stage = Stage.objects.get(meeting=held.meeting, title="schrijf")
    for number, pile in enumerate(("stapel 1", "naam eruit gehaald", "naam eruit gehaald (2)", "Samen")):
        Note.objects.create(stage=stage, text=f"Kaart {number}", pile=pile)
    with clock.at(held.now):
        client = browser(anna)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = client.get(place(held.side, held.meeting, "notulen/")).content.decode()
    called = re.findall("<li><strong>(.*?)</strong>", page)
    assert called == ["pile 1", "name taken out", "name taken out (2)", "Samen"]
    assert "<strong>stapel 1</strong>" in read(browser, held, fatima)


def test_what_was_carried_over_on_a_page_while_it_was_on_stays_in_its_minutes(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    held = looking_back(regenboog, fatima, anna, bram)
    with clock.at(held.now):
        browser(bram).post(place(regenboog, held.meeting, f"afspraak/{agreement.pk}/"), {"mee": "1"})
    held(fatima, "close")
    with clock.at(held.now + DAY):
        following = planned(regenboog, fatima, starts_at=held.now + 7 * DAY)
        Agreement.objects.get().take_along(following, by=regenboog.member(bram))
    assert f"<strong>{MOVED}</strong>" in read(browser, held, anna, after=2 * DAY)
