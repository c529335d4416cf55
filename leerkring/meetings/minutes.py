"""What the minutes show, and adding to them: what was written stays, what is added stands beside it with its name. What
does not belong there is taken out (`taking_out`); then they say that it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.goals.models import Goal
from leerkring.insights.models import Insight, Limit, Trying
from leerkring.insights.scaffolds import reason
from leerkring.meetings import goal_session, pile_names
from leerkring.meetings.live.agenda import EXIT_QUESTIONS
from leerkring.meetings.models import (
    Agreement,
    Correction,
    ExitFigure,
    Handout,
    Harvested,
    Meeting,
    Note,
    Present,
    Stage,
    Unclaimed,
)
from leerkring.meetings.models.held import CARRIED
from leerkring.meetings.workform import StepKind
from leerkring.meetings.workform_library import find
from leerkring.meetings.workform_words import ROLES, title
from leerkring.ui.refusal import Refused

#: What an earlier agreement came to in a meeting.
BECAME: Mapping[str, str | Promise] = {
    Agreement.State.KEPT: gettext_lazy("gedaan"),
    Agreement.State.LET_GO: gettext_lazy("losgelaten"),
}
_CARRIED = gettext_lazy("schoof door naar de volgende keer")


@dataclass(frozen=True)
class PileShown:
    """Cards that were laid together; `name` is "" for those that lie on their own."""

    name: str
    notes: Sequence[Note]
    #: Those of a card that was taken out stay the pile's.
    dots: int

    @property
    def called(self) -> str:
        return pile_names.shown(self.name)


@dataclass(frozen=True)
class StageShown:
    """One step as it was held; `minutes` by the clock in the room."""

    stage: Stage
    notes: Sequence[Note]
    #: Of the paper cards that were written in it.
    pictures: Sequence[Handout]
    #: What the work form it is of is called; "" for a talk.
    form: str = ""
    #: The part of the minutes in which stands what was written in it, when that is not here.
    stands_at: str | Promise = ""
    #: It is the first that is told of its work form.
    begins_form: bool = False

    @property
    def minutes(self) -> int:
        """0 for less than half of one: steps of a moment would add up to more than the meeting took."""
        return round(self.stage.seconds / 60)

    @property
    def cards(self) -> list[Note]:
        return [note for note in self.notes if not note.out]

    @property
    def cards_out(self) -> int:
        """How many were taken out."""
        return sum(1 for note in self.notes if note.out and not note.objection)

    @property
    def objections_out(self) -> int:
        return sum(1 for note in self.notes if note.out and note.objection)

    @property
    def left_something(self) -> bool:
        return bool(self.notes or self.pictures or self.stands_at or self.stage.yes is not None)

    @property
    def is_piled(self) -> bool:
        return any(note.pile for note in self.cards)

    @property
    def piles(self) -> list[PileShown]:
        """What got the most dots first, of piles and of cards; what lies on its own after all piles."""
        by_name: dict[str, list[Note]] = {}
        for note in sorted(self.notes, key=lambda note: -note.dots):
            by_name.setdefault(note.pile, []).append(note)
        piles = [
            PileShown(name, cards, sum(note.dots for note in notes))
            for name, notes in by_name.items()
            if (cards := [note for note in notes if not note.out])
        ]
        return sorted(piles, key=lambda pile: (not pile.name, -pile.dots))


@dataclass(frozen=True)
class PresentShown:
    name: str
    roles: str


@dataclass(frozen=True)
class TryShown:
    """Who would try it, on which day; `told`: and said how it went."""

    name: str
    on: date
    told: bool = False


@dataclass(eq=False)
class Known:
    """What is known now: an insight, or what was said as one by who has no account; with when it does not work, and who
    tries it."""

    insight: Insight | None = None
    said: Unclaimed | None = None
    limits: list[Limit | Unclaimed] = field(default_factory=list)
    tries: list[TryShown] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """Why, to be read after the word that ties it to what."""
        told = self.insight or self.said
        return reason(told.why) if told else ""


class Minutes:
    """Of one meeting; each part is read only when no fragment of it is kept."""

    def __init__(self, here: Here, meeting: Meeting) -> None:
        self.here, self.meeting = here, meeting

    @cached_property
    def present(self) -> list[PresentShown]:
        rows = Present.objects.filter(meeting=self.meeting).select_related("member__user")
        return [
            PresentShown(str(row), ", ".join(str(ROLES[r]) for r in row.roles if r in ROLES)) for row in rows
        ]

    @cached_property
    def _held(self) -> list[Stage]:
        notes = Prefetch("notes", Note.objects.select_related("by__member__user"))
        return list(Stage.objects.filter(meeting=self.meeting).exclude(kind="exit").prefetch_related(notes))

    @cached_property
    def stages(self) -> list[StageShown]:
        return [
            StageShown(
                stage,
                list(stage.notes.all()),
                [p for p in self._pictures if p.step == stage.position],
                form=self._forms.get(stage.workform, ""),
                stands_at=self._stands_at(stage) if stage.seconds else "",
            )
            for stage in self._held
        ]

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """What each work form that was held is called, by its key; one that is no more has its key only."""
        found = {
            key: find(self.here.community, key) for key in {s.workform for s in self._held if s.workform}
        }
        return {key: title(entry.form, self.here.words) if entry else key for key, entry in found.items()}

    def _stands_at(self, stage: Stage) -> str | Promise:
        """What is kept as an insight or an agreement is no note of the step in which it was written."""
        known, agreed = gettext_lazy("Wat weten we nu?"), gettext_lazy("Afspraken")
        if stage.kind == StepKind.INSIGHT:
            return known if self.known or self.known_out else ""
        if stage.kind == StepKind.AGREE:
            tries = known if any(each.tries for each in self.known) else ""
            return agreed if self.agreements else tries
        looks_back = stage.kind == StepKind.TALK and stage.content is None
        return agreed if looks_back and self.earlier else ""

    @property
    def told(self) -> list[StageShown]:
        """The steps that left something to read; each work form is named where it begins."""
        before, told = "", []
        for shown in self.stages:
            if shown.left_something:
                told.append(replace(shown, begins_form=bool(shown.form) and shown.form != before))
                before = shown.form
        return told

    @property
    def several_forms(self) -> bool:
        return len(self._forms) > 1

    @property
    def only_held(self) -> list[StageShown]:
        """The steps of which there is nothing to read but that they were held."""
        return [shown for shown in self.stages if shown.stage.seconds and not shown.left_something]

    @cached_property
    def known(self) -> list[Known]:
        """In the order in which it was said. Who would try it is named as at the insight itself: not when the day is
        over and nothing was told, for nobody reads that a colleague did not come to it."""
        rows = self._harvested
        things = {number: thing for kind, number, thing in rows if kind == "insight"}
        promised = Trying.objects.filter(pk__in=[thing for kind, _number, thing in rows if kind == "trying"])
        found = Insight.objects.there().filter(pk__in=things.values(), community=self.here.community)
        limits = Prefetch("limits", Limit.objects.filter(withdrawn_at=None).select_related("by__user"))
        tries = Prefetch("tryings", promised.shown_to_all().select_related("member__user"))
        insights = {
            insight.pk: Known(
                insight,
                limits=list(insight.limits.all()),
                tries=[TryShown(str(t.member), t.on, t.told_at is not None) for t in insight.tryings.all()],
            )
            for insight in found.select_related("author__user", "of__user").prefetch_related(limits, tries)
        }
        known = {number: insights[thing] for number, thing in things.items() if thing in insights}
        for row in self._unclaimed:
            if row.out:
                continue
            if row.number == row.insight:
                known[row.number] = Known(said=row)
            elif about := known.get(row.insight):
                if row.on is None:
                    about.limits.append(row)
                elif row.by and row.on >= clock.today():  # they cannot tell how it went
                    about.tries.append(TryShown(str(row.by), row.on))
        # Said twice in the same words it is one insight.
        return list(dict.fromkeys(known[number] for number in sorted(known)))

    @cached_property
    def _unclaimed(self) -> list[Unclaimed]:
        return list(Unclaimed.objects.filter(meeting=self.meeting).select_related("by__member__user"))

    @property
    def known_out(self) -> int:
        """How many texts were taken out of what is known."""
        return sum(1 for row in self._unclaimed if row.out)

    @property
    def agreements(self) -> list[Agreement]:
        """Those that were made in it, also when they were taken along since."""
        return [agreement for agreement in self._agreed if agreement.pk in self._made_here]

    @property
    def earlier(self) -> list[tuple[Agreement, str | Promise]]:
        """What was agreed before and settled in it, also on the page of the agreements while it was on, or carried
        over, with what it came to here: how it ended afterwards is not of these minutes. What was taken along to it and
        not spoken of, the next one begins with as well."""
        return [(one, self._became(one)) for one in self._agreed if one.pk not in self._made_here]

    def _became(self, agreement: Agreement) -> str | Promise:
        begun, over, settled = self.meeting.opened_at, self.meeting.closed_at, agreement.closed_at
        was_settled = begun and over and settled and begun <= settled <= over
        return BECAME.get(agreement.state if was_settled else "", _CARRIED)

    @cached_property
    def _harvested(self) -> list[tuple[str, int, int]]:
        """Kind of thing, number of the act that made it, and its id."""
        rows = Harvested.objects.filter(meeting=self.meeting)
        return list(rows.values_list("thing_kind", "number", "thing_id"))

    @cached_property
    def _made_here(self) -> set[int]:
        return {thing for kind, _number, thing in self._harvested if kind == "agreement"}

    @cached_property
    def _carried(self) -> set[int]:
        """What was carried over in it; it may have been carried on since."""
        return {thing for kind, _number, thing in self._harvested if kind == CARRIED}

    @cached_property
    def _agreed(self) -> list[Agreement]:
        found = Agreement.objects.filter(
            Q(pk__in=self._made_here | self._carried)
            | Q(meeting=self.meeting)
            | Q(closed_at__range=(self.meeting.opened_at, self.meeting.closed_at)),
            community=self.here.community,
        )
        found = found.prefetch_related(Prefetch("who", Membership.objects.select_related("user")))
        return list(found.by_day())

    @cached_property
    def goal(self) -> str:
        """What a goal session made of the goal."""
        return goal_session.sentence_in(self.here.community, self._held)

    @cached_property
    def goals(self) -> list[Goal]:
        """What that sentence became."""
        return goal_session.begun_in(self.meeting) if self.goal else []

    @cached_property
    def asked(self) -> list[ExitFigure]:
        """The questions of the exit check, also those of which nothing is published."""
        return list(ExitFigure.objects.filter(meeting=self.meeting).order_by("pk"))

    @cached_property
    def exit(self) -> list[tuple[str | Promise, ExitFigure]]:
        return [(EXIT_QUESTIONS[figure.question], figure) for figure in self.asked]

    @property
    def published(self) -> int:
        """Of how many of them something comes."""
        return sum(figure.mean is not None for figure in self.asked)

    @cached_property
    def _pictures(self) -> list[Handout]:
        return list(Handout.objects.filter(meeting=self.meeting, kind__in=Handout.PICTURES).order_by("pk"))

    @property
    def pictures(self) -> list[Handout]:
        """Of the board, and the paper cards on it, as far as they are of no step."""
        return [picture for picture in self._pictures if picture.step is None]

    @cached_property
    def _corrections(self) -> list[Correction]:
        return list(Correction.objects.filter(meeting=self.meeting).select_related("by__user"))

    @property
    def corrections(self) -> list[Correction]:
        return [correction for correction in self._corrections if not correction.out]

    @property
    def corrections_out(self) -> int:
        return len(self._corrections) - len(self.corrections)

    @property
    def time(self) -> str:
        """How much of the agenda was on content, by the clock; "" when it did not run."""
        whole = self._minutes(content=(True, False))
        content = self._minutes(content=(True,))
        if not whole:
            return ""
        if content == whole:
            said = ngettext(
                "De hele agenda ging over de inhoud: %(whole)s minuut.",
                "De hele agenda ging over de inhoud: %(whole)s minuten.",
                whole,
            )
        elif not content:
            said = ngettext(
                "De hele agenda ging over organisatie: %(whole)s minuut.",
                "De hele agenda ging over organisatie: %(whole)s minuten.",
                whole,
            )
        else:
            said = ngettext(
                "Van de %(whole)s minuten van de agenda ging %(content)s minuut over de inhoud.",
                "Van de %(whole)s minuten van de agenda gingen er %(content)s over de inhoud.",
                content,
            )
        return said % {"whole": whole, "content": content}

    def _minutes(self, *, content: Collection[bool]) -> int:
        return round(sum(s.stage.seconds for s in self.stages if s.stage.content in content) / 60)


@transaction.atomic
def correct(meeting: Meeting, *, by: Membership, text: str, at: datetime | None = None) -> Correction:
    """Says what was otherwise, or is missing. Said twice it is said once."""
    meeting.community.touch()
    if meeting.state != Meeting.State.CLOSED:
        raise Refused(_("Er zijn nog geen notulen."))
    known = Correction.objects.filter(meeting=meeting, by=by, text=text).first()
    return known or Correction.objects.create(meeting=meeting, by=by, text=text, at=at or clock.now())
