from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.goals.models import Goal
from leerkring.insights.models import Insight, Worked
from leerkring.insights.models.insight import LONGEST, WHOSE
from leerkring.insights.scaffolds import CHOICES, SCAFFOLDS, Scaffold, Text
from leerkring.network.schooldays import SchoolDays
from leerkring.ui.forms import DayInput, OwnWords


def _by_kind(here: Here, said: Callable[[Scaffold], Text]) -> SafeString:
    """The words of each kind beside each other; the stylesheet shows those of the one that is chosen."""
    spoken = ((kind, here.words.fill(said(scaffold))) for kind, scaffold in SCAFFOLDS.items())
    return format_html_join("", '<span data-kind="{}">{}</span>', spoken)


def offer_goals(field: forms.Field, here: Here, at: int | None) -> None:
    """What the community works on; and the goal that it is `at` already, however that ended."""
    states = (Goal.State.DRAFT, Goal.State.ASKED, Goal.State.ADOPTED)
    work = Goal.objects.filter(community=here.community, state__in=states)
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = (work | Goal.objects.filter(pk=at) if at else work).order_by("until", "pk")
    field.empty_label = str(_("bij geen doel"))


class InsightForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Out of my own practice, unless I say otherwise."""

    OF_ALL = "all"
    what = OwnWords(max_length=LONGEST, rows=3)
    why = OwnWords(max_length=LONGEST, rows=3)
    noticed = OwnWords(
        max_length=LONGEST,
        rows=2,
        required=False,
        label=_("Ik merk het aan …"),
        help_text=_("Waaraan zie of hoor je dat het werkt?"),
    )
    of = forms.ChoiceField(
        label=_("Uit wiens praktijk?"),
        help_text=_("Noem je een collega? Die vragen we eerst of de naam erbij mag."),
        required=False,
    )

    class Meta:
        model = Insight
        fields = ("kind", "what", "why", "noticed", "practice", "goal")
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": _("Hoe wil je het zeggen?")}

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = CHOICES
        self._in_the_words_of_each_kind(here)
        practice = here.words.fill(_("Welke %(group)s, welke les? Zonder namen van %(pupils)s."))
        self.fields["practice"].help_text = practice
        offer_goals(self.fields["goal"], here, self.instance.goal_id)
        self._people_of(here)

    def _in_the_words_of_each_kind(self, here: Here) -> None:
        self.fields["what"].widget.attrs["autocapitalize"] = "none"  # one goes on from where the label begins
        self.fields["what"].label = _by_kind(here, lambda scaffold: scaffold.what)
        self.fields["what"].help_text = _by_kind(here, lambda scaffold: scaffold.what_example)
        self.fields["why"].label = _by_kind(here, lambda scaffold: scaffold.why)
        self.fields["why"].help_text = _by_kind(here, lambda scaffold: scaffold.why_example)

    def _people_of(self, here: Here) -> None:
        people = Membership.objects.people().filter(community=here.community).exclude(user=None)
        self._others = {str(m.pk): m for m in people.exclude(pk=here.membership.pk)}
        of = self.fields["of"]
        assert isinstance(of, forms.ChoiceField)
        named = [(pk, str(m)) for pk, m in self._others.items()]
        of.choices = [("", _("die van mij")), *named, (self.OF_ALL, _("van ons samen"))]
        of.says_when = True  # type: ignore[attr-defined]  # read by ui/field.html: "hoeft niet" is in its choices

    @property
    def has_more(self) -> bool:
        """Something is said, or wrong, beside what and why."""
        return any(self[name].value() or self[name].errors for name in ("noticed", "practice", "goal"))

    def clean(self) -> dict[str, Any]:
        """The sentence is read in lists and mails, where nothing of the form stands before it."""
        said = super().clean() or self.cleaned_data
        if said.get("what") and said.get("kind") in SCAFFOLDS:
            whole = SCAFFOLDS[said["kind"]].whole(said["what"])
            said["what"] = whole if len(whole) <= LONGEST else said["what"]
        return said

    def parts(self) -> dict[str, Any]:
        of = self.cleaned_data["of"]
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return said | {"of": self._others.get(of), "of_all": of == self.OF_ALL}


class RevisionForm(InsightForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.revision)
        self.initial["of"] = self.OF_ALL if self.instance.of_all else str(self.instance.of_id or "")
        # The colleague may have taken their name off since: only what was chosen here is a choice.
        self.fields["of"].show_hidden_initial = True

    def parts(self) -> dict[str, Any]:
        left_out = WHOSE if "of" not in self.changed_data else ()
        return {part: value for part, value in super().parts().items() if part not in left_out}


class LimitForm(forms.Form):
    text = OwnWords(
        max_length=LONGEST,
        rows=3,
        label=_("Bij wie niet, of op welk moment niet?"),
        help_text=_("Vraag het de schrijver, of zeg wat jij zag."),
    )


class TryForm(forms.Form):
    """On which day."""

    on = forms.DateField(
        label=_("Wanneer probeer je het?"),
        help_text=_("Je collega's zien de dag. Daarna vragen we één keer hoe het ging."),
        widget=DayInput,
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", lambda: a_week_from_now(here))
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()


def a_week_from_now(here: Here) -> date:
    """Or the first school day after it."""
    days = SchoolDays([here.community.school.holidays.values_list("first_day", "last_day")])
    day = clock.today() + timedelta(days=7)
    return next(days.onward(day), day)


class TellForm(forms.Form):
    worked = forms.ChoiceField(label=_("Werkte het?"), choices=Worked.choices, widget=forms.RadioSelect)
    text = OwnWords(
        max_length=LONGEST,
        rows=2,
        required=False,
        label=_("Wat zag je?"),
        help_text=_("Eén regel is genoeg."),
    )

    def clean_worked(self) -> Worked:
        return Worked(self.cleaned_data["worked"])


class SearchForm(forms.Form):
    zoek = forms.CharField(label=_("Zoek een woord"), max_length=100, required=False)
    doel = forms.ModelChoiceField(
        queryset=Goal.objects.none(), label=_("Bij welk doel?"), required=False, empty_label=_("alle doelen")
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_insights = Insight.objects.there().filter(community=here.community, goal__isnull=False)
        doel = self.fields["doel"]
        assert isinstance(doel, forms.ModelChoiceField)
        doel.queryset = Goal.objects.filter(pk__in=with_insights.values("goal")).order_by("until", "pk")
