"""Appointing who leads or appraises at a school, and what that means for where they take part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core import mail
from django.utils import translation

from leerkring.communities import leading
from leerkring.communities.happenings import Role
from leerkring.communities.models import ExceptionalAct, Notice, Record
from leerkring.network.models import Leadership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import Browser, Cast, Side

LEADER, APPRAISER = Leadership.Function.LEADER, Leadership.Function.APPRAISER


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def page_of(side: Side) -> str:
    return f"/scholen/{side.school.pk}/leiding/nieuw/"


def test_someone_new_gets_an_account_a_function_and_a_mail(
    browser: Browser, beheer: User, baken: Side
) -> None:
    sent = {
        "email": "Noor@School.test",
        "person": "Noor Smit",
        "function": "leader",
        "until": "2027-07-31",
    }
    page = browser(beheer).post(page_of(baken), sent, follow=True).content.decode()
    assert "Noor Smit is nu schoolleider, en krijgt daar een mail over." in page
    noor = User.objects.get(email="noor@school.test")
    leadership = Leadership.objects.get(user=noor)
    assert (leadership.school, leadership.until) == (baken.school, date(2027, 7, 31))
    assert [(m.to, m.subject) for m in mail.outbox] == [(["noor@school.test"], "Je functie bij Het Baken")]
    assert "http" in mail.outbox[0].body
    assert browser(noor).get(f"/scholen/{baken.school.pk}/kalender/").status_code == 200


def test_who_reads_english_is_told_in_english(
    browser: Browser, beheer: User, piet: User, baken: Side
) -> None:
    User.objects.filter(pk=piet.pk).update(language="en")
    sent = {"email": piet.email, "person": "Piet", "function": "appraiser"}
    browser(beheer).post(page_of(baken), sent)
    assert mail.outbox[0].subject == "Your function at Het Baken"


@pytest.mark.parametrize(("function", "role"), [("leader", Role.MEMBER), ("appraiser", Role.FACILITATOR)])
def test_who_now_needs_the_consent_of_all_takes_part_no_longer(
    browser: Browser, cast: Cast, beheer: User, anna: User, regenboog: Side, function: str, role: Role
) -> None:
    regenboog.member(anna).become(role)
    before = set(Notice.objects.values_list("pk", flat=True))
    sent = {"email": anna.email, "person": "Anna", "function": function}
    page = browser(beheer).post(page_of(regenboog), sent, follow=True).content.decode()
    assert not regenboog.member(anna).is_current
    assert "Rekenen in de onderbouw" not in page
    told = Notice.objects.exclude(pk__in=before).order_by("pk").values_list("user", "kind")
    assert list(told) == [(anna.pk, "leading.stepped_out"), (anna.pk, "leading.appointed")]
    assert Record.objects.filter(kind="member.left", actor=regenboog.member(anna).pk).exists()
    act = ExceptionalAct.objects.get(user=anna)
    assert (act.kind, act.by, act.user) == ("appointed", beheer, anna)


def test_it_says_so_before_and_names_no_community(browser: Browser, beheer: User, regenboog: Side) -> None:
    page = browser(beheer).get(page_of(regenboog)).content.decode()
    assert "Doet deze persoon mee in een groep van deze school? Dan stopt dat nu" in page
    assert "Rekenen in de onderbouw" not in page


def test_who_appraises_stays_an_ordinary_member(beheer: User, anna: User, regenboog: Side) -> None:
    leading.appoint(anna, regenboog.school, function=APPRAISER, until=None, by=beheer)
    assert regenboog.member(anna).is_current
    with pytest.raises(Refused):
        regenboog.member(anna).become(Role.FACILITATOR)


def test_at_another_school_one_stays_a_colleague(
    beheer: User, anna: User, regenboog: Side, baken: Side
) -> None:
    leading.appoint(anna, baken.school, function=LEADER, until=None, by=beheer)
    assert regenboog.member(anna).is_current
    assert Notice.objects.filter(user=anna).latest("pk").kind == "leading.appointed"


def test_also_in_a_community_of_which_the_school_is_not_the_home(
    beheer: User, anna: User, regenboog: Side, baken: Side
) -> None:
    regenboog.community.schools.add(baken.school)
    leading.appoint(anna, baken.school, function=LEADER, until=None, by=beheer)
    assert not regenboog.member(anna).is_current
    with pytest.raises(Refused):
        regenboog.community.join(anna)


def test_whose_function_only_changes_keeps_their_place(
    beheer: User, piet: User, lotte: User, regenboog: Side, baken: Side
) -> None:
    """They are in it by consent, or at another school: nothing new is asked of the members."""
    baken.community.join(lotte)
    leading.appoint(lotte, baken.school, function=LEADER, until=None, by=beheer)
    assert not baken.member(lotte).is_current
    baken.community.memberships.filter(user=lotte).update(left_at=None)  # let in again by all
    leading.appoint(lotte, baken.school, function=APPRAISER, until=None, by=beheer)
    assert baken.member(lotte).is_current


def test_where_the_only_facilitator_goes_the_oldest_member_takes_over(
    beheer: User, fatima: User, anna: User, regenboog: Side
) -> None:
    leading.appoint(fatima, regenboog.school, function=LEADER, until=None, by=beheer)
    assert not regenboog.member(fatima).is_current
    assert regenboog.member(anna).role == Role.FACILITATOR
    told = Notice.objects.filter(user=anna).latest("pk")
    assert (told.kind, told.community) == ("community.handed_over", regenboog.community)


def test_where_nobody_is_left_it_ends_all_the_same(beheer: User, olga: User, piet: User, baken: Side) -> None:
    baken.member(piet).leave()
    leading.appoint(olga, baken.school, function=LEADER, until=None, by=beheer)
    assert not baken.member(olga).is_current


def test_a_function_is_changed_and_ended(
    browser: Browser, beheer: User, lotte: User, regenboog: Side
) -> None:
    leadership = Leadership.objects.get(user=lotte)
    page = f"/scholen/{regenboog.school.pk}/leiding/{leadership.pk}/"
    browser(beheer).post(page, {"function": "appraiser", "until": "2027-01-31"})
    leadership.refresh_from_db()
    assert (leadership.function, leadership.until) == ("appraiser", date(2027, 1, 31))
    assert leadership.since == date(2026, 8, 1)
    said = browser(beheer).post(f"{page}beeindigen/", follow=True).content.decode()
    assert "Lotte Bakker is hier geen teamleider meer." in said
    assert regenboog.community.join(lotte).is_current


def test_a_function_does_not_end_before_it_begins(browser: Browser, beheer: User, baken: Side) -> None:
    sent = {"email": "noor@school.test", "person": "Noor", "function": "leader", "until": "2026-11-09"}
    page = browser(beheer).post(page_of(baken), sent).content.decode()
    assert "Kies een datum in de toekomst." in page
    assert not User.objects.filter(name="Noor").exists()
