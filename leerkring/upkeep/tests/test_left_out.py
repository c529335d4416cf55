"""What no backup holds."""

from __future__ import annotations

from leerkring.upkeep import copies


def test_what_was_given_without_a_name_in_a_meeting_that_is_on_is_in_no_backup() -> None:
    left_out = copies.left_out()
    assert {"meetings_gave", "meetings_unsigned"} <= set(left_out)
    assert "meetings_live" not in left_out
