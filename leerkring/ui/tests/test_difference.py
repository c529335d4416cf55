"""What changed between two texts."""

from __future__ import annotations

import time

import pytest

from leerkring.ui.difference import difference

LONG = "Ieder kind telt mee, ook wie het nog niet kan uitleggen. " * 20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "Ieder telt."),
        ("Ieder kind telt.", "Ieder kind telt mee."),
        ("a  b\n\nc ", " a b\nc"),
        (LONG, f"Samen: {LONG}"),
        ("a b " * 1500, "b a c " * 1000),
    ],
)
def test_put_together_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new


def test_only_what_changed_is_marked() -> None:
    pieces = [(p.kind, p.text) for p in difference("Ieder kind telt.", "Ieder kind telt mee.")]
    assert pieces == [("same", "Ieder kind telt"), ("new", " mee"), ("same", ".")]


def test_the_same_word_a_thousand_times_over_keeps_nobody_waiting() -> None:
    began = time.process_time()
    difference("a b " * 1500, "b a c " * 1000)
    assert time.process_time() - began < 2
