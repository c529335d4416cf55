"""A lesson stands open, a colleague comes to watch, and both try something."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Community, Notice, Record
from leerkring.insights.models import Insight, Worked
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.run import Run
from leerkring.people.models import User
from leerkring.practice import visit_jobs, visit_vanishing
from leerkring.practice.models import Intention, Note, Visit, Visitor
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

#: A Thursday, third hour.
LESSON = datetime(2026, 11, 12, 10, 30, tzinfo=clock.AMSTERDAM)
AFTER = LESSON + timedelta(minutes=30)
FIELDS = {
    "question": "Wie haakt af, en wanneer?",
    "lesson": "Groep 6, breuken",
    "place": "lokaal 3",
    "starts_at": LESSON,
    "minutes": 10,
    "room_for": 1,
    "goal": None,
}
SENT = {
    "question": "Wie haakt af, en wanneer?",
    "lesson": "Groep 6, breuken",
    "on": "2026-11-12",
    "begins": "10:30",
    "minutes": "10",
    "room_for": "1",
}


def opened(side: Side, host: User, **other: Any) -> Visit:
    return Visit.open_lesson(by=side.member(host), fields={**FIELDS, **other})


def held(side: Side, host: User, guest: User, *notes: str) -> Visit:
    """It went on, the guest noted these, gave them, and they talked."""
    visit = opened(side, host)
    visit.come(by=side.member(guest))
    visitor = Visitor.objects.get(visit=visit, member=side.member(guest))
    visitor.visit = visit
    with clock.at(AFTER):
        for number, text in enumerate(notes):
            visitor.note(by=visitor.member, kind=Note.Kind.SAYS, text=text, key=str(number))
        visit.hold_lesson(by=side.member(host))
        if notes:
            visitor.hand_over(by=visitor.member)
    return visit


def room(side: Side, act: str = "") -> str:
    return f"/plg/{side.community.pk}/praktijk/lesbezoek/{act}"


def at(side: Side, visit: Visit, act: str = "") -> str:
    return room(side, f"{visit.pk}/{act}")


def page(browser: Browser, user: User, address: str) -> str:
    return browser(user).get(address).content.decode()


def told(kind: str) -> list[str]:
    return [n.user.first_name for n in Notice.objects.filter(kind=kind).order_by("user__name")]


def test_an_empty_room_teaches_and_leads_to_the_first_lesson(
    browser: Browser, anna: User, gert: User, regenboog: Side
) -> None:
    found = page(browser, anna, room(regenboog))
    assert "Nog niemand zette een les open" in found
    assert f'href="{room(regenboog, "open/")}"' in found
    assert browser(gert).get(room(regenboog)).status_code == 404  # a guest is not asked in


def test_a_lesson_stands_open_and_a_colleague_comes(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    answer = browser(anna).post(room(regenboog, "open/"), SENT)
    visit = Visit.objects.get()
    assert answer.headers["Location"] == at(regenboog, visit)
    assert (visit.host, visit.starts_at, visit.state) == (regenboog.member(anna), LESSON, "open")
    assert told("visit.open") == ["Bram", "Fatima"]
    assert "Kom kijken in de les van Anna" in page(browser, bram, "/postvak/")
    found = page(browser, bram, room(regenboog))
    assert "Kom kijken" in found
    assert "Bij Anna de Wit, Groep 6, breuken" in found
    browser(bram).post(at(regenboog, visit, "komen/"))
    assert told("visit.coming") == ["Anna"]
    assert "Bram Jansen" in page(browser, anna, at(regenboog, visit))


def test_who_comes_is_nobody_elses_business(
    browser: Browser, anna: User, bram: User, fatima: User, lotte: User, beheer: User, regenboog: Side
) -> None:
    visit = opened(regenboog, anna)
    assert browser(fatima).get(at(regenboog, visit)).status_code == 200
    visit.come(by=regenboog.member(bram))
    for other in (fatima, lotte, beheer):
        assert browser(other).get(at(regenboog, visit)).status_code == 404
    found = page(browser, fatima, room(regenboog))
    assert "Wie haakt af" not in found
    assert "visit.held" not in str(Record.objects.values_list("kind"))
    assert thread.find(fatima, f"visit:{visit.pk}") is None
    assert thread.find(bram, f"visit:{visit.pk}")


def test_there_is_room_for_so_many(anna: User, bram: User, fatima: User, gert: User, regenboog: Side) -> None:
    visit = opened(regenboog, anna)
    visit.come(by=regenboog.member(bram))
    visit.come(by=regenboog.member(bram))  # pressed twice
    with pytest.raises(Refused, match="vol"):
        visit.come(by=regenboog.member(fatima))
    with pytest.raises(Refused, match="eigen les"):
        visit.come(by=regenboog.member(anna))
    with pytest.raises(Refused, match="leden"):
        visit.come(by=regenboog.member(gert))
    visit.stay_away(by=regenboog.member(bram))
    visit.come(by=regenboog.member(fatima))
    assert [visitor.member for visitor in visit.visitors.all()] == [regenboog.member(fatima)]


def test_who_would_like_to_watch_asks_and_the_host_chooses_the_question(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    a = regenboog.member(anna)
    sent = {
        "host": a.pk,
        "lesson": "Groep 6",
        "on": "2026-11-12",
        "begins": "10:30",
        "minutes": "10",
        "question": "Hoe begin jij?",
    }
    browser(bram).post(room(regenboog, "vragen/"), sent)
    visit = Visit.objects.get()
    assert told("visit.asked") == ["Anna"]
    assert browser(fatima).get(at(regenboog, visit)).status_code == 404
    assert "Bram Jansen wil komen kijken. Komt het uit?" in page(browser, anna, at(regenboog, visit))
    browser(anna).post(at(regenboog, visit), {"question": "Wie begint, en wie wacht?"})
    visit.refresh_from_db()
    assert (visit.state, visit.question) == ("open", "Wie begint, en wie wacht?")
    assert told("visit.answered") == ["Bram"]
    assert "Je komt kijken" in page(browser, bram, at(regenboog, visit))


def test_no_is_an_answer_without_a_reason(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    visit = Visit.ask(
        by=regenboog.member(bram),
        host=regenboog.member(anna),
        fields={"lesson": "Groep 6", "starts_at": LESSON, "minutes": 10, "question": ""},
    )
    browser(anna).post(at(regenboog, visit, "afzeggen/"))
    assert told("visit.changed") == ["Bram"]
    assert "Dit gaat niet door." in page(browser, bram, at(regenboog, visit))


def test_what_the_visitor_notes_is_theirs_until_they_give_it(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    visit = opened(regenboog, anna, room_for=2)
    for guest in (bram, fatima):
        visit.come(by=regenboog.member(guest))
    watching = at(regenboog, visit, "kijken/")
    with clock.at(AFTER):
        note = {"text": "‘Ik snap het niet’, na de eerste som", "kind": "says", "key": "een"}
        for _twice in range(2):
            browser(bram).post(watching, note)
        assert Note.objects.count() == 1
        assert "Ik snap het niet" in page(browser, bram, watching)
        assert "Alleen jij leest dit, tot je het aan Anna de Wit geeft." in page(browser, bram, watching)
        for other in (anna, fatima):
            assert "Ik snap het niet" not in page(browser, other, at(regenboog, visit))
        assert browser(anna).get(watching).status_code == 404
        browser(anna).post(at(regenboog, visit, "geweest/"))
        browser(bram).post(at(regenboog, visit, "geven/"))
        assert told("visit.notes") == ["Anna"]
        assert "Wat Bram Jansen zag" in page(browser, anna, at(regenboog, visit))
        assert "Ik snap het niet" not in page(browser, fatima, at(regenboog, visit))
        browser(bram).post(f"{watching}{Note.objects.get().pk}/weghalen/")
        assert "Ik snap het niet" not in page(browser, anna, at(regenboog, visit))


def test_it_counts_when_one_who_was_there_says_so_once(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    visit = opened(regenboog, anna)
    visit.come(by=regenboog.member(bram))
    with pytest.raises(Refused, match="nog niet geweest"):
        visit.hold_lesson(by=regenboog.member(anna))
    with clock.at(AFTER):
        with pytest.raises(Refused, match="wie erbij was"):
            visit.hold_lesson(by=regenboog.member(fatima))
        for who in (bram, anna):
            visit.hold_lesson(by=regenboog.member(who))
            visit.talk(by=regenboog.member(who))
    record = Record.objects.get(kind="visit.held")
    assert record.actor == regenboog.member(bram).pk
    assert record.data == {
        "about": visit.pk,
        "host": regenboog.member(anna).pk,
        "question": True,
        "goal": None,
    }
    assert Record.objects.filter(kind="visit.talked").count() == 1


def test_a_lesson_to_which_nobody_came_counts_for_nothing(anna: User, regenboog: Side) -> None:
    visit = opened(regenboog, anna)
    with clock.at(AFTER), pytest.raises(Refused, match="niemand"):
        visit.hold_lesson(by=regenboog.member(anna))


def test_each_tries_one_thing_and_tells_how_it_went(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    visit = held(regenboog, anna, bram, "Drie schrijven niets op")
    with clock.at(AFTER):
        browser(bram).post(
            at(regenboog, visit, "voornemen/"), {"text": "Eerst laten schatten", "on": "2026-11-17"}
        )
        assert "Eerst laten schatten" in page(browser, anna, at(regenboog, visit))
    with clock.at(NOW + timedelta(days=8)):
        visit_jobs.ask(Run(Job(kind="practice.ask")))
        visit_jobs.ask(Run(Job(kind="practice.ask")))
        assert told("intention.due") == ["Bram"]
        told_ = {"worked": "partly", "how": "Alleen bij de tafels"}
        browser(bram).post(at(regenboog, visit, "voornemen/vertellen/"), told_)
        assert "Alleen bij de tafels" in page(browser, anna, at(regenboog, visit))
        assert browser(fatima).get(at(regenboog, visit)).status_code == 404
    assert Intention.objects.get().worked == Worked.PARTLY
    kinds = list(
        Record.objects.filter(kind__startswith="visit.").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["visit.opened", "visit.held", "visit.intended", "visit.tried"]
    assert not Notice.objects.filter(kind="intention.due").unread().exists()


def test_the_morning_after_those_who_were_there_are_asked_once_whether_it_went_on(
    anna: User, bram: User, regenboog: Side
) -> None:
    visit = opened(regenboog, anna)
    visit.come(by=regenboog.member(bram))
    with clock.at(LESSON + timedelta(hours=5)):
        visit_jobs.ask(Run(Job(kind="practice.ask")))
        assert told("visit.due") == []
    with clock.at(LESSON + timedelta(days=1)):
        for _morning in range(2):
            visit_jobs.ask(Run(Job(kind="practice.ask")))
        assert told("visit.due") == ["Anna", "Bram"]
        visit.hold_lesson(by=regenboog.member(bram))
        assert told("visit.due") == []


def test_the_host_lets_the_group_read_what_was_seen_without_names(
    browser: Browser, anna: User, bram: User, fatima: User, gert: User, regenboog: Side
) -> None:
    visit = held(regenboog, anna, bram, "Drie schrijven niets op", "Eén tekent")
    seen = room(regenboog, "gezien/")
    assert "Drie schrijven niets op" not in page(browser, fatima, seen)
    assert browser(bram).post(at(regenboog, visit, "vrijgeven/")).status_code == 404
    browser(anna).post(at(regenboog, visit, "vrijgeven/"))
    found = page(browser, fatima, seen)
    main = found[found.index("<main") :]
    assert "Wie haakt af, en wanneer?" in main
    assert "Drie schrijven niets op" in main
    for private in ("Anna", "Bram", "Groep 6", "november", "lokaal 3"):
        assert private not in main
    assert browser(fatima).get(at(regenboog, visit)).status_code == 404
    assert browser(gert).get(seen).status_code == 404
    browser(anna).post(at(regenboog, visit, "vrijgeven/"), {"terug": "1"})
    assert "Drie schrijven niets op" not in page(browser, fatima, seen)


def test_an_insight_that_comes_of_it_says_so_to_those_who_were_there(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    visit = held(regenboog, anna, bram)
    new = f"/plg/{regenboog.community.pk}/inzichten/nieuw/?from=visit:{visit.pk}"
    with clock.at(AFTER):
        assert f"inzichten/nieuw/?from=visit%3A{visit.pk}" in page(browser, bram, at(regenboog, visit))
        said = {"kind": "routine", "what": "Ik laat ze eerst schatten", "why": "dan kijken ze"}
        browser(bram).post(new, said)
        insight = Insight.objects.get(what="Ik laat ze eerst schatten")
        address = f"/plg/{regenboog.community.pk}/inzichten/{insight.pk}/"
        assert "Wie haakt af" in page(browser, bram, address)
        assert "Wie haakt af" not in page(browser, fatima, address)
        # Who may not see the visit cannot name it.
        browser(fatima).post(new, {**said, "what": "Ik doe het anders"})
    records = Record.objects.filter(kind="insight.captured").order_by("-pk")
    assert [record.data["visit"] for record in records[:2]] == [None, visit.pk]


def test_a_host_who_moves_it_tells_who_comes_and_a_colleague_who_was_first_is_not_overwritten(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    visit = opened(regenboog, anna)
    visit.come(by=regenboog.member(bram))
    change = at(regenboog, visit, "aanpassen/")
    browser(anna).post(change, {**SENT, "begins": "11:30", "seen": "0"})
    visit.refresh_from_db()
    assert (visit.starts_at, visit.revision) == (LESSON + timedelta(hours=1), 1)
    assert told("visit.changed") == ["Bram"]
    late = browser(anna).post(change, {**SENT, "begins": "12:30", "seen": "0"}).content.decode()
    assert "veranderd terwijl jij schreef" in late
    assert browser(bram).get(change).status_code == 404


def test_who_leaves_receives_nobody_and_comes_to_nobody(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    hosted, visited = opened(regenboog, anna), opened(regenboog, fatima, room_for=2)
    hosted.come(by=regenboog.member(bram))
    visited.come(by=regenboog.member(anna))
    regenboog.member(anna).leave()
    hosted.refresh_from_db()
    assert hosted.state == Visit.State.CANCELLED
    assert told("visit.changed") == ["Bram"]
    assert not visited.visitors.exists()


def test_a_visit_goes_for_good_when_the_host_says_so_and_after_a_year(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    gone, old = held(regenboog, anna, bram, "Drie schrijven niets op"), opened(regenboog, bram)
    with clock.at(AFTER):
        assert browser(bram).post(at(regenboog, gone, "weghalen/")).status_code == 404
        assert "voorgoed weg" in page(browser, anna, at(regenboog, gone, "weghalen/"))
        browser(anna).post(at(regenboog, gone, "weghalen/"))
    assert not Note.objects.exists()
    assert Vanished.objects.filter(
        kind="visit", reference=str(gone.pk)
    ).exists()  # a backup does not bring it back
    assert Record.objects.filter(kind="visit.held").exists()  # that it was held goes on counting
    with clock.at(LESSON + timedelta(days=366)):
        visit_vanishing.vanish_outdated()
    assert not Visit.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"question": " "}, "verplicht"),
        ({"on": "2026-11-09"}, "al geweest"),
        ({"on": "2031-11-12"}, "ver weg"),
        ({"on": "morgen"}, "geldige datum"),
        ({"minutes": "1"}, "minstens 3"),
        ({"minutes": "9999999999999999999999"}, "hoogstens 240"),
        ({"room_for": "30"}, "hoogstens 4"),
        ({"question": "x" * 301}, "300"),
        ({"goal": "99999999999999999999"}, "geldige keuze"),
    ],
)
def test_what_cannot_be_is_said_on_the_page_with_what_was_typed(
    browser: Browser, anna: User, regenboog: Side, sent: dict[str, str], says: str
) -> None:
    answer = browser(anna).post(room(regenboog, "open/"), {**SENT, **sent})
    found = answer.content.decode()
    assert answer.status_code == 200
    assert says in found
    assert "Groep 6, breuken" in found
    assert not Visit.objects.exists()


def test_pressed_twice_is_opened_once(browser: Browser, anna: User, regenboog: Side) -> None:
    for _twice in range(2):
        browser(anna).post(room(regenboog, "open/"), SENT)
    assert Visit.objects.count() == 1
    assert Record.objects.filter(kind="visit.opened").count() == 1


def test_another_group_has_nothing_to_do_with_it(
    browser: Browser, anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    visit = opened(regenboog, anna)
    assert browser(olga).get(at(regenboog, visit)).status_code == 404
    assert browser(olga).get(f"/plg/{baken.community.pk}/praktijk/lesbezoek/{visit.pk}/").status_code == 404
    both = Community.found(school=regenboog.school, name="Aardrijkskunde", by=anna)
    assert browser(anna).get(f"/plg/{both.pk}/praktijk/lesbezoek/{visit.pk}/").status_code == 404


def test_its_day_is_in_the_year_that_comes(anna: User, regenboog: Side) -> None:
    with pytest.raises(Refused, match="al geweest"):
        opened(regenboog, anna, starts_at=NOW)
    assert opened(regenboog, anna).starts_at.date() == date(2026, 11, 12)
