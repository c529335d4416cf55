"""Conversations: opening, answering, calling a colleague by name, helping, changing one's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Membership, Record
from leerkring.knowledge.calling import mentions
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import LONGEST, Contribution, Conversation
from leerkring.people.models import User
from leerkring.ui.refusal import Refused
from tests.cast import LAST_WEEK, NOW, Browser, Side


def talks(side: Side) -> str:
    return f"/plg/{side.community.pk}/gesprekken/"


def talk(side: Side) -> str:
    return f"{talks(side)}{side.conversation.pk}/"


def said(side: Side, contribution: Contribution, act: str = "") -> str:
    return f"/plg/{side.community.pk}/bijdrage/{contribution.pk}/{act}"


# Opening and answering


def test_a_member_opens_a_conversation(browser: Browser, anna: User, regenboog: Side) -> None:
    sent = {
        "purpose": "dilemma",
        "title": "Rekenen op de gang?",
        "text": "  Het is er rumoerig.\n\nMaar ruim.",
    }
    answer = browser(anna).post(f"{talks(regenboog)}nieuw/", sent)
    opened = Conversation.objects.get(title="Rekenen op de gang?")
    assert answer.headers["Location"] == f"{talks(regenboog)}{opened.pk}/"
    assert (opened.purpose, opened.opened_by, opened.opened_at) == ("dilemma", regenboog.member(anna), NOW)
    assert opened.contributions.get().text == "  Het is er rumoerig.\n\nMaar ruim."
    record = Record.objects.get(kind="conversation.opened", at=NOW)
    assert record.data == {"about": opened.pk, "purpose": "dilemma", "mentioned": []}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"purpose": "question", "title": "", "text": "tekst"},
        {"purpose": "question", "title": "titel", "text": " \n\t "},
        {"purpose": "gossip", "title": "titel", "text": "tekst"},
        {"purpose": "question", "title": "x" * 161, "text": "tekst"},
        {"purpose": "question", "title": "titel", "text": "x" * (LONGEST + 1)},
        {"purpose": "question", "title": "ti\0tel", "text": "tekst"},
        {"purpose": "question", "title": "titel", "text": "te\0kst"},
    ],
    ids=["nothing", "no title", "blank", "no such purpose", "long title", "long text", "nul in title", "nul"],
)
def test_what_cannot_be_a_conversation_comes_back(
    browser: Browser, anna: User, regenboog: Side, sent: dict[str, str]
) -> None:
    before = (Conversation.objects.count(), Contribution.objects.count(), Record.objects.count())
    assert browser(anna).post(f"{talks(regenboog)}nieuw/", sent).status_code == 200
    assert (Conversation.objects.count(), Contribution.objects.count(), Record.objects.count()) == before


def test_a_guest_takes_part_in_conversations(browser: Browser, gert: User, regenboog: Side) -> None:
    assert browser(gert).post(talk(regenboog), {"text": "Met pizza."}).status_code == 302
    assert regenboog.conversation.contributions.filter(text="Met pizza.").exists()


def test_a_reply_answers_who_opened_or_who_is_named(
    browser: Browser, fatima: User, anna: User, bram: User, regenboog: Side
) -> None:
    browser(fatima).post(talk(regenboog), {"text": "Ik knip papier."})
    browser(fatima).post(f"{talk(regenboog)}?op={regenboog.answer.pk}", {"text": "Mooi!"})
    whole, one = Record.objects.filter(kind="conversation.replied", at=NOW).order_by("pk")
    assert whole.data["answered"] == regenboog.member(anna).pk
    assert one.data["answered"] == regenboog.member(bram).pk
    reply = Contribution.objects.get(text="Mooi!")
    assert reply.to == regenboog.answer


def test_going_on_with_oneself_answers_nobody(anna: User, regenboog: Side) -> None:
    regenboog.conversation.reply(by=regenboog.member(anna), text="En nog iets.")
    assert Record.objects.get(kind="conversation.replied", at=NOW).data["answered"] is None


@pytest.mark.parametrize(
    ("text", "unreached"),
    [
        ("@Fatima en @fatima el amrani, kijk eens", None),
        ("@Anna ben ik zelf", None),
        ("mail fatima@school.nl of kijk @ 10 uur, @2e verdieping", None),
        ("zie https://www.youtube.com/@rekenen", None),
        ("@Fatimah en @Bram, en nog eens @Fatimah", "@Fatimah"),
        ("@Henk en @Olga: doen jullie mee?", "@Henk, @Olga"),
    ],
)
def test_who_calls_somebody_who_is_not_here_is_told(
    browser: Browser, anna: User, regenboog: Side, text: str, unreached: str | None
) -> None:
    page = f"{talks(regenboog)}{regenboog.conversation.pk}/"
    said = browser(anna).post(page, {"text": text}, follow=True).content.decode()
    assert Contribution.objects.filter(text=text).exists()
    assert ("bereikte je niemand" in said) == bool(unreached)
    assert unreached is None or f"Maar met {unreached} bereikte je niemand" in said
    assert unreached is None or "Reageer nog een keer" in said  # a revision tells nobody


def test_where_two_are_called_so_neither_was_reached(browser: Browser, anna: User, regenboog: Side) -> None:
    regenboog.community.join(User.objects.create_user("bos@school.test", name="Fatima Bos"))
    sent = {"purpose": "question", "title": "Wie kijkt?", "text": "@Fatima Bos wel, @Fatima niet"}
    said = browser(anna).post(f"{talks(regenboog)}nieuw/", sent, follow=True).content.decode()
    assert "Maar met @Fatima bereikte je niemand" in said


def test_a_reply_to_something_in_another_conversation_is_refused(
    browser: Browser, bram: User, anna: User, regenboog: Side
) -> None:
    other = Conversation.objects.get(title="Onze kast met breukstokken")
    answer = browser(anna).post(
        f"{talks(regenboog)}{other.pk}/?op={regenboog.answer.pk}", {"text": "Verdwaald."}
    )
    assert "staat in een ander gesprek" in answer.content.decode()
    assert "Verdwaald.</textarea>" in answer.content.decode()
    assert not Contribution.objects.filter(text="Verdwaald.").exists()


def test_a_reply_to_something_of_another_community_is_not_found(
    browser: Browser, anna: User, regenboog: Side, baken: Side
) -> None:
    answer = browser(anna).post(f"{talk(regenboog)}?op={baken.opening.pk}", {"text": "Verdwaald."})
    assert answer.status_code == 404
    assert not Contribution.objects.filter(text="Verdwaald.").exists()


def test_the_list_begins_with_what_moved_last(browser: Browser, anna: User, regenboog: Side) -> None:
    regenboog.conversation.reply(by=regenboog.member(anna), text="Nog iets.")
    page = browser(anna).get(talks(regenboog)).content.decode()
    assert page.index("Hoe leg je een halve uit") < page.index("Onze kast met breukstokken")


def test_a_reply_from_long_ago_does_not_move_a_conversation_back(anna: User, regenboog: Side) -> None:
    regenboog.conversation.reply(by=regenboog.member(anna), text="Eerder.", at=LAST_WEEK - timedelta(days=3))
    regenboog.conversation.refresh_from_db()
    assert regenboog.conversation.moved_at == LAST_WEEK


def test_the_list_shows_one_purpose_when_asked(browser: Browser, anna: User, regenboog: Side) -> None:
    page = browser(anna).get(f"{talks(regenboog)}?soort=sharing").content.decode()
    assert "Onze kast met breukstokken" in page
    assert "Hoe leg je een halve uit" not in page


def test_more_than_twenty_conversations_are_on_the_next_page(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    for number in range(20):
        Conversation.open(
            by=regenboog.member(anna),
            title=f"Gesprek {number}",
            purpose=Purpose.SHARING,
            text="…",
            at=LAST_WEEK + timedelta(hours=1),
        )
    first, second = (browser(anna).get(f"{talks(regenboog)}?bladzijde={n}").content.decode() for n in (1, 2))
    assert "Hoe leg je een halve uit" not in first
    assert "Hoe leg je een halve uit" in second


def test_questions_of_colleagues_without_an_answer_are_waiting(
    anna: User, bram: User, regenboog: Side
) -> None:
    asked = Conversation.open(
        by=regenboog.member(anna), title="Wie heeft stokken?", purpose=Purpose.QUESTION, text="Wie?"
    )
    shown = Conversation.objects.in_community(regenboog.community)
    assert list(shown.waiting_for(regenboog.member(bram))) == [asked]
    assert list(shown.waiting_for(regenboog.member(anna))) == []
    asked.reply(by=regenboog.member(bram), text="Ik.")
    assert list(shown.waiting_for(regenboog.member(bram))) == []


# Calling a colleague by name


def names(text: str, by: Membership) -> set[str]:
    return {str(m) for m in mentions(text, by)}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Fatima, kijk je mee?", {"Fatima El Amrani"}),
        ("@fatima kijk je mee?", {"Fatima El Amrani"}),
        ("Vraag het (@Fatima El Amrani)!", {"Fatima El Amrani"}),
        ("@Fatima en @Bram", {"Fatima El Amrani", "Bram Jansen"}),
        ("@Fatimah bestaat niet", set()),
        ("mail fatima@Fatima.nl of x@Bram", set()),
        ("@Olga is van een andere school", set()),
        ("@Anna ben ik zelf", set()),
        ("fatima zonder apenstaart", set()),
        ("@", set()),
        ("@" * 50_000, set()),
    ],
)
def test_who_is_called_by_name(anna: User, baken: Side, regenboog: Side, text: str, called: set[str]) -> None:
    assert names(text, regenboog.member(anna)) == called


def test_namesakes_are_called_by_their_whole_name(anna: User, regenboog: Side) -> None:
    regenboog.community.join(User.objects.create_user("f@school.test", name="Fatima Bos"))
    by = regenboog.member(anna)
    assert names("@Fatima", by) == set()
    assert names("@Fatima Bos en @Fatima El Amrani", by) == {"Fatima Bos", "Fatima El Amrani"}


def test_who_left_and_who_is_a_code_is_not_called(anna: User, bram: User, regenboog: Side) -> None:
    regenboog.member(bram).leave()
    regenboog.community.join_codes(1, at=NOW)
    assert names("@Bram @lid 1", regenboog.member(anna)) == set()


def test_a_mention_is_kept_in_the_log_and_with_the_words(anna: User, bram: User, regenboog: Side) -> None:
    reply = regenboog.conversation.reply(by=regenboog.member(anna), text="Dank @Bram")
    assert list(reply.mentioned.all()) == [regenboog.member(bram)]
    record = Record.objects.get(kind="conversation.replied", at=NOW)
    assert record.data["mentioned"] == [regenboog.member(bram).pk]


# This helps me


def test_a_colleague_says_that_it_helps_and_takes_it_back(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    fatimas = browser(fatima)
    for _twice in range(2):
        assert fatimas.post(said(regenboog, regenboog.opening, "helpt/")).status_code == 302
    assert list(regenboog.opening.helps.all()) == [regenboog.member(fatima)]
    record = Record.objects.get(kind="conversation.helped")
    assert record.data["helper"] == regenboog.member(anna).pk
    assert fatimas.post(said(regenboog, regenboog.opening, "helpt/"), {"terug": "1"}).status_code == 302
    assert not regenboog.opening.helps.exists()


def test_nobody_helps_oneself(browser: Browser, anna: User, regenboog: Side) -> None:
    assert browser(anna).post(said(regenboog, regenboog.opening, "helpt/")).status_code == 409
    assert not regenboog.opening.helps.exists()


def test_helping_and_saying_it_again_is_told_once(anna: User, fatima: User, regenboog: Side) -> None:
    member = regenboog.member(fatima)
    regenboog.opening.help(by=member)
    regenboog.opening.unhelp(by=member)
    regenboog.opening.help(by=member)
    assert regenboog.opening.helps.count() == 1


# One's own words


def test_an_author_says_it_better(browser: Browser, anna: User, bram: User, regenboog: Side) -> None:
    page = said(regenboog, regenboog.opening)
    assert "Halve appels werken niet" in browser(anna).get(page).content.decode()
    assert browser(anna).post(page, {"text": "Halve peren wel, @Bram."}).status_code == 302
    regenboog.opening.refresh_from_db()
    assert (regenboog.opening.text, regenboog.opening.revised_at) == ("Halve peren wel, @Bram.", NOW)
    assert list(regenboog.opening.mentioned.all()) == [regenboog.member(bram)]


def test_the_words_of_another_are_not_changed(
    browser: Browser, fatima: User, anna: User, regenboog: Side
) -> None:
    for act in ("", "weghalen/"):
        assert browser(fatima).post(said(regenboog, regenboog.opening, act), {"text": "x"}).status_code == 404
    verbs: list[Callable[[Membership], None]] = [
        lambda by: regenboog.opening.revise(by=by, text="x"),
        lambda by: regenboog.opening.withdraw(by=by),
        lambda by: regenboog.opening.restore(by=by),
    ]
    for verb in verbs:
        with pytest.raises(Refused):
            verb(regenboog.member(fatima))
    regenboog.opening.refresh_from_db()
    assert regenboog.opening.text == "Halve appels werken niet bij mij in de klas."
    assert regenboog.opening.withdrawn_at is None


def test_an_author_takes_words_away_and_puts_them_back(
    browser: Browser, anna: User, fatima: User, regenboog: Side
) -> None:
    away = said(regenboog, regenboog.opening, "weghalen/")
    assert browser(anna).post(away).status_code == 302
    for user in (fatima, anna):
        page = browser(user).get(talk(regenboog))
        assert page.status_code == 200
        assert "Halve appels" not in page.content.decode()
    assert browser(fatima).post(said(regenboog, regenboog.opening, "helpt/")).status_code == 404
    assert browser(anna).post(away, {"terug": "1"}).status_code == 302
    assert "Halve appels" in browser(fatima).get(talk(regenboog)).content.decode()


def test_words_that_were_taken_away_are_not_answered_by_name(
    browser: Browser, anna: User, fatima: User, regenboog: Side
) -> None:
    regenboog.answer.withdraw(by=regenboog.answer.author)
    assert browser(fatima).get(f"{talk(regenboog)}?op={regenboog.answer.pk}").status_code == 404


def test_text_is_shown_as_text(browser: Browser, anna: User, regenboog: Side) -> None:
    browser(anna).post(talk(regenboog), {"text": "<script>alert(1)</script><b onclick=x>vet</b>"})
    page = browser(anna).get(talk(regenboog)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b onclick" not in page


# What follows from what


def test_a_conversation_that_follows_from_another_shows_so_on_both(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    start = f"{talks(regenboog)}nieuw/?from=conversation:{regenboog.conversation.pk}"
    assert "Hoe leg je een halve uit" in browser(anna).get(start).content.decode()
    browser(anna).post(start, {"purpose": "sharing", "title": "Vouwen in groep 4", "text": "Zo ging het."})
    new = Conversation.objects.get(title="Vouwen in groep 4")
    assert "Hoe leg je een halve uit" in browser(anna).get(f"{talks(regenboog)}{new.pk}/").content.decode()
    assert "Vouwen in groep 4" in browser(anna).get(talk(regenboog)).content.decode()


def test_one_cannot_follow_from_what_one_may_not_see(
    browser: Browser, anna: User, regenboog: Side, baken: Side
) -> None:
    start = f"{talks(regenboog)}nieuw/?from=conversation:{baken.conversation.pk}"
    assert "Wie leest er nooit thuis" not in browser(anna).get(start).content.decode()
    browser(anna).post(start, {"purpose": "sharing", "title": "Stiekem", "text": "…"})
    new = Conversation.objects.get(title="Stiekem")
    assert thread.around(anna, "conversation", new.pk)[0] == []


def test_a_link_is_shown_only_to_who_may_see_the_other_end(
    anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    regenboog.community.join(olga)
    both = thread.find(olga, f"conversation:{baken.conversation.pk}")
    new = Conversation.open(
        by=regenboog.member(olga), title="Van lezen leren", purpose=Purpose.SHARING, text="…", follows=both
    )
    assert [t.title for t in thread.around(olga, "conversation", new.pk)[0]] == ["Wie leest er nooit thuis?"]
    assert thread.around(anna, "conversation", new.pk)[0] == []
    piet = User.objects.get(name="Piet Zijlstra")
    assert thread.around(piet, "conversation", baken.conversation.pk)[1] == []


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "conversation",
        "conversation:",
        "conversation:x",
        "goal:1",
        "conversation:٣",
        ":1",
        "conversation:1:2",
        "conversation:" + "9" * 19,
        "conversation:999999",
    ],
)
def test_a_reference_to_nothing_is_nothing(anna: User, reference: str) -> None:
    assert thread.find(anna, reference) is None


# Verbs keep the rules without a form as well


def test_an_empty_contribution_cannot_be_kept(anna: User, regenboog: Side) -> None:
    before = Record.objects.count()
    with pytest.raises(ValidationError):
        regenboog.conversation.reply(by=regenboog.member(anna), text="")
    assert Record.objects.count() == before


def test_a_conversation_at_a_given_moment_keeps_that_moment(anna: User, regenboog: Side) -> None:
    with clock.at(NOW + timedelta(days=1)):
        made = Conversation.open(
            by=regenboog.member(anna), title="Gisteren", purpose=Purpose.SHARING, text="…", at=NOW
        )
    assert (made.opened_at, made.contributions.get().at) == (NOW, NOW)


def test_the_same_answer_sent_twice_is_kept_once(browser: Browser, anna: User, regenboog: Side) -> None:
    before = regenboog.conversation.contributions.count()
    for _time in range(2):
        assert browser(anna).post(talk(regenboog), {"text": "Ik vouw ook."}).status_code == 302
    assert regenboog.conversation.contributions.count() == before + 1
    with clock.at(NOW + timedelta(hours=2)):
        browser(anna).post(talk(regenboog), {"text": "Ik vouw ook."})
    assert regenboog.conversation.contributions.count() == before + 2


def test_the_same_conversation_begun_twice_is_begun_once(regenboog: Side, anna: User) -> None:
    one, other = (
        Conversation.open(
            by=regenboog.member(anna), title="Linten?", purpose=Purpose.QUESTION, text="Wie heeft ze?"
        )
        for _time in range(2)
    )
    assert one == other


def test_an_answer_to_what_was_taken_away_meanwhile_stays(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    regenboog.answer.withdraw(by=regenboog.member(bram))
    answer = browser(anna).post(f"{talk(regenboog)}?op={regenboog.answer.pk}", {"text": "Dat vouw ik na."})
    assert answer.status_code == 302
    assert regenboog.conversation.contributions.filter(text="Dat vouw ik na.", to=None).exists()


def test_who_is_called_by_name_sees_it_until_they_answer(
    browser: Browser, anna: User, fatima: User, regenboog: Side
) -> None:
    today = f"/plg/{regenboog.community.pk}/"
    asks = "Een collega vraagt jou erbij"
    assert asks in browser(anna).get(today).content.decode()
    assert asks not in browser(fatima).get(today).content.decode()
    regenboog.conversation.reply(by=regenboog.member(anna), text="Dank je.")
    assert asks not in browser(anna).get(today).content.decode()


def test_nothing_follows_from_another_group(
    browser: Browser, anna: User, regenboog: Side, baken: Side
) -> None:
    baken.community.join(anna)
    start = f"/plg/{regenboog.community.pk}/gesprekken/nieuw/?from=conversation:{baken.conversation.pk}"
    assert baken.conversation.title not in browser(anna).get(start).content.decode()
