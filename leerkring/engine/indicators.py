"""The one table of what the mirror counts: criteria, indicators, and the descriptors the phases rest on.

A row says what is counted (`formula` over `measures`), what may be shown as evidence, how much is needed
before anything is said, and where it comes from. Live cells, bulk arrays, evidence and the generated page
`docs/indicators.md` all read this table. Text keys are `indicator.<key>` and `descriptor.<key>`; the words
themselves belong to the page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from leerkring.engine.formulas import (
    AtEnd,
    BothWays,
    Formula,
    Mean,
    MemberPeriods,
    Members,
    Network,
    Periods,
    Settled,
    Share,
    Since,
    Total,
)
from leerkring.engine.measures import Selector
from leerkring.engine.reads import can_be_known, evidence_of

Level = Literal["form", "depth", "yield", "fact"]
LEVELS: tuple[Level, ...] = ("form", "depth", "yield")
# Positions on the ruler: nog niet, eerste stappen, steeds vaker, met diepgang, vanzelfsprekend.
PHASES = ("not_yet", "first_steps", "more_often", "in_depth", "second_nature")
#: With fewer members present in the window, a figure about members shows who did what, and is not given.
HIDING = 5


@dataclass(frozen=True, slots=True)
class Criterion:
    """A guideline or characteristic of the source text. `phased`: activity gives a place on the ruler (■);
    otherwise there is the members' judgement, with facts to discuss."""

    key: str
    name: str
    phased: bool = False


CRITERIA: Mapping[str, Criterion] = {
    criterion.key: criterion
    for criterion in (
        Criterion("G1", "goals operationalised in concrete outcomes", phased=True),
        Criterion("G2a", "intensive interaction", phased=True),
        Criterion("G2b", "substantive meetings", phased=True),
        Criterion("G2c", "tacit knowledge made explicit", phased=True),
        Criterion("G2d", "practice deprivatised", phased=True),
        Criterion("G2e", "products made together", phased=True),
        Criterion("C1", "shared values and vision, all pupils"),
        Criterion("C2", "collective responsibility"),
        Criterion("C3", "reflective professional inquiry", phased=True),
        Criterion("C4", "collaboration"),
        Criterion("C5", "individual and group learning"),
        Criterion("C6", "mutual trust, respect, support"),
        Criterion("C7", "school-wide; conditions"),
        Criterion("C8", "openness"),
    )
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure.

    minimum   the n below which it says "too little evidence"
    at_least  the share (or, for a count, the number) from which its descriptor is present
    weak      a weak sign, and marked so
    of_members  about members or their contact: no figure with fewer than `HIDING` members present in the window
    of_few      about the few who have no contact, or one who has most: not for a group at work, whose members know
              each other; of a file only
    """

    key: str
    criterion: str
    level: Level
    formula: Formula
    source: str
    minimum: int = 1
    at_least: float = 0.5
    unit: str = "share"
    weak: bool = False
    of_members: bool = False
    of_few: bool = False

    @property
    def text(self) -> str:
        return f"indicator.{self.key}"

    @property
    def evidence(self) -> tuple[Selector, ...]:
        """Which events may be shown as evidence, as far as they add to the figure."""
        return evidence_of(self.formula)

    def can_be_known(self, recorded: Collection[str]) -> bool:
        """Whether a source that records these kinds of event can show the figure at all."""
        return can_be_known(self.formula, recorded)


_PAGE = "the source page"
_OURS = "our convention"
_STOLL = "Stoll et al. 2006"


def _rows() -> tuple[Indicator, ...]:
    return (*_goals(), *_interaction(), *_meetings(), *_explicit(), *_practice(), *_products(), *_others())


def _goals() -> tuple[Indicator, ...]:
    return (
        Indicator("goals_complete", "G1", "form", AtEnd("goals_complete", "goals"), _PAGE),
        Indicator("acts_for_goal", "G1", "depth", Share(("acts_for_goal",), ("acts",)), _OURS, 3),
        Indicator("goals_measured", "G1", "depth", Share(("goals_measured",), ("goals_adopted",)), _OURS),
        Indicator("goals_evidenced", "G1", "yield", Share(("goals_evidenced",), ("goals_concluded",)), _PAGE),
        Indicator("goals_in_use", "G1", "yield", Share(("goals_in_use",), ("goals_checked",)), _OURS),
        Indicator("goals_reached", "G1", "fact", Share(("goals_reached",), ("goals_concluded",)), _OURS),
    )


def _interaction() -> tuple[Indicator, ...]:
    network = "Freeman 1979; Moolenaar 2012 for the use in schools"
    return (
        Indicator("took_part", "G2a", "form", MemberPeriods("took_part"), _OURS, 3, of_members=True),
        Indicator(
            "attendance",
            "G2a",
            "form",
            Share(("present",), ("invited",), "meetings_counted"),
            _PAGE,
            3,
            of_members=True,
        ),
        Indicator("rounds", "G2a", "form", Share(("meetings_with_round",), ("meetings",)), _OURS, 2),
        Indicator("questions_answered", "G2a", "depth", Settled("questions_answered", "questions"), _OURS, 3),
        Indicator("both_ways", "G2a", "depth", BothWays("took_part"), _OURS, 3, of_members=True),
        Indicator(
            "contact_minutes", "G2a", "fact", Total(("minutes_total",)), "Yoon et al. 2007", unit="minutes"
        ),
        Indicator("conversations", "G2a", "fact", Total(("conversations",)), _OURS, unit="count"),
        Indicator("replies", "G2a", "fact", Total(("replies",)), _OURS, unit="count"),
        Indicator("interactions", "G2a", "fact", Total(("interactions",)), _OURS, unit="count"),
        Indicator("density", "G2a", "fact", Network("density"), network, 6, of_members=True),
        Indicator("reciprocity", "G2a", "fact", Network("reciprocity"), network, 3, of_members=True),
        Indicator(
            "centralisation",
            "G2a",
            "fact",
            Network("centralisation"),
            network,
            4,
            of_members=True,
            of_few=True,
        ),
        Indicator("isolates", "G2a", "fact", Network("isolates"), network, 3, of_members=True, of_few=True),
    )


def _meetings() -> tuple[Indicator, ...]:
    rich = "Horn & Kane 2015"
    return (
        Indicator(
            "meetings_on_content",
            "G2b",
            "form",
            Share(("meetings_on_content",), ("meetings_timed",)),
            _PAGE,
            2,
        ),
        Indicator(
            "meetings_with_form", "G2b", "depth", Share(("meetings_with_form",), ("meetings_all",)), rich, 2
        ),
        Indicator(
            "meetings_with_material",
            "G2b",
            "depth",
            Share(("meetings_with_material",), ("meetings_all",)),
            rich,
            2,
        ),
        Indicator(
            "meetings_with_yield", "G2b", "yield", Share(("meetings_with_yield",), ("meetings",)), _OURS, 2
        ),
        Indicator(
            "content_minutes",
            "G2b",
            "fact",
            Share(("minutes_content",), ("minutes_total",), "meetings_timed", within=True),
            _PAGE,
            30,
        ),
        Indicator(
            "meeting_length",
            "G2b",
            "fact",
            Mean("minutes_total", "minutes_squared", "meetings_timed"),
            _OURS,
            2,
            unit="minutes",
        ),
    )


def _explicit() -> tuple[Indicator, ...]:
    harvest = Share(
        ("meetings_with_insight", "visits_with_insight", "cases_with_insight"),
        ("meetings", "visits", "cases"),
    )
    return (
        Indicator("harvest", "G2c", "form", harvest, _PAGE, 2),
        Indicator(
            "insights_explained", "G2c", "depth", Share(("insights_explained",), ("insights_all",)), _PAGE, 2
        ),
        Indicator("insights_limited", "G2c", "depth", Share(("insights_limited",), ("insights",)), _PAGE, 2),
        Indicator("insights_used", "G2c", "yield", Share(("insights_used",), ("insights",)), _OURS, 2),
        Indicator("insights_raised", "G2c", "fact", Share(("insights_raised",), ("insights",)), _OURS, 2),
        Indicator("insights", "G2c", "fact", Total(("insights",)), _OURS, unit="count"),
    )


def _practice() -> tuple[Indicator, ...]:
    return (
        Indicator("hosts", "G2d", "form", Members(("hosts",), teaching=True), _PAGE, 3, of_members=True),
        Indicator(
            "visitors", "G2d", "form", Members(("visitors",), teaching=True), _PAGE, 3, of_members=True
        ),
        Indicator(
            "visits_with_question",
            "G2d",
            "depth",
            Share(("visits_with_question",), ("visits_all",)),
            _OURS,
            2,
        ),
        Indicator("visits_with_talk", "G2d", "depth", Share(("visits_with_talk",), ("visits",)), _OURS, 2),
        Indicator(
            "both_roles",
            "G2d",
            "depth",
            Members(("hosts", "visitors"), ("hosts", "visitors")),
            _OURS,
            3,
            of_members=True,
        ),
        Indicator(
            "intentions_tried", "G2d", "yield", Share(("intentions_tried",), ("intentions",)), _OURS, 2
        ),
        Indicator("findings", "G2d", "fact", Total(("visits_found",)), _OURS, unit="count"),
        Indicator(
            "visits", "G2d", "fact", Total(("visits",)), "EEF 2017: more visits added nothing", unit="count"
        ),
    )


def _products() -> tuple[Indicator, ...]:
    even = Mean("products_even", "products_even_squared", "products_measured")
    return (
        Indicator("products_joint", "G2e", "form", Share(("products_joint",), ("products_all",)), _PAGE),
        Indicator("products_reviewed", "G2e", "depth", Share(("products_reviewed",), ("products",)), _OURS),
        Indicator("products_adopted", "G2e", "yield", Share(("products_adopted",), ("products",)), _OURS),
        Indicator("products_evidenced", "G2e", "yield", Share(("products_evidenced",), ("products",)), _OURS),
        Indicator("evenness", "G2e", "fact", even, "shown, not scored", 2, unit="percent", of_members=True),
    )


def _others() -> tuple[Indicator, ...]:
    review = "De Jong et al. 2022: sharing, experimenting, designing"
    designed = Share(("designed",), ("shared", "tryouts", "designed"))
    return (
        Indicator(
            "vision_recent", "C1", "form", Since("visions_reviewed", 52), _STOLL, at_least=1, unit="count"
        ),
        Indicator("goals_underserved", "C1", "depth", AtEnd("goals_underserved", "goals"), _STOLL),
        Indicator(
            "lowest_rose", "C1", "yield", Share(("goals_lowest_rose",), ("goals_with_subgroups",)), _OURS
        ),
        Indicator(
            "bringers",
            "C2",
            "form",
            Members(("bringers",)),
            _OURS,
            3,
            at_least=3,
            unit="members",
            of_members=True,
        ),
        Indicator("questions_helped", "C2", "depth", Settled("questions_helped", "questions"), _STOLL, 3),
        Indicator("goals_shared", "C2", "fact", AtEnd("goals_shared", "goals"), _STOLL),
        Indicator("inquiries_begun", "C3", "form", Periods(("inquiries_begun",)), _STOLL),
        Indicator(
            "inquiries_complete", "C3", "depth", Share(("inquiries_complete",), ("inquiries_closed",)), _STOLL
        ),
        Indicator("cases_followed", "C3", "depth", Share(("cases_followed",), ("cases",)), _OURS, 2),
        Indicator(
            "tryouts_decided", "C3", "yield", Share(("tryouts_decided",), ("tryouts_concluded",)), _OURS, 2
        ),
        Indicator(
            "tryouts_repeated", "C3", "fact", Share(("tryouts_repeated",), ("tryouts_ended",)), _OURS, 2
        ),
        Indicator("sharing", "C4", "form", Total(("shared",)), review, at_least=1, unit="count"),
        Indicator("experimenting", "C4", "form", Total(("tryouts",)), review, at_least=1, unit="count"),
        Indicator("designing", "C4", "form", Total(("designed",)), review, at_least=1, unit="count"),
        Indicator("towards_designing", "C4", "depth", designed, _OURS, 5, at_least=1 / 3),
        Indicator(
            "agreements_kept", "C4", "fact", Share(("agreements_kept",), ("agreements_closed",)), _OURS, 3
        ),
        Indicator(
            "learning_for_goal", "C5", "form", Share(("learning_for_goal",), ("learning_all",)), _OURS, 3
        ),
        Indicator("learners", "C5", "depth", Members(("learners",)), _STOLL, 3, of_members=True),
        Indicator("learning_used", "C5", "yield", Share(("learning_used",), ("learning",)), _OURS, 3),
        Indicator(
            "failures_shared", "C6", "fact", Total(("tryouts_failed",)), _OURS, unit="count", weak=True
        ),
        Indicator("questions", "C6", "fact", Total(("questions",)), _OURS, unit="count", weak=True),
        Indicator(
            "conditions_answered", "C7", "fact", Share(("conditions_answered",), ("conditions",)), _STOLL
        ),
        Indicator("used_outside", "C7", "yield", Total(("used_outside",)), _STOLL, at_least=1, unit="count"),
        Indicator("sources", "C8", "form", Total(("sources",)), _STOLL, at_least=1, unit="count"),
        Indicator("guests", "C8", "form", Total(("guests",)), _STOLL, at_least=1, unit="count"),
        Indicator("elsewhere", "C8", "form", Total(("visited_elsewhere",)), _STOLL, at_least=1, unit="count"),
        Indicator(
            "external",
            "C8",
            "fact",
            Network("external"),
            "Krackhardt & Stern 1988",
            3,
            unit="index",
            of_members=True,
        ),
        Indicator(
            "transfers",
            "C8",
            "depth",
            Share(("transfers",), ("meetings_of_network",)),
            "Prenger et al. 2019",
            unit="rate",
        ),
        Indicator(
            "adopted_both_ways",
            "C8",
            "yield",
            Total(("adopted_from_others", "used_outside")),
            _STOLL,
            at_least=1,
            unit="count",
        ),
    )


INDICATORS: Mapping[str, Indicator] = {row.key: row for row in _rows()}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """An observable line of a criterion's checklist: present when its indicator reaches `at_least`."""

    key: str
    criterion: str
    level: Level
    indicator: str
    at_least: float


DESCRIPTORS: Mapping[str, Descriptor] = {
    row.key: Descriptor(row.key, row.criterion, row.level, row.key, row.at_least)
    for row in INDICATORS.values()
    if row.level != "fact"
}


def of_criterion(criterion: str) -> tuple[Indicator, ...]:
    """A criterion's indicators, in the order of the table."""
    return tuple(row for row in INDICATORS.values() if row.criterion == criterion)


def levels_of(criterion: str) -> tuple[Level, ...]:
    """Which of form, depth and yield a criterion's checklist has."""
    present = {row.level for row in of_criterion(criterion)}
    return tuple(level for level in LEVELS if level in present)
