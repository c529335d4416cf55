"""What a group made of its goal in a meeting: it stands in the form of the goal that is begun from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse

from leerkring.communities.models import Community, Link
from leerkring.goals.models import Goal
from leerkring.meetings.live.bettering import bettering
from leerkring.meetings.models import Meeting, Note, Stage
from leerkring.meetings.workform import Purpose, StepKind, Yield
from leerkring.meetings.workform_library import form_of

#: How the key of the step ends in which it is said where pupils stand.
NOW = ".now"


def sentence(meeting: int) -> str:
    """As the group said it last."""
    community = Meeting.objects.select_related("community__school").get(pk=meeting).community
    return sentence_in(community, Stage.objects.filter(meeting=meeting).prefetch_related("notes"))


def standing(meeting: int) -> list[str]:
    """What was written down at *Waar staan ze nu?*, in a group's own version of the form too."""
    community = Meeting.objects.select_related("community__school").get(pk=meeting).community
    stages = Stage.objects.filter(meeting=meeting, key__endswith=NOW).prefetch_related("notes")
    asked = (stage for stage in stages if makes_a_goal(community, stage.workform))
    return [note.text for stage in asked for note in _notes(stage)]


def sentence_in(community: Community, stages: Iterable[Stage]) -> str:
    """What they made of it while they talked about it, and otherwise the sentence with most dots of those they said yes
    to; "" when no goal session was held, or nothing was written."""
    by_form: dict[str, list[Stage]] = {}
    for stage in stages:
        by_form.setdefault(stage.workform, []).append(stage)
    said = (_said(held) for key, held in by_form.items() if makes_a_goal(community, key))
    return next(filter(None, said), "")


def begun_in(meeting: Meeting) -> list[Goal]:
    """The goals that came of it, as it was said first."""
    began = Link.objects.filter(from_kind="goal", to_kind="meeting", to_id=meeting.pk)
    return list(
        Goal.objects.filter(community=meeting.community_id, pk__in=began.values("from_id")).order_by("pk")
    )


def makes_a_goal(community: Community, key: str) -> bool:
    """Whether a goal comes of this work form; also of a group's own version of the form of the house."""
    form = form_of(community, key) if key else None
    return form is not None and form.yields is Yield.PLAN and Purpose.DIRECTION in form.purposes


def address(meeting: Meeting) -> str:
    """Where a goal begins with that sentence in its form."""
    return f"{reverse('goals:new', args=[meeting.community_id])}?from=meeting:{meeting.pk}"


def _said(stages: Sequence[Stage]) -> str:
    """Where nothing is decided on, what was written last is what they chose from."""
    consent = next((s for s in stages if s.kind == StepKind.CONSENT), None)
    if consent is None:
        wrote = [stage for stage in stages if stage.kind == StepKind.WRITE and _notes(stage)]
        return _best(wrote[-1]) if wrote else ""
    talks = bettering((stage for stage in stages if stage.position < consent.position), consent)
    # What came in late nobody had before them when they said yes.
    since = [note for talk in talks for note in _notes(talk) if not note.late]
    if since:
        return since[-1].text
    return next((_best(stage) for stage in stages if stage.key == consent.of and _notes(stage)), "")


def _best(stage: Stage) -> str:
    """With most dots; of as many the first."""
    dots = _dots(stage)
    return max(_notes(stage), key=lambda note: dots[_heap(note)]).text


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
