from __future__ import annotations

from typing import Any

from django import forms

from leerkring.network.models import Holiday, School

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class HolidayForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Holiday
        fields = ("name", "first_day", "last_day")
        widgets = {"first_day": _DAY, "last_day": _DAY}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school

    def _get_validation_exclusions(self) -> set[str]:
        # The school is given by the address; its constraint (once a school) must be held here all the same.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return excluded - {"school"}


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = School
        fields = ("name", "place", "sector", "brin", "region")
