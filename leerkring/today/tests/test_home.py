"""Where one begins: the own communities, or the schools one keeps, or what to do when there is nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from leerkring.communities.happenings import Role
from leerkring.communities.models import Admission, Community, Invitation
from leerkring.goals.models import Goal
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.meetings.models import Meeting
from leerkring.meetings.tests.making import SOON, planned
from leerkring.network.models import Leadership
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def test_who_is_in_one_community_is_there_at_once(browser: Browser, anna: User, regenboog: Side) -> None:
    assert browser(anna).get("/vandaag/").headers["Location"] == f"/plg/{regenboog.community.pk}/"


def test_who_is_in_several_sees_of_which_schools_they_are(
    browser: Browser, anna: User, regenboog: Side, baken: Side
) -> None:
    baken.community.join(anna)
    baken.community.schools.add(regenboog.school)
    page = browser(anna).get("/vandaag/").content.decode()
    assert page.count("De Regenboog") == 2
    assert page.count('<span class="tag">Het Baken</span>') == 1


@pytest.mark.parametrize("who", ["lotte", "beheer"])
def test_who_keeps_schools_and_is_in_no_community_begins_there(
    browser: Browser, lotte: User, beheer: User, who: str
) -> None:
    answer = browser({"lotte": lotte, "beheer": beheer}[who]).get("/vandaag/")
    assert answer.headers["Location"] == "/scholen/"


def test_a_leader_who_learns_elsewhere_finds_both(
    browser: Browser, lotte: User, regenboog: Side, baken: Side
) -> None:
    baken.community.join(lotte)
    page = browser(lotte).get("/vandaag/").content.decode()
    assert "Samen lezen op Het Baken" in page
    assert f'href="/scholen/{regenboog.school.pk}/"' in page


def test_who_keeps_schools_and_only_asked_to_join_reads_what_there_is_for_them(
    browser: Browser, lotte: User, fatima: User, regenboog: Side
) -> None:
    invitation = Invitation.make(
        regenboog.community, by=regenboog.member(fatima), email=lotte.email, language="nl"
    )
    invitation.accept(lotte)
    page = browser(lotte).get("/vandaag/").content.decode()
    assert "Je doet nog in geen groep mee. Wat groepen bespreken, is van hen." in page
    assert "Hier houd je de schoolkalender bij, en open je een leergemeenschap" in page
    assert "Je doet nog nergens mee" not in page


def test_who_appraises_and_is_in_one_community_is_there_at_once(
    browser: Browser, piet: User, regenboog: Side, baken: Side
) -> None:
    regenboog.school.appoint(piet, function=Leadership.Function.APPRAISER)
    assert browser(piet).get("/vandaag/").headers["Location"] == f"/plg/{baken.community.pk}/"


def test_who_is_nowhere_reads_what_to_do(browser: Browser, cast: object) -> None:
    noor = User.objects.create_user("noor@school.test", name="Noor Smit")
    page = browser(noor).get("/vandaag/").content.decode()
    assert "Je doet nog nergens mee" in page
    assert "Vraag een procesbegeleider om een uitnodiging." in page
    assert "/leergemeenschappen/nieuw/" not in page


def test_who_facilitates_reads_what_waits_in_each_group(
    browser: Browser, fatima: User, anna: User, lotte: User, gert: User, regenboog: Side
) -> None:
    group = Community.found(school=regenboog.school, name="Kijken bij elkaar", by=fatima)
    home = browser(fatima).get("/vandaag/").content.decode()
    assert "Er staan nog uitnodigingen open." not in home
    asked = Conversation.open(
        by=regenboog.member(anna), title="Wie rekent buiten?", purpose=Purpose.QUESTION, text="Vertel."
    )
    gone = Conversation.open(
        by=regenboog.member(anna), title="Rekenen op zolder", purpose=Purpose.QUESTION, text="Toch niet."
    )
    gone.remove(by=regenboog.member(anna))
    question = Admission.ask(regenboog.community, lotte, role=Role.MEMBER)
    Invitation.make(group, email="noor@school.test", by=None)
    home = browser(fatima).get("/vandaag/").content.decode()
    plg = f"/plg/{regenboog.community.pk}"
    assert f'<a href="{plg}/gesprekken/{asked.pk}/">Nog geen antwoord: Wie rekent buiten?' in home
    assert f'<a href="{plg}/vraag/{question.pk}/">Lotte Bakker vraagt om mee te doen.' in home
    assert f'<a href="/plg/{group.pk}/leden/uitnodigingen/">Er staan nog uitnodigingen open.' in home
    assert "Rekenen op zolder" not in home
    assert "Rekenen op zolder" not in browser(fatima).get(f"{plg}/").content.decode()
    question.answer(agrees=True, by=regenboog.member(fatima))
    asked.reply(by=regenboog.member(fatima), text="Ik.")
    home = browser(fatima).get("/vandaag/").content.decode()
    assert "Lotte Bakker" not in home
    assert "Wie rekent buiten?" not in home


def test_a_goal_that_asks_for_my_yes_waits_until_i_said_it(
    browser: Browser, fatima: User, anna: User, gert: User, regenboog: Side
) -> None:
    group = Community.found(school=regenboog.school, name="Kijken bij elkaar", by=fatima)
    group.join(gert)
    goal = Goal.draft(by=regenboog.member(anna), text="Groep 5 legt breuken uit.")
    goal.ask(by=regenboog.member(anna))
    link = f'<a href="/plg/{regenboog.community.pk}/doelen/{goal.pk}/">Kun je verder met dit doel?'
    assert link in browser(fatima).get("/vandaag/").content.decode()
    assert link not in browser(gert).get("/vandaag/").content.decode()
    goal.agree(by=regenboog.member(fatima))
    assert link not in browser(fatima).get("/vandaag/").content.decode()


def test_who_facilitates_reads_when_each_group_comes_together(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    group = Community.found(school=regenboog.school, name="Kijken bij elkaar", by=fatima)
    home = browser(fatima).get("/vandaag/").content.decode()
    assert home.count("Er is nog geen bijeenkomst gepland.") == 2
    later = planned(regenboog, fatima, topic="Breuken knippen", starts_at=SOON + timedelta(days=7))
    first = planned(regenboog, fatima)
    planned(regenboog, fatima, topic="Geweest", starts_at=NOW - timedelta(hours=1))
    Meeting.objects.filter(topic="Geweest").update(starts_at=NOW - timedelta(days=2))
    home = browser(fatima).get("/vandaag/").content.decode()
    there = f"/plg/{regenboog.community.pk}/bijeenkomsten"
    assert f'dinsdag 24 november, 15.30 uur: <a href="{there}/{first.pk}/">Breuken vouwen</a>' in home
    assert f"{there}/{later.pk}/" not in home
    assert "Geweest" not in home
    assert home.count("Er is nog geen bijeenkomst gepland.") == 1
    assert f'<a href="/plg/{group.pk}/bijeenkomsten/">Naar de bijeenkomsten' in home


def test_what_waits_costs_as_much_for_many_groups(
    fatima: User, regenboog: Side, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(8):
        group = Community.found(school=regenboog.school, name=f"Groep {n}", by=fatima)
        Invitation.make(group, email="noor@school.test", by=None)
    client = Client()
    client.force_login(fatima)
    with django_assert_max_num_queries(15):
        client.get("/vandaag/")


def test_who_facilitates_and_is_alone_reads_how_to_invite(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    group = Community.found(school=regenboog.school, name="Kijken bij elkaar", aim="", by=fatima)
    invite = f'class="btn" href="/plg/{group.pk}/leden/uitnodigen/"'
    assert invite in browser(fatima).get(f"/plg/{group.pk}/").content.decode()
    group.join(bram)
    assert invite not in browser(fatima).get(f"/plg/{group.pk}/").content.decode()
