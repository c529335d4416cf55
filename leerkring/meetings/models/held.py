"""What a meeting leaves: how long each part took, who was there, what was written, how it was, and what was mended in
the minutes afterwards."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership
from leerkring.insights.scaffolds import of_all_by
from leerkring.meetings.models.live import Participant
from leerkring.meetings.models.meeting import Meeting
from leerkring.people.erasure import NOBODY

#: Characters of a card; what was written in the room was held to it there.
LONGEST = 600
#: In `Harvested`: by that act an agreement of before was carried over to the next meeting.
CARRIED = "carried"


class Stage(models.Model):
    """A step as it was held. `seconds` are those of the clock in the room."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    #: As they were in the room: its own, and of the earlier step whose cards it is about.
    key = models.CharField(max_length=80)
    of = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    prompt = models.CharField(max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    #: None for what the house adds to an agenda.
    content = models.BooleanField(null=True, default=True)
    workform = models.SlugField(max_length=60, blank=True)
    #: In a vote on whether all can go on: how many could.
    yes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meetings_stage_in_its_place")
        ]


class Present(models.Model):
    """Somebody who was there; `member` is None for who came by name only, or was lifted out. `participant`: who they
    were in the room, as long as it is kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="present")
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    roles = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        """Who has no account is told from a colleague of the same name; who was lifted out has no name left."""
        if self.member_id or self.name.startswith(NOBODY):
            return self.who
        return str(_("%(name)s (gast)") % {"name": self.name})

    @property
    def who(self) -> str:
        return str(self.member) if self.member_id else self.name


class Note(models.Model):
    """A card. `by` is None when nobody can tell whose it is; `objection`: why somebody could not go on."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="notes")
    by = models.ForeignKey(Present, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(validators=[MaxLengthValidator(LONGEST)])
    pile = models.CharField(max_length=120, blank=True)
    dots = models.PositiveSmallIntegerField(default=0)
    objection = models.BooleanField(default=False)
    #: Of an objection: of how the sentence read before.
    lapsed = models.BooleanField(default=False)
    #: It came when its step was over.
    late = models.BooleanField(default=False)
    #: Of the act that gave it; None for what is no one's.
    number = models.PositiveIntegerField(null=True, blank=True)
    #: It was taken out: of what it said, and by whom, nothing is left.
    out = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]


class Harvested(models.Model):
    """Which act of the room became which thing, so that what comes late is not made twice."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="harvested")
    number = models.PositiveIntegerField()
    thing_kind = models.CharField(max_length=20)
    thing_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number", "thing_kind"], name="meetings_harvested_once"
            )
        ]


class Unclaimed(models.Model):
    """What was said at the harvest and can be of no account: an insight of who came by name only, and when one does
    not work or who tries it, where that person or the author has none. Once they are known it is a thing of theirs,
    and goes from here."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="unclaimed")
    #: Of the act; and of the act that gave the insight it is about, the same one for an insight itself.
    number = models.PositiveIntegerField()
    insight = models.PositiveIntegerField()
    by = models.ForeignKey(Present, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    why = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    practice = models.CharField(max_length=200, blank=True)
    #: It is out of the practice of all together, and who said it wrote it down.
    of_all = models.BooleanField(default=False)
    #: The day on which they try it.
    on = models.DateField(null=True, blank=True)
    #: It was taken out: of what it said nothing is left.
    out = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meetings_unclaimed_once")]

    @property
    def whose(self) -> str:
        """As at an insight: out of whose practice it is, and who wrote it down."""
        if self.of_all and self.by:
            return of_all_by(self.by)
        return str(_("van ons samen")) if self.of_all else str(self.by or "")


class ExitFigure(models.Model):
    """What came of a question of the exit check: how many answered it, and their mean from 1 to 5 in tenths."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="exit_figures")
    question = models.CharField(max_length=10)
    n = models.PositiveSmallIntegerField()
    mean = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "question"], name="meetings_one_figure")]


class Correction(models.Model):
    """What somebody adds to the minutes, or says was otherwise. What was written itself stays as it was."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    #: None of one that was taken out.
    by = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(
        _("wat was anders, of ontbreekt?"), max_length=2000, validators=[MaxLengthValidator(2000)]
    )
    #: It was taken out: of what it said, and by whom, nothing is left.
    out = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]
