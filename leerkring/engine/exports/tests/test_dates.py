"""Dates as people and programs write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from leerkring.engine.exports.dates import Order, column_order, read_date, read_dates

AFTERNOON = datetime.fromisoformat("2013-04-05 16:32")
DAY = datetime.fromisoformat("2013-04-05")


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("4/5/13 16:32", "month", AFTERNOON),
        ("5/4/13 16:32", "day", AFTERNOON),
        ("5-4-2013", "day", DAY),
        ("05.04.2013, 16.32 uur", "day", AFTERNOON),
        ("4/5/2013 4:32 PM", "month", AFTERNOON),
        ("2013-04-05", "day", DAY),
        ("2013-04-05 16:32:00.123", "day", AFTERNOON),
        ("2013-04-05T14:32:00Z", "day", AFTERNOON),
        ("2013-04-05T16:32+02:00", "day", AFTERNOON),
        ("2013-04-05 09:32:00 -0500", "day", AFTERNOON),
        ("20130405", "day", DAY),
        ("5 april 2013 om 16:32", "day", AFTERNOON),
        ("vrijdag, 5 april 2013, 16:32", "day", AFTERNOON),
        ("5 mrt. 2013", "day", datetime.fromisoformat("2013-03-05")),
        ("5-mei-13", "day", datetime.fromisoformat("2013-05-05")),
        ("April 5, 2013 16:32", "day", AFTERNOON),
        ("Fri Apr 5 2013", "day", DAY),
        ("1365172320", "day", AFTERNOON),
        ("1365172320000", "day", AFTERNOON),
        (" 5/4/13\u00a016:32 ", "day", AFTERNOON),
        ("12/31/1999", "month", datetime.fromisoformat("1999-12-31")),
        ("", "day", "missing_date"),
        ("morgen", "day", "unreadable_date"),
        ("31-2-2013", "day", "unreadable_date"),
        ("5-4-2013 25:00", "day", "unreadable_date"),
        ("5-4-2013 13:00 pm", "day", "unreadable_date"),
        ("x" * 100_000, "day", "unreadable_date"),
        ("1900-01-01", "day", "unlikely_date"),
        ("0000-00-00", "day", "unreadable_date"),
        ("9999-12-31", "day", "unlikely_date"),
        ("2013-04-05T14:32:00+99:99", "day", "unreadable_date"),
    ],
)
def test_a_value_becomes_a_moment_or_a_reason(text: str, order: Order, moment: datetime | str) -> None:
    assert read_date(text, order) == moment


@pytest.mark.parametrize(
    ("column", "decision"),
    [
        (["4/4/13", "4/13/13"], ("month", "seen")),
        (["4/4/13", "13/4/13"], ("day", "seen")),
        (["4/4/13", "5/4/13"], ("day", "assumed")),
        (["2013-04-04", "4 april 2013"], (None, "not_needed")),
        (["13/4/13", "4/13/13", "4/14/13"], ("month", "seen")),
        ([], (None, "not_needed")),
    ],
)
def test_the_whole_column_decides_between_day_and_month(
    column: list[str], decision: tuple[str | None, str]
) -> None:
    assert column_order(column) == decision


def test_the_user_decides_when_the_column_cannot() -> None:
    dates = read_dates(["4/5/13", "5/5/13"], "month")
    assert (dates.at[0], dates.ground) == (DAY, "chosen")


def test_values_against_the_columns_order_are_skipped_not_turned_round() -> None:
    assert read_dates(["4/13/13", "4/14/13", "15/4/13"]).at[2] == "unreadable_date"
