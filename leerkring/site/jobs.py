"""Work of the site as a whole: nightly, and after someone was erased."""

from datetime import time

from django.utils.translation import gettext_noop as _

from leerkring.communities.erasing import WIPE
from leerkring.jobs.queue import daily, handles
from leerkring.jobs.run import Run
from leerkring.people.sessions import SessionStore
from leerkring.site.wipe import wipe


@daily("site.clear_sessions", at=time(3, 10))
def clear_sessions(run: Run) -> None:
    """Deletes sessions that have expired: they say who was here."""
    SessionStore.clear_expired()


@handles(WIPE)
def wipe_freed(run: Run) -> None:
    """What was erased is no longer in the bytes of the database either."""
    run.progress(10, _("We overschrijven wat gewist is."))
    wipe()
