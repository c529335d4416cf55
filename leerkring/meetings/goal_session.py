"""What a group made of its goal in a meeting: it stands in the form of the goal that is begun from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leerkring.communities.models import Community
from leerkring.meetings.models import Meeting, Note, Stage
from leerkring.meetings.workform import Purpose, StepKind, Yield
from leerkring.meetings.workform_library import form_of


def sentence(meeting: int) -> str:
    """The sentence with most dots of those the group said yes to, and what was written since while they talked about
    it; "" when no goal session was held, or nothing was written."""
    stages = Stage.objects.filter(meeting=meeting).exclude(workform="").prefetch_related("notes")
    community = Meeting.objects.select_related("community__school").get(pk=meeting).community
    for key in dict.fromkeys(stage.workform for stage in stages):
        if _makes_a_goal(community, key) and (said := _said([s for s in stages if s.workform == key])):
            return said
    return ""


def _makes_a_goal(community: Community, key: str) -> bool:
    """Also a group's own version of the form of the house."""
    form = form_of(community, key)
    return form is not None and form.yields is Yield.PLAN and Purpose.DIRECTION in form.purposes


def _said(stages: Sequence[Stage]) -> str:
    decided = next((place for place, s in enumerate(stages) if s.kind == StepKind.CONSENT), len(stages))
    before = [(stage, _notes(stage)) for stage in stages[:decided]]
    wrote = [place for place, (s, notes) in enumerate(before) if s.kind == StepKind.WRITE and notes]
    if not wrote:
        return ""
    sentences = before[wrote[-1]][1]
    dots = _dots(stages[wrote[-1]])
    best = max(sentences, key=lambda note: dots[_heap(note)])
    since = [note.text for s, notes in before[wrote[-1] + 1 :] if s.kind == StepKind.TALK for note in notes]
    return "\n".join([best.text, *since])


def _dots(stage: Stage) -> Counter[str | int]:
    """Those of a pile stand at the first of its cards, also when that was taken out."""
    dots: Counter[str | int] = Counter()
    for note in stage.notes.all():
        dots[_heap(note)] += note.dots
    return dots


def _heap(note: Note) -> str | int:
    """The pile in which it lies, or the card by itself."""
    return note.pile or note.pk


def _notes(stage: Stage) -> list[Note]:
    return [note for note in stage.notes.all() if not note.out]
