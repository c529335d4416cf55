"""Rooms to be filled, in an instance of their own: `python -m bench.live_made ROOMS PEOPLE`, with LEERKRING_DATA.

Prints for each room its id and the tokens of everyone in it; the first leads.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
import django

django.setup()

from leerkring import clock  # noqa: E402
from leerkring.communities.models import Community, Membership  # noqa: E402
from leerkring.meetings.live import coming  # noqa: E402
from leerkring.meetings.live.steps import Played, dump  # noqa: E402
from leerkring.meetings.models import Item, Live, Meeting  # noqa: E402
from leerkring.meetings.workform import StepKind, StepText, Who  # noqa: E402
from leerkring.network.models import School  # noqa: E402
from leerkring.people.models import User  # noqa: E402
from leerkring.site import prepare  # noqa: E402

#: A round in which everyone writes: each card is seen by all at once, the heaviest a room does.
STEPS = [
    Played("0.a", StepKind.TALK, 5, {"nl": StepText("Begin", "Waar gaat het over?")}),
    Played("0.b", StepKind.ROUND, 30, {"nl": StepText("Ronde", "Wat zie je?")}, writes=Who.EVERYONE),
]


def make(rooms: int, people: int) -> list[dict[str, Any]]:
    prepare.everything(lambda reason: None)
    school = School.open(name="De Meting", place="Meppel", sector="po", region="noord")
    made = []
    for number in range(rooms):
        lead = User.objects.create_user(f"lead{number}@bench.test", name=f"Leidt {number}")
        community = Community.found(school=school, name=f"Groep {number}", by=lead)
        member = Membership.objects.get(community=community, user=lead)
        meeting = Meeting.objects.create(
            community=community,
            topic="Een meting",
            starts_at=clock.now(),
            planned_by=member,
            planned_at=clock.now(),
        )
        Item.objects.create(meeting=meeting, position=0, title="Een ronde", minutes=35)
        live = coming.open_room(meeting, by=member, find=lambda key: None)
        Live.objects.filter(pk=live.pk).update(steps=dump(STEPS))
        tokens = [coming.come_in(live, member)]
        tokens += [coming.come_by_name(live, f"Collega {person}") for person in range(1, people)]
        made.append({"live": live.pk, "tokens": tokens})
    return made


if __name__ == "__main__":
    json.dump(make(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
