"""What is said of a meeting while it is ahead, and no longer, or to who is away; and beginning it on another day than
was planned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerkring import clock
from leerkring.communities.models import Notice, NoticeSet
from leerkring.meetings import agenda, planning, polling, replying
from leerkring.meetings.models import Meeting, Turn
from leerkring.meetings.tests.holding import opened
from leerkring.meetings.tests.making import SOON, again, asked, place, planned
from leerkring.meetings.tests.test_agreements import TODAY, agreed
from leerkring.people.models import Away, User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side

TOO_LONG = {"title": "Vouwen", "minutes": 80, "kind": "content"}


def test_who_leads_is_warned_of_a_day_without_school(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    saturday = planned(regenboog, fatima, starts_at=SOON + timedelta(days=4))
    page = place(regenboog, saturday)
    assert "Let op: dat is in het weekend." in browser(fatima).get(page).content.decode()
    assert "Let op" not in browser(anna).get(page).content.decode()
    tuesday = place(regenboog, planned(regenboog, fatima))
    assert "Let op" not in browser(fatima).get(tuesday).content.decode()


def test_after_it_was_held_nothing_asks_to_come(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, items=[TOO_LONG])
    told = Notice.objects.filter(user=anna).about("meeting", held.meeting.pk)
    assert [n.kind for n in told] == ["meeting.planned"]
    held(fatima, "close")
    assert [n.kind for n in told.all()] == ["meeting.minutes"]
    page = browser(fatima).get(place(regenboog, held.meeting)).content.decode()
    told_before = ("langer dan de bijeenkomst", "nog niemand", "Nog niemand heeft gezegd te komen")
    for said in (*told_before, "Om voor te bereiden"):
        assert said not in page, said


def test_on_another_day_than_planned_it_is_asked_once_whether_it_begins(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)  # two weeks from now
    client, door = browser(fatima), place(regenboog, meeting, "live/")
    page = client.post(door, {"begin": "1"}).content.decode()
    assert "Dit was gepland op dinsdag 24 november" in page
    assert again(meeting).state == Meeting.State.PLANNED
    assert client.post(door, {"begin": "1", "toch": "1"}).status_code == 302
    assert again(meeting).state == Meeting.State.LIVE


def test_on_its_day_it_begins_at_once(browser: Browser, fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    with clock.at(SOON):
        browser(fatima).post(place(regenboog, meeting, "live/"), {"begin": "1"})
    assert again(meeting).state == Meeting.State.LIVE


def test_who_could_comes_is_said_only_when_somebody_could(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    for says, comes in (("no", False), ("yes", True)):
        meeting = asked(regenboog, fatima)
        option = meeting.options.earliest("starts_at")
        polling.answer(meeting, by=regenboog.member(anna), says={option.pk: says})
        address = place(regenboog, meeting, f"moment/{option.pk}/kies/")
        page = browser(fatima).post(address, follow=True).content.decode()
        assert ("Wie kon, staat op" in page) is comes
        assert ("Ieder zegt nu nog of die komt." in page) is not comes


def test_not_all_is_ready_while_a_role_or_an_agreement_stands_open(
    browser: Browser, fatima: User, anna: User, regenboog: Side, baken: Side
) -> None:
    meeting = planned(regenboog, fatima)
    agenda.add(meeting, by=regenboog.member(fatima), fields={**TOO_LONG, "minutes": 30})
    Turn.objects.create(meeting=meeting, role="presenter", member=regenboog.member(anna))
    agreed(regenboog, anna, day=TODAY)
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert "Nog niet alle rollen zijn verdeeld." in page
    assert "Er staan nog afspraken open van een eerdere keer." in page
    assert "Alles ligt klaar." not in page


def test_how_often_is_for_a_series_only(browser: Browser, fatima: User, regenboog: Side) -> None:
    page = browser(fatima).get(f"/plg/{regenboog.community.pk}/bijeenkomsten/nieuw/").content.decode()
    assert "Hoe vaak in totaal? Alleen bij een reeks" in page


def waiting(user: User) -> int:
    """The number in the top bar."""
    return User.objects.get(pk=user.pk).unread


# Its day passed, and nobody began it


def test_once_its_day_is_over_nothing_asks_to_come_that_same_night(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    before = waiting(anna)
    meeting = planned(regenboog, fatima)
    assert waiting(anna) == before + 1
    today, inbox = f"/plg/{regenboog.community.pk}/", "/postvak/"
    with clock.at(SOON):
        assert "Kom je?" in browser(anna).get(today).content.decode()
        assert "Kom je?" in browser(anna).get(inbox).content.decode()
    with clock.at(SOON.replace(hour=23, minute=1)):  # a minute past midnight on a Dutch wall
        for page in (today, inbox, place(regenboog, meeting), "/vandaag/"):
            assert "Kom je?" not in browser(anna).get(page, follow=True).content.decode(), page
        assert waiting(anna) == before
        with pytest.raises(Refused, match="is voorbij"):
            replying.reply(meeting, by=regenboog.member(anna), says="yes")


def test_what_was_called_off_asks_nobody_to_come(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    planning.cancel(planned(regenboog, fatima), by=regenboog.member(fatima), because="Ziek")
    page = browser(anna).get("/postvak/").content.decode()
    assert "Gaat niet door." in page
    assert "Kom je?" not in page


# Who is away that day


def of_meetings(user: User) -> NoticeSet:
    """What the inbox tells of them."""
    return Notice.objects.seen_by(user).filter(kind__startswith="meeting.")


def away(user: User, *, days: int = 1) -> Away:
    first = SOON.date()
    return Away.plan(by=user, first_day=first, last_day=first + timedelta(days=days - 1))


def test_who_is_away_that_day_counts_as_not_coming_and_nobody_reads_who_or_why(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    address = place(regenboog, meeting)
    assert "kan niet." not in browser(fatima).get(address).content.decode()
    away(anna)
    as_away = browser(fatima).get(address).content.decode()
    assert "1 kan niet." in as_away
    assert "Anna" not in as_away
    replying.reply(meeting, by=regenboog.member(bram), says="no")
    assert "2 kunnen niet." in browser(fatima).get(address).content.decode()
    own = browser(anna).get(address).content.decode()
    assert "Je zei dat je er die dag niet bent." in own
    assert 'value="no" aria-pressed="true"' in own


def test_who_is_away_is_asked_nowhere_and_the_own_answer_wins(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    before = waiting(anna)
    asked_before = planned(regenboog, fatima)
    today, rooms = f"/plg/{regenboog.community.pk}/", place(regenboog, asked_before)
    assert "Kom je?</p>" in browser(anna).get(rooms).content.decode()
    period = away(anna)
    planned(regenboog, fatima, topic="Erna gepland", starts_at=SOON + timedelta(minutes=30))
    assert "Kom je?" not in browser(anna).get("/postvak/").content.decode()
    assert "Kom je?</p>" not in browser(anna).get(rooms).content.decode()
    assert 'value="no" aria-pressed="true"' in browser(anna).get(today).content.decode()
    assert waiting(anna) == before
    assert regenboog.member(anna) not in planning.may_come(asked_before)
    replying.reply(asked_before, by=regenboog.member(anna), says="yes")
    page = browser(fatima).get(rooms).content.decode()
    assert "Anna de Wit" in page
    assert "kan niet." not in page
    assert 'value="yes" aria-pressed="true"' in browser(anna).get(today).content.decode()
    assert regenboog.member(anna) in planning.may_come(asked_before)
    period.cancel()  # and who is there after all is asked about the other one
    assert "Erna gepland" in browser(anna).get("/postvak/").content.decode()


def test_no_mail_asks_who_is_away_to_come_and_a_move_is_told_all_the_same(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    away(anna)
    meeting = planned(regenboog, fatima, starts_at=SOON - timedelta(days=1))
    with clock.at(SOON - timedelta(days=3)):
        planning.revise(again(meeting), by=regenboog.member(fatima), fields={"starts_at": SOON})
        planning.remind(again(meeting), at=clock.now())
    told = {user: set(of_meetings(user).values_list("kind", flat=True)) for user in (anna, bram)}
    assert told[anna] == {"meeting.moved"}
    assert told[bram] == {"meeting.planned", "meeting.moved", "meeting.near"}


def test_a_series_is_told_to_who_is_away_for_some_of_it_too(
    fatima: User, anna: User, regenboog: Side
) -> None:
    away(anna)
    said = {"topic": "Vouwen", "minutes": 60}
    weeks = [{**said, "starts_at": SOON + timedelta(days=7 * n)} for n in range(3)]
    planning.plan_series(by=regenboog.member(fatima), title="Drie keer", meetings=weeks)
    assert of_meetings(anna).count() == 1
