"""What a page costs: queries and bytes, the same with three conversations as with two hundred."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.effectiveness import kept
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.architecture.test_walk import TABLE
from tests.cast import LAST_WEEK, Browser, Side, Tell

MOST_QUERIES = 15
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


def test_every_page_stays_within_its_budget(stage: Stage, browser: Browser, tell: Tell) -> None:
    side, anna = stage.cast.regenboog, stage.cast.anna
    for number in range(20):
        side.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega{number} Bos"))
    grow(side, anna, conversations=1)
    costs(stage, browser)  # once, for what is found out a single time in the life of a process
    few = costs(stage, browser)
    grow(side, anna, conversations=197)
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
    assert {name: n for name, (n, _) in many.items() if n > MOST_QUERIES} == {}
    assert {name: (few[name][0], many[name][0]) for name in few if few[name][0] != many[name][0]} == {}
    heavy = {name: size for name, (_, size) in many.items() if size > MOST_BYTES and name not in DRAWN}
    assert heavy == {}
