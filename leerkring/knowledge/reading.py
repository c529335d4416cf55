"""What one reader finds on a page of a conversation: the little that must be known before a contribution is taken
from the cache, and the rest only when one has to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Subquery

from leerkring.communities.models import Membership
from leerkring.knowledge.models import Contribution


@dataclass(frozen=True)
class Said:
    """A contribution on the page. In `mine` and `helped` alone it looks different to one reader and another."""

    pk: int
    mine: bool
    #: The reader said that it helps.
    helped: bool
    #: Another one when it was revised, taken away or put back, and when one more said that it helps.
    stamp: str
    sheet: Sheet

    @property
    def contribution(self) -> Contribution:
        return self.sheet.shown[self.pk]


@dataclass(frozen=True)
class Sheet:
    """The contributions `ids` before one reader."""

    reader: Membership
    ids: Sequence[int]

    @cached_property
    def said(self) -> dict[int, Said]:
        thanks = Contribution.helps.through.objects.filter(
            contribution=OuterRef("pk"), membership=self.reader
        )
        found = Contribution.objects.filter(pk__in=self.ids).annotate(helped=Exists(thanks)).order_by("pk")
        # As many thanks, of which the last is the same one, are the same thanks: no number is given twice.
        last = (
            Contribution.helps.through.objects.filter(contribution=OuterRef("pk"))
            .order_by("-pk")
            .values("pk")
        )
        told = found.annotate(thanks=Count("helps"), last=Subquery(last[:1])).values_list(
            "pk", "author", "helped", "thanks", "last", "revised_at", "withdrawn_at"
        )
        return {
            pk: Said(pk, author == self.reader.pk, helped, ".".join(map(str, stamp)), self)
            for pk, author, helped, *stamp in told
        }

    @cached_property
    def shown(self) -> dict[int, Contribution]:
        """All of them with all that is shown, fetched together for the first that is drawn."""
        return Contribution.objects.as_shown().in_bulk(self.ids)
