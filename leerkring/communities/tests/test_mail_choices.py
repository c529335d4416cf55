"""How often someone wants mail, and stopping it with one click."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leerkring.communities import notices
from leerkring.communities.mail.readers import Reader, readers
from leerkring.communities.mail.stopping import MOST_AN_HOUR, stop_address
from leerkring.communities.models import Notice, NoticePreference
from leerkring.communities.notices import KINDS, Rhythm
from leerkring.people.models import User
from tests.cast import Browser, Cast, Side

pytestmark = pytest.mark.django_db

MAIL = "/postvak/mail/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def reader(user: User) -> Reader:
    return readers([user])[user.pk]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("fatima", {"joined", "door.came", "admission.asked", "counting.asked", "mentioned"}),
        ("anna", {"admission.asked", "counting.asked", "mentioned"}),
        ("gert", {"mentioned"}),
    ],
)
def test_of_a_group_one_chooses_only_of_what_can_come(
    browser: Browser, cast: Cast, regenboog: Side, who: str, offered: set[str]
) -> None:
    page = browser(getattr(cast, who)).get(f"/plg/{regenboog.community.pk}/mail/").content.decode()
    kinds = {kind for kind in KINDS if f'name="kind-{kind}"' in page}
    assert kinds & {"joined", "door.came", "admission.asked", "counting.asked", "mentioned"} == offered
    assert not kinds & {
        "leading.appointed",
        "leading.stepped_out",
        "account.administrator",
        "community.opened",
    }


def test_the_narrower_choice_holds(regenboog: Side, baken: Side, anna: User) -> None:
    here, there = regenboog.community, baken.community

    def now() -> tuple[str, ...]:
        found = reader(anna)
        places = ((here.pk, "mentioned"), (here.pk, "opened"), (there.pk, "opened"), (here.pk, "helped"))
        return tuple(found.rhythm(*place) for place in places)

    assert now() == ("daily", "weekly", "weekly", "never")
    NoticePreference.choose(anna, Rhythm.AT_ONCE)
    assert now() == ("at_once", "at_once", "at_once", "never")
    NoticePreference.choose(anna, Rhythm.NEVER, community=here)
    assert now() == ("never", "never", "at_once", "never")
    NoticePreference.choose(anna, Rhythm.DAILY, community=here, kind="mentioned")
    NoticePreference.choose(anna, Rhythm.WEEKLY, community=here, kind="helped")
    assert now() == ("daily", "never", "at_once", "weekly")
    NoticePreference.choose(anna, "usual", community=here)
    assert now() == ("daily", "weekly", "at_once", "weekly")
    NoticePreference.choose(anna, "", community=here)
    assert now() == ("daily", "at_once", "at_once", "weekly")


def test_one_choice_for_everything(anna: User, browser: Browser) -> None:
    annas = browser(anna)
    assert re.search(r'<input[^>]*value="usual"[^>]*checked', page(annas, MAIL))
    assert annas.post(MAIL, {"rhythm": "weekly"}).headers["Location"] == MAIL
    assert reader(anna).rhythm(1, "mentioned") == "weekly"
    assert annas.post(MAIL, {"rhythm": "hourly"}).status_code == 200
    assert reader(anna).rhythm(1, "mentioned") == "weekly"


def test_a_choice_for_a_group_and_for_a_kind_in_it(regenboog: Side, anna: User, browser: Browser) -> None:
    annas = browser(anna)
    here = f"/plg/{regenboog.community.pk}/mail/"
    assert "Zoals hierboven" in page(annas, MAIL)
    kinds = {f"kind-{key}": "wider" for key in notices.KINDS}
    assert annas.post(here, {**kinds, "rhythm": "daily", "kind-opened": "never"}).headers["Location"] == MAIL
    assert reader(anna).rhythm(regenboog.community.pk, "opened") == "never"
    assert reader(anna).rhythm(regenboog.community.pk, "replied") == "daily"
    assert "Elke schooldag" in page(annas, MAIL)
    assert annas.post(here, {**kinds, "rhythm": "wider", "kind-opened": "hourly"}).status_code == 200
    annas.post(here, {**kinds, "rhythm": "wider"})
    assert not NoticePreference.objects.filter(user=anna).exists()


def test_a_choice_makes_the_kept_page_new(regenboog: Side, anna: User, browser: Browser) -> None:
    annas = browser(anna)
    here = f"/plg/{regenboog.community.pk}/mail/"
    tag = annas.get(here).headers["ETag"]
    NoticePreference.choose(anna, Rhythm.DAILY, community=regenboog.community)
    assert annas.get(here, headers={"If-None-Match": tag}).status_code == 200


def test_a_new_choice_holds_for_what_waits(regenboog: Side, anna: User) -> None:
    Notice.objects.filter(user=anna).update(mail_at=None)
    NoticePreference.choose(anna, Rhythm.DAILY)
    assert not Notice.objects.unmailed().filter(user=anna, mail_at=None).exists()


# Stopping


def test_a_click_in_a_browser_asks_first_and_says_what_it_stops(
    regenboog: Side, anna: User, browser: Browser
) -> None:
    address = stop_address(anna, regenboog.community)
    visitor = browser(None)
    assert "geen mail meer over Rekenen in de onderbouw" in page(visitor, address)
    assert not NoticePreference.objects.exists()
    done = visitor.post(address, ONE_CLICK)
    assert done.status_code == 200
    assert "Niet meer over Rekenen in de onderbouw" in done.content.decode()
    assert reader(anna).rhythm(regenboog.community.pk, "mentioned") == "never"
    assert reader(anna).rhythm(None, "joined") == "never"


def test_a_mail_program_stops_it_without_cookie_or_token(regenboog: Side, anna: User) -> None:
    NoticePreference.choose(anna, Rhythm.AT_ONCE, community=regenboog.community, kind="mentioned")
    for how in ("application/x-www-form-urlencoded", "multipart"):
        client = Client(enforce_csrf_checks=True)
        address = stop_address(anna, None)
        if how == "multipart":
            answer = client.post(address, ONE_CLICK)
        else:
            answer = client.post(address, "List-Unsubscribe=One-Click", content_type=how)
        assert answer.status_code == 200
    assert [str(choice) for choice in NoticePreference.objects.filter(community=None, kind="")] == [
        f"{anna.pk}: never"
    ]
    assert NoticePreference.objects.count() == 1
    assert reader(anna).rhythm(regenboog.community.pk, "mentioned") == "never"


def test_of_one_group_the_others_go_on(regenboog: Side, baken: Side, anna: User) -> None:
    Client().post(stop_address(anna, regenboog.community), ONE_CLICK)
    assert reader(anna).rhythm(baken.community.pk, "mentioned") == "daily"


def test_done_twice_it_is_done_and_writes_nothing_more(anna: User) -> None:
    address = stop_address(anna, None)
    Client().post(address, ONE_CLICK)
    version = User.objects.get(pk=anna.pk).version
    assert Client().post(address, ONE_CLICK).status_code == 200
    assert User.objects.get(pk=anna.pk).version == version


@pytest.mark.parametrize("posted", [{}, {"List-Unsubscribe": "x"}, {"one-click": "1"}])
def test_a_post_without_the_words_changes_nothing(anna: User, posted: dict[str, str]) -> None:
    assert Client().post(stop_address(anna, None), posted).status_code == 200
    assert not NoticePreference.objects.exists()


def test_a_link_that_is_not_ours_is_not_there(anna: User) -> None:
    address = stop_address(anna, None)
    for other in (address[:-3] + "xx/", "/mail-stoppen/1/", "/mail-stoppen/%00/"):
        assert Client().get(other).status_code == 404
        assert Client().post(other, ONE_CLICK).status_code == 404


def test_who_left_is_told_no_name_any_more(regenboog: Side, anna: User) -> None:
    address = stop_address(anna, regenboog.community)
    regenboog.member(anna).leave()
    answer = Client().post(address, ONE_CLICK)
    assert answer.status_code == 200
    assert "Rekenen in de onderbouw" not in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_who_keeps_asking_is_not_heard_any_more(anna: User) -> None:
    address = stop_address(anna, None)
    answers = [Client().post(address, ONE_CLICK).status_code for _ in range(MOST_AN_HOUR + 1)]
    assert answers == [200] * MOST_AN_HOUR + [429]
