"""A school with a group, made through the verbs: who they are and that they may be counted is the work of other
journeys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.house import ROOT, House

PASSWORD = "boom-fiets-wolk-kaas"
_PEOPLE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "leerkring.site.settings"
from leerkring import clock
from tests.journeys.serve import now
clock.now = now
django.setup()
from datetime import date
from leerkring.communities import consent
from leerkring.communities.models import Community, Membership
from leerkring.effectiveness.models import Agreement
from leerkring.network.models import School
from leerkring.people.models import User
school = School.objects.get()
people = []
for key, name in {names!r}.items():
    user = User.objects.create_user(f"{{key}}@devaart.test", {password!r}, name=name)
    people.append(user)
group = Community.found(school=school, name={group!r}, by=people[0])
for user in people[1:]:
    group.join(user)
consent.give(school, decided_on=date(2026, 9, 1), by=User.objects.get(is_administrator=True))
members = list(Membership.objects.filter(community=group).select_related("community"))
agreement = Agreement.put(by=members[0])
for member in members:
    agreement.answer(by=member, agrees=True)
"""


@contextmanager
def a_school(
    folder: Path, group: str, names: Mapping[str, str], *, now: datetime, **settings: str
) -> Iterator[House]:
    """A house with one school and one group; the first of `names` (key → name) facilitates."""
    house = House(folder / "data", demo=False, **settings)
    house.data.mkdir()
    house.turn_clock(now)
    asked = {"email": "mirjam@devaart.test", "name": "Mirjam Waterman", "school": "De Vaart"}
    asked |= {"place": "Meppel", "sector": "po", "region": "noord"}
    house.run("init", "--no-mail-test", *(f"--{name}={answer}" for name, answer in asked.items()))
    people = _PEOPLE.format(names=dict(names), password=PASSWORD, group=group)
    subprocess.run([sys.executable, "-W", "ignore", "-c", people], cwd=ROOT, env=house._env(), check=True)
    try:
        house.start()
        yield house
    finally:
        house.stop()


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(f"{who}@devaart.test")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.locator("details.menu").wait_for()


def room(page: Page, group: str, name: str) -> Page:
    """To a room of the group, as one walks there."""
    page.goto("/")
    link = page.get_by_role("link", name=group)
    if link.count():  # who leads a group begins with a choice
        link.first.click()
    page.get_by_role("navigation", name="Kamers").get_by_role("link", name=name).click()
    return page


def figure(page: Page, group: str, criterion: str, name: str) -> str:
    """The sentence of one figure in the mirror."""
    room(page, group, "Spiegel").get_by_role("link", name=f"Waar zien we dit aan? ({criterion})").click()
    row = page.locator("li.row", has=page.get_by_role("heading", name=name, exact=True))
    return row.locator("p").first.inner_text()
