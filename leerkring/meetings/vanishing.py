"""What becomes of meetings when a community goes for good, and when a person is erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leerkring.communities.ending import drop_links
from leerkring.communities.models import Community, Notice
from leerkring.meetings import handouts
from leerkring.meetings.models import Handout, Item, Meeting, OptionAnswer, Reply, Series, Turn
from leerkring.people.erasure import Leaving, Replaced
from leerkring.people.models import User

_STAYS = "stays, of *een oud-lid*"
_MEETING, _ITEM = Replaced("community"), Replaced("meeting__community")

COVERS: Mapping[str, str | Replaced] = {
    "meetings.Series.title": _MEETING,
    "meetings.Meeting.topic": _MEETING,
    "meetings.Meeting.question": _MEETING,
    "meetings.Meeting.bring": _MEETING,
    "meetings.Meeting.place": _MEETING,
    "meetings.Meeting.link": "goes when it names them",
    "meetings.Meeting.why_cancelled": _MEETING,
    "meetings.Meeting.planned_by": _STAYS,
    "meetings.Item.title": _ITEM,
    "meetings.Item.workform": "the key of a form",
    "meetings.Item.by": _STAYS,
    "meetings.Turn.member": "goes",
    "meetings.OptionAnswer.member": "goes",
    "meetings.Reply.member": "goes",
    "meetings.Handout.name": _ITEM,
    "meetings.Handout.token": "random",
    "meetings.Handout.by": "stays, of *een oud-lid*; the file goes when their texts must",
}


def of_community(community: Community) -> None:
    """All of it; the files first."""
    handouts.of_community(community)
    meetings = Meeting.objects.filter(community=community)
    ids = set(meetings.values_list("pk", flat=True))
    meetings.delete()
    Series.objects.filter(community=community).delete()
    drop_links("meeting", ids)
    Notice.forget(Notice.objects.filter(thing_kind="meeting", thing_id__in=ids))


def of_person(leaving: Leaving) -> None:
    """What only they said of themselves goes; what was planned is the group's. Of a link nothing is left to follow
    when it names them."""
    for own in (Turn, OptionAnswer, Reply):
        own.objects.filter(member__user=leaving.user).delete()
    for meeting in Meeting.objects.exclude(link="").only("pk", "link", "community"):
        if leaving.without(meeting.link, own_place=meeting.community_id in leaving.places) != meeting.link:
            Meeting.objects.filter(pk=meeting.pk).update(link="")
            leaving.changed.add(meeting.community_id)
    if leaving.texts_too:
        handouts.remove(Handout.objects.filter(by__user=leaving.user), noted=False)


def own(user: User) -> Mapping[str, Any]:
    """What `user` planned, proposed, said and brought, for their download."""
    planned = Meeting.objects.filter(planned_by__user=user).select_related("community")
    items = Item.objects.filter(by__user=user).select_related("meeting__community")
    turns = Turn.objects.filter(member__user=user).select_related("meeting__community")
    replies = Reply.objects.filter(member__user=user).select_related("meeting__community")
    answers = OptionAnswer.objects.filter(member__user=user).select_related("option__meeting__community")
    brought = Handout.objects.filter(by__user=user).select_related("meeting__community")

    def of(meeting: Meeting) -> dict[str, Any]:
        return {"community": meeting.community.name, "meeting": meeting.topic}

    return {
        "meetings": [
            {**of(m), "at": m.starts_at, "question": m.question, "bring": m.bring}
            for m in planned.order_by("pk")
        ],
        "agenda_items": [{**of(i.meeting), "text": i.title} for i in items.order_by("pk")],
        "turns": [{**of(t.meeting), "role": t.role} for t in turns.order_by("pk")],
        "attendance": [{**of(r.meeting), "says": r.says, "at": r.at} for r in replies.order_by("pk")],
        "date_answers": [
            {**of(a.option.meeting), "moment": a.option.starts_at, "says": a.says}
            for a in answers.order_by("pk")
        ],
        "handouts": [{**of(h.meeting), "name": h.name, "at": h.at} for h in brought.order_by("pk")],
    }
