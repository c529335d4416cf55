"""An insight: said in one of three ways, limited by a colleague, said better, taken away and put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.models import Link, Notice, Record
from leerkring.goals.models import Goal
from leerkring.insights.happenings import Tacit
from leerkring.insights.models import Insight, Limit, Revision
from leerkring.insights.models.insight import LONGEST
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused
from leerkring.ui.titles import as_title
from tests.cast import LAST_WEEK, NOW, Browser, Side

WHAT, WHY = "ik laat kinderen eerst vouwen", "dan zien ze dat de helft even groot is"


def room(side: Side) -> str:
    return f"/plg/{side.community.pk}/inzichten/"


def at(side: Side, insight: Insight, act: str = "") -> str:
    return f"{room(side)}{insight.pk}/{act}"


def an_insight(side: Side, user: User, **said: Any) -> Insight:
    given: dict[str, Any] = {"kind": Tacit.ROUTINE, "what": WHAT, "why": WHY, **said}
    return Insight.capture(by=side.member(user), **given)


def page(browser: Browser, user: User, address: str) -> str:
    answer = browser(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# Saying it


def test_a_member_says_how_they_do_it(browser: Browser, anna: User, regenboog: Side) -> None:
    sent = {
        "kind": "rule",
        "what": "  Als ze staren,\r\ndan vouw ik voor.",
        "why": "kijken is al denken",
        "practice": "groep 5, breuken",
    }
    answer = browser(anna).post(f"{room(regenboog)}nieuw/", sent)
    made = Insight.objects.get()
    assert answer.headers["Location"] == at(regenboog, made)
    assert (made.author, made.kind, made.at) == (regenboog.member(anna), Tacit.RULE, NOW)
    assert made.what == "  Als ze staren,\r\ndan vouw ik voor."
    assert made.title == "Als ze staren,"
    record = Record.objects.get(kind="insight.captured")
    said = {"about": made.pk, "tacit": "rule", "what": True, "why": True}
    assert record.data == {**said, "meeting": None, "visit": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"what": " \n"},
        {"why": ""},
        {"kind": "gossip"},
        {"what": "x" * 601},
        {"noticed": "x" * 601},
        {"practice": "x" * 201},
        {"why": "a\0b"},
        {"goal": "999999"},
        {"goal": "9" * 40},
    ],
)
def test_what_cannot_be_an_insight_comes_back(
    browser: Browser, anna: User, regenboog: Side, wrong: dict[str, str]
) -> None:
    sent = {"kind": "routine", "what": WHAT, "why": WHY, **wrong}
    answer = browser(anna).post(f"{room(regenboog)}nieuw/", sent)
    assert answer.status_code == 200
    assert 'class="problems"' in answer.content.decode()
    assert not Insight.objects.exists()


def test_each_kind_has_its_own_words(browser: Browser, anna: User, regenboog: Side) -> None:
    form = page(browser, anna, f"{room(regenboog)}nieuw/")
    for begins in ("Ik …", "Ik herken het aan …", "Als … dan …"):
        assert begins in form
    heading = {Tacit.ROUTINE: "Zo doe ik het", Tacit.PEOPLE: "Zo zie ik het", Tacit.RULE: "Mijn vuistregel"}
    for kind, said in heading.items():
        made = an_insight(regenboog, anna, kind=kind)
        assert f"<h1>{said}</h1>" in page(browser, anna, at(regenboog, made))


@pytest.mark.parametrize(
    ("kind", "typed", "whole"),
    [
        ("routine", "laat een leerling het voordoen", "Ik laat een leerling het voordoen"),
        ("routine", "ik laat een leerling het voordoen", "ik laat een leerling het voordoen"),
        ("routine", "Eerst schatten", "Eerst schatten"),
        ("people", "hoe ze kijken", "Ik herken het aan hoe ze kijken"),
        ("rule", "eerst schatten, dan rekenen", "eerst schatten, dan rekenen"),
    ],
)
def test_who_goes_on_from_how_it_begins_is_read_whole_everywhere(
    browser: Browser, anna: User, regenboog: Side, kind: str, typed: str, whole: str
) -> None:
    browser(anna).post(f"{room(regenboog)}nieuw/", {"kind": kind, "what": typed, "why": WHY})
    made = Insight.objects.get()
    assert made.what == whole
    assert made.title in page(browser, anna, room(regenboog))


def test_what_was_kept_without_its_beginning_is_read_whole_and_nothing_stands_there_twice(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna, what="wacht tien tellen", why="")
    shown = page(browser, anna, at(regenboog, made)).partition('<article class="card">')[2]
    assert "<p>Ik wacht tien tellen</p>" in shown
    assert "Ik …" not in shown.partition("</article>")[0]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("omdat ze dan durven", "ze dan durven"),
        ("Omdat ze dan durven", "ze dan durven"),
        ("want ze durven", "ze durven"),
        ("ze durven, omdat het mag", "ze durven, omdat het mag"),
        ("Omdat", "Omdat"),
    ],
)
def test_who_types_why_with_the_word_that_stands_before_it_reads_that_word_once(
    browser: Browser, anna: User, regenboog: Side, typed: str, read: str
) -> None:
    made = an_insight(regenboog, anna, why=typed)
    assert f"<dt>omdat …</dt><dd><p>{read}</p></dd>" in page(browser, anna, at(regenboog, made))


def test_what_would_not_fit_with_its_beginning_stays_as_it_was_typed(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    typed = "a" * LONGEST
    browser(anna).post(f"{room(regenboog)}nieuw/", {"kind": "routine", "what": typed, "why": WHY})
    assert Insight.objects.get().what == typed


def test_a_guest_says_it_too(browser: Browser, gert: User, regenboog: Side) -> None:
    sent = {"kind": "routine", "what": WHAT, "why": WHY}
    assert browser(gert).post(f"{room(regenboog)}nieuw/", sent).status_code == 302


def test_a_button_pressed_twice_says_it_once(anna: User, bram: User, regenboog: Side) -> None:
    once = an_insight(regenboog, anna)
    assert an_insight(regenboog, anna) == once
    assert an_insight(regenboog, anna, why="anders") != once
    assert an_insight(regenboog, bram) != once
    with clock.at(NOW + timedelta(hours=2)):
        assert an_insight(regenboog, anna) != once
    assert Record.objects.filter(kind="insight.captured").count() == 4


def test_it_is_known_in_which_meeting_it_was_said(anna: User, regenboog: Side) -> None:
    an_insight(regenboog, anna, why="", meeting=7)
    record = Record.objects.get(kind="insight.captured")
    assert (record.data["meeting"], record.data["why"]) == (7, False)


def test_it_follows_from_a_conversation_and_serves_its_goal(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    talk = thread.find(anna, f"conversation:{regenboog.conversation.pk}")
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen vouwen.", follows=talk)
    talked = regenboog.conversation
    browser(anna).post(
        f"{room(regenboog)}nieuw/?from=conversation:{talked.pk}",
        {"kind": "routine", "what": WHAT, "why": WHY, "goal": goal.pk},
    )
    made = Insight.objects.get()
    came_from, _led_to = thread.around(anna, "insight", made.pk)
    assert {(thing.kind, thing.id) for thing in came_from} == {("conversation", talked.pk), ("goal", goal.pk)}
    shown = page(browser, anna, at(regenboog, made))
    assert shown.count("Kinderen vouwen.") == 1
    assert "Komt voort uit" in shown
    assert WHAT in page(browser, anna, f"/plg/{regenboog.community.pk}/doelen/{goal.pk}/")
    assert WHAT in page(browser, anna, f"/plg/{regenboog.community.pk}/gesprekken/{talked.pk}/")


@pytest.mark.parametrize("origin", ["goal", "conversation"])
def test_the_goal_behind_it_is_chosen_already(
    browser: Browser, anna: User, regenboog: Side, origin: str
) -> None:
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen vouwen.")
    thread.tie(("conversation", regenboog.conversation.pk), follows=("goal", goal.pk))
    number = goal.pk if origin == "goal" else regenboog.conversation.pk
    form = page(browser, anna, f"{room(regenboog)}nieuw/?from={origin}:{number}")
    assert f'<option value="{goal.pk}" selected>' in form


def test_a_goal_of_another_community_is_refused(
    anna: User, olga: User, regenboog: Side, baken: Side, browser: Browser
) -> None:
    theirs = Goal.draft(by=baken.member(olga), text="Leerlingen lezen.")
    with pytest.raises(Refused, match="andere groep"):
        an_insight(regenboog, anna, goal=theirs)
    sent = {"kind": "routine", "what": WHAT, "why": WHY, "goal": theirs.pk}
    assert browser(anna).post(f"{room(regenboog)}nieuw/", sent).status_code == 200
    assert not Insight.objects.exists()


def test_a_long_first_line_becomes_a_short_title() -> None:
    assert as_title("woord " * 40).endswith(" …")
    assert len(as_title("x" * 300)) <= 100
    assert as_title("\n kort \n en meer") == "kort"


# Who is told


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("user__name", flat=True))


def test_everyone_here_is_told_of_a_new_one_and_its_author_of_a_limit(
    anna: User, bram: User, fatima: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna, of=regenboog.member(fatima))
    made.name(by=regenboog.member(fatima))
    assert told("insight.captured") == ["Bram Jansen", "Gert Postma"]
    made.limit(by=regenboog.member(bram), text="de les te vol is")
    assert told("insight.limited") == ["Anna de Wit", "Fatima El Amrani"]


def test_the_notice_of_a_limit_leads_to_what_was_written(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    limit = an_insight(regenboog, anna).limit(by=regenboog.member(bram), text="de les te vol is")
    notice = Notice.objects.get(kind="insight.limited")
    assert browser(anna).get(f"/postvak/{notice.pk}/").headers["Location"].endswith(f"#niet-{limit.pk}")


# When it does not work


def test_a_colleague_writes_when_it_does_not_work(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    browser(bram).post(at(regenboog, made), {"text": "het blaadje te dik is"})
    limit = Limit.objects.get()
    assert (limit.by, limit.at, limit.text) == (regenboog.member(bram), NOW, "het blaadje te dik is")
    assert Record.objects.get(kind="insight.limited").data == {"about": made.pk, "limit": limit.pk}
    shown = page(browser, anna, at(regenboog, made))
    # Under the question that was asked, which takes any answer.
    below = shown.partition("<dt>Wanneer werkt dit niet?</dt>")[2]
    assert below.split("</dd>", 1)[0].endswith("Bram Jansen</p>")
    assert "het blaadje te dik is" in below.split("</dd>", 1)[0]


def test_who_said_it_cannot_say_when_not(browser: Browser, anna: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)
    assert "Schrijf het erbij" not in page(browser, anna, at(regenboog, made))
    answer = browser(anna).post(at(regenboog, made), {"text": "nooit"}).content.decode()
    assert "Een collega schrijft wanneer het niet werkt." in answer
    assert "nooit</textarea>" in answer
    assert not Limit.objects.exists()


def test_several_colleagues_may_and_each_once(anna: User, bram: User, fatima: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)
    once = made.limit(by=regenboog.member(bram), text="het druk is")
    assert made.limit(by=regenboog.member(bram), text="het druk is") == once
    made.limit(by=regenboog.member(fatima), text="het druk is")
    assert made.limits.count() == 2
    with pytest.raises(ValidationError):
        made.limit(by=regenboog.member(bram), text="x" * 601)


def test_who_wrote_it_takes_it_away_and_puts_it_back(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    limit = made.limit(by=regenboog.member(bram), text="het druk is")
    away = at(regenboog, made, f"niet-als/{limit.pk}/weghalen/")
    assert browser(anna).post(away).status_code == 404
    browser(bram).post(away)
    assert "het druk is" not in page(browser, anna, at(regenboog, made))
    assert told("insight.limited") == []
    assert "Zet terug" not in page(browser, anna, at(regenboog, made))
    assert "Zet terug" in page(browser, bram, at(regenboog, made))
    browser(bram).post(away, {"terug": "1"})
    assert "het druk is" in page(browser, anna, at(regenboog, made))
    for act in (limit.withdraw, limit.restore):
        with pytest.raises(Refused, match="wie het schreef"):
            act(by=regenboog.member(anna))


# Saying it better


def test_its_author_says_it_better_and_what_it_was_stays(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    sent = {"kind": "people", "what": WHAT, "why": "dan snappen ze het", "seen": 0}
    assert browser(bram).post(at(regenboog, made, "aanpassen/"), sent).status_code == 404
    assert browser(anna).post(at(regenboog, made, "aanpassen/"), sent).status_code == 302
    changed = {r.part: (r.shown_before, r.shown_after) for r in Revision.objects.all()}
    assert changed == {"kind": ("Zo doe ik het", "Zo zie ik het"), "why": (WHY, "dan snappen ze het")}
    made.refresh_from_db()
    assert (made.revision, made.revised_at) == (1, NOW)
    assert Record.objects.filter(kind="insight.revised").count() == 1
    assert f"<del>{WHY}</del>" in page(browser, bram, at(regenboog, made))


def test_nothing_new_is_no_revision(anna: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)
    made.revise(by=regenboog.member(anna), seen=0, parts={"what": WHAT})
    made.refresh_from_db()
    assert (made.revision, made.revised_at) == (0, None)
    assert not Record.objects.filter(kind="insight.revised").exists()


def test_what_was_changed_on_another_screen_is_not_overwritten(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    made.revise(by=regenboog.member(anna), seen=0, parts={"why": "op mijn telefoon"})
    with pytest.raises(Overtaken):
        made.revise(by=regenboog.member(anna), seen=0, parts={"why": "op de laptop"})
    sent = {"kind": "routine", "what": WHAT, "why": "op de laptop", "seen": 0}
    answer = browser(anna).post(at(regenboog, made, "aanpassen/"), sent).content.decode()
    assert "op mijn telefoon" in answer
    assert "op de laptop</textarea>" in answer
    assert 'name="seen" value="1"' in answer
    assert browser(anna).post(at(regenboog, made, "aanpassen/"), {**sent, "seen": 1}).status_code == 302


def test_only_its_author_revises_or_takes_it_away(anna: User, bram: User, regenboog: Side) -> None:
    made, other = an_insight(regenboog, anna), regenboog.member(bram)
    acts: tuple[Callable[[], object], ...] = (
        lambda: made.revise(by=other, seen=0, parts={"why": "x"}),
        lambda: made.withdraw(by=other),
        lambda: made.restore(by=other),
    )
    for act in acts:
        with pytest.raises(Refused, match="wie het schreef"):
            act()


def test_another_goal_is_another_thread(anna: User, regenboog: Side) -> None:
    first, second = (Goal.draft(by=regenboog.member(anna), text=text) for text in ("Een.", "Twee."))
    made = an_insight(regenboog, anna, goal=first)
    made.revise(by=regenboog.member(anna), seen=0, parts={"goal": second})
    tied = Link.objects.filter(from_kind="insight").values_list("to_kind", "to_id")
    assert list(tied) == [("goal", second.pk)]
    assert Revision.objects.get().after == "Twee."
    made.revise(by=regenboog.member(anna), seen=1, parts={"goal": None})
    assert not Link.objects.filter(from_kind="insight").exists()


# Taking it away


def test_what_is_taken_away_is_read_by_nobody_else_and_comes_back_whole(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    made = an_insight(regenboog, anna)
    made.limit(by=regenboog.member(bram), text="het druk is")
    browser(anna).post(at(regenboog, made, "weghalen/"))
    assert browser(bram).get(at(regenboog, made)).status_code == 404
    assert browser(bram).post(at(regenboog, made), {"text": "x"}).status_code == 404
    assert WHAT not in page(browser, bram, room(regenboog))
    assert "Je haalde dit weg" in page(browser, anna, at(regenboog, made))
    assert WHAT in page(browser, anna, room(regenboog))  # at what she took away
    assert thread.find(bram, f"insight:{made.pk}") is None
    browser(anna).post(at(regenboog, made, "weghalen/"), {"terug": "1"})
    assert "het druk is" in page(browser, bram, at(regenboog, made))


def test_what_waited_about_it_waits_no_longer_and_again(anna: User, bram: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)

    def waits() -> int:
        bram.refresh_from_db()
        return bram.unread

    before = waits()
    made.withdraw(by=regenboog.member(anna))
    assert waits() == before - 1
    made.restore(by=regenboog.member(anna))
    assert waits() == before


def test_nothing_can_be_done_to_what_was_taken_away(anna: User, bram: User, regenboog: Side) -> None:
    made = an_insight(regenboog, anna)
    made.withdraw(by=regenboog.member(anna))
    made.withdraw(by=regenboog.member(anna))  # a button pressed twice
    acts: tuple[Callable[[], object], ...] = (
        lambda: made.limit(by=regenboog.member(bram), text="x"),
        lambda: made.try_out(by=regenboog.member(bram), on=NOW.date()),
        lambda: made.revise(by=regenboog.member(anna), seen=0, parts={"why": "x"}),
    )
    for act in acts:
        with pytest.raises(Refused, match="weggehaald"):
            act()


# The list


def test_the_list_begins_with_the_newest_and_can_be_narrowed(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    goal = Goal.draft(by=regenboog.member(anna), text="Kinderen vouwen.")
    an_insight(regenboog, anna, what="eerst vouwen", goal=goal, at=LAST_WEEK)
    rule = an_insight(regenboog, bram, what="dan knippen", kind=Tacit.RULE, practice="handvaardigheid")
    rule.limit(by=regenboog.member(anna), text="de schaar bot is")

    def shown(query: str = "") -> list[str]:
        html = page(browser, anna, f"{room(regenboog)}{query}")
        found = [(html.find(what), what) for what in ("eerst vouwen", "dan knippen") if what in html]
        return [what for _place, what in sorted(found)]

    assert shown() == ["dan knippen", "eerst vouwen"]
    assert shown("?soort=rule") == ["dan knippen"]
    assert shown("?soort=people") == []
    assert shown(f"?doel={goal.pk}") == ["eerst vouwen"]
    for words in ("VOUWEN", "helft", "knip", "handvaardig", "schaar"):
        assert len(shown(f"?zoek={words}")) == (2 if words == "helft" else 1), words
    assert shown("?zoek=schaar&soort=routine") == []
    for nonsense in ("?doel=x", "?doel=999999", "?soort=x", "?zoek=%00"):
        assert len(shown(nonsense)) == 2, nonsense


def test_more_than_twenty_are_on_the_next_page(browser: Browser, anna: User, regenboog: Side) -> None:
    for number in range(21):
        an_insight(
            regenboog,
            anna,
            what=f"nummer {number}.",
            kind=Tacit.RULE,
            at=LAST_WEEK + timedelta(minutes=number),
        )
    first, second = (page(browser, anna, f"{room(regenboog)}?soort=rule&bladzijde={n}") for n in (1, 2))
    assert "nummer 0." not in first
    assert "bladzijde=2&amp;soort=rule" in first
    assert "nummer 0." in second


def test_the_empty_room_says_what_it_is_for(browser: Browser, anna: User, regenboog: Side) -> None:
    empty = page(browser, anna, room(regenboog))
    assert "Denk aan één leerling die het niet snapte." in empty
    assert "Zoeken" not in empty


def test_conversations_and_insights_are_two_parts_of_one_room(
    browser: Browser, anna: User, regenboog: Side
) -> None:
    talks = f"/plg/{regenboog.community.pk}/gesprekken/"
    for here, there in ((talks, room(regenboog)), (room(regenboog), talks)):
        html = page(browser, anna, here)
        assert f'<a href="{here}" aria-current="page">' in html
        assert f'<a href="{there}">' in html
