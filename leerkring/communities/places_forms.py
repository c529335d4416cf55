"""Forms about people and places: founding a community, where someone works, who leads a school, accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Community, Membership
from leerkring.network.models import Leadership, Location, Network, School
from leerkring.network.words import GENERAL, SectorWords
from leerkring.people.models import User
from leerkring.ui.forms import DayInput, SeveralField

_EXAMPLE = _("Eén zin. Bijvoorbeeld: onze %(pupils)s leggen zelf uit hoe ze aan hun antwoord komen.")


class AddressForm(forms.Form):
    """Someone by address and name: an account is made when the address has none."""

    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    person = forms.CharField(
        label=_("Naam"),
        max_length=120,
        help_text=_("Heeft dit adres al een account? Dan blijft de naam daarvan zoals die is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CommunityForm(forms.Form):
    """What a community says of itself. `beside` are the schools that may take part with the home school."""

    name = forms.CharField(label=_("Naam van de leergemeenschap"), max_length=120)
    aim = forms.CharField(
        label=_("Waar werken jullie aan?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    schools = SeveralField(
        label=_("Welke scholen doen nog meer mee?"),
        queryset=School.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Staat een school er niet bij? De beheerder zet scholen samen bij een bestuur of in een netwerk."
        ),
    )
    network = forms.ModelChoiceField(
        label=_("Netwerk"),
        queryset=Network.objects.none(),
        required=False,
        help_text=_("Alleen als jullie leren in een netwerk van scholen."),
    )

    def __init__(
        self,
        *args: Any,
        home: School | None = None,
        beside: QuerySet[School],
        words: SectorWords = GENERAL,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        # Looked up once: finding out who is beside whom takes longer than all the rest.
        near = set(beside.order_by().values_list("pk", flat=True))
        in_networks = Q(schools__in=near) | Q(pk=self.initial.get("network"))
        self.fields["aim"].help_text = words.fill(_EXAMPLE)
        self._offer("schools", School.objects.filter(pk__in=near - {home.pk if home else None}))
        self._offer("network", Network.objects.filter(in_networks).distinct(), [("", _("geen"))])

    def _offer(self, name: str, among: QuerySet[Any], first: Iterable[Any] = ()) -> None:
        """Nothing to choose from is no question."""
        field = self.fields[name]
        found = [(each.pk, str(each)) for each in among]
        if found:
            field.queryset = among  # type: ignore[attr-defined]
            field.choices = [*first, *found]  # type: ignore[attr-defined]  # looked up once
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["schools"] = set(said.get("schools", ()))
        network = said.setdefault("network", None)
        taking_part = {said.get("school") or self.home, *said["schools"]} - {None}
        if network and not network.schools.filter(pk__in=[school.pk for school in taking_part]).exists():
            self.add_error("network", _("Geen van deze scholen hoort bij dat netwerk."))
        return said


class FoundingForm(CommunityForm):
    """As facilitator, at one of the own schools."""

    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        help_text=_("De groep telt in de schoolweken van deze school. Dat blijft zo."),
    )
    field_order = ("name", "aim", "school", "schools", "network")

    def __init__(self, *args: Any, own: QuerySet[School], **kwargs: Any) -> None:
        schools = list(own[:2])
        only = schools[0] if len(schools) == 1 else None
        super().__init__(*args, home=only, **kwargs)
        self._offer("school", own, () if only else [("", _("Kies een school"))])
        if not only and "schools" in self.fields:
            self.fields["schools"].help_text = _(
                "De school hierboven doet al mee. Die hoef je niet aan te kruisen."
            )


class OpeningForm(CommunityForm, AddressForm):
    """For another, who will facilitate."""

    field_order = ("name", "aim", "schools", "network", "email", "person")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.is_administrator and "schools" in self.fields:
            self.fields["schools"].help_text = ""  # nothing is left out
        self.fields["email"].label = _("E-mailadres van wie begeleidt")
        self.fields["person"].label = _("Naam van wie begeleidt")


class PlaceForm(forms.Form):
    """Where someone works: a school of the community, and a building when it has several."""

    place = forms.ChoiceField(label=_("School of locatie"))

    def __init__(self, *args: Any, community: Community, member: Membership, **kwargs: Any) -> None:
        self.places = places_of(community)
        super().__init__(*args, **kwargs)
        self.initial["place"] = f"{member.school_id or ''}:{member.location_id or ''}"
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, " · ".join(str(part) for part in parts if part)) for key, parts in self.places.items()
        ]

    @property
    def chosen(self) -> tuple[School, Location | None]:
        return self.places[self.cleaned_data["place"]]


def places_of(community: Community) -> dict[str, tuple[School, Location | None]]:
    """Where members can come from, by the key of the choice: each school as a whole, and each of its buildings."""
    return {
        f"{school.pk}:{location.pk if location else ''}": (school, location)
        for school in community.schools.prefetch_related("locations")
        for location in (None, *school.locations.all())
    }


class FunctionForm(forms.Form):
    """What someone does at a school, and until when."""

    function = forms.ChoiceField(
        label=_("Functie"),
        choices=Leadership.Function.choices,
        help_text=_(
            "Een schoolleider houdt de kalender en de locaties bij. "
            "Een teamleider voert gesprekken over het functioneren."
        ),
    )
    until = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Weet je geen einddatum? Laat dit dan leeg."),
        required=False,
        widget=DayInput,
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < clock.today():
            raise forms.ValidationError(_("Kies een datum in de toekomst."))
        return until


class AppointmentForm(AddressForm, FunctionForm):
    field_order = ("email", "person", "function", "until")


class SearchForm(forms.Form):
    zoek = forms.CharField(label=_("Naam of e-mailadres"), max_length=120)


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["email"] = user.email
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.user.email:
            raise forms.ValidationError(_("Dit is al het adres."))
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(_("Iemand anders heeft dit adres al."))
        return email


def offered(schools: Iterable[School], home: School) -> list[School]:
    """The schools beside the home school, as a form begins with them."""
    return [school for school in schools if school != home]
