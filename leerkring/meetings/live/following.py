"""What a meeting leaves when it is closed: its minutes, the insights and the agreements, who was there and how it was.

All of it is made in the transaction of the act that closes the room; what comes in later, from a phone that had been
away, is added in its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from leerkring.communities import thread
from leerkring.communities.happenings import MemberId, ThingId
from leerkring.communities.models import Membership
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight
from leerkring.meetings import pile_names, planning, taking_out
from leerkring.meetings.happenings import MeetingClosed, RoundHeld
from leerkring.meetings.live.acts import Act, Kind
from leerkring.meetings.live.desk import Desk
from leerkring.meetings.live.leaving import leave_exit_check
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.store import moment
from leerkring.meetings.live.things import Captured, Card
from leerkring.meetings.models import Agreement, Harvested, Live, Meeting, Note, Present, Stage, Unclaimed
from leerkring.meetings.models.held import CARRIED
from leerkring.meetings.workform import StepKind
from leerkring.ui.refusal import Refused

#: Acts by which something is added to what a meeting left.
_ADDS = frozenset(
    {
        Kind.CARD,
        Kind.DOT,
        Kind.CONSENT,
        Kind.INSIGHT,
        Kind.LIMIT,
        Kind.TRY,
        Kind.AGREEMENT,
        Kind.SETTLE,
        Kind.LINK,
    }
)


def follow(live: Live, desk: Desk, acts: list[Act]) -> None:
    """Called in the transaction of `acts`, which the room applied."""
    for act in acts:
        if act.kind is Kind.AWAY:
            taking_out.while_it_is_on(live.meeting_id, act, desk.room)
    if not desk.room.closed:
        return
    kinds = {act.kind for act in acts}
    if Kind.CLOSE in kinds:
        _Leaving(live, desk.room).close(next(act for act in acts if act.kind is Kind.CLOSE))
    elif kinds & _ADDS:
        live.meeting.community.touch()
        leaving = _Leaving(live, desk.room)
        leaving.add()
        leaving.settle([act.number for act in acts], live.meeting.closed_at)


class _Leaving:
    """One meeting and its room, while what it leaves is written."""

    def __init__(self, live: Live, room: Room) -> None:
        self.live, self.room, self.meeting = live, room, live.meeting
        self.community = live.meeting.community

    @cached_property
    def members(self) -> Mapping[int, Membership]:
        """By participant. Somebody who is in the room twice is there once."""
        of = {p.id: p.member for p in self.room.people.values() if p.member is not None}
        # Who was erased while it was on was there, as somebody without a name.
        known = Membership.objects.select_related("user").filter(user__isnull=False)
        found = known.in_bulk(list(of.values()))
        for member in found.values():
            member.community = self.community
        return {person: found[member] for person, member in of.items() if member in found}

    def close(self, act: Act) -> None:
        at = moment(act.at)
        self.community.touch()
        # What is carried over is, to a meeting that is still on.
        self.settle([became.number for became in self.room.became.values()], at)
        self.meeting.state, self.meeting.closed_at = Meeting.State.CLOSED, at
        self.meeting.save(update_fields=["state", "closed_at"])
        self._stages()
        self._present()
        self._unsigned()
        self.add()
        leave_exit_check(self.live, self.room)
        self._record(act)
        planning.ask_no_more(self.meeting, *planning.ASKS)
        planning.tell(self.meeting, "meeting.minutes", by=None, at=at)

    def add(self) -> None:
        """Whatever is not there yet."""
        self._notes()
        for captured in self.room.insights.values():
            self._insight(captured)
        self._unclaimed()
        self._agreements()

    # -- the minutes ---------------------------------------------------------------------------------

    def _stages(self) -> None:
        rows = []
        for place, step in enumerate(self.room.steps):
            seconds = round(self.room.spent[step.key] * 60 / self.room.minute)
            said = step.words("nl")
            rows.append(
                Stage(
                    meeting=self.meeting,
                    position=place,
                    kind=step.kind,
                    key=step.key,
                    of=step.of,
                    title=said.title[:200],
                    prompt=said.prompt[:400],
                    minutes=step.minutes,
                    seconds=seconds,
                    content=step.content,
                    workform=step.workform,
                )
            )
        Stage.objects.bulk_create(rows)

    def _present(self) -> None:
        Present.objects.bulk_create(
            Present(
                meeting=self.meeting,
                member=self.members.get(person.id),
                participant_id=person.id,
                name=person.name,
                roles=sorted(self.room.roles_of(person.id)),
            )
            for person in self.room.present
        )

    @cached_property
    def _stage(self) -> Mapping[int, Stage]:
        """By the place of its step."""
        return {stage.position: stage for stage in Stage.objects.filter(meeting=self.meeting)}

    def _unsigned(self) -> None:
        """Cards without a name, in the order of what is random. Once: the room forgets them after this."""
        Note.objects.bulk_create(
            Note(stage=self._stage[place], text=text, out=not text)
            for place, step in enumerate(self.room.steps)
            if step.anonymous and step.kind is StepKind.WRITE
            for _token, text in sorted(self.room.unsigned.get(step.key, {}).items())
        )

    def _notes(self) -> None:
        """All with a name anew: a phone that was away may have brought dots for what stands there already."""
        rows = []
        signed = [(self._stage[n], step) for n, step in enumerate(self.room.steps) if not step.anonymous]
        for stage, step in signed:
            dots, cards = self._dots_on(step.key), self.room.laid_in(step.key)
            names = self._names(cards)
            for card in cards:
                rows.append(
                    Note(
                        stage=stage,
                        by=None if card.out else self._there.get(card.by),
                        text=card.text,
                        pile=names[card.pile] if card.pile else "",
                        dots=dots.pop(self.room.heap(card.id), 0),
                        late=card.late,
                        number=card.id,
                        out=card.out,
                    )
                )
            if said := self.room.consents.get(step.key):
                now = self.room.said(step)
                stage.yes = sum(1 for one in now.values() if one.yes)
                stage.save(update_fields=["yes"])
                before = [(who, one, True) for who, one in self.room.objected[step.key]]
                rows += [
                    Note(
                        stage=stage,
                        by=None if one.out else self._there.get(who),
                        text="" if one.out else one.text or "–",
                        objection=True,
                        lapsed=lapsed,
                        late=one.late,
                        number=one.number,
                        out=one.out,
                    )
                    for who, one, lapsed in (
                        *before,
                        *((who, one, who not in now) for who, one in said.items()),
                    )
                    if not one.yes
                ]
        Note.objects.filter(stage__in=[stage for stage, _step in signed]).delete()
        Note.objects.bulk_create(rows)

    def _names(self, cards: Iterable[Card]) -> Mapping[int, str]:
        """By pile. One without a name is numbered: the minutes know a pile by its name, and its dots are for all of
        it."""
        piles = dict.fromkeys(card.pile for card in cards if card.pile)
        nameless = [pile for pile in piles if not self.room.piles[pile].name]
        return {pile: self.room.piles[pile].name for pile in piles} | {
            pile: pile_names.numbered(place) for place, pile in enumerate(nameless, 1)
        }

    @cached_property
    def _there(self) -> Mapping[int, Present]:
        """By participant, as the minutes name them; who was taken out is not in these."""
        rows = Present.objects.filter(meeting=self.meeting)
        return {row.participant_id: row for row in rows if row.participant_id}

    def _dots_on(self, cards: str) -> Counter[int]:
        """By pile or loose card of this step; those of a pile stand at the first of its cards."""
        counts: Counter[int] = Counter()
        for step in self.room.steps:
            if step.of == cards:
                counts.update(self.room.counted(step.key))
        return counts

    # -- what goes on -------------------------------------------------------------------------------

    def _made(self, number: int, kind: str) -> int | None:
        return self._harvested.get((number, kind))

    @cached_property
    def _harvested(self) -> dict[tuple[int, str], int]:
        rows = Harvested.objects.filter(meeting=self.meeting)
        return {
            (number, kind): thing
            for number, kind, thing in rows.values_list("number", "thing_kind", "thing_id")
        }

    def _note(self, number: int, kind: str, thing: int) -> None:
        Harvested.objects.create(meeting=self.meeting, number=number, thing_kind=kind, thing_id=thing)
        self._harvested[number, kind] = thing

    def _insight(self, captured: Captured) -> None:
        author = self.members.get(captured.by)
        if author is None or captured.out:
            return  # Said by who came by name only: it is unclaimed until they are known.
        made = self._made(captured.id, "insight")
        if made is None:
            insight = Insight.capture(
                by=author,
                kind=Tacit(captured.kind),
                what=captured.what,
                why=captured.why,
                practice=captured.practice,
                of=self.members.get(captured.of or 0),
                of_all=captured.of_all,
                goal=self.meeting.goal,
                follows=self._as_thing(author),
                meeting=self.meeting.pk,
                untold=list(self.members.values()),
                at=self.meeting.closed_at,
            )
            self._note(captured.id, "insight", insight.pk)
        else:
            found = Insight.objects.there().select_related("author", "goal").filter(pk=made).first()
            if found is None:
                return
            insight = found
            insight.community = self.community
        self._said_of(insight, captured)

    def _said_of(self, insight: Insight, captured: Captured) -> None:
        """What colleagues wrote at it, and who tries it: each once, for what was taken back since stays so. One that
        cannot be kept does not stop the others."""
        at = self.meeting.closed_at
        for limit in captured.limits:
            if limit.out or self._made(limit.number, "limit"):
                continue
            if by := self.members.get(limit.by):
                with suppress(Refused, ValidationError):
                    self._note(limit.number, "limit", insight.limit(by=by, text=limit.text, at=at).pk)
        for person, (number, on) in captured.tries.items():
            if (by := self.members.get(person)) and on and not self._made(number, "trying"):
                with suppress(Refused, ValidationError):
                    trying = insight.try_out(by=by, on=date.fromisoformat(on), at=at)
                    self._note(number, "trying", trying.pk)

    def _unclaimed(self) -> None:
        """What is of no account, all anew: who came by name may be known since, and then it is theirs."""
        rows = []
        for captured in self.room.insights.values():
            nobodys = captured.by not in self.members or captured.out
            if nobodys:
                said: dict[str, Any] = {
                    "text": captured.what,
                    "why": captured.why,
                    "practice": captured.practice,
                }
                said |= {"of_all": captured.of_all and not captured.out, "out": captured.out}
                rows.append(self._said(captured, captured.id, captured.by, **said))
            for limit in captured.limits:
                if nobodys or limit.out or limit.by not in self.members:
                    rows.append(self._said(captured, limit.number, limit.by, text=limit.text, out=limit.out))
            for person, (number, on) in captured.tries.items():
                if on and not captured.out and (nobodys or person not in self.members):
                    rows.append(self._said(captured, number, person, on=date.fromisoformat(on)))
        Unclaimed.objects.filter(meeting=self.meeting).delete()
        Unclaimed.objects.bulk_create(rows)

    def _said(self, captured: Captured, number: int, person: int, **said: Any) -> Unclaimed:
        by = None if said.get("out") else self._there.get(person)
        return Unclaimed(meeting=self.meeting, number=number, insight=captured.id, by=by, **said)

    def _as_thing(self, reader: Membership) -> thread.Thing | None:
        return thread.find(reader.user, f"meeting:{self.meeting.pk}") if reader.user else None

    def _agreements(self) -> None:
        for agreed in self.room.agreements.values():
            if agreed.dropped or self._made(agreed.id, "agreement"):
                continue
            who = [self.members[person] for person in agreed.who if person in self.members]
            others = [self.room.people[person].name for person in agreed.who if person not in self.members]
            made = Agreement.make(
                self.community,
                what=agreed.what,
                who=who,
                others=", ".join(others),
                day=date.fromisoformat(agreed.by) if agreed.by else None,
                meeting=self.meeting,
                at=self.meeting.closed_at,
            )
            self._note(agreed.id, "agreement", made.pk)

    def settle(self, acts: Collection[int], at: datetime | None) -> None:
        """What became of earlier agreements, as far as these acts said so. One that somebody settled on a page
        meanwhile stays as it is there. What is carried over late stands open, and so is looked at the next time."""
        said = {pk: became for pk, became in self.room.became.items() if became.number in acts}
        there = Agreement.objects.filter(community=self.community).in_bulk(list(said))
        for pk, (number, became, by) in said.items():
            member = self.members.get(by or 0)
            if (agreement := there.get(pk)) is None:
                continue
            if by is None and became == "carried":
                self._note(number, CARRIED, pk)  # on a page; of these minutes it is all the same
            if member is None:
                continue
            agreement.community = self.community
            with suppress(Refused):
                if became == "carried":
                    agreement.take_along(self.meeting, by=member)
                    self._note(number, CARRIED, pk)
                else:
                    agreement.close(kept=became == "kept", by=member, at=at)

    # -- the log -------------------------------------------------------------------------------------

    def _record(self, act: Act) -> None:
        room, at = self.room, moment(act.at)
        # Who was taken out was not there.
        here = {self.members[person.id] for person in room.present if person.id in self.members}
        present = [member for member in here if member.is_current]
        guests = sum(1 for person in room.present if person.guest)
        there = tuple(MemberId(m.pk) for m in sorted(present, key=lambda m: m.pk) if m.role != "guest")
        spent: dict[bool | None, float] = {True: 0.0, False: 0.0, None: 0.0}
        for step in room.steps:
            spent[step.content] += room.spent[step.key] / room.minute
        total, agenda = sum(spent.values()), spent[True] + spent[False]
        meeting = self.meeting
        happened = MeetingClosed(
            actor=None,
            about=ThingId(meeting.pk),
            present=there,
            invited=max(
                len(there), Membership.objects.people().voters().filter(community=self.community).count()
            ),
            guests=guests,
            minutes_total=round(total),
            minutes_content=round(total * spent[True] / agenda) if agenda else 0,
            workform=any(step.workform and room.spent[step.key] for step in room.steps),
            question=bool(meeting.question.strip()),
            material=meeting.material,
            network=self.community.network_id is not None,
            goal=ThingId(meeting.goal_id) if meeting.goal_id else None,
        )
        self.community.record(happened, at=at)
        for key, turns in room.turns.items():
            spoke = {member.pk for person in turns.spoke if (member := self.members.get(person)) in here}
            if len(spoke) > 1 and room.spent[key]:
                said = RoundHeld(
                    actor=None, about=ThingId(meeting.pk), spoke=tuple(MemberId(pk) for pk in sorted(spoke))
                )
                self.community.record(said, at=at)
