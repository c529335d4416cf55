from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Membership
from leerkring.meetings.forms import HandoutForm
from leerkring.meetings.live import store
from leerkring.meetings.live.acts import LONGEST_NAME
from leerkring.meetings.live.steps import load
from leerkring.meetings.models import Correction, Live, Participant
from leerkring.meetings.models.live import CODE_LENGTH, SIGNS
from leerkring.meetings.workform import StepKind
from leerkring.ui.forms import OwnWords, SeveralField
from leerkring.ui.languages import language


class FindForm(forms.Form):
    """The code that hangs on the board."""

    code = forms.CharField(
        label=_("De code op het bord"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """As it was typed on a phone: small letters, with spaces or a dash."""
        typed = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())
        if len(typed) != CODE_LENGTH or any(sign not in SIGNS for sign in typed):
            raise forms.ValidationError(_("Dat is geen code. Op het bord staan zes letters en cijfers."))
        return typed


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=LONGEST_NAME,
        help_text=_("Alleen deze naam. Je hebt geen account nodig."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WithoutDeviceForm(forms.Form):
    """Who are there without a device: members, all at once, or a name."""

    members = SeveralField(
        queryset=Membership.objects.none(),
        required=False,
        label=_("Wie is er zonder toestel?"),
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(label=_("En iemand die hier geen lid is"), max_length=LONGEST_NAME, required=False)

    def __init__(self, *args: Any, live: Live, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = live.participants.exclude(member=None).values("member")
        people = Membership.objects.people().filter(community=live.meeting.community)
        field = self.fields["members"]
        assert isinstance(field, SeveralField)
        field.queryset = people.order_by("user__name", "pk")
        # Who came in since this was drawn may be ticked all the same: they are there.
        field.choices = [(m.pk, str(m)) for m in field.queryset.exclude(pk__in=there)]
        if live.meeting.board_only:
            field.label = _("Wie zijn er?")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("members") and not said.get("name", "").strip():
            raise forms.ValidationError(_("Kies iemand, of vul een naam in."))
        return said


class PhotoForm(HandoutForm):
    """A photo of the paper cards on the wall, and of which step they are."""

    def __init__(self, *args: Any, live: Live, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.label = _("Foto van de kaarten op de muur")
        file.help_text = _("JPEG, PNG of WebP. Hoogstens 10 MB. Zet er geen mensen op.")
        file.widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
        self._steps = [(n, step) for n, step in enumerate(load(live.steps)) if step.kind is not StepKind.EXIT]
        steps = [(place, step.words(language()).title) for place, step in self._steps]
        self.fields["step"] = forms.TypedChoiceField(
            label=_("Bij welke stap?"),
            choices=[("", _("de stap waar we nu zijn")), *steps],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def place_of_cards(self, at: int) -> int | None:
        """The step that is on, when cards of paper belong to it; before the first one, that."""
        return max(0, at) if max(0, at) in dict(self._steps) else None


class LinkForm(forms.Form):
    """Who came in by name only, and who that is."""

    participant = forms.ModelChoiceField(
        Participant.objects.none(), label=_("Wie kwam binnen met alleen een naam?")
    )
    member = forms.ModelChoiceField(Membership.objects.none(), label=_("Wie is dat?"))

    def __init__(self, *args: Any, live: Live, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nameless, member = self.fields["participant"], self.fields["member"]
        assert isinstance(nameless, forms.ModelChoiceField)
        assert isinstance(member, forms.ModelChoiceField)
        nameless.queryset = live.participants.filter(member=None).exclude(pk__in=store.removed(live.pk))
        there = live.participants.exclude(member=None).values("member")
        people = Membership.objects.people().filter(community=live.meeting.community)
        member.queryset = people.exclude(pk__in=there)


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    text = OwnWords(label=_("Wat was anders, of ontbreekt?"), max_length=2000)

    class Meta:
        model = Correction
        fields = ["text"]
