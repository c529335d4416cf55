"""While a meeting is on, who leads takes away a card with the name of a pupil: for good, and for everyone."""

from __future__ import annotations

import pytest
from django.apps import apps

from leerkring import clock
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.vanished import kinds
from leerkring.meetings.live import store, view
from leerkring.meetings.live.acts import Impossible, Why
from leerkring.meetings.live.room import Room
from leerkring.meetings.models import Live, LiveAct, Note, Unsigned
from leerkring.meetings.taking_out import VANISHED
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import place
from leerkring.meetings.tests.test_harvest import with_every_step
from leerkring.people.models import User
from tests.cast import Browser, Side

PUPIL = "Kevin uit 3b"


@pytest.fixture
def held(fatima: User, anna: User, bram: User, regenboog: Side) -> Held:
    """Up to the cards that everyone sees."""
    return with_every_step(opened(regenboog, fatima, anna, bram))


def shown(held: Held, by: User, text: str) -> int:
    """A card of `by` that everyone has seen."""
    held.to(next(iter(held.people)), "schrijf")
    card = held(by, "card", step="schrijf", text=text)
    held(next(iter(held.people)), "reveal", step="schrijf")
    return card


def room_of(held: Held) -> Room:
    return store.load(Live.objects.get(pk=held.live.pk)).room


def everywhere() -> str:
    """All that is in the database."""
    return repr([list(model._default_manager.values()) for model in apps.get_models()])


def test_of_what_it_said_nothing_is_kept_and_the_minutes_say_that_a_card_is_out(
    browser: Browser, held: Held, fatima: User, anna: User, bram: User
) -> None:
    card, mine = shown(held, anna, f"{PUPIL} haakt af"), held(bram, "card", step="schrijf", text="Ze kijken")
    with pytest.raises(Impossible) as impossible:
        held(bram, "away", card=card)
    assert impossible.value.why is Why.NOT_YOURS
    held(fatima, "away", card=card)
    assert PUPIL not in everywhere()
    assert Job.objects.filter(kind="site.wipe").exists()
    room = room_of(held)  # as another process reads it
    assert f"away:{card}" in view.own(room, held.people[anna].pk)
    assert f"card:{mine}" in view.common(room)
    held(fatima, "close")
    gone = Note.objects.get(out=True)
    assert (gone.text, gone.by) == ("", None)
    with clock.at(held.now):
        page = browser(anna).get(place(held.side, held.meeting, "notulen/")).content.decode()
    assert "1 kaart is eruit gehaald." in page
    assert "Ze kijken" in page


def test_what_was_laid_or_given_on_it_stays_and_what_comes_late_does_not_bring_it_back(
    held: Held, fatima: User, anna: User, bram: User, caplog: pytest.LogCaptureFixture
) -> None:
    card, other = shown(held, anna, PUPIL), held(bram, "card", step="schrijf", text="Ze kijken bij hun buur")
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name="Samen", cards=[card, other])
    held.to(fatima, "stippen")
    held(bram, "dot", step="stippen", card=card, on=True)
    held(fatima, "away", card=card)
    pile = room_of(held).cards[other].pile
    assert room_of(held).counted("stippen") == {pile: 1}
    held(fatima, "close")
    held(bram, "dot", step="stippen", card=other, on=True)
    held(bram, "card", step="schrijf", text="Uit de trein")
    assert PUPIL not in everywhere()
    assert Note.objects.get(out=True).dots == 2
    assert "passed_over" not in caplog.text


def test_one_that_is_no_ones_goes_as_well(held: Held, fatima: User, anna: User) -> None:
    held.to(fatima, "zonder")
    held.give(anna, "zonder", kevin=1)
    (token,) = Unsigned.objects.values_list("token", flat=True)
    held(fatima, "reveal", step="zonder")
    held(fatima, "away", card=None, token=token)
    assert "kevin" not in everywhere()
    assert not [key for key in view.common(room_of(held)) if key.startswith("unsigned:")]
    held(fatima, "close")
    assert Note.objects.get().out


def test_a_restored_backup_of_while_it_was_on_does_not_bring_it_back(
    held: Held, fatima: User, anna: User
) -> None:
    card = shown(held, anna, PUPIL)
    held.to(fatima, "zonder")
    held.give(anna, "zonder", kevin=1)
    held(fatima, "reveal", step="zonder")
    backup = [*LiveAct.objects.all(), *Unsigned.objects.all()]
    held(fatima, "away", card=card)
    held(fatima, "away", card=None, token=1)
    for row in backup:
        row.save()
    assert PUPIL in everywhere()
    for reference in Vanished.objects.filter(kind=VANISHED).values_list("reference", flat=True):
        kinds[VANISHED](reference)
    assert not [said for said in (PUPIL, "kevin") if said in everywhere()]
    assert f"card:{card}" not in view.common(room_of(held))


@pytest.mark.parametrize("beside", [False, True])
def test_the_name_of_a_pile_goes_with_the_last_of_its_cards(
    held: Held, fatima: User, anna: User, bram: User, beside: bool
) -> None:
    card, other = shown(held, anna, "Haakt af"), held(bram, "card", step="schrijf", text="Ze kijken")
    held.to(fatima, "orden")
    held(bram, "pile", step="orden", name=PUPIL, cards=[card, other])
    if not beside:
        held(bram, "loose", step="orden", cards=[other])
    backup = list(LiveAct.objects.all())
    held(fatima, "away", card=card)
    assert (PUPIL in everywhere()) is beside
    assert (PUPIL in repr(view.common(room_of(held)))) is beside
    for row in backup:
        row.save()
    for reference in Vanished.objects.filter(kind=VANISHED).values_list("reference", flat=True):
        kinds[VANISHED](reference)
    held(fatima, "close")
    assert (PUPIL in everywhere()) is beside
