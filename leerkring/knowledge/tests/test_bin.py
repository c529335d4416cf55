"""What was taken away is found nowhere, can be put back for thirty days, and is then gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring import clock
from leerkring.communities import erasing, inbox, jobs, thread
from leerkring.communities.access import Here
from leerkring.communities.feed import recent
from leerkring.communities.models import Link, Notice, Record
from leerkring.jobs.models import Job, Vanished
from leerkring.jobs.run import Run
from leerkring.knowledge import vanishing
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.knowledge.vanishing import vanish_outdated
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import NOW, Browser, Side

MONTH = timedelta(days=30, minutes=1)


def page(side: Side, rest: str = "") -> str:
    return f"/plg/{side.community.pk}/gesprekken/{rest}"


def test_who_opened_it_takes_it_away_and_puts_it_back(regenboog: Side, anna: User, browser: Browser) -> None:
    client, number = browser(anna), regenboog.conversation.pk
    assert client.post(page(regenboog, f"{number}/weghalen/")).status_code == 302
    assert client.get(page(regenboog, f"{number}/")).status_code == 404
    assert "Hoe leg je een halve uit?" in client.get(page(regenboog, "prullenbak/")).content.decode()
    assert client.post(page(regenboog, f"{number}/terugzetten/")).status_code == 302
    assert client.get(page(regenboog, f"{number}/")).status_code == 200


def test_a_reply_that_meets_the_taking_away_is_refused(regenboog: Side, anna: User, bram: User) -> None:
    """Bram's page was read before Anna took it away: nothing may be counted that no table shows."""
    read = Conversation.objects.get(pk=regenboog.conversation.pk)
    regenboog.conversation.remove(by=regenboog.member(anna))
    lines = Record.objects.count()
    with pytest.raises(Refused):
        read.reply(by=regenboog.member(bram), text="Vouwen, denk ik.")
    assert Record.objects.count() == lines
    assert not read.contributions.filter(text="Vouwen, denk ik.").exists()


def test_what_was_taken_away_is_found_nowhere(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    title, talk = "Hoe leg je een halve uit", regenboog.conversation
    members = {user.pk: regenboog.member(user) for user in (anna, bram, fatima)}
    talk.reply(by=members[bram.pk], text="@Anna en @Fatima, en dan?")
    talk.remove(by=members[anna.pk])
    other = Conversation.objects.exclude(pk=talk.pk).get(community=regenboog.community)
    looked_at = ["", "?soort=question", f"{other.pk}/", f"nieuw/?from=conversation:{talk.pk}"]
    for user in (anna, bram, fatima):
        assert thread.find(user, f"conversation:{talk.pk}") is None
        assert all(
            line.thing is None or line.thing.id != talk.pk
            for line in recent(Here(user, talk.community, talk.community.memberships.get(user=user)))
        )
        for rest in looked_at:
            assert title not in browser(user).get(page(regenboog, rest)).content.decode(), rest
        assert title not in browser(user).get(f"/plg/{talk.community_id}/").content.decode()
        for method, rest in (
            ("get", f"bijdrage/{regenboog.opening.pk}/"),
            ("post", f"bijdrage/{regenboog.answer.pk}/helpt/"),
            ("post", f"bijdrage/{regenboog.opening.pk}/weghalen/"),
            ("post", f"gesprekken/{talk.pk}/"),
        ):
            address = f"/plg/{talk.community_id}/{rest}"
            assert getattr(browser(user), method)(address).status_code == 404, address
    assert list(Contribution.objects.naming(members[fatima.pk])) == []


def test_a_facilitator_says_why_and_who_opened_it_reads_that(
    regenboog: Side, anna: User, bram: User, fatima: User, browser: Browser
) -> None:
    number = regenboog.conversation.pk
    address = page(regenboog, f"{number}/weghalen/")
    assert browser(bram).post(address).status_code == 404
    assert "Kijk hier nog even naar" in browser(fatima).post(address, {"because": ""}).content.decode()
    assert browser(fatima).post(address, {"because": "Er stond een leerling bij naam in."}).status_code == 302
    assert Notice.objects.filter(user=anna, kind="conversation.removed").exists()
    annas = browser(anna).get(page(regenboog, "prullenbak/")).content.decode()
    assert "Er stond een leerling bij naam in." in annas
    assert "door Fatima El Amrani weggehaald" in annas
    assert "Er stond" not in browser(bram).get(page(regenboog, "prullenbak/")).content.decode()
    assert browser(anna).post(page(regenboog, f"{number}/terugzetten/")).status_code == 409
    assert browser(fatima).post(page(regenboog, f"{number}/terugzetten/")).status_code == 302


def test_who_was_called_in_it_still_is_when_it_is_put_back(
    regenboog: Side, anna: User, bram: User, browser: Browser
) -> None:
    told = Notice.objects.filter(user=anna, kind="mentioned", thing_id=regenboog.conversation.pk)
    waiting = User.objects.get(pk=anna.pk).unread
    annas, opener = browser(anna), regenboog.member(anna)
    regenboog.conversation.remove(by=opener)
    assert User.objects.get(pk=anna.pk).unread == waiting - 1
    annas.get("/postvak/")
    jobs.clear_inboxes(Run(Job(kind="communities.clear_inboxes")))
    assert told.get().read_at is None
    Conversation.objects.get(pk=regenboog.conversation.pk).put_back(by=opener)
    assert User.objects.get(pk=anna.pk).unread == waiting
    assert "Hoe leg je een halve uit?" in annas.get("/postvak/?toon=ongelezen").content.decode()


def test_who_wrote_an_answer_meanwhile_gets_it_back(
    regenboog: Side, anna: User, bram: User, browser: Browser
) -> None:
    address = page(regenboog, f"{regenboog.conversation.pk}/")
    regenboog.conversation.remove(by=regenboog.member(anna))
    answer = browser(bram).post(address, {"text": "Een heel lang verhaal"})
    assert answer.status_code == 404
    assert "Een heel lang verhaal" in answer.content.decode()


def test_what_its_opener_took_away_a_facilitator_leaves(
    regenboog: Side, anna: User, fatima: User, browser: Browser
) -> None:
    regenboog.conversation.remove(by=regenboog.member(anna))
    assert "halve" not in browser(fatima).get(page(regenboog, "prullenbak/")).content.decode()
    address = page(regenboog, f"{regenboog.conversation.pk}/terugzetten/")
    assert browser(fatima).post(address).status_code == 404


def test_verbs_hold_the_same(regenboog: Side, anna: User, bram: User, fatima: User) -> None:
    talk = regenboog.conversation
    with pytest.raises(Refused):
        talk.remove(by=regenboog.member(bram))
    with pytest.raises(Refused):
        talk.remove(by=regenboog.member(fatima), because="  ")
    talk.remove(by=regenboog.member(anna))
    with pytest.raises(Refused):
        talk.remove(by=regenboog.member(anna))
    talk.refresh_from_db()
    with pytest.raises(Refused):
        talk.put_back(by=regenboog.member(fatima))


def test_after_thirty_days_it_is_gone_with_its_links_and_what_counts_stays(
    regenboog: Side, anna: User, fatima: User
) -> None:
    talk = regenboog.conversation
    lines = Record.objects.count()
    talk.remove(by=regenboog.member(fatima), because="Dubbel.")
    with clock.at(NOW + timedelta(days=29)):
        vanish_outdated()
    assert Conversation.objects.filter(pk=talk.pk).exists()
    with clock.at(NOW + MONTH):
        vanish_outdated()
    assert not Conversation.objects.filter(pk=talk.pk).exists()
    assert not Contribution.objects.filter(conversation=talk.pk).exists()
    assert not Link.objects.filter(to_kind="conversation", to_id=talk.pk).exists()
    assert not Notice.objects.filter(thing_kind="conversation", thing_id=talk.pk).exists()
    assert Record.objects.count() == lines
    assert list(Vanished.objects.values_list("kind", "reference")) == [("conversation", str(talk.pk))]


def test_withdrawn_words_are_gone_after_thirty_days(
    regenboog: Side, bram: User, anna: User, browser: Browser
) -> None:
    answer = regenboog.answer
    answer.withdraw(by=regenboog.member(bram))
    with clock.at(NOW + MONTH):
        vanish_outdated()
        gone = Contribution.objects.get(pk=answer.pk)
        assert (gone.text, list(gone.mentioned.all())) == ("", [])
        text = browser(bram).get(page(regenboog, f"{answer.conversation_id}/")).content.decode()
        assert "Deze bijdrage is weggehaald" in text
        assert "Zet terug" not in text
        with pytest.raises(Refused):
            gone.restore(by=regenboog.member(bram))
        vanish_outdated()
    assert Vanished.objects.filter(kind="contribution").count() == 1


def test_what_is_put_back_while_others_go_stays(
    regenboog: Side, anna: User, bram: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Conversation.objects.filter(community=regenboog.community).order_by("pk")
    first.remove(by=regenboog.member(anna))
    second.remove(by=regenboog.member(bram))
    put_back = {first: (second, bram), second: (first, anna)}
    vanish = vanishing.vanish_conversation

    def vanish_slowly(pk: int) -> None:
        other, opener = next(rest for talk, rest in put_back.items() if talk.pk == pk)
        vanish(pk)
        Conversation.objects.get(pk=other.pk).put_back(by=regenboog.member(opener))

    monkeypatch.setattr(vanishing, "vanish_conversation", vanish_slowly)
    with clock.at(NOW + MONTH):
        vanish_outdated()
    assert Conversation.objects.filter(community=regenboog.community).count() == 1


def test_the_row_of_the_community_is_held_first(regenboog: Side, anna: User) -> None:
    """As in putting back: held the other way round, the two would wait for each other for ever."""
    regenboog.conversation.remove(by=regenboog.member(anna))
    with clock.at(NOW + MONTH), CaptureQueriesContext(connection) as ran:
        vanish_outdated()
    asked = [query["sql"] for query in ran.captured_queries]
    held = next(at for at, sql in enumerate(asked) if sql.startswith('UPDATE "communities_community"'))
    looked_again = next(
        at for at, sql in enumerate(asked) if sql.startswith("SELECT 1 AS") and 'FROM "knowledge_' in sql
    )
    assert held < looked_again


def test_of_what_is_gone_the_inbox_counts_nothing(regenboog: Side, anna: User, bram: User) -> None:
    inbox.read(anna, Notice.objects.filter(user=anna))
    Conversation.open(
        by=regenboog.member(bram), title="Nog een vraag", purpose=Purpose.QUESTION, text="Wie weet het?"
    )
    assert User.objects.get(pk=anna.pk).unread == 1
    erasing.erase(bram, by=bram, texts_too=True)
    assert User.objects.get(pk=anna.pk).unread == 0


def test_words_put_back_in_time_stay(regenboog: Side, bram: User) -> None:
    regenboog.answer.withdraw(by=regenboog.member(bram))
    regenboog.answer.restore(by=regenboog.member(bram))
    with clock.at(NOW + MONTH):
        vanish_outdated()
    assert Contribution.objects.get(pk=regenboog.answer.pk).text.startswith("Vouwblaadjes")
