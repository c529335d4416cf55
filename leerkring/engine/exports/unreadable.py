"""Why a file, or a row of it, cannot be used. Keys only; the words are the page's."""

from __future__ import annotations

#: Reasons for which a whole file is refused, with the figures that go with each.
REFUSALS: dict[str, tuple[str, ...]] = {
    "empty": ("file",),
    "folder": ("file",),
    "not_found": ("file",),
    "not_allowed": ("file",),
    "too_large": ("file", "limit"),  # limit: megabytes
    "not_a_table": ("file", "looks_like"),  # looks_like: a key of LOOKS_LIKE
    "undecodable": ("file",),
    "one_long_line": ("file", "characters"),
    "broken_quotes": ("file", "line"),
    "no_rows": ("file", "there"),
    "missing_column": ("file", "column", "there"),  # there: the columns that are there, at most a dozen
    "no_column_for": ("file", "role", "there"),
    "duplicate_column": ("file", "column"),
    "mapped_twice": ("column",),
    "role_twice": ("role",),
    "unknown_role": ("role",),
    "map_unclear": ("text",),
    "no_dates": ("column", "example"),
    "no_usable_row": ("read", "most"),  # most: the reason (of SKIPS) most rows were skipped for
    "no_members": ("file", "column"),
    "too_many_rows": ("file", "limit"),
    "too_many_communities": ("column", "found", "limit"),
    "too_many_members": ("column", "found", "limit"),
}

#: Reasons for which one row is skipped and the rest used.
SKIPS = (
    "self_tie",
    "missing_actor",
    "missing_counterpart",
    "missing_date",
    "unreadable_date",
    "unlikely_date",
    "unknown_member",
    "unknown_parent",
    "missing_member",
    "duplicate_member",
    "too_many_columns",
    "broken_quote",
    "long_line",
)

#: What a file that is no table may turn out to be.
LOOKS_LIKE = ("image", "pdf", "excel", "spreadsheet", "document", "archive", "database", "web_page", "json")


class Unreadable(Exception):
    """A file that cannot be used as a whole. `reason` is a key of REFUSALS; `figures` go in its sentence.

    `file` is "interactions" or "members"; figures may quote the file and never belong in a log.
    """

    def __init__(self, reason: str, **figures: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.figures = figures
