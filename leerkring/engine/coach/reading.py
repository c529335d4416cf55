"""What a goal says: its six parts, each with its places in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from leerkring.engine.coach.amounts import Amounts, Span, Walk, share_of
from leerkring.engine.coach.days import Moment, moment
from leerkring.engine.coach.language import MASKS, Language
from leerkring.engine.coach.text import LONGEST, Text

__all__ = ["ANY_YEAR", "LONGEST", "Reading"]

_TITLE = re.compile(r"(?: \w+)?[,:]")  # "Vakgroep Nederlands, leerjaar 2: …"
_QUOTED = re.compile(r"(?<!\w)['\"‘“„][^'\"’”]{2,80}['\"’”]")
#: A school year of no year in particular, to put months in the order of a school year.
ANY_YEAR = date(2001, 1, 1)
#: The months in which a school year has only begun.
AUTUMN = (8, 9, 10, 11)
#: "Min" and "minuten" are the same.
UNIT = 3
#: So far before a date stands "in de week van".
WEEK_OF = 12
#: A heading, as "Vakgroep Engels, klas 2:", has no more characters.
SHORT = 30


class Reading(Text):
    """The parts of one goal, as read on a day; without `today` autumn is past and the rest of the year is not."""

    def __init__(self, text: str, language: Language, today: date | None = None) -> None:
        super().__init__(text, language)
        self.today = today

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

    # -- the amounts -----------------------------------------------------------------------------------

    def _events(self) -> Iterator[tuple[int, int, str]]:
        spans, signs = self.spans, self.language.signs
        for span in (span for kind in ("share", "amount") for span in spans[kind]):
            if signs["every"].match(self.plain, *span) and signs["whose"].fullmatch(
                self._word_before(span[0])
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
        for step in self.language.signs["step"].finditer(self.masked):
            second = step.lastindex or 2  # each way to say it has its own two groups
            now, then = step.span(second - 1), step.span(second)
            found.baseline = [*(span for span in found.baseline if span not in (now, then)), now]
            found.target = [*(span for span in found.target if span not in (now, then)), then]
        found.baseline = found.baseline or walk.loose_now
        if not found.baseline and not found.target:
            self._by_noun(found, [*walk.loose_else, *walk.loose_later])
        if not found.baseline:
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
        if not found.target:
            self._of_that_day(found)
        if found.baseline and any(self._moves(at) for at, _ in self.signs("upward") if found.target < [(at, at)]):
            found.target = [span for span in found.target if self._is_later(span[0])]
        return found

    def _of_that_day(self, found: Amounts) -> None:
        """ "Names spelled right: 20 of the 23 on 15 January": a day to come, and no word that it is of today."""
        today = {self.part(at) for at, _ in self.signs("now")}
        ahead = {self.part(at) for at, _ in self.ahead} - today
        found.target = [span for span in found.baseline if self.part(span[0]) in ahead]
        found.baseline = [span for span in found.baseline if span not in found.target]

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
        bound = [span for span in self.spans["loose"] if self._bound(span) and self.sentence(span[0]) not in where]
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
            or (counted and (span[0] > since or self._noun(span)[:UNIT] == self._noun(found.baseline[0])[:UNIT]))
        ]

    def _by_noun(self, found: Amounts, loose: list[Span]) -> None:
        """ "31 stempels in september, 80 stempels in maart": the same thing counted twice."""
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
                criteria = any(so_well.fullmatch(self._word_before(at)) for at, _ in bound)
                free = [] if criteria else [span for span in both if span not in bound]
            found.baseline = free
            found.target = [span for span in both if span not in free]

    def _by_date(self, found: Amounts) -> None:
        """Without a sign of now: an amount beside a date, with a later date and another amount elsewhere."""
        moments = [(span, self.moment(span, ANY_YEAR)) for span in self.spans["date"]]
        anchor = next((at.first for _, at in moments if at and at.dated), ANY_YEAR)
        dated = [(span, self.moment(span, anchor)) for span, _ in moments]
        known = [(at.first, span, at) for span, at in dated if at]
        if not known:
            return
        _, span, first = min(known, key=lambda item: item[:2])
        part = self.part(span[0])
        beside = [amount for amount in found.target if self.part(amount[0]) == part]
        others = [amount for amount in found.target if amount not in beside]
        later = [at for other, at in dated if self.part(other[0]) != part]
        autumn = not first.dated and first.first.month in AUTUMN  # the school year has only begun
        if (
            beside
            and others
            and (later or autumn)
            and all(at is None or first.last < at.first for at in later)
        ):
            found.baseline, found.target = beside, others
            found.early |= {date for date in self.spans["date"] if self.part(date[0]) == part}

    def part(self, at: int) -> Span:
        """From comma or bracket to comma or bracket."""
        index = bisect_right(self._ends, at)
        begin = self._ends[index - 1] + 1 if index else 0
        return begin, self._ends[index] if index < len(self._ends) else len(self.masked)

    @cached_property
    def fragments(self) -> list[Span]:
        """ "Agendacontrole." "…, eigen opdracht." "(mondeling)": a few words at the end of something, no clause."""
        begins = [0, *(at + 1 for at in self._commas)]
        ends = [*self._commas, len(self.masked)]
        fragment = self.language.signs["fragment"]
        return [
            (begin, end)
            for begin, end in zip(begins, ends, strict=True)
            if begin and self.masked[end : end + 1] in (".", ";", ")", "")
            if fragment.fullmatch(self.masked[begin:end].strip())
        ]

    @cached_property
    def _commas(self) -> list[int]:
        return sorted([*self._hard, *(at for at in self._soft if self.masked[at] in ",()|")])

    @cached_property
    def _ends(self) -> list[int]:
        """Commas, and words as "en": where another amount may begin."""
        return sorted([*self._commas, *(at for at, _ in self.signs("soft"))])

    def moment(self, span: Span, anchor: date) -> Moment | None:
        """When a date is."""
        return moment(self.plain[slice(*span)], self.language, anchor)

    def is_week(self, span: Span) -> bool:
        """ "In the week of 17 May": five days, of which that one may be free."""
        return self.language.signs["week_of"].search(self.plain, max(0, span[0] - WEEK_OF), span[1]) is not None

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

    # -- what pupils do --------------------------------------------------------------------------------

    @cached_property
    def of_staff(self) -> list[Span]:
        """Where teachers are named as those who do it: no pupil before them in the clause, as in "aan de leraar"."""
        counted = [span for kind in ("share", "amount") for span in self.spans[kind] if self._is_of_pupils(span)]
        pupils = sorted(at for at, _ in [*self.signs("pupils"), *counted])
        return [
            span
            for span in self.signs("staff")
            if not _TITLE.match(self.masked, span[1])
            and not any(begin <= span[0] < end for begin, end in self.signs("measure"))
            and bisect_right(pupils, span[0]) == bisect_right(pupils, self.clause(span[0])[0] - 1)
        ]

    def _is_of_pupils(self, span: Span) -> bool:
        return self.language.signs["one"].search(self.plain, *span) is not None

    @cached_property
    def _of_teachers(self) -> set[Span]:
        """The clauses in which teachers do it."""
        ours = [span for span in self.signs("we") if not self.is_quoted(span[0])]
        return {self.clause(at) for at, _ in [*ours, *self.of_staff]}

    def is_quoted(self, at: int) -> bool:
        """Words that pupils say."""
        return any(found.start() < at < found.end() for found in _QUOTED.finditer(self.plain))

    def _by_teachers(self, at: int) -> bool:
        return self.clause(at) in self._of_teachers

    @cached_property
    def outcome(self) -> list[Span]:
        """What pupils are seen or heard to do."""
        moving = {self.sentence(start) for start, _ in self.signs("moving")}
        others = [*self.signs("measure"), *self.signs("nobody"), *map(self._known, self.signs("knowing"))]
        return sorted(
            span
            for span in {*self._single(), *self._apart(), *self._able(), *self._acting()}
            if not any(begin <= span[0] < end for begin, end in others)
            and self.sentence(span[0]) not in moving
            and (not self.begins_with_ours or self._by_pupils(span[0]))
        )

    @cached_property
    def of_ours(self) -> list[Span]:
        """Where a goal says what teachers do; "we gebruiken de rubric" is how they measure."""
        return [span for span in self.signs("activity") if not self._is_measuring(span)]

    @cached_property
    def staff_first(self) -> list[Span]:
        """Where teachers are the subject of the first sentence, and no pupil does something before them."""
        first = self.sentence(0)
        return [
            span
            for span in self.of_staff
            if self.sentence(span[0]) == first and self.masked[self.clause(span[0])[0]] in ",:" or self.opens(span[0])
            if all(self.clause(at)[1] <= SHORT for at, _ in self.signs("pupils") if at < span[0])
        ]

    def is_purpose(self, at: int) -> bool:
        """ "Om het lezen te verbeteren, gaan wij …": what it is for, not what it is."""
        return self.language.signs["purpose"].match(self.masked, *self.clause(at)) is not None

    def is_amount(self, span: Span) -> bool:
        """ "In mei moet dat hoger": in the place of a number."""
        signs = self.language.signs
        return (
            signs["upward"].fullmatch(self.masked, *span) is not None
            and signs["no_more_than"].match(self.masked, span[1]) is not None
        )

    @cached_property
    def begins_with_score(self) -> bool:
        """Whether a score is what the goal is about, and no pupil does anything after it."""
        found = self.language.signs["score_first"].match(self.plain)
        return found is not None and all(start < found.end() for start, _ in self.outcome)

    @property
    def begins_with_ours(self) -> bool:
        """Whether that is what the goal is about: it comes first."""
        if self.staff_first:
            return True
        plans = self.language.signs["plans"]
        ours = (span for span in self.signs("ours") if plans.search(self.masked, *span))
        return any(self.opens(start) for start, _ in [*self.of_ours, *ours])

    def opens(self, at: int) -> bool:
        """In the first words, before another subject may begin; a heading is none."""
        begin = self.clause(at)[0]
        if begin == 0 or (begin < SHORT and self.masked[begin] == ":"):
            return True
        return self.is_purpose(0) and begin == self.clause(0)[1]

    def _is_measuring(self, span: Span) -> bool:
        """ "We gebruiken de rubric" is no activity; "we gaan een rubric gebruiken" is."""
        if self.language.signs["going"].search(self.masked, *span):
            return False
        return MASKS["instrument"] in self.masked[slice(*self.clause(span[0]))]

    def _by_pupils(self, at: int) -> bool:
        """Whether pupils are named where it is done: "zodat 24 van de 29 leerlingen …"."""
        pupils, clause = self.language.signs["pupils"], self.clause(at)
        if MASKS["group"] in self.masked[max(0, clause[0] - 1) : clause[0] + 1]:
            return True  # "we get class 2b to explain"
        return any(pupils.search(text, *clause) for text in (self.plain, self.masked))

    def _known(self, span: Span) -> Span:
        """ "Weten hoe ze een ruzie oplossen": nobody sees that."""
        index = bisect_right(self._soft, span[0])
        stop = self._soft[index] if index < len(self._soft) else len(self.masked)
        return span[0], min(stop, self.sentence(span[0])[1])

    @property
    def acts(self) -> bool:
        """Whether there may be a verb that the lists lack."""
        idle = self.language.signs["idle"]
        return any(
            not idle.fullmatch(found[0]) and not self._by_teachers(found.start())
            for found in self.language.signs["like_a_verb"].finditer(self.masked)
        )

    def _single(self) -> Iterator[Span]:
        for found in self.language.verbs.finditer(self.masked):
            if not self._by_teachers(found.start()) and not self._only_a_skill(found):
                yield found.span()

    def _only_a_skill(self, found: re.Match[str]) -> bool:
        """ "Begrijpend lezen", "beter lezen", "meer inzet tonen": a subject or a wish, and nothing that is seen."""
        signs = self.language.signs
        begin, end = self.clause(found.start())
        for verb, wish in (("light", "vague"), ("showing", "hazy")):
            if signs[verb].fullmatch(found[0]) and signs[wish].search(self.masked, begin, end):
                return True
        before = self.masked[max(begin, found.start() - 40) : found.start()]
        return signs["skill"].fullmatch(found[0]) is not None and (
            signs["as_noun"].search(before) is not None
            or signs["comparative"].search(self.masked, begin, end) is not None
        )

    def _apart(self) -> Iterator[Span]:
        for found in self.language.forms.finditer(self.masked):
            if self._by_teachers(found.start()) or self._only_a_skill(found):
                continue
            particles = self.language.parted[found[0]]
            begin, end = self.sentence(found.start())
            after = self.language.particles.finditer(self.masked, found.end(), end)
            before = self.masked[max(begin, found.start() - 14) : found.start()].split()
            if any(word[0] in particles for word in after) or (
                len(before) > 1 and before[-1] == "te" and before[-2] in particles
            ):
                yield found.span()

    def _acting(self) -> Iterator[Span]:
        """Beside those it is about: a word like a verb, that is not of being, having or getting a mark."""
        signs = self.language.signs
        for found in signs["acting"].finditer(self.masked):
            begin, end = self.clause(found.start())
            if self._by_teachers(found.start()) or signs["idle"].fullmatch(found[0]):
                continue
            if self._counts_things(found.start()):
                continue
            if not signs["vague"].search(self.masked, begin, end) and not signs["hazy"].search(
                self.masked, begin, end
            ):
                yield found.span()

    def _counts_things(self, at: int) -> bool:
        """ "75 punten": after an amount, which is of no pupils."""
        return (
            self.masked[at - 2 : at - 1] == MASKS["share"]
            and self.language.signs["thing"].match(self.masked, at) is not None
            and self.language.signs["one"].fullmatch(self._word_before(at)) is None
        )

    def _word_before(self, at: int) -> str:
        return self.plain[max(0, at - 30) : at].rstrip().rpartition(" ")[2]

    def _able(self) -> Iterator[Span]:
        """ "Kunnen … <infinitive>": whatever it is that they can."""
        signs = self.language.signs
        yield from (span for span in self.signs("able_to") if not self._by_teachers(span[0]))
        read_to = -1
        for at, end in self.signs("able"):
            if at < read_to or self._by_teachers(at):
                continue
            read_to = stop = self.sentence(at)[1]
            for found in signs["doing"].finditer(self.masked, end, stop):
                if signs["idle"].fullmatch(found[0]) or self._by_teachers(found.start()):
                    continue
                if not signs["vague"].search(self.masked, end, stop):
                    yield found.span()
                break
