"""Forms of acts that need to be sure of themselves: a name typed out, a date that was."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people.models import User
from leerkring.ui.forms import DayInput

#: No council decided on software before.
FIRST_YEAR = 2000


def _same(typed: str, name: str) -> bool:
    return _plain(typed) == _plain(name)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class TypedName(forms.Form):
    """A name typed out, so that a slip of the finger destroys nothing."""

    typed = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, name: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["typed"].label = label
        self.fields["typed"].help_text = name

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if not _same(typed, self.name):
            raise forms.ValidationError(_("Dit is niet dezelfde naam. Typ hem precies over."))
        return typed


def _texts() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("En de teksten?"),
        choices=[
            ("stay", _("De teksten blijven, zonder naam. Zo blijft wat collega's zeiden te volgen.")),
            ("go", _("De teksten gaan ook weg.")),
        ],
        initial="stay",
        widget=forms.RadioSelect,
    )


class EraseMeForm(TypedName):
    texts = _texts()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, name=user.name, label=str(_("Typ je naam over")), **kwargs)

    field_order = ("texts", "typed")


class ErasePersonForm(forms.Form):
    """By the administrator, who knows who asked."""

    email = forms.EmailField(
        label=_("E-mailadres van het account"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Naam van wie het vraagt"),
        help_text=_("Precies zoals bij het account. Zo wissen we niet de verkeerde."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    texts = _texts()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.person = User.objects.at_address(said.get("email", ""))
        if "email" in said and "name" in said and not (self.person and _same(said["name"], self.person.name)):
            self.add_error("name", _("Er is geen account met dit adres en deze naam. Kijk beide na."))
        return said


class ConsentForm(forms.Form):
    decided_on = forms.DateField(
        label=_("Datum van het besluit"),
        help_text=_("De dag waarop de MR of OR instemde."),
        widget=DayInput,
    )

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > clock.today() or day.year < FIRST_YEAR:
            raise forms.ValidationError(_("Kies de dag waarop het besluit genomen is."))
        return day
