"""A work form as one community has it: adapted from one of the house, or from a file that came from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import count

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Workform
from leerkring.meetings.workform_names import named_apart
from leerkring.meetings.workform_reading import plain, read
from leerkring.people.models import User
from leerkring.ui.refusal import Overtaken, Refused

#: More than these nobody finds a form in.
MOST = 40
#: What the key of a form that is not the house's begins with.
ELSEWHERE = "eigen"


class OwnFormSet(models.QuerySet["OwnForm"]):
    def visible_to(self, user: User) -> OwnFormSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.filter(community__in=theirs.values("community"))


class OwnForm(models.Model):
    community = models.ForeignKey(Community, models.CASCADE, related_name="own_forms")
    #: Made by the house: what it was made of and a number, so that it is never the key of a form of the house.
    key = models.SlugField(max_length=60)
    #: As `workform_reading.plain` writes it.
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OwnFormSet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="meetings_own_form_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @cached_property
    def form(self) -> Workform | None:
        """None when this version cannot read what another one wrote."""
        return read(self.content).form

    @classmethod
    @transaction.atomic
    def keep(cls, *, by: Membership, form: Workform, at: datetime | None = None) -> OwnForm:
        """A new copy of `form`, for the community of `by`; by a name that no other form has there."""
        by.community.touch()  # two who keep one at once wait for each other here
        theirs = list(cls.objects.filter(community=by.community))
        if len(theirs) >= MOST:
            raise Refused(
                _("Jullie hebben al %(most)s eigen werkvormen. Haal er eerst een weg.") % {"most": MOST}
            )
        others = [*shipped().values(), *(each.form for each in theirs if each.form)]
        own = replace(named_apart(form, others), key=_free_key(form.key, {each.key for each in theirs}))
        return cls.objects.create(
            community=by.community, key=own.key, content=plain(own), made_by=by, made_at=at or clock.now()
        )

    @transaction.atomic
    def revise(self, *, by: Membership, seen: int, form: Workform) -> None:
        """Say it otherwise. `by` read revision `seen`.

        Raises:
            Overtaken: a colleague changed it meanwhile.
        """
        by.community.touch()
        now = OwnForm.objects.filter(pk=self.pk).first()
        if now is None:
            raise Refused(_("Een collega haalde deze werkvorm intussen weg."))
        if now.revision != seen:
            raise Overtaken(now)
        self.revision = seen + 1
        self.content = plain(replace(form, key=self.key, version=min(self.revision + 1, 9_999)))
        self.save(update_fields=["revision", "content"])
        vars(self).pop("form", None)

    @transaction.atomic
    def remove(self, *, by: Membership) -> None:
        """For good."""
        by.community.touch()
        OwnForm.objects.filter(pk=self.pk).delete()


def _free_key(key: str, theirs: set[str]) -> str:
    """What `key` is of, with the first number that is free."""
    of = re.sub(r"-\d+$", "", key)
    known, first = (of, 2) if of in shipped() else (ELSEWHERE, 1)
    return next(each for number in count(first) if (each := f"{known}-{number}") not in theirs)
