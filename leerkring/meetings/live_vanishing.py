"""What becomes of what was said in meetings, and agreed: when a community goes for good, and when a person is erased.

The acts of a room are kept a week after its end for phones that were away; who is erased takes those of their groups
along, so that no phone can bring them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from leerkring.communities.ending import drop_links
from leerkring.communities.models import Community, Notice
from leerkring.meetings.live import hub, store
from leerkring.meetings.models import (
    Agreement,
    Correction,
    Device,
    Gave,
    Live,
    LiveAct,
    Meeting,
    Note,
    Participant,
    Present,
    Unclaimed,
)
from leerkring.people.erasure import NOBODY, Leaving, Replaced
from leerkring.people.models import User

_STAYS = "stays, or *een oud-lid*"
_MEETING, _STAGE = Replaced("meeting__community"), Replaced("stage__meeting__community")
#: Fields of acts in which somebody's own words stand.
WORDS = frozenset({"text", "what", "why", "practice"})
_RANDOM, _KEY = "random", "the key of a kind or a step"

COVERS: Mapping[str, str | Replaced] = {
    "meetings.Live.steps": "goes a week after the end; while a meeting is on, the name is replaced",
    "meetings.Live.code": _RANDOM,
    "meetings.Participant.member": "goes",
    "meetings.Participant.name": Replaced("live__meeting__community"),
    "meetings.Device.token": "the hash of something random",
    "meetings.LiveAct.key": _RANDOM,
    "meetings.LiveAct.kind": _KEY,
    "meetings.LiveAct.data": "goes a week after the end; while a meeting is on, the name is replaced",
    "meetings.Gave.step": _KEY,
    "meetings.Unsigned.step": _KEY,
    "meetings.Unsigned.text": Replaced("live__meeting__community"),
    "meetings.Stage.kind": _KEY,
    "meetings.Stage.key": _KEY,
    "meetings.Stage.of": _KEY,
    "meetings.Stage.title": _MEETING,
    "meetings.Stage.prompt": _MEETING,
    "meetings.Stage.workform": "the key of a form",
    "meetings.Present.member": "goes",
    "meetings.Present.name": _MEETING,
    "meetings.Present.roles": "what they did in it",
    "meetings.Note.text": _STAGE,
    "meetings.Note.pile": _STAGE,
    "meetings.Harvested.thing_kind": _KEY,
    "meetings.Unclaimed.text": _MEETING,
    "meetings.Unclaimed.why": _MEETING,
    "meetings.Unclaimed.practice": _MEETING,
    "meetings.ExitFigure.question": "the key of a question",
    "meetings.Correction.by": _STAYS,
    "meetings.Correction.text": _MEETING,
    "meetings.Agreement.what": Replaced("community"),
    "meetings.Agreement.others": Replaced("community"),
    "meetings.Agreement.who": "goes",
    "meetings.Agreement.made_by": "goes",
}


def hold_rooms(communities: QuerySet[Community]) -> None:
    """Who writes in a room, as a phone that brings something late does, holds it before its community."""
    store.hold(Live.objects.filter(meeting__community__in=communities).values_list("pk", flat=True))


def of_community(community: Community) -> None:
    """Meetings take along what was said in them."""
    ids = set(Agreement.objects.filter(community=community).values_list("pk", flat=True))
    Agreement.objects.filter(pk__in=ids).delete()
    drop_links("agreement", ids)
    Notice.forget(Notice.objects.filter(thing_kind="agreement", thing_id__in=ids))


def of_person(leaving: Leaving) -> None:
    """They were there, as somebody without a name; what they said stays, unless their texts are to go."""
    over = Live.objects.filter(meeting__community__in=leaving.places, meeting__state=Meeting.State.CLOSED)
    for pk in over.values_list("pk", flat=True):
        hub.forget(pk)
    over.delete()
    _in_rooms(leaving)
    if leaving.texts_too:
        Note.objects.filter(by__member__user=leaving.user).delete()
        Unclaimed.objects.filter(by__member__user=leaving.user).delete()
        Correction.objects.filter(by__user=leaving.user).delete()
    Present.objects.filter(member__user=leaving.user).update(member=None)
    Device.objects.filter(participant__member__user=leaving.user).delete()
    Gave.objects.filter(by__member__user=leaving.user).delete()
    Participant.objects.filter(member__user=leaving.user).update(member=None)
    Agreement.who.through.objects.filter(membership__user=leaving.user).delete()
    Agreement.objects.filter(made_by__user=leaving.user).update(made_by=None)


def _in_rooms(leaving: Leaving) -> None:
    """A meeting that is on while somebody in it is erased: rare, and not to be forgotten."""
    rooms = Live.objects.filter(meeting__community__in=leaving.places)
    held = store.hold(rooms.values_list("pk", flat=True))  # nothing is written in them meanwhile
    changed = set()
    for live in held.values():
        steps = _without(live.steps, leaving)
        if steps != live.steps:
            Live.objects.filter(pk=live.pk).update(steps=steps)
            changed.add(live.pk)
    own = set(Participant.objects.filter(member__user=leaving.user).values_list("pk", flat=True))
    for act in LiveAct.objects.filter(live__in=held).iterator(500):
        said = _without(act.data, leaving)
        if leaving.texts_too and (act.data.get("for") or act.by_id) in own:
            said |= dict.fromkeys(WORDS & said.keys(), NOBODY)
        if said != act.data:
            LiveAct.objects.filter(pk=act.pk).update(data=said)
            changed.add(act.live_id)
    for pk in changed:
        hub.rewritten(pk)


def _without(said: Any, leaving: Leaving) -> Any:
    """The same without their name, in every text of it."""
    if isinstance(said, dict):
        return {name: _without(value, leaving) for name, value in said.items()}
    if isinstance(said, list):
        return [_without(value, leaving) for value in said]
    return leaving.without(said) if isinstance(said, str) else said


def own(user: User) -> Mapping[str, Any]:
    """What `user` wrote in meetings, where they were, and what they agreed to do, for their download."""
    notes = Note.objects.filter(by__member__user=user).select_related("stage__meeting__community")
    said = Unclaimed.objects.filter(by__member__user=user, on=None, out=False)
    said = said.select_related("meeting__community")
    present = Present.objects.filter(member__user=user).select_related("meeting__community")
    corrections = Correction.objects.filter(by__user=user, out=False).select_related("meeting__community")
    agreements = Agreement.objects.filter(who__user=user).select_related("community")

    def of(meeting: Meeting) -> dict[str, Any]:
        return {"community": meeting.community.name, "meeting": meeting.topic}

    return {
        "cards": [{**of(n.stage.meeting), "text": n.text} for n in notes.order_by("pk")]
        + [{**of(u.meeting), "text": u.text} for u in said.order_by("pk")],
        "was_there": [{**of(p.meeting), "name": p.name, "roles": p.roles} for p in present.order_by("pk")],
        "corrections": [{**of(c.meeting), "at": c.at, "text": c.text} for c in corrections.order_by("pk")],
        "meeting_agreements": [
            {"community": a.community.name, "text": a.what, "by": a.by, "state": a.state}
            for a in agreements.order_by("pk")
        ],
    }
