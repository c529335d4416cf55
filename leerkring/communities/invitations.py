"""Invitations: a signed link that says who may come in, as what, and until when. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

VALID = timedelta(days=14)
#: More than any group needs in a day, and too few to be of use to who wants to send others' mail.
MOST_A_DAY = 60
_SALT = "leerkring.communities.invitation"


@dataclass(frozen=True)
class Invitation:
    community: Community
    email: str
    role: Role
    until: date | None = None
    #: The coded member (*lid 7*) that this person is, when known.
    member: Membership | None = None
    made_at: datetime = field(default_factory=clock.now)
    #: This link was only ever in a mail to that address: who opens it reads that mailbox.
    proven: bool = False

    def address(self) -> str:
        """The path of the page on which it is accepted."""
        token = signing.dumps(
            {
                "c": self.community.pk,
                "e": self.email.lower(),
                "r": str(self.role),
                "u": self.until.isoformat() if self.until else None,
                "m": self.member.pk if self.member else None,
                "t": self.made_at.isoformat(),
                "p": self.proven,
            },
            salt=_SALT,
        )
        return reverse("communities:accept", args=[token])

    @classmethod
    def read(cls, token: str) -> Invitation:
        """The invitation in a link; `Refused` when it is damaged, too old, or its place is gone."""
        try:
            said = signing.loads(token, salt=_SALT, max_age=VALID)
        except signing.SignatureExpired:
            raise Refused(
                _("Deze uitnodiging is verlopen. Vraag je procesbegeleider om een nieuwe.")
            ) from None
        except signing.BadSignature:
            raise Refused(_("Deze link klopt niet. Kopieer hem nog eens helemaal uit de mail.")) from None
        community = Community.objects.select_related("school").filter(pk=said["c"]).first()
        member = Membership.objects.filter(community=said["c"], pk=said["m"]).first() if said["m"] else None
        if community is None or (said["m"] and member is None):
            raise Refused(_("Deze leergemeenschap bestaat niet meer."))
        until = date.fromisoformat(said["u"]) if said["u"] else None
        made_at = datetime.fromisoformat(said["t"])
        return cls(community, said["e"], Role(said["r"]), until, member, made_at, said["p"])

    def account(self) -> User | None:
        """The account that already has the invited address."""
        return User.objects.filter(email__iexact=self.email).first()

    @transaction.atomic
    def accept(self, user: User) -> Community:
        """`user`, who reads the invited mailbox, takes part from now on."""
        if user.email.lower() != self.email:
            raise Refused(_("Deze uitnodiging is voor een ander e-mailadres dan dat van jou."))
        if self.member and self.member.left_at:
            raise Refused(_("Deze uitnodiging geldt niet meer. Vraag je procesbegeleider om een nieuwe."))
        if self.member:
            self.member.community = self.community
            self.member.accept(user)
        elif self.community.memberships.filter(user=user, left_at__gte=self.made_at).exists():
            # Who was taken out does not come back in by a link from before.
            raise Refused(_("Deze uitnodiging is al gebruikt. Vraag je procesbegeleider om een nieuwe."))
        else:
            self.community.join(user, role=self.role, until=self.until)
        return self.community


def count_one(user: User) -> None:
    """One more invitation by `user` today; `Refused` when there were too many."""
    key = f"invitations:{user.pk}:{clock.today()}"
    cache.add(key, 0, timeout=24 * 3600)
    if cache.incr(key) > MOST_A_DAY:
        raise Refused(_("Je hebt vandaag al veel mensen uitgenodigd. Morgen kun je weer verder."))
