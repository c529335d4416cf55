"""The forms a figure can have. Each gives three whole numbers (`Figure`), so that the live cells, the bulk
arrays and the SQL oracle can be compared exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

NetworkFigure = Literal["density", "reciprocity", "centralisation", "isolates", "external"]


class Figure(NamedTuple):
    """Three whole numbers: `k` of `n`, and `units`.

    A share is k / n, and `units` the times the same people were counted in n (1 when each once), so that
    n / units are independent; or how many things what n counts lies in (`Share.within`). A count is k, n the school
    weeks it was counted in. A mean is k / n, `units` the sum of squares. A figure without opportunities has n = 0.
    """

    k: int
    n: int
    units: int


#: What is given when there is nothing to count, or too few members to count it of.
NOTHING = Figure(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Total:
    """How often, summed over counters: k = the sum, n = school weeks."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """k = sum of counters `of`, n = sum of counters `among`; units = the counter `units`, else 1.

    `units` names the clusters when what n counts is not independent: 12 people in 3 meetings are 36
    presences, but the same people, so the interval is that of n / units = 12. With `within` what n counts lies in the
    units: 240 minutes of 4 meetings were spent in 4 ways, so the interval is that of units = 4.
    """

    of: tuple[str, ...]
    among: tuple[str, ...]
    units: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """As `Share`, where what is not `of` yet still may be: k = the counter `of`, n = the counter `among`, less
    what in the last `running` school weeks is not `of`. Asked yesterday is not unanswered."""

    of: str
    among: str
    running: int = 3


@dataclass(frozen=True, slots=True)
class AtEnd:
    """As `Share`, of what runs at the end of the window's last week."""

    of: str
    among: str


@dataclass(frozen=True, slots=True)
class Since:
    """k = the counter over so many calendar weeks up to the window's last week, n = those weeks."""

    of: str
    weeks: int


@dataclass(frozen=True, slots=True)
class Mean:
    """k = sum, n = how many, units = sum of squares."""

    total: str
    squares: str
    among: str


@dataclass(frozen=True, slots=True)
class Members:
    """k = present members in all sets of `of`, n = present members (in any set of `among`, when given; only
    those who teach, when `teaching`)."""

    of: tuple[str, ...]
    among: tuple[str, ...] = ()
    teaching: bool = False


@dataclass(frozen=True, slots=True)
class BothWays:
    """k = present members who turned to another present member and to whom another turned, n = present
    members in the set `among`."""

    among: str


@dataclass(frozen=True, slots=True)
class MemberPeriods:
    """Per period of four school weeks: k += present members in the set, n += present members; units =
    periods."""

    of: str


@dataclass(frozen=True, slots=True)
class Periods:
    """k = periods of four school weeks in which one of the counters is not zero, n = periods."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A figure of the simple directed graph over the present members of the window.

    density         k = ties, n = members · (members − 1)
    reciprocity     k = ties that are returned, n = ties
    centralisation  k = sum of (highest − own) total degree, n = 2 (members − 1)(members − 2)
    isolates        k = members without a tie, n = members
    external        k = ties between schools − ties within, n = both (the E–I index; schools known)
    """

    figure: NetworkFigure


Formula = (
    Total | Share | Settled | AtEnd | Since | Mean | Members | BothWays | MemberPeriods | Periods | Network
)
