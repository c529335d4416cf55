"""Mijn groepen: what who facilitates several communities still has to prepare in each; and which roles there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.meetings import agenda, planning, replying, turns
from leerkring.meetings.models import Agreement, Meeting, OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.meetings.tests.making import SOON, asked, place, planned
from leerkring.meetings.workform import Role
from leerkring.people.models import User
from tests.cast import Browser, Side


def test_who_leads_several_sees_what_to_prepare_in_each(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    assert browser(anna).get("/mijn-groepen/").status_code == 404
    assert "/mijn-groepen/" not in browser(fatima).get("/vandaag/").content.decode()
    Community.found(school=regenboog.school, name="Aardrijkskunde", by=fatima)
    meeting = planned(regenboog, fatima)
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert page.index("Aardrijkskunde") < page.index("Rekenen in de onderbouw")
    assert "Er is niets gepland." in page
    for sentence in ("De agenda is nog leeg.", "Er is nog geen inbrenger.", "Nog niemand heeft gezegd"):
        assert sentence in page
    assert "/mijn-groepen/" in browser(fatima).get("/vandaag/").content.decode()
    f = regenboog.member(fatima)
    replying.reply(meeting, by=f, says="yes")
    for role in turns.USUAL:
        turns.take(meeting, by=f, role=role)
    agenda.add(meeting, by=f, fields={"title": "Rooster", "minutes": 40, "kind": "organisation"})
    page = browser(fatima).get("/mijn-groepen/").content.decode()
    assert "De helft of meer gaat over organisatie." in page
    agenda.add(meeting, by=f, fields={"title": "Vouwen", "minutes": 60, "kind": "content"})
    assert "Alles ligt klaar." in browser(fatima).get("/mijn-groepen/").content.decode()
    planning.cancel(meeting, by=f, because="Ziek")
    asked(regenboog, fatima)
    assert "Datum gezocht:" in browser(fatima).get("/mijn-groepen/").content.decode()


def test_only_the_roles_that_the_agenda_asks_for_are_asked_for(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    """A goal session has no presenter: nobody is looked for, at the meeting, by turn, or in my groups."""
    meeting, f = planned(regenboog, fatima), regenboog.member(fatima)
    goal = {"title": "Een doel maken", "minutes": 60, "kind": "content", "workform": "doelsessie"}
    item = agenda.add(meeting, by=f, fields=goal)
    replying.reply(meeting, by=f, says="yes")
    pages = [place(regenboog, meeting), place(regenboog, meeting, "rollen/"), "/mijn-groepen/"]

    def read() -> list[str]:
        return [browser(fatima).get(page).content.decode() for page in pages]

    at_meeting, by_turn, in_groups = read()
    assert "Inbrenger" not in at_meeting
    assert "Notulist" in at_meeting
    assert 'name="presenter"' not in by_turn
    assert 'name="scribe"' in by_turn
    assert "Er is nog geen inbrenger." not in in_groups
    assert "Nog niet alle rollen zijn verdeeld." in in_groups
    for role in (Role.FACILITATOR, Role.TIMEKEEPER, Role.SCRIBE):
        turns.take(meeting, by=f, role=role)
    assert "Alles ligt klaar." in read()[2]
    agenda.add(meeting, by=f, fields={**goal, "workform": "incidentmethode", "minutes": 1})
    at_meeting, by_turn, in_groups = read()
    assert "Inbrenger" in at_meeting
    assert 'name="presenter"' in by_turn
    assert "Er is nog geen inbrenger." in in_groups
    # Without any work form there are the usual ones.
    meeting.items.exclude(pk=item.pk).delete()
    agenda.revise(item, by=f, seen=item.mark, fields={"workform": ""})
    assert "Er is nog geen inbrenger." in read()[2]


def test_a_form_of_the_group_says_which_roles_there_are(
    browser: Browser, fatima: User, regenboog: Side
) -> None:
    meeting, f = planned(regenboog, fatima), regenboog.member(fatima)
    house = shipped()["kennismaken"]
    own = OwnForm.keep(by=f, form=replace(house, roles=(*house.roles, Role.OBSERVER)))
    fields = {"title": "Ons eigen", "minutes": 60, "kind": "content", "workform": own.key}
    agenda.add(meeting, by=f, fields=fields)
    assert "Waarnemer" in browser(fatima).get(place(regenboog, meeting)).content.decode()
    assert "Nog niet alle rollen zijn verdeeld." in browser(fatima).get("/mijn-groepen/").content.decode()
    for role in (*house.roles, Role.OBSERVER):
        turns.take(meeting, by=f, role=role)
    assert "rollen zijn verdeeld" not in browser(fatima).get("/mijn-groepen/").content.decode()


def test_my_groups_costs_no_more_with_more_groups(
    browser: Browser, fatima: User, regenboog: Side, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        group = Community.found(school=regenboog.school, name=f"Groep {number}", by=fatima)
        by = Membership.objects.select_related("community__school", "user").get(community=group)
        meeting = planning.plan(by=by, fields={"topic": "x", "starts_at": SOON, "minutes": 60})
        own = OwnForm.keep(by=by, form=shipped()["kennismaken"])
        fields = {"title": "Ons eigen", "minutes": 60, "kind": "content", "workform": own.key}
        agenda.add(meeting, by=by, fields=fields)
        turns.take(meeting, by=by, role=Role.FACILITATOR)
    own_page = browser(fatima)
    with django_assert_max_num_queries(7):  # the session and who it is, and five of its own
        page = own_page.get("/mijn-groepen/").content.decode()
    assert page.count("Nog niet alle rollen zijn verdeeld.") == 4


def test_my_groups_warns_of_an_agreement_once_its_day_has_come(
    browser: Browser, fatima: User, bram: User, regenboog: Side
) -> None:
    planned(regenboog, fatima)
    warns = "Er staan nog afspraken open van een eerdere keer."

    def shown() -> bool:
        return warns in browser(fatima).get("/mijn-groepen/").content.decode()

    who = [regenboog.member(bram)]
    held = planned(regenboog, fatima, topic="Was", starts_at=SOON - timedelta(days=7))
    Meeting.objects.filter(pk=held.pk).update(state=Meeting.State.CLOSED, closed_at=SOON - timedelta(days=7))
    Agreement.make(regenboog.community, what="Later", who=who, day=SOON.date(), meeting=held)
    Agreement.make(regenboog.community, what="Ooit", who=who)
    assert not shown()
    with clock.at(SOON - timedelta(hours=1)):
        assert shown()
    without = Agreement.make(regenboog.community, what="Zonder dag", who=who, meeting=held)
    assert shown()
    without.close(kept=True, by=regenboog.member(fatima))
    assert not shown()


def test_my_groups_is_in_the_menu_of_who_leads_several(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    page = f"/plg/{regenboog.community.pk}/leden/"
    link = '<li><a href="/mijn-groepen/">'
    fatimas = browser(fatima)
    first = fatimas.get(page)
    assert link not in first.content.decode()
    Community.found(school=regenboog.school, name="Aardrijkskunde", by=fatima)
    # Of the page itself nothing changed: what the browser keeps is not called new all the same.
    again_ = fatimas.get(page, headers={"If-None-Match": first["ETag"]})
    assert again_.status_code == 200
    assert link in again_.content.decode()
    assert link not in browser(anna).get(page).content.decode()
