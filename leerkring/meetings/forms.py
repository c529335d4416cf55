from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.goals.forms import InTheirWords
from leerkring.goals.models import Goal
from leerkring.meetings import handouts, planning
from leerkring.meetings.choosing import filled_in, of_form, unsaid, workforms_for
from leerkring.meetings.models import Item, Meeting
from leerkring.meetings.models.meeting import LONGEST
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_words import ROLES
from leerkring.ui.forms import DayInput, OwnWords

#: How many times a series can be repeated, the first included.
MOST_TIMES = 20


class TimeInput(forms.TimeInput):
    """A time, in the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def moment_of(day: date, hour: time) -> datetime:
    """On a Dutch wall."""
    return datetime.combine(day, hour, clock.AMSTERDAM)


def _secure_link(**kwargs: Any) -> forms.URLField:
    field = forms.URLField(required=False, max_length=500, assume_scheme="https", **kwargs)
    field.validators = [
        *(v for v in field.validators if not isinstance(v, URLValidator)),
        URLValidator(schemes=["https", "http"]),
    ]
    return field


class MeetingForm(InTheirWords):
    """What a meeting is about, where it is, and what it needs; when it is, is for who inherits this."""

    bring = OwnWords(
        label=_("Wat lees je, of neem je mee?"),
        help_text=_("Bijvoorbeeld: drie schriften van %(pupils)s die het net niet snapten. Zonder namen."),
        max_length=1000,
        rows=3,
        required=False,
    )
    link = _secure_link(label=_("Link voor videobellen"))

    class Meta:
        model = Meeting
        fields = (
            "topic",
            "question",
            "goal",
            "minutes",
            "place",
            "link",
            "bring",
            "material",
            "board_only",
            "confidential",
        )
        labels = {
            "topic": _("Waar gaat het over?"),
            "question": _("Welke vraag over het leren ligt op tafel?"),
            "goal": _("Bij welk doel hoort dit?"),
            "minutes": _("Hoeveel minuten?"),
            "place": _("Waar?"),
            "material": _("We hebben leerlingwerk, uitkomsten, een fragment of een tekst bij de hand"),
            "board_only": _("Alleen het bord: niemand heeft een telefoon nodig"),
            "confidential": _(
                "Vertrouwelijk: in mail en agenda's staat alleen waar het over gaat, waar en wanneer"
            ),
        }
        help_texts = {
            "question": _("Bijvoorbeeld: waarom haakt een deel af bij breuken, en wanneer?"),
        }
        widgets = {"minutes": forms.NumberInput(attrs={"min": 5, "max": LONGEST, "step": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goal = self.fields["goal"]
        assert isinstance(goal, forms.ModelChoiceField)
        running = Goal.objects.active().filter(community=self.here.community)
        if self.instance.goal_id:  # what was concluded since is still the goal it was for
            running = running | Goal.objects.filter(pk=self.instance.goal_id)
        goal.queryset, goal.empty_label = running.order_by("until", "pk"), str(_("Geen van onze doelen"))

    def plan(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewForm(MeetingForm):
    """On a day, several times if need be, or on one of some moments that are put to the group."""

    ON_A_DAY, LOOK_FOR_ONE = "day", "poll"

    how = forms.ChoiceField(
        label=_("Weet je de dag al?"),
        choices=[(ON_A_DAY, _("Ja, op een vaste dag")), (LOOK_FOR_ONE, _("Nee, zoek samen een datum"))],
        widget=forms.RadioSelect,
        initial=ON_A_DAY,
    )
    on = forms.DateField(label=_("Welke dag?"), required=False, widget=DayInput)
    begins = forms.TimeField(label=_("Hoe laat?"), required=False, widget=TimeInput)
    repeat = forms.TypedChoiceField(
        label=_("Herhalen?"),
        help_text=_("In vakanties slaan we over: dan schuift het naar de volgende schoolweek."),
        choices=[
            (0, _("Eén keer")),
            (1, _("Elke week")),
            (2, _("Elke twee weken")),
            (4, _("Elke vier weken")),
        ],
        coerce=int,
        required=False,
        initial=0,
    )
    times = forms.IntegerField(
        label=_("Hoe vaak in totaal? Alleen bij een reeks"),
        required=False,
        min_value=2,
        max_value=MOST_TIMES,
        initial=4,
    )

    #: Beside how a browser asks for days and times, they are required in some cases only.
    says_when = ("on", "begins", "times", "repeat")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("begins", time(15, 30))
        for number in range(1, planning.MOST_OPTIONS + 1):
            at = {"number": number}
            self.fields[f"on_{number}"] = forms.DateField(
                label=_("Moment %(number)s, dag") % at, required=False, widget=DayInput
            )
            self.fields[f"at_{number}"] = forms.TimeField(
                label=_("Moment %(number)s, hoe laat") % at,
                required=False,
                widget=TimeInput,
                initial=time(15, 30),
            )
        for name, field in self.fields.items():
            if name in self.says_when or name[:3] in {"on_", "at_"}:
                field.says_when = True  # type: ignore[attr-defined]  # read by ui/field.html

    @property
    def options(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of moments, day and time."""
        return [(self[f"on_{n}"], self[f"at_{n}"]) for n in range(1, planning.MOST_OPTIONS + 1)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("how") == self.ON_A_DAY:
            for name, missing in (("on", _("Kies een dag.")), ("begins", _("Kies een tijd."))):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, missing)
            if said.get("repeat") and not said.get("times") and "times" not in self.errors:
                self.add_error("times", _("Zeg hoe vaak, de eerste keer meegeteld."))
        elif said.get("how") == self.LOOK_FOR_ONE:
            self._need_moments(said)
        return said

    def _need_moments(self, said: Mapping[str, Any]) -> None:
        for number in range(1, planning.MOST_OPTIONS + 1):
            if said.get(f"on_{number}") and not said.get(f"at_{number}"):
                self.add_error(f"at_{number}", _("Kies een tijd."))
        if not self.errors and len(set(self.moments)) < planning.FEWEST_OPTIONS:
            self.add_error(f"on_{planning.FEWEST_OPTIONS}", _("Geef minstens twee verschillende momenten."))

    @property
    def moments(self) -> list[datetime]:
        """Those that are put to the group; none when the day is known."""
        said = self.cleaned_data
        if said.get("how") != self.LOOK_FOR_ONE:
            return []
        rows = [(said.get(f"on_{n}"), said.get(f"at_{n}")) for n in range(1, planning.MOST_OPTIONS + 1)]
        return [moment_of(day, hour) for day, hour in rows if day and hour]

    @property
    def is_series(self) -> bool:
        return self.cleaned_data["how"] == self.ON_A_DAY and bool(self.cleaned_data["repeat"])

    def plan(self) -> dict[str, Any]:
        said = self.cleaned_data
        fields = super().plan()
        if said["how"] == self.ON_A_DAY:
            fields["starts_at"] = moment_of(said["on"], said["begins"])
        return fields


class ChangeForm(MeetingForm):
    """The same of a meeting that is there. One for which a date is looked for has no day to change."""

    on = forms.DateField(label=_("Welke dag?"), widget=DayInput)
    begins = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("revision", self.instance.revision)
        starts = self.instance.starts_at
        if starts is None:
            del self.fields["on"], self.fields["begins"]
        else:
            on_the_wall = starts.astimezone(clock.AMSTERDAM)
            self.initial.setdefault("on", on_the_wall.date())
            self.initial.setdefault("begins", on_the_wall.time().replace(second=0, microsecond=0))

    def plan(self) -> dict[str, Any]:
        said, fields = self.cleaned_data, super().plan()
        if "on" in self.fields:
            fields["starts_at"] = moment_of(said["on"], said["begins"])
        return fields


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Waarom gaat het niet door?"), help_text=_("Iedereen in de groep leest dit."), max_length=300
    )


class MomentForm(forms.Form):
    """One more moment of a poll."""

    on = forms.DateField(label=_("Welke dag?"), widget=DayInput)
    begins = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput, initial=time(15, 30))

    @property
    def moment(self) -> datetime:
        return moment_of(self.cleaned_data["on"], self.cleaned_data["begins"])


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta:
        model = Item
        fields = Item.SAID
        labels = {"title": _("Wat?"), "minutes": _("Hoeveel minuten?"), "kind": _("Wat voor punt is het?")}
        help_texts = {
            "kind": _("Inhoud gaat over leren en lesgeven. Organisatie gaat over regelen en mededelen.")
        }
        widgets = {
            "kind": forms.RadioSelect,
            "minutes": forms.NumberInput(attrs={"min": 1, "max": LONGEST, "step": 1}),
        }

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("seen", self.instance.mark)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = Item.Kind.choices
        for name in ("title", "minutes"):  # the form that is chosen knows them
            self.fields[name].required = False
            self.fields[name].says_when = True  # type: ignore[attr-defined]  # read by ui/field.html
        self._offered = workforms_for(here)
        self._offer()

    def _offer(self) -> None:
        """The work forms there are; one that was chosen before stays, also when it is offered no more."""
        if not self._offered:
            del self.fields["workform"]
            return
        known = [(key, f"{title} ({minutes} min)") for key, title, minutes in self._offered]
        had: str = self.instance.workform
        kept = [(had, had)] if had and had not in dict(known) else []
        choices: list[tuple[str, str | Promise]] = [("", _("Geen werkvorm: een gesprek")), *known, *kept]
        self.fields["workform"] = forms.ChoiceField(
            label=_("Werkvorm"),
            help_text=_("Wat je hieronder leeg laat, vult de werkvorm in."),
            choices=choices,
            required=False,
        )
        self.order_fields(["workform"])

    def choose(self, said: Mapping[str, str]) -> None:
        """Shows what is on the page, now that this work form is chosen."""
        by = of_form(self._offered, said["workform"])
        self.initial.update(filled_in(unsaid(self._offered, said), by))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        workform = said.get("workform", self.instance.workform)
        by = of_form(self._offered, workform)
        if workform and workform == self.instance.workform and not by:
            # It is offered no more, and filled in what stands here.
            by = {"title": self.instance.title, "minutes": self.instance.minutes}
        missing = {
            "title": _("Zeg wat jullie gaan doen, of kies een werkvorm."),
            "minutes": _("Zeg hoeveel minuten het duurt, of kies een werkvorm."),
        }
        filled = filled_in(said, by)
        for name, says in missing.items():
            if filled.get(name) in {None, ""} and name not in self.errors:
                self.add_error(name, says)
        return filled

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Item.SAID if name in self.cleaned_data}


class TurnsForm(forms.Form):
    """Each of these roles with everyone who could have it."""

    def __init__(
        self,
        *args: Any,
        people: list[Membership],
        roles: Collection[str],
        proposed: Mapping[Role, Membership],
        taken: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(member.pk): member for member in people}
        choices = [("", _("nog niemand")), *((pk, str(member)) for pk, member in self._people.items())]
        self._roles = [role for role in ROLES if role in roles]
        for role in self._roles:
            label = ROLES[role]
            field = forms.ChoiceField(label=str(label).capitalize(), choices=choices, required=False)
            field.says_when = True  # type: ignore[attr-defined]  # read by ui/field.html
            if role in proposed:
                field.help_text = _("Voorstel: deed dit het langst niet.")
            field.initial = taken.get(role) or (proposed[role].pk if role in proposed else "")
            self.fields[role.value] = field

    def turns(self) -> dict[Role, Membership | None]:
        return {role: self._people.get(self.cleaned_data[role.value]) for role in self._roles}


class HandoutForm(forms.Form):
    file = forms.FileField(
        label=_("Kies een bestand"),
        help_text=_(
            "Pdf, docx, odt, xlsx, pptx, txt, of een foto (JPEG, PNG, WebP). Hoogstens 10 MB. "
            "Geen namen van leerlingen in bestanden."
        ),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.xlsx,.pptx,.txt,.png,.jpg,.jpeg,.webp"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > handouts.MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot. Kies er een van hoogstens 10 MB."))
        return file
