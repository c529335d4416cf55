"""What the administrator's page says: first one sentence, then the parts."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring import __version__, clock
from leerkring.communities.models import Digest
from leerkring.jobs import queue
from leerkring.jobs.models import Job
from leerkring.meetings.models import Invite
from leerkring.upkeep import backup, health, jobs, mailtest, words
from leerkring.upkeep.alone import uses_sqlite
from leerkring.upkeep.backup import Kept
from leerkring.upkeep.models import Note

#: A job that could have been done this long ago: nobody does the jobs.
PATIENCE = timedelta(minutes=15)
#: The last backup may be this old: one night may be missed.
FRESH = timedelta(hours=50)
MOST_FAILED = 20
#: Mail of so long ago is counted: a week of trying, and a week to see that it was given up.
MAILS = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """One kind of job."""

    name: str
    running: Job | None
    waits: bool
    #: When it is due next, when it does not wait now. Only of what comes back by itself: any other moment is that of
    #: what someone did, such as being away from a day on.
    planned: datetime | None
    #: The type of what went wrong the last time.
    error: str


@dataclass(frozen=True)
class Page:
    problems: list[str]
    #: What is not wrong and not done either: nothing here is in order that was never tried.
    undone: list[str]
    is_demo: bool
    disk: health.Disk
    oldest: datetime | None
    tasks: list[Task]
    failed: list[tuple[str, Job]]
    backups: list[tuple[Kept, str, bool]]
    backing_up: Job | None
    mailing: Job | None
    mail: str
    mail_at: datetime | None
    #: What became of the notices that were mailed, and how many: only what did not arrive.
    mails: list[tuple[str, int]]
    drill: Note | None
    versions: list[tuple[str, str]]
    migrations: list[tuple[str, str]]
    backups_are_off: bool
    mail_is_off: bool

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for here is still being done."""
        return bool(self.backing_up or self.mailing)


def page() -> Page:
    """All of it, as it is now."""
    now = clock.now()
    open_ = list(Job.objects.open().order_by("due"))
    failed = list(Job.objects.filter(state=Job.State.FAILED).order_by("-ended")[: MOST_FAILED + 1])
    notes = list(Note.objects.all())
    latest = {note.kind: note for note in sorted(notes, key=lambda note: note.at)}
    mail = latest.get(Note.Kind.MAIL)
    disk = health.disk()
    oldest = min((job.due for job in open_ if job.state == Job.State.WAITING and job.due < now), default=None)
    return Page(
        problems=_problems(disk, oldest, failed, latest, open_),
        undone=[] if settings.DEMO else _undone(latest),
        is_demo=settings.DEMO,
        disk=disk,
        oldest=oldest,
        tasks=_tasks(open_, now),
        failed=[(name_of(job.kind), job) for job in failed[:MOST_FAILED]],
        backups=_backups({note.name for note in notes if note.outcome == "verified"}),
        backing_up=_asked(open_, jobs.NOW),
        mailing=_asked(open_, jobs.MAIL),
        mail=words.mail(mail.outcome, mail.detail) if mail else "",
        mail_at=mail.at if mail else None,
        mails=_mails(now),
        drill=latest.get(Note.Kind.DRILL),
        versions=_versions(),
        migrations=sorted(dict(sorted(MigrationRecorder(connection).applied_migrations())).items()),
        backups_are_off=settings.BACKUPS is None,
        mail_is_off=mailtest.is_off(),
    )


def name_of(kind: str) -> str:
    """What a kind of job is called here."""
    return str(words.JOBS.get(kind, kind))


def _mails(now: datetime) -> list[tuple[str, int]]:
    found = Digest.objects.by_state(since=now - MAILS)
    return [(str(name), found[state]) for state, name in words.MAILS.items() if state in found]


def _asked(open_: list[Job], kind: str) -> Job | None:
    return next((job for job in open_ if job.kind == kind), None)


def _problems(
    disk: health.Disk, oldest: datetime | None, failed: list[Job], latest: dict[str, Note], open_: list[Job]
) -> list[str]:
    """What is wrong and what to do, the worst first."""
    found = [str(words.ILLNESS[reason])] if (reason := health.illness()) else []
    if disk.is_low:
        found.append(_("De schijf raakt vol. Maak ruimte voordat er niets meer bewaard kan worden."))
    if problem := _late_backup(latest.get(Note.Kind.BACKUP), open_):
        found.append(problem)
    if (drill := latest.get(Note.Kind.DRILL)) and drill.outcome != "passed":
        found.append(_("De laatste oefening met terugzetten mislukte. Probeer op de server: leerkring drill"))
    if oldest and clock.now() - oldest > PATIENCE:
        found.append(_("Taken blijven liggen. Kijk op de server of Leerkring of leerkring work nog draait."))
    if failed:
        found.append(
            ngettext(
                "Er is een taak mislukt. Hieronder kun je hem opnieuw proberen.",
                "Er zijn taken mislukt. Hieronder kun je ze opnieuw proberen.",
                len(failed),
            )
        )
    mail = latest.get(Note.Kind.MAIL)
    if mailtest.is_off():
        if not settings.DEMO:
            found.append(str(words.MAIL["off"]))
    elif mail and mail.outcome not in {"sent", "off"}:
        found.append(_("De laatste proefmail ging mis. Bij Mail staat wat je kunt doen."))
    elif Digest.objects.stuck(clock.now()) or Invite.objects.stuck(clock.now()):
        found.append(
            _(
                "Er is mail die de mailserver al een dag niet aanneemt. Stuur jezelf een proefmail om te zien waarom."
            )
        )
    return found


def _undone(latest: dict[str, Note]) -> list[str]:
    """What to do once, in the first week. Not in a demo: there all is made up, and nothing is kept."""
    found = []
    if not mailtest.is_off() and Note.Kind.MAIL not in latest:
        found.append(_("Stuur jezelf een proefmail, dan weet je of mail aankomt."))
    if settings.BACKUPS is None:
        found.append(
            _(
                "Back-ups staan uit (LEERKRING_BACKUPS). Zorg dat je ze op een andere manier maakt: leerkring backup "
                "BESTAND."
            )
        )
    elif Note.Kind.DRILL not in latest:
        found.append(_("Terugzetten is nog niet geoefend. Doe dat op de server: leerkring drill"))
    return found


def _late_backup(last: Note | None, open_: list[Job]) -> str:
    if settings.BACKUPS is None:
        return ""
    if last and last.outcome == "failed":
        return _("De laatste back-up mislukte. Kijk of er genoeg ruimte is, en maak er nu een.")
    if not backup.kept():
        # In a demo nothing is lost that cannot be made again.
        return "" if settings.DEMO else _("Er is nog geen back-up. Wacht niet op vannacht: maak er nu een.")
    newest = next((one.at for one in backup.kept() if one.what == backup.NIGHTLY), None)
    since = newest or min((job.created for job in open_ if job.kind == "upkeep.backup"), default=clock.now())
    if clock.now() - since > FRESH:
        return _(
            "Er is al een paar dagen geen back-up gemaakt. Maak er nu een, en kijk of de taken nog lopen."
        )
    return ""


def _tasks(open_: list[Job], now: datetime) -> list[Task]:
    """By kind, without how many. What people do for a later day is not here at all: that it is there would tell it."""
    kinds: dict[str, list[Job]] = {}
    for job in open_:
        if job.kind in queue.schedule or job.due <= now or job.error:
            kinds.setdefault(job.kind, []).append(job)
    return [
        Task(
            name=name_of(kind),
            running=next((job for job in found if job.state == Job.State.RUNNING), None),
            waits=any(job.state == Job.State.WAITING and job.due <= now for job in found),
            planned=min((job.due for job in found if kind in queue.schedule and job.due > now), default=None),
            error=next((job.error for job in found if job.error), ""),
        )
        for kind, found in sorted(kinds.items(), key=lambda pair: name_of(pair[0]))
    ]


def _backups(verified: set[str]) -> list[tuple[Kept, str, bool]]:
    """Each with what it was made for, and whether it was read back."""
    return [(one, _made_for(one.what), one.name in verified) for one in backup.kept()]


def _made_for(what: str) -> str:
    if what.startswith("before-upgrade"):
        return _("voor een nieuwe versie")
    return _("voor het terugzetten") if what == "before-restore" else ""


def _versions() -> list[tuple[str, str]]:
    server: Any = connection
    database = ("SQLite", sqlite3.sqlite_version)
    if not uses_sqlite():
        database = ("PostgreSQL", f"{server.pg_version // 10000}.{server.pg_version % 10000}")
    return [
        ("Leerkring", __version__),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        database,
    ]
