"""The red thread: its stations in order, what is next where nothing is, and links to go there."""

from __future__ import annotations

import re
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import override

GOAL = {
    "day": date(2026, 9, 1),
    "kind": "Doel",
    "title": "70 % verwoordt de redenering",
    "href": "/doelen/1/",
}
VISIT = {"day": date(2026, 10, 2), "kind": "Lesbezoek", "title": "Bram bij Fatima", "href": "/praktijk/4/"}
NEXT = {"kind": "Conclusie", "title": "te trekken vóór 1 april", "is_open": True}


def thread(*stations: dict[str, object]) -> str:
    return render_to_string("ui/thread.html", {"stations": stations})


def items(html: str) -> list[str]:
    return re.findall(r"<li.*?</li>", html, re.DOTALL)


def test_each_station_has_its_day_its_kind_and_a_link_in_order() -> None:
    first, second = items(thread(GOAL, VISIT))
    assert '<time datetime="2026-09-01">1 sep</time>' in first
    assert "<strong>Doel</strong>" in first
    assert '<a href="/doelen/1/">70 % verwoordt de redenering</a>' in first
    assert "Bram bij Fatima" in second


def test_a_gap_is_named_as_one_for_who_does_not_see_the_dashes() -> None:
    done, gap = items(thread(GOAL, NEXT))
    assert "nog te doen" not in done
    assert '<li class="open">' in gap
    assert "nog te doen" in gap
    assert "<time" not in gap
    with override("en"):
        english = thread(GOAL, NEXT)
    assert "still to do" in english
    assert ">1 Sep<" in english


def test_a_gap_may_be_an_invitation_to_follow_and_need_not() -> None:
    assert "<a " not in thread(NEXT)
    assert '<a href="/doelen/1/slot/">' in thread({**NEXT, "href": "/doelen/1/slot/"})


def test_words_stay_words() -> None:
    html = thread({**GOAL, "title": "<b>x</b>", "kind": '"><script>', "href": '"/onload="x'})
    assert "<b>" not in html
    assert "<script" not in html
    assert '"x"' not in html
