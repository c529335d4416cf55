from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.knowledge.models import LONGEST, PURPOSES, Conversation

_TEXT = forms.Textarea(attrs={"rows": 5})


class Text(forms.CharField):
    """Several lines of a person's own words, kept exactly as typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=_TEXT, strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut a pasted text in silence, where the form says that it is too long."""
        return {}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value.strip():
            raise forms.ValidationError(self.error_messages["required"], code="required")


class ConversationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    text = Text(
        label=_("Vertel"),
        help_text=_("Wil je een collega erbij? Schrijf @ en de voornaam, bijvoorbeeld @Fatima."),
    )

    class Meta:
        model = Conversation
        fields = ("purpose", "title")
        widgets = {"purpose": forms.RadioSelect(choices=PURPOSES)}


class ReplyForm(forms.Form):
    text = Text(
        label=_("Jouw reactie"),
        help_text=_("Bouw voort op wat er staat: wat zie jij, en waardoor denk je dat?"),
    )


class RevisionForm(forms.Form):
    text = Text(label=_("Tekst"))


class RemovalForm(forms.Form):
    """Why a facilitator takes someone's conversation away."""

    because = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Wie het gesprek begon, leest dit."),
        max_length=Conversation._meta.get_field("removed_because").max_length,
    )
