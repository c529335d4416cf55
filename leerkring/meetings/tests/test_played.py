"""What a meeting plays, and what the screens say of it."""

from __future__ import annotations

import pytest
from django.utils import translation

from leerkring.meetings.live.words import setting
from leerkring.meetings.tests.holding import opened
from leerkring.people.models import User
from tests.cast import Side

pytestmark = pytest.mark.django_db


def shown(side: Side, by: User, *forms: str) -> list[dict[str, object]]:
    """The steps as the screens get them, in a meeting with these forms on its agenda."""
    items = [{"title": form, "minutes": 30, "kind": "content", "workform": form} for form in forms]
    held = opened(side, by, items=items)
    steps: list[dict[str, object]] = setting(held.live, held.people[by], board=True)["steps"]
    return steps


@pytest.mark.parametrize(
    ("language", "forms", "asked"),
    [
        ("nl", ["zo-doe-ik-het"], "De werkvorm ‘Zo doe ik het’ hielp ons verder."),
        (
            "nl",
            ["zo-doe-ik-het", "incidentmethode", "zo-doe-ik-het"],
            "De werkvormen hielpen ons verder: Zo doe ik het, Incidentmethode.",
        ),
        ("en", ["incidentmethode"], "The work form ‘Incident method’ helped us on."),
    ],
)
def test_the_question_about_the_work_form_names_it(
    regenboog: Side, fatima: User, language: str, forms: list[str], asked: str
) -> None:
    with translation.override(language):
        asks = shown(regenboog, fatima, *forms)[-1]["asks"]
    assert isinstance(asks, list)
    assert asks[0] == {"key": "workform", "text": asked}


def test_advice_says_whether_it_is_for_everyone(regenboog: Side, fatima: User) -> None:
    found = shown(regenboog, fatima, "incidentmethode", "wat-zagen-we")
    steps = {str(step["title"]): step["hint_to_all"] for step in found}
    assert steps["Wat speelt hier?"]
    assert not steps["Terugblik"]
    assert not steps["Vaker of één keer?"]
