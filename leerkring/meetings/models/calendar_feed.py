"""The address at which someone's own calendar program reads their meetings, without signing in."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse

from leerkring.jobs.vanished import note_vanished
from leerkring.people.models import User

#: What makes an address that was stopped stop again when an older backup is put back.
VANISHED = "calendar_feed"


def _signer() -> signing.Signer:
    return signing.Signer(salt="leerkring.meetings.calendar_feed", sep=".")


def new_key() -> str:
    return secrets.token_hex(16)


class CalendarFeed(models.Model):
    """One address, of one person. Who has it reads along, so there is nothing in it but meetings; a new one, or
    none, makes that the old one leads nowhere."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    #: 128 random bits. What stands in the address is this with the signature of the house: from a stolen backup,
    #: which has no secret key, nobody makes an address.
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def address(self) -> str:
        """Complete, as it is pasted into a calendar program."""
        return settings.BASE_URL + reverse("meetings:feed", args=[_signer().sign(self.key)])

    @property
    def webcal(self) -> str:
        """The same, as calendar programs take it from a link."""
        return f"webcal://{self.address.partition('://')[2]}"

    @classmethod
    def find(cls, token: str) -> CalendarFeed | None:
        """Whose address this is; None when it is nobody's, or not any more."""
        try:
            key = _signer().unsign(token)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("user").filter(key=key, user__is_active=True).first()

    @classmethod
    @transaction.atomic
    def begin(cls, user: User, *, at: datetime) -> CalendarFeed:
        """A new address; the one from before stops."""
        cls.stop(user, at=at)
        return cls.objects.create(user=user, made_at=at)

    @classmethod
    @transaction.atomic
    def stop(cls, user: User, *, at: datetime) -> None:
        """The address leads nowhere, now and for ever."""
        list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))
        for feed in cls.objects.filter(user=user):
            note_vanished(VANISHED, feed.key, at=at)
            feed.delete()
