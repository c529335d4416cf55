"""What a guest without an account would do: the group's like any other, and asked of who facilitates."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring import clock
from leerkring.communities.erasing import erase
from leerkring.communities.mail import rounds
from leerkring.communities.models import Notice
from leerkring.meetings.live import coming
from leerkring.meetings.models import Agreement, Participant
from leerkring.meetings.models.agreement import DUE, OF_GUEST
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import SOON, place, planned
from leerkring.meetings.tests.test_agreements import TODAY, agreed, remind, room
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side
from tests.letterbox import Letterbox


def by_a_guest(side: Side, by: User, *, day: date = TODAY) -> tuple[Held, Participant, Agreement]:
    """Noor, who came in by the code, does something by that day."""
    held = opened(side, by)
    noor = held.by_name("Noor")
    held(noor, "agreement", what="Noor neemt kaarten mee", who=[noor.pk], by=day.isoformat())
    held(by, "close")
    return held, noor, Agreement.objects.get()


def test_what_a_guest_would_do_stands_with_the_groups_agreements_and_who_facilitates_is_asked(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    day = SOON.date() + timedelta(days=2)
    _held, _noor, made = by_a_guest(regenboog, fatima, day=day)
    assert remind(day) == {fatima}
    with clock.at(NOW.replace(day=day.day)):
        page = browser(anna).get(room(regenboog)).content.decode()
        assert "Noor neemt kaarten mee" in page
        assert "Noor · uiterlijk" in page
        today = f"/plg/{regenboog.community.pk}/"
        assert "Afspraak van Noor" not in browser(anna).get(today).content.decode()
        page = browser(fatima).get(today).content.decode()
        assert "Afspraak van Noor (zonder account):" in page
        assert f"afspraken/#afspraak-{made.pk}" in page
        assert (
            "Afspraak van Noor. Weet jij of het gedaan is?"
            in browser(fatima).get("/postvak/").content.decode()
        )
        browser(fatima).post(room(regenboog, f"{made.pk}/"), {"gedaan": "vandaag"})
        assert "Afspraak van Noor" not in browser(fatima).get(today).content.decode()
        assert "Afspraak van Noor" not in browser(fatima).get("/postvak/").content.decode()
    made.refresh_from_db()
    assert made.state == Agreement.State.KEPT


def test_among_what_i_do_only_what_stands_there_is_read(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    day = SOON.date() + timedelta(days=2)
    _held, _noor, of_guest = by_a_guest(regenboog, fatima, day=day)
    of_all = agreed(regenboog, what="Allemaal een foto", day=day)
    mine = agreed(regenboog, fatima, what="Fatima belt", day=day)
    assert remind(day) == {fatima}

    def waiting() -> set[int | None]:
        asked = Notice.objects.filter(user=fatima, kind__in=[DUE, OF_GUEST]).unread()
        return set(asked.values_list("thing_id", flat=True))

    with clock.at(NOW.replace(day=day.day)):
        assert waiting() == {of_guest.pk, of_all.pk, mine.pk}
        browser(fatima).get(room(regenboog, "?van=mij"))
        assert waiting() == {of_guest.pk, of_all.pk}
        browser(fatima).get(room(regenboog))
        assert waiting() == set()


def test_the_mail_of_the_week_asks_about_what_a_guest_would_do(
    fatima: User, regenboog: Side, letterbox: Letterbox
) -> None:
    day = SOON.date() + timedelta(days=2)
    by_a_guest(regenboog, fatima, day=day)
    remind(day)
    for later, hour in ((2, 15), (4, 15)):  # Thursday and Saturday tell nothing of it; Monday at four does
        with clock.at(SOON + timedelta(days=later, hours=hour - 14)):
            rounds.go()
    assert "Afspraak van Noor" not in str([str(letter) for _to, letter in letterbox.letters])
    with clock.at(SOON + timedelta(days=6, hours=1)):
        rounds.go()
    told = [letter.get_body(("plain",)) for to, letter in letterbox.letters if to == fatima.email]
    assert told[-1] is not None
    assert "Afspraak van Noor. Weet jij of het gedaan is?" in told[-1].get_content()


def test_what_a_guest_would_do_is_taken_along_or_let_go_like_any_other(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    _held, _noor, made = by_a_guest(regenboog, fatima)
    following = planned(regenboog, fatima, topic="Erna", starts_at=SOON + timedelta(days=7))
    with clock.at(SOON + timedelta(days=1)):
        look_back = place(regenboog, following, f"afspraak/{made.pk}/")
        page = browser(fatima).get(place(regenboog, following)).content.decode()
        assert "Noor neemt kaarten mee" in page
        assert look_back in page
        browser(fatima).post(look_back, {"mee": "1"})
        made.refresh_from_db()
        assert (made.meeting_id, made.carried) == (following.pk, 1)
        browser(fatima).post(look_back, {"los": "1"})
    made.refresh_from_db()
    assert made.state == Agreement.State.LET_GO


def test_a_guest_who_becomes_known_is_asked_and_who_facilitates_no_more(
    fatima: User, bram: User, regenboog: Side
) -> None:
    day = SOON.date() + timedelta(days=2)
    held, noor, _made = by_a_guest(regenboog, fatima, day=day)
    remind(day)
    with clock.at(NOW.replace(day=day.day)):
        coming.link(held.live, noor, regenboog.member(bram))
    asked = Notice.objects.filter(kind__startswith="agreement.")
    assert [(notice.user, notice.kind) for notice in asked] == [(bram, "agreement.due")]


def test_a_colleague_takes_over_what_a_guest_would_do(fatima: User, anna: User, regenboog: Side) -> None:
    day = SOON.date() + timedelta(days=2)
    _held, _noor, made = by_a_guest(regenboog, fatima, day=day)
    remind(day)
    made.refresh_from_db()
    a = regenboog.member(anna)
    made.revise(by=regenboog.member(fatima), seen=0, what=made.what, who=[a], day=day)
    asked = Notice.objects.filter(kind__startswith="agreement.")
    assert [(notice.user, notice.kind) for notice in asked] == [(anna, "agreement.due")]


def test_a_name_that_is_erased_is_in_no_reminder(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    """Who came in by name was a colleague after all: once they are erased, nothing tells who it was."""
    day = SOON.date() + timedelta(days=2)
    held = opened(regenboog, fatima)
    name = held.by_name(bram.name)
    held(name, "agreement", what="Ik neem kaarten mee", who=[name.pk], by=day.isoformat())
    held(fatima, "close")
    remind(day)
    with clock.at(NOW.replace(day=day.day)):
        erase(bram, by=bram)
        page = browser(fatima).get("/postvak/").content.decode()
        assert "Afspraak van" in page
        assert "Bram" not in page
