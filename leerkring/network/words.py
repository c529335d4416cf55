"""The words a school uses for who teaches, who learns and where: they differ by sector.

here.words.pupils          leerlingen, or studenten in the mbo
words_of("po").the_group   de groep
words.fill(sentence)       a sentence with %(teacher)s, %(group)s, %(pupils)s, … in it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True)
class SectorWords:
    """Each noun as one, as many, and with its article."""

    #: The key of a sector, or "" for the words that do where no school is known.
    sector: str
    teacher: Text
    teachers: Text
    the_teacher: Text
    #: The pupils that are taught together.
    group: Text
    groups: Text
    the_group: Text
    pupil: Text
    pupils: Text
    the_pupil: Text
    #: What pupils made: a thing to lay on the table.
    pupils_work: Text

    @property
    def fields(self) -> Mapping[str, Text]:
        """By name, for a sentence that takes more than these."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def fill(self, sentence: Text) -> str:
        """`sentence`, in the reader's language, with these words in it."""
        return str(sentence) % self.fields


GENERAL = SectorWords(
    sector="",
    teacher=pgettext_lazy("algemeen", "leraar"),
    teachers=pgettext_lazy("algemeen", "leraren"),
    the_teacher=pgettext_lazy("algemeen", "de leraar"),
    group=pgettext_lazy("algemeen", "klas"),
    groups=pgettext_lazy("algemeen", "klassen"),
    the_group=pgettext_lazy("algemeen", "de klas"),
    pupil=pgettext_lazy("algemeen", "leerling"),
    pupils=pgettext_lazy("algemeen", "leerlingen"),
    the_pupil=pgettext_lazy("algemeen", "de leerling"),
    pupils_work=pgettext_lazy("algemeen", "leerlingwerk"),
)

#: By the key of `models.Sector`, which is not imported: a mirror on the command line has no tables.
WORDS: Mapping[str, SectorWords] = MappingProxyType(
    {
        "po": SectorWords(
            sector="po",
            teacher=pgettext_lazy("po", "leerkracht"),
            teachers=pgettext_lazy("po", "leerkrachten"),
            the_teacher=pgettext_lazy("po", "de leerkracht"),
            group=pgettext_lazy("po", "groep"),
            groups=pgettext_lazy("po", "groepen"),
            the_group=pgettext_lazy("po", "de groep"),
            pupil=pgettext_lazy("po", "leerling"),
            pupils=pgettext_lazy("po", "leerlingen"),
            the_pupil=pgettext_lazy("po", "de leerling"),
            pupils_work=pgettext_lazy("po", "leerlingwerk"),
        ),
        "vo": SectorWords(
            sector="vo",
            teacher=pgettext_lazy("vo", "docent"),
            teachers=pgettext_lazy("vo", "docenten"),
            the_teacher=pgettext_lazy("vo", "de docent"),
            group=pgettext_lazy("vo", "klas"),
            groups=pgettext_lazy("vo", "klassen"),
            the_group=pgettext_lazy("vo", "de klas"),
            pupil=pgettext_lazy("vo", "leerling"),
            pupils=pgettext_lazy("vo", "leerlingen"),
            the_pupil=pgettext_lazy("vo", "de leerling"),
            pupils_work=pgettext_lazy("vo", "leerlingwerk"),
        ),
        "mbo": SectorWords(
            sector="mbo",
            teacher=pgettext_lazy("mbo", "docent"),
            teachers=pgettext_lazy("mbo", "docenten"),
            the_teacher=pgettext_lazy("mbo", "de docent"),
            group=pgettext_lazy("mbo", "klas"),
            groups=pgettext_lazy("mbo", "klassen"),
            the_group=pgettext_lazy("mbo", "de klas"),
            pupil=pgettext_lazy("mbo", "student"),
            pupils=pgettext_lazy("mbo", "studenten"),
            the_pupil=pgettext_lazy("mbo", "de student"),
            pupils_work=pgettext_lazy("mbo", "werk van studenten"),
        ),
    }
)


def words_of(sector: str) -> SectorWords:
    """The words of a school of this sector."""
    return WORDS[sector]
