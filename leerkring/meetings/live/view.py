"""Who sees what of a live room, as keys and values that a screen keeps.

`common` is what everyone may see, the board too; `own` is what only that person may. A screen that has an older
picture gets the keys that changed, and those that are gone.
"""

from __future__ import annotations

from typing import Any

from leerkring.insights.scaffolds import reason
from leerkring.meetings.live.room import Room
from leerkring.meetings.live.steps import Played
from leerkring.meetings.live.things import Became, Captured, Card, Consent, Person
from leerkring.meetings.workform import StepKind

Picture = dict[str, Any]
#: Begins the keys of what became of agreements of earlier meetings.
_BECAME = "became:"


def common(room: Room) -> Picture:
    """What everyone may see. Moments are seconds since 1970."""
    picture: Picture = {"room": _room(room), "people": [_person(room, p) for p in room.present]}
    if step := room.step:
        picture["step"] = _step(room, step)
        if turns := room.turns.get(step.key):
            picture["turns"] = {
                "place": turns.at,
                "now": turns.now,
                "next": turns.order[turns.at + 1 :],
                "seconds": room.turn_seconds(step),
                "ran": turns.ran,
            }
        if against := room.objections(step):
            picture["objections"] = [_objection(who, one) for who, one in against]
    picture |= {f"card:{card.id}": _card(card) for card in room.cards.values() if _is_seen(room, card)}
    picture |= {f"pile:{p.id}": {"step": p.step, "name": p.name} for p in room.piles.values()}
    for key, given in room.unsigned.items():
        if room.is_shown(key) and room.steps[room.by_key[key]].kind is StepKind.WRITE:
            # By the device's token, which is random: not in the order in which they came.
            for token, text in sorted(given.items()):
                if text:  # one that was taken away has none
                    picture[f"unsigned:{key}:{token}"] = {"step": key, "text": text}
    for key in room.revealed:
        picture |= _votes(room, key)
    picture |= {f"insight:{one.id}": _insight(one) for one in room.insights.values() if not one.out}
    return picture | {
        f"agreement:{one.id}": {
            "what": one.what,
            "names": [room.people[who].name for who in one.who if who in room.people],
            "by": one.by,
            "at": one.step,
        }
        for one in room.agreements.values()
        if not one.dropped
    }


def own(room: Room, person: int) -> Picture:
    """What only this person may see: what they gave that is not revealed yet, and what they may do."""
    me = room.people.get(person)
    if me is None or me.gone:
        return {"me": {"gone": True}}
    step = room.step
    picture: Picture = {
        "me": {
            "id": me.id,
            "leads": me.leads or "facilitator" in room.roles_of(me.id),
            "roles": sorted(room.roles_of(me.id)),
            "writes": bool(step and room.may_write(me.id, step)),
            "speaks": bool(step and room.may_speak(me.id, step)),
            "ready": bool(step and me.id in room.ready[step.key]),
        }
    }
    # Who writes for people without a device sees what was given for them.
    mine = {me.id} | {p.id for p in room.present if p.written_for and _writes_for(room, me)}
    for card in room.cards.values():
        if card.by in mine and not (card.dropped or card.out or _is_seen(room, card)):
            picture[f"card:{card.id}"] = _card(card)
        if card.away and card.by == me.id:
            picture[f"away:{card.id}"] = {"step": card.step}
    # Out of whose practice it is, only they are told: they are not asked to try what they do already.
    picture |= {f"of-me:{one.id}": True for one in room.insights.values() if one.of == me.id and not one.out}
    theirs = [one for one in room.agreements.values() if not one.dropped and room.may_undo(me.id, one)]
    picture |= {f"may-undo:{one.id}": True for one in theirs}
    for place in range(room.at + 1):
        step = room.steps[place]
        if step.anonymous:
            picture[f"my-given:{step.key}"] = room.gave[step.key].get(me.id, 0)
        for person_id in mine:
            picture |= _own_votes(room, step, person_id)
    if me.member is not None:  # what was agreed before is of the group, as its words are (`words.setting`)
        picture |= {f"{_BECAME}{pk}": _became(became) for pk, became in room.became.items()}
    return picture


def on_board(own: Picture) -> Picture:
    """What the board of this person shows beside what everyone may see."""
    return {key: value for key, value in own.items() if key.startswith(_BECAME)}


def _writes_for(room: Room, person: Person) -> bool:
    return person.leads or bool(room.roles_of(person.id) & {"facilitator", "scribe"})


def _is_seen(room: Room, card: Card) -> bool:
    return not card.dropped and not card.out and room.is_shown(card.step)


def _room(room: Room) -> Picture:
    return {"at": room.at, "closed": room.closed}


def _person(room: Room, person: Person) -> Picture:
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(room.roles_of(person.id)),
        "member": person.member is not None,
        "written_for": person.written_for,
        "writes": bool(room.step and room.may_write(person.id, room.step)),
    }


def _step(room: Room, step: Played) -> Picture:
    timer = room.timer
    return {
        "key": step.key,
        "shown": room.is_shown(step.key),
        "asked": len(room.takes_part(step)),
        "done": room.done(step),
        "allotted": timer.allotted,
        "ran": timer.ran,
        "since": timer.running_since,
    }


def _became(became: Became) -> Picture:
    """`elsewhere`: it is so already, and cannot be said otherwise here."""
    over = became.by is None and became.what != "carried"
    return {"what": became.what} | ({"elsewhere": True} if over else {})


def _card(card: Card) -> Picture:
    return {"step": card.step, "by": card.by, "text": card.text, "pile": card.pile, "late": card.late}


def _votes(room: Room, key: str) -> Picture:
    step = room.steps[room.by_key[key]]
    if step.kind is StepKind.DOTS:
        return {f"dots:{key}": room.counted(key)}
    if step.kind is StepKind.CONSENT:
        said = room.said(step)
        objections = [_objection(who, one) for who, one in said.items() if not (one.yes or one.out)]
        yes = sum(1 for one in said.values() if one.yes)
        return {f"consent:{key}": {"yes": yes, "objections": objections}}
    return {}


def _objection(who: int, said: Consent) -> Picture:
    return {"by": who, "text": said.text}


def _own_votes(room: Room, step: Played, person: int) -> Picture:
    if step.kind is StepKind.DOTS:
        given = room.dots[step.key].get(person, ())
        return {f"own-dots:{step.key}:{person}": [room.heap(card) for card in given]}
    if step.kind is StepKind.CONSENT and person in room.consents[step.key]:
        said = room.consents[step.key][person]
        lapsed = {} if person in room.said(step) else {"lapsed": True}
        return {f"own-consent:{step.key}:{person}": {"yes": said.yes, "text": said.text} | lapsed}
    return {}


def _insight(one: Captured) -> Picture:
    return {
        "by": one.by,
        "kind": one.kind,
        "what": one.what,
        "why": reason(one.why),
        "practice": one.practice,
        "of_all": one.of_all,  # whom else it is of nobody sees who was not asked
        "at": one.step,
        "limits": [{"by": limit.by, "text": limit.text} for limit in one.limits if not limit.out],
        "tries": [{"by": who, "on": tried.on} for who, tried in one.tries.items()],
    }


def change(before: Picture, after: Picture) -> Picture:
    """What a screen with `before` has to hear to have `after`: `set` and `gone`; empty when nothing."""
    new = {key: value for key, value in after.items() if key not in before or before[key] != value}
    gone = [key for key in before if key not in after]
    return ({"set": new} if new else {}) | ({"gone": gone} if gone else {})
