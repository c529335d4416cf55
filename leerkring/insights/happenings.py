"""What happens with insights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, ThingId


class Tacit(StrEnum):
    """What one knows without thinking of it (Eraut): what is seen in people and situations, what is always done so,
    and rules of thumb. Each is told in its own words."""

    PEOPLE = "people"
    ROUTINE = "routine"
    RULE = "rule"


@dataclass(frozen=True, kw_only=True)
class InsightCaptured(Happening):
    """Somebody said how they do it, or what they see. `about` is the Insight; `what` and `why`: both were said;
    `meeting`: where it was said, when it came from one."""

    kind = "insight.captured"
    sentence = _("nieuw inzicht")
    thing = "insight"
    about: ThingId
    tacit: Tacit
    what: bool
    why: bool
    meeting: ThingId | None = None
    #: As `meeting`, of the lesson visit after which it was said.
    visit: ThingId | None = None


@dataclass(frozen=True, kw_only=True)
class InsightLimited(Happening):
    """A colleague wrote when `about` does not work; `limit` may be taken back later."""

    kind = "insight.limited"
    sentence = _("een collega schreef wanneer dit niet werkt")
    thing = "insight"
    about: ThingId
    limit: ThingId


@dataclass(frozen=True, kw_only=True)
class InsightTried(Happening):
    """`actor` told how it went to try `about` in class, whether it worked or not."""

    kind = "insight.tried"
    sentence = _("uitgeprobeerd in de klas")
    thing = "insight"
    about: ThingId


@dataclass(frozen=True, kw_only=True)
class InsightRevised(Happening):
    """`about` was said better."""

    kind = "insight.revised"
    sentence = _("dit inzicht is aangescherpt")
    thing = "insight"
    about: ThingId
