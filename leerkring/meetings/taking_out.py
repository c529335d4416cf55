"""Taking something out of the minutes that does not belong there, as the name of a pupil: by who wrote it, or who led
the meeting. Of what it said nothing is kept, in the acts of the room neither; that something was taken out is read.

Why so: docs/decisions/0065-taken-out.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.communities.models import Membership
from leerkring.jobs.vanished import note_vanished
from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import OUT, Kind
from leerkring.meetings.live.leaving import wipe_at_night
from leerkring.meetings.live_vanishing import WORDS
from leerkring.meetings.models import Correction, Live, LiveAct, Meeting, Note, Present, Unclaimed
from leerkring.meetings.workform import Role
from leerkring.ui.refusal import Refused

#: The kind in the list of what vanished; a reference is `what:meeting:number`.
VANISHED = "minutes"
#: What a pile is called of which the name was taken out; the minutes know a pile by its name, so a second one is (2).
NO_NAME = "naam eruit gehaald"
#: The name that the house gives to a pile without one, or whose name was taken out.
_OF_THE_HOUSE = re.compile(rf"stapel \d+|{NO_NAME}( \(\d+\))?")


class What(StrEnum):
    """What a text in the minutes is, as its address says it. It is known by the number of the act that gave it, or by
    its own id where there is none; a pile by the act of its first card."""

    SAID = "gezegd"
    CARD = "kaart"
    PILE = "stapel"
    ADDED = "aanvulling"


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
        if (
            leads
            and note.number
            and note.pile
            and pile not in piles
            and not _OF_THE_HOUSE.fullmatch(note.pile)
        ):
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
def take_out(meeting: Meeting, text: Text, *, by: Membership) -> None:
    """For good, and for everyone."""
    store.hold(
        Live.objects.filter(meeting=meeting).values_list("pk", flat=True)
    )  # first, as who writes in a room does
    meeting.hold()
    if text not in texts(meeting, by):
        raise Refused(_("Dit stond er al niet meer in."))
    _go(meeting.pk, text.what, text.number)
    note_vanished(VANISHED, f"{text.what}:{meeting.pk}:{text.number}")
    wipe_at_night()


def go_again(reference: str) -> None:
    """After a restore."""
    what, meeting, number = reference.split(":")
    _go(int(meeting), What(what), int(number))


def _go(meeting: int, what: What, number: int) -> None:
    store.overwrite_what_goes()
    notes = Note.objects.filter(stage__meeting=meeting)
    if what is What.ADDED:
        Correction.objects.filter(meeting=meeting, pk=number).update(text="", out=True)
    elif what is What.CARD:
        _empty(notes.filter(pk=number))
    elif what is What.PILE:
        _unname(meeting, number)
    else:
        _said(meeting, number)


def _empty(notes: QuerySet[Note]) -> None:
    """The dots stay: those of a pile stand at the first of its cards."""
    notes.update(text="", by=None, out=True)


def _said(meeting: int, number: int) -> None:
    """A card, an objection, an insight that is nobody's with all that was said at it, or what was said at one."""
    about = [act.number for act in _acts(meeting, Kind.LIMIT) if act.data["insight"] == number]
    _blank([act for act in _acts(meeting) if act.number in {number, *about}])
    notes = Note.objects.filter(stage__meeting=meeting)
    _empty(notes.filter(number=number))
    lay = notes.filter(number=number).exclude(pile="").first()
    if lay and not notes.filter(stage=lay.stage_id, pile=lay.pile, out=False).exists():
        _unname(meeting, number)  # nothing lies under that name any more
    said = Unclaimed.objects.filter(Q(number=number) | Q(insight=number), meeting=meeting)
    said.exclude(on=None).delete()
    said.update(text="", why="", practice="", by=None, out=True)


def _acts(meeting: int, *kinds: Kind) -> list[LiveAct]:
    """They are there until a week after the end."""
    found = LiveAct.objects.filter(live__meeting=meeting)
    return list(found.filter(kind__in=kinds) if kinds else found)


def _blank(acts: Collection[LiveAct]) -> None:
    """Of an objection also what the same person said before it in that step."""
    for act in acts:
        same = [act]
        if act.kind == Kind.CONSENT:
            same = [
                other for other in _acts(act.live.meeting_id, Kind.CONSENT) if _whose(other) == _whose(act)
            ]
        for each in same:
            _rewrite(each, dict.fromkeys(WORDS & each.data.keys(), "") | {OUT: True})


def _whose(act: LiveAct) -> tuple[Any, int | None]:
    return act.data["step"], act.data["for"] or act.by_id


def _rewrite(act: LiveAct, said: dict[str, Any]) -> None:
    LiveAct.objects.filter(pk=act.pk).update(data=act.data | said)
    hub.rewritten(act.live_id)


def _unname(meeting: int, card: int) -> None:
    """The pile in which this card lies loses its name, wherever it was given."""
    notes, acts = Note.objects.filter(stage__meeting=meeting), _acts(meeting, Kind.PILE)
    names = set(notes.filter(number=card).exclude(pile="").values_list("pile", flat=True))
    # A backup of while the meeting was on knows no notes yet.
    names = names or {act.data["name"] for act in acts if card in act.data["cards"] and act.data["name"]}
    taken = {*notes.values_list("pile", flat=True), *(act.data["name"] for act in acts)}
    for name in sorted(names):
        without = next(one for one in _nameless() if one not in taken)
        taken.add(without)
        notes.filter(pile=name).update(pile=without)
        for act in acts:
            if act.data["name"] == name:
                _rewrite(act, {"name": without})


def _nameless() -> Iterator[str]:
    yield NO_NAME
    number = 1
    while True:
        number += 1
        yield f"{NO_NAME} ({number})"
