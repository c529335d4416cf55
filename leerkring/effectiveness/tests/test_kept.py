"""What is kept of a community in memory: read apart from the others, and found once."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community
from leerkring.effectiveness import kept, mirror
from leerkring.effectiveness.counting import switch_of
from leerkring.effectiveness.kept import Kept, facts_of
from leerkring.engine import evidence
from leerkring.engine.calendar import Window
from leerkring.engine.live import Live
from leerkring.people.models import User
from tests.cast import NOW, Side


def test_while_the_log_of_one_is_read_another_is_shown(
    regenboog: Side, baken: Side, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    baken.community.join(anna)  # two are too few for figures
    large, small = regenboog.community, baken.community
    for community in (large, small):
        assert community.school.pk  # now in memory: the thread asks the database nothing
    begun, may_end, others_waited = Event(), Event(), Event()
    read = kept._read

    def slowly(community: Community) -> Kept:
        if community.pk != large.pk:
            return read(community)
        begun.set()
        if not may_end.wait(10):
            others_waited.set()
        raise InterruptedError

    def look() -> None:
        with pytest.raises(InterruptedError), facts_of(large):
            pass

    switches = {community.pk: switch_of(community) for community in (large, small)}
    monkeypatch.setattr(kept, "switch_of", lambda community: switches[community.pk])
    monkeypatch.setattr(kept, "_read", slowly)
    thread = Thread(target=look)
    thread.start()
    assert begun.wait(10)
    with facts_of(small) as found:
        assert found.live.events
    may_end.set()
    thread.join()
    assert not others_waited.is_set()


def test_what_a_figure_rests_on_is_looked_up_once_until_something_happens(
    regenboog: Side, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    of = evidence.of

    def watched(live: Live, indicator: str, window: Window) -> tuple[evidence.Piece, ...]:
        looked.append(indicator)
        return of(live, indicator, window)

    monkeypatch.setattr(evidence, "of", watched)
    first = mirror.behind(regenboog.community, "conversations", "12")
    assert mirror.behind(regenboog.community, "conversations", "12") == first
    mirror.behind(regenboog.community, "replies", "12")
    assert looked == ["conversations", "replies"]
    regenboog.member(anna).become(Role.FACILITATOR)
    mirror.behind(regenboog.community, "conversations", "12")
    assert looked == ["conversations", "replies", "conversations"]


def test_answers_of_yesterday_go(regenboog: Side) -> None:
    mirror.mirror_of(regenboog.community)
    tomorrow = NOW + timedelta(days=1)
    with clock.at(tomorrow):
        mirror.mirror_of(regenboog.community)
    with facts_of(regenboog.community) as found:
        assert {day for _question, _period, day in found.answers} == {tomorrow.date()}
