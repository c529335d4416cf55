"""The link that ends mail, with one click and without signing in (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from django.core import signing
from django.core.cache import cache
from django.urls import reverse

from leerkring import clock
from leerkring.communities.models import Community, Membership, NoticePreference
from leerkring.people.models import User

_SIGNER = signing.Signer(salt="leerkring.communities.mail.stop")
#: Clicks on one link in an hour; a mail program that keeps asking is not heard any more.
MOST_AN_HOUR = 30


@dataclass(frozen=True)
class Stop:
    """What a link stops: mail of `community`, or when it is None all mail. `user` is None when they are gone."""

    user: User | None
    community: Community | None

    @classmethod
    def read(cls, ticket: str) -> Stop | None:
        """What the link says; None when it is not one of ours. It works as long as there is something to stop."""
        try:
            who, _, community = _SIGNER.unsign(ticket).partition("-")
        except signing.BadSignature:
            return None
        user = User.objects.filter(uid=who, is_active=True).first()
        if not community:
            return cls(user, None)
        # Who left is told the name no more, and gets no mail of it either.
        inside = Membership.objects.current().filter(user=user, community=int(community))
        found = inside.select_related("community").first()
        return cls(user if found else None, found.community if found else None)

    def now(self) -> None:
        """Done at once; done again it is done."""
        if self.user:
            NoticePreference.stop(self.user, community=self.community, at=clock.now())


def stop_address(user: User, community: Community | None) -> str:
    what = f"{user.uid.hex}-{community.pk}" if community else user.uid.hex
    return reverse("communities:stop_mail", args=[_SIGNER.sign(what)])


def is_too_often(ticket: str) -> bool:
    key = f"stop-mail:{blake2b(ticket.encode(), digest_size=12).hexdigest()}:{clock.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > MOST_AN_HOUR
