"""What does not belong in the minutes is taken out of them, for good, and one reads that it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.vanished import kinds
from leerkring.meetings.live import coming, store, view
from leerkring.meetings.live.acts import Impossible, Why
from leerkring.meetings.live.steps import dump
from leerkring.meetings.models import Correction, Live, LiveAct, Note, Unclaimed
from leerkring.meetings.pile_names import NO_NAME
from leerkring.meetings.taking_out import VANISHED
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import place
from leerkring.meetings.tests.test_harvest import INSIGHT, with_every_step
from leerkring.meetings.tests.test_room import STEPS
from leerkring.people.models import User
from tests.cast import Browser, Side

PUPIL = "Kevin uit 3b"


@pytest.fixture
def held(fatima: User, anna: User, bram: User, regenboog: Side) -> Held:
    return with_every_step(opened(regenboog, fatima, anna, bram))


def wrote(held: Held, *cards: tuple[User, str]) -> list[int]:
    """In silence, each a card."""
    held.to(next(iter(held.people)), "schrijf")
    return [held(who, "card", step="schrijf", text=text) for who, text in cards]


def minutes(browser: Browser, held: Held, reader: User) -> str:
    with clock.at(held.now):
        return browser(reader).get(place(held.side, held.meeting, "notulen/")).content.decode()


def offered(browser: Browser, held: Held, reader: User) -> str:
    with clock.at(held.now):
        return browser(reader).get(place(held.side, held.meeting, "notulen/eruit/")).content.decode()


def take_out(browser: Browser, held: Held, by: User, what: str, number: int) -> int:
    with clock.at(held.now):
        address = place(held.side, held.meeting, f"notulen/eruit/{what}/{number}/")
        return browser(by).post(address).status_code


def everywhere() -> str:
    """All that is in the database."""
    return repr([list(model._default_manager.values()) for model in apps.get_models()])


def test_who_wrote_a_card_takes_it_out_of_the_minutes_after_reading_that_it_is_for_good(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    card, _other = wrote(held, (anna, f"{PUPIL} haakt af"), (bram, "Ze kijken bij hun buur"))
    held(fatima, "close")
    assert PUPIL in minutes(browser, held, bram)
    page = offered(browser, held, anna)
    assert PUPIL in page
    assert "Ze kijken bij hun buur" not in page
    with clock.at(held.now):
        asked = browser(anna).get(place(held.side, held.meeting, f"notulen/eruit/gezegd/{card}/"))
    assert "Je kunt het niet terugdraaien" in asked.content.decode()
    assert take_out(browser, held, anna, "gezegd", card) == 302
    page = minutes(browser, held, bram)
    assert PUPIL not in page
    assert "1 kaart is eruit gehaald." in page
    assert "Ze kijken bij hun buur" in page
    assert PUPIL not in everywhere()
    assert Job.objects.filter(kind="site.wipe").exists()
    assert take_out(browser, held, anna, "gezegd", card) == 404


def test_who_led_the_meeting_takes_out_any_text_and_a_colleague_none_of_another(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User, gert: User
) -> None:
    card, other = wrote(held, (anna, PUPIL), (anna, "Ook iets"))
    held(fatima, "role", role="facilitator", person=held.people[bram].pk)
    held(fatima, "close")
    assert take_out(browser, held, gert, "gezegd", card) == 404
    assert take_out(browser, held, bram, "gezegd", card) == 302  # by turn
    assert take_out(browser, held, fatima, "gezegd", other) == 302  # facilitates the group
    assert "2 kaarten zijn eruit gehaald." in minutes(browser, held, anna)
    assert "Er is niets dat je eruit kunt halen" in offered(browser, held, anna)


def test_what_was_taken_out_stays_out_when_a_phone_brings_something_late(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    card, other = wrote(held, (anna, PUPIL), (bram, "Ze kijken bij hun buur"))
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name="Samen", cards=[card, other])
    held.to(fatima, "stippen")
    held(bram, "dot", step="stippen", card=card, on=True)
    held(fatima, "close")
    take_out(browser, held, anna, "gezegd", card)
    held(bram, "dot", step="stippen", card=other, on=True)
    held(bram, "card", step="schrijf", text="Uit de trein")
    page = minutes(browser, held, bram)
    assert PUPIL not in everywhere()
    assert "1 kaart is eruit gehaald." in page
    assert "Uit de trein" in page
    # The pile keeps its dots, also those on the card that is gone.
    assert '<strong>Samen</strong> <span class="muted">2 stippen</span>' in page
    gone = Note.objects.get(out=True)
    assert (gone.text, gone.by) == ("", None)


def test_no_screen_that_is_still_open_shows_what_was_taken_out(
    browser: Browser, held: Held, fatima: User, anna: User
) -> None:
    card, other = wrote(held, (anna, PUPIL), (anna, "Ze kijken bij hun buur"))
    held(fatima, "close")
    take_out(browser, held, anna, "gezegd", card)
    room = store.load(Live.objects.get(pk=held.live.pk)).room
    for picture in (view.common(room), view.own(room, held.people[anna].pk)):
        assert f"card:{card}" not in picture
    assert f"card:{other}" in view.common(room)


def test_no_screen_shows_who_made_an_objection_that_was_taken_out(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "verder")
    held(fatima, "consent", step="verder", yes=True)
    number = held(anna, "consent", step="verder", yes=False, text=PUPIL)
    held(bram, "consent", step="verder", yes=False, text="Te vol")
    held(fatima, "close")
    take_out(browser, held, anna, "gezegd", number)
    room = store.load(Live.objects.get(pk=held.live.pk)).room
    shown = view.common(room)["consent:verder"]
    assert shown == {"yes": 1, "objections": [{"by": held.people[bram].pk, "text": "Te vol"}]}


def test_an_objection_is_taken_out_with_what_was_said_before_it(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "verder")
    held(bram, "consent", step="verder", yes=True)
    held(anna, "consent", step="verder", yes=False, text=f"Niet voor {PUPIL}")
    number = held(anna, "consent", step="verder", yes=False, text=f"Toch niet, om {PUPIL}")
    held(fatima, "close")
    assert take_out(browser, held, anna, "gezegd", number) == 302
    held(fatima, "consent", step="verder", yes=True)
    page = minutes(browser, held, bram)
    assert "1 bezwaar is eruit gehaald." in page
    assert "2 mensen konden hiermee verder." in page
    assert PUPIL not in everywhere()


def test_an_objection_to_how_it_read_before_stays_and_is_taken_out_like_any(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "stippen")
    held.to(fatima, "verder")
    number = held(anna, "consent", step="verder", yes=False, text=f"Niet voor {PUPIL}")
    held(bram, "consent", step="verder", yes=True)
    held.to(fatima, "bij")
    held(fatima, "card", step="bij", text="Beter gezegd")
    held.to(fatima, "verder")
    held(anna, "consent", step="verder", yes=True)
    held(fatima, "close")
    page = minutes(browser, held, bram)
    assert "1 persoon kon hiermee verder." in page
    assert "eerder bezwaar" in page
    assert PUPIL in page
    assert take_out(browser, held, anna, "gezegd", number) == 302
    page = minutes(browser, held, bram)
    assert "1 bezwaar is eruit gehaald." in page
    assert PUPIL not in everywhere()


def test_a_pile_loses_its_name_by_who_led_or_with_its_last_card(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    first, second, third = wrote(held, (anna, "Boeken"), (anna, "Kaarten"), (bram, "Tijd"))
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name=PUPIL, cards=[first, second])
    held(bram, "pile", step="orden", name="Bij Kevin thuis", cards=[third])
    held(fatima, "close")
    assert take_out(browser, held, anna, "stapel", first) == 404
    assert take_out(browser, held, fatima, "stapel", first) == 302
    take_out(browser, held, bram, "gezegd", third)
    held(bram, "card", step="schrijf", text="Uit de trein")  # everything is written anew
    page = minutes(browser, held, anna)
    assert f"<strong>{NO_NAME}</strong>" in page
    assert "Boeken" in page
    assert "Kevin" not in everywhere()


def test_a_pile_of_the_same_name_in_another_step_keeps_it(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    again = tuple(replace(step, key=f"weer-{step.key}", of=step.of and f"weer-{step.of}") for step in STEPS)
    Live.objects.filter(pk=held.live.pk).update(steps=dump(STEPS + again))
    (first,) = wrote(held, (anna, PUPIL))
    held.to(fatima, "weer-schrijf")
    second = held(bram, "card", step="weer-schrijf", text="Tijd")
    held.to(fatima, "weer-orden")
    held(bram, "pile", step="orden", name="Samen", cards=[first])
    held(bram, "pile", step="weer-orden", name="Samen", cards=[second])
    held(fatima, "close")
    take_out(browser, held, anna, "gezegd", first)
    piles = Note.objects.order_by("number").values_list("pile", flat=True)
    assert list(piles) == [NO_NAME, "Samen"]
    held(bram, "card", step="schrijf", text="Uit de trein")  # everything is written anew
    assert list(piles)[:2] == [NO_NAME, "Samen"]


def test_a_pile_that_the_house_named_keeps_that_with_its_last_card(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    (card,) = wrote(held, (anna, PUPIL))
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name="", cards=[card])
    held(fatima, "close")
    take_out(browser, held, anna, "gezegd", card)
    assert Note.objects.get().pile == "stapel 1"


def test_what_a_guest_said_is_taken_out_with_what_was_said_at_it_and_is_nobodys_insight_later(
    browser: Browser, held: Held, fatima: User, anna: User, gert: User
) -> None:
    kees = held.by_name("Kees")
    held.to(fatima, "oogst")
    insight = held(kees, "insight", **{**INSIGHT, "what": f"{PUPIL} helpt dan", "practice": PUPIL})
    held(anna, "limit", insight=insight, text=f"als {PUPIL} er niet is")
    held(anna, "try", insight=insight, on="2026-12-01")
    held(fatima, "close")
    assert take_out(browser, held, anna, "gezegd", insight) == 404
    assert take_out(browser, held, fatima, "gezegd", insight) == 302
    with clock.at(held.now):
        coming.link(held.live, kees, held.side.member(gert))
    page = minutes(browser, held, anna)
    assert "2 teksten zijn eruit gehaald." in page
    assert "Er is geen inzicht opgeschreven." not in page
    assert "Wat jullie opschreven, staat bij ‘Wat weten we nu?’." in page
    assert "probeert dit" not in page
    assert PUPIL not in everywhere()
    assert set(Unclaimed.objects.values_list("text", "out")) == {("", True)}


def test_what_comes_late_at_an_insight_that_was_taken_out_stays_with_who_wrote_it(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User, caplog: pytest.LogCaptureFixture
) -> None:
    held.to(fatima, "oogst")
    insight = held(held.by_name("Kees"), "insight", **INSIGHT)
    held(anna, "limit", insight=insight, text=PUPIL)
    held(anna, "try", insight=insight, on="2026-12-01")
    held(fatima, "close")
    take_out(browser, held, fatima, "gezegd", insight)
    late: list[tuple[str, dict[str, Any]]] = [
        ("limit", {"text": "Niet buiten"}),
        ("try", {"on": "2026-12-02"}),
    ]
    for kind, said in late:
        with pytest.raises(Impossible) as refused:
            held(bram, kind, insight=insight, **said)
        assert refused.value.why is Why.GONE
    room = store.load(Live.objects.get(pk=held.live.pk)).room
    assert len(room.insights[insight].limits) == len(room.insights[insight].tries) == 1
    assert "passed_over" not in caplog.text  # what was said before is played again


def test_a_card_without_a_name_and_an_addition_are_taken_out_as_well(
    browser: Browser, held: Held, fatima: User, anna: User
) -> None:
    held.to(fatima, "zonder")
    held.give(anna, "zonder", kaart=1)
    held(fatima, "close")
    note = Note.objects.get()
    with clock.at(held.now):
        browser(anna).post(place(held.side, held.meeting, "notulen/"), {"text": f"{PUPIL} was er ook"})
    number = Correction.objects.get().pk
    assert take_out(browser, held, anna, "kaart", note.pk) == 404  # nobody can tell whose it is
    assert take_out(browser, held, fatima, "kaart", note.pk) == 302
    assert take_out(browser, held, anna, "aanvulling", number) == 302
    assert Correction.objects.get().by is None
    page = minutes(browser, held, anna)
    assert "1 kaart is eruit gehaald." in page
    assert "1 aanvulling is eruit gehaald." in page
    assert PUPIL not in everywhere()


def test_while_the_meeting_is_on_there_is_nothing_to_take_out(
    browser: Browser, held: Held, anna: User
) -> None:
    (card,) = wrote(held, (anna, PUPIL))
    assert take_out(browser, held, anna, "gezegd", card) == 404


def test_a_restored_backup_does_not_bring_it_back(
    browser: Browser, held: Held, fatima: User, anna: User
) -> None:
    (card,) = wrote(held, (anna, PUPIL))
    held(fatima, "close")
    backup = [*Note.objects.all(), *LiveAct.objects.all()]
    take_out(browser, held, anna, "gezegd", card)
    for row in backup:
        row.save()
    assert PUPIL in everywhere()
    kinds[VANISHED](f"gezegd:{held.meeting.pk}:{card}")
    assert PUPIL not in everywhere()
    kinds[VANISHED](f"gezegd:{held.meeting.pk + 1}:{card}")  # of a meeting that is not in it


def test_a_restored_backup_of_while_it_was_on_does_not_bring_back_the_name_of_a_pile(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    first, second = wrote(held, (anna, "Boeken"), (bram, "Tijd"))
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name="Anders", cards=[first])
    held(bram, "pile", step="orden", name=PUPIL, cards=[first, second])
    backup = list(LiveAct.objects.all())
    held(fatima, "close")
    for user, card in ((anna, first), (bram, second)):
        take_out(browser, held, user, "gezegd", card)
    noted = list(Vanished.objects.filter(kind=VANISHED).order_by("pk").values_list("reference", flat=True))
    Note.objects.all().delete()
    for row in backup:
        row.save()
    for reference in noted:
        kinds[VANISHED](reference)
    assert PUPIL not in everywhere()
    assert "Anders" in everywhere()  # of that pile nothing was taken out


def test_an_objection_that_was_said_often_takes_no_longer_to_take_out(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    held.to(fatima, "verder")
    said: dict[str, Any] = {"step": "verder", "yes": False, "text": PUPIL}
    numbers = [held(anna, "consent", **said), [held(bram, "consent", **said) for _ in range(4)][-1]]
    held(fatima, "close")
    asked = []
    for user, number in zip((anna, bram), numbers, strict=True):
        with clock.at(held.now):
            client, address = browser(user), place(held.side, held.meeting, f"notulen/eruit/gezegd/{number}/")
            with CaptureQueriesContext(connection) as found:
                assert client.post(address).status_code == 302
        asked.append(len(found))
    assert asked[1] <= asked[0]
