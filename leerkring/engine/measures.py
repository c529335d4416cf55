"""What a week cell holds: named counters, sets of members, and ties, declared as data.

The same declarations drive the live cells, the bulk arrays and the generated page; the tests' SQL reads them
too, but computes from the raw events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leerkring.engine.kinds import DILEMMA, KEEP, QUESTION, SHARING, STOP


@dataclass(frozen=True, slots=True)
class Condition:
    """A number of an event lies between `least` and `most`, or is at least half of another number of it
    (which must then be positive). `or_unsaid`: it also holds of an event that does not say the number at all."""

    number: str
    least: int = 1
    most: int | None = None
    half_of: str | None = None
    or_unsaid: bool = False

    def holds(self, numbers: Mapping[str, int]) -> bool:
        if self.or_unsaid and self.number not in numbers:
            return True
        value = numbers.get(self.number, 0)
        if self.half_of is not None:
            whole = numbers.get(self.half_of, 0)
            return whole > 0 and 2 * value >= whole
        return value >= self.least and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Selector:
    """Events of one kind that meet all conditions."""

    kind: str
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many events of these kinds."""

    of: tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a number over events; with `squared` of its square."""

    of: Selector
    number: str
    squared: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """How many things got a follow-up, counted in the week of the thing.

    A thing is the first event of kind `first` with its `about`. It is followed when an event of a `then`
    kind names it (in `about`, or in the number `by`). With `other`: by another member, and not before it.
    With `within`: not before it, and within so many school days.
    """

    first: Selector
    then: tuple[Selector, ...]
    by: str = "about"
    other: bool = False
    within: int | None = None

    @property
    def ordered(self) -> bool:
        """Whether the follow-up must come after the thing."""
        return self.other or self.within is not None


@dataclass(frozen=True, slots=True)
class Stock:
    """How many things run at the end of a week: the last that was said of them by then, of the kind of `first`
    and of `ends`, is an event that `first` selects. So what was adopted can be said again in other numbers, end, and
    begin once more."""

    first: Selector
    ends: tuple[str, ...]


Counter = Count | Sum | Matched | Stock


@dataclass(frozen=True, slots=True)
class Who:
    """A set of members: the actors of some events and those `others` names in some."""

    actors: tuple[Selector, ...] = ()
    others: tuple[Selector, ...] = ()


def _kinds(*kinds: str) -> tuple[Selector, ...]:
    return tuple(Selector(kind) for kind in kinds)


def _where(kind: str, *numbers: str) -> Selector:
    return Selector(kind, tuple(Condition(number) for number in numbers))


_QUESTION = Selector("conversation.opened", (Condition("purpose", QUESTION, DILEMMA),))
#: Fewer minutes, by the timer, are no meeting: a room was tried out (docs/decisions/0068).
SHORTEST = 10
#: What is known to have been shorter is left out; of a meeting in data from elsewhere the length may be unknown.
HELD = Condition("minutes_total", SHORTEST, or_unsaid=True)


def _met(*numbers: str) -> Selector:
    """Meetings that were held, with all these flags. There is no other way here to count a meeting."""
    return Selector("meeting.closed", (HELD, *(Condition(number) for number in numbers)))


_MEETING = _met()
_CONCLUDED = "goal.concluded"
_GOAL_ENDS = (_CONCLUDED, "goal.dropped")
_DECIDED = Condition("decision", KEEP, STOP)

COUNTERS: Mapping[str, Counter] = {
    # conversations
    "conversations": Count(_kinds("conversation.opened")),
    "replies": Count(_kinds("conversation.replied")),
    "interactions": Count(_kinds("interaction")),
    "questions": Matched(_QUESTION, (_QUESTION,)),
    "questions_answered": Matched(_QUESTION, _kinds("conversation.replied"), other=True, within=10),
    "questions_helped": Matched(_QUESTION, _kinds("conversation.replied"), other=True),
    # meetings
    "meetings": Matched(_MEETING, (_MEETING,)),
    "meetings_with_round": Matched(_MEETING, _kinds("round.held")),
    "present": Sum(_MEETING, "present"),
    "invited": Sum(_MEETING, "invited"),
    "meetings_counted": Count((_met("invited"),)),
    "minutes_total": Sum(_MEETING, "minutes_total"),
    "minutes_content": Sum(_MEETING, "minutes_content"),
    "meetings_timed": Count((_met("minutes_total"),)),
    "minutes_squared": Sum(_MEETING, "minutes_total", squared=True),
    "meetings_on_content": Count(
        (
            Selector(
                "meeting.closed",
                (
                    HELD,
                    Condition("minutes_content", SHORTEST),
                    Condition("minutes_content", half_of="minutes_total"),
                ),
            ),
        )
    ),
    "meetings_all": Count((_MEETING,)),
    "meetings_with_form": Count((_met("workform"),)),
    "meetings_with_material": Count((_met("question", "material"),)),
    "meetings_with_insight": Matched(_MEETING, _kinds("insight.captured"), by="meeting"),
    "meetings_with_yield": Matched(
        _MEETING, _kinds("insight.captured", "agreement.made", "product.changed"), by="meeting"
    ),
    "agreements_closed": Matched(Selector("agreement.made"), _kinds("agreement.closed")),
    "agreements_kept": Matched(Selector("agreement.made"), (_where("agreement.closed", "kept"),)),
    "meetings_of_network": Count((_met("network"),)),
    "transfers": Count(_kinds("transfer.made")),
    "guests": Sum(_MEETING, "guests"),
    # insights
    "insights": Matched(Selector("insight.captured"), _kinds("insight.captured")),
    "insights_all": Count(_kinds("insight.captured")),
    "insights_explained": Count((_where("insight.captured", "what", "why"),)),
    "insights_limited": Matched(Selector("insight.captured"), _kinds("insight.limited"), other=True),
    "insights_used": Matched(
        Selector("insight.captured"), _kinds("insight.tried", "insight.revised"), other=True
    ),
    "insights_raised": Matched(Selector("insight.captured"), _kinds("insight.raised")),
    # goals
    "goals": Stock(Selector("goal.adopted"), _GOAL_ENDS),
    "goals_complete": Stock(Selector("goal.adopted", (Condition("parts", 7),)), _GOAL_ENDS),
    "goals_shared": Stock(Selector("goal.adopted", (Condition("owners", 2),)), _GOAL_ENDS),
    "goals_underserved": Stock(_where("goal.adopted", "underserved"), _GOAL_ENDS),
    "goals_adopted": Matched(Selector("goal.adopted"), _kinds("goal.adopted")),
    "goals_measured": Matched(Selector("goal.adopted"), _kinds("goal.measured"), within=60),
    "goals_concluded": Count(_kinds(_CONCLUDED)),
    "goals_evidenced": Count((_where(_CONCLUDED, "evidence"),)),
    "goals_reached": Count((_where(_CONCLUDED, "reached"),)),
    "goals_with_subgroups": Count((_where(_CONCLUDED, "subgroups"),)),
    "goals_lowest_rose": Count((_where(_CONCLUDED, "subgroups", "lowest_rose"),)),
    "goals_checked": Count(_kinds("goal.checked")),
    "goals_in_use": Count((_where("goal.checked", "in_use"),)),
    "acts": Count((_MEETING, *_kinds("visit.held", "tryout.started"))),
    "acts_for_goal": Count(
        (
            _met("goal"),
            _where("visit.held", "goal"),
            _where("tryout.started", "goal"),
        )
    ),
    "visions_reviewed": Count(_kinds("vision.reviewed")),
    "evidence_brought": Count(_kinds("evidence.brought")),
    # practice
    "visits": Matched(Selector("visit.held"), _kinds("visit.held")),
    "visits_all": Count(_kinds("visit.held")),
    "visits_with_question": Count((_where("visit.held", "question"),)),
    "visits_with_talk": Matched(Selector("visit.held"), _kinds("visit.talked")),
    "visits_with_insight": Matched(Selector("visit.held"), _kinds("insight.captured"), by="visit"),
    "visits_found": Count(_kinds("visit.found")),
    "intentions": Matched(Selector("visit.intended"), _kinds("visit.intended")),
    "intentions_tried": Matched(Selector("visit.intended"), _kinds("visit.tried")),
    "tryouts": Count(_kinds("tryout.started")),
    "tryouts_concluded": Count(_kinds("tryout.concluded")),
    "tryouts_decided": Count(
        (Selector("tryout.concluded", (Condition("evidence"), _DECIDED)),),
    ),
    "tryouts_failed": Count((_where("tryout.concluded", "failed"),)),
    "tryouts_ended": Matched(Selector("tryout.concluded"), _kinds("tryout.concluded")),
    "tryouts_repeated": Matched(Selector("tryout.concluded"), _kinds("tryout.repeated"), other=True),
    "cases": Matched(Selector("case.brought"), _kinds("case.brought")),
    "cases_followed": Matched(Selector("case.brought"), _kinds("case.followed")),
    "cases_with_insight": Matched(Selector("case.brought"), _kinds("insight.captured"), by="case"),
    "inquiries_begun": Count(_kinds("inquiry.opened", "case.brought")),
    "inquiries_closed": Count(_kinds("inquiry.closed")),
    "inquiries_complete": Count(
        (
            Selector(
                "inquiry.closed",
                (*(Condition(n) for n in ("question", "source", "tryout", "evidence")), _DECIDED),
            ),
        )
    ),
    # products
    "products": Matched(Selector("product.made"), _kinds("product.made")),
    "products_all": Count(_kinds("product.made")),
    "products_joint": Count((Selector("product.made", (Condition("authors", 2),)),)),
    "products_even": Sum(_where("product.made", "evenness"), "evenness"),
    "products_even_squared": Sum(_where("product.made", "evenness"), "evenness", squared=True),
    "products_measured": Count((_where("product.made", "evenness"),)),
    "products_reviewed": Matched(Selector("product.made"), _kinds("product.reviewed")),
    "products_adopted": Matched(Selector("product.made"), _kinds("product.adopted")),
    "products_evidenced": Matched(Selector("product.made"), _kinds("product.evidenced")),
    # the other characteristics
    "shared": Count(
        (
            Selector("conversation.opened", (Condition("purpose", SHARING, SHARING),)),
            Selector("insight.captured"),
        )
    ),
    "designed": Count(_kinds("product.made", "product.changed")),
    "learning": Matched(Selector("learning.asked"), _kinds("learning.asked")),
    "learning_all": Count(_kinds("learning.asked")),
    "learning_for_goal": Count((_where("learning.asked", "goal"),)),
    "learning_used": Matched(Selector("learning.asked"), _kinds("learning.used"), other=True),
    "used_outside": Count(_kinds("product.adopted", "insight.adopted")),
    "conditions": Matched(Selector("condition.requested"), _kinds("condition.requested")),
    "conditions_answered": Matched(Selector("condition.requested"), _kinds("condition.answered")),
    "sources": Count(_kinds("source.added")),
    "visited_elsewhere": Count(_kinds("elsewhere.visited")),
    "adopted_from_others": Count(_kinds("elsewhere.adopted")),
}

SETS: Mapping[str, Who] = {
    "took_part": Who(
        _kinds("conversation.opened", "conversation.replied", "interaction"),
        (_MEETING,),
    ),
    "visitors": Who(actors=_kinds("visit.held")),
    "hosts": Who(others=_kinds("visit.held")),
    "bringers": Who(actors=(_where("evidence.brought", "own_class"),)),
    "learners": Who(actors=_kinds("learning.asked")),
}

# Who turned to whom: a directed tie from the actor to each of the others, never to oneself.
TIES: tuple[Selector, ...] = _kinds("conversation.opened", "conversation.replied", "interaction")
