"""What the log remembers: typed, documented, without text; written with its change or not at all."""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.db import transaction
from django.utils.functional import Promise

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import (
    KINDS,
    CommunityFounded,
    Happening,
    MemberId,
    Role,
    ThingId,
    document,
)
from leerkring.communities.models import Community, Door, Invitation, Link, Membership, Record
from leerkring.communities.presence import note_away, note_back
from leerkring.effectiveness.gathering import FEED_ONLY, GATHERED
from leerkring.goals import ending, measuring
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Change, Endorsement, Goal, Measure, Measurement, Statement, Yes
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Limit, Revision, Trying, Worked
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.meetings import agenda, planning, replying, turns
from leerkring.meetings.happenings import MeetingClosed, RoundHeld
from leerkring.meetings.models import Agreement, Handout, Item, Meeting, Option, OptionAnswer, Reply, Series
from leerkring.meetings.models import Turn as MeetingTurn
from leerkring.meetings.workform import Role as Turn
from leerkring.practice.models import Intention, Tryout, Visit, Visitor
from leerkring.practice.models import Note as VisitNote
from tests.architecture.source import ROOT
from tests.cast import LAST_WEEK, NOW, Cast, Side

#: What a field may be: an id, a count, a yes or no, a day.
PLAIN = {MemberId, ThingId, int, bool, date}

A_DAY = timedelta(days=1)

happenings = pytest.mark.parametrize("kind", sorted(KINDS))


def is_plain(hint: Any) -> bool:
    """A plain value, a choice, one of those or None, or a row of ids."""
    if hint in PLAIN or hint is type(None):
        return True
    if get_origin(hint) in {Union, types.UnionType}:
        return all(is_plain(part) for part in get_args(hint))
    if get_origin(hint) is tuple:
        return get_args(hint)[0] in {MemberId, ThingId} and get_args(hint)[1:] == (...,)
    return isinstance(hint, type) and issubclass(hint, StrEnum)


@happenings
def test_a_happening_says_what_it_means(kind: str) -> None:
    happening = KINDS[kind]
    assert is_dataclass(happening)
    doc = happening.__doc__ or ""
    assert doc
    assert not doc.startswith(f"{happening.__name__}(")  # what dataclass writes when nobody wrote anything


@happenings
def test_a_kind_is_a_short_name_for_ever(kind: str) -> None:
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", kind)
    assert len(kind) <= Record._meta.get_field("kind").max_length  # type: ignore[operator]
    assert KINDS[kind].kind == kind


@happenings
def test_a_happening_holds_no_text(kind: str) -> None:
    hints = get_type_hints(KINDS[kind])
    assert hints["actor"] == MemberId | None
    wrong = {f.name: hints[f.name] for f in fields(KINDS[kind]) if not is_plain(hints[f.name])}
    assert wrong == {}


@happenings
def test_a_happening_has_its_sentence_or_says_that_it_has_none(kind: str) -> None:
    assert "sentence" in vars(KINDS[kind])
    sentence = KINDS[kind].sentence
    if sentence is not None:
        assert isinstance(sentence, Promise)  # marked for translation; test_translations has the English one
        assert "%" not in str(sentence)  # the title of the thing stands beside it


@happenings
def test_a_happening_about_a_thing_says_which(kind: str) -> None:
    thing = KINDS[kind].thing
    assert ("about" in get_type_hints(KINDS[kind])) == (thing is not None)
    assert thing is None or thing in thread.KINDS


@happenings
def test_a_happening_is_a_fact_for_the_engine_or_only_told(kind: str) -> None:
    assert (kind in GATHERED) != (kind in FEED_ONLY)


def test_nothing_is_gathered_that_does_not_happen() -> None:
    assert set(GATHERED) | set(FEED_ONLY) == set(KINDS)


def test_the_list_of_happenings_is_fresh() -> None:
    """`bin/docs` writes it."""
    assert (ROOT / "docs/happenings.md").read_text(encoding="utf-8") == document()


def test_a_kind_cannot_exist_twice() -> None:
    with pytest.raises(TypeError, match="twice"):
        type("Again", (Happening,), {"kind": "community.founded", "sentence": None})


# In the log


def flat(data: dict[str, Any]) -> list[Any]:
    return [part for value in data.values() for part in (value if isinstance(value, list) else [value])]


def test_the_log_of_a_community_holds_no_words(cast: Cast) -> None:
    side = cast.regenboog
    in_goals(cast)
    in_insights(cast)
    in_visits(cast)
    in_tryouts(cast)
    in_meetings(cast)
    side.opening.help(by=side.member(cast.bram))
    side.member(cast.anna).become(Role.FACILITATOR)
    side.community.join_codes(1, at=NOW)[0].accept(cast.olga)
    side.member(cast.anna).introduce(gives="groep 5")
    note_away(cast.anna, at=NOW)
    note_back(cast.anna, at=NOW)
    side.member(cast.bram).leave()
    choices = {str(c) for c in (*Role, *Purpose, *Decision, *Tacit)}
    kept = Record.objects.filter(community=side.community)
    assert len(set(kept.values_list("kind", flat=True))) == len(KINDS) - len({"interaction"})
    for record in kept:
        words = [v for v in flat(record.data) if isinstance(v, str) and v not in choices]
        assert words == [], record


def adopted(cast: Cast) -> Goal:
    """A goal that everyone at De Regenboog can go along with, with one way to see it."""
    anna, *others = map(cast.regenboog.member, (cast.anna, cast.bram, cast.fatima))
    goal = Goal.draft(by=anna, text="Leerlingen leggen uit waarom twee breuken gelijk zijn.")
    measuring.name_measure(goal, by=anna, fields={"name": "Exit-ticket", "target": 80})
    goal.ask(by=anna)
    for other in others:
        goal.agree(by=other)
    return goal


def in_goals(cast: Cast) -> None:
    """All that happens with goals, and with what a community stands for."""
    side = cast.regenboog
    anna = side.member(cast.anna)
    kept, dropped = adopted(cast), adopted(cast)
    measuring.set_down(kept.measures.get(), by=anna, role=Measurement.Role.LATER, on=NOW.date(), value=40)
    kept.revise(by=anna, seen=kept.revision, parts={"pupils": "groep 5"})
    ending.conclude(
        kept, by=anna, decision=Decision.KEEP, yielded="Het werkt.", look_again_on=NOW.date() + A_DAY
    )
    with clock.at(NOW + A_DAY):
        ending.look_again(kept, by=anna, in_use=True)
    ending.drop(dropped, by=anna, because="Te groot.")
    vision = Statement.write(by=anna, kind=Statement.Kind.VISION, text="Ieder kind telt.", seen=0)
    for other in (cast.bram, cast.fatima):
        vision.endorse(by=side.member(other))


def an_insight(cast: Cast) -> Insight:
    anna = cast.regenboog.member(cast.anna)
    return Insight.capture(by=anna, kind=Tacit.PEOPLE, what="wie kijkt, ziet", why="dan snapt men het")


def in_insights(cast: Cast) -> None:
    """All that happens with insights."""
    insight, bram = an_insight(cast), cast.regenboog.member(cast.bram)
    insight.limit(by=bram, text="De zon schijnt.")
    trying = insight.try_out(by=bram, on=NOW.date())
    insight.tell(by=bram, trying=trying, worked=Worked.NO, text="Het regende.")
    insight.revise(by=insight.author, seen=0, parts={"why": "anders"})


def a_visit(cast: Cast) -> Visit:
    """A lesson of Anna at which Bram was."""
    side = cast.regenboog
    anna, bram = side.member(cast.anna), side.member(cast.bram)
    fields = {"question": "Wie begint?", "lesson": "Groep 6", "starts_at": NOW + timedelta(hours=1)}
    visit = Visit.open_lesson(by=anna, fields=fields)
    visit.come(by=bram)
    return visit


def in_visits(cast: Cast) -> None:
    """All that happens with lesson visits."""
    visit, bram = a_visit(cast), cast.regenboog.member(cast.bram)
    with clock.at(NOW + timedelta(hours=2)):
        visit.hold_lesson(by=bram)
        visit.talk(by=bram)
        intention = Intention.intend(visit, by=bram, text="Eerst schatten", on=clock.today())
        intention.tell(by=bram, worked=Worked.YES)


def a_tryout(cast: Cast, user: Any, follows: thread.Thing | None = None) -> Tryout:
    by, on = cast.regenboog.member(user), NOW.date()
    tryout = Tryout.begin(by=by, idea="Eerst schatten", expected="Ze gummen", on=on, follows=follows)
    tryout.conclude(by=by, worked=Worked.NO, decision=Decision.STOP, reason="Nu niet.", evidence="Niets.")
    return tryout


def in_tryouts(cast: Cast) -> None:
    """All that happens with try-outs."""
    first = a_tryout(cast, cast.anna)
    a_tryout(cast, cast.bram, thread.find(cast.bram, f"tryout:{first.pk}"))


def in_meetings(cast: Cast) -> None:
    """All that happens with meetings."""
    side = cast.regenboog
    meeting = meeting_of(cast)
    planning.revise(meeting, by=side.member(cast.fatima), fields={"place": "De aula"})
    planning.cancel(meeting, by=side.member(cast.fatima), because="Ziek")
    present = (MemberId(side.member(cast.anna).pk),)
    about = ThingId(meeting.pk)
    with transaction.atomic():
        held = MeetingClosed(
            actor=None,
            about=about,
            present=present,
            invited=3,
            guests=0,
            minutes_total=60,
            minutes_content=50,
            workform=True,
            question=True,
            material=False,
            network=False,
            goal=None,
        )
        side.community.record(held, at=NOW)
        side.community.record(RoundHeld(actor=None, about=about, spoke=present), at=NOW)
    agreement_of(cast).close(kept=True, by=side.member(cast.bram))


def agreement_of(cast: Cast) -> Agreement:
    side = cast.regenboog
    return Agreement.make(side.community, what="De kaarten maken", by=side.member(cast.anna))


def meeting_of(cast: Cast) -> Meeting:
    by = cast.regenboog.member(cast.fatima)
    return planning.plan(by=by, fields={"topic": "Vouwen", "minutes": 60, "starts_at": NOW + A_DAY})


def test_a_line_of_the_log_can_be_read_back(cast: Cast) -> None:
    for record in Record.objects.filter(community=cast.regenboog.community):
        names = {f.name for f in fields(KINDS[record.kind])} - {"actor"}
        assert set(record.data) == names


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_the_transaction_of_its_change(cast: Cast) -> None:
    before = Record.objects.count()
    with pytest.raises(RuntimeError, match="transaction"):
        cast.regenboog.community.record(CommunityFounded(actor=None), at=NOW)
    assert Record.objects.count() == before


Verb = Callable[[Cast], object]
VERBS: dict[str, Verb] = {
    "found": lambda c: Community.found(school=c.regenboog.school, name="Schrijven", by=c.fatima),
    "join": lambda c: c.regenboog.community.join(c.olga),
    "join_codes": lambda c: c.regenboog.community.join_codes(3, at=NOW),
    "become": lambda c: c.regenboog.member(c.anna).become(Role.FACILITATOR),
    "introduce": lambda c: c.regenboog.member(c.anna).introduce(gives="groep 5"),
    "note_away": lambda c: note_away(c.anna, at=NOW),
    "note_back": lambda c: note_back(c.anna, at=NOW),
    "invite": lambda c: Invitation.make(
        c.regenboog.community, email="noor@school.test", by=c.regenboog.member(c.fatima)
    ),
    "open a door": lambda c: Door.open(c.regenboog.community, days=1, by=c.regenboog.member(c.fatima)),
    "leave": lambda c: c.regenboog.member(c.anna).leave(),
    "open": lambda c: Conversation.open(
        by=c.regenboog.member(c.anna),
        title="Nieuw",
        purpose=Purpose.SHARING,
        text="Dag @Bram",
        follows=thread.find(c.anna, f"conversation:{c.regenboog.conversation.pk}"),
    ),
    "reply": lambda c: c.regenboog.conversation.reply(by=c.regenboog.member(c.anna), text="Dag @Bram"),
    "help": lambda c: c.regenboog.opening.help(by=c.regenboog.member(c.bram)),
    "draft a goal": lambda c: Goal.draft(by=c.regenboog.member(c.anna), text="Kinderen lezen."),
    "agree, the last": lambda c: goal_of(c, "asked").agree(by=c.regenboog.member(c.bram)),
    "revise a goal": lambda c: goal_of(c, "adopted").revise(
        by=c.regenboog.member(c.bram), seen=goal_of(c, "adopted").revision, parts={"pupils": "groep 5"}
    ),
    "measure": lambda c: measuring.set_down(
        goal_of(c, "adopted").measures.get(),
        by=c.regenboog.member(c.bram),
        role=Measurement.Role.LATER,
        on=NOW.date(),
        value=40,
    ),
    "conclude": lambda c: ending.conclude(
        goal_of(c, "adopted"), by=c.regenboog.member(c.bram), decision=Decision.STOP, yielded="Niets."
    ),
    "let go": lambda c: ending.drop(
        goal_of(c, "adopted"), by=c.regenboog.member(c.bram), because="Te groot."
    ),
    "look again": lambda c: ending.look_again(
        goal_of(c, "concluded"), by=c.regenboog.member(c.bram), in_use=True
    ),
    "write a vision": lambda c: Statement.write(
        by=c.regenboog.member(c.anna), kind=Statement.Kind.VISION, text="Ieder telt.", seen=0
    ),
    "capture": an_insight,
    "limit": lambda c: insight_of(c).limit(by=c.regenboog.member(c.fatima), text="Het regent."),
    "try out": lambda c: insight_of(c).try_out(by=c.regenboog.member(c.fatima), on=NOW.date()),
    "tell": lambda c: insight_of(c).tell(
        by=c.regenboog.member(c.bram), trying=Trying.objects.get(), worked=Worked.YES, text="Top."
    ),
    "drop what one would try": lambda c: Trying.objects.get().drop(by=c.regenboog.member(c.bram)),
    "revise an insight": lambda c: insight_of(c).revise(
        by=c.regenboog.member(c.anna), seen=0, parts={"why": "anders", "goal": goal_of(c, "adopted")}
    ),
    "take an insight away": lambda c: insight_of(c).withdraw(by=c.regenboog.member(c.anna)),
    "take a limit away": lambda c: Limit.objects.get().withdraw(by=c.regenboog.member(c.bram)),
    "open a lesson": a_visit,
    "ask to watch": lambda c: Visit.ask(
        by=c.regenboog.member(c.bram),
        host=c.regenboog.member(c.anna),
        fields={"lesson": "Groep 6", "starts_at": NOW + A_DAY, "question": ""},
    ),
    "begin a try-out": lambda c: Tryout.begin(
        by=c.regenboog.member(c.anna), idea="Iets", expected="Iets anders", on=NOW.date()
    ),
    "revise a try-out": lambda c: running(c).revise(
        by=c.regenboog.member(c.bram), seen=0, parts={"idea": "Anders", "goal": goal_of(c, "adopted")}
    ),
    "conclude a repetition": lambda c: running(c).conclude(
        by=c.regenboog.member(c.bram), worked=Worked.NO, decision=Decision.STOP, reason="Nu niet."
    ),
    "take a try-out away": lambda c: running(c).withdraw(by=c.regenboog.member(c.bram)),
    "plan a meeting": meeting_of,
    "look for a date": lambda c: planning.plan(
        by=c.regenboog.member(c.fatima),
        fields={"topic": "Wanneer?", "minutes": 60},
        moments=[NOW + A_DAY, NOW + 2 * A_DAY],
    ),
    "move a meeting": lambda c: planning.revise(
        Meeting.objects.get(), by=c.regenboog.member(c.fatima), fields={"place": "De aula"}
    ),
    "call off": lambda c: planning.cancel(
        Meeting.objects.get(), by=c.regenboog.member(c.fatima), because="Ziek"
    ),
    "propose": lambda c: agenda.add(
        Meeting.objects.get(),
        by=c.regenboog.member(c.anna),
        fields={"title": "Iets", "minutes": 5, "kind": "content"},
    ),
    "come": lambda c: replying.reply(Meeting.objects.get(), by=c.regenboog.member(c.anna), says="yes"),
    "agree": lambda c: Agreement.make(c.regenboog.community, what="Iets", by=c.regenboog.member(c.anna)),
    "agree otherwise": lambda c: Agreement.objects.get().revise(
        by=c.regenboog.member(c.bram), seen=0, what="De spellen", who=[c.regenboog.member(c.bram)], day=None
    ),
    "keep an agreement": lambda c: Agreement.objects.get().close(kept=True, by=c.regenboog.member(c.bram)),
    "take an agreement along": lambda c: Agreement.objects.get().take_along(
        Meeting.objects.get(), by=c.regenboog.member(c.bram)
    ),
    "take a turn": lambda c: turns.take(
        Meeting.objects.get(), by=c.regenboog.member(c.anna), role=Turn.SCRIBE
    ),
    "endorse, the last": lambda c: Statement.objects.get(kind="norms").endorse(by=c.regenboog.member(c.bram)),
}


def goal_of(cast: Cast, state: str) -> Goal:
    return Goal.objects.get(community=cast.regenboog.community, state=state)


def running(cast: Cast) -> Tryout:
    return Tryout.objects.get(community=cast.regenboog.community, concluded_at=None)


def insight_of(cast: Cast) -> Insight:
    return Insight.objects.get(community=cast.regenboog.community, what="wie luistert, hoort")


@pytest.fixture
def _insights(cast: Cast) -> None:
    """One that Bram limited, and would try."""
    anna, bram = cast.regenboog.member(cast.anna), cast.regenboog.member(cast.bram)
    insight = Insight.capture(by=anna, kind=Tacit.RULE, what="wie luistert, hoort", why="zo is het")
    insight.limit(by=bram, text="Het waait.")
    insight.try_out(by=bram, on=NOW.date())


@pytest.fixture
def _tryouts(cast: Cast) -> None:
    """One of Anna that was tried, and that Bram repeats."""
    first = a_tryout(cast, cast.anna)
    follows = thread.find(cast.bram, f"tryout:{first.pk}")
    bram = cast.regenboog.member(cast.bram)
    Tryout.begin(by=bram, idea="Eerst schatten", expected="Ze lachen", on=NOW.date(), follows=follows)


@pytest.fixture
def _goals(cast: Cast) -> None:
    """A goal for which only Bram's yes is missing, one that runs, one to look at again; and agreements that wait for
    Bram."""
    side = cast.regenboog
    anna, fatima = side.member(cast.anna), side.member(cast.fatima)
    asked = Goal.draft(by=anna, text="Leerlingen schatten eerst.")
    asked.ask(by=anna)
    asked.agree(by=fatima)
    adopted(cast)
    concluded = Goal.draft(by=anna, text="Leerlingen vouwen.")
    concluded.ask(by=anna)
    for other in (fatima, side.member(cast.bram)):
        concluded.agree(by=other)
    ending.conclude(
        concluded, by=anna, decision=Decision.KEEP, yielded="Het werkt.", look_again_on=NOW.date()
    )
    norms = Statement.write(by=anna, kind=Statement.Kind.NORMS, text="We luisteren.", seen=0)
    norms.endorse(by=fatima)


def everything(side: Side) -> object:
    """What the verbs change, as it is in the database."""
    return [
        list(table.objects.order_by("pk").values())
        for table in (
            Community,
            Membership,
            Invitation,
            Door,
            Record,
            Conversation,
            Contribution,
            Contribution.helps.through,
            Contribution.mentioned.through,
            Link,
            Goal,
            Goal.owners.through,
            Yes,
            Change,
            Measure,
            Measurement,
            Statement,
            Endorsement,
            Insight,
            Limit,
            Trying,
            Revision,
            Visit,
            Visitor,
            VisitNote,
            Intention,
            Tryout,
            Meeting,
            Agreement,
            Agreement.who.through,
            Series,
            Item,
            MeetingTurn,
            Option,
            OptionAnswer,
            Reply,
            Handout,
        )
    ]


@pytest.fixture
def _meeting(cast: Cast) -> None:
    """With an agreement that stands open."""
    with clock.at(LAST_WEEK):
        meeting_of(cast)
        agreement_of(cast)


@pytest.mark.usefixtures("_goals", "_insights", "_tryouts", "_meeting")
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_whose_line_cannot_be_written_changes_nothing(
    cast: Cast, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Exception):
        pass

    def full(*_args: object, **_kwargs: object) -> None:
        raise Full

    before = everything(cast.regenboog)
    with monkeypatch.context() as patched:
        patched.setattr(Community, "touch", full)
        patched.setattr(Community, "hold_open", full)
        with pytest.raises(Full):
            VERBS[verb](cast)
    assert everything(cast.regenboog) == before
    VERBS[verb](cast)
    assert everything(cast.regenboog) != before


def test_a_verb_that_fails_midway_leaves_no_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("torn")

    before = everything(cast.regenboog)
    with monkeypatch.context() as patched:
        patched.setattr(thread, "tie", torn)
        with pytest.raises(RuntimeError):
            VERBS["open"](cast)
    assert everything(cast.regenboog) == before
