"""What makes the steps of a work form fit together: each rule yields the place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from leerkring.meetings.workform import Role, Step, StepKind, Who, Workform

Broken = tuple[str, str]

#: Steps that use the cards of an earlier one.
USES_CARDS = frozenset({StepKind.ORDER, StepKind.DOTS, StepKind.CONSENT})
#: Those that are about each card by itself: one of which nobody can tell whose it is, is no card of its own.
USES_EACH_CARD = frozenset({StepKind.ORDER, StepKind.DOTS})
#: Steps beside which cards of an earlier one may be shown.
SHOWS_CARDS = frozenset({StepKind.TALK, StepKind.ROUND, StepKind.WRITE, StepKind.AGREE})
#: Steps in which people write cards of their own.
MAKES_CARDS = frozenset({StepKind.WRITE, StepKind.ROUND})


def broken_rules(form: Workform) -> Iterator[Broken]:
    """What does not fit, in the order of the form."""
    total = sum(step.minutes for step in form.steps)
    if total != form.minutes:
        why = _("de stappen zijn samen %(total)s minuten, en hier staat %(said)s.")
        yield _("minuten"), why % {"total": total, "said": form.minutes}
    yield from _roles(form)
    earlier: dict[str, Step] = {}
    for number, step in enumerate(form.steps, 1):
        place = _("stap %(number)s") % {"number": number}
        if step.key in earlier:
            yield place, _("de sleutel is al van een eerdere stap.")
        for rule in (_turns, _cards, _of):
            yield from ((place, why) for why in rule(step, earlier))
        earlier[step.key] = step


def _roles(form: Workform) -> Iterator[Broken]:
    doing = {who for step in form.steps for who in (step.speaks, step.writes)}
    for role, needed, why in (
        (Role.FACILITATOR, True, _("er is een gespreksleider nodig (facilitator).")),
        (
            Role.PRESENTER,
            bool(doing & {Who.PRESENTER, Who.OTHERS}),
            _("de stappen vragen om een inbrenger (presenter)."),
        ),
        (Role.SCRIBE, Who.SCRIBE in doing, _("de stappen vragen om een notulist (scribe).")),
    ):
        if needed and role not in form.roles:
            yield _("rollen"), why


def _turns(step: Step, _earlier: dict[str, Step]) -> Iterator[str]:
    if step.kind == StepKind.EXIT:
        yield _("de twee vragen aan het eind komen er vanzelf bij. Haal deze stap weg.")
    if step.kind == StepKind.WRITE:
        if step.speaks != Who.NOBODY:
            yield _("bij schrijven is iedereen stil: wie praat is dan nobody.")
        if step.writes == Who.NOBODY:
            yield _("zeg wie er schrijft.")
    if step.kind == StepKind.ROUND and step.speaks not in {Who.EVERYONE, Who.OTHERS}:
        yield _("in een rondje praat iedereen, of iedereen behalve de inbrenger.")


def _cards(step: Step, _earlier: dict[str, Step]) -> Iterator[str]:
    if step.kind == StepKind.WRITE and not step.cards:
        yield _("zeg hoeveel kaartjes ieder mag schrijven.")
    if step.cards and step.kind not in MAKES_CARDS:
        yield _("kaartjes horen bij schrijven of bij een rondje.")
    if step.cards and step.writes == Who.NOBODY and step.kind == StepKind.ROUND:
        yield _("zeg wie er schrijft.")
    if bool(step.dots) != (step.kind == StepKind.DOTS):
        yield _("stippen horen bij stippen geven, en daar minstens één.")
    if step.anonymous and step.kind != StepKind.WRITE:
        yield _("anoniem kan alleen bij schrijven.")


def _of(step: Step, earlier: dict[str, Step]) -> Iterator[str]:
    found = earlier.get(step.of)
    if step.kind not in USES_CARDS | SHOWS_CARDS:
        if step.of:
            yield _("bij deze soort stap horen geen kaartjes van een eerdere stap.")
    elif (step.of or step.kind in USES_CARDS) and (found is None or not found.cards):
        yield _("deze stap heeft kaartjes nodig. Zet hem na een stap waarin jullie kaartjes schrijven.")
    elif found and found.anonymous and step.kind in USES_EACH_CARD:
        yield _(
            "kaartjes zonder naam kun je niet bij elkaar leggen, en je kunt er geen stippen aan geven. Zet deze stap "
            "na een stap met gewone kaartjes."
        )
