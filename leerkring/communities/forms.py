from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import ROLES, Community, Membership
from leerkring.communities.models.introduction import LONGEST


class GuestUntil(forms.Form):
    """A role, and for a guest the last day."""

    role = forms.ChoiceField(label=_("Rol"), choices=ROLES, initial=Role.MEMBER)
    until = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Alleen voor een gast."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("role") == Role.GUEST and not said.get("until"):
            self.add_error("until", _("Een gast doet mee tot een datum. Vul die in."))
        elif said.get("role") != Role.GUEST:
            said["until"] = None
        if said.get("until") and said["until"] < clock.today():
            self.add_error("until", _("Kies een datum in de toekomst."))
        return said


class InvitationForm(GuestUntil):
    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    member = forms.ModelChoiceField(
        label=_("Wie is dit in het bestand?"),
        help_text=_("Alleen als dit iemand is die nu nog als code meetelt."),
        queryset=Membership.objects.none(),
        required=False,
    )
    field_order = ("email", "role", "until", "member")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = Membership.objects.current().filter(community=community)
        coded = self.people.filter(user=None).order_by("code")
        if coded.exists():
            self.fields["member"].queryset = coded  # type: ignore[attr-defined]
        else:
            del self.fields["member"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.people.filter(user__email__iexact=said.get("email", "")).exists():
            self.add_error("email", _("Wie dit adres heeft, doet al mee."))
        if said.get("member") and said.get("role") != Role.MEMBER:
            self.add_error(
                "member", _("Wie in het bestand staat, komt binnen als lid. Pas de rol daarna aan.")
            )
        return said


class RoleForm(GuestUntil):
    """Another role, or a guest's other last day."""


class NameForm(forms.Form):
    """What someone who comes in by a link is called."""

    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=120,
        help_text=_("Je voor- en achternaam, zoals collega's je kennen."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def _line(label: Any, example: Any) -> forms.CharField:
    # One line in a form that the drafts keep (frontend/drafts.ts asks for a textarea).
    shown = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=example, max_length=LONGEST, required=False, widget=shown)


class IntroductionForm(forms.Form):
    """Three lines about oneself."""

    gives = _line(_("Ik geef…"), _("Bijvoorbeeld: groep 5, en gym aan de bovenbouw."))
    shows = _line(_("Ik kan laten zien…"), _("Bijvoorbeeld: hoe ik een les begin met één goede vraag."))
    curious = _line(_("Ik ben benieuwd naar…"), _("Bijvoorbeeld: hoe jullie kinderen laten nakijken."))
