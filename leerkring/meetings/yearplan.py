"""The year's rhythm: eight meetings that make a good first year, to be changed before they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.meetings import planning, schoolyear
from leerkring.meetings.forms import TimeInput, moment_of
from leerkring.meetings.models import Meeting
from leerkring.meetings.models.meeting import LONGEST
from leerkring.meetings.series import items_of
from leerkring.network.calendar import calendar_of
from leerkring.ui.forms import DayInput

_WEEKDAYS = [(0, _("maandag")), (1, _("dinsdag")), (2, _("woensdag")), (3, _("donderdag")), (4, _("vrijdag"))]


@dataclass(frozen=True)
class Proposed:
    """One of the eight: what it is about, which question lies on the table, and the key of the form that fits."""

    topic: str | Promise
    question: str | Promise
    workform: str
    #: Work of pupils, results or a text lies on the table.
    material: bool = False


#: In the order in which a group that begins has use for them.
YEAR: tuple[Proposed, ...] = (
    Proposed(
        _("Kennismaken, en ons doel"),
        _("Wat willen we dat %(pupils)s straks kunnen, en wie leert nu nog niet mee?"),
        "kennismaken",
    ),
    Proposed(
        _("Samen kijken naar werk van %(pupils)s"),
        _("Wat zien we ze doen, en wat zegt dat over hoe ze denken?"),
        "wat-zagen-we",
        material=True,
    ),
    Proposed(
        _("Een situatie van een van ons"),
        _("Wat gebeurde er, en wat had je kunnen doen?"),
        "incidentmethode",
    ),
    Proposed(
        _("Een lesbezoek voorbereiden"),
        _("Waar willen we bij elkaar in de les op letten?"),
        "hardop-voorbereiden",
    ),
    Proposed(
        _("Zo doe ik het"),
        _("Hoe doe jij dit, waarom zo, en wanneer werkt het niet?"),
        "zo-doe-ik-het",
    ),
    Proposed(
        _("Samen een les ontwerpen"),
        _("Bij welke stap haken %(pupils)s af, en wat doen we dan?"),
        "samen-een-les-ontwerpen",
    ),
    Proposed(
        _("Uitkomsten bekijken"),
        _("Wie ging vooruit, wie niet, en waardoor kan dat komen?"),
        "dataonderzoek",
        material=True,
    ),
    Proposed(
        _("Onze spiegel, en terugkijken op het jaar"),
        _("Wat leerden we van elkaar, en wat merken %(pupils)s daarvan?"),
        "gesprek-over-onze-spiegel",
    ),
)


class YearForm(forms.Form):
    """On which day of the week, and each of the eight as it will be kept."""

    weekday = forms.TypedChoiceField(label=_("Op welke dag?"), choices=_WEEKDAYS, coerce=int, initial=1)
    begins = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput, initial=time(15, 30))
    place = forms.CharField(label=_("Waar?"), max_length=200, required=False)

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here = here
        for number, proposed in enumerate(YEAR, 1):
            self._add(number, proposed)

    def _add(self, number: int, proposed: Proposed) -> None:
        fill = self.here.words.fill
        self.fields[f"keep_{number}"] = forms.BooleanField(
            label=_("Deze plannen"), required=False, initial=True
        )
        self.fields[f"on_{number}"] = forms.DateField(label=_("Welke dag?"), widget=DayInput)
        self.fields[f"minutes_{number}"] = forms.IntegerField(
            label=_("Hoeveel minuten?"),
            min_value=5,
            max_value=LONGEST,
            initial=60,
            widget=forms.NumberInput(attrs={"step": 5}),
        )
        self.fields[f"topic_{number}"] = forms.CharField(
            label=_("Waar gaat het over?"), max_length=200, initial=fill(proposed.topic)
        )
        self.fields[f"question_{number}"] = forms.CharField(
            label=_("Welke vraag over het leren ligt op tafel?"),
            max_length=300,
            required=False,
            initial=fill(proposed.question),
        )
        for name in ("on", "minutes", "topic"):
            self.fields[f"{name}_{number}"].says_when = True  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        names = ("keep", "on", "minutes", "topic", "question")
        return [{name: self[f"{name}_{n}"] for name in names} for n in range(1, len(YEAR) + 1)]

    def clean(self) -> dict[str, Any]:
        """What is not kept need not be right."""
        said = super().clean() or self.cleaned_data
        for number in range(1, len(YEAR) + 1):
            if not said.get(f"keep_{number}"):
                for name in ("on", "minutes", "topic", "question"):
                    self.errors.pop(f"{name}_{number}", None)
        if not self.errors and not self.kept:
            self.add_error(None, _("Kies er minstens een die je wilt plannen."))
        return said

    @property
    def kept(self) -> list[int]:
        return [n for n in range(1, len(YEAR) + 1) if self.cleaned_data.get(f"keep_{n}")]


def days_of(here: Here, weekday: int) -> dict[str, date]:
    """On which days the eight fall: from the next school week on, or after what is planned already."""
    planned = (
        Meeting.objects.filter(community=here.community).next_ones().aggregate(last=Max("starts_at"))["last"]
    )
    after = max(clock.today(), planned.astimezone(clock.AMSTERDAM).date() if planned else clock.today())
    fallen = schoolyear.over_the_year(calendar_of(here.community.school), after, weekday, len(YEAR))
    return {f"on_{number}": day for number, day in enumerate(fallen, 1)}


def keep(here: Here, form: YearForm, *, at: datetime | None = None) -> int:
    """Plan those that were kept; how many."""
    said = form.cleaned_data
    wanted = sorted(form.kept, key=lambda n: (said[f"on_{n}"], n))
    planning.plan_series(
        by=here.membership,
        title=_now("Jaarritme %(year)s") % {"year": said[f"on_{wanted[0]}"].year},
        meetings=[_fields(said, number) for number in wanted],
        items=[_items(here, YEAR[number - 1], said[f"minutes_{number}"]) for number in wanted],
        at=at,
    )
    return len(wanted)


def _fields(said: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        "topic": said[f"topic_{number}"],
        "question": said[f"question_{number}"],
        "minutes": said[f"minutes_{number}"],
        "place": said["place"],
        "material": YEAR[number - 1].material,
        "starts_at": moment_of(said[f"on_{number}"], said["begins"]),
    }


def _items(here: Here, proposed: Proposed, minutes: int) -> Sequence[planning.Fields]:
    """The form that fits, when it is there and fits in the time."""
    return [item for item in items_of(here, proposed.workform) if item["minutes"] <= minutes]
