"""One's own data to take along: words and the clock on the wall for the person, keys that stay for a computer."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import translation

from leerkring.communities.own_words import PARTS
from leerkring.people.erasure import erasers
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.architecture.test_erasure import plant
from tests.cast import Browser

#: What programs out there read: a key that was once in the file is never called otherwise.
KEYS = {
    "account": "name email language since last_sign_in administrator at_school photo",
    "away": "first_day last_day is_open shows_last_day planned_at",
    "devices": "device begun_at seen_on",
    "second_steps": "kind name since last_used",
    "leaderships": "school function since until",
    "memberships": "community role school location since until left gives shows curious",
    "invitations": "community__name name role made_at",
    "doors": "community__name opened_at days",
    "admissions": "community__name role asked_at outcome",
    "answers": "admission__community__name admission__user__name agrees",
    "notices": "kind community__name at read_at",
    "mail_choices": "community__name kind rhythm",
    "mails": "made_at state ended_at",
    "exceptional_acts": "at who what",
    "contributions": "community conversation at revised withdrawn text",
    "helped_me": "community conversation at",
    "files": "name created_at",
    "agreements": "community agrees",
    "goals": "community at text",
    "statements": "community title at text",
    "measurements": "community goal on text",
    "goal_changes": "community goal at before text",
    "calendar_address": "made_at",
    "calendar_mails": "community meeting made_at state",
    "agreed_goals": "community goal",
    "work_forms": "community at title text",
    "endorsed": "community title",
    "cards": "community meeting text",
    "was_there": "community meeting name roles",
    "corrections": "community meeting at text",
    "meeting_agreements": "community text by state",
    "insights": "community kind at revised withdrawn what why noticed practice",
    "insight_changes": "community insight at before text",
    "insights_of_mine": "community insight at named",
    "insight_limits": "community insight at withdrawn text",
    "insight_tryings": "community insight on told worked text",
    "lessons_opened": "community at question lesson place",
    "lessons_visited": "community at question",
    "lesson_notes": "community question at kind text",
    "intentions": "community on text told worked how",
    "tryouts": "community at on concluded withdrawn worked decision idea expected where adapted evidence reason",
    "meetings": "community meeting at question bring",
    "agenda_items": "community meeting text",
    "turns": "community meeting role",
    "attendance": "community meeting says at",
    "date_answers": "community meeting moment says",
    "handouts": "community meeting name at",
}
#: Called the same in both languages.
SAME = {"account", "school"}
#: What is kept in short and means nothing to who reads it.
IN_SHORT = r"__|\b(True|False|None|at_once|nothing_left|totp|webauthn|\w+\.(opened|appointed|asked))\b"


def taken_along(browser: Browser, user: User, language: str) -> tuple[dict[str, Any], str]:
    client = browser(user)
    client.cookies["django_language"] = language
    answer = client.get("/mijn/gegevens/download/", HTTP_ACCEPT_LANGUAGE=language)
    archive = ZipFile(io.BytesIO(answer.content))
    page = archive.read("gegevens.html").decode()
    return json.loads(archive.read("gegevens.json")), page[page.index("<main") :]


@pytest.mark.django_db
def test_the_file_for_a_computer_keeps_its_keys_and_each_has_words(stage: Stage) -> None:
    user = plant(stage.cast)
    found: dict[str, Any] = {}
    for eraser in erasers():
        found.update(eraser.own(user))
    keys = {part: " ".join(([rows] if isinstance(rows, dict) else rows)[0]) for part, rows in found.items()}
    assert keys == KEYS
    assert {name: " ".join(part.columns) for name, part in PARTS.items()} == KEYS


def test_each_part_and_column_is_called_something_in_both_languages() -> None:
    words: dict[str, list[str]] = {}
    for language in ("nl", "en"):
        with translation.override(language):
            words[language] = [
                str(text)
                for part in PARTS.values()
                for text in (part.title, *(column.label for column in part.columns.values()))
            ]
    assert all(words["nl"])
    same = {nl for nl, en in zip(words["nl"], words["en"], strict=True) if nl == en}
    assert {text.lower() for text in same} <= SAME


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "says"), [("nl", "Laatst ingelogd"), ("en", "Last signed in")])
def test_the_page_speaks_as_its_reader_with_the_clock_of_here(
    stage: Stage, browser: Browser, language: str, says: str
) -> None:
    user = plant(stage.cast)
    data, page = taken_along(browser, user, language)
    assert says in page
    words = re.sub(r"<[^>]+>", " ", page)
    assert re.findall(r"\d{4}-\d\d-\d\d|\+00:00|\d\d:\d\d:\d\d", words) == []
    assert re.findall(IN_SHORT, words) == []
    assert ("Firefox op Android" if language == "nl" else "Firefox on Android") in words
    assert data["memberships"][0]["role"] == "facilitator"  # as it is kept, in any language
    assert ("procesbegeleider" if language == "nl" else "facilitator") in words
    assert data["account"]["since"].endswith("Z")
