"""Acts outside the ordinary, kept where those concerned can read them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models.community import Community, Membership
from leerkring.communities.models.notice import Notice
from leerkring.people.models import User

#: The kind of notice (communities.notices) that tells of any of them.
TOLD_AS = "oversight.act"
KEPT_FOR = timedelta(days=3 * 365)


class ExceptionalActSet(models.QuerySet["ExceptionalAct"]):
    def concerning(self, user: User) -> ExceptionalActSet:
        """What touched `user`: their account, a community they are in now, or everyone here."""
        theirs = Membership.objects.current().filter(user=user).values("community")
        everyone = Q(user=None, community=None)
        return self.filter(Q(user=user) | Q(community__in=theirs) | everyone).select_related(
            "by", "community"
        )

    def outdated(self) -> ExceptionalActSet:
        return self.filter(at__lt=clock.now() - KEPT_FOR)


class ExceptionalAct(models.Model):
    """Something an administrator, or someone at the server, did that touches a person or a community. Nobody can
    take it away; after three years it goes by itself."""

    class Kind(models.TextChoices):
        """Each completes a sentence that begins with who did it."""

        SIGN_IN_LINK = "sign_in_link", _("maakte een inloglink")
        ADDRESS_CHANGED = "address_changed", _("veranderde het e-mailadres")
        SWITCHED_OFF = "switched_off", _("zette het account uit")
        SWITCHED_ON = "switched_on", _("zette het account weer aan")
        ADMINISTRATOR_MADE = "administrator_made", _("gaf het beheer")
        ADMINISTRATOR_ENDED = "administrator_ended", _("beëindigde het beheer")
        APPOINTED = "appointed", _("wees iemand aan bij een school")
        APPOINTMENT_ENDED = "appointment_ended", _("beëindigde een functie bij een school")
        COMMUNITY_OPENED = "community_opened", _("opende de leergemeenschap")
        SESSIONS_ENDED = "sessions_ended", _("meldde een account overal af")
        SECOND_STEP_OFF = "second_step_off", _("haalde de tweede stap bij het inloggen weg")
        PERSON_ERASED = "person_erased", _("wiste een account, op verzoek van wie het was")
        BACKUP_RESTORED = "backup_restored", _("zette een reservekopie terug")
        COUNTING_ON = "counting_on", _("legde vast dat de MR of OR instemt met de cijfers")
        COUNTING_OFF = "counting_off", _("trok de instemming van de MR of OR in: de cijfers gingen uit")

    at = models.DateTimeField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    #: At the command line of the server, by someone we do not know; else `by`, or whoever that was.
    at_server = models.BooleanField(default=False)
    #: Whom or which community it concerns; both empty: everyone here.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="+")

    objects = ExceptionalActSet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def who(self) -> str:
        if self.at_server:
            return str(_("Iemand bij de server"))
        return self.by.name if self.by else str(_("Iemand die hier niet meer is"))

    @classmethod
    @transaction.atomic
    def note(
        cls,
        kind: str,
        *,
        by: User | None,
        at: datetime,
        user: User | None = None,
        community: Community | None = None,
        told: bool = True,
    ) -> ExceptionalAct:
        """Keep it and tell those concerned, in the transaction of the act. `by` None: someone at the server; not
        `told`: those concerned are told of the act in words of its own."""
        act = cls.objects.create(
            kind=kind, by=by, at_server=by is None, at=at, user=user, community=community
        )
        if community:
            community.touch()
        if told:
            people = [person for person in _concerned(user, community) if person != by]
            Notice.tell(TOLD_AS, to=people, community=community, thing=("act", act.pk), at=at)
        return act


def _concerned(user: User | None, community: Community | None) -> list[User]:
    if user:
        return [user]
    if community:
        people = Membership.objects.current().filter(community=community).exclude(user=None)
        return [m.user for m in people.select_related("user") if m.user]
    return list(User.objects.filter(is_active=True))
