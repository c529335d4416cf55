"""One text a line in, one JSON object a line out: what `leerkring coach` and `leerkring guard` have in common."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

#: JSON may hold these as they are, but programs that read lines take them for the end of one.
ENDS_OF_LINES = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


class NotUtf8(Exception):
    """A line that cannot be read, in a sentence."""


def answer(command: str, of: Callable[[str], dict[str, Any]], *, strict: bool = False) -> int:
    """Answers every line before the next is read. 0: done. 1: reading or writing broke off. 2: a line is no UTF-8, when
    `strict`; else what cannot be read shows as �."""
    if sys.stdout is None:
        return refuse(command, 1, "standard output is closed.")
    try:
        for line in _lines(strict):
            said = json.dumps(of(line), ensure_ascii=False)
            sys.stdout.buffer.write(said.translate(ENDS_OF_LINES).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except NotUtf8 as error:
        return refuse(command, 2, str(error))
    except OSError as error:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # what could not be written is not tried again
        return refuse(command, 1, f"{error.strerror}.")
    return 0


def refuse(command: str, status: int, sentence: str) -> int:
    """The status, after the sentence was said on standard error."""
    print(f"leerkring {command}: {sentence}", file=sys.stderr)  # noqa: T201
    return status


def _lines(strict: bool) -> Iterator[str]:
    """Each line without its end."""
    lines: Iterable[bytes] = sys.stdin.buffer if sys.stdin else ()
    for number, line in enumerate(lines):
        try:
            text = line.decode("utf-8-sig" if number == 0 else "utf-8", "strict" if strict else "replace")
        except UnicodeDecodeError:
            raise NotUtf8(
                f"line {number + 1} is not in UTF-8; nothing is said of it and of what follows."
            ) from None
        yield text.removesuffix("\n").removesuffix("\r")
