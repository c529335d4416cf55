"""The doors by which a newcomer steps into the demo, and that are nowhere else."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from leerkring.people.models import User
from leerkring.public.demo_roles import DEMO_ROLES
from tests.cast import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_person() -> User:
    return User.objects.create_user("lid@leerkring.example", "leerkring-demo", name="Demi", is_demo=True)


@pytest.mark.parametrize("role", [r.key for r in DEMO_ROLES])
def test_a_newcomer_steps_into_the_demo_as_any_role(browser: Browser, settings: Settings, role: str) -> None:
    settings.DEMO = True
    User.objects.create_user(f"{role}@leerkring.example", "leerkring-demo", name="Demi", is_demo=True)
    client = browser(None)
    assert f"/demo/als/{role}/" in client.get("/").content.decode()
    assert client.post(f"/demo/als/{role}/").status_code == 302
    assert "_auth_user_id" in client.session


def test_outside_the_demo_there_is_no_such_door(
    demo_person: User, browser: Browser, settings: Settings
) -> None:
    settings.DEMO = False
    client = browser(None)
    assert client.post("/demo/als/lid/").status_code == 404
    assert "/demo/als/" not in client.get("/").content.decode()


def test_the_door_of_the_demo_opens_for_demo_people_only(browser: Browser, settings: Settings) -> None:
    settings.DEMO = True
    User.objects.create_user("lid@leerkring.example", name="Echt mens")
    client = browser(None)
    assert client.post("/demo/als/lid/").status_code == 404
    assert client.post("/demo/als/iemand-anders/").status_code == 404
    assert "_auth_user_id" not in client.session
