"""The bar, the language and the dates that every page shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from leerkring import clock
from leerkring.ui import rooms
from leerkring.ui.templatetags import ui

pytestmark = pytest.mark.usefixtures("two_rooms")

PAGE = '{% extends "community.html" %}{% block title %}<Doelen>{% endblock %}{% block main %}{% endblock %}'


@pytest.fixture
def two_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "_addresses", {})
    rooms.register("goals", lambda _here: "/plg/2/doelen/")
    rooms.register("today", lambda _here: "/plg/2/")
    rooms.register("mirror", lambda here: "/plg/2/spiegel/" if here.sees_mirror else None)


def drawn(path: str, *, sees_mirror: bool = True, language: str = "nl") -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    with override(language):
        context = {"here": SimpleNamespace(sees_mirror=sees_mirror)}
        return str(engines["django"].from_string(PAGE).render(context, request))


class TestTabs:
    def test_only_rooms_that_exist_are_shown_in_the_order_of_the_bar(self) -> None:
        here = SimpleNamespace(sees_mirror=True)
        assert [tab.key for tab in rooms.tabs(here)] == ["today", "goals", "mirror"]

    def test_a_room_that_is_not_this_persons_is_not_shown(self) -> None:
        assert "/plg/2/spiegel/" not in drawn("/plg/2/", sees_mirror=False)

    def test_the_room_one_is_in_is_marked(self) -> None:
        html = drawn("/plg/2/doelen/7/")
        assert html.count("aria-current") == 1
        assert '<a href="/plg/2/doelen/" aria-current="true">' in html

    def test_the_rooms_first_page_is_the_current_page(self) -> None:
        assert '<a href="/plg/2/" aria-current="page">' in drawn("/plg/2/")

    def test_a_room_must_be_a_known_one(self) -> None:
        with pytest.raises(KeyError):
            rooms.register("cellar", lambda _here: "/kelder/")


class TestEveryPage:
    def test_offers_the_other_language_in_its_own_words(self) -> None:
        html = drawn("/plg/2/")
        assert 'value="en" lang="en">English</button>' in html
        assert 'value="nl" lang="nl">Nederlands</button>' in drawn("/plg/2/", language="en")

    def test_begins_with_a_way_past_the_bar(self) -> None:
        body = drawn("/plg/2/").split("<body>")[1]
        assert body.strip().startswith('<a class="skip" href="#main">')

    def test_says_its_language(self) -> None:
        assert '<html lang="nl">' in drawn("/plg/2/")

    def test_renders_without_a_request(self) -> None:
        html = str(engines["django"].from_string(PAGE).render({}))
        assert 'class="brand"' in html
        assert "Inloggen" not in html


class TestDates:
    NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def test_a_day_is_said_as_on_a_school(self) -> None:
        with clock.at(self.NOW), override("nl"):
            assert ui.school_date(date(2026, 11, 26)) == "donderdag 26 november"

    def test_another_year_is_named(self) -> None:
        with clock.at(self.NOW), override("nl"):
            assert ui.school_date(date(2027, 4, 1)) == "donderdag 1 april 2027"

    def test_a_moment_is_on_a_dutch_wall(self) -> None:
        with clock.at(self.NOW), override("nl"):
            assert (
                ui.school_moment(datetime(2026, 11, 26, 14, 30, tzinfo=UTC))
                == "donderdag 26 november, 15.30 uur"
            )

    def test_late_in_the_evening_is_still_today(self) -> None:
        with clock.at(self.NOW), override("nl"):
            assert ui.school_date(datetime(2026, 11, 26, 23, 30, tzinfo=UTC)) == "vrijdag 27 november"

    def test_no_date_is_no_words(self) -> None:
        assert ui.school_date(None) == ""
        assert ui.school_moment(None) == ""
