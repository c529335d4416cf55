from __future__ import annotations

import math
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.models import Membership, MembershipSet
from leerkring.goals.happenings import Decision
from leerkring.goals.models import Goal, Measure, Measurement
from leerkring.goals.models.goal import LAST_YEAR
from leerkring.ui.forms import DayInput, OwnWords, SeveralField


def _without_blank(field: forms.Field) -> None:
    """Round buttons need none that says nothing."""
    assert isinstance(field, forms.ChoiceField)
    assert isinstance(field.widget, forms.RadioSelect)
    field.choices = [(value, label) for value, label in field.widget.choices if value]


class InTheirWords(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form of which the labels and hints take the words of the sector (`SectorWords.fill`)."""

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here = here
        for field in self.fields.values():
            field.label, field.help_text = (
                here.words.fill(said or "") for said in (field.label, field.help_text)
            )


def _colleagues(here: Here) -> MembershipSet:
    """Who may carry a goal or mind what was kept: not guests."""
    return Membership.objects.people().voters().filter(community=here.community)


class ScoreField(forms.FloatField):
    """No score is larger or has more decimals, and no picture could be drawn of it."""

    LARGEST = 1_000_000_000

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-self.LARGEST, max_value=self.LARGEST, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return number if number is None or not math.isfinite(number) else round(number, 6)


def _in_reach(day: Any) -> Any:
    """A slip of the keyboard in a year would draw a picture of centuries."""
    if day and not 2000 <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Kies een dag tussen 2000 en %(last)s.") % {"last": LAST_YEAR})
    return day


def _not_yet(day: Any) -> Any:
    if day and day > clock.today():
        raise forms.ValidationError(_("Die dag moet nog komen."))
    return _in_reach(day)


class NumberInput(forms.TextInput):
    """A number as people write it: 60, or 60,5."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal"})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, float):
            return number_format(int(value) if value.is_integer() else value)
        said: str | None = super().format_value(value)
        return said


class SentenceForm(forms.Form):
    """What pupils will be able to do, in one or two sentences."""

    text = OwnWords(
        label=_("Jullie doel, in een of twee zinnen"),
        help_text=_("Wie, wat kunnen ze straks, waaraan zie je dat, waar staan ze nu, en wanneer?"),
        max_length=1000,
        rows=5,
    )


class PartsForm(InTheirWords):
    """The parts of a goal that are no measure."""

    text = OwnWords(label=_("Wat kunnen %(pupils)s straks?"), max_length=1000, rows=5)
    owners = SeveralField(
        queryset=Membership.objects.none(),
        label=_("Wie trekt dit doel?"),
        help_text=_("Niemand gekozen? Dan is het van jullie allemaal."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Goal
        fields = ("text", "pupils", "not_yet", "until", "product")
        labels = {
            "pupils": _("Welke %(pupils)s?"),
            "not_yet": _("Wie leert nog niet mee?"),
            "until": _("Wanneer kijken jullie of het gelukt is?"),
            "product": _("Wat maken jullie samen?"),
        }
        help_texts = {
            "pupils": _("Groep of klas, en hoeveel het er zijn. Bijvoorbeeld: klas 2 vmbo-t, 54 %(pupils)s."),
            "not_yet": _("Zonder namen. Bijvoorbeeld: 11 %(pupils)s die nog onder 1F lezen."),
            "product": _("Bijvoorbeeld: een lessenserie van vier lessen met uitlegkaarten."),
        }
        widgets = {"until": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _colleagues(self.here)
        owners = self.fields["owners"]
        assert isinstance(owners, SeveralField)
        owners.queryset = people
        self.initial.setdefault("owners", [m.pk for m in self.instance.owners.all()])
        self.initial.setdefault("revision", self.instance.revision)

    def clean_until(self) -> Any:
        return _in_reach(self.cleaned_data["until"])

    def parts(self) -> dict[str, Any]:
        """The parts as said, without owners and revision."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MeasureForm(InTheirWords):
    baseline = ScoreField(
        label=_("Waar staan ze nu?"),
        help_text=_("Weet je het nog niet? Laat het leeg en voeg het later toe, ook uit een bestand."),
        required=False,
        localize=True,
    )
    baseline_on = forms.DateField(label=_("Op welke dag was dat?"), required=False, widget=DayInput)
    #: The mark of what was read, so that nobody overwrites a colleague unseen.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta:
        model = Measure
        fields = Measure.SAID
        localized_fields = ("threshold", "target")
        field_classes = {"threshold": ScoreField, "target": ScoreField}
        labels = {
            "name": _("Waaraan zien jullie het?"),
            "kind": _("Wat tellen jullie?"),
            "unit": _("Waarin?"),
            "threshold": _("Vanaf welke score telt het als gehaald?"),
            "target": _("Waar willen jullie naartoe?"),
            "lower_is_better": _("Minder is beter, zoals bij fouten"),
            "selected_low": _("Deze groep is gekozen omdat het begin laag was"),
        }
        help_texts = {
            "name": _("Een opgave, een rubric, een toets. Bijvoorbeeld: exit-ticket met twee opgaven."),
            "unit": _("Bijvoorbeeld: punten, fouten of woorden per minuut. Bij procenten hoeft het niet."),
            "threshold": _("Nodig als je uitkomsten uit een bestand haalt en een deel telt."),
            "selected_low": _(
                "Wie laag begint, scoort de volgende keer meestal hoger, ook zonder jullie aanpak. Dat zeggen we "
                "erbij."
            ),
        }
        widgets = {"kind": forms.RadioSelect, "threshold": NumberInput, "target": NumberInput}

    field_order = (
        "name",
        "kind",
        "unit",
        "baseline",
        "baseline_on",
        "target",
        "threshold",
        "lower_is_better",
        "selected_low",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("seen", self.instance.mark)
        if self.instance.pk and self.instance.baseline:
            del self.fields["baseline"], self.fields["baseline_on"]

    def clean_baseline_on(self) -> Any:
        return _not_yet(self.cleaned_data["baseline_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == Measure.Kind.SHARE:
            for name in ("target", "baseline"):
                value = said.get(name)
                if value is not None and not 0 <= value <= 100:
                    self.add_error(name, _("Een deel ligt tussen 0 en 100 procent."))
        return said

    def measure_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MeasurementForm(InTheirWords):
    class Meta:
        model = Measurement
        fields = ("role", "on", "value", "n", "label", "note", "own_class")
        localized_fields = ("value",)
        field_classes = {"value": ScoreField}
        labels = {
            "role": _("Welke meting is dit?"),
            "on": _("Op welke dag?"),
            "value": _("Uitkomst"),
            "n": _("Bij hoeveel %(pupils)s?"),
            "label": _("Wie waren dat?"),
            "note": _("Wat zagen jullie?"),
            "own_class": _("Er zitten %(pupils)s bij die ik lesgeef"),
        }
        help_texts = {
            "label": _("Alleen bij een vergelijking. Bijvoorbeeld: klas 2 vmbo-t van vorig jaar."),
            "note": _("Zonder namen van %(pupils)s."),
        }
        widgets = {"role": forms.RadioSelect, "on": DayInput, "value": NumberInput}

    #: From a file the value follows.
    from_file = False

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.initial.setdefault("on", clock.today())
        _without_blank(self.fields["role"])
        has_begun = measure.baseline is not None
        self.initial.setdefault("role", Measurement.Role.LATER if has_begun else Measurement.Role.BASELINE)
        if self.from_file:
            del self.fields["value"], self.fields["n"]
        else:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": measure.said_unit or _("punten")}

    def clean_on(self) -> Any:
        return _not_yet(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("role") == Measurement.Role.BESIDE and not said.get("label"):
            self.add_error("label", _("Zeg erbij wie dat waren."))
        value = said.get("value")
        share = self.measure.kind == Measure.Kind.SHARE
        if share and value is not None and not 0 <= value <= 100:
            self.add_error("value", _("Een deel ligt tussen 0 en 100 procent."))
        return said


class FileForm(MeasurementForm):
    """Results of pupils by code: a file, or pasted from a sheet."""

    from_file = True
    file = forms.FileField(
        label=_("Bestand"), help_text=_("CSV, uit je volgsysteem of Excel."), required=False
    )
    pasted = OwnWords(
        label=_("Of plak hier uit Excel"),
        help_text=_(
            "Een regel per %(pupil)s: een code, een uitkomst, en als je wilt een subgroep, zoals NT2."
        ),
        required=False,
        rows=8,
    )

    field_order = ("file", "pasted", "role", "on", "label", "note", "own_class")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("file") and not (said.get("pasted") or "").strip():
            self.add_error("file", _("Kies een bestand, of plak de regels."))
        return said

    @property
    def raw(self) -> bytes | str:
        file = self.cleaned_data.get("file")
        return file.read() if file else str(self.cleaned_data["pasted"])


class ConclusionForm(InTheirWords):
    yielded = OwnWords(
        label=_("Wat leverde het op?"),
        help_text=_("Voor %(pupils)s, en voor jullie zelf. Ook als het anders liep dan gedacht."),
        max_length=3000,
        rows=6,
    )

    class Meta:
        model = Goal
        fields = ("decision", "yielded", "kept_where", "kept_by", "look_again_on")
        labels = {
            "decision": _("Hoe gaan jullie verder?"),
            "kept_where": _("Waar staat het?"),
            "kept_by": _("Wie let erop?"),
            "look_again_on": _("Wanneer kijken jullie of het nog zo gaat?"),
        }
        help_texts = {
            "kept_where": _(
                "Zodat het blijft als mensen wisselen. Bijvoorbeeld: in de vakwerkwijzer, les 3."
            ),
        }
        widgets = {"decision": forms.RadioSelect, "look_again_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _colleagues(self.here)
        kept_by = self.fields["kept_by"]
        assert isinstance(kept_by, forms.ModelChoiceField)
        kept_by.queryset = people
        kept_by.empty_label = str(_("Kies een collega"))
        decision = self.fields["decision"]
        decision.required = True
        for name in ("kept_where", "kept_by", "look_again_on"):
            self.fields[name].says_when = True  # type: ignore[attr-defined]  # "hoeft niet" would not be true
        decision.help_text = _(
            "Gaan jullie door of passen jullie aan? Beantwoord dan ook de laatste drie vragen."
        )
        _without_blank(decision)

    def clean_look_again_on(self) -> Any:
        return _in_reach(self.cleaned_data["look_again_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        keeps = said.get("decision") in {Decision.KEEP, Decision.ADAPT}
        for name, missing in (
            ("kept_where", _("Zeg waar het staat: zo blijft het bewaard.")),
            ("kept_by", _("Kies wie erop let.")),
            ("look_again_on", _("Kies een dag om weer te kijken.")),
        ):
            if keeps and name not in self.errors and not said.get(name):
                self.add_error(name, missing)
        day = said.get("look_again_on")
        if day and day <= clock.today():
            self.add_error("look_again_on", _("Kies een dag die nog komt."))
        return said


class DropForm(forms.Form):
    because = forms.CharField(
        label=_("Waarom laten jullie dit doel los?"),
        help_text=_("Collega's lezen dit. Een doel loslaten mag: je leert er ook van."),
        max_length=500,
    )


class StatementForm(forms.Form):
    text = OwnWords(
        label=_("Tekst"),
        help_text=_(
            "Een lege regel begint een alinea. Begin regels met - voor een lijst, **vet** wordt vet."
        ),
        max_length=6000,
        rows=14,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SearchForm(forms.Form):
    """Words to look for in the attainment targets."""

    zoek = forms.CharField(
        label=_("Zoek een kerndoel"),
        help_text=_("Bijvoorbeeld: breuken, lezen vo, of burgerschap."),
        max_length=100,
        required=False,
    )
