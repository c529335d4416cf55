"""Every address of the house, asked for by everyone, in two communities.

The table says what each may do with what is their own; what belongs to another community, another school or
nobody is not there. A new address fails here until it has its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Membership
from leerkring.effectiveness.models.upload import folder
from leerkring.people.models import User
from tests.architecture.conftest import staged
from tests.architecture.source import modules, templates
from tests.architecture.stage import ADDRESSES, BOUND, IDS, Stage
from tests.cast import NOW, Browser, assembled

pytestmark = pytest.mark.django_db

#: The order of the columns below: Fatima, Anna, Gert, Lotte, Beheer, Olga, and someone not signed in.
ROLES = ("facilitator", "member", "guest", "leader", "administrator", "outsider", "anonymous")


@dataclass(frozen=True)
class Row:
    """What each role is answered, in the order of ROLES; `in` is a redirect to the sign-in page."""

    get: str
    #: To a form sent empty.
    post: str
    #: Who may do the same at another school.
    everywhere: frozenset[str] = field(default_factory=frozenset)
    #: What it tells all the same: an invitation of the community to who holds it, an account its name.
    tells: frozenset[str] = field(default_factory=frozenset)

    def expected(self, method: str, role: str) -> str:
        return getattr(self, method).split()[ROLES.index(role)]  # type: ignore[no-any-return]

    def expected_elsewhere(self, method: str, role: str) -> str:
        own = self.expected(method, role)
        return own if own in {"405", "in"} or role in self.everywhere else "404"


LOOK = "405 405 405 405 405 405 in"  # only looked at, by who is signed in
OPEN = "405 405 405 405 405 405 405"  # only looked at, by anyone
OWN = "200 200 200 200 200 200 in"  # of whoever is signed in
ON = "302 302 302 302 302 302 in"  # sends whoever is signed in on
NONE = "404 404 404 404 404 404 in"  # of whoever has such a thing, which nobody has here
ADMINISTRATOR = frozenset({"administrator"})
#: How people are called, as who keeps the accounts reads it.
NAMES = frozenset(
    {"El Amrani", "Anna de Wit", "Bram Jansen", "Gert Postma", "Olga Veenstra", "Piet Zijlstra"}
)

TABLE = MappingProxyType(
    {
        #                              fatima anna gert lotte beheer olga nobody
        "healthz": Row("200 200 200 200 200 200 200", OPEN),
        "robots": Row("200 200 200 200 200 200 200", OPEN),
        "favicon": Row("302 302 302 302 302 302 302", OPEN),
        "set_language": Row("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
        "public:landing": Row("302 302 302 302 302 302 200", OPEN),
        "public:accessibility": Row("200 200 200 200 200 200 200", OPEN),
        "public:demo_post": Row("404 404 404 404 404 404 404", OPEN),
        "public:enter_demo": Row(OPEN, "404 404 404 404 404 404 404"),
        "public:privacy": Row("200 200 200 200 200 200 200", OPEN),
        "effectiveness:counted": Row("200 200 200 200 200 200 200", OPEN),
        "people:me": Row(OWN, LOOK),
        "people:profile": Row(OWN, OWN),
        "people:email": Row(OWN, OWN),
        # Nobody asked for a code yet.
        "people:confirm_email": Row(ON, ON),
        "people:photo": Row(OWN, OWN),
        "people:remove_photo": Row(LOOK, ON),
        "people:away": Row(OWN, OWN),
        "people:cancel_away": Row(LOOK, NONE),
        "people:availability": Row(OWN, OWN),
        "people:sessions": Row(OWN, LOOK),
        "people:end_session": Row(LOOK, NONE),
        "people:end_other_sessions": Row(LOOK, ON),
        "people:prove": Row(OWN, OWN),
        "today:home": Row("200 302 302 302 302 200 in", LOOK),
        "today:community": Row("200 200 200 404 404 404 in", LOOK),
        "communities:members": Row("200 200 200 404 404 404 in", LOOK),
        "communities:acquaint": Row("200 200 200 404 404 404 in", LOOK),
        "communities:cards": Row("200 200 200 404 404 404 in", LOOK),
        "communities:introduce": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "communities:decline": Row(LOOK, "302 302 302 404 404 404 in"),
        "communities:portrait": Row("200 200 200 404 404 404 in", LOOK),
        "communities:invite": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:invite_list": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:invitations": Row("200 404 404 404 404 404 in", LOOK),
        "communities:invitation": Row("200 404 404 404 404 404 in", LOOK),
        "communities:send_again": Row(LOOK, "409 404 404 404 404 404 in"),  # its mail still waits
        "communities:take_back": Row(LOOK, "302 404 404 404 404 404 in"),
        "communities:door": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:close_door": Row(LOOK, "302 404 404 404 404 404 in"),
        "communities:member": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:remove": Row("200 404 404 404 404 404 in", "302 404 404 404 404 404 in"),
        "communities:place": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:about": Row("200 200 200 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:found": Row("200 404 404 404 404 200 in", "200 404 404 404 404 200 in"),
        "communities:open": Row("404 404 404 200 200 404 in", "404 404 404 200 200 404 in", ADMINISTRATOR),
        "communities:appoint": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR),
        "communities:leader": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR),
        "communities:dismiss": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR),
        # The administrator keeps the accounts: their names, and nothing of where anyone takes part.
        "communities:accounts": Row("404 404 404 404 200 404 in", LOOK, tells=NAMES),
        "communities:account": Row(
            "404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR, tells=NAMES
        ),
        "communities:switch": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR, tells=NAMES),
        "communities:administration": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR, tells=NAMES),
        "communities:leave": Row("200 200 200 404 404 404 in", "200 302 302 404 404 404 in"),
        "communities:admission": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        # Who is in already just enters.
        "communities:accept": Row(
            "302 302 302 409 409 409 200",
            "302 302 302 409 409 409 200",
            tells=frozenset({"Rekenen in de onderbouw", "Ieder kind kan breuken tekenen"}),
        ),
        # The board shows the name of the community to who stands before it, and no more.
        "communities:enter": Row(
            "302 302 302 200 409 200 200",
            "302 302 302 200 409 200 200",
            tells=frozenset({"Rekenen in de onderbouw"}),
        ),
        "communities:prove": Row("302 302 302 302 302 302 302", "302 302 302 302 302 302 302"),
        "communities:asked": Row("200 200 200 200 200 200 in", LOOK),
        # Whose question it is, nobody of these.
        "communities:withdraw": Row(LOOK, "404 404 404 404 404 404 in"),
        "communities:inbox": Row("200 200 200 200 200 200 in", LOOK),
        # A notice that tells Anna something: it is there for nobody else.
        "communities:open_notice": Row("404 302 404 404 404 404 in", LOOK),
        "communities:all_read": Row(LOOK, "302 302 302 302 302 302 in"),
        "communities:mail": Row("200 200 200 200 200 200 in", "200 200 200 200 200 200 in"),
        "communities:mail_here": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        # The link in a mail to Anna: who has the mail may stop it; without the words of RFC 8058 nothing is done.
        "communities:stop_mail": Row(
            "200 200 200 200 200 200 200",
            "200 200 200 200 200 200 200",
            tells=frozenset({"Rekenen in de onderbouw"}),
        ),
        "communities:audience": Row("200 200 200 404 404 404 in", LOOK),
        "communities:end": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "communities:put_back": Row(LOOK, "404 404 404 404 404 404 in"),
        "communities:own_data": Row("200 200 200 200 200 200 in", LOOK),
        "communities:download": Row("200 200 200 200 200 200 in", LOOK),
        "communities:erase_me": Row("200 200 200 200 200 200 in", "200 200 200 200 200 200 in"),
        "communities:erase_person": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in"),
        "communities:staff_consent": Row(
            "404 404 404 200 200 404 in", "404 404 404 200 200 404 in", ADMINISTRATOR
        ),
        "communities:withdraw_consent": Row(
            "404 404 404 200 200 404 in", "404 404 404 302 302 404 in", ADMINISTRATOR
        ),
        "knowledge:bin": Row("200 200 200 404 404 404 in", LOOK),
        "knowledge:remove": Row("200 200 404 404 404 404 in", "200 302 404 404 404 404 in"),
        "knowledge:put_back": Row(LOOK, "404 404 404 404 404 404 in"),
        "knowledge:conversations": Row("200 200 200 404 404 404 in", LOOK),
        "knowledge:start": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "knowledge:conversation": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "knowledge:helps": Row(LOOK, "302 409 302 404 404 404 in"),
        "knowledge:revise": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "knowledge:withdraw": Row(LOOK, "404 302 404 404 404 404 in"),
        # Guests read what a community wants; they decide nothing of it, and write nothing down.
        "goals:goals": Row("200 200 200 404 404 404 in", LOOK),
        "goals:new": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:look_along": Row(LOOK, "200 200 404 404 404 404 in"),
        "goals:goal": Row("200 200 200 404 404 404 in", LOOK),
        "goals:edit": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:ask": Row(LOOK, "302 302 404 404 404 404 in"),
        "goals:agree": Row(LOOK, "302 302 404 404 404 404 in"),
        "goals:back_to_draft": Row(LOOK, "302 302 404 404 404 404 in"),
        "goals:conclude": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:drop": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:take_up": Row(LOOK, "302 302 404 404 404 404 in"),
        "goals:check": Row(LOOK, "302 302 404 404 404 404 in"),
        "goals:attainment": Row("200 200 404 404 404 404 in", "302 302 404 404 404 404 in"),
        "goals:new_measure": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:measure": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:drop_measure": Row(
            "200 200 404 404 404 404 in", "409 409 404 404 404 404 in"
        ),  # the only one of a goal that runs
        "goals:value": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:file": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:take_away": Row("200 200 404 404 404 404 in", "302 302 404 404 404 404 in"),
        "goals:statement": Row("200 200 200 404 404 404 in", LOOK),
        "goals:write": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "goals:version": Row("200 200 200 404 404 404 in", LOOK),
        "goals:endorse": Row(LOOK, "302 302 404 404 404 404 in"),
        # Guests choose and read work forms; whoever has a say adapts them and takes them along.
        "meetings:workforms": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:workform": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:adapt": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:take_along": Row("200 200 404 404 404 404 in", LOOK),
        "meetings:take_in": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:remove_workform": Row("200 200 404 404 404 404 in", "302 302 404 404 404 404 in"),
        # Guests are colleagues here: they say how they do it too.
        "insights:insights": Row("200 200 200 404 404 404 in", LOOK),
        "insights:new": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "insights:insight": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "insights:revise": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "insights:name": Row(LOOK, "302 409 409 404 404 404 in"),
        "insights:withdraw": Row(LOOK, "404 302 404 404 404 404 in"),
        "insights:withdraw_limit": Row(LOOK, "302 404 404 404 404 404 in"),
        "insights:try_out": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "insights:tell": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "insights:drop": Row(LOOK, "302 404 404 404 404 404 in"),
        # A lesson of Fatima at which Anna was is theirs; guests are not asked in.
        "practice:visits": Row("200 200 404 404 404 404 in", LOOK),
        "practice:open_lesson": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "practice:ask": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "practice:released": Row("200 200 404 404 404 404 in", LOOK),
        "practice:visit": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "practice:revise_visit": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "practice:come": Row(LOOK, "409 302 404 404 404 404 in"),
        "practice:call_off": Row("200 200 404 404 404 404 in", "302 409 404 404 404 404 in"),
        "practice:was": Row(LOOK, "302 302 404 404 404 404 in"),
        "practice:watch": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "practice:drop_note": Row(LOOK, "404 302 404 404 404 404 in"),
        "practice:hand_over": Row(LOOK, "404 302 404 404 404 404 in"),
        "practice:release": Row(LOOK, "302 404 404 404 404 404 in"),
        "practice:intend": Row(LOOK, "200 200 404 404 404 404 in"),
        "practice:tell_intention": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "practice:take_visit_away": Row("200 404 404 404 404 404 in", "302 404 404 404 404 404 in"),
        # And try something in class.
        "practice:tryouts": Row("200 200 200 404 404 404 in", LOOK),
        "practice:new_tryout": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "practice:tryout": Row("200 200 200 404 404 404 in", LOOK),
        "practice:revise_tryout": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "practice:conclude_tryout": Row("404 200 404 404 404 404 in", "404 200 404 404 404 404 in"),
        "practice:withdraw_tryout": Row(LOOK, "404 302 404 404 404 404 in"),
        "meetings:own_calendar": Row(OWN, LOOK),
        "meetings:begin_feed": Row(LOOK, ON),
        "meetings:stop_feed": Row(LOOK, ON),
        # Anna's address: who has it reads when and where her meetings are, signed in or not.
        "meetings:feed": Row(
            "200 200 200 200 200 200 200",
            OPEN,
            tells=frozenset({"Rekenen in de onderbouw", "Bij ons mag iedereen fouten maken"}),
        ),
        "meetings:calendar_file": Row("200 200 200 404 404 404 in", LOOK),
        # Who leads plans; every member proposes something for the agenda and brings a file; guests come, or do not.
        "meetings:meetings": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:new": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:year": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:meeting": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:edit": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:cancel": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:reply": Row(LOOK, "409 409 409 404 404 404 in"),  # none of the three answers
        "meetings:answer": Row(LOOK, "302 302 302 404 404 404 in"),
        "meetings:choose": Row("200 404 404 404 404 404 in", "302 404 404 404 404 404 in"),
        "meetings:add_moment": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:drop_moment": Row(LOOK, "302 404 404 404 404 404 in"),
        "meetings:add_item": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:fill_item": Row(LOOK, "200 200 404 404 404 404 in"),
        "meetings:item": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:drop_item": Row("200 200 404 404 404 404 in", "302 302 404 404 404 404 in"),
        "meetings:shift_item": Row(LOOK, "302 404 404 404 404 404 in"),
        "meetings:divide": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "meetings:role": Row(LOOK, "404 404 404 404 404 404 in"),  # no such role
        "meetings:bring": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:handout": Row("200 200 200 404 404 404 in", LOOK),
        # It was brought by Fatima.
        "meetings:take_away": Row("200 404 404 404 404 404 in", "302 404 404 404 404 404 in"),
        "meetings:groups": Row("200 404 404 404 404 200 in", LOOK),
        # What was held and agreed is everyone's in the group; guests decide nothing of it.
        "meetings:minutes": Row("200 200 200 404 404 404 in", "200 200 200 404 404 404 in"),
        "meetings:texts": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:take_out": Row("200 200 404 404 404 404 in", "302 302 404 404 404 404 in"),
        "meetings:agreements": Row("200 200 200 404 404 404 in", LOOK),
        "meetings:new_agreement": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:edit_agreement": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "meetings:look_back": Row(LOOK, "302 302 404 404 404 404 in"),
        "meetings:close_agreement": Row(LOOK, "302 302 404 404 404 404 in"),
        "meetings:lobby": Row("200 200 200 404 404 404 in", "302 302 302 404 404 404 in"),
        # By the code on the board everyone comes in but who leads or keeps the accounts; who is in already goes on.
        "meetings:find": Row("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
        "meetings:by_code": Row("302 302 200 409 409 200 200", "302 302 302 409 409 200 200"),
        # The room is there for the devices that are in it: of Fatima, who leads, and of Anna. Gert is led to its door.
        "meetings:room": Row("200 200 302 404 404 404 404", OPEN),
        "meetings:write_down": Row(OPEN, "302 404 404 404 404 404 404"),
        "meetings:photo": Row(OPEN, "302 404 404 404 404 404 404"),
        "meetings:link": Row(OPEN, "302 404 404 404 404 404 404"),
        "meetings:keep": Row("200 200 404 404 404 404 404", "409 409 404 404 404 404 404"),
        "effectiveness:mirror": Row("200 200 404 404 404 404 in", LOOK),
        "effectiveness:criterion": Row("200 200 404 404 404 404 in", LOOK),
        "effectiveness:figure": Row("200 200 404 404 404 404 in", LOOK),
        "effectiveness:agreement": Row("200 200 404 404 404 404 in", "200 200 404 404 404 404 in"),
        "effectiveness:put_agreement": Row(LOOK, "409 404 404 404 404 404 in"),
        "effectiveness:upload": Row("200 404 404 404 404 200 in", "200 404 404 404 404 200 in"),
        "effectiveness:columns": Row("200 404 404 404 404 404 in", "200 404 404 404 404 404 in"),
        "effectiveness:making": Row("302 404 404 404 404 404 in", LOOK),
        "effectiveness:discard": Row(LOOK, "302 404 404 404 404 404 in"),
        "network:schools": Row("404 404 404 200 200 404 in", LOOK),
        "network:school": Row("404 404 404 200 200 404 in", LOOK, ADMINISTRATOR),
        "network:revise_school": Row(
            "404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR
        ),
        "network:add_location": Row(
            "404 404 404 200 200 404 in", "404 404 404 200 200 404 in", ADMINISTRATOR
        ),
        "network:location": Row("404 404 404 200 200 404 in", "404 404 404 200 200 404 in", ADMINISTRATOR),
        "network:close_location": Row(LOOK, "404 404 404 302 302 404 in", ADMINISTRATOR),
        "network:boards": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in"),
        "network:board": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR),
        "network:close_board": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR),
        "network:networks": Row("404 404 404 404 200 404 in", LOOK),
        "network:open_network": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in"),
        "network:network": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in", ADMINISTRATOR),
        "network:close_network": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR),
        "network:open_school": Row("404 404 404 404 200 404 in", "404 404 404 404 200 404 in"),
        "network:calendar": Row("404 404 404 200 200 404 in", "404 404 404 200 200 404 in", ADMINISTRATOR),
        "network:drop_holiday": Row(
            "404 404 404 200 200 404 in", "404 404 404 302 302 404 in", ADMINISTRATOR
        ),
        "upkeep:home": Row("404 404 404 404 200 404 in", LOOK),
        "upkeep:mail": Row(LOOK, "404 404 404 404 302 404 in"),
        "upkeep:back_up": Row(LOOK, "404 404 404 404 302 404 in"),
        "upkeep:again": Row(LOOK, "404 404 404 404 302 404 in", ADMINISTRATOR),
        # Whoever holds the link comes in as that administrator.
        "upkeep:enter": Row("200 200 200 200 200 200 200", "302 302 302 302 302 302 302"),
        "account_login": Row("302 302 302 302 302 302 200", "302 302 302 302 302 302 200"),
        "account_logout": Row("200 200 200 200 200 200 302", "302 302 302 302 302 302 302"),
        "account_signup": Row("302 302 302 302 302 302 200", "302 302 302 302 302 302 200"),
        "account_request_login_code": Row("302 302 302 302 302 302 200", "302 302 302 302 302 302 200"),
        "account_confirm_login_code": Row("302 302 302 302 302 302 in", "302 302 302 302 302 302 in"),
        "account_inactive": Row("200 200 200 200 200 200 200", OPEN),
        # The cast has no passwords: they sign in by code, may set one, and prove who they are by a code too.
        "account_reauthenticate": Row(ON, ON),
        "mfa_index": Row(OWN, LOOK),
        # They signed in long ago, and have nothing that could be taken away.
        "mfa_authenticate": Row("302 302 302 302 302 302 in", "302 302 302 302 302 302 in"),
        "mfa_reauthenticate": Row(ON, ON),
        "mfa_activate_totp": Row(ON, ON),
        "mfa_deactivate_totp": Row(NONE, NONE),
        "mfa_view_recovery_codes": Row(NONE, LOOK),
        "mfa_generate_recovery_codes": Row(ON, ON),
        "mfa_download_recovery_codes": Row(NONE, NONE),
        "mfa_list_webauthn": Row(OWN, LOOK),
        "mfa_add_webauthn": Row(ON, ON),
        "mfa_reauthenticate_webauthn": Row(ON, ON),
        "mfa_remove_webauthn": Row(ON, ON),
        "mfa_edit_webauthn": Row(ON, ON),
        "mfa_login_webauthn": Row("302 302 302 302 302 302 in", "302 302 302 302 302 302 in"),
        "account_set_password": Row("200 200 200 200 200 200 in", "200 200 200 200 200 200 in"),
        "account_change_password": Row("302 302 302 302 302 302 in", "302 302 302 302 302 302 in"),
        "account_reset_password": Row("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
        "account_reset_password_done": Row("200 200 200 200 200 200 200", OPEN),
        "account_reset_password_from_key": Row("200 200 200 200 200 200 200", "200 200 200 200 200 200 200"),
        "account_reset_password_from_key_done": Row("200 200 200 200 200 200 200", OPEN),
    }
)

#: Ids that nothing has.
GUESSES = (0, 10**18 - 1)


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """One stage for the whole walk: every test is undone, and leaves it as it was."""
    with django_db_blocker.unblock(), clock.at(NOW), transaction.atomic():
        with staged(assembled()) as stage:
            yield stage
        transaction.set_rollback(True)


@pytest.fixture
def stage(standing: Stage, db: None) -> Iterator[Stage]:
    files = {path: path.read_bytes() for path in folder().iterdir()}
    yield standing
    for path, content in files.items():  # which no undoing brings back
        path.write_bytes(content)


@pytest.fixture(scope="module")
def browser(standing: Stage) -> Browser:
    """Everyone signed in before the first test."""
    cookies: dict[User | None, dict[str, str]] = {None: {}}
    for user in filter(None, map(standing.user, ROLES)):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies[user] = {settings.SESSION_COOKIE_NAME: session, **dict(standing.devices(user))}

    def of(user: User | None) -> Client:
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies[user])
        return client

    return of


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back, so that each role finds the same stage."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


TABLES = [
    m._meta.db_table
    for m in apps.get_models(include_auto_created=True)
    if m.__module__.startswith("leerkring.")
]
#: A statement that changes the house's own tables. The health check writes a job that is not there, to see
#: whether it could; a session notes the day, and what a sign-in has come to.
CHANGE = re.compile(
    rf"\s*(INSERT|UPDATE|DELETE)\b[^(]*?\"({'|'.join(set(TABLES) - {'jobs_job', 'people_session'})})\"",
    re.IGNORECASE,
)
#: Who looks at a thing has read what was told of it, and the number in the top bar follows.
READ = re.compile(r'UPDATE "communities_notice" SET "read_at" = |UPDATE "people_user" SET "unread" = ')


@contextmanager
def watched() -> Iterator[list[str]]:
    """The statements inside that change something, also those that are taken back."""
    changes: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if CHANGE.match(sql) and not READ.match(sql):
            changes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield changes


def status(answer: HttpResponseBase) -> str:
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
    return "in" if to_sign_in else str(answer.status_code)


def told(answer: HttpResponseBase) -> str:
    """All that an answer lets its reader know."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return f"{dict(answer.headers)} {body.decode(errors='replace')}"


def leaked(answer: HttpResponseBase, secrets: list[str]) -> list[str]:
    text = told(answer)
    return [secret for secret in secrets if secret in text]


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    return client.get(address) if method == "get" else client.post(address)


def test_every_address_has_its_row() -> None:
    assert sorted(ADDRESSES) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_everyone_gets_what_the_table_says(stage: Stage, browser: Browser, name: str) -> None:
    address = stage.address(name, stage.cast.regenboog)
    for role in ROLES:
        client = browser(stage.user(role))
        for method in ("get", "post"):
            with undone(), watched() as changes:
                answer = ask(client, method, address)
                assert status(answer) == TABLE[name].expected(method, role), (role, method)
                # A verb that refuses has waited for its turn by then, and takes that back.
                assert answer.status_code in {302, 409} or changes == [], (role, method)
                assert set(leaked(answer, stage.not_for(role))) <= TABLE[name].tells, (role, method)


@pytest.mark.parametrize("name", BOUND)
def test_what_is_of_another_community_is_not_there(stage: Stage, browser: Browser, name: str) -> None:
    address = stage.address(name, stage.cast.baken)
    for role in set(ROLES) - {"outsider"}:
        client = browser(stage.user(role))
        for method in ("get", "post"):
            with undone(), watched() as changes:
                answer = ask(client, method, address)
                assert status(answer) == TABLE[name].expected_elsewhere(method, role), (role, method)
                assert role in TABLE[name].everywhere or changes == [], (role, method)
                tells = TABLE[name].tells if role in TABLE[name].everywhere else set()
                assert set(leaked(answer, stage.not_for(role))) <= tells, (role, method)


@pytest.mark.parametrize("name", BOUND)
def test_a_guessed_id_is_not_there(stage: Stage, browser: Browser, name: str) -> None:
    """Asked by those for whom the right one is there, and by who leads the group."""
    right = stage.arguments(name, stage.cast.regenboog)
    row = TABLE[name]
    asking = {
        role
        for role in ("member", "leader", "administrator")
        if {row.expected("get", role), row.expected("post", role)} - {"404", "405"}
    }
    clients = {role: browser(stage.user(role)) for role in {"facilitator", *asking}}
    for argument in set(right) & set(IDS):
        for guess in GUESSES:
            address = reverse(name, kwargs={**right, argument: guess})
            for method in ("get", "post"):
                for role, client in clients.items():
                    expected = "405" if row.expected(method, role) == "405" else "404"
                    assert status(ask(client, method, address)) == expected, (role, method, address)
        endless = reverse(name, kwargs={**right, argument: 10**18 - 1}).replace(str(10**18 - 1), "9" * 40)
        assert clients["facilitator"].get(endless).status_code == 404


@pytest.mark.parametrize("name", [n for n in BOUND if len(set(ADDRESSES[n]) & set(IDS)) > 1])
def test_a_thing_of_one_is_not_reached_through_the_other(stage: Stage, browser: Browser, name: str) -> None:
    ours = stage.arguments(name, stage.cast.regenboog)
    theirs = stage.arguments(name, stage.cast.baken)
    ids = [argument for argument in ADDRESSES[name] if argument in IDS]
    doors = [{argument: ours[argument] for argument in ids[:n]} for n in range(1, len(ids))]
    for role, arguments in (
        *(("facilitator", {**theirs, **door}) for door in doors),
        *(("member", {**theirs, **door}) for door in doors),
        ("leader", {**theirs, **doors[0]}),
        ("administrator", {**theirs, **doors[0]}),
        *(("outsider", {**ours, **{argument: theirs[argument] for argument in door}}) for door in doors),
    ):
        client = browser(stage.user(role))
        for method in ("get", "post"):
            with watched() as changes:
                answer = ask(client, method, reverse(name, kwargs=arguments))
            assert changes == []
            expected = "405" if TABLE[name].expected(method, role) == "405" else "404"
            assert status(answer) == expected, (role, method)
            assert leaked(answer, stage.not_for(role)) == []


# What comes after the question mark


NASTY = (
    "",
    "\0",
    "-1",
    "9" * 40,
    "٣",
    "💥%s%(x)s{x}<script>alert(1)</script>" + "x" * 3000,
    "conversation:\0",
    "conversation:999999",
)
#: Every name that a page reads from its address.
ASKED = frozenset(
    {
        *("from", "op", "bladzijde", "soort", "titel", "tekst", "over", "bij", "zoek", "toon", "plg", "rol"),
        *("doel", "werkvorm", "onderwerp", "waarvoor", "personen", "minuten", "bord", "van", "stand"),
    }
)


def test_every_question_is_known() -> None:
    read = re.compile(r"""(?:GET(?:\.get\(|\.getlist\(|\[)|\(request,)\s*["'](\w+)["']""")
    found = {name for path in modules() for name in read.findall(path.read_text())}
    assert found == ASKED
    assert not [path for path in templates() if "request.GET." in path.read_text()]


@pytest.mark.parametrize(
    "name", [n for n in TABLE if ":" in n and TABLE[n].expected("get", "facilitator") == "200"]
)
def test_no_question_breaks_a_page(stage: Stage, browser: Browser, name: str) -> None:
    address = stage.address(name, stage.cast.regenboog)
    client = browser(stage.cast.fatima)
    # What leads on to a contribution hides the rest of what is asked of a conversation.
    asked = (ASKED - {"op"}, {"op"}) if name == "knowledge:conversation" else (ASKED,)
    for value in NASTY:
        for question in (dict.fromkeys(names, value) for names in asked):
            answer = client.get(address, question)
            assert answer.status_code in {200, 404}, (question, answer.status_code)
            assert b"<script>alert" not in told(answer).encode()
            assert leaked(answer, stage.not_for("facilitator")) == []


def test_a_link_to_another_community_shows_nothing_of_it(stage: Stage, browser: Browser) -> None:
    theirs = stage.cast.baken
    start = stage.address("knowledge:start", stage.cast.regenboog)
    talk = stage.address("knowledge:conversation", stage.cast.regenboog)
    for address in (
        f"{start}?from=conversation:{theirs.conversation.pk}",
        f"{talk}?op={theirs.opening.pk}",
        f"{talk}?op={theirs.answer.pk}",
    ):
        answer = browser(stage.cast.fatima).get(address)
        assert leaked(answer, list(theirs.secrets)) == []


# And after leaving


@pytest.mark.parametrize("name", [n for n in BOUND if "community_id" in ADDRESSES[n]])
def test_who_left_finds_nothing_any_more(stage: Stage, browser: Browser, name: str) -> None:
    side = stage.cast.regenboog
    side.member(stage.cast.anna).become(Role.FACILITATOR)
    address = stage.address(name, side)
    annas = browser(stage.cast.anna)
    Membership.objects.get(community=side.community, user=stage.cast.anna).leave()
    for method in ("get", "post"):
        answer = ask(annas, method, address)
        assert status(answer) in {"404", "405"}
        assert leaked(answer, [secret for secret in side.secrets if secret != stage.cast.anna.name]) == []
