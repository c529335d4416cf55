"""What a live room holds, and what can be asked of it; `room` changes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from leerkring.meetings.live.bettering import bettering
from leerkring.meetings.live.steps import Played, may
from leerkring.meetings.live.things import (
    Agreed,
    Became,
    Captured,
    Card,
    Consent,
    Person,
    Pile,
    Timer,
    Turns,
)
from leerkring.meetings.workform import Role, StepKind, Who


class State:
    """`at`: the place of the step that is on; -1 before the first. `minute`: how many seconds one takes."""

    def __init__(self, steps: Sequence[Played], *, minute: float = 60.0) -> None:
        self.steps = tuple(steps)
        self.by_key = {step.key: place for place, step in enumerate(self.steps)}
        self.minute = minute
        self.at = -1
        self.number = 0
        self.now = 0.0
        self.closed = False
        self.timer = Timer()
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.people: dict[int, Person] = {}
        self.roles: dict[Role, int] = {}
        self.cards: dict[int, Card] = {}
        self.piles: dict[int, Pile] = {}
        self.revealed: set[str] = set()
        self.ready: defaultdict[str, set[int]] = defaultdict(set)
        self.turns: dict[str, Turns] = {}
        self.dots: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        self.consents: defaultdict[str, dict[int, Consent]] = defaultdict(dict)
        #: Objections to how a sentence read before, of who answered again since; by step.
        self.objected: defaultdict[str, list[tuple[int, Consent]]] = defaultdict(list)
        self.insights: dict[int, Captured] = {}
        self.agreements: dict[int, Agreed] = {}
        #: By the agreement, as the group keeps it.
        self.became: dict[int, Became] = {}
        #: By step: how many things each gave that nobody can tell are theirs, and the things.
        self.gave: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.unsigned: defaultdict[str, dict[int, str]] = defaultdict(dict)

    @property
    def step(self) -> Played | None:
        return self.steps[self.at] if 0 <= self.at < len(self.steps) else None

    @property
    def present(self) -> list[Person]:
        return [person for person in self.people.values() if not person.gone]

    def roles_of(self, person: int) -> set[Role]:
        return {role for role, who in self.roles.items() if who == person}

    def may_write(self, person: int, step: Played) -> bool:
        """Where nobody keeps the notes, who leads does."""
        if step.writes is Who.SCRIBE and Role.SCRIBE not in self.roles:
            return self.leads(person)
        return may(step.writes, self.roles_of(person))

    def may_speak(self, person: int, step: Played) -> bool:
        return may(step.speaks, self.roles_of(person))

    def leads(self, person: int, *also: Role) -> bool:
        """A facilitator of the group, or who leads this meeting by turn (or has one of the roles)."""
        return self.people[person].leads or bool(self.roles_of(person) & {Role.FACILITATOR, *also})

    def may_undo(self, person: int, agreed: Agreed) -> bool:
        """Who wrote the agreement down, who leads or who keeps the notes."""
        return person == agreed.author or self.leads(person, Role.SCRIBE)

    def is_shown(self, step: str) -> bool:
        """Whether everyone sees what was given in it."""
        return not self.steps[self.by_key[step]].hides or step in self.revealed

    def cards_of(self, step: str) -> list[Card]:
        return [card for card in self.laid_in(step) if not card.out]

    def laid_in(self, step: str) -> list[Card]:
        """Also those that were taken out of the minutes since."""
        return [card for card in self.cards.values() if card.step == step and not card.dropped]

    def heap(self, card: int) -> int:
        """What a dot on this card is on: the pile in which it lies, or the card by itself."""
        return self.cards[card].pile or card

    def counted(self, step: str) -> dict[int, int]:
        """By pile or loose card: how many dots it got. Where cards are laid otherwise since, their dots go along."""
        return Counter(self.heap(card) for cards in self.dots[step].values() for card in cards)

    def betters(self, step: Played) -> list[Played]:
        """The steps of consent for which this one betters the sentence."""
        consents = (one for one in self.steps if one.kind is StepKind.CONSENT)
        return [one for one in consents if step in bettering(self.steps, one)]

    def reads(self, step: Played) -> int:
        """The card by which the sentence reads as it does in this step of consent; 0 when it is as it was chosen. What
        came late nobody had before them."""
        held = {one.key for one in bettering(self.steps[: self.by_key[step.key]], step)}
        cards = (c for c in self.cards.values() if c.step in held and not (c.late or c.dropped or c.away))
        return max((card.id for card in cards), default=0)

    def said(self, step: Played) -> dict[int, Consent]:
        """Who can go on with the sentence as it reads now, and who cannot. What was said of an earlier one lapsed."""
        given = self.consents.get(step.key)
        if not given:  # of any other step, which is looked at with each picture
            return {}
        now = self.reads(step)
        return {who: one for who, one in given.items() if one.about == now}

    def objections(self, step: Played) -> list[tuple[int, Consent]]:
        """What stands against the sentence that is bettered in this step, of whom: the last word of each, also when it
        was bettered since. They were shown to all when the step of consent was left."""
        said = [each for consent in self.betters(step) for each in self.consents.get(consent.key, {}).items()]
        return [(who, one) for who, one in said if not (one.yes or one.out)]

    def takes_part(self, step: Played) -> list[Person]:
        """Who is asked to give something in a step."""
        everyone = step.kind in {StepKind.DOTS, StepKind.CONSENT, StepKind.EXIT}
        asked = [person for person in self.present if everyone or self.may_write(person.id, step)]
        # Whoever wrote it down for another would know whose it is.
        return [person for person in asked if not (step.anonymous and person.written_for)]

    def done(self, step: Played) -> int:
        """How many of them gave something, or said that they are ready. In silence one goes on writing after a first
        card, until there are as many as the step allows; who has no device cannot say that they are ready, and is when
        a card of theirs is there."""
        said = set(self.ready[step.key])
        silent = step.kind is StepKind.WRITE
        said |= {c.by for c in self.cards_of(step.key) if not silent or self.people[c.by].written_for}
        if step.cards:
            given = Counter(card.by for card in self.cards_of(step.key))
            said |= {person for person, many in given.items() if many >= step.cards}
        said |= {person for person, cards in self.dots[step.key].items() if len(cards) >= step.dots}
        said |= set(self.said(step)) | set(self.gave[step.key])
        return len(said & {person.id for person in self.takes_part(step)})

    def turn_seconds(self, step: Played) -> float:
        turns = self.turns.get(step.key)
        return step.minutes * self.minute / max(1, len(turns.order) if turns else 1)
