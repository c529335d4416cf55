"""What is kept of a community in memory: read apart from the others, and found once."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from leerkring.communities.models import Community
from leerkring.effectiveness import kept
from leerkring.effectiveness.kept import Kept, facts_of
from tests.cast import Side


def test_while_the_log_of_one_is_read_another_is_shown(
    regenboog: Side, baken: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
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

    monkeypatch.setattr(kept, "_read", slowly)
    thread = Thread(target=look)
    thread.start()
    assert begun.wait(10)
    with facts_of(small) as found:
        assert found.live.events
    may_end.set()
    thread.join()
    assert not others_waited.is_set()
