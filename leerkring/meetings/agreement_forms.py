"""Saying what is agreed, who does it and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.meetings import planning
from leerkring.meetings.models import Agreement
from leerkring.meetings.models.held import LONGEST
from leerkring.ui.forms import DayInput, OwnWords, SeveralField


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    what = OwnWords(label=_("Wat spreken we af?"), max_length=LONGEST, rows=3)
    who = SeveralField(
        queryset=Membership.objects.none(),
        label=_("Wie doet het?"),
        help_text=_("Niemand gekozen? Dan doen jullie het allemaal."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Agreement
        fields = ("what", "by", "others")
        labels = {"by": _("Wanneer is het klaar?"), "others": _("En wie met alleen een naam meedeed")}
        help_texts = {"by": _("Wie het doet, hoort het op die dag. Leeg is ook goed.")}
        widgets = {"by": DayInput}

    field_order = ("what", "who", "others", "by", "revision")

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._was = self.instance.by
        who = self.fields["who"]
        assert isinstance(who, SeveralField)
        who.queryset = Membership.objects.people().filter(community=here.community)
        if self.instance.pk:
            self.initial.setdefault("who", [member.pk for member in self.instance.who.all()])
        self.initial.setdefault("revision", self.instance.revision)
        if not self.instance.others:
            del self.fields["others"]

    def clean_by(self) -> date | None:
        day: date | None = self.cleaned_data["by"]
        if day is None or day == self._was:
            return day
        if day < clock.today():
            raise forms.ValidationError(_("Die dag is al geweest. Kies een dag die nog komt."))
        if day > clock.today() + planning.FURTHEST:
            raise forms.ValidationError(_("Die dag is wel heel ver weg. Kijk het jaar nog even na."))
        return day

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "what": said["what"],
            "who": list(said["who"]),
            "day": said["by"],
            "others": said.get("others", ""),
        }
