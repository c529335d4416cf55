"""One instance, in a process of its own because settings are read once: `python -m bench.pages_instance COMMAND`.

The folder is LEERKRING_DATA. Each command prints one JSON object.

    make              the demo, with what a page may need beyond it
    grow WIDER DEEPER so many times as many communities, and so many times as much in each
    measure ROUNDS RUNS [NAME …]  every page, or these
    enter             a session for each who walks, and where they go
"""

from __future__ import annotations

import gc
import json
import os
import sys
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

gc.disable()  # as the server does while it starts
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.site.settings")
import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import pages_copies, pages_found, pages_timed  # noqa: E402
from leerkring import clock  # noqa: E402
from leerkring.communities.happenings import Role  # noqa: E402
from leerkring.communities.mail.stopping import stop_address  # noqa: E402
from leerkring.communities.models import Door, Membership  # noqa: E402
from leerkring.effectiveness.models import Upload  # noqa: E402
from leerkring.knowledge.models import Conversation  # noqa: E402
from leerkring.knowledge.views import PAGE  # noqa: E402
from leerkring.meetings import handouts, taking_out  # noqa: E402
from leerkring.meetings.live import coming  # noqa: E402
from leerkring.meetings.models import Meeting, OwnForm  # noqa: E402
from leerkring.meetings.shipped import shipped  # noqa: E402
from leerkring.meetings.workform_library import form_of  # noqa: E402
from leerkring.site import logs, prepare  # noqa: E402
from leerkring.upkeep.link import make_link  # noqa: E402

#: An ordinary school day: in a holiday the mirror would have little to draw.
TUESDAY = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def make() -> dict[str, Any]:
    prepare.everything(lambda reason: None)
    longest = pages_copies.longest_conversations()[0]
    _fill(Conversation.objects.get(pk=longest))
    person = pages_found.people()["facilitator"]
    member = person.memberships.select_related("community__school").first()
    assert member is not None
    Upload.keep(
        by=person,
        school=member.community.school,
        name="Uit een bestand",
        interactions=b"van,naar,datum\n1,2,2026-10-01\n2,3,2026-10-02\n3,1,2026-10-05\n",
        members=None,
    )
    code = _begin_a_meeting(member)
    _know_secrets(member, code)
    return {"rows": pages_copies.rows()}


def _know_secrets(facilitator: Membership, code: str) -> None:
    """The door of a community as a leader stands before it, the link in a mail, and the one of the machine."""
    finder = pages_found.Finder(_application())
    door = Door.open(facilitator.community, days=14, by=facilitator)
    finder.know("leader", "communities:enter", door.address)
    finder.know("guest", "meetings:by_code", reverse("meetings:by_code", args=[code]))
    finder.know("facilitator", "meetings:take_out", _what_can_be_taken_out(facilitator))
    user = facilitator.user
    assert user is not None
    finder.know("facilitator", "communities:stop_mail", stop_address(user, facilitator.community))
    keeper = finder.people["administrator"]
    assert keeper is not None
    finder.know("facilitator", "upkeep:enter", urlsplit(make_link(keeper)).path)


def _what_can_be_taken_out(facilitator: Membership) -> str:
    """Where a text of the last minutes is taken out."""
    held = Meeting.objects.filter(community=facilitator.community, state=Meeting.State.CLOSED)
    meeting = held.latest("closed_at")
    text = taking_out.texts(meeting, facilitator)[0]
    return reverse("meetings:take_out", args=[facilitator.community_id, meeting.pk, text.what, text.number])


def _begin_a_meeting(facilitator: Membership) -> str:
    """The next one, with everyone in its room and its code on the board. And what is at hand for a later one: a file,
    and a work form of the group's own."""
    community = facilitator.community
    planned = Meeting.objects.filter(community=community, state=Meeting.State.PLANNED)
    live = coming.open_room(planned.earliest("starts_at"), by=facilitator, find=partial(form_of, community))
    # Who is in it already does not stand before its door: guests come later.
    members = Membership.objects.current().filter(community=community).exclude(user=None)
    for member in members.exclude(role=Role.GUEST):
        coming.come_in(live, member)
    handouts.bring(
        planned.earliest("starts_at"),
        by=facilitator,
        name="werk.txt",
        content=b"Drie manieren om een halve te vouwen.",
    )
    OwnForm.keep(by=facilitator, form=shipped()["bordsessie"])
    return live.code


def _fill(conversation: Conversation) -> None:
    """A whole page of contributions: the most that is shown at once."""
    members = [m for m in conversation.community.memberships.exclude(user=None) if m.is_current]
    for number in range(PAGE - conversation.contributions.count()):
        member = members[number % len(members)]
        member.community = conversation.community
        text = f"Bij mij werkte het ook, maar pas na {number + 2} lessen.\n\nEerst schatten, dan rekenen."
        conversation.reply(by=member, text=text)


def grow(wider: str, deeper: str) -> dict[str, Any]:
    pages_copies.deepen(int(deeper))
    pages_copies.widen(int(wider))
    return {"rows": pages_copies.rows()}


def measure(rounds: str, runs: str, *only: str) -> dict[str, Any]:
    application = _application()
    pages, not_measured = pages_found.Finder(application).pages(set(only))
    timer = pages_timed.Timer(pages, int(rounds), int(runs))
    costs = timer.costs()
    return {
        "pages": {page.name: {"role": page.role, "figures": costs[page.name]} for page in pages},
        "not_measured": not_measured,
        "bundle": pages_timed.bundle(application),
        "stretched": timer.stretched(),
    }


def _application() -> Any:
    """As the server makes it: with its log, and with what was imported kept out of the collector's sight."""
    logs.configure(level="INFO", file=str(settings.DATA / "log"))
    application = get_wsgi_application()
    gc.freeze()
    gc.enable()
    return application


def enter() -> list[dict[str, Any]]:
    found = pages_found.Finder(_application())
    return [
        {"cookies": found.visitors[role].cookies, "addresses": addresses}
        for role, addresses in found.walks().items()
    ]


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    with clock.at(TUESDAY):
        commands: dict[str, Any] = {"make": make, "grow": grow, "measure": measure, "enter": enter}
        json.dump(commands[name](*rest), sys.stdout)
