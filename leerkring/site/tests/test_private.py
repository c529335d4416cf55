"""What someone who is signed in sees stays between them and us."""

from __future__ import annotations

from django.test import Client

from leerkring.people.models import User
from tests.cast import Browser, Side


def test_a_page_of_someone_signed_in_is_kept_by_no_one_else(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    for path in ("/", "/no-such-page/", f"/plg/{regenboog.community.pk}/leden/"):
        said = browser(anna).get(path, follow=True).headers["Cache-Control"]
        assert "private" in said
        assert "no-cache" in said


def test_a_page_that_says_more_strictly_how_it_is_kept_is_left_alone(browser: Browser, fatima: User) -> None:
    assert "no-store" in browser(fatima).get("/uit-bestand/").headers["Cache-Control"]


def test_a_public_page_may_be_kept(client: Client, db: None) -> None:
    assert "Cache-Control" not in client.get("/").headers
