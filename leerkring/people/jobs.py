"""Work for people at night."""

from __future__ import annotations

from datetime import time, timedelta

from leerkring import clock
from leerkring.jobs.queue import daily
from leerkring.jobs.run import Run
from leerkring.people import photos
from leerkring.people.models import User

#: An upload is stored a moment before its row names it.
UNDER_WAY = timedelta(hours=1)


@daily("people.clear_photos", at=time(3, 20))
def clear_photos(run: Run) -> None:
    """Files of photos that are nobody's."""
    before = clock.now() - UNDER_WAY
    photos.clear(User.objects.photos(), before=before)
