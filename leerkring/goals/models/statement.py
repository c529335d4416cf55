"""What a community stands for: its vision and its working agreements, in versions that everyone can stand behind."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import ThingId
from leerkring.communities.models import Community, Membership
from leerkring.goals.happenings import StatementWritten, VisionReviewed
from leerkring.goals.say import refuse_without_say, who_decide
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: Two pages: longer is not remembered.
LONGEST = 6_000


class StatementSet(models.QuerySet["Statement"]):
    def visible_to(self, user: User) -> StatementSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.filter(community__in=theirs.values("community"))

    def standing(self, community: Community) -> dict[str, Statement]:
        """The version that stands, by kind."""
        newer = Statement.objects.filter(
            community=OuterRef("community"), kind=OuterRef("kind"), number__gt=OuterRef("number")
        )
        found = self.filter(~Exists(newer), community=community).select_related("written_by__user")
        return {statement.kind: statement for statement in found}


class Statement(models.Model):
    """One version. Written again, or kept as it is after reading it again, it is a new version: each time everyone
    says that they stand behind it."""

    class Kind(models.TextChoices):
        VISION = "vision", _("visie")
        NORMS = "norms", _("werkafspraken")

    community = models.ForeignKey(Community, models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    number = models.PositiveIntegerField()
    text = models.TextField(_("tekst"), max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    #: Since when everyone who was there stands behind it.
    endorsed_at = models.DateTimeField(null=True, blank=True)

    objects = StatementSet.as_manager()

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "number"], name="goals_statement_once"),
            models.CheckConstraint(condition=Q(kind__in=["vision", "norms"]), name="goals_statement_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def title(self) -> str:
        return version_title(f"{self.kind} {self.number}")

    @property
    def due(self) -> date:
        """The day on which it is read again: a year later."""
        day = (self.endorsed_at or self.written_at).astimezone(clock.AMSTERDAM).date()
        leap = day.month == 2 and day.day == 29
        return day.replace(year=day.year + 1, day=28 if leap else day.day)

    @property
    def is_due(self) -> bool:
        return clock.today() >= self.due

    @classmethod
    @transaction.atomic
    def write(
        cls, *, by: Membership, kind: Kind, text: str, seen: int, at: datetime | None = None
    ) -> Statement:
        """A new version by `by`, who read version `seen` (0: there was none). Who writes it stands behind it."""
        at = at or clock.now()
        by.community.touch()  # two who write at once wait for each other here
        standing = cls.objects.standing(by.community).get(kind)
        if (standing.number if standing else 0) != seen:
            raise Refused(
                _(
                    "Intussen schreef een collega een nieuwe versie. Jouw tekst staat er nog: leg ze naast elkaar."
                )
            )
        statement = cls(
            community=by.community,
            kind=kind,
            number=seen + 1,
            text=text.replace("\r\n", "\n"),
            written_by=by,
            written_at=at,
        )
        statement.full_clean()
        statement.save()
        by.community.record(StatementWritten(actor=by.as_actor, about=ThingId(statement.pk)), at=at)
        by.community.notify(
            "statement.written",
            to=who_decide(by.community).select_related("user"),
            by=by,
            thing=("statement", statement.pk),
            at=at,
        )
        statement._say_yes(by, at)
        return statement

    @transaction.atomic
    def endorse(self, *, by: Membership, at: datetime | None = None) -> None:
        """`by` stands behind this version."""
        by.community.touch()
        if Statement.objects.standing(by.community)[self.kind].pk != self.pk:
            raise Refused(_("Er is intussen een nieuwere versie. Lees die eerst."))
        self._say_yes(by, at or clock.now())

    def _say_yes(self, by: Membership, at: datetime) -> None:
        refuse_without_say(by)
        Endorsement.objects.get_or_create(statement=self, member=by)
        self.settle(at=at, by=by)

    @transaction.atomic
    def take_back(self, *, by: Membership) -> None:
        """`by` does not stand behind it any more, and wants to talk about it."""
        by.community.touch()
        Endorsement.objects.filter(statement=self, member=by).delete()

    def settle(self, *, at: datetime, by: Membership | None = None) -> None:
        """It is everyone's when all who are there stand behind it. The community's row is locked then."""
        if self.endorsed_at or self.waiting() or not self.endorsements.exists():
            return
        self.endorsed_at = at
        self.save(update_fields=["endorsed_at"])
        if self.kind == Statement.Kind.VISION:
            happened = VisionReviewed(actor=by.as_actor if by else None, about=ThingId(self.pk))
            self.community.record(happened, at=at)

    def waiting(self) -> int:
        """How many did not say yet that they stand behind it."""
        said = Endorsement.objects.filter(statement=self).values("member")
        return who_decide(self.community).exclude(pk__in=said).count()


def version_title(said: str) -> str:
    """What "vision 3" is called."""
    kind, number = said.split()
    words = {
        Statement.Kind.VISION: _("Visie, versie %(number)s"),
        Statement.Kind.NORMS: _("Werkafspraken, versie %(number)s"),
    }
    return str(words[Statement.Kind(kind)] % {"number": number})


class Endorsement(models.Model):
    """One member stands behind one version. Shown to that member only; without a moment."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="endorsements")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "member"], name="goals_endorsement_once")]

    def __str__(self) -> str:
        return f"{self.statement_id}"
