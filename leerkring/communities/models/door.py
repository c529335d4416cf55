"""A door that stands open for a while: who follows its address and proves a mailbox is in."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models.admission import Admission
from leerkring.communities.models.community import Community, Membership
from leerkring.communities.models.invitation import Invitation
from leerkring.jobs.queue import enqueue
from leerkring.network.models import Location, School
from leerkring.people.models import User
from leerkring.people.proving import digest
from leerkring.ui.refusal import Refused

#: Letters and digits that nobody mistakes for another when copying from a board.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LONGEST = 14
#: A door lets in so many people, and mails codes to so many addresses.
MOST_IN = 60
MOST_ASKED = 180
#: How long a code works, how often it may be tried, how often another is sent.
CODE_VALID = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES = 4
_SHUT = _("Deze deur is dicht, of het adres klopt niet. Vraag je procesbegeleider om een uitnodiging.")


def new_token() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(8))


class Door(models.Model):
    """An open door. Closing it takes the row away: an address of it leads nowhere then."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="door")
    token = models.CharField(max_length=8, unique=True, default=new_token)
    opened_at = models.DateTimeField()
    #: Open on the day itself and, all together, so many days.
    days = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    asked = models.PositiveSmallIntegerField(default=0)
    came = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST), name="communities_door_open_for_a_while"
            ),
            models.CheckConstraint(condition=Q(came__lte=MOST_IN), name="communities_door_lets_so_many_in"),
            models.CheckConstraint(condition=Q(asked__lte=MOST_ASKED), name="communities_door_asks_so_many"),
        ]

    def __str__(self) -> str:
        return f"{self.token[:4]}-{self.token[4:]}"

    @property
    def last_day(self) -> date:
        return self.opened_at.astimezone(clock.AMSTERDAM).date() + timedelta(days=self.days - 1)

    @property
    def is_open(self) -> bool:
        return clock.today() <= self.last_day

    @property
    def address(self) -> str:
        """The path that stands on the board."""
        return reverse("communities:enter", args=[str(self)])

    @classmethod
    def of(cls, community: Community) -> Door | None:
        """The door of `community` when it is open."""
        door = cls.objects.filter(community=community).first()
        return door if door and door.is_open else None

    @classmethod
    def find(cls, token: str) -> Door:
        """The open door with this address, however it was typed; `Refused` otherwise."""
        typed = "".join(letter for letter in token.lower() if letter.isalnum())
        found = cls.objects.select_related("community__school").filter(community__ended_at=None)
        door = found.filter(token=typed).first()
        if door is None or not door.is_open:
            raise Refused(_SHUT)
        return door

    @classmethod
    @transaction.atomic
    def open(cls, community: Community, *, days: int, by: Membership, at: datetime | None = None) -> Door:
        """A new door, under a new address; the one that was open is closed."""
        community.hold_open()
        cls.objects.filter(community=community).delete()
        return cls.objects.create(community=community, days=days, by=by, opened_at=at or clock.now())

    @transaction.atomic
    def close(self) -> None:
        self.community.touch()
        self.delete()

    @transaction.atomic
    def ask(
        self,
        *,
        email: str,
        name: str,
        school: School | None = None,
        location: Location | None = None,
        language: str = "",
        at: datetime | None = None,
    ) -> Arrival:
        """Someone stands before the door: a code goes to the mailbox they say they read."""
        if not Door.objects.filter(pk=self.pk, asked__lt=MOST_ASKED).update(asked=F("asked") + 1):
            raise Refused(
                _("Hier kwamen al veel mensen langs. Vraag je procesbegeleider de deur opnieuw te openen.")
            )
        return Arrival.wait(
            door=self, email=email, name=name, school=school, location=location, language=language, at=at
        )

    @transaction.atomic
    def let_in(
        self,
        user: User,
        *,
        school: School | None = None,
        location: Location | None = None,
        at: datetime | None = None,
    ) -> Membership | Admission:
        """`user`, whose mailbox is proven, takes part as a member; or all members are asked first."""
        at = at or clock.now()
        self.community.hold_open()
        if self.community.memberships.filter(user=user, left_at__gte=self.opened_at).exists():
            raise Refused(_("Je deed mee en bent weggegaan. Vraag je procesbegeleider om een uitnodiging."))
        if self.community.asks_everyone(user, Role.MEMBER):
            return Admission.ask(
                self.community, user, role=Role.MEMBER, school=school, location=location, at=at
            )
        if not Door.objects.filter(pk=self.pk, came__lt=MOST_IN).update(came=F("came") + 1):
            raise Refused(_SHUT)
        return self.community.join(user, school=school, location=location, told="door.came", at=at)


class Arrival(models.Model):
    """Someone before the door, or with a link that was handed over, whose mailbox is not proven yet. There is no
    account until it is; whoever does not come back is gone the next night."""

    door = models.ForeignKey(Door, models.CASCADE, null=True, blank=True, related_name="arrivals")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, blank=True)
    asked_at = models.DateTimeField()
    #: A hash of the code that was mailed; how often it was tried, and how many were asked for.
    code = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(door__isnull=False, invitation__isnull=True)
                | Q(door__isnull=True, invitation__isnull=False),
                name="communities_arrival_by_one_way",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES, codes__lte=MOST_CODES), name="communities_arrival_tries"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @classmethod
    @transaction.atomic
    def wait(
        cls,
        *,
        email: str,
        name: str,
        door: Door | None = None,
        invitation: Invitation | None = None,
        school: School | None = None,
        location: Location | None = None,
        language: str = "",
        at: datetime | None = None,
    ) -> Arrival:
        arrival = cls.objects.create(
            door=door,
            invitation=invitation,
            email=email.strip().lower(),
            name=name,
            school=school,
            location=location,
            language=language,
            asked_at=at or clock.now(),
        )
        arrival.ask_code()
        return arrival

    @property
    def community(self) -> Community:
        way = self.door or self.invitation
        assert way is not None  # a constraint of the table
        return way.community

    @transaction.atomic
    def ask_code(self, *, at: datetime | None = None) -> None:
        """A new code is mailed in the work loop; the one from before works no more."""
        again = Arrival.objects.filter(pk=self.pk, codes__lt=MOST_CODES)
        if not again.update(codes=F("codes") + 1, code="", asked_at=at or clock.now()):
            raise Refused(_("We stuurden al een paar codes. Kijk ook bij ongewenste mail, of begin opnieuw."))
        self.refresh_from_db(fields=["codes", "code"])
        # Each code is work of its own: the mail of the one before may be going out at this moment.
        work = {"arrival": self.pk, "code": self.codes}
        enqueue("communities.mail_code", work, unique=f"arrival:{self.pk}:{self.codes}")

    def keep_code(self, code: str) -> bool:
        """From now on this is the code; False when another was asked for meanwhile."""
        self.code = self._hash(code)
        return bool(Arrival.objects.filter(pk=self.pk, codes=self.codes).update(code=self.code))

    @transaction.atomic
    def is_proven_by(self, code: str, *, at: datetime | None = None) -> bool:
        """Whether this is the code that was mailed. `Refused` after too many tries, or too late."""
        fresh = Arrival.objects.filter(pk=self.pk, asked_at__gt=(at or clock.now()) - CODE_VALID)
        if not fresh.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
            raise Refused(_("Deze code werkt niet meer. Begin opnieuw bij het adres dat je kreeg."))
        self.refresh_from_db(fields=["code"])
        return bool(self.code) and constant_time_compare(self.code, self._hash(code))

    def _hash(self, code: str) -> str:
        return digest(code, salt=f"leerkring.communities.arrival:{self.pk}")

    def account(self) -> User | None:
        """The account that already has this address; only who proved the mailbox learns whether there is one."""
        return User.objects.at_address(self.email)

    @transaction.atomic
    def come_in(self, *, at: datetime | None = None) -> tuple[User, Membership | Admission]:
        """The mailbox is proven: now there is an account, and it takes part."""
        self.community.hold_open()
        if not Arrival.objects.select_for_update().filter(pk=self.pk).exists() or self.account():
            raise Refused(_SHUT)
        user = User.objects.create_user(self.email, name=self.name, language=self.language)
        if self.invitation:
            return user, self.invitation.accept(user, at=at)
        if self.door is None or not self.door.is_open:
            raise Refused(_SHUT)
        came = self.door.let_in(user, school=self.school, location=self.location, at=at)
        self.delete()
        return user, came
