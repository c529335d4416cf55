"""The goal coach: what is missing or vague in a goal, and the question that helps.

    coach("We gaan het lezen verbeteren.") → (Remark(rule="vague", start=17, end=27), …)

A goal is concrete when it says which pupils, what they will be able to do, how that is measured, where they are now,
where they should be, and when. The rules and all words are data: `nl.toml` and `en.toml`. A remark is a question and
never forbids anything; nobody's text is judged by it. How often it is right: docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leerkring.engine.calendar import Calendar
from leerkring.engine.coach.amounts import Span
from leerkring.engine.coach.days import Moment, is_feast, last_day
from leerkring.engine.coach.language import LANGUAGES, Rule, language_of
from leerkring.engine.coach.reading import ANY_YEAR, LONGEST, Reading
from leerkring.engine.coach.weighing import Weighed, heaviest, weigh

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "MANY",
    "PARTS",
    "RULES",
    "Remark",
    "Rule",
    "coach",
    "deadline",
    "found",
    "said",
]

PARTS = ("pupils", "outcome", "measure", "baseline", "target", "date")
#: Of these remarks at most one is made.
AIMS, WAYS = ("outcome", "vague", "activity"), ("measure", "unmeasurable")
#: Of a remark that is about words: the signs of them. The others are about what is missing.
WORDS = {"vague": ("vague", "trait", "hazy"), "activity": ("ours",), "unmeasurable": ("unmeasurable", "mood")}
#: "Beter in breuken" is vague whatever the other words: there the rule is doubted so much less.
PLAIN = 1.5
#: So many characters before a date may still belong to it: "halverwege de".
BEFORE = 25

Parts = Mapping[str, tuple[Span, ...]]
#: A rule and its place in the reading; None for what is missing.
Said = tuple[str, Span | None]

#: So many active goals at once, and the rule "many" applies; the coach sees one goal and never says it itself.
MANY = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule, and the words it is about: from `start` up to `end`, in code points. What is missing stands at the
    end of the text."""

    rule: str
    start: int
    end: int


def RULES(language: str) -> Mapping[str, Rule]:
    """The texts of every rule, by its key."""
    return language_of(language).rules


def coach(
    text: str, *, language: str = "nl", today: date | None = None, calendar: Calendar | None = None
) -> tuple[Remark, ...]:
    """What to ask about a goal, in the order of the text; nothing when it is concrete.

    The date is held against the calendar only when `today` is given; against holidays when `calendar` is too.
    """
    reading = Reading(text, language_of(language), today)
    parts, weighed = _parts(reading), weigh(reading, language)
    aim = _aim(reading, parts)
    if weighed and set(aim) & {("vague", span) for span in reading.signs("vague")}:
        vague = weighed["vague"]
        weighed = {**weighed, "vague": replace(vague, undoubted=vague.undoubted + PLAIN)}
    said = [*_one_of(AIMS, aim, weighed), *_one_of(WAYS, _measuring(reading, parts), weighed)]
    said = [(rule, span or _words_of(rule, reading, language)) for rule, span in said]
    counted = _counted(reading) if any(rule == "activity" for rule, _ in said) else ()
    for part in ("pupils", "baseline", "target", "date"):
        missing: list[Said] = [] if parts[part] or part in counted else [(part, None)]
        said += _one_of((part,), missing, weighed)
    if today:
        said += _calendar(reading, today, calendar)
    order = list(reading.language.rules)
    nowhere = (len(text), len(text))
    remarks = [Remark(rule, *(reading.place(span) if span else nowhere)) for rule, span in said]
    return tuple(sorted(remarks, key=lambda remark: (remark.start, remark.end, order.index(remark.rule))))


def _one_of(rules: Sequence[str], said: list[Said], weighed: Mapping[str, Weighed]) -> list[Said]:
    """Which of these remarks is made: the one that is furthest above what it takes, when any is."""
    if not weighed:
        return said
    by_rule = {rule for rule, _ in said}
    above = {rule: weighed[rule].undoubted if rule in by_rule else weighed[rule].sure for rule in rules}
    best = max(rules, key=above.__getitem__)
    if above[best] <= 0:
        return []
    if best in by_rule:
        return [(rule, span) for rule, span in said if rule == best]
    return [(best, None)]


def _words_of(rule: str, reading: Reading, language: str) -> Span | None:
    """The words of a remark that is made by weight; None for one about what is missing."""
    if rule not in WORDS:
        return None
    places = [*reading.of_ours, *reading.of_staff] if rule == "activity" else []
    places += [span for key in WORDS[rule] for span in reading.signs(key)]
    return places[0] if places else heaviest(reading, language, rule)


def found(text: str, *, language: str = "nl") -> Mapping[str, tuple[Span, ...]]:
    """Where each part is said; an empty tuple for one that is missing."""
    reading = Reading(text, language_of(language))
    return {part: tuple(map(reading.place, spans)) for part, spans in _parts(reading).items()}


def said(text: str, *, language: str = "nl") -> Mapping[str, tuple[str, ...]]:
    """The words of each part, as they are shown; of a verb in two both: "legt … uit"."""
    reading = Reading(text, language_of(language))

    def words(span: Span) -> str:
        begin, end = reading.place(span)
        return text[begin:end]

    parts = {part: tuple(map(words, spans)) for part, spans in _parts(reading).items()}
    verbs = ((verb, reading.particle(verb)) for verb in reading.outcome)
    whole = (f"{words(verb)} … {words(rest)}" if rest else words(verb) for verb, rest in verbs)
    return {**parts, "outcome": tuple(whole)}


def there(remarks: Iterable[Remark]) -> Mapping[str, bool]:
    """Of each part whether it is there, by what the coach said of a goal: what nothing is asked about, is there."""
    asked = {remark.rule for remark in remarks}
    about = {part: {part} for part in ("pupils", "outcome", "measure", "baseline", "target", "date")}
    about |= {"outcome": {*AIMS}, "measure": {*WAYS}}
    return {part: not asked & rules for part, rules in about.items()}


def deadline(text: str, *, language: str = "nl", today: date | None = None) -> date | None:
    """The day by which it should be so, when the text names one day and leaves no doubt."""
    reading = Reading(text, language_of(language), today)
    moments = [reading.moment(span, today or ANY_YEAR) for span in reading.deadlines]
    if len(moments) != 1 or not (moment := moments[0]) or not moment.exact:
        return None
    return moment.first if moment.dated or (today and _certain(moment, today)) else None


def _certain(moment: Moment, today: date) -> bool:
    """A date without its year is this school year's, unless that is over already."""
    return moment.dated or moment.last >= today


def _parts(reading: Reading) -> dict[str, tuple[Span, ...]]:
    amounts = reading.amounts
    return {
        "pupils": tuple(sorted([*reading.spans["class"], *reading.spans["group"]])),
        "outcome": tuple(reading.outcome),
        "measure": tuple(sorted(_instruments(reading))),
        "baseline": tuple(sorted(amounts.baseline)),
        "target": tuple(sorted(span for span in amounts.target if not _only_felt(reading, span))),
        "date": tuple(reading.deadlines),
    }


def _counted(reading: Reading) -> tuple[str, ...]:
    """What the amounts of an activity say: "nu 2 lesbezoeken, straks vier lesbezoeken"."""
    amounts = [
        span
        for kind in ("share", "amount", "loose")
        for span in reading.spans[kind]
        if not _only_felt(reading, span) and not reading.language.signs["hours"].search(reading.plain, *span)
    ]
    if any(reading.only_more(at) for at, _ in reading.signs("upward")):
        return ()
    every = reading.language.signs["every"]
    amounts = [span for span in amounts if not every.match(reading.plain, *span)] or amounts[:1]
    if len(amounts) != 1:
        return ("baseline", "target") if amounts else ()
    part = reading.part(amounts[0][0])
    later = any(part == reading.part(start) for start, _ in reading.deadlines)
    return () if reading.amounts.baseline or reading.amounts.target else ("target" if later else "baseline",)


def _instruments(reading: Reading) -> Iterator[Span]:
    yield from (
        *reading.spans["instrument"],
        *reading.spans["tool"],
        *reading.signs("measure"),
        *reading.fragments,
        *reading.brands,
    )
    exam = reading.language.signs["exam"]
    yield from (
        span for span in reading.spans["date"] if exam.search(reading.plain, *span)
    )  # "bij het schoolexamen"


def _only_felt(reading: Reading, span: Span) -> bool:
    """ "Iedereen heeft er een goed gevoel bij" sets no target."""
    if not reading.language.signs["every"].match(reading.plain, *span):
        return False
    return any(
        reading.sentence(start) == reading.sentence(span[0]) for start, _ in reading.signs("unmeasurable")
    )


def _aim(reading: Reading, parts: Parts) -> list[Said]:
    """What pupils will be able to do; or why that is not said: one reason only."""
    if parts["outcome"] and not reading.begins_with_score:
        return []
    scores = {reading.sentence(start) for start, _ in reading.signs("score")}
    vague = reading.signs("vague") or [span for span in reading.signs("trait") if not reading.is_amount(span)]
    ours = reading.of_ours if reading.begins_with_ours else []
    first = reading.sentence(0)
    if (
        (ours or reading.staff_first)
        and first not in scores
        and (not vague or reading.is_purpose(vague[0][0]) or reading.sentence(vague[0][0]) != first)
    ):
        return [("activity", [*reading.staff_first, *ours][0])]
    if (scores or reading.begins_with_score) and all(reading.sentence(start) in scores for start, _ in vague):
        return [("outcome", None)]
    if vague:
        return [("vague", span) for span in _one_a_sentence(reading, vague)]
    if reading.of_ours:
        return [("activity", span) for span in _one_a_sentence(reading, reading.of_ours)]
    if reading.signs("passing"):
        return [("outcome", None)]
    if hazy := [span for span in reading.signs("hazy") if not reading.is_amount(span)]:
        return [("vague", span) for span in _one_a_sentence(reading, hazy)]
    staff = [span for span in reading.signs("ours") if reading.opens(span[0])]
    if places := reading.of_staff or staff:
        return [("activity", places[0])]
    if reading.signs("scoring") or not reading.acts:
        return [("outcome", None)]
    return [("vague", span) for span in reading.signs("being")[:1]]


def _one_a_sentence(reading: Reading, places: list[Span]) -> list[Span]:
    return list({reading.sentence(span[0]): span for span in reversed(places)}.values())


def _measuring(reading: Reading, parts: Parts) -> list[Said]:
    """An instrument by its name is one, unless the sentence after it speaks of a feeling; what only looks like one
    is none beside a feeling, and a mood is nothing to measure by where nothing else is named."""
    firm = {reading.sentence(start) for start, _ in [*reading.spans["instrument"], *reading.spans["tool"]]}
    felt = [
        span
        for span in reading.signs("unmeasurable")
        if not reading.is_quoted(span[0])
        if not firm or (reading.sentence(span[0]) not in firm and reading.sentence(span[0])[0])
    ]
    if not felt and not parts["measure"]:
        felt = reading.signs("mood")
    if felt:
        return [("unmeasurable", span) for span in _one_a_sentence(reading, felt)]
    return [] if parts["measure"] else [("measure", None)]


def _calendar(reading: Reading, today: date, calendar: Calendar | None) -> list[Said]:
    """The latest of the deadlines decides: what comes before it is on the way."""
    moments = [(span, reading.moment(span, today)) for span in reading.deadlines]
    known = [(moment, span) for span, moment in moments if moment and _certain(moment, today)]
    if len(moments) == 1 and moments[0][1] and not known:
        known = [(moments[0][1].a_year_later, moments[0][0])]
    this_year = [pair for pair in known if today <= pair[0].last and pair[0].first <= last_day(today)]
    if known:
        known = this_year or known  # "volgend jaar pakken we de rest aan" is no deadline
        moment, span = max(known, key=_last)
        if moment.last < today:
            return [("past", span)]
        if moment.first > last_day(today):
            return [("next_year", span)]
        if calendar and _in_holiday(moment, calendar, feasts=not reading.is_week(span)):
            return [("holiday", span)]
    for span in [max(this_year, key=_last)[1]] if this_year else reading.deadlines:
        if reading.language.signs["in_holiday"].search(reading.plain, max(0, span[0] - BEFORE), span[1]):
            return [("holiday", span)]
    return []


def _last(known: tuple[Moment, Span]) -> tuple[date, Span]:
    return known[0].last, known[1]


def _in_holiday(moment: Moment, calendar: Calendar, feasts: bool) -> bool:
    days = (moment.last - moment.first).days + 1
    return all(
        (feasts and is_feast(moment.first + timedelta(days=n)))
        or any(first <= moment.first + timedelta(days=n) <= last for first, last in calendar.holidays)
        for n in range(days)
    )
