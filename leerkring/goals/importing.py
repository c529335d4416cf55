"""A file with results of pupils on its way in: read, shown, confirmed. Until then nothing of it is kept: the lines
travel with the form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.goals import measuring
from leerkring.goals.forms import FileForm
from leerkring.goals.models import Measure, Measurement
from leerkring.goals.results import (
    Mapping,
    Reading,
    Sheet,
    Suspect,
    Unusable,
    guess,
    read_results,
    read_sheet,
    suspects,
)


class ColumnsForm(forms.Form):
    """Which column is what."""

    code = forms.ChoiceField(label=_("De code"))
    value = forms.ChoiceField(label=_("De uitkomst"))
    groups = forms.MultipleChoiceField(
        label=_("Subgroepen die jullie willen volgen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, header: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("code", "value", "groups"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(column, column) for column in header]
        chosen = {self["code"].value(), self["value"].value()}
        ways = self.fields["groups"].widget
        assert isinstance(ways, forms.CheckboxSelectMultiple)
        ways.choices = [(column, column) for column in header if column not in chosen]

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        chosen = [said.get("code"), said.get("value"), *(said.get("groups") or ())]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Kies voor elk een andere kolom."))
        return said


class Import:
    """One request of it. `step` says which page is shown: choose, refused, or look."""

    def __init__(self, request: HttpRequest, here: Here, measure: Measure) -> None:
        self.measure = measure
        posted = request.method == "POST"
        self.form = FileForm(
            request.POST if posted else None, request.FILES if posted else None, measure=measure, here=here
        )
        self.sheet: Sheet | None = None
        self.problem = ""
        self.columns: ColumnsForm | None = None
        if posted and self.form.is_valid():
            self._read(request)

    def _read(self, request: HttpRequest) -> None:
        try:
            self.sheet = read_sheet(self.form.raw)
        except Unusable as unusable:
            self.problem = str(unusable.message)
            return
        guessed = guess(self.sheet)
        initial = (
            {"code": guessed.code, "value": guessed.value, "groups": list(guessed.groups)} if guessed else {}
        )
        mapped = request.POST if "code" in request.POST else None
        self.columns = ColumnsForm(mapped, header=self.sheet.header, initial=initial)
        self._confirming = mapped is not None and "bewaar" in request.POST

    @cached_property
    def suspects(self) -> tuple[Suspect, ...]:
        """Columns with what may identify a pupil: such a file is not kept."""
        return suspects(self.sheet) if self.sheet else ()

    @cached_property
    def mapping(self) -> Mapping | None:
        columns = self.columns
        if columns is None or self.suspects or (columns.is_bound and not columns.is_valid()):
            return None
        said = columns.cleaned_data if columns.is_bound else columns.initial
        return Mapping(said["code"], said["value"], tuple(said["groups"])) if said else None

    @cached_property
    def reading(self) -> Reading | None:
        if self.sheet is None or self.mapping is None:
            return None
        try:
            return read_results(self.sheet, self.mapping)
        except Unusable as unusable:
            self.problem = str(unusable.message)
            return None

    @property
    def why_not(self) -> str:
        """Why it could not be kept; said before anybody tries."""
        return measuring.why_not(self.measure, self.reading.results) if self.reading else ""

    @property
    def is_confirmed(self) -> bool:
        return bool(self.reading) and self._confirming

    @property
    def step(self) -> str:
        if self.sheet is None:
            return "choose"
        return "refused" if self.suspects else "look"

    @property
    def lines(self) -> str:
        """What was chosen, to travel with the form; each row on the line where it stood, so that read again it is
        told by the same number."""
        sheet = self.sheet
        assert sheet is not None
        stands = dict(zip(sheet.lines, sheet.rows, strict=True))
        if sheet.has_header:
            stands[1] = sheet.header
        written = io.StringIO()
        write = csv.writer(written, "excel-tab", lineterminator="\n")
        for line in range(1, sheet.lines[-1] + 1):
            write.writerow(stands.get(line, ()))
        return written.getvalue()

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The other fields of the form, to travel along."""
        data = self.form.data
        return [(name, data[name]) for name in ("role", "on", "label", "note", "own_class") if name in data]

    @property
    def told(self) -> list[str]:
        """What was set apart, with the lines it stands on."""
        return _told(self.sheet, self.reading) if self.sheet and self.reading else []

    @property
    def example(self) -> list[tuple[str, ...]]:
        return list(self.sheet.rows[:5]) if self.sheet else []

    def keep(self, *, by: Membership) -> Measurement:
        """Raises Refused when there are too few to say something about."""
        reading = self.reading
        assert reading is not None
        said = {k: v for k, v in self.form.cleaned_data.items() if k not in {"file", "pasted", "role"}}
        role = Measurement.Role(self.form.cleaned_data["role"])
        return measuring.set_down(self.measure, by=by, role=role, results=reading.results, **said)


def _told(sheet: Sheet, reading: Reading) -> list[str]:
    same = [lines for code, lines in reading.doubled if (code, lines) not in reading.contradicting]
    differ = [lines for _code, lines in reading.contradicting]
    told = (
        (_("Zonder uitkomst, niet meegeteld: regel %(lines)s."), reading.empty),
        (_("Zonder code, niet meegeteld: regel %(lines)s."), reading.codeless),
        (_("Geen getal, niet meegeteld: regel %(lines)s."), [line for line, _cell in reading.unreadable]),
        (_("Dezelfde code met dezelfde uitkomst, één keer geteld: regel %(lines)s."), _flat(same)),
        (
            _(
                "Dezelfde code met verschillende uitkomsten, niet meegeteld: regel %(lines)s. Verbeter ze eerst."
            ),
            _flat(differ),
        ),
        (_("Gaat over allemaal, niet meegeteld: regel %(lines)s."), sheet.apart),
    )
    return [sentence % {"lines": _numbers(lines)} for sentence, lines in told if lines]


def _flat(lines: Iterable[Sequence[int]]) -> list[int]:
    return sorted(line for each in lines for line in each)


#: More lines than these are not looked up one by one.
NAMED = 12


def _numbers(lines: Sequence[int]) -> str:
    said = ", ".join(map(str, lines[:NAMED]))
    more = len(lines) - NAMED
    return said if more <= 0 else _("%(lines)s en nog %(more)s") % {"lines": said, "more": more}
