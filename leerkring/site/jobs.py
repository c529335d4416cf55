"""Nightly work of the site as a whole."""

from datetime import time

from django.contrib.sessions.models import Session

from leerkring import clock
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run


@daily("site.clear_sessions", at=time(3, 10))
def clear_sessions(run: Run) -> None:
    """Deletes sessions that have expired: they say who was here."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
