"""A percentage as it is written on every page, in both languages."""

from __future__ import annotations


def percent(number: str) -> str:
    """`43%` of a number as its page writes it: nothing stands between, so that no line ends there."""
    return f"{number}%"
