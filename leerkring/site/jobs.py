"""Nightly work of the site as a whole."""

from datetime import time

from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.people.sessions import SessionStore


@daily("site.clear_sessions", at=time(3, 10))
def clear_sessions(run: Run) -> None:
    """Deletes sessions that have expired: they say who was here."""
    SessionStore.clear_expired()
