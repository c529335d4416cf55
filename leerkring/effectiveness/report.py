"""The report of data from elsewhere: one file that needs nothing else, and a summary for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from leerkring.effectiveness import pictures, words
from leerkring.effectiveness.elsewhere import Elsewhere
from leerkring.engine.assessment import Assessment
from leerkring.engine.calendar import week_of
from leerkring.engine.exports import Reading, Rows
from leerkring.engine.network import Description
from leerkring.ui import charts, inlined
from leerkring.ui.percent import percent

#: So many weeks fit in a picture: two years.
MOST_WEEKS = 104


@dataclass(frozen=True)
class SkippedRows:
    """Rows of one file that were not used, for one reason."""

    reason: Any
    count: str
    lines: str


def as_html(elsewhere: Elsewhere) -> str:
    """The whole report in the language that is active: style and pictures inside, nothing fetched."""
    reading = elsewhere.reading
    return render_to_string(
        "effectiveness/report.html",
        {
            "language": get_language(),
            "style": inlined.style(),
            "title": title(elsewhere.network),
            "period": period(elsewhere),
            "members": _members(reading.members),
            "read": read(reading.rows),
            "order": order(reading),
            "columns": _columns(reading),
            "skipped": list(skipped(reading.rows)),
            "member_rows": list(skipped(reading.member_rows)) if reading.member_rows else [],
            "window": _window(elsewhere.assessment),
            "mirror": pictures.ruler(elsewhere.assessment),
            "network": sociogram(elsewhere),
            "figures": list(figures(elsewhere.network)),
            "weeks": weeks(elsewhere),
            "communities": sorted(_communities(elsewhere), key=lambda row: str(row[0]).casefold()),
            "engine": elsewhere.assessment.engine,
        },
    )


def summary(elsewhere: Elsewhere, *, guessed: bool) -> list[str]:
    """The same in lines of text."""
    lines = [title(elsewhere.network) + ".", f"{period(elsewhere)}. {read(elsewhere.reading.rows)}"]
    lines += [f"  {row.count} × {row.reason}: {row.lines}" for row in skipped(elsewhere.reading.rows)]
    if elsewhere.reading.member_rows:
        lines += [
            f"  {row.count} × {row.reason}: {row.lines}" for row in skipped(elsewhere.reading.member_rows)
        ]
    lines += [guess(elsewhere.reading)] if guessed else []
    lines += [sentence] if (sentence := order(elsewhere.reading)) else []
    lines += ["", words.network(elsewhere.network)]
    lines += [f"  {name}: {value}" for name, value, _meaning in figures(elsewhere.network)]
    lines += ["", gettext("Zes richtlijnen, %(window)s") % {"window": _window(elsewhere.assessment)}]
    for key in pictures.GUIDELINES:
        result = elsewhere.assessment.criteria[key]
        lines.append(f"  {words.CRITERIA[key].title}: {charts.placed_words(pictures.mark(result))}")
        lines.append(f"    {words.facts(result)}")
    return lines


def title(network: Description) -> str:
    """One sentence, a fact and no verdict: how many members had contact."""
    reached = network.members - network.isolates
    return ngettext(
        "%(reached)s van %(members)s leden had contact met een ander lid",
        "%(reached)s van %(members)s leden hadden contact met een ander lid",
        reached,
    ) % {"reached": words.number(reached), "members": words.number(network.members)}


def period(elsewhere: Elsewhere) -> str:
    """First and last day, in words."""
    return gettext("%(first)s tot en met %(last)s") % {
        "first": date_format(elsewhere.first, "j F Y"),
        "last": date_format(elsewhere.last, "j F Y"),
    }


def read(rows: Rows) -> str:
    """How many rows were read, used, set apart and skipped."""
    apart = len(rows.skipped.get("self_tie", ()))
    sentence = gettext("%(read)s rijen gelezen, %(used)s gebruikt") % {
        "read": words.number(rows.read),
        "used": words.number(rows.used),
    }
    if apart:
        sentence += gettext(", %(count)s apart gezet omdat iemand op zichzelf reageert") % {
            "count": words.number(apart)
        }
    if rows.skipped_count > apart:
        sentence += gettext(", %(count)s overgeslagen") % {"count": words.number(rows.skipped_count - apart)}
    return sentence + "."


def skipped(rows: Rows) -> Iterator[SkippedRows]:
    """Per reason how many rows, and on which lines of the file."""
    for reason, lines in rows.skipped.items():
        yield SkippedRows(words.SKIPS[reason], words.number(len(lines)), words.ranges(lines))


def order(reading: Reading) -> str:
    """How dates like 4/5 were read, and why; "" when there were none."""
    if reading.order is None:
        return ""
    return f"{words.ORDERS[reading.order]} {words.GROUNDS[reading.ground]}"


def guess(reading: Reading) -> str:
    """Which columns were taken for what."""
    columns = "; ".join(f"{role}: {column}" for role, column in _columns(reading))
    return gettext("Zo lazen we de kolommen (geraden): %(columns)s.") % {"columns": columns}


def figures(network: Description) -> Iterator[tuple[Any, str, Any]]:
    """(name, figure, how it is counted) of the whole network; what has no meaning is left out."""
    for key, (name, meaning) in words.NETWORK.items():
        value = getattr(network, key)
        if value is not None:
            yield name, words.number(value, 4 if isinstance(value, float) else 0), meaning


def sociogram(elsewhere: Elsewhere) -> SafeString:
    """The picture of the network: points without names."""
    ties = Counter(
        (contact.actor, contact.counterpart)
        for contact in elsewhere.reading.contacts
        if contact.counterpart is not None
    )
    return charts.sociogram(
        "network",
        [charts.Member(str(code)) for code in range(1, elsewhere.reading.members + 1)],
        [charts.Tie(str(one), str(two), weight) for (one, two), weight in ties.items()],
        title=gettext("Wie met wie contact had"),
        sentence=words.network(elsewhere.network),
    )


def weeks(elsewhere: Elsewhere) -> SafeString:
    """Contacts per school week."""
    counts = Counter(week_of(contact.at.date()) for contact in elsewhere.reading.contacts)
    last = week_of(elsewhere.last)
    shown = range(max(week_of(elsewhere.first), last - MOST_WEEKS + 1), last + 1)
    return pictures.weeks(gettext("Contacten per schoolweek"), shown, counts, elsewhere.calendar)


def _communities(elsewhere: Elsewhere) -> Iterator[tuple[Any, ...]]:
    if len(elsewhere.reading.communities) < 2:
        return
    for community in elsewhere.communities:
        network = community.network
        yield (
            community.key or gettext("(zonder groep)"),
            words.number(community.members),
            words.number(community.contacts),
            words.number(network.ties),
            _share(network.density),
            _share(network.reciprocity),
        )


def _share(value: float | None) -> str:
    return "–" if value is None else percent(words.number(100 * value))


def _columns(reading: Reading) -> list[tuple[str, str]]:
    return [(str(words.ROLES[role]), column) for role, column in reading.mapping.named().items()]


def _members(count: int) -> str:
    return ngettext("%(count)s lid", "%(count)s leden", count) % {"count": words.number(count)}


def _window(assessment: Assessment) -> str:
    count = len(assessment.window.weeks)
    return ngettext("%(count)s schoolweek tot %(day)s", "%(count)s schoolweken tot %(day)s", count) % {
        "count": count,
        "day": date_format(assessment.window.until, "j F Y"),
    }
