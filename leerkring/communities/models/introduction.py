"""Getting acquainted: what someone gives, can show and is curious about, in one community."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import MemberIntroduced

if TYPE_CHECKING:
    from leerkring.communities.models.community import Membership
    from leerkring.people.models import Away

LONGEST = 200


class Introduction(models.Model):
    """The part of a membership that a colleague reads on a card. Every line may be left empty."""

    gives = models.CharField(_("Ik geef…"), max_length=LONGEST, blank=True)
    shows = models.CharField(_("Ik kan laten zien…"), max_length=LONGEST, blank=True)
    curious = models.CharField(_("Ik ben benieuwd naar…"), max_length=LONGEST, blank=True)
    #: When the first line was written; who did so is not asked again, also not when the lines go.
    introduced_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Not asked again either: this person said "not now".
    introduction_declined = models.BooleanField(default=False, editable=False)

    #: Today's period of being away, when the reader who made this list looked it up (communities.cards).
    away: Away | None = None

    class Meta:
        abstract = True

    @property
    def lines(self) -> list[tuple[Any, str]]:
        """(what it is, the words) of the lines that are there."""
        names = ("gives", "shows", "curious")
        found = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names]  # type: ignore[union-attr]
        return [(label, words) for label, words in found if words]

    def lines_to_begin_with(self) -> tuple[dict[str, str], Membership | None]:
        """What the form holds at first, and the other membership that it comes from: the lines of this person
        that they wrote last, when they wrote none here yet."""
        said, known = self._whole, None
        if self.introduced_at is None and self._whole.user:
            others = type(self._whole).objects.filter(user=self._whole.user).exclude(introduced_at=None)
            known = others.select_related("community").order_by("-introduced_at").first()
            said = known or self._whole
        return {"gives": said.gives, "shows": said.shows, "curious": said.curious}, known

    @property
    def _whole(self) -> Membership:
        """The membership that this is the part of."""
        return cast("Membership", self)

    @property
    def is_asked_to_introduce(self) -> bool:
        return self.introduced_at is None and not self.introduction_declined

    @transaction.atomic
    def introduce(
        self, *, gives: str = "", shows: str = "", curious: str = "", at: datetime | None = None
    ) -> None:
        """Tell colleagues these lines; they hear of it once, the first time."""
        self.gives, self.shows, self.curious = gives, shows, curious
        first = self.introduced_at is None and bool(self.lines)
        if first:
            self.introduced_at = at or clock.now()
        self.save(update_fields=["gives", "shows", "curious", "introduced_at"])
        if first:
            self._whole.community.record(MemberIntroduced(actor=self._whole.as_actor), at=at or clock.now())
        else:
            self._whole.community.touch()
        if self._whole.user:
            self._whole.user.touch()

    @transaction.atomic
    def decline_to_introduce(self) -> None:
        """Not now: the card on Vandaag goes, the page stays open."""
        self.introduction_declined = True
        self.save(update_fields=["introduction_declined"])
        if self._whole.user:
            self._whole.user.touch()

    @transaction.atomic
    def forget_lines(self) -> None:
        """For erasure: the words go; that colleagues once heard of them stays."""
        self.gives = self.shows = self.curious = ""
        self.save(update_fields=["gives", "shows", "curious"])
        self._whole.community.touch()
