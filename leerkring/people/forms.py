from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.people import halfdays, photos
from leerkring.ui.forms import DayInput
from leerkring.ui.refusal import Refused


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=120,
        help_text=_("Je voor- en achternaam, zoals collega's je kennen."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Welke taal wil je lezen?"),
        help_text=_("Op het scherm en in mail."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Je nieuwe e-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self._now.lower():
            raise forms.ValidationError(_("Dit is het adres dat je al hebt."))
        return email


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("De code uit je mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Kies een foto"),
        help_text=_("JPEG, PNG of WebP, hoogstens 8 MB. We bewaren alleen het vierkant in het midden."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self) -> photos.Portrait:
        file = self.cleaned_data["photo"]
        try:
            return photos.Portrait.read(file, file.size)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class AwayForm(forms.Form):
    first_day = forms.DateField(label=_("Eerste dag dat je er niet bent"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Laatste dag dat je er niet bent"),
        help_text=_("Weet je dat nog niet? Laat het leeg."),
        required=False,
        widget=DayInput,
    )
    shows_last_day = forms.BooleanField(label=_("Collega's mogen zien tot wanneer"), required=False)

    def clean_first_day(self) -> Any:
        if self.cleaned_data["first_day"] < clock.today():
            raise forms.ValidationError(_("Kies een eerste dag vanaf vandaag."))
        return self.cleaned_data["first_day"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("De laatste dag ligt voor de eerste. Kijk de datums nog eens na."))
        return said


class HalfDaysForm(forms.Form):
    half_days = forms.TypedMultipleChoiceField(choices=halfdays.CHOICES, coerce=int, required=False)
