from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.goals.forms import InTheirWords
from leerkring.goals.models import Goal
from leerkring.insights.models import Worked
from leerkring.meetings.forms import TimeInput, moment_of
from leerkring.people.halfdays import sentence
from leerkring.practice.models import Visit
from leerkring.practice.models.intention import LONGEST as LONGEST_INTENTION
from leerkring.practice.models.visit import LONGEST, MOST_VISITORS, SHORTEST
from leerkring.practice.models.visitor import LONGEST as LONGEST_NOTE
from leerkring.practice.models.visitor import LONGEST_KEY, Note
from leerkring.ui.forms import DayInput, OwnWords


class _Moment(InTheirWords):
    """A lesson, and when it is."""

    on = forms.DateField(label=_("Welke dag?"), widget=DayInput)
    begins = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput)

    class Meta:
        model = Visit
        fields: tuple[str, ...] = ("lesson", "minutes")
        labels = {
            "question": _("Waar wil je dat je collega op let?"),
            "lesson": _("Welke %(group)s, welke les?"),
            "place": _("Waar?"),
            "minutes": _("Hoeveel minuten?"),
            "room_for": _("Voor hoeveel collega's is er plek?"),
            "goal": _("Bij welk doel hoort dit?"),
        }
        help_texts = {
            "question": _("Eén vraag over %(pupils)s. Bijvoorbeeld: wie haakt af, en wanneer?"),
            "lesson": _("Zonder namen van %(pupils)s."),
            "minutes": _("Tien minuten is genoeg. Langer mag."),
        }
        widgets = {
            "minutes": forms.NumberInput(attrs={"min": SHORTEST, "max": LONGEST, "step": 1}),
            "room_for": forms.NumberInput(attrs={"min": 1, "max": MOST_VISITORS, "step": 1}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            starts = self.instance.starts_at.astimezone(clock.AMSTERDAM)
            self.initial.setdefault("on", starts.date())
            self.initial.setdefault("begins", starts.time().replace(second=0, microsecond=0))
        else:
            self.initial.setdefault("on", clock.today() + timedelta(days=1))
            self.initial.setdefault("begins", time(10, 30))
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()

    def lesson(self) -> dict[str, Any]:
        said = self.cleaned_data
        fields = {name: said[name] for name in self.Meta.fields}
        return {**fields, "starts_at": moment_of(said["on"], said["begins"])}


class OpenForm(_Moment):
    """*Zet je les open*."""

    class Meta(_Moment.Meta):
        fields = ("question", "lesson", "minutes", "place", "room_for", "goal")

    field_order = ("question", "lesson", "on", "begins", "minutes", "place", "room_for", "goal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].required = True
        goal = self.fields["goal"]
        assert isinstance(goal, forms.ModelChoiceField)
        running = Goal.objects.active().filter(community=self.here.community)
        if self.instance.goal_id:  # what was concluded since is still the goal it was for
            running = running | Goal.objects.filter(pk=self.instance.goal_id)
        goal.queryset, goal.empty_label = running.order_by("until", "pk"), str(_("Geen van onze doelen"))


class ChangeForm(OpenForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.revision)


class Colleagues(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Each with the half-days on which they are in school, as far as they said so."""

    def label_from_instance(self, member: Any) -> str:
        days = sentence(member.user.half_days)
        return f"{member} ({days})" if days else str(member)


class AskForm(_Moment):
    """*Vraag of je mag komen kijken*."""

    host = Colleagues(queryset=Membership.objects.none(), label=_("Bij wie?"), empty_label=None)

    class Meta(_Moment.Meta):
        fields = ("question", "lesson", "minutes")
        labels = {**_Moment.Meta.labels, "question": _("Waar ben je benieuwd naar?")}
        help_texts = {
            **_Moment.Meta.help_texts,
            "question": _("Je collega kiest waar je straks op let, en begint met deze vraag."),
        }

    field_order = ("host", "on", "begins", "lesson", "minutes", "question")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = self.fields["host"]
        assert isinstance(host, forms.ModelChoiceField)
        people = Membership.objects.people().voters().filter(community=self.here.community)
        host.queryset = people.exclude(pk=self.here.membership.pk).select_related("user")


class AgreeForm(InTheirWords):
    """The host says yes, and what to look for."""

    class Meta:
        model = Visit
        fields = ("question",)
        labels = _Moment.Meta.labels
        help_texts = _Moment.Meta.help_texts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].required = True


class NoteForm(forms.Form):
    """One field, and a button for what was seen."""

    text = OwnWords(label=_("Wat zie of hoor je?"), max_length=LONGEST_NOTE, rows=2)
    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY)
    kind = forms.ChoiceField(choices=Note.Kind.choices, widget=forms.HiddenInput)


class IntentionForm(forms.Form):
    text = forms.CharField(
        label=_("Wat probeer jij?"),
        help_text=_("Klein genoeg voor één les."),
        max_length=LONGEST_INTENTION,
    )
    on = forms.DateField(label=_("Wanneer probeer je het?"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()


class ToldForm(forms.Form):
    worked = forms.ChoiceField(label=_("Werkte het?"), choices=Worked.choices, widget=forms.RadioSelect)
    how = OwnWords(
        label=_("Wat zag je?"), help_text=_("Eén regel is genoeg."), max_length=600, rows=2, required=False
    )

    def clean_worked(self) -> Worked:
        return Worked(self.cleaned_data["worked"])
