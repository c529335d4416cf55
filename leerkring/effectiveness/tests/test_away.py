"""Who says to be away is not counted as silent."""

from __future__ import annotations

from datetime import timedelta

from leerkring.communities.tests.test_away import in_days, work
from leerkring.effectiveness.gathering import events_after
from leerkring.engine.calendar import Calendar, week_of
from leerkring.engine.facts import Member
from leerkring.engine.presence import Presence
from leerkring.people.models import Away
from tests.cast import NOW, Cast, Side


def test_who_is_away_is_counted_out_of_the_mirror(cast: Cast, regenboog: Side) -> None:
    bram = regenboog.member(cast.bram)
    Away.plan(by=cast.bram, first_day=in_days(6), last_day=in_days(12))  # the whole of next week
    for day in (6, 13):
        work(NOW + timedelta(days=day))
    events = [event for _, event in events_after(regenboog.community, 0) if event]
    calendar = Calendar([])
    presence = Presence([Member(bram.pk)], events, calendar)
    bit = 1 << presence.index[bram.pk]
    weeks = [week_of(in_days(day)) for day in (0, 6, 13)]
    assert [bool(presence.week(week) & bit) for week in weeks] == [True, False, True]
