"""Who may do something in a live room now, and for whom: what every act is held to before `room` does it."""

from __future__ import annotations

from leerkring.meetings.live.acts import Act, Impossible, Kind, Why
from leerkring.meetings.live.state import State
from leerkring.meetings.live.steps import Played
from leerkring.meetings.live.things import Person
from leerkring.meetings.workform import Role, StepKind


class Rules(State):
    """Each raises `Impossible` where it cannot be."""

    def _person(self, id_: int | None) -> Person:
        person = self.people.get(id_ or 0)
        if person is None or person.gone:
            raise Impossible(Why.GONE)
        return person

    def _open(self) -> None:
        if self.closed:
            raise Impossible(Why.CLOSED)

    def _lead(self, act: Act, *also: Role) -> Person:
        """Who steers."""
        self._open()
        person = self._person(act.by)
        if not self.leads(person.id, *also):
            raise Impossible(Why.NOT_YOURS)
        return person

    def _whose(self, act: Act) -> Person:
        """Who gives it: oneself, or who has no device, written down by who leads or keeps the notes."""
        person = self._person(act.by)
        for_ = act.data.get("for")
        if for_ is None or for_ == person.id:
            return person
        if not self.leads(person.id, Role.SCRIBE):
            raise Impossible(Why.NOT_YOURS)
        other = self._person(for_)
        if not other.written_for:
            raise Impossible(Why.NOT_YOURS)
        return other

    def allow(self, act: Act) -> None:
        """What is asked of an act when it is taken in, and was not always: what was taken in before that, is played as
        it was held."""
        if act.kind is Kind.UNDO:
            agreed = self.agreements.get(act.data["agreement"])
            if agreed and not self.may_undo(self._person(act.by).id, agreed):
                raise Impossible(Why.NOT_YOURS)

    def _begun(self, key: str, *kinds: StepKind) -> Played:
        """A step that is on or has been; a phone that was away still gives what was written then."""
        place = self.by_key.get(key)
        if place is None or place > self.at:
            raise Impossible(Why.NOT_NOW)
        step = self.steps[place]
        if kinds and step.kind not in kinds:
            raise Impossible(Why.NOT_NOW)
        return step
