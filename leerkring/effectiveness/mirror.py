"""The mirror: what the engine says of a community over a period, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Community
from leerkring.effectiveness.counting import Switch
from leerkring.effectiveness.gathering import RECORDED
from leerkring.effectiveness.kept import Kept, facts_of
from leerkring.effectiveness.words.steps import STEPS
from leerkring.engine import assessment as engine
from leerkring.engine import evidence
from leerkring.engine.advice import RULES, Advice, advise
from leerkring.engine.assessment import Assessment, Past
from leerkring.engine.calendar import Calendar, Window, week_of
from leerkring.engine.evidence import Piece
from leerkring.engine.indicators import HIDING
from leerkring.engine.network import Description, bits, describe
from leerkring.engine.reads import can_be_known

PERIODS: dict[str, str | Promise] = {
    "4": _("4 schoolweken"),
    "12": _("12 schoolweken"),
    "periode": _("deze periode"),
    "jaar": _("dit schooljaar"),
}
USUAL = "12"


def _is_open(step: str) -> bool:
    """There is a place where it begins, and what comes of it can be seen here. So a step opens by itself with its room;
    lessons to visit, products and inquiries have none yet."""
    figures = (row for rule in RULES for row in rule.asked_by(step))
    return STEPS[step].begins_somewhere and any(can_be_known(row.formula, RECORDED) for row in figures)


OPEN_STEPS = frozenset(step for step in STEPS if _is_open(step))


@dataclass(frozen=True)
class Network:
    """Who was in contact with whom. `ties` are (member id, member id); the names are the page's business.

    `is_whole`: all members, of a file. A group at work sees who was in contact, and nothing of who was not.
    """

    is_whole: bool
    figures: Description
    members: tuple[int, ...]
    ties: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Mirror:
    assessment: Assessment
    advice: Advice
    #: None in a group at work while fewer were in contact, or were not, than one can hide among.
    network: Network | None
    #: Calendar weeks of the window, holidays too, and how much was done in each.
    weeks: range
    acts: Mapping[int, int]
    calendar: Calendar
    #: Meetings of the window that are in no figure, because they were too short to be one.
    too_short: int


def mirror_of(community: Community, period: str = USUAL) -> Mirror:
    """Everything the mirror page shows, up to today."""
    with facts_of(community) as kept:
        return kept.answer("mirror", period, clock.today(), lambda: _mirror(kept, period))


def _mirror(kept: Kept, period: str) -> Mirror:
    assessed = _assessed(kept, period)
    window = assessed.window
    weeks = range(week_of(window.from_), week_of(window.until) + 1)
    return Mirror(
        assessed,
        advise(assessed, possible=OPEN_STEPS),
        _network(kept, window),
        weeks,
        {week: kept.acts[week] for week in weeks},
        kept.live.calendar,
        evidence.too_short(kept.live, window),
    )


def advice_for(community: Community, switch: Switch | None = None) -> tuple[Advice, Assessment]:
    """The one step that would help most now, and what it rests on."""
    with facts_of(community, switch) as kept:
        assessed = _assessed(kept, USUAL)
        return advise(assessed, possible=OPEN_STEPS), assessed


@dataclass(frozen=True)
class Behind:
    """What a figure rests on: the events that add to it, oldest first; and how many meetings it leaves out."""

    assessment: Assessment
    pieces: tuple[Piece, ...]
    too_short: int


def behind(community: Community, indicator: str, period: str) -> Behind:
    """KeyError: no such figure."""
    with facts_of(community) as kept:
        return kept.answer(
            f"evidence:{indicator}", period, clock.today(), lambda: _behind(kept, indicator, period)
        )


def _behind(kept: Kept, indicator: str, period: str) -> Behind:
    assessed = _assessed(kept, period)
    on_meetings = evidence.rests_on_meetings(indicator)
    return Behind(
        assessed,
        evidence.of(kept.live, indicator, assessed.window),
        evidence.too_short(kept.live, assessed.window) if on_meetings else 0,
    )


def _assessed(kept: Kept, period: str) -> Assessment:
    return kept.answer("assessment", period, clock.today(), lambda: _assess(kept, period))


def _assess(kept: Kept, period: str) -> Assessment:
    calendar, mark = kept.live.calendar, _mark(kept)
    window = _window(calendar, period, mark)
    previous = calendar.before(window)
    window = _since(window, kept.begin)
    terms = calendar.complete_terms(mark, engine.TERMS)
    nothing = Window(window.from_, window.from_, ())
    past = Past(
        previous if previous.is_whole_since(kept.begin) else nothing,
        tuple(term for term in terms if term.is_whole_since(kept.begin)),
    )
    # Before a community began here, our rooms recorded nothing of it: that is not the same as zero.
    shown = RECORDED if window.until >= kept.founded else frozenset[str]()
    return engine.assess_window(kept.live, window, past, shown | kept.live.kinds, at_work=kept.at_work)


def _since(window: Window, begin: date) -> Window:
    """The part of the window in which there was a community: before it, nobody was silent."""
    weeks = tuple(week for week in window.weeks if week >= week_of(begin))
    return Window(max(window.from_, begin), window.until, weeks) if weeks else window


def _mark(kept: Kept) -> date:
    """The day up to which we look: today, or the last act of a community that stopped long ago, so that the
    mirror of a file from years back shows those years and not an empty autumn."""
    today = clock.today()
    last = kept.last or today
    return last if last < kept.live.calendar.last(int(USUAL), today).from_ else today


def _window(calendar: Calendar, period: str, mark: date) -> Window:
    """The school weeks of a period up to `mark`; in a period that has none yet, the usual ones."""
    if period == "jaar":
        window = calendar.between(calendar.school_year(mark).from_, mark)
    elif period == "periode":
        begun = [term.from_ for term in calendar.terms(mark) if term.from_ <= mark]
        window = calendar.between(max(begun, default=mark), mark)
    else:
        window = calendar.last(int(period), mark)
    return window if window.weeks else calendar.last(int(USUAL), mark)


def _network(kept: Kept, window: Window) -> Network | None:
    """Who turned to whom in the window, among the members who were there."""
    graph = kept.live.view(window).graph
    ids = kept.live.presence.ids
    shown = graph.senders | graph.receivers if kept.at_work else graph.present
    if kept.at_work and (shown.bit_count() < HIDING or 0 < (graph.present & ~shown).bit_count() < HIDING):
        return None  # who knows how many take part would see how few are missing
    members = tuple(ids[bit] for bit in bits(shown))
    ties = tuple((ids[a], ids[b]) for a, row in graph.out.items() for b in bits(row))
    return Network(not kept.at_work, describe(members, ties), members, ties)
