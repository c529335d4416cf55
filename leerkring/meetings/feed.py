"""What a person's calendar feed holds: the meetings of the groups they are in now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring import __version__, clock
from leerkring.communities.access import memberships_for
from leerkring.communities.models import Community
from leerkring.meetings import calendar
from leerkring.meetings.models import CalendarFeed, Meeting

#: So far back one still looks up when it was.
BACK = timedelta(days=92)


@dataclass(frozen=True)
class Shown:
    """A feed as its person may see it now."""

    feed: CalendarFeed
    communities: dict[int, Community]

    @classmethod
    def of(cls, feed: CalendarFeed) -> Shown:
        inside = memberships_for(feed.user)
        return cls(feed, {membership.community_id: membership.community for membership in inside})

    @property
    def tag(self) -> str:
        """Changes with any change of a meeting, for whatever changes one makes its community new; talk does not."""
        groups = [(pk, one.version - one.talked) for pk, one in sorted(self.communities.items())]
        parts = (__version__, settings.BASE_URL, self.feed.key, get_language(), clock.today(), groups)
        return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'

    def meetings(self) -> list[Meeting]:
        """From three months back to all that lies ahead, also what is called off; not what has no date yet."""
        since = datetime.combine(clock.today() - BACK, time(), clock.AMSTERDAM)
        dated = Meeting.objects.filter(community__in=self.communities, starts_at__gte=since)
        found = list(dated.exclude(state=Meeting.State.POLL).order_by("starts_at", "pk"))
        for meeting in found:
            meeting.community = self.communities[meeting.community_id]
        return found

    def file(self) -> bytes:
        return calendar.published(self.meetings(), named=_("Bijeenkomsten in Leerkring"))
