"""Days and numbers that nobody means and anybody can type: each is answered with a page that says so."""

from __future__ import annotations

from leerkring.insights.models import Trying
from leerkring.insights.tests.test_insight import WHAT, WHY, an_insight, at, room
from leerkring.people.models import User
from tests.cast import NOW, Browser, Side
from tests.extremes import DAYS, NUMBERS


def test_a_day_that_nobody_means_is_no_promise(
    browser: Browser, anna: User, bram: User, regenboog: Side
) -> None:
    insight, client = an_insight(regenboog, anna), browser(bram)
    for day in DAYS:
        answer = client.post(at(regenboog, insight, "proberen/"), {"on": day})
        assert answer.status_code == 200, day
        assert 'class="problems"' in answer.content.decode(), day
    assert not Trying.objects.exists()


def test_a_number_that_nobody_means_is_answered(browser: Browser, anna: User, regenboog: Side) -> None:
    insight, client = an_insight(regenboog, anna), browser(anna)
    said = {"kind": "routine", "what": WHAT, "why": WHY}
    for value in NUMBERS:
        for address, sent in (
            (f"{room(regenboog)}nieuw/?from=goal:{value}", {**said, "goal": value}),
            (at(regenboog, insight, "aanpassen/"), {**said, "seen": value}),
            (at(regenboog, insight, "aanpassen/"), {**said, "seen": "0", "goal": value}),
        ):
            assert client.post(address, sent).status_code in {200, 302}, value
        for address in (f"?bladzijde={value}", f"?doel={value}", f"nieuw/?from=goal:{value}"):
            assert client.get(f"{room(regenboog)}{address}").status_code == 200, address
        assert client.get(f"{room(regenboog)}{value}/").status_code == 404, value
    insight.refresh_from_db()
    assert (insight.what, insight.at) == (WHAT, NOW)
