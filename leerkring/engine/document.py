"""`docs/indicators.md`: what is counted, and what is not, written from the table itself."""

from __future__ import annotations

from functools import singledispatch

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
from leerkring.engine.indicators import (
    CRITERIA,
    PHASES,
    Criterion,
    Indicator,
    levels_of,
    of_criterion,
)
from leerkring.engine.kinds import KINDS
from leerkring.engine.measures import (
    COUNTERS,
    SETS,
    SHORTEST,
    Condition,
    Count,
    Matched,
    Selector,
    Stock,
    Sum,
    Who,
)

_HEAD = """# What is counted

Made from the engine's own table by `bin/docs`; a test holds it fresh. Page views, logins, lengths of texts and
hours of the day are counted nowhere. There is no figure about one person, no total, no ranking.

* Time is counted in school weeks; what happens in a week without school days is in no window.
* A figure is about the members present in the window; who is away is not counted.
* A share carries a Wilson interval, a mean a t interval. The same people counted again make nothing surer: the interval
  is that of the people; of minutes it is that of the meetings they were spent in. Below the least n it says "too little
  evidence".
* A figure marked "from five" is about members or their contact. With fewer than five members present in the window
  it is not given. Figures about things are. In a community of fewer than three members nothing is counted at all.
* A figure marked "of a file only" is about the few without contact, or the one with most. A group at work does not get
  it; `leerkring assess` and a mirror from a file do.
* A meeting of which the minutes are known to be fewer than {shortest} is none, in any figure: a room was tried out. The
  pages say how many were left out. What was written in it, an insight or an agreement, counts as what it is.
* Figures of the network are facts and never move a phase.
* A descriptor (form, depth, yield) is present when its figure reaches "from". A level is reached when all its
  descriptors with evidence are present. Positions: {phases}.
  Where a criterion has no yield, the fourth is the same over two terms; the fifth is always over three.
* "Our convention" means: no published norm exists.
"""


def indicators_markdown() -> str:
    """The page, in English, with the keys that the code and the JSON use."""
    phases = ", ".join(phase.replace("_", " ") for phase in PHASES)
    parts = [_HEAD.format(phases=phases, shortest=SHORTEST)]
    parts += [_criterion(criterion) for criterion in CRITERIA.values()]
    return "\n".join((*parts, _counters(), _sets(), _kinds()))


def _criterion(criterion: Criterion) -> str:
    place = "a place on the ruler" if criterion.phased else "facts to discuss; the members' judgement leads"
    rows = "\n".join(_row(row) for row in of_criterion(criterion.key))
    return f"""## {criterion.key}: {criterion.name}

Gives {place}. Checklist: {" → ".join(levels_of(criterion.key)) or "none"}.

|indicator|level|what|from|least n|members|source|
|-|-|-|-|-|-|-|
{rows}
"""


def _row(row: Indicator) -> str:
    threshold = "" if row.level == "fact" else f"{row.at_least:.2g}"
    weak = " (a weak sign)" if row.weak else ""
    unit = "" if row.unit == "share" else f", as {row.unit}"
    what = formula_text(row.formula)
    members = ["from five"] * row.of_members + ["of a file only"] * row.of_few
    return (
        "|"
        + "|".join(
            (
                f"`{row.key}`",
                row.level,
                f"{what}{unit}{weak}",
                threshold,
                str(row.minimum),
                ", ".join(members),
                row.source,
            )
        )
        + "|"
    )


@singledispatch
def formula_text(formula: Formula) -> str:
    """A formula in words."""
    raise TypeError(f"no words for {formula!r}")


@formula_text.register
def _(formula: Total) -> str:
    return _plus(formula.of)


@formula_text.register
def _(formula: Share) -> str:
    again = f", in `{formula.units}`" if formula.within else f", the same people in `{formula.units}`"
    return f"{_plus(formula.of)} of {_plus(formula.among)}{again if formula.units else ''}"


@formula_text.register
def _(formula: Settled) -> str:
    weeks = formula.running
    return f"`{formula.of}` of `{formula.among}`, without those of the last {weeks} school weeks that are not yet"


@formula_text.register
def _(formula: AtEnd) -> str:
    return f"`{formula.of}` of `{formula.among}`, running at the end"


@formula_text.register
def _(formula: Since) -> str:
    return f"`{formula.of}` in the last {formula.weeks} weeks"


@formula_text.register
def _(formula: Mean) -> str:
    return f"mean of `{formula.total}` over `{formula.among}`"


@formula_text.register
def _(formula: Members) -> str:
    among = f" of those in {_plus(formula.among, ' or ')}" if formula.among else ""
    who = "members who teach" if formula.teaching else "members"
    return f"{who} in {_plus(formula.of, ' and ')}{among}"


@formula_text.register
def _(formula: BothWays) -> str:
    return f"members who turned to another and were turned to, of those in `{formula.among}`"


@formula_text.register
def _(formula: MemberPeriods) -> str:
    return f"members in `{formula.of}`, per period of four school weeks"


@formula_text.register
def _(formula: Periods) -> str:
    return f"periods of four school weeks with {_plus(formula.of, ' or ')}"


@formula_text.register
def _(formula: Network) -> str:
    return f"{formula.figure} of who turned to whom"


def _plus(names: tuple[str, ...], sign: str = " + ") -> str:
    return sign.join(f"`{name}`" for name in names)


def _counters() -> str:
    rows = "\n".join(f"|`{name}`|{_counter(measure)}|" for name, measure in COUNTERS.items())
    return f"## Counters\n\nSummed over the weeks of a window.\n\n|counter|what|\n|-|-|\n{rows}\n"


def _counter(measure: Count | Sum | Matched | Stock) -> str:
    match measure:
        case Count(of):
            return "events: " + ", ".join(_selector(selector) for selector in of)
        case Sum(of, number, squared):
            return f"sum of {'the square of ' if squared else ''}`{number}` over {_selector(of)}"
        case Matched():
            return _matched(measure)
        case Stock(first, ends):
            return f"running: last said {_selector(first)}, until {', '.join(ends)}"


def _matched(rule: Matched) -> str:
    if rule.then == (rule.first,):
        return f"things: {_selector(rule.first)}, each once"
    then = ", ".join(_selector(selector) for selector in rule.then)
    by = "" if rule.by == "about" else f" (its `{rule.by}`)"
    other = " by another member" if rule.other else ""
    within = f" within {rule.within} school days" if rule.within is not None else ""
    return f"{_selector(rule.first)}, followed by {then}{by}{other}{within}"


def _selector(selector: Selector) -> str:
    where = " and ".join(_condition(condition) for condition in selector.where)
    return f"{selector.kind} [{where}]" if where else selector.kind


def _condition(condition: Condition) -> str:
    if condition.half_of is not None:
        return f"{condition.number} at least half of {condition.half_of}"
    if condition.most is not None:
        return f"{condition.number} {condition.least}–{condition.most}"
    said = condition.number if condition.least == 1 else f"{condition.number} ≥ {condition.least}"
    return f"{said} or unknown" if condition.or_unsaid else said


def _sets() -> str:
    rows = "\n".join(f"|`{name}`|{_who(who)}|" for name, who in SETS.items())
    head = "## Sets of members\n\nA member counts once, however often.\n\n|set|who|\n|-|-|\n"
    return f"{head}{rows}\n"


def _who(who: Who) -> str:
    parts = []
    if who.actors:
        parts.append("actors of " + ", ".join(_selector(selector) for selector in who.actors))
    if who.others:
        parts.append("named by " + ", ".join(_selector(selector) for selector in who.others))
    return "; ".join(parts)


def _kinds() -> str:
    rows = []
    for kind in KINDS.values():
        numbers = "; ".join(f"`{name}`: {meaning}" for name, meaning in kind.numbers.items())
        rows.append(f"|`{kind.key}`|{kind.meaning}|{kind.actor}|{kind.others}|{kind.about}|{numbers}|")
    head = "## Kinds of event\n\n|kind|what happened|actor|others|about|numbers|\n|-|-|-|-|-|-|\n"
    return head + "\n".join(rows) + "\n"
