"""What a page costs: queries and bytes, the same with three conversations as with two hundred."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.architecture.test_walk import TABLE
from tests.cast import LAST_WEEK, Browser, Side

MOST_QUERIES = 15
#: The page itself, before compression: a phone on a school's wifi draws it at once.
MOST_BYTES = 100_000
#: The mirror draws a picture of everyone and a year of weeks.
DRAWN = {"effectiveness:mirror"}


def cost(client: Client, address: str) -> tuple[int, int]:
    """Queries and bytes of a page that nobody looked at yet."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked), len(answer.content)


def costs(stage: Stage, browser: Browser) -> dict[str, tuple[int, int]]:
    """Every page that is more than a redirect, by who may see it."""
    clients = {
        role: browser(stage.user(role)) for role in ("facilitator", "member", "administrator", "anonymous")
    }
    found = {}
    for name, row in TABLE.items():
        role = next((role for role in clients if row.expected("get", role) == "200"), None)
        if role:
            found[name] = cost(clients[role], stage.address(name, stage.cast.regenboog))
    return found


def grow(side: Side, author: User) -> None:
    """Twenty colleagues, two hundred conversations, and one of them long."""
    member = side.member(author)
    with clock.at(LAST_WEEK + timedelta(hours=1)):
        colleagues = [
            side.community.join(User.objects.create_user(f"c{n}@school.test", name=f"Collega{n} Bos"))
            for n in range(20)
        ]
        for number in range(198):
            opened = Conversation.open(
                by=colleagues[number % 20],
                title=f"Gesprek {number}",
                purpose=Purpose.QUESTION,
                text="Hoe doe jij dit?",
            )
            if number % 4 == 0:
                opened.reply(by=member, text="Zo.")
        for number in range(30):
            reply = side.conversation.reply(by=colleagues[number % 20], text=f"Antwoord {number} voor @Anna")
            reply.help(by=member)


def test_every_page_stays_within_its_budget(
    stage: Stage, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    few = costs(stage, browser)
    grow(stage.cast.regenboog, stage.cast.anna)
    many = costs(stage, browser)
    with capsys.disabled():
        sys.stdout.write(f"\n{'page':<42}{'queries':>16}{'bytes':>18}\n")
        for name in few:
            sys.stdout.write(
                f"{name:<42}{few[name][0]:>7} → {many[name][0]:<6}{few[name][1]:>9} → {many[name][1]}\n"
            )
    assert {name: n for name, (n, _) in many.items() if n > MOST_QUERIES} == {}
    assert {name: (few[name][0], many[name][0]) for name in few if few[name][0] != many[name][0]} == {}
    heavy = {name: size for name, (_, size) in many.items() if size > MOST_BYTES and name not in DRAWN}
    assert heavy == {}
