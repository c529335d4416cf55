"""The commands of upkeep. 0: done. 1: it could not be done. 2: it was asked badly. One sentence says which."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import translation

from leerkring import clock
from leerkring.communities.models import ExceptionalAct
from leerkring.goals import kerndoelen
from leerkring.jobs import vanished
from leerkring.people.models import User
from leerkring.ui.space import is_full
from leerkring.upkeep import archive, backup, restore, tables, words
from leerkring.upkeep.alone import AlreadyServed, at_home, only_one
from leerkring.upkeep.arguments import REGIONS, SECTORS
from leerkring.upkeep.beginning import Beginning, WronglyAsked, begin
from leerkring.upkeep.failure import CannotBeDone
from leerkring.upkeep.link import make_link
from leerkring.upkeep.mailtest import is_off, send_test
from leerkring.upkeep.models import Note


def run(name: str, options: argparse.Namespace) -> int:
    """The command `name`."""
    try:
        with translation.override("en"), at_home() if name != "restore" else nullcontext():
            COMMANDS[name](options)
    except CannotBeDone as cannot:
        return _complain(name, str(cannot), 1)
    except WronglyAsked as wrong:
        return _complain(name, str(wrong), 2)
    except (DatabaseError, sqlite3.Error) as error:
        why = "the disk is full" if is_full(error) else type(error).__name__
        return _complain(name, f"the database cannot be used ({why}).", 1)
    except BrokenPipeError:
        raise  # nobody reads on; that is no failure
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(name, f"{where}{error.strerror or type(error).__name__}.", 1)
    finally:
        connection.close()
    return 0


def _tell(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201


def _complain(name: str, sentence: str, status: int) -> int:
    print(f"leerkring {name}: {sentence}", file=sys.stderr, flush=True)  # noqa: T201
    return status


# init


def _init(options: argparse.Namespace) -> None:
    said = _answers(options)
    user = _begin(said)
    _tell(f"This instance is made: {user.name} is its administrator, {said.school} its first school.")
    if _wants_mail_test(options):
        answer = send_test(user.email, language=user.language)
        Note.keep(kind=Note.Kind.MAIL, outcome=answer.outcome, detail=answer.detail)
        _tell(f"Test mail to {user.email}: {words.mail(answer.outcome, answer.detail)}")
    _tell(f"Sign in with this link; it works once, for 24 hours:\n  {make_link(user)}")
    _tell("Then start the server: leerkring serve")


def _begin(said: Beginning) -> User:
    try:
        with only_one():
            if tables.has_people():
                raise CannotBeDone(
                    "There are people in this instance already. An administrator who cannot get in: leerkring link "
                    "EMAIL."
                )
            tables.up_to_date()
            return begin(said)
    except AlreadyServed:
        raise CannotBeDone("Leerkring serves this data; stop it first.") from None


_QUESTIONS = (
    ("email", "Your e-mail address"),
    ("name", "Your name"),
    ("school", "The name of the first school"),
    ("place", "Its place"),
    ("sector", f"Its sector ({', '.join(SECTORS)})"),
    ("region", f"The region of its holidays ({', '.join(REGIONS)})"),
)


def _answers(options: argparse.Namespace) -> Beginning:
    """From the options; what is missing is asked, when there is someone to ask."""
    given = {name: getattr(options, name) for name, _ in _QUESTIONS}
    missing = [name for name, answer in given.items() if answer is None]
    if missing and not sys.stdin.isatty():
        raise WronglyAsked(f"Say also {', '.join(f'--{name}' for name in missing)}.")
    for name, question in _QUESTIONS:
        while not (given[name] or "").strip():
            if given[name] is not None and name not in missing:
                raise WronglyAsked(f"--{name} is empty.")
            given[name] = _ask(question)
    for name, known in (("sector", SECTORS), ("region", REGIONS)):
        if given[name] not in known:
            raise WronglyAsked(f"--{name} is one of {', '.join(known)}.")
    return Beginning(**given, brin=options.brin or "")


def _ask(question: str) -> str:
    try:
        return input(f"{question}: ").strip()
    except EOFError:
        raise CannotBeDone("Nothing was made.") from None


def _wants_mail_test(options: argparse.Namespace) -> bool:
    if options.mail_test is not None:
        return bool(options.mail_test)
    return not is_off()


# link


def _link(options: argparse.Namespace) -> None:
    user = User.objects.at_address(options.email)
    if user is None or not user.is_administrator or not user.is_active:
        raise CannotBeDone("There is no administrator with that address.")
    # Letting someone in from the machine itself passes every password: they read that it was done.
    ExceptionalAct.note(ExceptionalAct.Kind.SIGN_IN_LINK, by=None, at=clock.now(), user=user)
    _tell(
        "ATTENTION: whoever has this link is the administrator. It works once, for 24 hours. Give it to nobody else:"
        f"\n  {make_link(user)}"
    )


# backup, restore, drill


def _backup(options: argparse.Namespace) -> None:
    _something_there()
    manifest = backup.make(options.file.absolute(), force=options.force)
    _tell(f"Backup written: {options.file} ({_said(manifest, options.file)}).")


def _restore(options: argparse.Namespace) -> None:
    for file in options.vanished:
        if not file.is_file():
            raise CannotBeDone(f"There is no file {file}.")
        if not any(vanished.lines(file)):
            raise CannotBeDone(f"{file} is no list of what vanished: not one line of it can be read.")
    done = restore.restore(options.file, replace=options.replace, lists=options.vanished)
    again = f" {done.again} erasures were done again." if done.again else ""
    before = f" What was there is in {done.before}." if done.before else ""
    _tell(f"Restored: {options.file} ({_said(done.manifest, options.file)}).{again}{before}")
    for file in options.vanished:
        found = [line for _, line in vanished.numbered(file)]
        skipped = found.count(None)
        _tell(f"{file}: {len(found) - skipped} lines read, {skipped} skipped.")


def _drill(options: argparse.Namespace) -> None:
    if options.file is None:
        _something_there()
    try:
        manifest = restore.drill(options.file)
    except CannotBeDone:
        _note_drill("failed", options.file)
        raise
    _note_drill("passed", options.file)
    what = options.file or "a new backup"
    _tell(f"The drill went well: {what} can be put back ({_said(manifest, None)}).")


def _note_drill(outcome: str, file: Path | None) -> None:
    if Note._meta.db_table in connection.introspection.table_names():
        Note.keep(kind=Note.Kind.DRILL, outcome=outcome)


def _something_there() -> None:
    if not tables.has_people():
        raise CannotBeDone("There is nobody in this instance yet; there is nothing to back up.")


def _said(manifest: archive.Manifest, file: Path | None) -> str:
    files = sum(name.startswith("files/") for name in manifest.members)
    rows = sum(table["rows"] for table in manifest.tables.values())
    size = f", {file.stat().st_size / 1e6:.1f} MB" if file else ""
    made = manifest.at.astimezone(tz=None).strftime("%Y-%m-%d %H:%M")
    return f"made {made}, {rows} rows, {files} files{size}"


# import


def _import(options: argparse.Namespace) -> None:
    _something_there()
    try:
        done = kerndoelen.store(kerndoelen.read(options.folder))
    except kerndoelen.NotSlo as wrong:
        raise WronglyAsked(f"{wrong}.") from wrong
    _tell(
        f"{done.standing} kerndoelen, and {done.withdrawn} that were replaced or taken away; "
        f"{done.new} new, {done.changed} changed."
    )


COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "init": _init,
    "link": _link,
    "backup": _backup,
    "restore": _restore,
    "drill": _drill,
    "import": _import,
}
