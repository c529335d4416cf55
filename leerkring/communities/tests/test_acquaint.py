"""Kennismaken: three lines each, asked once, taken along to another community."""

from __future__ import annotations

import pytest

from leerkring.communities.models import Record
from tests.cast import Browser, Cast, Side

LINES = {"gives": "groep 5", "shows": "een les met één vraag", "curious": "nakijken door kinderen"}
ASKED = "Wie ben jij voor je collega"


def page(side: Side, path: str = "") -> str:
    return f"/plg/{side.community.pk}/leden/kennismaken/{path}"


def today(side: Side) -> str:
    return f"/plg/{side.community.pk}/"


def test_what_one_wrote_is_on_the_card_for_everyone_in_the_group(
    cast: Cast, regenboog: Side, browser: Browser
) -> None:
    assert browser(cast.gert).post(page(regenboog, "ik/"), LINES).status_code == 302
    for path in ("", "kaartjes/"):
        read = browser(cast.anna).get(page(regenboog, path)).content.decode()
        assert all(words in read for words in LINES.values())
        assert "Gert Postma" in read
        assert "gast" in read
    assert browser(cast.lotte).get(page(regenboog)).status_code == 404


def test_colleagues_hear_of_it_once(cast: Cast, regenboog: Side, browser: Browser) -> None:
    client = browser(cast.anna)
    client.post(page(regenboog, "ik/"), {"gives": " "})
    introduced = Record.objects.filter(kind="member.introduced")
    assert not introduced.exists()
    for gives in ("groep 5", "groep 6", "", "groep 7"):
        client.post(page(regenboog, "ik/"), {"gives": gives})
    assert [record.actor for record in introduced] == [regenboog.member(cast.anna).pk]
    assert "Iemand vertelde wie hij of zij is" in browser(cast.fatima).get(today(regenboog)).content.decode()


@pytest.mark.parametrize("path", ["ik/", "niet-nu/"])
def test_it_is_asked_until_answered_or_put_aside(
    path: str, cast: Cast, regenboog: Side, browser: Browser
) -> None:
    client = browser(cast.gert)
    first = client.get(today(regenboog))
    assert ASKED in first.content.decode()
    client.post(page(regenboog, path), LINES)
    client.get("/mijn/")  # reads what was said back
    again = client.get(today(regenboog), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert ASKED not in again.content.decode()


def test_a_colleague_who_calls_goes_first(cast: Cast, regenboog: Side, browser: Browser) -> None:
    """Anna was named in an answer: one thing at a time."""
    read = browser(cast.anna).get(today(regenboog)).content.decode()
    assert "Een collega vraagt jou erbij" in read
    assert ASKED not in read


def test_the_lines_come_along_to_another_community(
    cast: Cast, regenboog: Side, baken: Side, browser: Browser
) -> None:
    baken.member(cast.piet).introduce(
        gives="groep 5", shows="een les met één vraag", curious="nakijken door kinderen"
    )
    regenboog.community.join(cast.piet)
    client = browser(cast.piet)
    form = client.get(page(regenboog, "ik/")).content.decode()
    assert all(words in form for words in LINES.values())
    assert "wat je bij Samen lezen op Het Baken schreef" in form
    assert "nakijken door kinderen" not in browser(cast.anna).get(page(regenboog)).content.decode()
    client.post(page(regenboog, "ik/"), {"gives": "groep 8"})
    again = client.get(page(regenboog, "ik/")).content.decode()
    assert "groep 8" in again
    assert "een les met één vraag" not in again


def test_a_line_is_short_and_shown_as_it_was_typed(cast: Cast, regenboog: Side, browser: Browser) -> None:
    client = browser(cast.anna)
    assert "alert" in client.post(page(regenboog, "ik/"), {"gives": "x" * 201}).content.decode()
    client.post(page(regenboog, "ik/"), {"gives": "<b>groep</b> & 5"})
    assert "&lt;b&gt;groep&lt;/b&gt; &amp; 5" in client.get(page(regenboog)).content.decode()


def test_the_lines_are_forgotten(cast: Cast, regenboog: Side, browser: Browser) -> None:
    regenboog.member(cast.bram).introduce(
        gives="groep 5", shows="een les met één vraag", curious="nakijken door kinderen"
    )
    regenboog.member(cast.bram).forget_lines()
    assert "groep 5" not in browser(cast.anna).get(page(regenboog)).content.decode()
    assert ASKED not in browser(cast.bram).get(today(regenboog)).content.decode()


def test_the_sheet_explains_the_round_in_four_steps(cast: Cast, regenboog: Side, browser: Browser) -> None:
    read = browser(cast.fatima).get(page(regenboog, "kaartjes/")).content.decode()

    assert read.count(" minuten: ") == 4
