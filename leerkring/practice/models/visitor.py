"""Who comes to watch, and what they note: theirs alone, until they give it to whose lesson it was."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.ui.refusal import Refused

#: A note is made while one watches.
LONGEST = 600
#: In one visit: more is a telephone gone wild.
MOST_NOTES = 500
LONGEST_KEY = 64


class Visitor(models.Model):
    visit = models.ForeignKey("practice.Visit", models.CASCADE, related_name="visitors")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The host reads the notes from then on.
    handed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "member"], name="practice_visitor_once")]

    def __str__(self) -> str:
        return str(self.member)

    @transaction.atomic
    def note(
        self, *, by: Membership, kind: Note.Kind, text: str, key: str, at: datetime | None = None
    ) -> Note:
        """What pupils say, do or ask. `key` is of the device: what it sends again is there already. `at`: when it was
        seen, by the clock of the device."""
        self._own(by)
        held = self.visit.hold()
        if before := Note.objects.filter(visitor=self, key=key).first():
            return before
        if held.state not in {held.State.OPEN, held.State.HELD}:
            raise Refused(_("Dit lesbezoek gaat niet door."))
        if self.notes.count() >= MOST_NOTES:
            raise Refused(_("Er passen geen aantekeningen meer bij."))
        note = Note(visitor=self, kind=kind, text=text, key=key, at=at or clock.now())
        note.full_clean(exclude=["visitor"])
        note.save()
        return note

    @transaction.atomic
    def hand_over(self, *, by: Membership, at: datetime | None = None) -> None:
        """Whose lesson it was reads them from now on; what is noted later too."""
        self._own(by)
        held = self.visit.hold_after(by)
        at = at or clock.now()
        if not self.notes.exists():
            raise Refused(_("Je schreef nog niets op."))
        if Visitor.objects.filter(pk=self.pk, handed_at=None).update(handed_at=at):
            thing = ("visit", held.pk)
            held.community.notify("visit.notes", to=[held.host], by=by, thing=thing, at=at)

    def _own(self, by: Membership) -> None:
        if by.pk != self.member_id:
            raise Refused(_("Dit doet wie kwam kijken."))


class Note(models.Model):
    """One thing that was seen or heard. Never about the teacher: the buttons are what pupils do."""

    class Kind(models.TextChoices):
        SAYS = "says", _("zegt")
        DOES = "does", _("doet")
        ASKS = "asks", _("vraagt")

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    text = models.TextField(max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    key = models.CharField(max_length=LONGEST_KEY)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visitor", "key"], name="practice_note_once"),
            models.CheckConstraint(condition=Q(kind__in=["says", "does", "asks"]), name="practice_note_kind"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @transaction.atomic
    def drop(self, *, by: Membership) -> None:
        """Its writer takes it back, also when it was given."""
        self.visitor._own(by)
        self.visitor.visit.hold()
        Note.objects.filter(pk=self.pk).delete()
