from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.network.models import Board, Holiday, Location, Network, School
from leerkring.ui.forms import DayInput, SeveralField

#: A holiday is within these years, and no longer than this: the longest summer holiday fits twice.
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DAYS = 100


class HolidayForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Holiday
        fields = ("name", "first_day", "last_day")
        widgets = {"first_day": DayInput, "last_day": DayInput}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school

    def clean(self) -> dict[str, Any]:
        """A slip of the keyboard in a year would make a holiday of centuries."""
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if not first or not last:
            return said
        if first.year < FIRST_YEAR or last.year > LAST_YEAR:
            raise forms.ValidationError(
                _("Een vakantie ligt tussen %(first)s en %(last)s. Kijk de jaartallen na."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        if (last - first).days >= MOST_DAYS:
            raise forms.ValidationError(
                _("Een vakantie duurt hooguit %(days)s dagen. Kijk de eerste en de laatste dag na."),
                params={"days": MOST_DAYS},
            )
        return said

    def _get_validation_exclusions(self) -> set[str]:
        # The school is given by the address; its constraint (once a school) must be held here all the same.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return excluded - {"school"}


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = School
        fields = ("name", "place", "sector", "brin", "region", "board")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, first in (("sector", _("Kies een sector")), ("region", _("Kies een regio"))):
            said = [choice for choice in self.fields[name].choices if choice[0]]  # type: ignore[attr-defined]
            self.fields[name].choices = [("", first), *said]  # type: ignore[attr-defined]
        self.fields["board"].empty_label = _("geen bestuur")  # type: ignore[attr-defined]


class SchoolRevisionForm(SchoolForm):
    """What is known of a school that is there already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].help_text = _("De vakanties in de kalender veranderen niet mee.")


class LocationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Location
        fields = ("name", "place")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school

    def clean_name(self) -> str:
        """One building of a name: people choose between them by name."""
        name: str = self.cleaned_data["name"]
        if self.instance.school.locations.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Deze school heeft al een locatie met die naam."))
        return name


class BoardForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Board
        fields = ("name",)


class NetworkForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Network
        fields = ("name", "aim", "schools")
        field_classes = {"schools": SeveralField}
        widgets = {"schools": forms.CheckboxSelectMultiple}
        labels = {"schools": _("Welke scholen horen erbij?")}
        help_texts = {"aim": _("Bijvoorbeeld: samen een doorlopende leerlijn rekenen maken.")}
