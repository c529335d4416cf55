"""What is agreed goes on: it is done, let go, said otherwise or taken along, and who does it hears on the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from leerkring import clock
from leerkring.communities.models import Notice, Record
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Trying
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.meetings import jobs
from leerkring.meetings.live import coming, store, view
from leerkring.meetings.live.acts import Impossible, Why
from leerkring.meetings.live.steps import LOOK_BACK, load
from leerkring.meetings.live.words import setting
from leerkring.meetings.models import Agreement, Live, Meeting, Stage
from leerkring.meetings.models.agreement import DUE, OF_GUEST
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import SOON, place, planned
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

TODAY = date(2026, 11, 10)


def room(side: Side, act: str = "") -> str:
    return f"/plg/{side.community.pk}/bijeenkomsten/afspraken/{act}"


def agreed(side: Side, *who: User, what: str = "Bram maakt de kaarten", **more: Any) -> Agreement:
    return Agreement.make(side.community, what=what, who=[side.member(user) for user in who], **more)


def remind(day: date) -> set[User]:
    """Whom the night's work tells on that day."""
    asks = Notice.objects.filter(kind__in=[DUE, OF_GUEST])
    before = set(asks.values_list("pk", flat=True))
    with clock.at(NOW.replace(year=day.year, month=day.month, day=day.day)):
        jobs.agreements_due(Run(Job()))
    return {n.user for n in asks.exclude(pk__in=before)}


# The day has come


def test_who_does_it_hears_on_the_day_and_once(anna: User, bram: User, regenboog: Side) -> None:
    agreed(regenboog, bram, day=TODAY + timedelta(days=1))
    assert remind(TODAY) == set()
    assert remind(TODAY + timedelta(days=1)) == {bram}
    assert remind(TODAY + timedelta(days=2)) == set()


def test_nobody_hears_in_a_weekend_or_a_holiday(bram: User, regenboog: Side) -> None:
    regenboog.school.holidays.create(
        name="Extra vrij", first_day=date(2026, 11, 16), last_day=date(2026, 11, 16)
    )
    agreed(regenboog, bram, day=date(2026, 11, 14))
    assert [remind(date(2026, 11, day)) for day in (14, 15, 16)] == [set(), set(), set()]
    assert remind(date(2026, 11, 17)) == {bram}


def test_of_what_everybody_does_only_who_facilitates_hears(fatima: User, regenboog: Side) -> None:
    agreed(regenboog, day=TODAY)
    assert remind(TODAY) == {fatima}


def test_what_was_done_waits_in_no_inbox(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    agreement = agreed(regenboog, bram, day=TODAY)
    remind(TODAY)
    agreement.close(kept=True, by=regenboog.member(anna))
    assert not Notice.objects.filter(kind="agreement.due").exists()
    assert remind(TODAY + timedelta(days=1)) == set()


def test_the_list_says_what_the_notice_told(browser: Browser, bram: User, regenboog: Side) -> None:
    agreed(regenboog, bram, day=TODAY)
    remind(TODAY)
    assert "Jij zou dit doen. Is het gedaan?" in browser(bram).get("/postvak/").content.decode()
    browser(bram).get(room(regenboog))
    assert Notice.objects.get(kind="agreement.due").read_at is not None


# On Vandaag


def test_vandaag_asks_who_does_it_and_nobody_else(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram, day=TODAY)
    agreed(regenboog, bram, what="Bram belt de ouders", day=TODAY)
    agreed(regenboog, what="Wij tellen mee", day=TODAY)
    today = f"/plg/{regenboog.community.pk}/"
    page = browser(bram).get(today).content.decode()
    assert "Jij zou dit doen:" in page
    assert page.count("Jij zou dit doen:") == 1
    assert f"?van=mij#afspraak-{agreement.pk}" in page
    assert "Jij zou dit doen:" not in browser(anna).get(today).content.decode()
    answer = browser(bram).post(room(regenboog, f"{agreement.pk}/"), {"gedaan": "vandaag"})
    assert answer.headers["Location"] == today
    assert f"?van=mij#afspraak-{agreement.pk}" not in browser(bram).get(today).content.decode()


def test_vandaag_asks_one_thing_at_a_time(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    agreed(regenboog, bram, day=TODAY)
    insight = Insight.capture(
        by=regenboog.member(anna), kind=Tacit.RULE, what="eerst vouwen", why="dat blijft"
    )
    trying = Trying.objects.create(insight=insight, member=regenboog.member(bram), on=TODAY, at=NOW)
    with clock.at(NOW + timedelta(days=1)):
        page = browser(bram).get(f"/plg/{regenboog.community.pk}/").content.decode()
        assert "Je zou dit proberen:" in page
        assert "Jij zou dit doen:" not in page
        assert "Wie ben jij?" not in page
        trying.delete()
        regenboog.community.touch()
        page = browser(bram).get(f"/plg/{regenboog.community.pk}/").content.decode()
        assert "Jij zou dit doen:" in page


# Saying it otherwise, and between meetings


def test_something_is_agreed_between_two_meetings(
    browser: Browser, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    said = {"what": "Anna vraagt de beamer", "who": [str(regenboog.member(anna).pk)], "revision": "0"}
    client = browser(anna)
    assert client.post(room(regenboog, "nieuw/"), {**said, "by": "2026-11-09"}).status_code == 200  # was
    assert client.post(room(regenboog, "nieuw/"), {**said, "by": "2126-11-09"}).status_code == 200
    for _twice in range(2):
        assert client.post(room(regenboog, "nieuw/"), {**said, "by": "2026-11-20"}).status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.meeting, agreement.by) == (None, date(2026, 11, 20))
    assert [member.user for member in agreement.who.all()] == [anna]
    assert "Anna vraagt de beamer" in browser(bram).get(room(regenboog)).content.decode()
    assert "Anna vraagt de beamer" in browser(gert).get(room(regenboog)).content.decode()
    assert browser(gert).get(room(regenboog, "nieuw/")).status_code == 404
    assert browser(gert).post(room(regenboog, f"{agreement.pk}/"), {"gedaan": "1"}).status_code == 404


def test_an_agreement_gets_other_words_people_and_another_day(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram, day=TODAY)
    remind(TODAY)
    said = {
        "what": "Anna maakt de kaarten",
        "who": [str(regenboog.member(anna).pk)],
        "by": "2026-11-12",
        "revision": "0",
    }
    assert browser(anna).post(room(regenboog, f"{agreement.pk}/veranderen/"), said).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.what, agreement.by, agreement.revision) == (
        "Anna maakt de kaarten",
        date(2026, 11, 12),
        1,
    )
    assert not Notice.objects.filter(kind="agreement.due").exists()
    assert remind(date(2026, 11, 12)) == {anna}


def test_who_takes_it_over_on_the_same_day_hears_at_once(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram, day=TODAY)
    remind(TODAY)
    a = regenboog.member(anna)
    agreement.revise(by=regenboog.member(fatima), seen=0, what=agreement.what, who=[a], day=TODAY)
    assert {n.user for n in Notice.objects.filter(kind="agreement.due")} == {anna}


def test_a_colleagues_change_is_not_overwritten_unseen(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    agreement.revise(by=regenboog.member(bram), seen=0, what="Bram maakt tien kaarten", who=[], day=None)
    address = room(regenboog, f"{agreement.pk}/veranderen/")
    typed = {"what": "Wij maken kaarten", "by": "", "revision": "0"}
    page = browser(anna).post(address, typed).content.decode()
    assert "Een collega veranderde deze afspraak" in page
    assert "Bram maakt tien kaarten" in page
    assert "Wij maken kaarten" in page
    assert browser(anna).post(address, {**typed, "revision": "1"}).status_code == 302
    agreement.close(kept=True, by=regenboog.member(anna))
    assert browser(anna).get(address).status_code == 302
    page = browser(anna).post(address, {**typed, "what": "Toch niet", "revision": "2"}).content.decode()
    assert "stond al niet meer open" in page


def test_only_mine_or_all_and_never_how_many_of_whom(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    agreed(regenboog, bram)
    agreed(regenboog, anna, what="Anna belt")
    agreed(regenboog, anna, what="Anna mailde").close(kept=True, by=regenboog.member(anna))
    agreed(regenboog, bram, what="Bram filmt").close(kept=False, by=regenboog.member(bram))
    page = browser(anna).get(room(regenboog)).content.decode()
    for sentence in ("Bram maakt de kaarten", "Anna belt", "Anna mailde", "Bram filmt", "losgelaten"):
        assert sentence in page
    page = browser(anna).get(f"{room(regenboog)}?van=mij").content.decode()
    assert "Anna belt" in page
    assert "Bram maakt de kaarten" not in page
    assert "Bram filmt" not in page


# In the next meeting


def test_what_has_no_day_comes_last(browser: Browser, fatima: User, anna: User, regenboog: Side) -> None:
    for n in range(12):
        agreed(regenboog, what=f"Ooit {n}")
    due = agreed(regenboog, what="Vandaag klaar", day=TODAY)
    for address in (room(regenboog), place(regenboog, planned(regenboog, fatima, topic="Later"))):
        page = browser(anna).get(address).content.decode()
        assert page.index("Vandaag klaar") < page.index("Ooit 0")
    held = opened(regenboog, fatima)
    assert load(held.live.steps)[0].agreed[0] == due.pk
    held(fatima, "agreement", what="Zonder dag")
    held(fatima, "agreement", what="Met een dag", by="2026-12-01")
    held(fatima, "close")
    minutes = browser(fatima).get(place(regenboog, held.meeting, "notulen/")).content.decode()
    assert minutes.index("Met een dag") < minutes.index("Zonder dag")


def test_the_next_meeting_asks_what_became_of_it(
    browser: Browser, fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    one, two, three = (agreed(regenboog, bram, what=f"Bram doet {n}") for n in ("een", "twee", "drie"))
    later = planned(regenboog, fatima, topic="Later", starts_at=SOON + timedelta(days=7))
    meeting = planned(regenboog, fatima)
    page = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert "Wat spraken we de vorige keer af?" in page
    assert (
        "Wat spraken we de vorige keer af?" not in browser(anna).get(place(regenboog, later)).content.decode()
    )
    guest = browser(gert).get(place(regenboog, meeting)).content.decode()
    assert "Bram doet een" in guest
    assert "Schuif door" not in guest
    for agreement, says in ((one, "gedaan"), (two, "los"), (three, "mee"), (three, "mee")):
        address = place(regenboog, meeting, f"afspraak/{agreement.pk}/")
        assert browser(anna).post(address, {says: "1"}).headers["Location"] == place(regenboog, meeting)
    states = {a.what: (a.state, a.carried, a.meeting) for a in Agreement.objects.all()}
    assert states == {
        "Bram doet een": ("kept", 0, None),
        "Bram doet twee": ("let_go", 0, None),
        "Bram doet drie": ("open", 1, meeting),
    }
    page = browser(anna).get(place(regenboog, meeting)).content.decode()
    assert "schuift door" in page
    assert "Bram doet een" not in page


def test_what_is_taken_along_stays_in_the_minutes_of_where_it_was_made(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    held(anna, "agreement", what="Bram maakt de kaarten", who=[held.people[anna].pk], by="2026-12-01")
    held(fatima, "close")
    following = planned(regenboog, fatima, topic="Verder", starts_at=SOON + timedelta(days=14))
    with clock.at(held.now + timedelta(days=1)):
        agreement = Agreement.objects.get()
        agreement.take_along(following, by=regenboog.member(bram))
        for meeting in (held.meeting, following):
            page = browser(anna).get(place(regenboog, meeting, "notulen/")).content.decode()
            assert ("Bram maakt de kaarten" in page) is (meeting != following)  # it has no minutes yet
        with pytest.raises(Refused, match="is geweest"):
            agreement.take_along(held.meeting, by=regenboog.member(bram))


def test_a_meeting_begins_with_what_stands_open(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    agreed(regenboog, bram, what="Bram maakt de kaarten\nin kleur")
    agreed(regenboog, what="Wij tellen mee").close(kept=True, by=regenboog.member(anna))
    held = opened(regenboog, fatima, anna)
    first = load(held.live.steps)[0]
    assert (first.key, first.minutes, first.content) == (LOOK_BACK, 2, None)
    assert first.agreed == (Agreement.objects.open().get().pk,)
    held.to(fatima, LOOK_BACK)
    held(fatima, "close")
    assert Stage.objects.get(meeting=held.meeting, position=0).title == "Wat spraken we af?"


def test_who_comes_by_name_only_is_not_told_what_was_agreed_before(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    agreed(regenboog, bram, what="Bram belt de ouders")
    held: Held = opened(regenboog, fatima)
    visitor, member = browser(None), browser(bram)
    visitor.post(f"/m/{held.live.code}/", {"name": "Noor"})
    member.post(f"/m/{held.live.code}/")
    for board in ("", "?bord=1"):
        pages = [
            client.get(f"/bijeenkomst/{held.live.pk}/{board}").content.decode()
            for client in (visitor, member)
        ]
        assert ["Wat spraken we af?" in page for page in pages] == [True, True]
        assert ["Bram belt de ouders" in page for page in pages] == [False, True]


def test_a_room_of_an_earlier_version_does_not_tell_them_either(
    fatima: User, bram: User, regenboog: Side
) -> None:
    agreed(regenboog, bram, what="Bram belt de ouders")
    live = opened(regenboog, fatima).live
    for step in live.steps:
        if step["key"] == LOOK_BACK:  # they stood in what it said, and not by number
            del step["agreed"]
            for said in step["text"].values():
                said["hint"] = "Bram belt de ouders"
    live.save(update_fields=["steps"])
    kept = load(Live.objects.get(pk=live.pk).steps)
    assert kept[0].words("nl").prompt == "Hoe ging het met wat we afspraken?"
    assert "Bram belt de ouders" not in str(kept)


def test_without_open_agreements_a_meeting_begins_with_its_agenda(fatima: User, regenboog: Side) -> None:
    held: Held = opened(regenboog, fatima)
    assert LOOK_BACK not in [step.key for step in load(held.live.steps)]


def looking_back(side: Side, by: User, *others: User) -> Held:
    held = opened(side, by, *others)
    held.to(by, LOOK_BACK)
    return held


def test_in_the_room_everyone_says_of_each_agreement_what_became_of_it(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    one, two, three, four = (agreed(regenboog, bram, what=f"Bram doet {n}") for n in ("1", "2", "3", "4"))
    held = looking_back(regenboog, fatima, anna, bram)
    held(anna, "settle", agreement=one.pk, became="kept")
    held(bram, "settle", agreement=two.pk, became="kept")
    held(anna, "settle", agreement=two.pk, became="let_go")
    held(fatima, "settle", agreement=three.pk, became="carried")
    held(fatima, "settle", agreement=four.pk, became="kept")
    held(fatima, "settle", agreement=four.pk, became="")  # a slip
    noor = held.by_name("Noor")
    room = store.load(held.live).room
    own = view.own(room, held.people[bram].pk)
    assert view.on_board(own) == {
        f"became:{one.pk}": {"what": "kept"},
        f"became:{two.pk}": {"what": "let_go"},
        f"became:{three.pk}": {"what": "carried"},
    }
    # Who came by name only hears nothing of it, not how many there are either.
    for picture in (view.common(room), view.own(room, noor.pk)):
        assert not [key for key in picture if key.startswith("became:")]
    assert Agreement.objects.open().count() == 4  # as all that is made in a meeting: when it is over
    held(fatima, "close")
    states = {a.what: (a.state, a.carried, a.meeting) for a in Agreement.objects.all()}
    assert states == {
        "Bram doet 1": ("kept", 0, None),
        "Bram doet 2": ("let_go", 0, None),
        "Bram doet 3": ("open", 1, held.meeting),
        "Bram doet 4": ("open", 0, None),
    }
    said = Record.objects.filter(kind="agreement.closed").order_by("pk")
    assert [row.actor for row in said] == [regenboog.member(anna).pk] * 2


def test_what_was_settled_on_a_page_meanwhile_stays_as_it_is_there(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    held = looking_back(regenboog, fatima, anna)
    held(anna, "settle", agreement=agreement.pk, became="kept")
    agreement.close(kept=False, by=regenboog.member(bram))
    held(fatima, "close")
    assert Agreement.objects.get().state == Agreement.State.LET_GO
    assert Record.objects.filter(kind="agreement.closed").count() == 1


def test_what_is_settled_on_a_page_is_seen_in_the_room_at_once_and_stands(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    held = looking_back(regenboog, fatima, anna)
    page = room(regenboog, f"{agreement.pk}/")

    def said() -> Any:
        own = view.own(store.load(Live.objects.get(pk=held.live.pk)).room, held.people[anna].pk)
        return own.get(f"became:{agreement.pk}")

    held(anna, "settle", agreement=agreement.pk, became="let_go")
    with clock.at(held.now):
        browser(bram).post(page, {"gedaan": "1"})
    assert said() == {"what": "kept", "elsewhere": True}
    with pytest.raises(Impossible) as impossible:
        held(anna, "settle", agreement=agreement.pk, became="let_go")
    assert impossible.value.why is Why.OVERTAKEN
    # Who loads the room anew finds it there, and not left out.
    (shown,) = setting(held.live, held.people[anna], board=False)["agreed"]
    assert shown["what"] == agreement.what
    with clock.at(held.now):
        browser(bram).post(page, {"weer": "1"})
    assert said() is None
    held(anna, "settle", agreement=agreement.pk, became="let_go")
    held(fatima, "close")
    assert Agreement.objects.get().state == Agreement.State.LET_GO


def test_the_list_says_to_which_meeting_an_agreement_was_carried(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    held = looking_back(regenboog, fatima, anna, bram)
    held(anna, "settle", agreement=agreement.pk, became="carried")
    held(fatima, "close")

    def shown() -> str:
        with clock.at(held.now):
            page = browser(anna).get(room(regenboog)).content.decode()
        return page[page.index(f'id="afspraak-{agreement.pk}"') :]

    assert "Schuift door naar de volgende bijeenkomst. Die staat nog niet gepland." in shown()
    later = planned(regenboog, fatima, topic="Stroken leggen", starts_at=held.now + timedelta(days=14))
    assert f'bijeenkomsten/{later.pk}/">Stroken leggen</a>, dinsdag 8 december' in shown()
    with clock.at(held.now):
        assert agreement.what in browser(anna).get(place(regenboog, later)).content.decode()


def test_the_list_says_where_an_agreement_was_made_also_when_it_was_carried_over_since(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    first = opened(regenboog, fatima, bram, topic="Dertig briefjes")
    first.to(fatima, "agreements")
    first(bram, "agreement", what="Bram telt ze", who=[first.people[bram].pk])
    first(fatima, "close")
    agreement = Agreement.objects.get()
    second = planned(regenboog, fatima, topic="Doel voor breuken", starts_at=first.now + timedelta(days=7))

    def shown() -> str:
        with clock.at(first.now):
            page = browser(anna).get(room(regenboog)).content.decode()
        return page[page.index(f'id="afspraak-{agreement.pk}"') :].partition("</li>")[0]

    made = f'notulen/">{first.meeting}</a>'
    assert made in shown()
    agreement.take_along(second, by=regenboog.member(anna))
    regenboog.community.touch()
    assert made in shown()
    Meeting.objects.filter(pk=second.pk).update(
        state=Meeting.State.CLOSED, opened_at=first.now, closed_at=first.now
    )
    assert made in shown()
    assert "Doel voor breuken" not in shown()
    assert "Schuift door naar de volgende bijeenkomst." in shown()


def test_only_who_decides_here_settles_and_only_what_is_looked_at(
    fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram)
    held = looking_back(regenboog, fatima, anna, gert)
    later = agreed(regenboog, bram, what="Bram belt")
    for who in (held.people[gert], held.by_name("Noor")):
        with pytest.raises(Impossible) as impossible:
            held(who, "settle", agreement=agreement.pk, became="kept")
        assert impossible.value.why is Why.NOT_YOURS
    with pytest.raises(Impossible) as impossible:
        held(anna, "settle", agreement=later.pk, became="kept")
    assert impossible.value.why is Why.GONE


def test_what_became_of_it_is_added_late_and_changes_nothing_that_was_said(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    said, late, on_page, along = (
        agreed(regenboog, bram, what=f"Bram doet {n}") for n in ("1", "2", "3", "4")
    )
    held = looking_back(regenboog, fatima, anna)
    held(anna, "settle", agreement=said.pk, became="kept")
    held(fatima, "close")
    said.reopen(by=regenboog.member(bram))
    on_page.close(kept=False, by=regenboog.member(bram))
    for became in ("let_go", ""):
        with pytest.raises(Impossible) as impossible:
            held(anna, "settle", agreement=said.pk, became=became)
        assert impossible.value.why is Why.CLOSED
    for agreement, became in ((late, "kept"), (on_page, "kept"), (along, "carried")):
        held(anna, "settle", agreement=agreement.pk, became=became)
    states = {a.what: a.state for a in Agreement.objects.all()}
    assert states == {
        "Bram doet 1": "open",  # not settled anew by what comes later
        "Bram doet 2": "kept",
        "Bram doet 3": "let_go",
        "Bram doet 4": "open",
    }
    late.refresh_from_db()
    assert late.closed_at == held.meeting.closed_at


def test_a_screen_is_told_who_does_each_agreement_and_by_when(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    agreement = agreed(regenboog, bram, what="Bram belt")
    held = opened(regenboog, fatima, bram)
    said = setting(held.live, held.people[fatima], board=False)
    day = agreement.by.isoformat() if agreement.by else ""
    assert said["agreed"] == [{"id": agreement.pk, "what": "Bram belt", "who": "Bram Jansen", "by": day}]
    assert said["decides"] is True
    assert setting(held.live, held.by_name("Noor"), board=False)["agreed"] == []


def test_only_who_can_add_to_the_minutes_is_told_to(fatima: User, regenboog: Side) -> None:
    held = opened(regenboog, fatima)
    for who, says in ((held.people[fatima], "als aanvulling"), (held.by_name("Noor"), "vraag")):
        words = setting(held.live, who, board=False)["words"]
        assert all(says in words[why] for why in ("why_half", "why_closed"))


# By name only


def test_what_was_agreed_for_a_name_is_the_members_once_they_are_known(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    noor, joris = held.by_name("Noor"), held.by_name("Joris")
    who = [held.people[anna].pk, noor.pk, joris.pk]
    held(anna, "agreement", what="Wij maken kaarten", who=who)
    held(fatima, "close")
    made = Agreement.objects.get()
    assert (made.others, made.revision) == ("Noor, Joris", 0)
    with clock.at(held.now):
        coming.link(held.live, noor, regenboog.member(bram))
    made.refresh_from_db()
    assert (made.others, made.revision) == ("Joris", 1)  # who is saying it better hears of this
    assert set(made.who.all()) == {regenboog.member(anna), regenboog.member(bram)}


def test_what_was_agreed_for_a_name_is_of_nobody_who_is_called_nearly_so(
    fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    both, jan, noor = (held.by_name(name) for name in ("Jan, Piet", "Jan", "Vries, Noor de"))
    held(anna, "agreement", what="Wij maken kaarten", who=[both.pk, noor.pk])
    held(fatima, "close")
    with clock.at(held.now):
        coming.link(held.live, jan, regenboog.member(bram))
        coming.link(held.live, noor, regenboog.member(gert))
    made = Agreement.objects.get()
    assert (made.others, list(made.who.all())) == ("Jan, Piet", [regenboog.member(gert)])


def test_who_is_agreed_on_stays_known_where_not_all_names_fit(
    fatima: User, anna: User, bram: User, gert: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    people = [held.by_name(f"Persoon met een lange naam nummer {n} van de school ernaast") for n in range(8)]
    held(anna, "agreement", what="Wij maken kaarten", who=[one.pk for one in people])
    held(fatima, "close")
    made = Agreement.objects.get()
    assert made.others.endswith("nummer 4 van de school ernaast, …")
    with clock.at(held.now):
        coming.link(held.live, people[0], regenboog.member(bram))
        coming.link(held.live, people[7], regenboog.member(gert))
    made.refresh_from_db()
    assert set(made.who.all()) == {regenboog.member(bram), regenboog.member(gert)}
    assert people[0].name not in made.others


def test_who_was_taken_off_an_agreement_since_is_not_put_back(
    fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna)
    noor, a = held.by_name("Noor"), regenboog.member(anna)
    held(anna, "agreement", what="Wij maken kaarten", who=[noor.pk])
    held(fatima, "close")
    Agreement.objects.get().revise(by=a, seen=0, what="Anna maakt kaarten", who=[a], day=None)
    with clock.at(held.now):
        coming.link(held.live, noor, regenboog.member(bram))
    assert list(Agreement.objects.get().who.all()) == [a]
