"""From the agenda of a meeting to what is played: each item as a talk or by its work form, and then the closing.
What was agreed before and stands open goes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leerkring.meetings.live.steps import LOOK_BACK, Played
from leerkring.meetings.models import Item, Meeting
from leerkring.meetings.workform import LANGUAGES, StepKind, StepText, Who, Workform
from leerkring.network.words import SectorWords, words_of

#: The questions of the exit check; two are asked at a time, by turn.
EXIT_QUESTIONS: Mapping[str, str | Promise] = {
    "workform": _("De werkvorm hielp ons verder."),
    "use": _("Ik neem iets mee waar ik in de les iets aan heb."),
    "turn": _("Iedereen kwam aan het woord."),
    "say": _("Ik kon zeggen wat ik vond."),
    "time": _("Dit was mijn tijd waard."),
}

#: Who finds the form that an item names, or None.
Find = Callable[[str], Workform | None]
Text = str | Promise

#: Minutes that looking back takes, and how many agreements are looked at.
LOOK_BACK_MINUTES, LOOKED_AT = 2, 12


def steps_of(meeting: Meeting, items: Iterable[Item], find: Find, agreed: Sequence[int] = ()) -> list[Played]:
    """Everything that is played, each key once. `agreed`: the agreements that stand open."""
    words = words_of(meeting.community.school.sector)
    steps: list[Played] = [_look_back(agreed)] if agreed else []
    forms: list[Workform] = []
    for item in items:
        form = find(item.workform) if item.workform else None
        forms += [form] if form else []
        steps += _by_form(item, form, words) if form else [_talk(item)]
    kinds = {step.kind for step in steps}
    return [*steps, *(s for s in _closing(meeting, _names(forms, words)) if s.kind not in kinds)]


def _names(forms: Sequence[Workform], words: SectorWords) -> dict[str, tuple[str, ...]]:
    """By language: what the forms are called, each once."""
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES if forms else ():
        with override(language):
            names[language] = tuple(dict.fromkeys(words.fill(form.text[language].title) for form in forms))
    return names


def _look_back(agreed: Sequence[int]) -> Played:
    return Played(
        LOOK_BACK,
        StepKind.TALK,
        LOOK_BACK_MINUTES,
        _both(
            _("Wat spraken we af?"),
            _("Hoe ging het met wat we afspraken?"),
            _("Kies bij elke afspraak wat ermee gebeurt. Loslaten mag ook."),
        ),
        writes=Who.SCRIBE,
        hint_to_all=True,
        content=None,
        agreed=tuple(agreed),
    )


def _talk(item: Item) -> Played:
    text = {language: StepText(item.title, item.title) for language in LANGUAGES}
    return Played(
        f"{item.position}",
        StepKind.TALK,
        item.minutes,
        text,
        writes=Who.SCRIBE,
        content=item.kind == Item.Kind.CONTENT,
        item=item.position,
    )


def _by_form(item: Item, form: Workform, words: SectorWords) -> Iterator[Played]:
    """The steps of a form, in the words of the school; an item of another length stretches or shortens them all."""
    shares = _shared_out([step.minutes for step in form.steps], item.minutes)
    for step, minutes in zip(form.steps, shares, strict=True):
        yield Played(
            _key(item, step.key),
            step.kind,
            minutes,
            {language: _filled(text, words, language) for language, text in step.text.items()},
            speaks=step.speaks,
            writes=step.writes,
            cards=step.cards,
            dots=step.dots,
            of=_key(item, step.of) if step.of else "",
            anonymous=step.anonymous,
            hint_to_all=step.hint_to_all,
            content=item.kind == Item.Kind.CONTENT,
            item=item.position,
            workform=form.key,
        )


def _key(item: Item, key: str) -> str:
    return f"{item.position}.{key}"


def _filled(text: StepText, words: SectorWords, language: str) -> StepText:
    with override(language):
        return StepText(words.fill(text.title), words.fill(text.prompt), words.fill(text.hint))


def _shared_out(minutes: list[int], total: int) -> list[int]:
    """`minutes` in the same proportion, whole, each at least one, together `total` (or one each)."""
    whole = sum(minutes)
    if total < len(minutes) or total == whole:
        return minutes if total == whole else [1] * len(minutes)
    shares = [max(1, part * total // whole) for part in minutes]
    order = sorted(range(len(minutes)), key=lambda i: -minutes[i])
    left = total - sum(shares)
    for place in (order * (abs(left) + 1))[: max(0, left)]:
        shares[place] += 1
    while sum(shares) > total:
        shares[max(range(len(shares)), key=lambda i: shares[i])] -= 1
    return shares


def _both(title: Text, prompt: Text, hint: Text = "") -> dict[str, StepText]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = StepText(str(title), str(prompt), str(hint))
    return said


def _closing(meeting: Meeting, names: Mapping[str, tuple[str, ...]]) -> list[Played]:
    """What ends every meeting: what do we know now, what do we agree, and how was it."""
    known = list(EXIT_QUESTIONS)
    turn = (meeting.pk or 0) % (len(known) - 1) + 1
    asks = ("workform" if names else known[turn % (len(known) - 1) + 1], known[turn])
    step = Played(
        "insights",
        StepKind.INSIGHT,
        6,
        _both(
            _("Wat weten we nu?"),
            _("Wat weten we nu dat we eerst niet konden zeggen?"),
            _("Laat iemand vertellen, en vraag een collega: wanneer werkt dit niet?"),
        ),
        writes=Who.EVERYONE,
        content=None,
    )
    return [
        step,
        replace(
            step,
            key="agreements",
            kind=StepKind.AGREE,
            minutes=4,
            hint_to_all=True,
            text=_both(
                _("Afspraken"),
                _("Wat spreken we af: wie doet wat, en wanneer?"),
                _("Liever één afspraak die lukt dan vier die blijven liggen."),
            ),
        ),
        Played(
            "exit",
            StepKind.EXIT,
            2,
            _both(
                _("Hoe was het?"),
                _("Hoe was deze bijeenkomst voor jou?"),
            ),
            speaks=Who.NOBODY,
            cards=1,
            anonymous=True,
            content=None,
            asks=asks,
            forms=names,
        ),
    ]
