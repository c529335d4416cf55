"""How often mail comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.communities.access import Here
from leerkring.communities.models import NoticePreference
from leerkring.communities.models.preference import RHYTHMS, USUAL
from leerkring.communities.notices import KINDS, NoticeKind, Rhythm, Told
from leerkring.people.models import User

EXPLAINED = [
    (
        USUAL,
        _(
            "Zoals gebruikelijk: om 16.00 uur als iemand jou iets vraagt of op jou reageert, de rest elke week"
        ),
    ),
    (Rhythm.AT_ONCE, _("Meteen: binnen een kwartier, op schooldagen tussen 7.30 en 18.00 uur")),
    (Rhythm.DAILY, _("Elke schooldag: één mail om 16.00 uur")),
    (Rhythm.WEEKLY, _("Elke week: één mail op de eerste schooldag, om 16.00 uur")),
    (Rhythm.NEVER, _("Nooit: alles staat in je postvak")),
]
#: Nothing of its own: what was chosen more widely holds.
WIDER = "wider"
_FINER = [(value, label) for value, label in RHYTHMS if value != USUAL]


def _finer(kind: NoticeKind) -> list[tuple[str, str | Promise]]:
    return [(value, label) for value, label in _FINER if not kind.among or value in kind.among]


class MailForm(forms.Form):
    """One choice for everything."""

    rhythm = forms.ChoiceField(
        label=_("Hoe vaak wil je mail?"), choices=EXPLAINED, widget=forms.RadioSelect, initial=USUAL
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = NoticePreference.objects.filter(user=user, community=None).first()
        self.initial["rhythm"] = chosen.rhythm if chosen else USUAL


class CommunityMailForm(forms.Form):
    """One choice for a community, and for who wants it one for each kind."""

    rhythm = forms.ChoiceField(
        label=_("Hoe vaak wil je mail van deze groep?"),
        choices=[(WIDER, _("Zoals ik voor alles koos")), *EXPLAINED],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._here = here
        own = NoticePreference.objects.filter(user=here.user, community=here.community)
        self._chosen = dict(own.values_list("kind", "rhythm"))
        self.initial["rhythm"] = self._chosen.get("", WIDER)
        self._kinds = {key: kind for key, kind in KINDS.items() if _can_come(kind.to, here)}
        for key, kind in self._kinds.items():
            usually = (
                _("Zoals voor deze groep") if kind.usual != Rhythm.NEVER else _("Alleen in mijn postvak")
            )
            self.fields[_name(key)] = forms.ChoiceField(
                label=str(kind.label),
                choices=[(WIDER, usually), *_finer(kind)],
                initial=self._chosen.get(key, WIDER),
            )

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[_name(key)] for key in self._kinds]

    @property
    def has_finer_choices(self) -> bool:
        return bool(self.errors) or any(self._chosen.get(key) for key in self._kinds)

    @transaction.atomic
    def keep(self) -> None:
        """What differs from before."""
        finer = {key: self.cleaned_data[_name(key)] for key in self._kinds}
        wanted = {"": self.cleaned_data["rhythm"], **finer}
        for kind, rhythm in wanted.items():
            if rhythm != self._chosen.get(kind, WIDER):
                NoticePreference.choose(
                    self._here.user,
                    "" if rhythm == WIDER else rhythm,
                    community=self._here.community,
                    kind=kind,
                )


def _can_come(to: Told, here: Here) -> bool:
    """Whether something of that kind can be told in this group to who chooses."""
    if to == Told.NOT_GUESTS:
        return here.may_see_mirror
    return to == Told.EVERYONE or (to == Told.WHO_LEADS and here.may_lead)


def _name(kind: str) -> str:
    return f"kind-{kind}"
