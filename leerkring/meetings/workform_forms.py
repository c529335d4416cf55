from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leerkring.communities.access import Here
from leerkring.meetings.adapting import NewStep, Said, SaidStep, adapted
from leerkring.meetings.workform import Step, StepKind, Workform
from leerkring.meetings.workform_reading import (
    LARGEST,
    LONGEST,
    MOST_MINUTES,
    MOST_PEOPLE,
    MOST_STEPS,
    Reading,
    plain,
    read,
    too_large,
)
from leerkring.meetings.workform_words import KINDS, PURPOSES, filled, how
from leerkring.ui.languages import language


class WishForm(forms.Form):
    """What a group looks for, in the address."""

    waarvoor = forms.ChoiceField(label=_("Wat willen jullie?"), required=False)
    personen = forms.IntegerField(
        label=_("Hoeveel zijn jullie?"), required=False, min_value=2, max_value=MOST_PEOPLE
    )
    minuten = forms.ChoiceField(
        label=_("Hoeveel tijd is er?"),
        required=False,
        choices=[
            ("", _("maakt niet uit")),
            ("15", _("een kwartier")),
            ("30", _("een half uur")),
            ("45", _("drie kwartier")),
            ("60", _("een uur")),
            ("90", _("anderhalf uur")),
            ("120", _("twee uur")),
        ],
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.fields["waarvoor"]
        assert isinstance(purpose, forms.ChoiceField)
        named = [(str(each), here.words.fill(PURPOSES[each])) for each in PURPOSES]
        purpose.choices = [("", _("maakt niet uit")), *named]
        for field in self.fields.values():
            field.says_when = True  # type: ignore[attr-defined]  # that it may be left out is in its choices


class OneLine(forms.CharField):
    """Some words that stand on one line wherever they are shown; typed in as many as one likes."""

    def __init__(self, most: int, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=most, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


#: What it means that a tip is for everyone.
_TO_ALL = _("Dan staat hij op elk scherm en op het bord. Anders ziet alleen wie leidt hem.")
#: Steps that a group can add.
ADDED = (
    StepKind.TALK,
    StepKind.WRITE,
    StepKind.ROUND,
    StepKind.ORDER,
    StepKind.DOTS,
    StepKind.CONSENT,
    StepKind.INSIGHT,
    StepKind.AGREE,
)


@dataclass(frozen=True)
class StepFields:
    """The fields of one step, for the page: those of its words are folded until somebody typed in them."""

    number: int
    title: str
    prompt: str
    how: str
    words: tuple[forms.BoundField, ...]
    place: tuple[forms.BoundField, ...]

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() != field.initial for field in self.words)


class AdaptForm(forms.Form):
    """A form in the words of the reader's language. What it was made of travels along (`base`): who was overtaken by
    a colleague saves what they had before them."""

    title = forms.CharField(label=_("Naam van de werkvorm"), max_length=LONGEST["title"])
    summary = OneLine(LONGEST["summary"], label=_("Wat doe je ermee, in één zin?"))
    when = OneLine(LONGEST["when"], label=_("Wanneer kies je hem?"))
    bring = OneLine(LONGEST["bring"], label=_("Wat neem je mee?"), required=False)
    fewest = forms.IntegerField(label=_("Vanaf hoeveel mensen?"), min_value=2, max_value=MOST_PEOPLE)
    most = forms.IntegerField(label=_("Tot en met hoeveel?"), min_value=2, max_value=MOST_PEOPLE)
    new_title = forms.CharField(
        label=_("Titel van de nieuwe stap"), max_length=LONGEST["title"], required=False
    )
    new_prompt = OneLine(LONGEST["prompt"], label=_("Vraag op het scherm"), required=False)
    new_hint = OneLine(LONGEST["hint"], label=_("Tip"), required=False)
    new_hint_to_all = forms.BooleanField(
        label=_("Deze tip is voor iedereen"), help_text=_TO_ALL, required=False
    )
    new_kind = forms.ChoiceField(
        label=_("Wat doen jullie in die stap?"),
        choices=[(str(kind), KINDS[kind]) for kind in ADDED],
        initial=str(StepKind.TALK),
    )
    new_minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=MOST_MINUTES, required=False)
    new_place = forms.IntegerField(
        label=_("Op welke plaats?"),
        help_text=_("Laat leeg voor het eind."),
        min_value=1,
        max_value=MOST_STEPS,
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    base = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST)

    WHOLE = ("title", "summary", "when", "bring")
    NEW = ("new_title", "new_prompt", "new_hint", "new_hint_to_all", "new_kind", "new_minutes", "new_place")

    def __init__(
        self,
        data: Any = None,
        *,
        here: Here,
        form: Workform,
        revision: int,
        taken: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.here, self.taken = here, taken
        #: What the fields are of: what was read, when that can still be read.
        self.made_of = _posted_base(data) or form
        said = self.made_of.text[language()]
        self.initial.update(
            {
                **{name: self._filled(getattr(said, name)) for name in ("title", "summary", "when", "bring")},
                "fewest": self.made_of.people[0],
                "most": self.made_of.people[1],
                "revision": revision,
                "base": json.dumps(plain(self.made_of), ensure_ascii=False),
            }
        )
        for number, step in enumerate(self.made_of.steps, 1):
            self._add(number, step)

    def _filled(self, text: str) -> str:
        return filled(text, self.here.words)

    def _add(self, number: int, step: Step) -> None:
        said, at = step.text[language()], {"number": number}
        for name, field, initial in (
            (
                "title",
                forms.CharField(label=_("Titel van stap %(number)s") % at, max_length=60),
                self._filled(said.title),
            ),
            (
                "prompt",
                OneLine(LONGEST["prompt"], label=_("Vraag op het scherm bij stap %(number)s") % at),
                self._filled(said.prompt),
            ),
            (
                "hint",
                OneLine(LONGEST["hint"], label=_("Tip bij stap %(number)s") % at, required=False),
                self._filled(said.hint),
            ),
            (
                "hint_to_all",
                forms.BooleanField(
                    label=_("De tip bij stap %(number)s is voor iedereen") % at,
                    help_text=_TO_ALL,
                    required=False,
                ),
                step.hint_to_all,
            ),
            (
                "minutes",
                forms.IntegerField(
                    label=_("Minuten van stap %(number)s") % at, min_value=1, max_value=MOST_MINUTES
                ),
                step.minutes,
            ),
            (
                "place",
                forms.IntegerField(
                    label=_("Plaats van stap %(number)s") % at, min_value=1, max_value=MOST_STEPS
                ),
                number,
            ),
            (
                "out",
                forms.BooleanField(label=_("Laat stap %(number)s weg") % at, required=False),
                False,
            ),
        ):
            self.fields[f"{step.key}.{name}"] = field
            self.initial[f"{step.key}.{name}"] = initial

    @property
    def steps(self) -> Iterator[StepFields]:
        for number, step in enumerate(self.made_of.steps, 1):
            said = step.text[language()]
            yield StepFields(
                number,
                self._filled(said.title),
                self._filled(said.prompt),
                how(self.made_of, step),
                words=tuple(
                    self[f"{step.key}.{name}"] for name in ("title", "prompt", "hint", "hint_to_all")
                ),
                place=tuple(self[f"{step.key}.{name}"] for name in ("minutes", "place", "out")),
            )

    @property
    def whole(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WHOLE]

    @property
    def people(self) -> list[forms.BoundField]:
        return [self["fewest"], self["most"]]

    @property
    def new(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NEW]

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if title in self.taken:
            raise forms.ValidationError(_("Zo heet al een andere werkvorm. Geef deze een eigen naam."))
        return title

    def clean_base(self) -> str:
        base = str(self.cleaned_data["base"])
        if _posted_base({"base": base}) is None:
            raise forms.ValidationError(
                _("Deze pagina is niet heel aangekomen. Kopieer wat je typte en open haar opnieuw.")
            )
        return base

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("new_prompt") and not said.get("new_title"):
            self.add_error("new_title", _("Geef de nieuwe stap ook een titel."))
        if not self.errors:
            reading = self.reading()
            if reading.form is None:
                self.add_error(None, list(reading.problems))
        return said

    def reading(self) -> Reading:
        """What was typed, as a form; or what does not fit."""
        said = self.cleaned_data
        steps = {
            step.key: SaidStep(
                **{
                    name: said[f"{step.key}.{name}"]
                    for name in ("title", "prompt", "hint", "hint_to_all", "minutes", "place")
                },
                is_out=said[f"{step.key}.out"],
            )
            for step in self.made_of.steps
        }
        new = NewStep(
            title=said["new_title"],
            prompt=said["new_prompt"],
            hint=said["new_hint"],
            hint_to_all=said["new_hint_to_all"],
            kind=StepKind(said["new_kind"]),
            minutes=said["new_minutes"] or 5,
            place=said["new_place"] or MOST_STEPS + 1,
        )
        whole = {name: said[name] for name in ("title", "summary", "when", "bring")}
        people = (said["fewest"], said["most"])
        typed = Said(whole, people, steps, new if said["new_title"] else None)
        return read(adapted(self.made_of, typed, language(), self.here.words))


def _posted_base(data: Any) -> Workform | None:
    try:
        return read(json.loads(data["base"])).form if data else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


class TakeForm(forms.Form):
    """A form that came from elsewhere."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een bestand dat eindigt op .werkvorm. Een collega van een andere groep kan het maken."),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".werkvorm,application/json"}),
    )
    #: What was chosen, travelling from the page that shows it to the one that keeps it.
    carried = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].says_when = True  # type: ignore[attr-defined]  # "hoeft niet" would not be true

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        file: UploadedFile[Any] | None = said.get("file")
        if file is None and not said.get("carried") and not self.errors:
            self.add_error("file", _("Kies eerst een bestand."))
        elif file is not None and (file.size or 0) > LARGEST:
            self.add_error("file", too_large())
        return said

    @cached_property
    def raw(self) -> bytes:
        file = self.cleaned_data.get("file")
        if file:
            return bytes(file.read())
        return str(self.cleaned_data["carried"]).encode("utf-8", "replace")

    @property
    def raw_text(self) -> str:
        """What could be read, to travel along."""
        return self.raw.decode("utf-8-sig")
