"""Being away for a while, set by oneself. There is no reason in it, and no place for one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from leerkring import clock
from leerkring.jobs.queue import enqueue
from leerkring.people.models.user import User
from leerkring.ui.refusal import Refused

#: The jobs that tell the communities when a period begins or is over, and when it was cut short; people know
#: no communities, so leerkring.communities.jobs does them.
TURN, BACK = "people.away_turns", "people.away_back"
LONGEST = timedelta(days=365)


class AwaySet(models.QuerySet["Away"]):
    def on(self, day: date) -> AwaySet:
        """Everyone's periods of which `day` is one."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def to_come(self, day: date) -> AwaySet:
        """Those that are not over on `day`, the first to begin first."""
        return self.filter(last_day__gte=day).order_by("first_day", "pk")

    def forget(self) -> int:
        """For erasure: nothing of it stays here."""
        return self.delete()[0]


class Away(models.Model):
    """From a first day to a last one. Its row goes when it is over: who was away when is nobody's business then."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    #: The person does not know yet when they are back; `last_day` is then the last day that is possible.
    is_open = models.BooleanField(default=False)
    #: Colleagues see the last day too.
    shows_last_day = models.BooleanField(default=False)
    planned_at = models.DateTimeField(editable=False)
    #: The communities were told that it began.
    began = models.BooleanField(default=False, editable=False)

    objects = AwaySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "first_day"], name="people_away_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="people_away_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day} – {self.last_day}"

    @classmethod
    @transaction.atomic
    def plan(
        cls,
        *,
        by: User,
        first_day: date,
        last_day: date | None = None,
        shows_last_day: bool = False,
        at: datetime | None = None,
    ) -> Away:
        """`by` will not be there; nobody can say so of another. Without a `last_day` it is open, for a year at most."""
        today = _day(at)
        if first_day < today:
            raise Refused(_("Kies een eerste dag vanaf vandaag."))
        last = last_day or first_day + LONGEST
        if last < first_day:
            raise Refused(_("De laatste dag ligt voor de eerste. Kijk de datums nog eens na."))
        if first_day > today + LONGEST or last > first_day + LONGEST:
            raise Refused(_("Afwezig zijn kan hier hoogstens een jaar vooruit, en hoogstens een jaar lang."))
        by.show_anew()  # two at once from the same person wait for each other here
        if cls.objects.filter(user=by, first_day__lte=last, last_day__gte=first_day).exists():
            raise Refused(_("Voor deze dagen heb je al gezegd dat je er niet bent."))
        away = cls.objects.create(
            user=by,
            first_day=first_day,
            last_day=last,
            is_open=last_day is None,
            shows_last_day=shows_last_day and last_day is not None,
            planned_at=at or clock.now(),
        )
        away.wait_for_turn()
        return away

    @transaction.atomic
    def cancel(self) -> None:
        """Not away after all: what was still to come never was, and who is away is back from now on."""
        away = Away.objects.select_for_update().filter(pk=self.pk).first()
        if away is None:
            raise Refused(_("Deze periode was al voorbij."))
        if away.began:
            enqueue(BACK, {"user": away.user_id})
        away.delete()
        self.user.show_anew()

    def wait_for_turn(self) -> None:
        """Have the communities told when it begins, and after that when it is over."""
        turn = self.last_day + timedelta(days=1) if self.began else self.first_day
        enqueue(TURN, {"away": self.pk}, unique=f"{self.pk}:{turn}", due=midnight(turn))


def midnight(day: date) -> datetime:
    """When a day begins on a Dutch wall."""
    return datetime.combine(day, time(), clock.AMSTERDAM)


def _day(at: datetime | None) -> date:
    return (at or clock.now()).astimezone(clock.AMSTERDAM).date()
