"""A mirror from a file that comes from elsewhere: choosing the file, and saying what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leerkring.communities.models import Community
from leerkring.effectiveness import words
from leerkring.effectiveness.models import LIMIT, MOST_ROWS
from leerkring.engine.exports import Mapping, Order, Unreadable, bounded, read_export
from leerkring.network.models import School

_COLUMNS = ("actor", "counterpart", "at", "post", "parent")
_FILE = forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"})


class UploadForm(forms.Form):
    name = forms.CharField(
        label=_("Naam van de leergemeenschap"), max_length=Community._meta.get_field("name").max_length
    )
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none(), empty_label=None)
    interactions = forms.FileField(
        label=_("Het bestand met contacten"),
        help_text=_(
            "Een CSV met op elke rij wie zich tot wie richtte, en wanneer. Moodle, Teams en Excel kunnen dat."
        ),
        allow_empty_file=True,
        widget=_FILE,
    )
    members = forms.FileField(
        label=_("Het bestand met leden"),
        help_text=_("Dan tellen ook leden mee die nog niets schreven."),
        allow_empty_file=True,
        required=False,
        widget=_FILE,
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read it once, so that a file nobody can use is refused here, with what to do."""
        said = super().clean() or {}
        if not said.get("interactions"):
            return said
        try:
            files = {kind: _bytes(said.get(kind), kind) for kind in ("interactions", "members")}
            read_export(files["interactions"] or b"", files["members"], most_rows=MOST_ROWS)
            said.update(files)
        except Unreadable as problem:
            if problem.reason in {"no_column_for", "no_dates", "no_usable_row"}:
                said.update(files)  # the next page asks which column is which
            else:
                field = problem.figures.get("file")
                self.add_error("members" if field == "members" else "interactions", words.refusal(problem))
        return said


def _bytes(file: UploadedFile[Any] | None, kind: str) -> bytes | None:
    if file is None:
        return None
    if (file.size or 0) > LIMIT:
        raise Unreadable("too_large", file=kind, limit=LIMIT // 1_000_000)
    return bounded(file.read(), kind, LIMIT)  # type: ignore[arg-type]  # one of the two files


class MappingForm(forms.Form):
    """Which column says what; guessed, and the owner's to mend."""

    actor = forms.ChoiceField(label=_("Wie deed het?"))
    counterpart = forms.ChoiceField(label=_("Op wie was het gericht?"), required=False)
    at = forms.ChoiceField(label=_("Wanneer?"))
    post = forms.ChoiceField(
        label=_("Nummer van het bericht"),
        help_text=_("Alleen als er niet staat op wie het gericht was."),
        required=False,
    )
    parent = forms.ChoiceField(label=_("Antwoord op bericht"), required=False)
    member = forms.ChoiceField(label=_("Lid, in het bestand met leden"), required=False)
    order = forms.ChoiceField(
        label=_("Hoe lees je 4/5/2024?"),
        choices=[("", _("zoals het bestand het laat zien")), ("day", _("4 mei")), ("month", _("5 april"))],
        required=False,
    )

    def __init__(
        self, *args: Any, columns: Sequence[str], member_columns: Sequence[str] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for role in _COLUMNS:
            self._choose(role, columns)
        if member_columns is None:
            del self.fields["member"]
        else:
            self._choose("member", member_columns)

    def leave_out_posts(self) -> None:
        """Who was answered is in a column, so nobody need know which message answered which."""
        del self.fields["post"], self.fields["parent"]

    def _choose(self, role: str, columns: Sequence[str]) -> None:
        self.fields[role].choices = [("", "–"), *((c, c) for c in columns if c)]  # type: ignore[attr-defined]

    @property
    def mapping(self) -> Mapping:
        said = self.cleaned_data
        return Mapping(**{role: said.get(role, "") for role in (*_COLUMNS, "member")})

    @property
    def order_chosen(self) -> Order | None:
        return self.cleaned_data["order"] or None
