"""Who may see the keeping of the instance."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from leerkring.jobs.models import Job
from leerkring.network import access
from leerkring.people.access import person
from leerkring.people.models import User


def administrator(request: HttpRequest) -> User:
    """The administrator who is asking; to all others these pages are not there."""
    return access.administrator(person(request))


def failed_job(job_id: int) -> Job:
    """A job that was given up."""
    job = Job.objects.filter(pk=job_id, state=Job.State.FAILED).first()
    if job is None:
        raise Http404
    return job
