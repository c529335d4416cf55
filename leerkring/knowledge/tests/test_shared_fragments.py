"""A contribution is drawn once for all to whom it looks the same: nobody gets what is meant for another."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from django.core.cache import caches

from leerkring.knowledge.models import Contribution
from leerkring.people.models import User
from tests.cast import Browser, Side


def article(browser: Browser, user: User, side: Side, contribution: Contribution) -> str:
    """The contribution as `user` sees it on the page."""
    page = browser(user).get(f"/plg/{side.community.pk}/gesprekken/{side.conversation.pk}/").content.decode()
    found = re.search(rf'<article[^>]* id="bijdrage-{contribution.pk}".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("order", list(permutations(("fatima", "anna", "bram"))))
def test_each_reader_has_their_own_acts_whoever_looked_first(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side, order: tuple[str, ...]
) -> None:
    """Anna wrote it, Fatima said that it helps, Bram did nothing."""
    regenboog.opening.help(by=regenboog.member(fatima))
    people = {"fatima": fatima, "anna": anna, "bram": bram}
    seen = {name: article(browser, people[name], regenboog, regenboog.opening) for name in order}
    assert "Weghalen" in seen["anna"]
    assert "Dit helpt mij" not in seen["anna"]
    for name, pressed in (("fatima", "true"), ("bram", "false")):
        assert f'aria-pressed="{pressed}"' in seen[name]
        assert ('name="terug"' in seen[name]) is (name == "fatima")
        assert "Weghalen" not in seen[name]


@pytest.mark.parametrize("first", ["fatima", "anna"])
def test_only_who_took_it_away_may_put_it_back_whoever_looked_first(
    browser: Browser, fatima: User, anna: User, regenboog: Side, first: str
) -> None:
    regenboog.opening.withdraw(by=regenboog.member(anna))
    people = {"fatima": fatima, "anna": anna}
    seen = {
        name: article(browser, people[name], regenboog, regenboog.opening)
        for name in sorted(people, key=lambda name: name != first)
    }
    assert "Zet terug" in seen["anna"]
    assert "Zet terug" not in seen["fatima"]
    assert not any("Halve appels" in html for html in seen.values())


def test_who_thanks_reads_how_many_do_now(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    regenboog.answer.help(by=regenboog.member(fatima))
    for user in (fatima, anna):
        article(browser, user, regenboog, regenboog.answer)
    helps = f"/plg/{regenboog.community.pk}/bijdrage/{regenboog.answer.pk}/helpt/"
    for said, thanks in (({}, 2), ({"terug": "1"}, 1), ({}, 2)):
        drawn = browser(anna).post(helps, said, headers={"HX-Request": "true"}).content.decode()
        assert re.findall(r'class="tag[^"]*">(\d+)<', drawn) == [str(thanks)]


def test_no_form_and_no_token_is_kept(browser: Browser, anna: User, fatima: User, regenboog: Side) -> None:
    for user in (anna, fatima):
        for page in ("", "leden/", "gesprekken/", f"gesprekken/{regenboog.conversation.pk}/", "spiegel/"):
            assert browser(user).get(f"/plg/{regenboog.community.pk}/{page}").status_code == 200
    kept = list(caches["template_fragments"]._cache.values())  # type: ignore[attr-defined]
    assert len(kept) > 5
    for fragment in kept:
        assert b"csrfmiddlewaretoken" not in fragment
        assert b"<form" not in fragment


def test_all_acts_of_a_page_go_through_one_form(browser: Browser, anna: User, regenboog: Side) -> None:
    page = browser(anna).get(f"/plg/{regenboog.community.pk}/gesprekken/{regenboog.conversation.pk}/")
    source = page.content.decode()
    assert (
        len(re.findall(r'<form id="doen" method="post" hidden><input[^>]*csrfmiddlewaretoken', source)) == 1
    )
    buttons = re.findall(
        r"<button[^>]*>", source[source.index('class="contributions"') : source.index('id="reageer"')]
    )
    assert len(buttons) == 2
    assert all('form="doen"' in button and "formaction=" in button for button in buttons)


def test_an_act_without_a_page_load_gives_that_one_contribution_anew(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    helps = f"/plg/{regenboog.community.pk}/bijdrage/{regenboog.opening.pk}/helpt/"
    answer = browser(fatima).post(helps, headers={"HX-Request": "true"}).content.decode()
    assert answer.count("<article") == 1
    assert 'aria-pressed="true"' in answer
    assert answer.strip() == article(browser, fatima, regenboog, regenboog.opening)
