"""What the commands of upkeep may be asked. Knows no Django, so that `--help` and a slip are answered at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

SECTORS = ("po", "vo", "mbo")
REGIONS = ("noord", "midden", "zuid")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", help="the administrator's address")
    parser.add_argument("--name", help="the administrator's name")
    parser.add_argument("--school", help="the name of the first school")
    parser.add_argument("--place", help="where that school is")
    parser.add_argument("--sector", choices=SECTORS)
    parser.add_argument("--region", choices=REGIONS, help="the region of its school holidays")
    parser.add_argument("--brin", help="the school's BRIN, if it has one")
    parser.add_argument(
        "--mail-test",
        action=argparse.BooleanOptionalAction,
        help="send the administrator a test mail (default: when a mail server is set)",
    )


def _link(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", help="the address of an administrator")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="where the backup is written")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    parser.add_argument("--replace", action="store_true", help="replace an instance that has people in it")
    parser.add_argument(
        "--vanished",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="the list of what vanished, from the machine where the backup was made",
    )


def _drill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", nargs="?", help="a backup (default: a new one)")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("kerndoelen",), help="national attainment targets, as SLO publishes them"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with SLO's JSON files")


#: name → what it does, and the function that adds its options.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "init": ("make an empty instance a real one", _init),
    "link": ("let an administrator in who is locked out", _link),
    "backup": ("write everything to one file, while the server runs", _backup),
    "restore": ("put a backup back", _restore),
    "import": ("read a public list", _import),
    "drill": ("prove that a backup can be put back", _drill),
}
