"""Backups by night and in between, and the test mail: work that takes longer than a page may."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.utils.translation import gettext_noop as _

from leerkring.jobs import vanished
from leerkring.jobs.queue import daily, handles
from leerkring.jobs.run import Run
from leerkring.people.models import User
from leerkring.upkeep import archive, backup
from leerkring.upkeep.failure import CannotBeDone
from leerkring.upkeep.mailtest import send_test
from leerkring.upkeep.models import Note

NOW, MAIL = "upkeep.backup_now", "upkeep.mail_test"


@daily("upkeep.backup", at=time(2, 30))
def nightly(run: Run) -> None:
    """The old ones go, whatever comes of the new one: what was erased was promised to be gone. Then a backup, read
    back."""
    backup.tidy()
    if settings.BACKUPS is not None:
        _back_up(run)


@handles(NOW)
def back_up_now(run: Run) -> None:
    """The same, because someone asked."""
    if settings.BACKUPS is not None:
        _back_up(run)


def _back_up(run: Run) -> None:
    vanished.write_down()
    path = backup.place(backup.NIGHTLY)
    run.progress(5, _("We maken de back-up."))
    try:
        backup.make(
            path, progress=lambda percent: run.progress(5 + percent * 7 // 10, _("We maken de back-up."))
        )
        run.progress(75, _("We lezen de back-up na."))
        archive.unpack(path, None)
    except CannotBeDone:
        Note.keep(kind=Note.Kind.BACKUP, outcome="failed")
        raise
    Note.keep(kind=Note.Kind.BACKUP, outcome="verified", name=path.name)
    backup.tidy()
    Note.forget(kind=Note.Kind.BACKUP, except_for=[one.name for one in backup.kept()])


@handles(vanished.WRITE_DOWN)
def write_down(run: Run) -> None:
    """What vanished comes to the list of this machine, which does the jobs."""
    vanished.write_down()


@handles(MAIL)
def mail_test(run: Run) -> None:
    """A test mail to the administrator who asked."""
    user = User.objects.filter(pk=run.payload["user"], is_administrator=True).first()
    if user is None:
        return
    run.progress(10, _("We vragen het aan de mailserver."))
    answer = send_test(user.email, language=user.language)
    Note.keep(kind=Note.Kind.MAIL, outcome=answer.outcome, detail=answer.detail)
