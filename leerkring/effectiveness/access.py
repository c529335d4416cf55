"""The only way to an uploaded file: its owner's."""

from __future__ import annotations

from django.http import Http404

from leerkring.effectiveness.models import Upload
from leerkring.people.models import User


def upload_for(user: User, upload_id: int) -> Upload:
    """An upload of `user`, or 404."""
    found = Upload.objects.of(user).filter(pk=upload_id).first()
    if found is None:
        raise Http404
    return found
