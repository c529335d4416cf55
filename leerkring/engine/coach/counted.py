"""How many pupils can it now, how many should, and when: the amounts and the days of a goal, told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from leerkring.engine.coach.amounts import Amounts, Span, Walk, share_of
from leerkring.engine.coach.days import Moment, moment
from leerkring.engine.coach.language import Language
from leerkring.engine.coach.text import Text

#: A school year of no year in particular, to put months in the order of a school year.
ANY_YEAR = date(2001, 1, 1)
#: The months in which a school year has only begun.
AUTUMN = (8, 9, 10, 11)
#: "Min" and "minuten" are the same.
UNIT = 3
#: So far before a date stands "in de week van".
WEEK_OF = 12


class Counted(Text):
    """How many, and when, as read on a day; without `today` autumn is past and the rest of the year is to come."""

    def __init__(self, text: str, language: Language, today: date | None = None) -> None:
        super().__init__(text, language)
        self.today = today
        self._moments: dict[tuple[Span, date], Moment | None] = {}

    @cached_property
    def ahead(self) -> set[Span]:
        """The dates that are still to come."""
        return {span for span in self.spans["date"] if self._is_ahead(span)}

    def _is_ahead(self, span: Span) -> bool:
        day = self.moment(span, self.today or ANY_YEAR)
        if not day:
            return self.language.signs["behind"].search(self.plain, *span) is None
        if self.today:
            return day.last >= self.today and (day.dated or day.exact or day.first > self.today)
        return not day.dated and day.first.month not in AUTUMN

    def _events(self) -> Iterator[tuple[int, int, str]]:
        spans, signs = self.spans, self.language.signs
        for span in (span for kind in ("share", "amount") for span in spans[kind]):
            if signs["every"].match(self.plain, *span) and signs["whose"].fullmatch(
                self.word_before(span[0])
            ):
                continue  # "voor de hele klas"
            yield (*span, "few" if self.language.signs["few"].match(self.plain, *span) else "amount")
        yield from ((*span, "ahead" if span in self.ahead else "date") for span in spans["date"])
        levels = (span for span in spans["instrument"] if signs["level"].fullmatch(self.plain, *span))
        yield from ((*span, "loose") for span in [*spans["loose"], *levels])
        first = self.language.signs["first"]
        yield from ((*span, "now") for span in spans["tool"] if first.search(self.plain, *span))
        yield from ((*span, kind) for kind in ("now", "from", "later", "soft") for span in self.signs(kind))
        yield from ((at, at + 1, "soft") for at in self._soft)
        yield from ((at, at + 1, "hard") for at in self._hard)

    @cached_property
    def amounts(self) -> Amounts:
        """Read from left to right: after a sign of now an amount is the baseline, until the clause ends."""
        walk = Walk()
        for start, end, kind in sorted(self._events()):
            walk.meet(kind, (start, end))
        walk.meet("hard", (len(self.masked), len(self.masked)))
        found = walk.found
        self._by_step(found)
        found.baseline = found.baseline or walk.loose_now
        if not found.baseline:
            self._by_noun(found, [*walk.loose_else, *walk.loose_later])
            self._by_date(found)
        if not found.baseline or not found.target:
            self._by_place(found)
        self._by_same_noun(found)
        if not found.baseline and len(found.target) == 1 and self._is_low(found.target[0]):
            found.baseline, found.target = found.target, []
        if not found.baseline and found.target:
            self._earlier_thing(found, walk)
        if not found.target and found.baseline:
            self._later_thing(found, walk)
        if found.baseline and any(
            self._moves(at) for at, _ in self.signs("upward") if found.target < [(at, at)]
        ):
            found.target = [span for span in found.target if self._is_later(span[0])]
        found.baseline, found.target = map(self._without_sums, (found.baseline, found.target))
        return found

    def _without_sums(self, spans: list[Span]) -> list[Span]:
        """ "60% legt de som 3/4 + 2/3 uit": beside a percentage the fractions of a sum are what is taught, and no
        amount."""
        signs = self.language.signs
        if not any(signs["percent"].search(self.plain, *span) for span in spans):
            return spans
        sums = [found.span() for found in signs["sum"].finditer(self.plain)]
        return [span for span in spans if not any(begin <= span[0] < end for begin, end in sums)]

    def _by_step(self, found: Amounts) -> None:
        """ "9/25 → 20/25", "van A1 naar A2"."""
        for step in self.language.signs["step"].finditer(self.masked):
            second = step.lastindex or 2  # each way to say it has its own two groups
            now, then = step.span(second - 1), step.span(second)
            found.baseline = [*(span for span in found.baseline if span not in (now, then)), now]
            found.target = [*(span for span in found.target if span not in (now, then)), then]

    def _is_later(self, at: int) -> bool:
        begin, end = self.sentence(at)
        return any(begin <= start < end for start, _ in [*self.ahead, *self.signs("later")])

    def _moves(self, at: int) -> bool:
        """ "Op 8 april steeds vaker": later, more, and in that whole sentence not said how many."""
        begin, end = self.sentence(at)
        kinds = (self.spans[kind] for kind in ("share", "amount", "loose"))
        return self._is_later(at) and not any(begin <= start < end for spans in kinds for start, _ in spans)

    def _earlier_thing(self, found: Amounts, walk: Walk) -> None:
        """ "15 gooien raak. In juni minstens 21 raak." "The register shows 43 late marks before the autumn break." """
        where = {self.sentence(start) for start, _ in found.target}
        bound = [
            span for span in self.spans["loose"] if self._bound(span) and self.sentence(span[0]) not in where
        ]
        if bound and len(found.target) == 1 and found.target[0] < bound[0]:
            found.baseline, found.target = found.target, bound
            return
        parts = {self.part(start) for start, _ in found.target}
        past = {self.part(span[0]) for span in self.spans["date"] if span not in self.ahead} - parts
        found.baseline = [span for span in walk.loose_else if self.part(span[0]) in past]

    def _later_thing(self, found: Amounts, walk: Walk) -> None:
        """ "Nu twee lessen, dan vier lessen": what is counted later is the target."""
        since = found.baseline[0][0]
        counted = set(found.baseline) <= set(self.spans["loose"])
        single = self.language.signs["single"]
        found.target = [
            span
            for span in [*walk.loose_later, *walk.loose_else]
            if not single.match(self.plain, *span)
            if self._bound(span)
            or span in walk.loose_later
            or (
                counted
                and (span[0] > since or self._noun(span)[:UNIT] == self._noun(found.baseline[0])[:UNIT])
            )
        ]

    def _by_noun(self, found: Amounts, loose: list[Span]) -> None:
        """ "31 stempels in september, 80 stempels in maart": the same thing counted twice."""
        if found.target:
            return
        first: dict[str, Span] = {}
        for span in sorted(loose):
            noun = self._noun(span)
            if noun in first:
                found.baseline, found.target = [first[noun]], [span]
            first[noun] = span

    def _noun(self, span: Span) -> str:
        """What is counted: its last word."""
        return self.plain[slice(*span)].rpartition(" ")[2]

    def _by_same_noun(self, found: Amounts) -> None:
        """ "Vier teams van de tien. In juni zijn dat acht teams." """
        both = [*found.baseline, *found.target]
        if len(both) != 1:
            return
        words = self.plain[slice(*both[0])].split()
        for span in self.spans["loose"]:
            if span not in both and self._noun(span) in words:
                found.baseline, found.target = sorted([both, [span]])
                return

    def _bound(self, span: Span) -> bool:
        """ "Minstens 7 van de 10" is no baseline."""
        return self.language.signs["bound"].match(self.plain, *span) is not None

    def _is_low(self, span: Span) -> bool:
        """Less than half, or of a day that is past, and no word that it is to come: nobody aims at that."""
        begin, end = self.part(span[0])
        if self._bound(span) or any(begin <= at < end for at, _ in [*self.ahead, *self.signs("later")]):
            return False
        if any(span[0] < at and self.only_more(at) for at, _ in self.signs("upward")):
            return True
        past = [day for day in self.spans["date"] if begin <= day[0] < end and self._is_autumn(day)]
        share = share_of(self.plain[slice(*span)], self.language.numbers)
        return bool(past) or (share is not None and share < 0.5)

    def only_more(self, at: int) -> bool:
        """ "In juni moet dat vaker": later, and not said how many."""
        begin, end = self.part(at)
        kinds = (self.spans[kind] for kind in ("share", "amount", "loose"))
        return not any(begin <= start < end for spans in kinds for start, _ in spans)

    def _is_autumn(self, span: Span) -> bool:
        day = self.moment(span, ANY_YEAR)
        return day is not None and not day.dated and day.first.month in AUTUMN

    def _by_place(self, found: Amounts) -> None:
        """Two amounts apart, and no word that tells them apart: one of them is of now, whichever it is."""
        both = sorted(found.baseline + found.target)
        parts = {self.part(span[0]) for span in both}
        if len(parts) < 2:
            return
        first = min(parts)
        if found.baseline:
            found.baseline = [span for span in both if self.part(span[0]) == first]
            found.target = [span for span in both if self.part(span[0]) != first]
        else:
            every = [span for span in both if self.language.signs["every"].match(self.plain, *span)]
            bound, so_well = [span for span in both if self._bound(span)], self.language.signs["so_well"]
            later = {self.part(start) for start, _ in self.signs("later")}
            free = [span for span in both if span not in every and self.part(span[0]) != first]
            if every:
                others = [span for span in both if span not in every]
                free = [span for span in others if self.part(span[0]) not in later] or others
            elif bound:
                criteria = any(so_well.fullmatch(self.word_before(at)) for at, _ in bound)
                free = [] if criteria else [span for span in both if span not in bound]
            found.baseline = free
            found.target = [span for span in both if span not in free]

    def _by_date(self, found: Amounts) -> None:
        """Without a sign of now: what stands beside a day that is past, when there is something elsewhere."""
        past = {span: self.part(span[0]) for span in self.spans["date"] if span not in self.ahead}
        beside = [span for span in found.target if self.part(span[0]) in past.values()]
        others = [span for span in found.target if span not in beside]
        if beside and others:
            found.baseline, found.target = beside, others
            found.early |= past.keys()

    def part(self, at: int) -> Span:
        """From comma or bracket to comma or bracket."""
        index = bisect_right(self._ends, at)
        begin = self._ends[index - 1] + 1 if index else 0
        return begin, self._ends[index] if index < len(self._ends) else len(self.masked)

    @cached_property
    def commas(self) -> list[int]:
        """Where a part ends, but for words."""
        return sorted([*self._hard, *(at for at in self._soft if self.masked[at] in ",()|")])

    @cached_property
    def _ends(self) -> list[int]:
        """Commas, and words as "en": where another amount may begin."""
        return sorted([*self.commas, *(at for at, _ in self.signs("soft"))])

    def moment(self, span: Span, anchor: date) -> Moment | None:
        """When a date is; each is asked for more than once."""
        if (span, anchor) not in self._moments:
            self._moments[span, anchor] = moment(self.plain[slice(*span)], self.language, anchor)
        return self._moments[span, anchor]

    def is_week(self, span: Span) -> bool:
        """ "In the week of 17 May": five days, of which that one may be free."""
        return (
            self.language.signs["week_of"].search(self.plain, max(0, span[0] - WEEK_OF), span[1]) is not None
        )

    @cached_property
    def deadlines(self) -> list[Span]:
        """The dates that do not go with the baseline."""
        by, until = self.language.signs["by"], self.language.signs["until"]
        dates = self.spans["date"]
        later = [
            span
            for span in dates
            if span not in self.amounts.early
            or span in self.ahead
            or by.search(self.masked, max(0, span[0] - 12), span[1])
            or until.match(self.plain, *span)
        ]
        if later:
            return [span for span in later if span in self.ahead] or later
        now = {self.part(start) for start, _ in self.signs("now")}
        return [
            span
            for span in dates
            if self.part(span[0]) not in now
            if (day := self.moment(span, ANY_YEAR)) and not (not day.dated and day.first.month in AUTUMN)
        ]

    def word_before(self, at: int) -> str:
        return self.plain[max(0, at - 30) : at].rstrip().rpartition(" ")[2]
