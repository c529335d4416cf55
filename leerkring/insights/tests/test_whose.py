"""Out of whose practice an insight is: of who writes it, of a colleague who may be named, or of all together."""

from __future__ import annotations

import pytest

from leerkring import clock
from leerkring.communities import erasing
from leerkring.communities.models import Notice
from leerkring.insights.models import Insight
from leerkring.insights.tests.test_insight import WHAT, WHY, an_insight, at, page, room
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Side

SAID = {"kind": "routine", "what": WHAT, "why": WHY}


def of_bram(side: Side, anna: User, bram: User) -> Insight:
    """Anna wrote down what Bram does."""
    return an_insight(side, anna, of=side.member(bram))


def places(side: Side, insight: Insight) -> tuple[str, str]:
    return at(side, insight), room(side)


def test_it_is_of_who_writes_it_unless_they_say_otherwise(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    client = browser(anna)
    assert "Uit wiens praktijk?" in client.get(f"{room(regenboog)}nieuw/").content.decode()
    client.post(f"{room(regenboog)}nieuw/", {**SAID, "of": ""})
    made = Insight.objects.get()
    assert (made.of, made.of_all, made.whose) == (None, False, "Anna de Wit")
    assert not Notice.objects.filter(kind="insight.named").exists()


def test_it_can_be_of_all_together(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    browser(anna).post(f"{room(regenboog)}nieuw/", {**SAID, "of": "all"})
    for place in places(regenboog, Insight.objects.get()):
        assert "van ons samen, opgeschreven door Anna de Wit" in page(browser, bram, place)


def test_a_colleague_who_is_named_is_told_and_named_nowhere_before_they_say_yes(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    browser(anna).post(f"{room(regenboog)}nieuw/", {**SAID, "of": str(regenboog.member(bram).pk)})
    made = Insight.objects.get()
    assert [n.kind for n in Notice.objects.filter(user=bram).about("insight", made.pk)] == ["insight.named"]
    for place in places(regenboog, made):
        assert "Bram Jansen" not in page(browser, fatima, place)
    assert "We vroegen Bram Jansen of de naam erbij mag." in page(browser, anna, at(regenboog, made))
    assert "Mag jouw naam hierbij?" in page(browser, bram, at(regenboog, made))
    browser(bram).post(at(regenboog, made, "mijn-naam/"), {"ja": "1"})
    for place in places(regenboog, made):
        assert "Bram Jansen, opgeschreven door Anna de Wit" in page(browser, fatima, place)


@pytest.mark.parametrize("said_yes", [False, True])
def test_they_take_their_name_off_by_one_tap_at_once_or_later(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side, said_yes: bool
) -> None:
    made = of_bram(regenboog, anna, bram)
    if said_yes:
        made.name(by=regenboog.member(bram))
    assert "Haal mijn naam weg" in page(browser, bram, at(regenboog, made)) or not said_yes
    browser(bram).post(at(regenboog, made, "mijn-naam/"))
    made.refresh_from_db()
    assert (made.of, made.named_at, made.whose) == (None, None, "Anna de Wit")
    assert not Notice.objects.filter(kind="insight.named").exists()
    for place in places(regenboog, made):
        assert "Bram Jansen" not in page(browser, fatima, place)


def test_nobody_else_says_yes_for_them(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    for user in (anna, fatima):
        answer = browser(user).post(at(regenboog, made, "mijn-naam/"), {"ja": "1"})
        assert (answer.status_code, "staat jouw naam niet" in answer.content.decode()) == (409, True)
    made.refresh_from_db()
    assert made.named_at is None


def test_only_somebody_of_the_group_with_an_account_can_be_named(
    browser: Browser, anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    (code,) = regenboog.community.join_codes(1, at=clock.now())
    for pk in (baken.member(olga).pk, code.pk, regenboog.member(anna).pk):
        assert browser(anna).post(f"{room(regenboog)}nieuw/", {**SAID, "of": str(pk)}).status_code == 200
    assert not Insight.objects.exists()


def test_whose_practice_it_is_does_not_write_when_it_does_not_work_nor_tries_it(
    anna: User, bram: User, regenboog: Side
) -> None:
    made, member = of_bram(regenboog, anna, bram), regenboog.member(bram)
    made.name(by=member)
    with pytest.raises(Refused):
        made.limit(by=member, text="het druk is")
    with pytest.raises(Refused):
        made.try_out(by=member, on=clock.today())


def test_who_is_erased_is_named_at_nothing(anna: User, bram: User, regenboog: Side) -> None:
    made = of_bram(regenboog, anna, bram)
    made.name(by=regenboog.member(bram))
    erasing.erase(bram, by=bram)
    made.refresh_from_db()
    assert (made.of, made.whose) == (None, "Anna de Wit")
