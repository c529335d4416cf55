"""From the bytes of an export to numbered rows: encoding, delimiter, line ends, quotes.

Real exports are dirty, so this guesses what can be guessed safely and refuses the rest with one reason.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from leerkring.engine.exports.unreadable import Unreadable

#: Which of the two files a reason is about.
File = Literal["interactions", "members"]

MEGABYTE = 1024 * 1024
COMMAND_LINE_LIMIT = 200 * MEGABYTE

#: A header is never this long: the file is one line, or no table.
LONGEST_HEADER = 100_000
#: A row's physical line; longer ones (an image pasted into a post) are skipped unread.
LONGEST_LINE = 4 * MEGABYTE
#: A quoted field over more lines than this has lost its closing quote.
LONGEST_RECORD = 5000
#: Unbalanced quotes are mended by starting again after the row; more than this many times is hopeless.
MOST_REPAIRS = 20

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_HINT = re.compile(r'\s*"?sep=(\t|[^\s"\w])"?\s*', re.IGNORECASE)  # Excel's own first line

_SIGNATURES = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "excel"),
    (b"{\\rtf", "document"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"SQLite format 3", "database"),
)


def read_bounded(path: str | os.PathLike[str], file: File, limit: int) -> bytes:
    """The bytes of a file on this machine. Raises Unreadable: folder, not_found, not_allowed, too_large."""
    try:
        with Path(path).open("rb") as opened:
            data = opened.read(limit + 1)
    except IsADirectoryError:
        raise Unreadable("folder", file=file) from None
    except PermissionError:
        raise Unreadable("not_allowed", file=file) from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise Unreadable("not_found", file=file) from None
    return bounded(data, file, limit)


def bounded(data: bytes, file: File, limit: int) -> bytes:
    """`data`, unless it is larger than `limit` bytes. Raises Unreadable: too_large."""
    if len(data) > limit:
        raise Unreadable("too_large", file=file, limit=limit // MEGABYTE)
    return data


@dataclass(frozen=True)
class Table:
    """One decoded export: its header, and its rows with the physical line each begins on (from 1)."""

    file: File
    header: tuple[str, ...]
    delimiter: str
    encoding: str
    text: str
    header_ends: int
    #: Skipped while reading rows(): physical line → reason. Filled as rows() is walked.
    skipped: dict[int, str]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row with something in it. Blank lines are no rows; broken ones land in `skipped`."""
        self.skipped.clear()
        done, repairs = self.header_ends, 0
        while True:
            broken = yield from self._rows_after(done)
            if broken is None:
                return
            self.skipped[broken] = "broken_quote"
            done, repairs = broken, repairs + 1
            if repairs > MOST_REPAIRS:
                raise Unreadable("broken_quotes", file=self.file, line=broken)

    def _rows_after(self, done: int) -> Generator[tuple[int, list[str]], None, int | None]:
        """Rows after line `done`; returns the line of a row whose quote never closes, to go on after it."""
        lines = _Lines(self.text, done)
        for line, row in _records(lines, self.delimiter):
            if line in lines.long:
                self.skipped[line] = "long_line"
            elif row is None or (lines.at > line and len(row) > len(self.header)):
                return line
            elif any(cell.strip() for cell in row[len(self.header) :]):
                self.skipped[line] = "too_many_columns"
            elif any(cell and not cell.isspace() for cell in row):
                yield line, row
        return None

    def sample(self, size: int = 50) -> list[list[str]]:
        """The first rows, for guessing and for a preview."""
        return [row for _line, row in islice(self.rows(), size)]


def read_table(data: bytes, file: File) -> Table:
    """The table in `data`. Raises Unreadable: empty, not_a_table, undecodable, one_long_line, no_rows."""
    # The csv module's limit is one for the whole process; a pasted image in a post exceeds its default.
    csv.field_size_limit(max(csv.field_size_limit(), COMMAND_LINE_LIMIT))
    text, encoding = _decode(data, file)
    if not text.strip("\ufeff \t\r\n,;"):
        raise Unreadable("empty", file=file)
    _refuse_other_formats(text, file)
    delimiter, starts = _delimiter(text, file)
    lines = _Lines(text, starts)
    header = next((row for _line, row in _records(lines, delimiter) if row and any(map(str.strip, row))), [])
    if not header:
        raise Unreadable("broken_quotes", file=file, line=1)
    names = tuple(re.sub(r"\s+", " ", name).strip() for name in header)
    while names and not names[-1]:
        names = names[:-1]
    return Table(file, names, delimiter, encoding, text, lines.at, {})


class _Lines:
    """The physical lines of a text after the first `done`, whatever ends them, counted as they are read."""

    def __init__(self, text: str, done: int) -> None:
        self._lines = islice(io.StringIO(text, newline=""), done, None)
        self.at = done
        self.begun = done
        self.last = ""
        self.ended = False
        self.long: set[int] = set()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.at += 1
            if self.at - self.begun > LONGEST_RECORD:
                raise csv.Error("a quote that never closes")
            if len(line) > LONGEST_LINE:
                self.long.add(self.at)
                yield "\n"
            else:
                self.last = line
                yield line
        self.ended = True


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Records with the line each begins on; the last is None when its quotes make no sense.

    A stray quote within one line is taken as a letter. Over several lines it may have swallowed other rows.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begun = lines.at
        begins = lines.at + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error:
            if lines.at > begins or lines.ended:
                yield begins, None
                return
            yield begins, next(csv.reader([lines.last], delimiter=delimiter))


def _decode(data: bytes, file: File) -> tuple[str, str]:
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty", file=file)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable("not_a_table", file=file, looks_like=kind)
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable("not_a_table", file=file, looks_like=_packed(data))
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_like_text(text):
            return text.removeprefix("\ufeff").replace("\0", ""), encoding
    raise Unreadable("undecodable", file=file)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return ("utf-32",)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = data[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 5:  # two bytes a letter and no mark: half of the bytes are zero
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _reads_like_text(text: str) -> bool:
    start = text[:65536]
    control = sum(1 for letter in start if letter < " " and letter not in "\t\r\n\f\v")
    return control * 50 <= len(start) + 400  # a few do no harm in a small file


def _packed(data: bytes) -> str:
    start = data[:65536]
    if b"opendocument.spreadsheet" in start:
        return "spreadsheet"
    if b"xl/" in data:
        return "excel"
    if b"word/" in data or b"opendocument" in start:
        return "document"
    return "archive"


def _refuse_other_formats(text: str, file: File) -> None:
    start = text[:200].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise Unreadable("not_a_table", file=file, looks_like="web_page")
    if start.startswith(("[{", "[\n", '{"', "{\n", "{\r")):
        raise Unreadable("not_a_table", file=file, looks_like="json")


def _delimiter(text: str, file: File) -> tuple[str, int]:
    """The delimiter, and how many lines come before the header. The widest that most rows agree on wins."""
    first = next(iter(_Lines(text, 0)))
    if hint := _SEPARATOR_HINT.fullmatch(first):
        return hint[1], 1
    # Looked for in the text itself: a line that is too long never leaves _Lines.
    opening = text.lstrip("\r\n \t")[: LONGEST_HEADER + 1]
    if len(opening) > LONGEST_HEADER and not re.search(r"[\r\n]", opening):
        raise Unreadable("one_long_line", file=file, characters=len(text))
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter)), 0


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    records = islice(_records(_Lines(text, 0), delimiter), 30)
    widths = [len(row) for _line, row in records if row]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]
