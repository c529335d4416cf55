"""Every page of the house as each of the five roles, walked along its own links."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Page

from tests.architecture.stage import ADDRESSES, NO_PAGE
from tests.architecture.test_walk import TABLE
from tests.cast import Tell
from tests.journeys.conftest import Visit, Watch
from tests.journeys.house import House
from tests.journeys.inspection import Weight, inspect, shapes, stick_out

#: The demo's doors -> what the table of all addresses calls who comes in there.
CALLED = {
    "": "anonymous",
    "begeleider": "facilitator",
    "lid": "member",
    "gast": "guest",
    "schoolleider": "leader",
    "beheerder": "administrator",
}
#: Reached by doing something first: test_scenes.py, test_coming_in.py, test_own_pages.py, test_trust.py,
#: test_work_forms.py, test_live.py.
BY_SCENES = {
    "communities:accept",
    "communities:admission",
    "communities:asked",
    "communities:enter",
    "communities:invitation",
    "communities:invitations",
    "communities:prove",
    "meetings:remove_workform",
    "meetings:lobby",
    "meetings:find",
    "meetings:by_code",
    "meetings:room",
    "meetings:keep",
    "upkeep:enter",
    "people:prove",
    "communities:stop_mail",
    "knowledge:revise",
    "knowledge:remove",
    "insights:tell",
    "insights:try_out",
    "effectiveness:columns",
    "effectiveness:making",
    "meetings:take_away",
    "account_confirm_login_code",
    "account_set_password",
    "account_reset_password_from_key",
}
#: The same for everyone: seen as nobody.
FOR_ANYONE = {name for name, row in TABLE.items() if set(row.get.split()) == {"200"}} | {
    "public:accessibility"
}
#: The same for everyone who is signed in: seen as a member.
OWN = {name for name in TABLE if name.startswith(("account_", "mfa_", "people:"))} - FOR_ANYONE | {
    "communities:own_data",
    "communities:erase_me",
    "meetings:own_calendar",
}
#: Nothing links here.
LOOSE = ("/nergens/",)
#: Only for who has a password: nobody has one in the table.
WITH_PASSWORD = ("account_change_password", "account_reauthenticate")
#: Pages of which one is not enough: with and without enough evidence.
BOTH = {"effectiveness:criterion": {"G1", "G2a"}, "effectiveness:figure": {"questions_answered"}}
#: Pages that differ with what they are about, by the names of those arguments: a goal in each of its states, what a
#: group stands for, an insight or a try-out of one's own and of a colleague, a lesson to come or that was watched, a
#: meeting that is planned, that was held or for which a date is looked for, a member who leads alone and one who can be
#: taken out.
EACH = {
    "goals:goals": "community_id",
    "goals:goal": "goal_id",
    "goals:statement": "community_id kind",
    "insights:insight": "insight_id",
    "practice:tryout": "tryout_id",
    "practice:visits": "community_id",
    "practice:visit": "visit_id",
    "meetings:meeting": "meeting_id",
    "communities:member": "membership_id",
}


#: Shapes of parts of pages that were inspected, as whatever role.
SHAPES: set[str] = set()


def _here(role: str) -> set[str]:
    """The pages that are looked at as this role and not as another."""
    pages = {name for name, row in TABLE.items() if row.expected("get", CALLED[role]) == "200"}
    own = {"": set(), "lid": FOR_ANYONE}.get(role, FOR_ANYONE | OWN)
    return pages - own - NO_PAGE - BY_SCENES


def _starts(role: str) -> list[str]:
    """Where the walk begins: what needs no id."""
    own = [reverse(name) for name in sorted(_here(role) & (FOR_ANYONE | OWN)) if not ADDRESSES[name]]
    more = {"": LOOSE, "lid": map(reverse, WITH_PASSWORD)}.get(role, ())
    return ["/", *own, *more]


def _kind(path: str) -> tuple[str, ...] | None:
    """Which page a path is one of; None when it is no page of ours."""
    parts = urlsplit(path)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return ("nergens",)
    slug = str(found.kwargs.get("key", ""))
    which = slug if slug in BOTH.get(found.view_name, ()) else ""
    if each := EACH.get(found.view_name):
        which = ".".join(str(found.kwargs[name]) for name in each.split())
    return (found.view_name, which, *sorted(set(parse_qs(parts.query)) - {"over"}))


class Walk:
    """One role's way along all links; `seen` are the names of the addresses at which it arrived."""

    def __init__(self, page: Page, origin: str, paths: Iterable[str]) -> None:
        self.page = page
        self.origin = origin
        self.todo = deque(paths)
        self.known = {_kind(path) for path in self.todo}
        self.seen: set[str] = set()
        self.inspected: set[str] = set()
        self.wrong: list[str] = []
        self.weights: list[str] = []

    def run(self, *, without: set[str]) -> None:
        while self.todo:
            self._look(self.todo.popleft())
            self._follow(without)

    def _look(self, path: str) -> None:
        weight = Weight()
        self.page.on("response", weight.take_in)
        answer = self.page.goto(path, wait_until="load")
        self.page.remove_listener("response", weight.take_in)
        assert answer is not None
        arrived = self.page.url.removeprefix(self.origin)
        if answer.status == 200:
            self.seen.add(resolve(urlsplit(arrived).path).view_name)
        elif path not in LOOSE:
            self.wrong.append(f"{path}: a link to {answer.status}")
        if arrived in self.inspected:
            return
        self.inspected.add(arrived)
        found = weight.too_heavy()
        if (built := shapes(self.page)) <= SHAPES:
            found += stick_out(self.page)
        else:
            SHAPES.update(built)
            found += inspect(self.page)
        self.wrong += [f"{arrived}: {each}" for each in found]
        self.weights.append(f"{weight.html:8}{weight.script:8}{weight.style:8}  {path}")

    def _follow(self, without: set[str]) -> None:
        links = self.page.locator("a[href^='/'], a[href^='?']").evaluate_all(
            "links => links.map(l => l.href)"
        )
        for link in links:
            parts = urlsplit(link)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            kind = _kind(path)
            if kind and kind not in self.known and kind[0] not in without:
                self.known.add(kind)
                self.todo.append(path)


@pytest.mark.parametrize("role", CALLED)
def test_every_page_is_sound(role: str, visit: Visit, house: House, watch: Watch, tell: Tell) -> None:
    watch.expect("the server responded with a status of 40")
    walk = Walk(visit(role), house.url, _starts(role))
    walk.run(without=NO_PAGE if not role else FOR_ANYONE | OWN | NO_PAGE)
    tell("bytes gzipped:    html  script   style", [f"{line} ({role or 'nobody'})" for line in walk.weights])
    assert not walk.wrong, "\n".join(walk.wrong)
    missed = sorted(_here(role) - walk.seen)
    assert not missed, "no link leads to these pages"
