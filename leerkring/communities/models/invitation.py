"""Invitations: who was asked to come in and is not in yet. Kept until then, and at most two weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models.admission import Admission
from leerkring.communities.models.community import ROLES, Community, Membership
from leerkring.jobs.queue import enqueue
from leerkring.network.models import Location, School
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

VALID = timedelta(days=14)
#: More than any group needs in a day, and too few to be of use to who wants to send others' mail.
MOST_A_DAY = 60
#: By lists, which are looked through before they are sent.
MOST_LISTED_A_DAY = 500
_SALT = "leerkring.communities.invitation"
_GONE = _("Deze uitnodiging geldt niet meer. Doe je al mee? Log dan in. Vraag anders om een nieuwe.")


class InvitationSet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationSet:
        return self.filter(made_at__gt=clock.now() - VALID)

    def expired(self) -> InvitationSet:
        return self.filter(made_at__lte=clock.now() - VALID)


class Invitation(models.Model):
    """One address that may come in. Gone when it is accepted, taken back or two weeks old."""

    class Mail(models.TextChoices):
        WAITING = "waiting"
        #: Handed to the mail server, which has not answered: whoever finds it so does not send it again.
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        #: There is no mail server: the link is handed over.
        NONE = "none"

    #: What a link names: an id that is given out once only, also after a restored backup.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mailadres"))
    #: What the inviter calls this colleague, when known; they say themselves what they are called.
    name = models.CharField(_("naam"), max_length=120, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=ROLES, default=Role.MEMBER)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    #: The coded member (*lid 7*) that this person is, when known.
    member = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, related_name="+")
    #: When it was made, or last sent again.
    made_at = models.DateTimeField()
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    #: The language its mail is written in: that of the page it was made on.
    language = models.CharField(max_length=5, blank=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.WAITING)

    objects = InvitationSet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        constraints = [
            models.UniqueConstraint("community", Lower("email"), name="communities_invitation_once"),
            models.CheckConstraint(
                condition=~Q(role=Role.GUEST) | Q(until__isnull=False),
                name="communities_invitation_guest_until",
                violation_error_message=_("Een gast doet mee tot een datum. Vul die in."),
            ),
            models.CheckConstraint(
                condition=Q(mail__in=["waiting", "sending", "sent", "failed", "none"]),
                name="communities_invitation_mail_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    @transaction.atomic
    def make(
        cls,
        community: Community,
        *,
        email: str,
        by: Membership | None,
        role: Role = Role.MEMBER,
        until: date | None = None,
        member: Membership | None = None,
        name: str = "",
        school: School | None = None,
        location: Location | None = None,
        language: str = "",
        mailed: bool = True,
        at: datetime | None = None,
    ) -> Invitation:
        """Ask one address in; the mail goes out in the work loop, unless nothing is `mailed` here."""
        email = email.strip().lower()
        community.hold_open()
        community.invitations.expired().filter(email=email).delete()
        if community.invitations.filter(email=email).exists():
            raise Refused(_("%(email)s is al uitgenodigd.") % {"email": email})
        invitation = cls(
            community=community,
            email=email,
            name=name,
            role=role,
            until=until,
            member=member,
            school=school,
            location=location,
            language=language,
            made_at=at or clock.now(),
            by=by,
        )
        invitation.full_clean()
        invitation._post(mailed=mailed)
        return invitation

    @classmethod
    @transaction.atomic
    def make_many(
        cls,
        invitations: list[Invitation],
        *,
        community: Community,
        mailed: bool = True,
        at: datetime | None = None,
    ) -> None:
        """As `make`, for a list that was looked through (`communities.listed`)."""
        community.hold_open()
        community.invitations.expired().filter(email__in=[i.email for i in invitations]).delete()
        for invitation in invitations:
            invitation.made_at = at or clock.now()
            invitation.mail = Invitation.Mail.WAITING if mailed else Invitation.Mail.NONE
        for invitation in Invitation.objects.bulk_create(invitations):
            if mailed:
                invitation._enqueue()

    @transaction.atomic
    def send_again(self, *, mailed: bool = True, at: datetime | None = None) -> None:
        """The mail goes out once more, and from now on the link works two weeks again."""
        if self.is_on_its_way:
            raise Refused(_("De vorige mail is nog onderweg. Wacht daar even op."))
        self.community.hold_open()
        self.made_at = at or clock.now()
        self._post(mailed=mailed)

    def _post(self, *, mailed: bool) -> None:
        self.mail = Invitation.Mail.WAITING if mailed else Invitation.Mail.NONE
        self.save()
        if mailed:
            self._enqueue()

    def _enqueue(self) -> None:
        enqueue("communities.mail_invitation", {"invitation": self.pk}, unique=f"invitation:{self.pk}")

    def mark(self, mail: Invitation.Mail, *, was: Iterable[Invitation.Mail]) -> bool:
        """Note how far its mail is, when it is still as it `was`."""
        with transaction.atomic():
            self.community.touch()  # the community first, as whoever accepts it at this moment
            marked = Invitation.objects.filter(pk=self.pk, mail__in=list(was)).update(mail=mail)
            if marked:
                self.mail = mail
        return bool(marked)

    @transaction.atomic
    def take_back(self) -> None:
        self.community.touch()
        self.delete()

    def address(self, *, proven: bool) -> str:
        """The path of the page on which it is accepted. `proven`: this link is only ever in a mail to that
        address, so that who opens it reads that mailbox."""
        said = {"i": self.uid.hex, "c": self.community_id, "p": proven}
        return reverse("communities:accept", args=[signing.dumps(said, salt=_SALT)])

    @property
    def is_on_its_way(self) -> bool:
        """Whether its mail still has to go out."""
        return self.mail in {Invitation.Mail.WAITING, Invitation.Mail.SENDING}

    def account(self) -> User | None:
        """The account that already has the invited address."""
        return User.objects.at_address(self.email)

    @property
    def asks_everyone(self) -> bool:
        """Whether all members are asked first when this is accepted."""
        account = self.account()
        return account is not None and self.community.asks_everyone(account, Role(self.role))

    @transaction.atomic
    def accept(self, user: User, *, at: datetime | None = None) -> Membership | Admission:
        """`user`, who reads the invited mailbox, takes part from now on; or all members are asked first."""
        self.community.hold_open()
        if user.email.lower() != self.email:
            raise Refused(_("Deze uitnodiging is voor een ander e-mailadres dan dat van jou."))
        if self.member and (self.member.left_at or self.member.user_id):
            raise Refused(_("Deze uitnodiging is al gebruikt. Vraag je procesbegeleider om een nieuwe."))
        if not Invitation.objects.filter(pk=self.pk).delete()[0]:
            raise Refused(_GONE)
        role, at = Role(self.role), at or clock.now()
        if self.community.asks_everyone(user, role):
            return Admission.ask(
                self.community,
                user,
                role=role,
                until=self.until,
                member=self.member,
                school=self.school,
                location=self.location,
                at=at,
            )
        if self.member:
            self.member.community = self.community
            self.member.accept(user, school=self.school, location=self.location, at=at)
            return self.member
        return self.community.join(
            user, role=role, until=self.until, school=self.school, location=self.location, at=at
        )


class InvitationLink:
    """What a link says once its signature holds: which invitation, and whether it was only ever mailed."""

    def __init__(self, token: str) -> None:
        """`Refused` when it is damaged or older than two weeks."""
        try:
            said = signing.loads(token, salt=_SALT, max_age=VALID)
        except signing.SignatureExpired:
            raise Refused(
                _("Deze uitnodiging is verlopen. Vraag je procesbegeleider om een nieuwe.")
            ) from None
        except signing.BadSignature:
            raise Refused(_("Deze link klopt niet. Kopieer hem nog eens helemaal uit de mail.")) from None
        #: None in links from before invitations were kept: those lead in no more.
        self.uid = UUID(said["i"]) if "i" in said else None
        self.community_id: int = said["c"]
        self.proven: bool = said["p"]

    def invitation(self) -> Invitation:
        """`Refused` when it was accepted, taken back, or became too old; and while its community is ended."""
        found = Invitation.objects.open().select_related("community__school", "member", "by__user")
        found = found.filter(community__ended_at=None)
        invitation = found.filter(uid=self.uid).first() if self.uid else None
        if invitation is None:
            raise Refused(_GONE)
        return invitation


def count_invitations(user: User, more: int = 1, *, listed: bool = False) -> None:
    """`more` invitations by `user` today; `Refused` when there were too many."""
    key = f"invitations:{listed}:{user.pk}:{clock.today()}"
    cache.add(key, 0, timeout=24 * 3600)
    if cache.incr(key, more) > (MOST_LISTED_A_DAY if listed else MOST_A_DAY):
        raise Refused(_("Je hebt vandaag al veel mensen uitgenodigd. Morgen kun je weer verder."))
