"""Taking something out of the minutes that does not belong there, as the name of a pupil: by who wrote it, or who led
the meeting. Of what it said nothing is kept, in the acts of the room neither; that something was taken out is read.

Why so: docs/decisions/0065-taken-out.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.communities.models import Membership
from leerkring.jobs.vanished import note_vanished
from leerkring.meetings import pile_names
from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import OUT, Act, Kind
from leerkring.meetings.live.leaving import wipe_at_night
from leerkring.meetings.live.room import Room
from leerkring.meetings.live_vanishing import WORDS
from leerkring.meetings.models import (
    Correction,
    Live,
    LiveAct,
    Meeting,
    Note,
    Present,
    Unclaimed,
    Unsigned,
)
from leerkring.meetings.workform import Role

#: The kind in the list of what vanished; a reference is `what:meeting:number`.
VANISHED = "minutes"
_AT_INSIGHT = frozenset({Kind.LIMIT, Kind.TRY})


class What(StrEnum):
    """What a text in the minutes is, as its address says it. It is known by the number of the act that gave it, or by
    its own id where there is none; a pile by the act of its first card."""

    SAID = "gezegd"
    CARD = "kaart"
    PILE = "stapel"
    ADDED = "aanvulling"
    #: While a meeting is on: a card that is no one's, known by its token.
    UNSIGNED = "zonder-naam"


@dataclass(frozen=True)
class Text:
    """`part`: where in the minutes it stands."""

    what: What
    number: int
    text: str
    by: str
    part: str | Promise


def texts(meeting: Meeting, reader: Membership) -> list[Text]:
    """What `reader` may take out of the minutes, in the order in which they are read."""
    if meeting.state != Meeting.State.CLOSED:
        return []
    leads = _led(meeting, reader)
    return [
        *_known(meeting, reader, leads),
        *_in_steps(meeting, reader, leads),
        *_added(meeting, reader, leads),
    ]


def _led(meeting: Meeting, member: Membership) -> bool:
    """Facilitates the group, or led this meeting by turn."""
    roles = Present.objects.filter(meeting=meeting, member=member).values_list("roles", flat=True)
    return member.may_lead or any(Role.FACILITATOR in each for each in roles)


def _is_of(said: Note | Unclaimed, member: Membership) -> bool:
    return said.by is not None and said.by.member_id == member.pk


def _known(meeting: Meeting, reader: Membership, leads: bool) -> Iterator[Text]:
    rows = Unclaimed.objects.filter(meeting=meeting, on=None, out=False)
    for row in rows.select_related("by__member__user"):
        if leads or _is_of(row, reader):
            text = "\n".join(filter(None, (row.text, row.why, row.practice)))
            yield Text(What.SAID, row.number, text, str(row.by or ""), gettext_lazy("Wat weten we nu?"))


def _in_steps(meeting: Meeting, reader: Membership, leads: bool) -> Iterator[Text]:
    notes = Note.objects.filter(stage__meeting=meeting, out=False).order_by("stage__position", "pk")
    piles: set[tuple[int, str]] = set()
    for note in notes.select_related("stage", "by__member__user"):
        pile = (note.stage_id, note.pile)
        if leads and note.number and pile not in piles and pile_names.is_given(note.pile):
            piles.add(pile)
            part = _("%(step)s, naam van een stapel") % {"step": note.stage.title}
            yield Text(What.PILE, note.number, note.pile, "", part)
        if leads or _is_of(note, reader):
            what, number = (What.SAID, note.number) if note.number else (What.CARD, note.pk)
            yield Text(what, number, note.text, str(note.by or ""), note.stage.title)


def _added(meeting: Meeting, reader: Membership, leads: bool) -> Iterator[Text]:
    for one in Correction.objects.filter(meeting=meeting, out=False).select_related("by__user"):
        if leads or one.by_id == reader.pk:
            yield Text(What.ADDED, one.pk, one.text, str(one.by), gettext_lazy("Aangevuld"))


@transaction.atomic
def take_out(meeting: Meeting, text: Text) -> None:
    """For good, and for everyone; `text` is one of those that the reader may take out. Twice is once."""
    going = _Going(meeting.pk)  # the room first, as who writes in one does
    meeting.hold()
    for what, number in going.go(text.what, text.number):
        note_vanished(VANISHED, f"{what}:{meeting.pk}:{number}")
    wipe_at_night()


def while_it_is_on(meeting: int, act: Act, room: Room) -> None:
    """A card that who leads took away in the room, in the transaction of that act: its words go from the act that gave
    it, and no backup of before brings them back."""
    going = _Going(meeting)
    if token := act.data["token"]:
        gone = going.go(What.UNSIGNED, token)
    else:
        gone = going.go(What.SAID, act.data["card"])
        if _lies_alone(room, act.data["card"]):
            gone += going.go(What.PILE, act.data["card"])
    for what, number in gone:
        note_vanished(VANISHED, f"{what}:{meeting}:{number}")
    wipe_at_night()


def _lies_alone(room: Room, card: int) -> bool:
    """Whether nothing else is left under the name of the pile in which it lies."""
    pile = room.cards[card].pile
    if not pile or not pile_names.is_given(room.piles[pile].name):
        return False
    return not any(each.pile == pile and not (each.out or each.dropped) for each in room.cards.values())


def go_again(reference: str) -> None:
    """After a restore."""
    what, meeting, number = reference.split(":")
    _Going(int(meeting)).go(What(what), int(number))


@dataclass(frozen=True)
class _Pile:
    """What a pile is in the minutes, where it is known by its name, and in the room."""

    name: str
    notes: QuerySet[Note]
    acts: list[LiveAct]


class _Going:
    """Taking something out of one meeting, of which the room is held."""

    def __init__(self, meeting: int) -> None:
        self.meeting, self.notes = meeting, Note.objects.filter(stage__meeting=meeting)
        self._rooms = store.hold(Live.objects.filter(meeting=meeting).values_list("pk", flat=True))
        self._changed: dict[int, LiveAct] = {}

    def go(self, what: What, number: int) -> list[tuple[What, int]]:
        """What is gone: also the name of a pile, with the last of its cards."""
        store.overwrite_what_goes()
        gone = [(what, number)]
        if what is What.ADDED:
            Correction.objects.filter(meeting=self.meeting, pk=number).update(text="", by=None, out=True)
        elif what is What.CARD:
            _empty(self.notes.filter(pk=number))
        elif what is What.UNSIGNED:
            Unsigned.objects.filter(live__in=self._rooms, token=number).update(text="")
        elif what is What.PILE:
            if pile := self._pile_of(number):
                self._unname(pile)
        elif self._said(number):
            gone.append((What.PILE, number))
        if self._changed:
            LiveAct.objects.bulk_update(self._changed.values(), ["data"], batch_size=100)
            for room in self._rooms:
                hub.rewritten(room)
        return gone

    @cached_property
    def _acts(self) -> list[LiveAct]:
        """They are there until a week after the end."""
        return list(LiveAct.objects.filter(live__in=self._rooms).order_by("number"))

    def _of(self, kind: Kind) -> list[LiveAct]:
        return [act for act in self._acts if act.kind == kind]

    def _rewrite(self, act: LiveAct, said: dict[str, Any]) -> None:
        act.data |= said
        self._changed[act.pk] = act

    def _said(self, number: int) -> bool:
        """A card, an objection, an insight that is nobody's with all that was said at it, or what was said at one.
        Whether a pile lost its name with it."""
        for act in self._acts:
            if act.number == number or (act.kind in _AT_INSIGHT and act.data["insight"] == number):
                self._blank(act)
        blank = {act.number for act in self._changed.values()}
        for note in self.notes.filter(number=number, objection=True).exclude(by=None):
            # Of what the same person said before, the acts go after a week.
            _empty(self.notes.filter(stage=note.stage_id, objection=True, by=note.by_id))
        _empty(self.notes.filter(number__in={number, *blank}))
        said = Unclaimed.objects.filter(Q(number=number) | Q(insight=number), meeting=self.meeting)
        said.exclude(on=None).delete()
        said.update(text="", why="", practice="", of_all=False, by=None, out=True)
        pile = self._pile_of(number)
        under = set(pile.notes.values_list("out", flat=True)) if pile else set()
        if pile and under == {True}:
            self._unname(pile)  # nothing lies under that name any more
            return True
        return False

    def _blank(self, act: LiveAct) -> None:
        """Of an objection also what the same person said before it in that step."""
        same = [act]
        if act.kind == Kind.CONSENT:
            same = [other for other in self._of(Kind.CONSENT) if _whose(other) == _whose(act)]
        for each in same:
            self._rewrite(each, dict.fromkeys(WORDS & each.data.keys(), "") | {OUT: True})

    def _pile_of(self, card: int) -> _Pile | None:
        """The pile in which this card lies, when somebody gave it a name; another step can have one of that name."""
        lay, given = self.notes.filter(number=card).first(), self._of(Kind.PILE)
        if lay:
            name, beside = lay.pile, self.notes.filter(stage=lay.stage_id, pile=lay.pile)
        else:  # a backup of while the meeting was on knows no notes yet
            on = [act.data["name"] for act in given if card in act.data["cards"]]
            name, beside = on[-1] if on else "", self.notes.none()
        if not pile_names.is_given(name):
            return None
        named = [act for act in given if act.data["name"] == name]
        cards = {card, *beside.values_list("number", flat=True)}
        steps = {act.data["step"] for act in named if cards & set(act.data["cards"])}
        acts = [act for act in named if act.data["step"] in steps]
        # Cards of two steps can lie in one pile.
        cards = cards.union(*(act.data["cards"] for act in acts))
        return _Pile(name, self.notes.filter(pile=name, number__in=cards), acts)

    def _unname(self, pile: _Pile) -> None:
        in_room = [act.data["name"] for act in self._of(Kind.PILE)]
        without = pile_names.without_name({*self.notes.values_list("pile", flat=True), *in_room})
        pile.notes.update(pile=without)
        for act in pile.acts:
            self._rewrite(act, {"name": without})


def _empty(notes: QuerySet[Note]) -> None:
    """The dots stay: those of a pile stand at the first of its cards."""
    notes.update(text="", by=None, out=True)


def _whose(act: LiveAct) -> tuple[Any, int | None]:
    return act.data["step"], act.data["for"] or act.by_id
