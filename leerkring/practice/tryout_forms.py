from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.access import Here
from leerkring.goals.happenings import Decision
from leerkring.insights.forms import a_week_from_now, offer_goals
from leerkring.insights.models import Worked
from leerkring.practice.models.tryout import DECISIONS, LONGEST, Tryout
from leerkring.ui.forms import DayInput, OwnWords


class TryoutForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """In two minutes: what, what one expects, and when."""

    idea = OwnWords(
        max_length=LONGEST,
        rows=3,
        label=_("Wat ga je proberen?"),
        help_text=_("Eén ding, klein genoeg voor één les."),
    )
    expected = OwnWords(max_length=LONGEST, rows=3)
    on = forms.DateField(label=_("Wanneer probeer je het?"), widget=DayInput)

    class Meta:
        model = Tryout
        fields = ("idea", "expected", "on", "where", "goal")

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = here.words.fill
        self.fields["expected"].label = say(_("Wat verwacht je bij %(pupils)s te zien?"))
        self.fields["expected"].help_text = _("Wat doen of zeggen ze dan, dat ze nu nog niet doen?")
        self.initial.setdefault("on", lambda: a_week_from_now(here))
        self.fields["on"].help_text = _("Je collega's zien de dag. Daarna vragen we één keer hoe het ging.")
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()
        self.fields["where"].label = say(_("In welke %(group)s?"))
        self.fields["where"].help_text = say(_("Zonder namen van %(pupils)s."))
        offer_goals(self.fields["goal"], here, self.instance.goal_id)

    @property
    def has_more(self) -> bool:
        """Something is said, or wrong, beside what, what is expected and when."""
        return any(self[name].value() or self[name].errors for name in ("where", "goal"))

    def parts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TryoutRevisionForm(TryoutForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.revision)


class ConclusionForm(forms.Form):
    """In two minutes: what pupils did, whether it worked, and how one goes on."""

    evidence = OwnWords(max_length=LONGEST, rows=3, required=False)
    worked = forms.ChoiceField(label=_("Werkte het?"), choices=Worked.choices, widget=forms.RadioSelect)
    decision = forms.ChoiceField(label=_("Hoe ga je verder?"), choices=DECISIONS, widget=forms.RadioSelect)
    reason = OwnWords(max_length=LONGEST, rows=2, label=_("Waarom?"))
    where = forms.CharField(max_length=200, required=False)
    adapted = OwnWords(
        max_length=LONGEST,
        rows=2,
        required=False,
        label=_("Wat deed je anders dan je van plan was?"),
    )

    def __init__(self, *args: Any, here: Here, tryout: Tryout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(tryout, name) for name in self.fields}
        say = here.words.fill
        self.fields["evidence"].label = say(_("Wat deden of zeiden de %(pupils)s?"))
        self.fields["evidence"].help_text = say(
            _("Wat je zag of hoorde, of wat hun werk laat zien. Zonder namen van %(pupils)s.")
        )
        self.fields["where"].label = say(_("In welke %(group)s was het?"))

    @property
    def has_more(self) -> bool:
        """Something was done otherwise than planned."""
        return bool(self["adapted"].value() or self["adapted"].errors)

    def clean_worked(self) -> Worked:
        return Worked(self.cleaned_data["worked"])

    def clean_decision(self) -> Decision:
        return Decision(self.cleaned_data["decision"])
