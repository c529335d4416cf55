"""What the pages of work forms show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leerkring.communities.access import Here
from leerkring.meetings.workform import FormText, Step, Workform
from leerkring.meetings.workform_library import Entry, Wish, library
from leerkring.meetings.workform_reading import host_of
from leerkring.meetings.workform_words import PURPOSES, ROLES, TASKS, YIELDS, bring, filled, how
from leerkring.ui.languages import language


class Shown:
    """One form, for one reader."""

    def __init__(self, here: Here, entry: Entry) -> None:
        self.here, self.entry, self.form = here, entry, entry.form

    def _say(self, text: str) -> str:
        return filled(text, self.here.words)

    @property
    def _text(self) -> FormText:
        return self.form.text[language()]

    @property
    def key(self) -> str:
        return self.form.key

    @property
    def title(self) -> str:
        return self._say(self._text.title)

    @property
    def summary(self) -> str:
        return self._say(self._text.summary)

    @property
    def when(self) -> str:
        return self._say(self._text.when)

    @property
    def bring(self) -> str:
        return bring(self.form, self.here.words)

    @property
    def people(self) -> str:
        fewest, most = self.form.people
        return _("%(fewest)s tot %(most)s mensen") % {"fewest": fewest, "most": most}

    @property
    def purposes(self) -> list[str]:
        return [self.here.words.fill(PURPOSES[each]) for each in self.form.purposes]

    @property
    def roles(self) -> list[tuple[str | Promise, str | Promise]]:
        return [(ROLES[each], TASKS[each]) for each in self.form.roles]

    @property
    def yields(self) -> str | Promise:
        return YIELDS[self.form.yields]

    @property
    def source(self) -> str:
        return self._say(self.form.source.text[language()])

    @property
    def site(self) -> str:
        """Where the link of the source leads, as one calls it."""
        return host_of(self.form.source.url).removeprefix("www.")

    @property
    def steps(self) -> Iterator[StepShown]:
        begin = 0
        for step in self.form.steps:
            yield StepShown(self, step, begin)
            begin += step.minutes


@dataclass(frozen=True)
class StepShown:
    """A step; `begin` is after how many minutes."""

    of: Shown
    step: Step
    begin: int

    @property
    def title(self) -> str:
        return filled(self.step.text[language()].title, self.of.here.words)

    @property
    def prompt(self) -> str:
        return filled(self.step.text[language()].prompt, self.of.here.words)

    @property
    def hint(self) -> str:
        return filled(self.step.text[language()].hint, self.of.here.words)

    @property
    def how(self) -> str:
        return how(self.of.form, self.step)


def choose(here: Here, wish: Wish) -> list[Shown]:
    """The forms that fit."""
    return [Shown(here, entry) for entry in library(here.community) if wish.fits(entry.form)]


def preview(here: Here, form: Workform) -> Shown:
    """A form that is nowhere kept yet."""
    return Shown(here, Entry(form))
