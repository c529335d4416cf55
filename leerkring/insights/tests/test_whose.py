"""Out of whose practice an insight is: of who writes it, of a colleague who may be named, or of all together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from leerkring import clock
from leerkring.communities import erasing
from leerkring.communities.happenings import Role
from leerkring.communities.models import Membership, Notice, NoticeSet, Record
from leerkring.goals.models import Goal
from leerkring.insights import vanishing
from leerkring.insights.models import Insight
from leerkring.insights.tests.test_insight import WHAT, WHY, an_insight, at, page, room
from leerkring.jobs import vanished
from leerkring.jobs.models import Vanished
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

SAID = {"kind": "routine", "what": WHAT, "why": WHY}


def of_bram(side: Side, anna: User, bram: User) -> Insight:
    """Anna wrote down what Bram does."""
    return an_insight(side, anna, of=side.member(bram))


def asks_of(user: User) -> NoticeSet:
    return Notice.objects.filter(user=user, kind="insight.named")


def now_of(user: User, side: Side) -> dict[str, str]:
    """As the form that revises shows it, and sends it when nothing else is chosen."""
    return dict.fromkeys(("of", "initial-of"), str(side.member(user).pk))


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
    browser(bram).post(at(regenboog, made, "mijn-naam/"), {"ja": "0"})
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
        answer = browser(user).post(at(regenboog, made, "mijn-naam/"), {"ja": "0"})
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


# At other words they are asked again


@pytest.mark.parametrize("part", ["what", "why", "noticed", "practice"])
def test_who_said_yes_is_named_no_more_at_words_they_never_saw_and_is_asked_again(
    browser: Browser, anna: User, bram: User, fatima: User, regenboog: Side, part: str
) -> None:
    made = of_bram(regenboog, anna, bram)
    browser(bram).post(at(regenboog, made, "mijn-naam/"), {"ja": "0"})
    Notice.put_away(bram, list(asks_of(bram).values_list("pk", flat=True)), at=clock.now())
    browser(anna).post(
        at(regenboog, made, "aanpassen/"), {**SAID, part: "anders", "seen": "0", **now_of(bram, regenboog)}
    )
    for place in places(regenboog, made):
        assert "Bram Jansen" not in page(browser, fatima, place)
    assert asks_of(bram).unread().count() == 1
    made.refresh_from_db()
    assert (made.of, made.named_at) == (regenboog.member(bram), None)


def test_while_the_question_waits_unread_it_is_asked_once(anna: User, bram: User, regenboog: Side) -> None:
    made = of_bram(regenboog, anna, bram)
    for seen, why in enumerate(("anders", "nog anders")):
        made.revise(by=regenboog.member(anna), seen=seen, parts={"why": why})
    assert asks_of(bram).count() == 1


def test_at_another_goal_the_words_are_the_same_and_so_is_the_yes(
    anna: User, bram: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    made.name(by=regenboog.member(bram))
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen vouwen.")
    made.revise(by=regenboog.member(anna), seen=0, parts={"goal": goal})
    made.refresh_from_db()
    assert made.named_at is not None


def test_a_yes_is_to_the_words_that_were_read(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    read = page(browser, bram, at(regenboog, made))
    assert 'name="ja" value="0"' in read
    made.revise(by=regenboog.member(anna), seen=0, parts={"why": "anders"})
    for said in ("0", "x", "9" * 5000):
        answer = browser(bram).post(at(regenboog, made, "mijn-naam/"), {"ja": said}, follow=True)
        assert "Dit inzicht is intussen veranderd. Lees het nog eens." in answer.content.decode()
    made.refresh_from_db()
    assert made.named_at is None
    browser(bram).post(at(regenboog, made, "mijn-naam/"), {"ja": "1"})
    made.refresh_from_db()
    assert made.named_at is not None


# Whose it is, the author changes afterwards


def test_the_author_says_afterwards_that_it_is_of_a_colleague_who_is_asked(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    browser(anna).post(
        at(regenboog, made, "aanpassen/"), {**SAID, "seen": "0", "of": str(regenboog.member(bram).pk)}
    )
    made.refresh_from_db()
    assert (made.of, made.named_at, made.revised_at) == (regenboog.member(bram), None, None)
    assert asks_of(bram).count() == 1
    assert not Record.objects.filter(kind="insight.revised").exists()


def test_the_form_that_revises_shows_whose_it_is(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    for made, chosen in (
        (of_bram(regenboog, anna, bram), str(regenboog.member(bram).pk)),
        (an_insight(regenboog, anna, what="samen", of_all=True), "all"),
        (an_insight(regenboog, anna, what="alleen"), ""),
    ):
        assert f'<option value="{chosen}" selected>' in page(browser, anna, at(regenboog, made, "aanpassen/"))


def test_taken_back_the_colleague_is_asked_no_more(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    made.name(by=regenboog.member(bram))
    browser(anna).post(
        at(regenboog, made, "aanpassen/"), {**SAID, "seen": "0", **now_of(bram, regenboog), "of": "all"}
    )
    made.refresh_from_db()
    assert (made.of, made.named_at, made.of_all) == (None, None, True)
    assert not asks_of(bram).exists()


def test_a_form_that_was_open_asks_nobody_anew_who_took_their_name_off_meanwhile(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    open_form = {**SAID, "why": "anders", "seen": "0", **now_of(bram, regenboog)}
    made.unname(by=regenboog.member(bram))
    browser(anna).post(at(regenboog, made, "aanpassen/"), open_form)
    made.refresh_from_db()
    assert (made.of, made.why) == (None, "anders")
    assert not asks_of(bram).exists()


def test_the_same_words_again_now_of_a_colleague_ask_that_colleague(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    first = an_insight(regenboog, anna)
    assert of_bram(regenboog, anna, bram) == first
    assert (Insight.objects.get().of, asks_of(bram).count()) == (regenboog.member(bram), 1)
    of_bram(regenboog, anna, bram)
    assert asks_of(bram).count() == 1
    an_insight(regenboog, anna, of=regenboog.member(fatima))
    assert (asks_of(bram).count(), asks_of(fatima).count()) == (0, 1)


def test_the_same_words_again_corrected_to_ones_own_ask_nobody_any_more(
    anna: User, bram: User, regenboog: Side
) -> None:
    of_bram(regenboog, anna, bram)
    an_insight(regenboog, anna)
    assert (Insight.objects.get().of, asks_of(bram).exists()) == (None, False)


# Who cannot take their name off is not named


@pytest.mark.parametrize("said_yes", [False, True])
def test_who_left_the_group_is_named_at_nothing_and_asked_nothing(
    browser: Browser, anna: User, bram: User, regenboog: Side, said_yes: bool
) -> None:
    made = of_bram(regenboog, anna, bram)
    if said_yes:
        made.name(by=regenboog.member(bram))
    regenboog.member(bram).leave()
    for place in places(regenboog, made):
        assert "Bram" not in page(browser, anna, place)
    made.refresh_from_db()
    assert made.of is None


def test_who_became_a_guest_still_says_themselves_whether_they_are_named(
    anna: User, bram: User, regenboog: Side
) -> None:
    made = of_bram(regenboog, anna, bram)
    regenboog.member(bram).become(Role.GUEST, until=NOW.date() + timedelta(days=7))
    made.name(by=regenboog.member(bram))
    made.refresh_from_db()
    assert made.named_at is not None


def test_the_night_after_a_guests_last_day_they_are_named_no_more(
    anna: User, gert: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna, of=regenboog.member(gert))
    Membership.objects.filter(user=gert).update(until=NOW.date())
    for days, stays in ((0, True), (1, False)):
        with clock.at(NOW + timedelta(days=days)):
            vanishing.vanish_outdated()
        made.refresh_from_db()
        assert (made.of is not None) == stays


def test_no_restored_backup_brings_back_a_name_that_was_taken_off(
    anna: User, bram: User, regenboog: Side
) -> None:
    made, member = of_bram(regenboog, anna, bram), regenboog.member(bram)
    made.name(by=member)
    with transaction.atomic():
        point = transaction.savepoint()
        made.unname(by=member)
        noted = Vanished.objects.get()
        transaction.savepoint_rollback(point)  # the backup
    for _twice in range(2):
        vanished.kinds[noted.kind](noted.reference)
        made.refresh_from_db()
        assert (made.of, made.named_at) == (None, None)
    assert not asks_of(bram).exists()


def test_a_download_tells_no_words_that_another_took_away(anna: User, bram: User, regenboog: Side) -> None:
    made, member = of_bram(regenboog, anna, bram), regenboog.member(bram)
    made.limit(by=member, text="het druk is")
    made.try_out(by=member, on=clock.today())
    assert WHAT in str(vanishing.own(bram)["insights_of_mine"])
    made.withdraw(by=regenboog.member(anna))
    assert WHAT not in str(vanishing.own(bram))
    assert "het druk is" in str(vanishing.own(bram))
    assert WHAT in str(vanishing.own(anna))
