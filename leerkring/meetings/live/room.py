"""What happens in a live room: acts in, state out. Every act is applied in the order in which the house wrote it
down, so the room is whatever its acts make of it: after a restart they are played again.

What nobody may be able to trace is in no act: it comes in by `Room.give`, and is kept apart from who gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leerkring.meetings.live.acts import OUT, Act, Impossible, Why
from leerkring.meetings.live.rules import Rules
from leerkring.meetings.live.steps import Played
from leerkring.meetings.live.things import (
    Agreed,
    Became,
    Captured,
    Card,
    Consent,
    Limited,
    Person,
    Pile,
    Timer,
    Turns,
    WouldTry,
)
from leerkring.meetings.workform import Role, StepKind

#: What one room holds: more is no meeting but an attack, or a mistake.
MOST_PEOPLE, MOST_CARDS, MOST_OF_ONE = 60, 1000, 60


class Room(Rules):
    """A state that changes by acts."""

    def apply(self, act: Act) -> None:
        """What the act does.

        Raises:
            Impossible: it cannot be done now; nothing changed.
        """
        at = max(act.at, self.now)  # a clock that was put back does not put the room back
        doing = getattr(self, f"_{act.kind.value}")
        doing(Act(act.number, act.kind, act.by, act.data, at))
        self.now, self.number = at, act.number

    # people

    def _join(self, act: Act) -> None:
        data = act.data
        if len(self.people) >= MOST_PEOPLE and data["person"] not in self.people:
            raise Impossible(Why.FULL)
        person = Person(
            data["person"], data["name"], data["member"], data["leads"], data["guest"], data["written_for"]
        )
        known = self.people.get(person.id)
        self.people[person.id] = person
        if known and not known.gone:
            return  # with a device now; what they do here and when their turn is stays as it was
        self._take_up(person.id, data)
        for key, turns in self.turns.items():
            step = self.steps[self.by_key[key]]
            waits = person.id not in turns.order and self.may_speak(person.id, step)
            if waits and self.by_key[key] == self.at:
                turns.order.append(person.id)

    def _link(self, act: Act) -> None:
        person = self._person(act.data["person"])
        data = act.data
        person.member, person.name, person.guest = data["member"], data["name"], data["guest"]
        person.leads = data.get("leads", person.leads)
        self._take_up(person.id, data)

    def _take_up(self, person: int, data: Mapping[str, Any]) -> None:
        """The roles of their turn, as far as nobody does them yet."""
        for role in data.get("roles", ()):
            self.roles.setdefault(Role(role), person)

    def _remove(self, act: Act) -> None:
        self._lead(act)
        person = self._person(act.data["person"])
        if person.leads and person.id != act.by:
            raise Impossible(Why.NOT_YOURS)
        person.gone = True
        self.roles = {role: who for role, who in self.roles.items() if who != person.id}

    def _role(self, act: Act) -> None:
        self._lead(act)
        role, who = Role(act.data["role"]), act.data["person"]
        if who is None:
            self.roles.pop(role, None)
        else:
            self.roles[role] = self._person(who).id

    # time

    def _stop_timer(self, at: float) -> None:
        self.timer.ran, self.timer.running_since = self.timer.spent(at), None

    def _leave_step(self, at: float) -> None:
        self._stop_timer(at)
        if step := self.step:
            self.spent[step.key] += self.timer.ran
            if step.hides:
                self.revealed.add(step.key)

    def _step(self, act: Act) -> None:
        self._lead(act)
        if act.data["was"] != self.at:
            raise Impossible(Why.OVERTAKEN)
        to = act.data["to"]
        if to >= len(self.steps) or to == self.at:
            raise Impossible(Why.NOT_NOW)
        self._leave_step(act.at)
        self.at = to
        step = self.steps[to]
        self.timer = Timer(allotted=step.minutes * self.minute, running_since=act.at)
        if step.kind is StepKind.ROUND:
            order = [p.id for p in self.present if self.may_speak(p.id, step)]
            self.turns[step.key] = Turns(order)

    def _pause(self, act: Act) -> None:
        self._lead(act, Role.TIMEKEEPER)
        if self.timer.running_since is None:
            raise Impossible(Why.OVERTAKEN)
        self._stop_timer(act.at)

    def _resume(self, act: Act) -> None:
        self._lead(act, Role.TIMEKEEPER)
        if self.step is None or self.timer.running_since is not None:
            raise Impossible(Why.OVERTAKEN)
        self.timer.running_since = act.at

    def _stretch(self, act: Act) -> None:
        self._lead(act, Role.TIMEKEEPER)
        if self.step is None:
            raise Impossible(Why.NOT_NOW)
        self.timer.allotted += act.data["minutes"] * self.minute

    def _reveal(self, act: Act) -> None:
        self._lead(act)
        self.revealed.add(self._begun(act.data["step"]).key)

    def _turn(self, act: Act) -> None:
        self._open()
        step = self._begun(act.data["step"], StepKind.ROUND)
        turns = self.turns.get(step.key)
        if turns is None:  # it was passed over
            raise Impossible(Why.NOT_NOW)
        if self.step is not step or act.data["was"] != turns.at:
            raise Impossible(Why.OVERTAKEN)
        if turns.now is None:
            raise Impossible(Why.NOT_NOW)
        if act.by != turns.now:
            self._lead(act, Role.TIMEKEEPER)
        turns.at, turns.ran = turns.at + 1, self.timer.spent(act.at)

    # what people give

    def _card(self, act: Act) -> None:
        person = self._whose(act)
        step = self._begun(act.data["step"])
        if step.anonymous or step.kind not in {StepKind.TALK, StepKind.WRITE, StepKind.ROUND, StepKind.ORDER}:
            raise Impossible(Why.NOT_NOW)
        if not self.may_write(person.id, step):
            raise Impossible(Why.LISTENS)
        own = sum(1 for card in self.cards_of(step.key) if card.by == person.id)
        if own >= (step.cards or MOST_OF_ONE) or len(self.cards) >= MOST_CARDS:
            raise Impossible(Why.ENOUGH)
        late = self.closed or self.step is not step
        out = act.data.get(OUT, False)
        self.cards[act.number] = Card(
            act.number, step.key, person.id, act.data["text"], act.at, None, False, late, out
        )
        if not late:  # everyone is asked again, each for themselves
            self.revealed -= {one.key for one in self.betters(step)}

    def _drop(self, act: Act) -> None:
        self._open()  # after the end it stands in the minutes
        card = self.cards.get(act.data["card"])
        if card is None or card.dropped:
            raise Impossible(Why.GONE)
        self._whose(Act(act.number, act.kind, act.by, {"for": card.by}, act.at))
        card.dropped = True

    def _away(self, act: Act) -> None:
        """What it said is out of the acts as well (`meetings.taking_out`): played again it was never there."""
        self._lead(act)
        if token := act.data["token"]:
            self._empty(token)
            return
        card = self.cards.get(act.data["card"] or 0)
        if card is None or card.dropped or card.away or not self.is_shown(card.step):
            raise Impossible(Why.GONE)
        card.text, card.out, card.away = "", True, True

    def _empty(self, token: int) -> None:
        """It stays known, without words: the same one again is nothing new. Those that are no one's come after the acts
        when a room is read, so here it may not be there yet."""
        for key, given in self.unsigned.items():
            step = self.steps[self.by_key[key]]
            if token in given and step.kind is StepKind.WRITE and self.is_shown(key):
                given[token] = ""

    def _ready(self, act: Act) -> None:
        person = self._person(act.by)
        step = self._begun(act.data["step"])
        (self.ready[step.key].add if act.data["ready"] else self.ready[step.key].discard)(person.id)

    def may_give(self, person: int, key: str) -> Played:
        """The step, when this person can still give something in it that nobody can tell is theirs.

        Raises:
            Impossible: they cannot.
        """
        self._person(person)
        step = self._begun(key)
        if not step.anonymous:
            raise Impossible(Why.NOT_NOW)
        if step.kind is StepKind.WRITE and not self.may_write(person, step):
            raise Impossible(Why.LISTENS)
        if self.closed:  # what was given is published or forgotten by then
            raise Impossible(Why.FORGOTTEN)
        if self.gave[key].get(person, 0) >= max(1, step.cards):
            raise Impossible(Why.ENOUGH)
        return step

    def give(self, person: int, key: str, token: int, text: str) -> bool:
        """Somebody gives something that nobody can tell is theirs. `token` is what the device knows it by; the same
        one again is nothing new. Whether it was new.

        Raises:
            Impossible: they cannot.
        """
        if token in self.unsigned.get(key, ()):
            return False
        self.may_give(person, key)
        self.gave[key][person] = self.gave[key].get(person, 0) + 1
        self.unsigned[key][token] = text
        return True

    def _on_cards(self, step: Played, ids: Iterable[int]) -> list[Card]:
        """Cards that everyone sees, of the step that this one works with, or of itself."""
        found = [self.cards.get(one) for one in ids]
        cards = [c for c in found if c and not c.dropped and c.step in {step.of, step.key}]
        if len(cards) != len(found) or any(not self.is_shown(card.step) for card in cards):
            raise Impossible(Why.GONE)
        return cards

    def _pile(self, act: Act) -> None:
        self._person(act.by)
        self._open()
        step = self._begun(act.data["step"], StepKind.ORDER)
        cards = self._on_cards(step, act.data["cards"])
        pile = Pile(act.number, step.key, act.data["name"])
        known = next(
            (p for p in self.piles.values() if p.step == step.key and p.name == pile.name and p.name), None
        )
        self.piles.setdefault((known or pile).id, known or pile)
        for card in cards:
            card.pile = (known or pile).id

    def _loose(self, act: Act) -> None:
        """Dots that were given go along with the card."""
        self._person(act.by)
        self._open()
        step = self._begun(act.data["step"], StepKind.ORDER)
        for card in self._on_cards(step, act.data["cards"]):
            card.pile = None

    def _dot(self, act: Act) -> None:
        person = self._whose(act)
        step = self._begun(act.data["step"], StepKind.DOTS)
        card = self._on_cards(step, [act.data["card"]])[0]
        if not act.data["on"]:
            self._open()  # a late dot is added; what was counted stands
        given = self.dots[step.key].setdefault(person.id, [])
        if act.data["on"]:
            if len(given) >= step.dots:
                raise Impossible(Why.ENOUGH)
            given.append(card.id)
        elif card.id in given:
            given.remove(card.id)
        elif act.data.get("heap") and (on_it := [c for c in given if self.heap(c) == self.heap(card.id)]):
            given.remove(on_it[-1])  # any of the pile, which the screen shows as one

    def _consent(self, act: Act) -> None:
        person = self._whose(act)
        step = self._begun(act.data["step"], StepKind.CONSENT)
        if person.id in self.said(step):
            self._open()  # a late answer is added; what was said stands
        said, reads = self.consents[step.key], self.reads(step)
        about = act.data.get("about")
        about = reads if about is None else about
        if (was := said.get(person.id)) and not was.yes and was.about != about:
            self.objected[step.key].append((person.id, was))
        late = self.closed or self.step is not step
        out = act.data.get(OUT, False)
        said[person.id] = Consent(act.data["yes"], act.data["text"], late, act.number, out, about)

    # the harvest

    def _insight(self, act: Act) -> None:
        person = self._whose(act)
        data = act.data
        if len(self.insights) >= MOST_CARDS:
            raise Impossible(Why.ENOUGH)
        of = self.people.get(
            data.get("of") or 0
        )  # who came by a name only cannot be asked whether they may be named
        self.insights[act.number] = Captured(
            act.number,
            person.id,
            data["kind"],
            data["what"],
            data["why"],
            data["practice"],
            self.at,
            out=data.get(OUT, False),
            of=of.id if of and of.member and not data.get("of_all") else None,
            of_all=data.get("of_all", False),
        )

    def _captured(self, act: Act) -> Captured:
        found = self.insights.get(act.data["insight"])
        # What was said at it before it was taken out, is marked as it is, and played again.
        if found is None or (found.out and not act.data.get(OUT)):
            raise Impossible(Why.GONE)
        return found

    def _limit(self, act: Act) -> None:
        person, found = self._whose(act), self._captured(act)
        if person.id == found.by:
            raise Impossible(Why.OWN)
        if len(found.limits) >= MOST_OF_ONE:
            raise Impossible(Why.ENOUGH)
        found.limits.append(Limited(act.number, person.id, act.data["text"], act.data.get(OUT, False)))

    def _try(self, act: Act) -> None:
        person, found = self._whose(act), self._captured(act)
        if person.id in found.tries:
            self._open()  # a late promise is added; what was promised stands
        found.tries[person.id] = WouldTry(act.number, act.data["on"])

    def _agreement(self, act: Act) -> None:
        author = self._person(act.by)
        if len(self.agreements) >= MOST_OF_ONE:
            raise Impossible(Why.ENOUGH)
        who, day = tuple(one for one in act.data["who"] if one in self.people), act.data["by"]
        self.agreements[act.number] = Agreed(act.number, act.data["what"], who, day, author.id, self.at)

    def _undo(self, act: Act) -> None:
        self._person(act.by)
        self._open()
        found = self.agreements.get(act.data["agreement"])
        if found is None or found.dropped:
            raise Impossible(Why.GONE)
        found.dropped = True

    def _settle(self, act: Act) -> None:
        agreement, became = act.data["agreement"], act.data["became"]
        known = self.became.get(agreement)
        if act.by is not None:
            person = self._person(act.by)
            if person.member is None or person.guest:
                raise Impossible(Why.NOT_YOURS)
            if known and known.by is None and known.what != "carried":
                raise Impossible(Why.OVERTAKEN)  # on the page it is over; there it can be opened again
        if all(agreement not in step.agreed for step in self.steps):
            raise Impossible(Why.GONE)
        if not became or known:
            self._open()  # a late one is added; what was said stands
        if became:
            self.became[agreement] = Became(act.number, became, act.by)
        else:
            self.became.pop(agreement, None)

    def _close(self, act: Act) -> None:
        if act.by is not None:
            self._lead(act)
        self._open()
        self._leave_step(act.at)
        self.closed = True
        self.revealed |= {step.key for step in self.steps if step.hides}
