"""A meeting with one laptop: everyone is written down, cards are of paper, and it counts like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from leerkring.communities.models import Record
from leerkring.insights.models import Insight
from leerkring.meetings.models import Handout, Note, Participant
from leerkring.meetings.tests.holding import Held, opened
from leerkring.meetings.tests.making import place
from leerkring.people.models import User
from tests.cast import Browser, Side
from tests.photos import a_photo

INCIDENT = {"title": "Vastlopen", "minutes": 65, "kind": "content", "workform": "incidentmethode"}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> None:
    """A storage of its own."""
    here = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": here}


def on_one_laptop(browser: Browser, by: User, held: Held) -> tuple[Client, str]:
    """Who leads, on the laptop that is in the room; and the address of the room."""
    client = browser(by)
    address = client.post(place(held.side, held.meeting, "live/")).headers["Location"]
    return client, address


def written_down(browser: Browser, by: User, held: Held, *users: User) -> Held:
    """Everyone is ticked at once."""
    client, address = on_one_laptop(browser, by, held)
    said = {"members": [held.side.member(user).pk for user in users]}
    assert client.post(f"{address}erbij/", said).status_code == 302
    for user in users:
        held.people[user] = Participant.objects.get(live=held.live, member__user=user)
    return held


def hold(held: Held, by: User, *others: User, paper: bool) -> None:
    """A round in which each speaks, a card, a dot and an insight of each, and the end."""

    def gives(user: User, act: str, **data: Any) -> int:
        return held(by, act, **{**data, "for": held.people[user].pk}) if paper else held(user, act, **data)

    held.to(by, "1.look-back")
    for place_ in range(len(others)):
        held(by, "turn", step="1.look-back", was=place_)
    held.to(by, "1.cases")
    cards = [gives(user, "card", step="1.cases", text=f"Van {user.name}") for user in others]
    held.to(by, "1.choose")
    for user in others:
        gives(user, "dot", step="1.choose", card=cards[0], on=True)
    held.to(by, "1.learned")
    made = [gives(user, "insight", kind="routine", what=f"Zo doet {user.name} het") for user in others]
    gives(others[0], "try", insight=made[1], on="2026-12-01")
    held(by, "close")


@pytest.mark.parametrize("paper", [False, True])
def test_only_the_board_counts_as_much_as_everyones_phone(
    paper: bool, browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, items=[INCIDENT], board_only=paper)
    held = written_down(browser, fatima, held, anna, bram) if paper else held.come(anna, bram)
    hold(held, fatima, anna, bram, paper=paper)
    closed = Record.objects.get(kind="meeting.closed").data
    members = sorted(regenboog.member(user).pk for user in (fatima, anna, bram))
    assert closed["present"] == members
    assert (closed["minutes_content"], closed["workform"], closed["guests"]) == (13, True, 0)
    assert Record.objects.get(kind="round.held").data["spoke"] == members
    assert {(note.by.member_id, note.dots) for note in Note.objects.exclude(by=None) if note.by} == {
        (regenboog.member(anna).pk, 2),
        (regenboog.member(bram).pk, 0),
    }
    first, second = Insight.objects.filter(what__startswith="Zo doet").order_by("pk")
    assert (first.author.user, second.author.user) == (anna, bram)
    assert second.tryings.get().member.user == anna


def test_it_begins_with_who_is_there_and_asks_nobody_for_a_phone(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, board_only=True)
    client, address = on_one_laptop(browser, fatima, held)
    before = client.get(address).content.decode()
    board = client.get(f"{address}?bord=1").content.decode()
    assert "<details open>" in before
    assert held.live.code not in before + board
    written_down(browser, fatima, held, anna, bram)
    after = client.get(address).content.decode()
    assert "<details open>" not in after


def test_who_came_in_meanwhile_is_ticked_all_the_same(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, anna, board_only=True)
    client, address = on_one_laptop(browser, fatima, held)
    ticked = {"members": [regenboog.member(user).pk for user in (anna, bram)], "name": str(anna)}
    told = client.post(f"{address}erbij/", ticked, follow=True).content.decode()
    assert "Er is al een Anna de Wit." in told
    assert [str(there) for there in held.live.participants.order_by("pk")] == [
        *map(str, (fatima, anna, bram)),
    ]


def photo(colour: str = "teal", name: str = "image.jpg") -> SimpleUploadedFile:
    """Some phones give all their photos this name."""
    return SimpleUploadedFile(name, a_photo(size=(40, len(colour) * 10), colour=colour)[0].read())


def test_a_photo_of_the_paper_cards_is_kept_with_its_step(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, items=[INCIDENT], board_only=True)
    held.to(fatima, "1.cases")
    client, address = on_one_laptop(browser, fatima, held)
    client.post(f"{address}foto/", {"file": photo("teal")})
    client.post(f"{address}foto/", {"file": photo("orange")})
    client.post(f"{address}foto/", {"file": photo("orange")})  # pressed twice
    client.post(f"{address}foto/", {"file": photo("red"), "step": "4"})
    refused = client.post(
        f"{address}foto/", {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7")}, follow=True
    )
    assert "Dit is geen foto." in refused.content.decode()
    assert [handout.step for handout in Handout.objects.order_by("pk")] == [1, 1, 4]
    held(fatima, "close")
    page = browser(anna).get(place(regenboog, held.meeting, "notulen/")).content.decode()
    did = page.partition("Wat we deden")[2].partition("Wie er waren")[0]
    assert did.count("<img") == 3
    assert page.count("<img") == 3


def test_a_photo_at_the_end_stands_in_the_minutes_too(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima, board_only=True)
    client, address = on_one_laptop(browser, fatima, held)
    held.to(fatima, "exit")
    client.post(f"{address}foto/", {"file": photo()})
    held(fatima, "close")
    assert client.get(place(regenboog, held.meeting, "notulen/")).content.decode().count("<img") == 1


def test_only_who_leads_or_keeps_the_notes_adds_a_photo(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    held = opened(regenboog, fatima)
    client, address = on_one_laptop(browser, anna, held)
    assert client.post(f"{address}foto/", {"file": photo()}).status_code == 404
    assert not Handout.objects.exists()
