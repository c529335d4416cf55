from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import listed
from leerkring.communities.happenings import Role
from leerkring.communities.models import ROLES, Arrival, Community, Membership
from leerkring.communities.models.introduction import LONGEST
from leerkring.communities.places_forms import places_of
from leerkring.ui.forms import ConditionalDay


class GuestUntil(forms.Form):
    """A role, and for a guest the last day."""

    role = forms.ChoiceField(label=_("Rol"), choices=ROLES, initial=Role.MEMBER)
    until = ConditionalDay(
        label=_("Laatste dag van een gast"),
        help_text=_("Een gast doet mee tot en met deze dag. Voor wie geen gast is, laat je dit leeg."),
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


class Placed(forms.Form):
    """Where someone works, when a community has more than one place. Asks two queries."""

    place = forms.ChoiceField(label=_("Waar werk je?"))

    def place_in(self, community: Community) -> None:
        self.places = places_of(community)
        named = [(key, ", ".join(str(part) for part in parts if part)) for key, parts in self.places.items()]
        schools = {school for school, _location in self.places.values()}
        if len(named) > 1:
            # Of one school with several buildings the school as a whole is known, and chosen already.
            first = [] if len(schools) == 1 else [("", _("Kies een school"))]
            chosen = [*first, *sorted(named, key=lambda place: place[1])]
            self.fields["place"].choices = chosen  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    @property
    def school_and_location(self) -> dict[str, Any]:
        """What was chosen, as the verbs take it."""
        school, location = self.places.get(self.cleaned_data.get("place", ""), (None, None))
        return {"school": school, "location": location}


class InvitationForm(GuestUntil, Placed):
    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    member = forms.ModelChoiceField(
        label=_("Wie is dit in het bestand?"),
        help_text=_("Alleen als dit iemand is die nu nog als code meetelt."),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("niemand uit het bestand"),
    )
    field_order = ("email", "role", "until", "place", "member")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        self.people = Membership.objects.current().filter(community=community)
        self.place_in(community)
        if "place" in self.fields:
            self.fields["place"].label = _("Waar werkt deze collega?")
            self.fields["place"].required = False
        coded = self.people.filter(user=None).order_by("code")
        if coded.exists():
            self.fields["member"].queryset = coded  # type: ignore[attr-defined]
        else:
            del self.fields["member"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        email = said.get("email", "")
        if self.people.filter(user__email__iexact=email).exists():
            self.add_error("email", _("Wie dit adres heeft, doet al mee."))
        elif self.community.invitations.open().filter(email__iexact=email).exists():
            self.add_error("email", _("Wie dit adres heeft, is al uitgenodigd. Kijk bij de uitnodigingen."))
        if said.get("member") and said.get("role") != Role.MEMBER:
            self.add_error(
                "member", _("Wie in het bestand staat, komt binnen als lid. Pas de rol daarna aan.")
            )
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What `Invitation.make` takes."""
        said = self.cleaned_data
        return {
            "email": said["email"],
            "role": Role(said["role"]),
            "until": said["until"],
            "member": said.get("member"),
            **self.school_and_location,
        }


class ListForm(forms.Form):
    """Colleagues as pasted lines or as a file; `rows` are what they are read as."""

    text = forms.CharField(
        label=_("Plak hier de lijst"),
        help_text=_("Elke collega op een eigen regel: naam, e-mailadres. Kopiëren uit Excel mag ook."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Of kies een CSV-bestand"),
        help_text=_("Ten hoogste 500 regels en 1 MB."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        self.rows: list[listed.Row] = []

    @property
    def data_read(self) -> bytes:
        """The list, as bytes whatever way it came."""
        chosen = self.cleaned_data.get("file")
        if chosen is None:
            return str(self.cleaned_data.get("text", "")).encode("utf-8", "replace")
        return bytes(chosen.read(listed.MOST_BYTES + 1)) if chosen.seek(0) == 0 else b""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        try:
            self.rows = listed.read(self.data_read, self.community)
        except listed.NoList as problem:
            self.add_error("file" if said.get("file") else "text", str(problem.sentence))
        return said


class DoorForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("Hoe lang staat de deur open?"),
        choices=[(1, _("Vandaag")), (14, _("Twee weken"))],
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )


class RoleForm(GuestUntil):
    """Another role, or a guest's other last day."""

    def __init__(self, *args: Any, person: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(role=person.role, until=person.until)
        if person.user is None:  # known as a code only, and cannot lead
            may_be = [(role, label) for role, label in ROLES if role != Role.FACILITATOR]
            self.fields["role"].choices = may_be  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """What someone who comes in by a link is called."""

    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=120,
        help_text=_("Je voor- en achternaam, zoals collega's je kennen."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class EntryForm(Placed):
    """Someone with an account, before an open door."""

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place_in(community)


class ArrivalForm(NameForm, EntryForm):
    """Someone without an account before an open door."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=254,
        help_text=_("Het liefst dat van school. Je krijgt er een code op."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email", "place")


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, arrival: Arrival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrival = arrival

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not self.arrival.is_proven_by(code):
            raise forms.ValidationError(_("Deze code klopt niet. Kijk nog eens in de mail."))
        return code


class AnswerForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("Jouw antwoord"),
        choices=[("yes", _("Ja, dat is goed")), ("no", _("Liever niet"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
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
