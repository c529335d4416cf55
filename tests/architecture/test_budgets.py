"""What a page costs: queries, bytes, steps of the database; the same with three conversations as with six hundred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Membership
from leerkring.effectiveness import kept
from leerkring.goals import measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measurement, Statement
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Worked
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Conversation
from leerkring.meetings import agenda, planning, polling, replying, turns
from leerkring.meetings.models import Agreement, Correction, Meeting, Note, OwnForm, Present, Unclaimed
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Role
from leerkring.people.models import User
from leerkring.practice.models import Note as VisitNote
from leerkring.practice.models import Tryout, Visit, Visitor
from tests.architecture.stage import Stage
from tests.architecture.test_walk import TABLE
from tests.cast import LAST_WEEK, NOW, Browser, Side, Tell

MOST_QUERIES = 15
#: What the database does for a page, in steps of SQLite's machine: a few for each row that it looks at. So a query
#: that goes through everything to show a page of it is found, which no clock would do in a test.
MOST_STEPS = 9_000
#: What is of one person as a whole: all that was told to them in ninety days, by thing; all that is theirs, to take
#: along. It grows with them and not with the house. And what was said and agreed in one meeting, as long as that was.
WHOLE = {"communities:inbox", "communities:download"}
OF_ONE_MEETING = {"meetings:minutes", "meetings:texts", "meetings:take_out", "meetings:agreements"}
#: The page itself, before compression: a phone on a school's wifi draws it at once.
MOST_BYTES = 100_000
#: The mirror draws a picture of everyone and a year of weeks.
DRAWN = {"effectiveness:mirror"}


class Cost(NamedTuple):
    queries: int
    #: Of the page before compression.
    bytes: int
    #: Of SQLite; none are counted elsewhere.
    steps: int


@contextmanager
def steps() -> Iterator[list[int]]:
    """The steps that SQLite takes inside, in hundreds; a query of fewer counts for nothing."""
    taken = [0]

    def count() -> int:
        taken[0] += 100
        return 0

    if connection.vendor != "sqlite":
        yield taken
        return
    connection.connection.set_progress_handler(count, 100)
    try:
        yield taken
    finally:
        connection.connection.set_progress_handler(None, 0)


def cost(client: Client, address: str, *, log_was_read: bool = False) -> Cost:
    """Of a page that nobody looked at yet."""
    for remembered in caches.all():
        remembered.clear()
    if not log_was_read:
        kept.forget_all()
    with CaptureQueriesContext(connection) as queries, steps() as taken:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return Cost(len(queries), len(answer.content), taken[0])


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


def costs(stage: Stage, browser: Browser) -> dict[str, Cost]:
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


def grow_forms(side: Side, *, forms: int) -> None:
    """More work forms of the group's own."""
    member = side.member(User.objects.get(email="anna@leerkring.test"))
    for _number in range(forms):
        OwnForm.keep(by=member, form=shipped()["kritische-vrienden"])


def grow_insights(side: Side, *, insights: int) -> None:
    """More insights, each limited and tried; and what is looked at limited, tried and said better more often."""
    anna = side.member(User.objects.get(email="anna@leerkring.test"))
    bram = side.member(User.objects.get(email="bram@leerkring.test"))
    goal = Goal.objects.filter(community=side.community, state=Goal.State.ADOPTED).latest("pk")
    looked_at = Insight.objects.filter(community=side.community).earliest("pk")
    with clock.at(LAST_WEEK + timedelta(hours=3)):
        for number in range(insights):
            what = f"ik begin met voorbeeld {Insight.objects.count()}"
            new = Insight.capture(by=anna, kind=Tacit.ROUTINE, what=what, why="dan volgt de regel", goal=goal)
            for insight, by in ((new, bram), *([(looked_at, anna)] if number % 10 == 0 else [])):
                insight.limit(by=by, text=f"De groep is met {number}.")
                trying = insight.try_out(by=by, on=clock.today())
                insight.tell(by=by, trying=trying, worked=Worked.PARTLY, text="Het begin.")
            if number % 10 == 0:
                seen = Insight.objects.get(pk=looked_at.pk).revision
                looked_at.revise(by=looked_at.author, seen=seen, parts={"noticed": f"aan {number}"})


def grow_visits(side: Side, *, visits: int) -> None:
    """More lessons that were and that stand open; and more that was noted in the one that is looked at."""
    fatima, anna = (
        side.member(User.objects.get(email=f"{who}@leerkring.test")) for who in ("fatima", "anna")
    )
    looked_at = Visit.objects.filter(community=side.community, state="held").earliest("pk")
    visitor = Visitor.objects.select_related("visit__community", "member").get(visit=looked_at)
    for number in range(visits):
        host, guest = (fatima, anna) if number % 2 else (anna, fatima)
        fields = {"question": f"Wie begint {number}?", "lesson": "Groep 6", "minutes": 10}
        begins = LAST_WEEK + timedelta(hours=3, minutes=number)
        with clock.at(LAST_WEEK):
            was = Visit.open_lesson(by=host, fields={**fields, "starts_at": begins})
            was.come(by=guest)
        with clock.at(begins + timedelta(hours=1)):
            visitor.note(
                by=visitor.member, kind=VisitNote.Kind.DOES, text=f"Wacht {number}", key=f"n{number}"
            )
            was.hold_lesson(by=host)
        Visit.open_lesson(by=host, fields={**fields, "starts_at": clock.now() + timedelta(days=3)})


def grow_tryouts(side: Side, *, tryouts: int) -> None:
    """More try-outs, concluded; and what is looked at repeated more often."""
    user = User.objects.get(email="anna@leerkring.test")
    anna = side.member(user)
    looked_at = Tryout.objects.filter(community=side.community).earliest("pk")
    told: dict[str, Any] = {"worked": Worked.PARTLY, "decision": Decision.ADAPT, "reason": "Het begin."}
    with clock.at(LAST_WEEK + timedelta(hours=4)):
        for number in range(tryouts):
            idea = f"Schatten met getal {Tryout.objects.count()}"
            follows = thread.find(user, f"tryout:{looked_at.pk}") if number % 4 == 0 else None
            new = Tryout.begin(
                by=anna, idea=idea, expected="Ze gummen", on=clock.today(), where="groep 5", follows=follows
            )
            new.conclude(by=anna, evidence="Ze gumden.", adapted="In tweetallen.", **told)


def grow_meetings(side: Side, *, meetings: int) -> None:
    """More meetings that were and will be, more polls; and in what is looked at more of everything."""
    fatima = side.member(User.objects.get(email="fatima@leerkring.test"))
    colleagues = list(Membership.objects.filter(community=side.community, user__isnull=False))
    for colleague in colleagues:
        colleague.community = side.community
    shown = {
        state: Meeting.objects.filter(community=side.community, state=state).select_related("community")[0]
        for state in ("planned", "poll")
    }
    with clock.at(LAST_WEEK):
        for number in range(meetings):
            starts = NOW + timedelta(days=number - meetings // 2, hours=1)
            fields = {"topic": f"Keer {number}", "minutes": 60, "starts_at": max(starts, LAST_WEEK)}
            made = planning.plan(by=fatima, fields=fields)
            Meeting.objects.filter(pk=made.pk).update(starts_at=starts)
            turns.take(made, by=colleagues[number % len(colleagues)], role=Role.SCRIBE)
            if number % 10 == 0:
                moments = [NOW + timedelta(days=days) for days in (30, 31)]
                planning.plan(
                    by=fatima, fields={"topic": f"Wanneer {number}", "minutes": 60}, moments=moments
                )
        for number, colleague in enumerate(colleagues[: meetings // 2]):
            fields = {"title": f"Punt {number}", "minutes": 5, "kind": "organisation"}
            agenda.add(shown["planned"], by=colleague, fields=fields)
            replying.reply(shown["planned"], by=colleague, says="yes")
            says = {option.pk: "yes" for option in shown["poll"].options.all()}
            polling.answer(shown["poll"], by=colleague, says=says)


def grow_held(side: Side, *, times: int) -> None:
    """More people and cards in the meeting of which the minutes are looked at, more that was agreed and added."""
    colleagues = list(Membership.objects.filter(community=side.community, user__isnull=False))
    for colleague in colleagues:
        colleague.community = side.community
    held = Meeting.objects.filter(community=side.community, state="closed", corrections__isnull=False)
    was = held.select_related("community").distinct().get()
    stage = was.stages.order_by("position")[0]
    new = [c for c in colleagues if not was.present.filter(member=c).exists()][:times]
    there = Present.objects.bulk_create(Present(meeting=was, member=c, name=str(c)) for c in new)
    there = there or list(was.present.all())
    with clock.at(LAST_WEEK + timedelta(hours=7)):
        for number in range(times):
            by = colleagues[number % len(colleagues)]
            Note.objects.create(stage=stage, by=there[number % len(there)], text=f"Kaart {number}")
            said = (was.unclaimed.count() + 1) * 1000
            Unclaimed.objects.create(
                meeting=was, number=said, insight=said, by=there[0], text=f"Inzicht {said}"
            )
            who = colleagues[number % 3 : number % 3 + 3]
            agreed = Agreement.make(side.community, what=f"Afspraak {number}", who=who, meeting=was)
            if number % 2:
                agreed.close(kept=True, by=by)
            if number % 10 == 0:
                Correction.objects.create(meeting=was, by=by, text=f"En {number}", at=clock.now())


def test_every_page_stays_within_its_budget(stage: Stage, browser: Browser, tell: Tell) -> None:
    """The same number of queries however much there is, and none that goes through all of it."""
    side, anna = stage.cast.regenboog, stage.cast.anna
    for number in range(20):
        side.community.join(User.objects.create_user(f"c{number}@school.test", name=f"Collega{number} Bos"))
    grow(side, anna, conversations=1)
    grow_goals(side, goals=2)
    grow_forms(side, forms=1)
    grow_insights(side, insights=2)
    grow_visits(side, visits=2)
    grow_tryouts(side, tryouts=2)
    grow_meetings(side, meetings=4)
    grow_held(side, times=2)
    costs(stage, browser)  # once, for what is found out a single time in the life of a process
    few = costs(stage, browser)
    grow(side, anna, conversations=600)
    grow_goals(side, goals=30)
    grow_forms(side, forms=38)
    grow_insights(side, insights=100)
    grow_visits(side, visits=6)
    grow_tryouts(side, tryouts=100)
    grow_meetings(side, meetings=60)
    grow_held(side, times=40)
    many = costs(stage, browser)
    pages = asked(stage, browser)
    # What waited about the thing that is looked at has been read by then.
    many |= {name: cost(*pages[name]) for name in few if few[name].queries < many[name].queries}
    tell(
        f"{'page':<42}{'queries':>16}{'bytes':>18}{'steps':>8}",
        [
            f"{name:<42}{few[name].queries:>7} → {cost.queries:<6}{few[name].bytes:>9} → {cost.bytes:<6}{cost.steps:>8}"
            for name, cost in many.items()
        ],
    )
    assert {
        name: c.queries for name, c in many.items() if c.queries > MOST_QUERIES and name not in WHOLE
    } == {}
    assert {name: (few[name], many[name]) for name in few if few[name].queries < many[name].queries} == {}
    assert {name: c.bytes for name, c in many.items() if c.bytes > MOST_BYTES and name not in DRAWN} == {}
    # What the mirror shows takes the whole log once in the life of a process, and from then on what is new.
    long = {n for n, c in many.items() if c.steps > MOST_STEPS} - WHOLE - OF_ONE_MEETING
    for client, address in (pages[name] for name in long):
        client.get(address)
    again = {name: cost(*pages[name], log_was_read=True).steps for name in long}
    assert {name: taken for name, taken in again.items() if taken > MOST_STEPS} == {}
