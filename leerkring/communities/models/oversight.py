"""Acts outside the ordinary, kept where those concerned can read them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models.community import Community
from leerkring.people.models import User


class ExceptionalAct(models.Model):
    """Something an administrator, or someone at the server, did that touches a person or a community."""

    class Kind(models.TextChoices):
        SIGN_IN_LINK = "sign_in_link", _("maakte een inloglink")
        ADDRESS_CHANGED = "address_changed", _("veranderde het e-mailadres")
        SWITCHED_OFF = "switched_off", _("zette het account uit")
        SWITCHED_ON = "switched_on", _("zette het account weer aan")
        ADMINISTRATOR_MADE = "administrator_made", _("gaf het beheer")
        ADMINISTRATOR_ENDED = "administrator_ended", _("beëindigde het beheer")
        APPOINTED = "appointed", _("wees iemand aan bij een school")
        APPOINTMENT_ENDED = "appointment_ended", _("beëindigde een functie bij een school")
        COMMUNITY_OPENED = "community_opened", _("opende de leergemeenschap")

    at = models.DateTimeField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    #: None: someone at the command line of the server.
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    #: Whom or which community it concerns; both empty: everyone here.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @classmethod
    def note(
        cls,
        kind: str,
        *,
        by: User | None,
        at: datetime,
        user: User | None = None,
        community: Community | None = None,
    ) -> ExceptionalAct:
        """Keep it, in the transaction of the act."""
        return cls.objects.create(kind=kind, by=by, at=at, user=user, community=community)
