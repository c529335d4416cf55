"""The inbox: a row for each thing, the number in the top bar, and how things come to be read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities import ending, inbox, jobs
from leerkring.communities.access import here
from leerkring.communities.models import Notice, NoticeSet
from leerkring.jobs.models import Job
from leerkring.jobs.run import Run
from leerkring.people.models import User
from tests.cast import GERT_UNTIL, NOW, Browser, Cast, Side

pytestmark = pytest.mark.django_db

POSTVAK = "/postvak/"


@pytest.fixture(autouse=True)
def nothing_told_yet(cast: Cast) -> None:
    Notice.forget(Notice.objects.all())
    for person in (cast.anna, cast.bram, cast.fatima, cast.gert, cast.olga, cast.piet):
        person.refresh_from_db()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def page(client: Client, address: str = POSTVAK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def talk(side: Side) -> str:
    return f"/plg/{side.community.pk}/gesprekken/{side.conversation.pk}/"


def test_answers_of_several_are_one_row(
    regenboog: Side, anna: User, bram: User, fatima: User, gert: User, browser: Browser
) -> None:
    for author, moment in ((fatima, 1), (gert, 2), (bram, 3)):
        with clock.at(NOW + timedelta(minutes=moment)):
            regenboog.conversation.reply(by=regenboog.member(author), text="Zo.")
    assert fresh(anna).unread == 1
    shown = page(browser(anna))
    assert "Reactie op jou van Bram Jansen en 2 anderen" in shown
    assert shown.count("Hoe leg je een halve uit?") == 1


def test_two_are_both_named(regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser) -> None:
    for author in (fatima, bram):
        regenboog.conversation.reply(by=regenboog.member(author), text="Zo.")
    assert "Reactie op jou van Bram Jansen en Fatima El Amrani" in page(browser(anna))


def test_the_number_stands_on_every_page_and_costs_no_question(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    annas = browser(anna)
    about = f"/plg/{regenboog.community.pk}/over/"
    page(annas, about)
    with CaptureQueriesContext(connection) as before:
        assert 'class="count"' not in page(annas, about)
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    with CaptureQueriesContext(connection) as after:
        shown = page(annas, about)
    assert '<span class="count">1<span class="sr"> ongelezen</span></span>' in shown
    assert len(after) == len(before)


def test_a_kept_page_is_drawn_again_when_something_waits(
    regenboog: Side, anna: User, olga: User, baken: Side, browser: Browser
) -> None:
    """Even when it happened in another community: the number stands on this page too."""
    baken.community.join(anna)
    annas = browser(anna)
    members = f"/plg/{regenboog.community.pk}/leden/"
    tag = annas.get(members).headers["ETag"]
    assert annas.get(members, headers={"If-None-Match": tag}).status_code == 304
    baken.conversation.reply(by=baken.member(olga), text="Dag @Anna.")
    assert annas.get(members, headers={"If-None-Match": tag}).status_code == 200


def test_opening_leads_to_the_first_new_words_and_reads_the_row(
    regenboog: Side, anna: User, fatima: User, bram: User, browser: Browser
) -> None:
    first = regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    regenboog.conversation.reply(by=regenboog.member(bram), text="Of zo.")
    row = Notice.objects.filter(user=anna).order_by("pk").first()
    assert row is not None
    annas = browser(anna)
    assert f'href="{POSTVAK}{row.pk}/"' in page(annas)
    answer = annas.get(f"{POSTVAK}{row.pk}/")
    assert answer.headers["Location"] == f"{talk(regenboog)}?bij={first.pk}#bijdrage-{first.pk}"
    assert fresh(anna).unread == 0
    assert not Notice.objects.filter(user=anna, read_at=None).exists()
    assert f'href="{POSTVAK}' in page(annas)  # it is still there, as read


def test_looking_at_the_thing_reads_it_and_looking_again_writes_nothing(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    annas = browser(anna)
    assert 'class="count"' not in page(annas, talk(regenboog))
    assert fresh(anna).unread == 0
    with CaptureQueriesContext(connection) as asked:
        page(annas, talk(regenboog))
    assert [q["sql"] for q in asked if "communities_notice" in q["sql"]] == []
    assert [q["sql"] for q in asked if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))] == []


def test_what_waits_about_another_thing_is_not_written_to_by_looking_here(
    regenboog: Side, anna: User, bram: User, browser: Browser
) -> None:
    other = regenboog.community.conversations.exclude(pk=regenboog.conversation.pk).get()
    other.reply(by=regenboog.member(bram), text="Voor @Anna.")
    annas = browser(anna)
    with CaptureQueriesContext(connection) as asked:
        page(annas, talk(regenboog))
    assert [q["sql"] for q in asked if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))] == []
    assert fresh(anna).unread == 1


def test_unread_comes_first_and_can_be_asked_for_alone(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    other = regenboog.community.conversations.exclude(pk=regenboog.conversation.pk).get()
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    with clock.at(NOW + timedelta(hours=1)):
        other.reply(by=regenboog.member(bram), text="Voor @Anna.")
        inbox.opened(here(fresh(anna), regenboog.community.pk), "conversation", other.pk)
        shown = page(browser(anna))
    assert shown.index("Hoe leg je een halve uit?") < shown.index("Onze kast met breukstokken")
    assert "Onze kast" not in page(browser(anna), f"{POSTVAK}?toon=ongelezen")


def test_of_one_community_only(
    regenboog: Side, baken: Side, anna: User, olga: User, fatima: User, browser: Browser
) -> None:
    baken.community.join(anna)
    baken.conversation.reply(by=baken.member(olga), text="Dag @Anna.")
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    assert "Wie leest er nooit thuis?" in page(browser(anna))
    only = page(browser(anna), f"{POSTVAK}?plg={regenboog.community.pk}")
    assert "Wie leest er nooit thuis?" not in only
    assert "Hoe leg je een halve uit?" in only


def test_all_read(regenboog: Side, anna: User, fatima: User, browser: Browser) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    annas = browser(anna)
    assert "Alles gelezen" in page(annas)
    assert annas.post(f"{POSTVAK}gelezen/").headers["Location"] == POSTVAK
    assert fresh(anna).unread == 0
    assert "Alles gelezen" not in page(annas)


def test_a_notice_of_another_is_not_there(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    annas = Notice.objects.get(user=anna)
    for person in (fatima, fresh(anna)):
        assert browser(person).get(f"{POSTVAK}{annas.pk}/").status_code == (302 if person == anna else 404)


def test_who_leaves_sees_nothing_of_it_any_more(
    regenboog: Side, baken: Side, anna: User, olga: User, fatima: User, browser: Browser
) -> None:
    baken.community.join(anna)
    Notice.forget(Notice.objects.filter(user=olga))
    baken.conversation.reply(by=baken.member(olga), text="Dag @Anna.")
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    assert fresh(anna).unread == 2
    baken.member(anna).leave()
    assert fresh(anna).unread == 1
    assert "Wie leest er nooit thuis?" not in page(browser(anna))


def test_when_the_days_of_a_guest_are_over_the_number_follows(
    regenboog: Side, gert: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Gert.")
    assert fresh(gert).unread == 1
    after = NOW.replace(month=GERT_UNTIL.month, day=GERT_UNTIL.day) + timedelta(days=1)
    with clock.at(after):
        client = browser(gert)
        shown = page(client)
    assert "Hoe leg je" not in shown
    assert 'class="count"' not in shown
    assert fresh(gert).unread == 0


def test_what_is_told_while_the_inbox_is_drawn_still_waits(
    regenboog: Side, anna: User, fatima: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    leading, drawn = regenboog.member(fatima), inbox.threads

    def meanwhile(found: NoticeSet) -> list[dict[str, Any]]:
        lines = drawn(found)
        regenboog.conversation.reply(by=leading, text="Zo.")
        return lines

    monkeypatch.setattr(inbox, "threads", meanwhile)
    User.objects.filter(pk=anna.pk).update(unread=5)
    page(browser(anna))
    assert Notice.objects.get(user=anna).read_at is None
    assert fresh(anna).unread == 1


def test_what_was_told_of_a_group_that_ends_waits_until_it_is_put_back(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Dag @Anna.")
    ending.end(regenboog.community, by=fatima)
    assert "Hoe leg je" not in page(browser(anna))
    assert fresh(anna).unread == 0
    ending.put_back(regenboog.community, by=fatima)
    assert fresh(anna).unread == 1
    assert "Hoe leg je" in page(browser(anna), f"{POSTVAK}?toon=ongelezen")


def test_who_comes_in_is_told_to_who_leads_and_read_on_the_page_of_members(
    regenboog: Side, fatima: User, anna: User, olga: User, piet: User, browser: Browser
) -> None:
    regenboog.community.join(olga)
    regenboog.community.join(piet)
    assert (fresh(fatima).unread, fresh(anna).unread) == (1, 0)
    fatimas = browser(fatima)
    assert "Nieuw in de groep: Piet Zijlstra en Olga Veenstra" in page(fatimas)
    page(fatimas, f"/plg/{regenboog.community.pk}/leden/")
    assert fresh(fatima).unread == 0


@pytest.mark.parametrize("count", [5, 500])
def test_the_inbox_costs_the_same_however_much_waits(
    regenboog: Side, anna: User, fatima: User, browser: Browser, count: int
) -> None:
    leading = regenboog.member(fatima)
    for number in range(count):
        regenboog.community.notify(
            "mentioned",
            to=[regenboog.member(anna)],
            by=leading,
            thing=("conversation", regenboog.conversation.pk) if number % 2 else ("unknown", number),
            at=NOW,
        )
    annas = browser(anna)
    page(annas)
    for remembered in caches.all():
        remembered.clear()
    with CaptureQueriesContext(connection) as asked:
        page(annas)
    assert len(asked) == 7
    with CaptureQueriesContext(connection) as again:
        page(annas)
    assert len(again) == 3
    assert fresh(anna).unread == 1 + (count + 1) // 2


def test_pages_follow_each_other(regenboog: Side, anna: User, fatima: User, browser: Browser) -> None:
    leading = regenboog.member(fatima)
    for number in range(25):
        thing = ("unknown", number)
        regenboog.community.notify("mentioned", to=[regenboog.member(anna)], by=leading, thing=thing, at=NOW)
    assert page(browser(anna)).count("<h2") == 20
    assert page(browser(anna), f"{POSTVAK}?bladzijde=2").count("<h2") == 5


def test_what_is_old_goes_at_night(regenboog: Side, anna: User, bram: User, fatima: User) -> None:
    regenboog.conversation.reply(by=regenboog.member(fatima), text="Zo.")
    inbox.opened(here(fresh(anna), regenboog.community.pk), "conversation", regenboog.conversation.pk)

    def left() -> set[str]:
        return {name.split()[0] for name in Notice.objects.values_list("user__name", flat=True)}

    for days, expected in ((89, {"Anna", "Bram"}), (91, {"Bram"}), (364, {"Bram"}), (366, set())):
        with clock.at(NOW + timedelta(days=days)):
            jobs.clear_inboxes(Run(Job(kind="communities.clear_inboxes")))
        assert left() == expected
    assert fresh(bram).unread == 0


def test_an_empty_inbox_says_so(anna: User, browser: Browser) -> None:
    assert "Je bent helemaal bij" in page(browser(anna))


def test_the_inbox_is_sent_again_only_when_something_changed(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    annas, leading = browser(anna), regenboog.member(fatima)
    tag = annas.get("/postvak/").headers["ETag"]
    assert annas.get("/postvak/", headers={"If-None-Match": tag}).status_code == 304
    regenboog.conversation.reply(by=leading, text="@Anna, wat denk jij?")
    again = annas.get("/postvak/", headers={"If-None-Match": tag})
    assert "Fatima El Amrani" in again.content.decode()
