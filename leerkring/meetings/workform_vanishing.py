"""When a community's own work forms go for good: with it, or with the only one who worked on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leerkring.communities.models import Community
from leerkring.meetings.models import OwnForm
from leerkring.meetings.workform_reading import LONGEST
from leerkring.people.erasure import Leaving, Replaced
from leerkring.people.models import User

COVERS: Mapping[str, str | Replaced] = {
    "meetings.OwnForm.key": "made by the house",
    "meetings.OwnForm.content": "without the name and address",
    "meetings.OwnForm.made_by": "stays, or *een oud-lid*",
}


def of_community(community: Community) -> None:
    OwnForm.objects.filter(community=community).delete()


def of_person(leaving: Leaving) -> None:
    """A form that nobody but they worked on goes when they chose that their texts go; from the others their name."""
    if leaving.texts_too:
        alone = OwnForm.objects.filter(made_by__user=leaving.user, revision=0)
        leaving.changed.update(alone.values_list("community", flat=True))
        alone.delete()
    for each in OwnForm.objects.iterator(500):
        at_home = each.community_id in leaving.places
        without = _without(each.content, leaving, at_home)
        if without != each.content:
            OwnForm.objects.filter(pk=each.pk).update(content=without)
            leaving.changed.add(each.community_id)


def _without(said: Any, leaving: Leaving, at_home: bool, name: str = "") -> Any:
    """`said` with the name out of every text in it, none longer than it may be. What is no text has no name."""
    if isinstance(said, dict):
        return {key: _without(each, leaving, at_home, _kind(key, name)) for key, each in said.items()}
    if isinstance(said, list):
        return [_without(each, leaving, at_home, name) for each in said]
    if isinstance(said, str) and name in LONGEST:
        if name == "url" and leaving.without(said, own_place=at_home) != said:
            return ""  # with something else in the place of a name it is no address
        return leaving.without(said, own_place=at_home, most=LONGEST[name])
    return said


def _kind(key: str, within: str) -> str:
    """What a text is, by its name; those of a source are named by their language."""
    if key in LONGEST:
        return key
    return "source" if within == "source" else ""


def own(user: User) -> Mapping[str, Any]:
    """The forms `user` made, for their download."""
    made = OwnForm.objects.filter(made_by__user=user).select_related("community").order_by("pk")
    return {
        "work_forms": [
            {
                "community": each.community.name,
                "at": each.made_at,
                "title": _title(each),
                "text": _words(each),
            }
            for each in made
        ]
    }


def _title(own: OwnForm) -> str:
    return own.form.text["nl"].title if own.form else own.key


def _words(own: OwnForm) -> str:
    """All that is in it, a line for each step."""
    if own.form is None:
        return ""
    texts = [
        each for said in own.form.text.values() for each in (said.title, said.summary, said.when, said.bring)
    ]
    steps = [
        " · ".join(filter(None, (said.title, said.prompt, said.hint)))
        for step in own.form.steps
        for said in step.text.values()
    ]
    return "\n".join(dict.fromkeys(filter(None, [*texts, *steps])))
