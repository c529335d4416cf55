"""A community and who is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.arriving import came_in
from leerkring.communities.happenings import (
    CommunityFounded,
    Happening,
    InvitationAccepted,
    MemberId,
    MemberJoined,
    MemberLeft,
    Role,
    RoleChanged,
    is_talk,
)
from leerkring.communities.models.introduction import Introduction
from leerkring.communities.models.log import Record
from leerkring.communities.models.notice import Notice
from leerkring.communities.models.workplace import Workplace
from leerkring.communities.votes import fewer_vote
from leerkring.network.models import Leadership, Location, Network, School
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

ROLES = [
    (Role.MEMBER, _("lid")),
    (Role.FACILITATOR, _("procesbegeleider")),
    (Role.GUEST, _("gast")),
]
#: Who may be the heavier may be the lighter.
_WEIGHT = {Role.GUEST: 0, Role.MEMBER: 1, Role.FACILITATOR: 2}


class Community(models.Model):
    #: The school whose calendar it lives by.
    school = models.ForeignKey(School, models.PROTECT, related_name="communities")
    #: Every school that takes part, the one above included.
    schools = models.ManyToManyField(School, related_name="shared_communities")
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="communities", verbose_name=_("netwerk")
    )
    name = models.CharField(_("naam"), max_length=120)
    #: One sentence: what pupils should come to be able to do, and why.
    aim = models.CharField(_("waar werken jullie aan?"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    #: Goes up with every change to anything shown in the community; pages are cached by it.
    version = models.PositiveIntegerField(default=0, editable=False)
    #: How many of these changes were only talk: whatever else is shown has not changed by those.
    talked = models.PositiveIntegerField(default=0, editable=False)
    #: Goes up when a person was lifted out of the log: what was read from it before is read anew.
    log_version = models.PositiveIntegerField(default=0, editable=False)
    #: Since when it is ended: nobody comes in any more, and a facilitator can put it back for a month.
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def found(
        cls,
        *,
        school: School,
        name: str,
        aim: str = "",
        by: User,
        takes_part: bool = True,
        schools: Iterable[School] = (),
        network: Network | None = None,
        at: datetime | None = None,
    ) -> Community:
        """A new community with `by` as its facilitator; not `takes_part`: who leads it only, and is no member of
        what is told about it. `schools` are the others that take part."""
        at = at or clock.now()
        community = cls(school=school, name=name, aim=aim, network=network, created_at=at)
        community.full_clean()
        community.save()
        community.schools.set([school, *schools])
        community.keep_apart(by, Role.FACILITATOR)
        facilitator = Membership(
            community=community, user=by, role=Role.FACILITATOR, joined_at=at, school=school
        )
        facilitator.full_clean()
        facilitator.save()
        if takes_part:
            community.record(MemberJoined(actor=facilitator.as_actor, role=Role.FACILITATOR), at=at)
        community.record(CommunityFounded(actor=facilitator.as_actor), at=at)
        return community

    @transaction.atomic
    def join(
        self,
        user: User,
        *,
        role: Role = Role.MEMBER,
        until: date | None = None,
        school: School | None = None,
        location: Location | None = None,
        told: str = "joined",
        at: datetime | None = None,
    ) -> Membership:
        """`user` comes in, or comes back, as `role`; a guest until a date. `school` is where they come from: the
        community's own when it is not said, and for a guest nowhere. Who facilitates reads it, as a notice `told`."""
        at = at or clock.now()
        self.hold_open()
        membership = Membership.objects.filter(community=self, user=user).first()
        if membership and membership.is_current:
            raise Refused(_("%(name)s doet al mee.") % {"name": user.name})
        self.keep_apart(user, role)
        membership = membership or Membership(community=self, user=user)
        membership.joined_at, membership.left_at = at, None
        membership.role, membership.until = role, until
        membership.school = school or (None if role == Role.GUEST else self.school)
        membership.location = location
        membership.full_clean()
        membership.save()
        self.invitations.filter(email__iexact=user.email).delete()  # one way in is enough
        self.record(MemberJoined(actor=membership.as_actor, role=role), at=at)
        if role != Role.GUEST and self.admissions.open().exclude(user=user).exists():
            self.notify("admission.asked", to=[membership], at=at)
        self._welcome(membership, told, at)
        return membership

    def _welcome(self, membership: Membership, told: str, at: datetime) -> None:
        leading = self.memberships.facilitators()
        self.notify(told, to=leading, by=membership, thing=("members", self.pk), at=at)
        came_in(membership, at=at)

    def refuse_administrator(self, user: User) -> None:
        """Who keeps the accounts reads along nowhere."""
        if user.is_administrator:
            raise Refused(_("%(name)s beheert Leerkring, en kan niet meedoen.") % {"name": user.name})

    def asks_everyone(self, user: User, role: Role) -> bool:
        """Whether all members have to agree before `user` takes part as `role`: who leads one of the schools
        here, and to facilitate also who appraises people there. Not again for who was admitted to as much."""
        leading = Leadership.objects.current().filter(user=user, school__shared_communities=self)
        if role != Role.FACILITATOR:
            leading = leading.filter(function=Leadership.Function.LEADER)
        if not leading.exists():
            return False
        admitted = self.admissions.filter(user=user, outcome="admitted").values_list("role", flat=True)
        return not any(_WEIGHT[Role(had)] >= _WEIGHT[role] for had in admitted)

    def keep_apart(self, user: User, role: Role) -> None:
        """Who leads the school, or keeps its accounts, reads along only when all members agree
        (`communities.models.admission`)."""
        self.refuse_administrator(user)
        if self.asks_everyone(user, role):
            said = _("%(name)s leidt of beoordeelt hier. Eerst vinden alle leden het goed. Kies een collega.")
            raise Refused(said % {"name": user.name})

    @transaction.atomic
    def join_codes(self, count: int, *, at: datetime) -> list[Membership]:
        """Members known from a file only: *lid 1*, *lid 2*, … until they accept."""
        memberships = Membership.objects.bulk_create(
            Membership(community=self, code=code, role=Role.MEMBER, joined_at=at, school=self.school)
            for code in range(1, count + 1)
        )
        self.record_all((MemberJoined(actor=m.as_actor, role=Role.MEMBER), at) for m in memberships)
        return memberships

    def record(self, happening: Happening, *, at: datetime) -> Record:
        """Write `happening` to the log, in the transaction of the change it tells of."""
        return self.record_all([(happening, at)])[0]

    def record_all(self, happenings: Iterable[tuple[Happening, datetime]]) -> list[Record]:
        """As `record`, for many at once."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("a happening is recorded in the transaction of its change")
        # First the community's row, then the lines: whoever writes next waits here, so that within a community
        # the lines' ids are in the order in which they become visible, and a reader never misses one.
        lines = [
            Record(community=self, at=at, kind=h.kind, actor=h.actor, data=h.data()) for h, at in happenings
        ]
        self.touch(talk=all(is_talk(line.kind) for line in lines))
        return Record.objects.bulk_create(lines, batch_size=1000)

    def notify(
        self,
        kind: str,
        *,
        to: Iterable[Membership],
        by: Membership | None = None,
        thing: tuple[str, int] | None = None,
        part: int | None = None,
        at: datetime,
    ) -> None:
        """Tell people something that asks for them, in the transaction of the change it tells of. `kind` is one of
        `communities.notices.KINDS`, `thing` a kind and id of `communities.thread`, `part` what in it. Not to who did
        it, nor to who is no longer here."""
        people = [m.user for m in to if m.user is not None and m.is_current]
        Notice.tell(kind, to=people, community=self, by=by, thing=thing, part=part, at=at)

    def hold_open(self) -> None:
        """First in every verb that brings someone in, or asks them: what is ended lets nobody in. Who does such a
        thing, or ends it, at the same moment waits here, so that what is looked at next is still so when it is
        written."""
        if not Community.objects.filter(pk=self.pk, ended_at=None).update(version=F("version") + 1):
            raise Refused(
                _("Deze leergemeenschap is beëindigd. Vraag een procesbegeleider of dat zo blijft.")
            )

    def touch(self, *, talk: bool = False) -> None:
        """Something shown in this community changed; `talk`: nothing but what is said in a conversation, and nothing
        that was there is gone or came back. Who has to count or tell people after that, does this first: its row is
        locked by it, always before the rows of people."""
        Community.objects.filter(pk=self.pk).update(version=F("version") + 1, talked=F("talked") + int(talk))


class MembershipSet(models.QuerySet["Membership"]):
    def current(self) -> MembershipSet:
        return self.not_left().filter(community__ended_at=None)

    def not_left(self) -> MembershipSet:
        """Also of a community that was ended, and may come back."""
        return self.filter(left_at=None).filter(Q(until=None) | Q(until__gte=clock.today()))

    def voters(self) -> MembershipSet:
        """Of these who has a say: everyone with an account, guests not."""
        return self.exclude(user=None).exclude(role=Role.GUEST)

    def facilitators(self) -> MembershipSet:
        """Who facilitates now, to tell them something."""
        return self.current().filter(role=Role.FACILITATOR).select_related("user")

    def people(self) -> MembershipSet:
        """Current members and guests, by name, codes last; `function` is what they are at one of the schools."""
        here = Leadership.objects.current().filter(
            user=OuterRef("user"), school__shared_communities=OuterRef("community")
        )
        functions = here.order_by("-function").values("function")[:1]  # leader before appraiser
        people = self.current().select_related("user", "school", "location")
        return people.annotate(function=Subquery(functions)).order_by(Lower("user__name"), "code", "pk")

    def with_card(self, community: Community) -> MembershipSet:
        """Who can introduce themselves in `community`: everyone with an account, guests too."""
        return self.people().filter(community=community).exclude(user=None)


class Membership(Introduction, Workplace):
    """One person in one community: someone with an account, a code from a file (*lid 7*), or someone who was here
    and is erased (*een oud-lid*): what they made stays someone's."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="memberships")
    code = models.PositiveIntegerField(null=True, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=ROLES, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=clock.now)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="communities_membership_once"),
            models.UniqueConstraint(fields=["community", "code"], name="communities_membership_code_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(code__isnull=False) | Q(erased_at__isnull=False),
                name="communities_membership_is_someone",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.GUEST) | Q(until__isnull=False),
                name="communities_membership_guest_until",
                violation_error_message=_("Een gast doet mee tot een datum. Vul die in."),
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return str(_("een oud-lid"))
        return self.user.name if self.user else _("lid %(code)s") % {"code": self.code}

    @property
    def as_actor(self) -> MemberId:
        return MemberId(self.pk)

    @property
    def is_current(self) -> bool:
        return self.left_at is None and (self.until is None or self.until >= clock.today())

    @property
    def leads_a_school(self) -> bool:
        """Known in lists of people (`MembershipSet.people`)."""
        return getattr(self, "function", None) == Leadership.Function.LEADER

    @property
    def is_called(self) -> str:
        """The role as lists of people say it: who leads the school, or appraises people and facilitates, is
        known as such."""
        role = self.get_role_display()
        function = getattr(self, "function", None)
        if function and (self.may_lead or self.leads_a_school):
            return f"{role} · {Leadership.Function(function).label}"
        return role

    @property
    def may_lead(self) -> bool:
        return self.role == Role.FACILITATOR

    @property
    def may_see_mirror(self) -> bool:
        return self.role != Role.GUEST

    @transaction.atomic
    def accept(
        self,
        user: User,
        *,
        school: School | None = None,
        location: Location | None = None,
        at: datetime | None = None,
    ) -> None:
        """Someone known by a code from a file turns out to be `user`, who agrees to take part; from `school`, when
        that is said, else from where the code is from."""
        self.community.hold_open()
        if Membership.objects.filter(community=self.community, user=user).exists():
            raise Refused(_("Je doet al mee in deze leergemeenschap."))
        self.community.keep_apart(user, Role(self.role))
        if not Membership.objects.filter(pk=self.pk, user=None).update(user=user):
            raise Refused(_("Deze uitnodiging is al gebruikt."))
        self.user = user
        if school:
            self.school, self.location = school, location
            self.save(update_fields=["school", "location"])
        self.community.record(InvitationAccepted(actor=self.as_actor), at=at or clock.now())
        self.community._welcome(self, "joined", at or clock.now())

    @transaction.atomic
    def leave(self, *, at: datetime | None = None) -> None:
        """Stop taking part; what was made together stays."""
        self.community.touch()  # two facilitators who leave at once wait for each other here
        if self.role == Role.FACILITATOR:
            self._keep_a_facilitator()
        self.end(at=at or clock.now())

    @transaction.atomic
    def end(self, *, at: datetime) -> None:
        """As `leave`, also when nobody else facilitates: for who may not stay."""
        self.community.touch()
        if not Membership.objects.filter(pk=self.pk, left_at=None).update(left_at=at):
            raise Refused(_("Deze deelname was al beëindigd."))
        self.left_at = at
        if self.user:
            # Neither an old link nor an old consent brings back who left.
            self.community.invitations.filter(email__iexact=self.user.email).delete()
            self.community.admissions.filter(user=self.user).exclude(outcome="not_now").delete()
            Notice.forget(Notice.objects.filter(user=self.user, community=self.community))
        self.community.record(MemberLeft(actor=self.as_actor), at=at)
        fewer_vote(self.community, at=at)

    @transaction.atomic
    def become(self, role: Role, *, until: date | None = None, at: datetime | None = None) -> None:
        """Have another role from now on; a guest until a date, everyone else without an end."""
        at = at or clock.now()
        self.community.touch()
        before, self.role, self.until = self.role, role, until if role == Role.GUEST else None
        if self.user:
            self.community.keep_apart(self.user, role)
        elif role == Role.FACILITATOR:
            raise Refused(
                _("Wie alleen als code bekend is, kan de groep niet leiden. Nodig die collega eerst uit.")
            )
        if before == Role.FACILITATOR and role != Role.FACILITATOR:
            self._keep_a_facilitator()
        self.full_clean()
        self.save(update_fields=["role", "until"])
        if role != before:
            self.community.record(RoleChanged(actor=self.as_actor, role=role), at=at)
        if role == Role.GUEST:
            fewer_vote(self.community, at=at)

    @property
    def leads_alone(self) -> bool:
        """Nobody else leads: then they cannot go, nor have another role, before someone does."""
        return self.may_lead and not self._others_lead()

    def _others_lead(self) -> bool:
        leading = Membership.objects.current().filter(community=self.community, role=Role.FACILITATOR)
        return leading.exclude(pk=self.pk).exclude(user=None).exists()

    def _keep_a_facilitator(self) -> None:
        if not self._others_lead():
            raise Refused(_("Er is minstens één procesbegeleider nodig. Wijs eerst een ander aan."))
