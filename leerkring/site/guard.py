"""`leerkring guard`: what may identify a pupil, one text a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from leerkring.engine.guard import KINDS, guard
from leerkring.site.lines import answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options, for `leerkring guard --help`: there are none."""
    parser.description = (
        "One Dutch text a line on standard input, in UTF-8; one JSON object a line on standard output: the text, and "
        f"findings with kind ({', '.join(KINDS)}), start and end (in code points, end exclusive). It may miss some."
    )


def run(options: argparse.Namespace) -> int:
    """0: done. 1: reading or writing broke off. 2: a line is no UTF-8; what is read otherwise may hide a name."""
    return answer("guard", _findings, strict=True)


def _findings(text: str) -> dict[str, Any]:
    return {"text": text, "findings": [asdict(finding) for finding in guard(text)]}
