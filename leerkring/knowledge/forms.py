from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.knowledge.models import LONGEST, PURPOSES, Conversation
from leerkring.ui.forms import OwnWords


class ConversationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    text = OwnWords(
        rows=5,
        max_length=LONGEST,
        label=_("Vertel"),
        help_text=_("Wil je een collega erbij? Schrijf @ en de voornaam, bijvoorbeeld @Fatima."),
    )

    class Meta:
        model = Conversation
        fields = ("purpose", "title")
        widgets = {"purpose": forms.RadioSelect(choices=PURPOSES)}


class ReplyForm(forms.Form):
    text = OwnWords(
        rows=5,
        max_length=LONGEST,
        label=_("Jouw reactie"),
        help_text=_("Bouw voort op wat er staat: wat zie jij, en waardoor denk je dat?"),
    )


class RevisionForm(forms.Form):
    text = OwnWords(rows=5, max_length=LONGEST, label=_("Tekst"))


class RemovalForm(forms.Form):
    """Why a facilitator takes someone's conversation away."""

    because = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Wie het gesprek begon, leest dit."),
        max_length=Conversation._meta.get_field("removed_because").max_length,
    )
