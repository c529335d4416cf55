"""Every string of the Big List of Naughty Strings, through every form: kept as it was typed, run nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from leerkring.communities.happenings import Role
from leerkring.communities.models import Invitation
from leerkring.effectiveness.models import Upload
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import Holiday, School
from leerkring.people.models import User
from tests.architecture.stage import Stage
from tests.architecture.test_walk import ROLES, TABLE, undone
from tests.cast import Browser, Side
from tests.naughty import ACTIVE, STRINGS, Field, Form, Page, batches, squeezed

pytestmark = pytest.mark.django_db

#: Fields into which anything can be typed.
TYPED = {"text", "textarea", "email", "search", "tel", "url", "password", "date", "hidden", "number"}
#: Fields that are not the house's own to fill.
GIVEN = {"csrfmiddlewaretoken", "draft-token"}


def takes_post(name: str) -> str | None:
    """The role as which a form at this address is filled in, if there is one."""
    row = TABLE[name]
    fits = (
        role for role in ROLES if row.expected("get", role) == "200" and row.expected("post", role) != "405"
    )
    return next(fits, None)


FORMS = {name: role for name in TABLE if (role := takes_post(name))}


def shown_active(page: Page) -> dict[str, int]:
    return {tag: page.active[tag] for tag in ACTIVE}


def filled(form: Form, text: str, *, whole: bool) -> dict[str, str]:
    """Every field of the form with `text` in it; choices as they stand. Not `whole`: cut to what a field holds."""
    said = {}
    for field in form.fields:
        if field.name in GIVEN:
            continue
        if field.kind in TYPED:
            said[field.name] = text if whole or field.most is None else text[: field.most]
        elif field.kind not in {"file", "checkbox"}:
            said.setdefault(field.name, field.value)
    return said


def fields_of(form: Form) -> list[Field]:
    return [field for field in form.fields if field.kind in TYPED and field.name not in GIVEN]


def test_there_are_forms_and_strings() -> None:
    assert len(STRINGS) > 400
    assert len(FORMS) > 15


@pytest.mark.parametrize("name", FORMS)
def test_no_form_breaks_and_nothing_it_says_back_runs(stage: Stage, browser: Browser, name: str) -> None:
    """All strings in few posts, in every field at once: refused with a sentence, or kept; never an error."""
    address = stage.address(name, stage.cast.regenboog)
    client = browser(stage.user(FORMS[name]))
    before = Page(client.get(address).content.decode())
    own = [form for form in before.forms if fields_of(form) and form.action in {"", address}]
    for form in own:
        for text in (
            *batches(9_000, " "),
            *batches(9_000, "\r\n"),
            "a\0b",
        ):
            for whole in (True, False):
                with undone():
                    answer = client.post(address, filled(form, text, whole=whole))
                    assert answer.status_code in {200, 302, 409, 429}, (name, answer.status_code, text[:60])
                    if answer.status_code == 200:
                        page = Page(answer.content.decode())
                        assert page.runs == [], name
                        assert page.active["script"] == before.active["script"], name
                        for tag in ("iframe", "object", "embed", "style", "video", "audio", "base"):
                            assert page.active[tag] == 0, (name, tag)


# What is kept is what was typed


@dataclass(frozen=True)
class Place:
    """A field in which people's words are kept: where they are typed, kept, and read."""

    who: str
    address: str
    name: str
    model: type[models.Model]
    field: str
    #: What else the form wants.
    beside: dict[str, Any]
    #: Where it is read, given the row.
    read: Callable[[Any], str]
    many_lines: bool = False
    #: Choose the row that was changed, when it is not the newest.
    row: Callable[[], Any] | None = None
    #: All are on one page: that is read once.
    together: bool = False


def places(side: Side) -> list[Place]:
    root = f"/plg/{side.community.pk}"
    talk = lambda c: f"{root}/gesprekken/{c.pk}/"  # noqa: E731
    said = lambda c: f"{root}/gesprekken/{c.conversation_id}/?bij={c.pk}"  # noqa: E731
    new = {"purpose": "question"}
    days = map(str, (date(2027, 1, 4) + timedelta(days=n) for n in count()))
    return [
        Place(
            "member",
            f"{root}/gesprekken/nieuw/",
            "title",
            Conversation,
            "title",
            {**new, "text": "Dag"},
            talk,
        ),
        Place(
            "member",
            f"{root}/gesprekken/nieuw/",
            "text",
            Contribution,
            "text",
            {**new, "title": "T"},
            said,
            True,
        ),
        Place(
            "member",
            f"{root}/gesprekken/{side.conversation.pk}/",
            "text",
            Contribution,
            "text",
            {},
            said,
            True,
        ),
        Place(
            "member",
            f"{root}/bijdrage/{side.opening.pk}/",
            "text",
            Contribution,
            "text",
            {},
            said,
            True,
            lambda: Contribution.objects.get(pk=side.opening.pk),
        ),
        Place(
            "facilitator",
            f"{root}/gesprekken/{side.conversation.pk}/weghalen/",
            "because",
            Conversation,
            "removed_because",
            {},
            lambda _: f"{root}/gesprekken/prullenbak/",
            False,
            lambda: Conversation.objects.get(pk=side.conversation.pk),
        ),
        Place(
            "administrator",
            "/scholen/nieuw/",
            "name",
            School,
            "name",
            {"sector": "po", "region": "midden", "place": "", "brin": ""},
            lambda _: "/scholen/",
            together=True,
        ),
        Place(
            "administrator",
            "/scholen/nieuw/",
            "place",
            School,
            "place",
            {"sector": "po", "region": "midden", "name": "S", "brin": ""},
            lambda _: "/scholen/",
            together=True,
        ),
        Place(
            "leader",
            f"/scholen/{side.school.pk}/kalender/",
            "name",
            Holiday,
            "name",
            {"first_day": days, "last_day": days},
            lambda h: f"/scholen/{h.school_id}/kalender/",
            together=True,
        ),
        Place(
            "anonymous",
            Invitation.make(
                side.community,
                email="nieuw@school.test",
                by=side.community.memberships.get(role=Role.FACILITATOR),
            ).address(proven=True),
            "name",
            User,
            "name",
            {},
            lambda _: f"{root}/leden/",
        ),
    ]


def limit(place: Place) -> int:
    return int(place.model._meta.get_field(place.field).max_length or 20_000)  # type: ignore[union-attr]


def newest(place: Place) -> Any:
    return place.row() if place.row else place.model._default_manager.order_by("-pk").first()


def _beside(place: Place) -> dict[str, Any]:
    """No two holidays are on the same days."""
    given = {k: next(v) if isinstance(v, Iterator) else v for k, v in place.beside.items()}
    return {**given, "last_day": given["first_day"]} if "first_day" in given else given


def kept_unchanged(place: Place, client: Client, text: str) -> Any:
    """The row in which `text` is kept now; None when it was refused with a sentence."""
    answer = client.post(place.address, {**_beside(place), place.name: text})
    expected = text if place.many_lines else text.strip()
    if not expected.strip() or len(expected) > limit(place):
        assert answer.status_code == 200, (place, text[:60])
        assert 'class="problems"' in answer.content.decode()
        return None
    assert answer.status_code == 302, (place.address, text[:200])
    row = newest(place)
    assert getattr(row, place.field) == expected
    return row


def shown_unchanged(place: Place, client: Client, row: Any, texts: list[str]) -> None:
    read = client.get(place.read(row))
    assert read.status_code == 200
    page = Page(read.content.decode())
    assert [text for text in texts if squeezed(text) not in page.text] == [], place.address
    assert page.runs == []
    assert page.active["script"] == 1
    assert page.active["iframe"] == page.active["img"] == page.active["object"] == 0


@pytest.mark.parametrize("number", range(9))
def test_what_is_kept_is_what_was_typed(stage: Stage, browser: Browser, number: int) -> None:
    place = places(stage.cast.regenboog)[number]
    client = browser(stage.user(place.who))
    texts = batches(limit(place) if place.many_lines else limit(place) - 2, "\n" if place.many_lines else " ")
    if place.together:
        rows = [row for text in texts if (row := kept_unchanged(place, client, text))]
        shown_unchanged(place, client, rows[0], [getattr(row, place.field) for row in rows])
        return
    for text in texts:
        with undone():
            if row := kept_unchanged(place, client, text):
                # Who came in by an invitation is signed in, and reads.
                shown_unchanged(place, client, row, [getattr(row, place.field)])
        if place.model is User:
            client.logout()


def test_all_places_are_tried(stage: Stage) -> None:
    assert len(places(stage.cast.regenboog)) == 9


@pytest.mark.parametrize("text", ["a\0b", "\0"])
def test_a_nul_is_refused_with_a_sentence(stage: Stage, browser: Browser, text: str) -> None:
    for place in places(stage.cast.regenboog):
        with undone():
            answer = browser(stage.user(place.who)).post(place.address, {**_beside(place), place.name: text})
            assert answer.status_code == 200, place.address
            assert 'class="problems"' in answer.content.decode(), place.address


def test_the_name_of_a_mirror_from_a_file_is_kept_as_typed(stage: Stage, browser: Browser) -> None:
    side, client = stage.cast.regenboog, browser(stage.cast.fatima)
    for text in batches(118, " "):
        file = SimpleUploadedFile("x.csv", b"van,naar,datum\n1,2,2026-10-01\n")
        with undone():
            answer = client.post(
                "/uit-bestand/", {"name": text, "school": side.school.pk, "interactions": file}
            )
            if not text.strip() or len(text.strip()) > 120:
                assert answer.status_code == 200
                continue
            assert answer.status_code == 302, text
            upload = Upload.objects.order_by("-pk")[0]
            assert upload.name == text.strip()
            page = Page(client.get(answer["Location"]).content.decode())
            upload.delete_files()
            assert squeezed(upload.name) in page.text
            assert page.runs == []
