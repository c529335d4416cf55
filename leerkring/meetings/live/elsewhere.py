"""What a page says of an agreement that a room which is on looks at: every screen there shows it at once."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.meetings.live import hub, store
from leerkring.meetings.live.acts import Impossible, Kind
from leerkring.meetings.models import Agreement, Live, Meeting


@transaction.atomic
def settle(agreement: Agreement, became: str, *, by: Membership, meeting: Meeting | None = None) -> None:
    """`became` as in a room (`acts.BECAME`), "" for open again; carried over is to `meeting`."""
    on = Live.objects.filter(meeting__community=agreement.community_id, meeting__state=Meeting.State.LIVE)
    # A room before its community, as who writes in one does.
    rooms = store.hold(on.values_list("pk", flat=True))
    if not became:
        agreement.reopen(by=by)
    elif meeting is not None:
        agreement.take_along(meeting, by=by)
    else:
        agreement.close(kept=became == "kept", by=by)
    for live in rooms.values():
        said = {"agreement": agreement.pk, "became": became}
        with suppress(Impossible):  # another room, that does not look at this one
            store.say(live, store.load(live), Kind.SETTLE, said, at=clock.now().timestamp())
            hub.poke(live.pk)
