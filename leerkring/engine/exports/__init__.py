"""Exports of other places, read: Moodle, Teams, Excel, paper that was typed over. Standard library only.

    reading = read_export(interactions, members, mapping)   # or guess: leave the mapping out
    reading.rows.skipped                                    # what could not be used, by reason and line
    facts(reading)                                          # what the engine judges

Bytes in, `Unreadable` out when it cannot be done; nothing else is ever raised and nothing is ever written.
"""

from leerkring.engine.exports.dates import Order
from leerkring.engine.exports.mapping import Mapping, guess_mapping, parse_mapping
from leerkring.engine.exports.reading import Contact, Reading, Rows, read_export
from leerkring.engine.exports.tables import (
    COMMAND_LINE_LIMIT,
    Table,
    bounded,
    read_bounded,
    read_table,
)
from leerkring.engine.exports.turning import facts, whole
from leerkring.engine.exports.unreadable import LOOKS_LIKE, REFUSALS, SKIPS, Unreadable

__all__ = [
    "COMMAND_LINE_LIMIT",
    "LOOKS_LIKE",
    "REFUSALS",
    "SKIPS",
    "Contact",
    "Mapping",
    "Order",
    "Reading",
    "Rows",
    "Table",
    "Unreadable",
    "bounded",
    "facts",
    "guess_mapping",
    "parse_mapping",
    "read_bounded",
    "read_export",
    "read_table",
    "whole",
]
