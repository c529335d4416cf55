"""Work of the mirror that outlives a request."""

from __future__ import annotations

from datetime import time

from django.db import transaction
from django.utils.translation import gettext_noop as _

from leerkring.effectiveness.models import MAKE, Upload, discard_forgotten
from leerkring.jobs.queue import daily, handles
from leerkring.jobs.run import Run


@handles(MAKE)
def make_community(run: Run) -> None:
    """The confirmed file becomes a community; then the file goes."""
    upload = Upload.objects.select_related("school", "user").filter(pk=run.payload["upload"]).first()
    if upload is None or upload.community_id:
        return
    run.progress(20, _("We lezen het bestand."))
    reading = upload.confirmed()
    with transaction.atomic():
        upload.make(reading)
        run.complete()
    upload.delete_files()


@daily("effectiveness.discard_uploads", at=time(3, 20))
def discard_uploads(run: Run) -> None:
    """Files whose owner did not come back, and what remained of the others."""
    discard_forgotten()
