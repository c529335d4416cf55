"""What a goal says: its six parts, each with its places in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from leerkring.engine.coach.amounts import Span
from leerkring.engine.coach.counted import ANY_YEAR, Counted
from leerkring.engine.coach.language import MASKS
from leerkring.engine.coach.text import LONGEST

__all__ = ["ANY_YEAR", "LONGEST", "Reading"]

_TITLE = re.compile(r"(?: \w+)?[,:]")  # "Vakgroep Nederlands, leerjaar 2: …"
_QUOTED = re.compile(r"(?<!\w)['\"‘“„][^'\"’”]{2,80}['\"’”]")
#: A heading, as "Vakgroep Engels, klas 2:", has no more characters.
SHORT = 30


class Reading(Counted):
    """The parts of one goal."""

    @cached_property
    def of_staff(self) -> list[Span]:
        """Where teachers are named as those who do it: no pupil before them in the clause, as in "aan de leraar"."""
        counted = [
            span for kind in ("share", "amount") for span in self.spans[kind] if self._is_of_pupils(span)
        ]
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
        return any(begin < at < end for begin, end in self._quoted)

    @cached_property
    def _quoted(self) -> list[Span]:
        return [found.span() for found in _QUOTED.finditer(self.plain)]

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
            if (self.sentence(span[0]) == first and self.masked[self.clause(span[0])[0]] in ",:")
            or self.opens(span[0])
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
            begin = self.sentence(found.start())[0]
            before = self.masked[max(begin, found.start() - 14) : found.start()].split()
            if self.particle(found.span()) or (
                len(before) > 1 and before[-1] == "te" and before[-2] in particles
            ):
                yield found.span()

    def particle(self, verb: Span) -> Span | None:
        """The other part of a verb in two, further on in its sentence: of "legt na de les de som uit" that is "uit"."""
        particles = self.language.parted.get(self.masked[slice(*verb)], ())
        after = self.language.particles.finditer(self.masked, verb[1], self.sentence(verb[0])[1])
        places = [word.span() for word in after if word[0] in particles]
        noun = self.language.signs["goes_with_noun"]
        alone = (place for place in places if not noun.match(self.masked, place[1] + 1))
        return next(alone, places[0] if places else None)

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
            and self.language.signs["one"].fullmatch(self.word_before(at)) is None
        )

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

    @cached_property
    def fragments(self) -> list[Span]:
        """ "Agendacontrole." "…, eigen opdracht." "(mondeling)": a few words at the end of something, no clause."""
        begins = [0, *(at + 1 for at in self.commas)]
        ends = [*self.commas, len(self.masked)]
        fragment = self.language.signs["fragment"]
        return [
            (begin, end)
            for begin, end in zip(begins, ends, strict=True)
            if begin and self.masked[end : end + 1] in (".", ";", ")", "")
            if fragment.fullmatch(self.masked[begin:end].strip())
        ]
