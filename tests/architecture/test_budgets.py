"""What a page costs: queries and bytes, the same with three conversations as with two hundred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.effectiveness import kept
from leerkring.goals import measuring
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.architecture.test_walk import TABLE
from tests.cast import LAST_WEEK, Browser, Side, Tell

MOST_QUERIES = 15
#: What the database does for a page, in steps of SQLite's machine: a few for each row that it looks at. So a query
#: that goes through everything to show a page of it is found, which no clock would do in a test.
MOST_STEPS = 8_000
#: What is of one person as a whole: all that was told to them in ninety days, by thing; all that is theirs, to take
#: along. It grows with them and not with the house.
WHOLE = {"communities:inbox", "communities:download"}
#: The page itself, before compression: a phone on a school's wifi draws it at once.
MOST_BYTES = 100_000
#: The mirror draws a picture of everyone and a year of weeks.
DRAWN = {"effectiveness:mirror"}


def cost(client: Client, address: str) -> tuple[int, int]:
    """Queries and bytes of a page that nobody looked at yet."""
    for remembered in caches.all():
        remembered.clear()
    kept.forget_all()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked), len(answer.content)


def asked(stage: Stage, browser: Browser) -> dict[str, tuple[Client, str]]:
    """Every page that is more than a redirect, with who may see it."""
    clients = {
        role: browser(stage.user(role)) for role in ("facilitator", "member", "administrator", "anonymous")
    }
    found = {}
    for name, row in TABLE.items():
        role = next((role for role in clients if row.expected("get", role) == "200"), None)
        if role:
            found[name] = clients[role], stage.address(name, stage.cast.regenboog)
    return found


def costs(stage: Stage, browser: Browser) -> dict[str, tuple[int, int]]:
    """What each of them costs."""
    return {name: cost(*page) for name, page in asked(stage, browser).items()}


def grow(side: Side, author: User, *, conversations: int) -> None:
    """More conversations by twenty colleagues, and thirty more answers in the one that is looked at."""
    member = side.member(author)
    colleagues = [m for m in Membership.objects.filter(community=side.community) if m.pk != member.pk]
    for colleague in colleagues:
        colleague.community = side.community
    with clock.at(LAST_WEEK + timedelta(hours=1)):
        for number in range(conversations):
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


def grow_goals(side: Side, *, goals: int) -> None:
    """More goals, each measured; more versions of what the community stands for; and what is looked at changed and
    measured more often."""
    member = side.member(User.objects.get(email="anna@leerkring.test"))
    running = Goal.objects.filter(community=side.community, state=Goal.State.ADOPTED).latest("pk")
    with clock.at(LAST_WEEK + timedelta(hours=2)):
        for number in range(goals):
            goal = Goal.draft(
                by=member, text=f"Leerlingen leggen uit waarom {number} kleiner is dan {number + 1}."
            )
            measure = measuring.begin(
                goal, by=member, measure=None, fields={"name": "Toets", "target": 80}, baseline=30
            )
            said: dict[str, Any] = {"by": member, "role": Measurement.Role.LATER, "on": LAST_WEEK.date()}
            measuring.set_down(measure, value=40, **said)
            if number % 3 == 0:
                Goal.objects.filter(pk=goal.pk).update(state=Goal.State.ADOPTED, adopted_at=clock.now())
            if number % 10 == 0:
                measuring.set_down(running.measures.get(), value=50, **said)
                running.revise(by=member, seen=running.revision, parts={"product": f"kaart {number}"})
                standing = Statement.objects.standing(side.community)["vision"]
                kind = Statement.Kind.VISION
                Statement.write(by=member, kind=kind, text=f"Versie {number}", seen=standing.number)


def test_every_page_stays_within_its_budget(stage: Stage, browser: Browser, tell: Tell) -> None:
    side, anna = stage.cast.regenboog, stage.cast.anna
    for number in range(20):
        side.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega{number} Bos"))
    grow(side, anna, conversations=1)
    grow_goals(side, goals=2)
    costs(stage, browser)  # once, for what is found out a single time in the life of a process
    few = costs(stage, browser)
    grow(side, anna, conversations=197)
    grow_goals(side, goals=40)
    costs(
        stage, browser
    )  # once more, so that what waits about the conversation that is looked at has been read
    many = costs(stage, browser)
    tell(
        f"{'page':<42}{'queries':>16}{'bytes':>18}",
        [
            f"{name:<42}{few[name][0]:>7} → {many[name][0]:<6}{few[name][1]:>9} → {many[name][1]}"
            for name in few
        ],
    )
    assert {name: n for name, (n, _) in many.items() if n > MOST_QUERIES and name not in WHOLE} == {}
    assert {name: (few[name][0], many[name][0]) for name in few if few[name][0] < many[name][0]} == {}
    heavy = {name: size for name, (_, size) in many.items() if size > MOST_BYTES and name not in DRAWN}
    assert heavy == {}


@contextmanager
def steps() -> Iterator[list[int]]:
    """The steps that SQLite takes inside, in hundreds; a query of fewer counts for nothing."""
    taken = [0]

    def count() -> int:
        taken[0] += 100
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        yield taken
    finally:
        connection.connection.set_progress_handler(None, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
def test_no_page_goes_through_everything_there_is(stage: Stage, browser: Browser, tell: Tell) -> None:
    side, anna = stage.cast.regenboog, stage.cast.anna
    for number in range(20):
        side.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega{number} Bos"))
    grow(side, anna, conversations=600)
    grow_goals(side, goals=40)
    taken = {}
    for name, (client, address) in asked(stage, browser).items():
        client.get(address)  # the log has been read
        for remembered in caches.all():
            remembered.clear()
        with steps() as counted:
            client.get(address)
        taken[name] = counted[0]
    tell("steps of the database, with 600 conversations", [f"{name:<42}{n:>8}" for name, n in taken.items()])
    assert {name: n for name, n in taken.items() if n > MOST_STEPS and name not in WHOLE} == {}
