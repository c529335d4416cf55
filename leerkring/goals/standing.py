"""Who stands behind a goal, a vision or agreements, as far as one reader may know."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from leerkring.communities.access import Here
from leerkring.goals.models import Endorsement, Statement, Yes
from leerkring.goals.say import leading_here, who_decide


class Saying:
    """Who has a say here, and what `here.membership` may know of who said yes. One query."""

    def __init__(self, here: Here, said: QuerySet[Yes] | QuerySet[Endorsement]) -> None:
        self.here, self._said = here, said

    @cached_property
    def _all(self) -> dict[int, tuple[bool, bool]]:
        """Of each who decides whether they said yes; and with it whether the reader leads here."""
        said = self._said.filter(member=OuterRef("pk"))
        rows = who_decide(self.here.community).values_list(
            "pk", Exists(said), Exists(leading_here(self.here.membership))
        )
        return {pk: (said_yes, leads) for pk, said_yes, leads in rows}

    @property
    def may_say(self) -> bool:
        return self.here.membership.pk in self._all

    @property
    def said_yes(self) -> bool:
        return self.may_say and self._all[self.here.membership.pk][0]

    @property
    def waiting(self) -> int | None:
        """How many others did not say yes yet; None for who is not to know."""
        if any(leads for _said, leads in self._all.values()):
            return None
        others = (said for pk, (said, _leads) in self._all.items() if pk != self.here.membership.pk)
        return sum(not said for said in others)


class Standing:
    """The version of the vision or the agreements that stands, for one reader."""

    def __init__(self, here: Here, statement: Statement) -> None:
        self.statement = statement
        self.saying = Saying(here, Endorsement.objects.filter(statement=statement))


def standing(here: Here) -> dict[str, Statement]:
    """By kind; what was never written is not there."""
    return Statement.objects.standing(here.community)
