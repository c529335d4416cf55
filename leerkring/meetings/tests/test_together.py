"""What a group does with a meeting: coming, a date, the agenda, who does what."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from leerkring.communities.models import Notice
from leerkring.meetings import agenda, planning, polling, replying, turns
from leerkring.meetings.agenda import Minutes
from leerkring.meetings.models import Item, Meeting, Reply, Series, Turn
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.making import MOMENTS, SOON, again, asked, place, planned, room
from leerkring.meetings.workform import Role
from leerkring.people.models import Away, User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

# Coming


def test_who_comes_is_named_and_who_cannot_is_only_counted(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    for user, says in ((anna, "yes"), (bram, "no"), (gert, "maybe")):
        assert browser(user).post(place(regenboog, meeting, "kom-ik/"), {"zegt": says}).status_code == 302
    page = browser(fatima).get(place(regenboog, meeting)).content.decode()
    assert "Anna de Wit" in page
    assert "Misschien: Gert Postma" in page
    assert "1 kan niet." in page
    assert "Bram Jansen" not in page
    browser(bram).post(place(regenboog, meeting, "kom-ik/"), {"zegt": "yes"})
    assert {r.member.user: r.says for r in Reply.objects.all()}[bram] == "yes"
    assert browser(anna).post(place(regenboog, meeting, "kom-ik/"), {"zegt": "ooit"}).status_code == 409


def test_the_next_one_and_my_answer_stand_on_vandaag(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    planned(regenboog, fatima, topic="Later", starts_at=SOON + timedelta(days=7))
    meeting = planned(regenboog, fatima, bring="Drie schriften")
    poll = asked(regenboog, fatima)
    client, today = browser(anna), f"/plg/{regenboog.community.pk}/"
    page = client.get(today).content.decode()
    assert "dinsdag 24 november, 15.30 uur" in page
    assert "Drie schriften" in page
    assert poll.topic in page
    assert 'aria-pressed="true"' not in page
    client.post(place(regenboog, meeting, "kom-ik/"), {"zegt": "yes"})
    polling.answer(poll, by=regenboog.member(anna), says={poll.options.all()[0].pk: "yes"})
    page = client.get(today).content.decode()
    assert 'value="yes" aria-pressed="true"' in page
    assert "Wanneer kun jij?" not in page


# A date


def test_everyone_says_when_they_can_and_who_leads_chooses(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    said = {"topic": "Wanneer?", "minutes": "60", "how": "poll"}
    for number, moment in enumerate(MOMENTS, 1):
        said |= {f"on_{number}": str(moment.date()), f"at_{number}": "15:30"}
    browser(fatima).post(f"{room(regenboog)}nieuw/", said)
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.starts_at) == ("poll", None)
    assert Notice.objects.filter(kind="meeting.poll", user=anna).exists()
    first, second, third = (option.pk for option in meeting.options.all())
    answers = {
        anna: {first: "yes", second: "yes", third: "no"},
        bram: {first: "no", second: "yes"},
        gert: {second: "if_needed", third: "iets anders"},
    }
    for user, each in answers.items():
        posted = {f"moment-{pk}": says for pk, says in each.items()}
        assert browser(user).post(place(regenboog, meeting, "momenten/"), posted).status_code == 302
    page = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert "Kan: Anna de Wit, Bram Jansen." in page
    assert "Als het moet: Gert Postma." in page
    assert "hier kunnen de meesten" not in page
    assert browser(anna).post(place(regenboog, meeting, f"moment/{second}/kies/")).status_code == 404
    page = browser(fatima).get(place(regenboog, meeting)).content.decode()
    assert page.count("hier kunnen de meesten") == 1
    # First it is said what will happen, and nothing did.
    chosen = place(regenboog, meeting, f"moment/{second}/kies/")
    assert f'<a class="btn quiet" href="{chosen}">' in page
    before = browser(fatima).get(chosen).content.decode()
    assert "Iedereen in de groep krijgt bericht, met een uitnodiging voor de agenda." in before
    assert "Wie zei te kunnen, staat op ‘ik kom’: Anna de Wit, Bram Jansen." in before
    assert "De andere momenten vervallen" in before
    assert again(meeting).state == "poll"
    assert browser(anna).get(chosen).status_code == 404
    assert browser(fatima).post(place(regenboog, meeting, f"moment/{second}/kies/")).status_code == 302
    meeting = again(meeting)
    assert (meeting.state, meeting.starts_at) == ("planned", MOMENTS[1])
    assert {r.member.user: r.says for r in meeting.replies.all()} == {anna: "yes", bram: "yes"}
    assert not Notice.objects.filter(kind="meeting.poll").exists()
    assert Notice.objects.filter(kind="meeting.chosen", user=anna).exists()
    assert browser(fatima).get(chosen).status_code == 302  # there is nothing left to choose
    with pytest.raises(Refused, match="al een datum"):
        polling.answer(meeting, by=regenboog.member(gert), says={second: "no"})


def test_a_moment_without_school_is_warned_of_and_can_be_chosen(
    browser: Browser, fatima: User, anna: User, regenboog: Side, baken: Side
) -> None:
    day = datetime(2026, 12, 22, 14, 30, tzinfo=NOW.tzinfo)  # a Tuesday in the Christmas holiday
    meeting = asked(regenboog, fatima, SOON, day, SOON + timedelta(days=4))
    page = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert page.count("Let op: ") == 2
    assert "Let op: dan is het kerstvakantie." in page
    assert "Let op: dat is in het weekend." in page
    chosen = place(regenboog, meeting, f"moment/{meeting.options.get(starts_at=day).pk}/kies/")
    assert "Let op: dan is het kerstvakantie." in browser(fatima).get(chosen).content.decode()
    # With several schools it is said whose holiday it is.
    regenboog.community.schools.add(baken.school)
    baken.school.holidays.filter(name="kerstvakantie").delete()
    page = browser(fatima).get(chosen).content.decode()
    assert "Let op: dan is het kerstvakantie bij De Regenboog." in page
    baken.school.keep_holiday(name="studieweek", first_day=day.date(), last_day=day.date())
    page = browser(fatima).get(chosen).content.decode()
    assert "Let op: dan zijn vrij: De Regenboog, Het Baken." in page
    assert browser(fatima).post(chosen).status_code == 302
    assert again(meeting).starts_at == day


def test_moments_come_and_go_while_at_least_two_are_left(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = asked(regenboog, fatima)
    client = browser(fatima)
    more = {"on": "2026-12-01", "begins": "15:30"}
    assert client.post(place(regenboog, meeting, "moment/"), more).status_code == 302
    assert client.post(place(regenboog, meeting, "moment/"), more).status_code == 200  # it is there
    assert client.post(place(regenboog, meeting, "moment/"), {**more, "on": "2026-11-01"}).status_code == 200
    options = [option.pk for option in meeting.options.all()]
    assert len(options) == 4
    answers = [client.post(place(regenboog, meeting, f"moment/{pk}/weghalen/")).status_code for pk in options]
    assert answers == [302, 302, 409, 409]
    with pytest.raises(Refused, match="nog geen datum"):
        replying.reply(meeting, by=regenboog.member(fatima), says="yes")


# The agenda


def test_any_member_proposes_and_who_leads_orders(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    add = place(regenboog, meeting, "agenda/")
    for user, title in ((fatima, "Samen vouwen"), (anna, "Mijn vraag")):
        said = {"title": title, "minutes": "20", "kind": "content"}
        assert browser(user).post(add, said).status_code == 302
        browser(user).post(add, said)  # pressed twice
    assert browser(gert).post(add, {"title": "X"}).status_code == 404
    vouwen, vraag = meeting.items.all()
    anna_page = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert f"agenda/{vraag.pk}/" in anna_page
    assert f"agenda/{vouwen.pk}/" not in anna_page
    assert browser(bram).get(f"{add}{vraag.pk}/").status_code == 404
    assert browser(anna).post(f"{add}{vraag.pk}/schuiven/", {"naar": "op"}).status_code == 404
    for naar in ("op", "op", "neer", "op"):
        browser(fatima).post(f"{add}{vraag.pk}/schuiven/", {"naar": naar})
    assert [item.title for item in meeting.items.all()] == ["Mijn vraag", "Samen vouwen"]
    assert browser(anna).post(f"{add}{vraag.pk}/weghalen/").status_code == 302
    assert [item.title for item in meeting.items.all()] == ["Samen vouwen"]


def test_a_work_form_says_what_is_left_empty(browser: Browser, fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    client, add = browser(fatima), place(regenboog, meeting, "agenda/")
    empty = {"title": " ", "minutes": "", "kind": "content"}
    page = client.post(add, empty).content.decode()
    assert "Zeg wat jullie gaan doen, of kies een werkvorm." in page
    assert "Zeg hoeveel minuten het duurt, of kies een werkvorm." in page
    form = shipped()["zo-doe-ik-het"]
    for said in ({}, {"title": "Hoe leg jij breuken uit?"}, {"minutes": "25"}):
        assert client.post(add, {**empty, "workform": form.key, **said}).status_code == 302
    assert [(item.title, item.minutes) for item in meeting.items.all()] == [
        ("Zo doe ik het", form.minutes),
        ("Hoe leg jij breuken uit?", form.minutes),
        ("Zo doe ik het", 25),
    ]


def test_a_work_form_fills_in_at_once_what_nobody_typed(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    def filled(**said: str) -> tuple[str, str]:
        page = browser(anna).post(f"{room(regenboog)}agendapunt/", said).content.decode()
        found = re.findall(r'name="(?:title|minutes)" value="([^"]*)"', page.replace('type="number" ', ""))
        assert len(found) == 2, page
        return found[0], found[1]

    one, other = shipped()["zo-doe-ik-het"], shipped()["dilemmagesprek"]
    first = filled(workform=one.key)
    assert first == ("Zo doe ik het", str(one.minutes))
    # Another form after all: what the first one filled in was said by no one.
    assert filled(workform=other.key, title=first[0], minutes=first[1]) == (
        "Dilemmagesprek",
        str(other.minutes),
    )
    assert filled(workform=other.key, title=first[0], minutes="12") == ("Dilemmagesprek", "12")
    assert filled(workform=other.key, title="Mijn vraag") == ("Mijn vraag", str(other.minutes))


def test_a_work_form_that_is_gone_leaves_what_it_filled_in(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    fields = {"title": "Bordsessie", "minutes": 15, "kind": "content", "workform": "van-vroeger"}
    item = agenda.add(meeting, by=regenboog.member(fatima), fields=fields)
    typed = {"title": "", "minutes": "", "kind": "organisation", "workform": "van-vroeger", "seen": item.mark}
    assert browser(fatima).post(place(regenboog, meeting, f"agenda/{item.pk}/"), typed).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.minutes, item.kind) == ("Bordsessie", 15, "organisation")


def test_a_second_break_is_no_button_pressed_twice(fatima: User, regenboog: Side) -> None:
    meeting, by = planned(regenboog, fatima), regenboog.member(fatima)
    pause = {"title": "Pauze", "minutes": 10, "kind": "organisation"}
    for fields, later in (
        (pause, timedelta()),
        (pause, timedelta(seconds=30)),
        ({**pause, "kind": "content"}, timedelta(seconds=40)),
        (pause, timedelta(minutes=2)),
    ):
        agenda.add(meeting, by=by, fields=fields, at=NOW + later)
    assert [item.kind for item in meeting.items.all()] == ["organisation", "content", "organisation"]


def test_a_colleagues_change_of_an_item_is_not_overwritten_unseen(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    fields = {"title": "Vouwen", "minutes": 20, "kind": "content"}
    item = agenda.add(meeting, by=regenboog.member(fatima), fields=fields)
    mark, address = item.mark, place(regenboog, meeting, f"agenda/{item.pk}/")
    agenda.revise(item, by=regenboog.member(fatima), seen=mark, fields={"minutes": 25})
    typed = {"title": "Vouwen en knippen", "minutes": "30", "kind": "content", "seen": mark}
    page = browser(fatima).post(address, typed).content.decode()
    assert "Nu staat er: Vouwen, 25 minuten." in page
    assert "Vouwen en knippen" in page
    stands = Item.objects.get(pk=item.pk).mark
    assert f'value="{stands}"' in page
    assert browser(fatima).post(address, {**typed, "seen": stands}).status_code == 302


@pytest.mark.parametrize(
    ("content", "organisation", "warns"), [(30, 0, False), (31, 30, False), (30, 30, True), (0, 5, True)]
)
def test_half_the_time_on_organisation_is_said(content: int, organisation: int, warns: bool) -> None:
    items = [Item(kind="content", minutes=content), Item(kind="organisation", minutes=organisation)]
    assert Minutes.of(items, 60).is_mostly_organisation is warns


def test_an_agenda_that_is_too_long_is_said(browser: Browser, fatima: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima, minutes=30)
    fields = {"title": "Rooster", "minutes": 40, "kind": "organisation"}
    agenda.add(meeting, by=regenboog.member(fatima), fields=fields)
    page = browser(fatima).get(place(regenboog, meeting)).content.decode()
    assert "10 minuten langer" in page
    assert "Wat kan er in een berichtje?" in page


# Who does what


def test_who_did_not_have_a_role_longest_is_proposed(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    a, b, f = (regenboog.member(user) for user in (anna, bram, fatima))
    for weeks, scribe in ((3, a), (2, b)):
        before = planned(
            regenboog, fatima, topic=f"Keer {weeks}", starts_at=SOON - timedelta(weeks=weeks - 2)
        )
        turns.divide(before, by=f, turns={Role.SCRIBE: scribe})
    meeting = planned(regenboog, fatima, topic="Nu", starts_at=SOON + timedelta(days=7))
    others = {Role.FACILITATOR.value: a.pk, Role.TIMEKEEPER.value: b.pk}
    # The only one who is free.
    assert turns.proposed(meeting, others, planning.may_come(meeting))[Role.PRESENTER] == f
    taken = {r.value: 0 for r in turns.USUAL if r != Role.SCRIBE}
    assert turns.proposed(meeting, taken, planning.may_come(meeting))[Role.SCRIBE] == f
    replying.reply(meeting, by=f, says="no")
    assert turns.proposed(meeting, taken, planning.may_come(meeting))[Role.SCRIBE] == a
    page = browser(fatima).get(place(regenboog, meeting, "rollen/")).content.decode()
    assert "Voorstel: deed dit het langst niet." in page
    said = {"facilitator": a.pk, "scribe": b.pk, "timekeeper": "", "presenter": "", "observer": ""}
    assert browser(fatima).post(place(regenboog, meeting, "rollen/"), said).status_code == 302
    assert {t.role: t.member_id for t in Turn.objects.filter(meeting=meeting)} == {
        "facilitator": a.pk,
        "scribe": b.pk,
    }


def test_nobody_is_proposed_who_is_away(fatima: User, anna: User, regenboog: Side) -> None:
    meeting = planned(regenboog, fatima)
    day = SOON.date()
    Away.plan(by=anna, first_day=day, last_day=day, shows_last_day=False)
    assert regenboog.member(anna) not in turns.proposed(meeting, {}, planning.may_come(meeting)).values()


def test_a_member_takes_a_free_role_and_gives_it_back(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    address = place(regenboog, meeting, "rol/")
    assert browser(anna).post(address, {"rol": "scribe"}).status_code == 302
    assert "Jij doet: notulist." in browser(anna).get(place(regenboog, meeting)).content.decode()
    assert browser(bram).post(address, {"rol": "scribe"}).status_code == 409
    assert browser(bram).post(address, {"terug": "scribe"}).status_code == 302  # it is not his
    assert Turn.objects.get().member.user == anna
    assert browser(anna).post(address, {"terug": "scribe"}).status_code == 302
    assert not Turn.objects.exists()
    assert browser(anna).post(address, {"rol": "baas"}).status_code == 404
    assert browser(gert).post(address, {"rol": "scribe"}).status_code == 404


def test_a_meeting_says_of_which_series_it_is_only_when_that_says_more(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting = planned(regenboog, fatima)
    series = Series.objects.create(community=regenboog.community, title=meeting.topic)
    Meeting.objects.filter(pk=meeting.pk).update(series=series)

    def page() -> str:
        regenboog.community.touch()
        return browser(fatima).get(place(regenboog, meeting)).content.decode()

    assert "Deel van de reeks" not in page()
    Series.objects.filter(pk=series.pk).update(title="Jaar 2026")
    assert "Deel van de reeks ‘Jaar 2026’" in page()
