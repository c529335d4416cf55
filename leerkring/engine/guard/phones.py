"""Dutch telephone numbers in all spellings. Source of how they are made: the Nummerplan telefoon- en ISDN-diensten."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Where one may begin, but not within the number of a bank account.
_BEGIN = re.compile(r"(?<![\w+])(?<!\d[.,-])(?<![A-Z]{4} )(?:(?:\+|00) ?31|\(?0[1-9])")
_LONGEST = 26
_MOST_GROUPS = 7
_BETWEEN = re.compile(r"(?: ?[-–‑/.] ?|[ \u00a0]{1,2}|\) ?-? ?| ?\()")
_DAY = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d{2,4}(?![-/.]?\d)")
#: Without what stands before it, only when it is said to be one.
_SAID = re.compile(
    r"(?<![^\W_])(?:tel(?:\.|efoon(?:nummer|nr)?|nr|efonisch)?|mobiel(?:e nummer|nummer)?|mob|gsm|whatsapp|06-?nummer"
    r"|06(?! ?\d))(?![^\W_])[^\d\n.!?]{0,25}?\.?:? ?(?<![\d-])([1-9]\d?[ -]?\d(?:[ -]?\d){4,7})(?![\d%]|[.,-]\d)",
    re.IGNORECASE,
)
#: A mobile number that lacks a digit, and those of services.
_OTHERS = (
    re.compile(r"(?<![\w.,-])06[ -]?\d{7}(?![\w-]|[ .]\d)"),
    re.compile(r"(?<![\w.,-])0[89]00[ -]?\d{4}(?:\d{3})?(?!\w)"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where a telephone number stands; places may overlap."""
    for found in _BEGIN.finditer(text):
        if end := _end(text, found.start()):
            bracket = found[0][0] == "(" and ")" not in text[found.start() : end]
            yield found.start() + bracket, end
    yield from (found.span() for pattern in _OTHERS for found in pattern.finditer(text))
    for found in _SAID.finditer(text):
        if not _YEAR.match(found[1]) or len(found[1]) > 8:
            yield found.span(1)


def _end(text: str, start: int) -> int | None:
    """Where the number ends that begins here: ten digits, or nine after the country's; None when it is none."""
    said = text[start : start + _LONGEST].replace("(0)", "   ")
    home = said.startswith(("(", "0")) and not said.startswith("00")
    wanted = 10 if home else 11 + 2 * said.startswith("00")
    groups, at = _groups(said, wanted)
    if sum(map(len, groups)) < wanted or (at < len(said) and said[at].isalnum()) or _DAY.match(said):
        return None
    if home and (len(groups[0]) < 2 or (len(groups[0]) == 2 and groups[0] != "06")):
        return None
    return start + at if len(groups) <= _MOST_GROUPS and not _is_row(groups, said[at : at + 2]) else None


def _groups(said: str, wanted: int) -> tuple[list[str], int]:
    """So many digits in groups, as far as they are there, and where they end."""
    groups, at = [""], int(said[0] in "(+")
    while at < len(said) and sum(map(len, groups)) < wanted:
        if said[at].isdecimal():
            groups[-1] += said[at]
            at += 1
        elif between := _BETWEEN.match(said, at):
            at = between.end()
            groups.append("")
        else:
            break
    return groups, at


def _is_row(groups: list[str], after: str) -> bool:
    """A row of numbers that goes on: "06 12 18 24 30 36"."""
    return len(groups) > 4 and all(len(group) < 3 for group in groups) and after.strip().isdecimal()
