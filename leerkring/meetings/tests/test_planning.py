"""A meeting is planned, changed, moved and called off; several at once too."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities.models import Link, Notice, Record
from leerkring.engine.calendar import Calendar
from leerkring.goals.models import Goal
from leerkring.meetings import jobs, planning, replying, schoolyear
from leerkring.meetings.models import Meeting, Series
from leerkring.meetings.tests.making import MOMENTS, SOON, again, asked, place, planned, room
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused
from tests.cast import NOW, Browser, Side

FORM: dict[str, Any] = {
    "topic": "Breuken vouwen",
    "question": "Wie haakt af, en wanneer?",
    "goal": "",
    "minutes": "75",
    "place": "Lokaal 4",
    "link": "meet.example.org/breuken",
    "bring": "Drie schriften.\nZonder namen.",
    "how": "day",
    "on": "2026-11-24",
    "begins": "15:30",
    "repeat": "0",
    "times": "4",
}


def a_goal(side: Side, by: User) -> Goal:
    goal = Goal.draft(by=side.member(by), text="Leerlingen leggen uit waarom twee breuken gelijk zijn.")
    Goal.objects.filter(pk=goal.pk).update(state=Goal.State.ADOPTED, adopted_at=NOW)
    return goal


# One


def test_the_empty_room_teaches(browser: Browser, fatima: User, anna: User, regenboog: Side) -> None:
    page = browser(fatima).get(room(regenboog)).content.decode()
    assert "Nog geen bijeenkomst" in page
    assert f"{room(regenboog)}nieuw/" in page
    assert f"{room(regenboog)}nieuw/" not in browser(anna).get(room(regenboog)).content.decode()


def test_who_leads_plans_a_meeting_and_everyone_hears_it(
    browser: Browser, fatima: User, anna: User, gert: User, regenboog: Side
) -> None:
    goal = a_goal(regenboog, fatima)
    address = f"{room(regenboog)}nieuw/?from=goal:{goal.pk}&doel={goal.pk}"
    assert f'value="{goal.pk}" selected' in browser(fatima).get(address).content.decode()
    answer = browser(fatima).post(address, {**FORM, "goal": goal.pk, "material": "on"})
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == place(regenboog, meeting)
    assert (meeting.starts_at, meeting.minutes, meeting.state) == (SOON, 75, "planned")
    assert (meeting.bring, meeting.material) == (FORM["bring"], True)
    assert meeting.link == "https://meet.example.org/breuken"
    assert Record.objects.get(kind="meeting.planned").data == {"about": meeting.pk}
    told = Notice.objects.filter(kind="meeting.planned").values_list("user", flat=True)
    assert set(told) == {anna.pk, gert.pk, User.objects.get(name="Bram Jansen").pk}
    assert Link.objects.filter(from_kind="meeting", to_kind="goal", to_id=goal.pk).count() == 1
    line = browser(anna).get(f"/plg/{regenboog.community.pk}/doelen/{goal.pk}/").content.decode()
    assert "Breuken vouwen" in line


def test_a_button_pressed_twice_plans_one_meeting(fatima: User, regenboog: Side) -> None:
    assert planned(regenboog, fatima).pk == planned(regenboog, fatima).pk
    assert asked(regenboog, fatima).pk == asked(regenboog, fatima).pk


def test_the_same_topic_with_something_else_typed_is_another_meeting(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    client, address = browser(fatima), f"{room(regenboog)}nieuw/"
    short = {**FORM, "place": "", "bring": "", "minutes": "30"}
    moments = {"on_1": "2026-11-24", "at_1": "15:30", "on_2": "2026-11-25", "at_2": "15:30"}
    poll = {**FORM, **moments, "how": "poll"}
    for said in (FORM, short, poll, {**poll, "at_2": "16:30"}, {**FORM, "repeat": "1", "times": "2"}):
        for _press in range(2):
            assert client.post(address, said).status_code == 302
    assert Meeting.objects.filter(series=None).count() == 4
    assert Series.objects.count() == 1
    client.post(address, {**FORM, "repeat": "1", "times": "3"})
    client.post(address, {**short, "repeat": "1", "times": "3"})
    assert Series.objects.count() == 3


def test_what_a_form_cannot_use_comes_back_with_what_was_typed(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    for wrong in (
        {"on": ""},
        {"begins": ""},
        {"on": "2026-11-09"},
        {"on": "2062-11-24"},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://x.test/"},
        {"minutes": "4"},
        {"minutes": "481"},
        {"topic": " "},
        {"topic": "x" * 201},
        {"repeat": "1", "times": ""},
        {"repeat": "1", "times": "21"},
        {"how": ""},
        {"goal": "9" * 30},
        {"how": "poll"},
        {"how": "poll", "on_1": "2026-11-24", "at_1": "15:30"},
        {"how": "poll", "on_1": "2026-11-24", "at_1": "15:30", "on_2": "2026-11-24", "at_2": "15:30"},
        {"how": "poll", "on_1": "2026-11-24", "at_1": "15:30", "on_2": "2026-11-25", "at_2": ""},
    ):
        answer = browser(fatima).post(f"{room(regenboog)}nieuw/", {**FORM, **wrong})
        assert answer.status_code == 200, wrong
        page = answer.content.decode()
        assert 'class="problems"' in page, wrong
        assert "Drie schriften." in page, wrong
    assert not Meeting.objects.exists()


def test_members_plan_nothing_but_read_it_all(
    browser: Browser, anna: User, gert: User, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima, question="Wie haakt af?", bring="Een schrift")
    for user in (anna, gert):
        client = browser(user)
        assert client.post(f"{room(regenboog)}nieuw/", FORM).status_code == 404
        assert client.post(place(regenboog, meeting, "afzeggen/"), {"because": "x"}).status_code == 404
        for page in (room(regenboog), place(regenboog, meeting)):
            text = client.get(page).content.decode()
            assert "dinsdag 24 november, 15.30 uur" in text
            assert "Wie haakt af?" in text
            assert "Een schrift" in text


def test_confidential_promises_what_mail_and_calendars_do(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima, confidential=True)
    for page in (
        browser(fatima).get(f"{room(regenboog)}nieuw/").content.decode(),
        browser(anna).get(place(regenboog, meeting)).content.decode(),
    ):
        assert "staat alleen waar het over gaat, waar en wanneer" in page
        assert "verslag gaat niet" not in page  # of no meeting minutes are mailed


# Changed and moved


def test_another_time_is_told_and_asks_again_who_comes(fatima: User, anna: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    replying.reply(meeting, by=regenboog.member(anna), says="yes")
    later = SOON + timedelta(days=1)
    planning.revise(meeting, by=regenboog.member(fatima), seen=0, fields={"starts_at": later})
    meeting = again(meeting)
    assert (meeting.starts_at, meeting.revision, meeting.sequence) == (later, 1, 1)
    assert not meeting.replies.exists()
    assert Record.objects.filter(kind="meeting.moved").count() == 1
    assert Notice.objects.filter(kind="meeting.moved", user=anna).exists()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"place": "Lokaal 7"}, "meeting.moved"),
        ({"minutes": 90}, "meeting.moved"),
        ({"link": "https://meet.example.org/x"}, "meeting.moved"),
        ({"topic": "Breuken tekenen"}, "meeting.changed"),
        ({"bring": "Papier"}, None),
    ],
)
def test_what_a_calendar_shows_raises_its_number_and_is_told(
    fatima: User, anna: User, regenboog: Side, fields: dict[str, Any], kind: str | None
) -> None:
    meeting = planned(regenboog, fatima)
    replying.reply(meeting, by=regenboog.member(anna), says="yes")
    planning.revise(meeting, by=regenboog.member(fatima), fields=fields)
    assert again(meeting).sequence == (1 if kind else 0)
    assert again(meeting).replies.count() == 1
    told = Notice.objects.filter(user=anna).exclude(kind="meeting.planned").values_list("kind", flat=True)
    assert [k for k in told if k.startswith("meeting.")] == ([kind] if kind else [])


def test_who_was_overtaken_keeps_what_was_typed(browser: Browser, fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    typed = {**FORM, "topic": "Mijn onderwerp", "revision": "0", "link": ""}
    planning.revise(meeting, by=regenboog.member(fatima), fields={"place": "De aula"})
    client = browser(fatima)
    answer = client.post(place(regenboog, meeting, "veranderen/"), typed)
    page = answer.content.decode()
    assert "Een collega veranderde deze bijeenkomst" in page
    assert "De aula" in page
    assert "Mijn onderwerp" in page
    assert again(meeting).topic == "Breuken vouwen"
    assert 'name="revision" value="1"' in page
    assert (
        client.post(place(regenboog, meeting, "veranderen/"), {**typed, "revision": "1"}).status_code == 302
    )
    assert again(meeting).topic == "Mijn onderwerp"
    with pytest.raises(Overtaken):
        planning.revise(meeting, by=regenboog.member(fatima), seen=1, fields={"topic": "Nog een"})


def test_a_goal_that_is_let_go_is_off_its_thread(fatima: User, regenboog: Side) -> None:
    goal, other = a_goal(regenboog, fatima), a_goal(regenboog, fatima)
    meeting = planned(regenboog, fatima, goal=goal)
    planning.revise(meeting, by=regenboog.member(fatima), fields={"goal": None})
    assert not Link.objects.filter(from_kind="meeting").exists()
    planning.revise(meeting, by=regenboog.member(fatima), fields={"goal": other})
    assert Link.objects.get(from_kind="meeting").to_id == other.pk


# Called off


def test_called_off_says_why_and_stays_in_sight_until_its_day_is_over(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    assert browser(fatima).post(place(regenboog, meeting, "afzeggen/"), {"because": " "}).status_code == 200
    said = {"because": "Half de school is ziek."}
    assert browser(fatima).post(place(regenboog, meeting, "afzeggen/"), said).status_code == 302
    meeting = again(meeting)
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    assert "Half de school is ziek." in browser(anna).get(place(regenboog, meeting)).content.decode()
    assert "Later" in browser(anna).get(room(regenboog)).content.decode()
    with clock.at(SOON + timedelta(days=1)):
        page = browser(anna).get(room(regenboog)).content.decode()
    assert "Schooljaar 2026–2027" in page
    with pytest.raises(Refused, match="gaat niet door"):
        planning.cancel(meeting, by=regenboog.member(fatima), because="Nog eens")
    with pytest.raises(Refused, match="gaat niet door"):
        planning.revise(meeting, by=regenboog.member(fatima), fields={"topic": "X"})
    with pytest.raises(Refused, match="gaat niet door"):
        replying.reply(meeting, by=regenboog.member(anna), says="yes")


# Several


AUTUMN = Calendar([(date(2026, 12, 19), date(2027, 1, 3))])


def test_a_series_goes_around_a_holiday_and_says_so() -> None:
    fallen = schoolyear.days(AUTUMN, date(2026, 12, 8), every=2, times=3)
    assert [f.day for f in fallen] == [date(2026, 12, 8), date(2027, 1, 5), date(2027, 1, 19)]
    assert [f.instead_of for f in fallen] == [None, date(2026, 12, 22), None]


def test_a_calendar_of_nothing_but_holidays_is_refused() -> None:
    with pytest.raises(Refused, match="kalender"):
        schoolyear.days(Calendar([(date(2020, 1, 1), date(2040, 1, 1))]), NOW.date(), every=1, times=2)


def test_meetings_are_repeated_and_told_once(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    said = {**FORM, "on": "2026-12-08", "repeat": "2", "times": "3"}
    answer = browser(fatima).post(f"{room(regenboog)}nieuw/", said, follow=True)
    assert "3 bijeenkomsten staan erin" in answer.content.decode()
    assert "dinsdag 22 december werd dinsdag 5 januari 2027" in answer.content.decode()
    assert Meeting.objects.filter(series=Series.objects.get()).count() == 3
    assert Notice.objects.filter(user=anna, kind__startswith="meeting.").count() == 1
    assert Record.objects.filter(kind="meeting.planned").count() == 1
    browser(fatima).post(f"{room(regenboog)}nieuw/", said)  # pressed twice
    assert Meeting.objects.count() == 3


def test_the_work_form_that_led_here_is_on_the_agenda_of_each(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    address = f"{room(regenboog)}nieuw/?werkvorm=zo-doe-ik-het"
    browser(fatima).post(address, {**FORM, "repeat": "1", "times": "3"})
    made = list(Meeting.objects.order_by("starts_at"))
    assert len(made) == 3
    assert [[item.workform for item in meeting.items.all()] for meeting in made] == [["zo-doe-ik-het"]] * 3


def test_a_year_of_eight_is_proposed_changed_and_kept(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    client, address = browser(fatima), f"{room(regenboog)}jaarritme/"
    page = client.get(address).content.decode()
    assert "Zo doe ik het" in page
    form = client.get(address).context["form"]
    said = {b.name: b.value() for b in form if b.value() not in (None, False)}
    first = form["on_1"].value()
    assert (first.weekday(), first) == (1, date(2026, 11, 17))
    moved = client.post(address, {**said, "weekday": "3", "topic_2": "Iets van ons", "dagen": "1"})
    assert not Meeting.objects.exists()
    assert moved.context["form"]["on_1"].value() == "2026-11-19"
    assert "Iets van ons" in moved.content.decode()
    kept = {**said, "topic_2": "Iets van ons"}
    del kept["keep_8"]
    assert client.post(address, kept).status_code == 302
    made = list(Meeting.objects.order_by("starts_at"))
    assert [m.topic for m in made][1] == "Iets van ons"
    assert len(made) == 7
    assert all(m.day and AUTUMN.is_school_day(m.day) for m in made)
    gaps = {(b.day - a.day).days for a, b in pairwise(made) if a.day and b.day}
    assert min(gaps) >= 28


def test_nothing_kept_of_a_year_is_said(browser: Browser, fatima: User, regenboog: Side) -> None:
    address = f"{room(regenboog)}jaarritme/"
    answer = browser(fatima).post(address, {"weekday": "1", "begins": "15:30"})
    assert "Kies er minstens een" in answer.content.decode()


# Near


def reminded_on(day: date) -> set[str]:
    with clock.at(NOW.replace(year=day.year, month=day.month, day=day.day, hour=4)):
        jobs.remind(None)  # type: ignore[arg-type]  # it does not report
    return set(Notice.objects.filter(kind="meeting.near").values_list("user__name", flat=True))


def test_two_school_days_before_all_hear_who_did_not_say_no(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)  # a Tuesday
    replying.reply(meeting, by=regenboog.member(bram), says="no")
    assert reminded_on(date(2026, 11, 19)) == set()
    assert reminded_on(date(2026, 11, 20)) == {"Anna de Wit", "Fatima El Amrani", "Gert Postma"}
    assert reminded_on(date(2026, 11, 21)) == {"Anna de Wit", "Fatima El Amrani", "Gert Postma"}
    assert Notice.objects.filter(kind="meeting.near").count() == 3
    replying.reply(meeting, by=regenboog.member(anna), says="no")
    assert not Notice.objects.filter(kind="meeting.near", user=anna).exists()


def test_moved_it_is_told_again_when_it_is_near(fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    reminded_on(date(2026, 11, 20))
    later = SOON + timedelta(days=7)
    planning.revise(again(meeting), by=regenboog.member(fatima), fields={"starts_at": later})
    assert not Notice.objects.filter(kind="meeting.near").exists()
    assert reminded_on(date(2026, 11, 27))


def test_what_has_no_date_or_is_called_off_is_near_to_nobody(fatima: User, regenboog: Side) -> None:
    asked(regenboog, fatima, *MOMENTS)
    planning.cancel(planned(regenboog, fatima), by=regenboog.member(fatima), because="Ziek")
    assert reminded_on(date(2026, 11, 20)) == set()
