"""Where someone works: at one of the schools of a community, and there in a building."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leerkring.network.models import Location, School
from leerkring.ui.refusal import Refused

if TYPE_CHECKING:
    from leerkring.communities.models.community import Community


class Workplace(models.Model):
    """The part of a membership that says where someone comes from; a guest may come from elsewhere."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("school")
    )
    location = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("locatie")
    )

    if TYPE_CHECKING:
        community: models.ForeignKey[Community, Community]

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """The school someone comes from, with the building; "" for a guest from elsewhere."""
        return " · ".join(str(part) for part in (self.school, self.location) if part)

    @transaction.atomic
    def come_from(self, school: School, location: Location | None = None) -> None:
        """Work at this one of the community's schools, and there in this building."""
        if not self.community.schools.filter(pk=school.pk).exists():
            raise Refused(_("%(school)s doet niet mee in deze leergemeenschap.") % {"school": school.name})
        if location and location.school_id != school.pk:
            raise Refused(_("Die locatie hoort bij een andere school."))
        self.school, self.location = school, location
        self.save(update_fields=["school", "location"])
        self.community.touch()
