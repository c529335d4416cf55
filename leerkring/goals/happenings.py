"""What happens with goals, and with what a community stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, ThingId


class Decision(StrEnum):
    """How a goal was concluded."""

    KEEP = "keep"
    ADAPT = "adapt"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True)
class GoalDrafted(Happening):
    """A goal was written down for the first time. `about` is the Goal."""

    kind = "goal.drafted"
    sentence = _("nieuw doel, nog een concept")
    thing = "goal"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class GoalAsked(Happening):
    """`about` was put to the group."""

    kind = "goal.asked"
    sentence = _("voorgelegd aan de groep: kun je hiermee verder?")
    thing = "goal"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class GoalAdopted(Happening):
    """Everyone can go along with `about`. `parts`: how many of the seven parts it has; `owners`: how many people
    carry it; `underserved`: it names the pupils who are not yet learning."""

    kind = "goal.adopted"
    sentence = _("dit doel is afgesproken")
    thing = "goal"
    about: ThingId
    parts: int
    owners: int
    underserved: bool


@dataclass(frozen=True, kw_only=True)
class GoalChanged(Happening):
    """`about` was changed after it was adopted. `parts`, `owners` and `underserved` as in `GoalAdopted`: how it is
    from now on."""

    kind = "goal.changed"
    sentence = _("dit doel is bijgesteld")
    thing = "goal"
    about: ThingId
    parts: int
    owners: int
    underserved: bool


@dataclass(frozen=True, kw_only=True)
class GoalMeasured(Happening):
    """A measurement of `about` after its baseline; `measurement` may be taken away later."""

    kind = "goal.measured"
    sentence = _("nieuwe meting bij een doel")
    thing = "goal"
    about: ThingId
    measurement: ThingId


@dataclass(frozen=True, kw_only=True)
class GoalConcluded(Happening):
    """`about` came to an end, with what it yielded. `evidence`: there was a measurement after the baseline;
    `reached`: every target was; `subgroups`: results were followed by subgroup; `lowest_rose`: the lowest subgroup
    rose and the others did not fall."""

    kind = "goal.concluded"
    sentence = _("dit doel is afgerond")
    thing = "goal"
    about: ThingId
    decision: Decision
    evidence: bool
    reached: bool
    subgroups: bool
    lowest_rose: bool


@dataclass(frozen=True, kw_only=True)
class GoalDropped(Happening):
    """`about` was let go, with a reason that colleagues read."""

    kind = "goal.dropped"
    sentence = _("dit doel is losgelaten")
    thing = "goal"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class GoalChecked(Happening):
    """Looked again at what `about` yielded, on the day agreed. `in_use`: it is still done that way."""

    kind = "goal.checked"
    sentence = _("teruggekeken: doen we het nog zo?")
    thing = "goal"
    about: ThingId
    in_use: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceBrought(Happening):
    """`actor` brought results of pupils for the goal `about`; `own_class`: of pupils they teach."""

    kind = "evidence.brought"
    sentence = None
    thing = "goal"
    about: ThingId
    measurement: ThingId
    own_class: bool


@dataclass(frozen=True, kw_only=True)
class StatementWritten(Happening):
    """A new version of the vision or of the working agreements. `about` is the Statement."""

    kind = "statement.written"
    sentence = _("nieuwe versie om te lezen")
    thing = "statement"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class VisionReviewed(Happening):
    """Everyone stands behind this version of the vision. `about` is the Statement."""

    kind = "vision.reviewed"
    sentence = _("de visie is van ons allemaal")
    thing = "statement"
    about: ThingId
