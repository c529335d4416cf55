"""The only way to a meeting and what is in it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leerkring.communities.access import Here
from leerkring.communities.models import Membership
from leerkring.meetings.live import store
from leerkring.meetings.live.known import comes_by_no_name
from leerkring.meetings.live.socket import cookie_name
from leerkring.meetings.models import Agreement, Handout, Item, Live, Meeting, Option, Participant
from leerkring.meetings.taking_out import Text, texts
from leerkring.people.models import User
from leerkring.ui.refusal import Refused


def meeting_for(here: Here, meeting_id: int) -> Meeting:
    """A meeting of this community, or 404."""
    found = (
        Meeting.objects.filter(community=here.community, pk=meeting_id)
        .select_related("goal", "series")
        .first()
    )
    if found is None:
        raise Http404
    found.community = here.community
    return found


def next_of(here: Here) -> Meeting | None:
    """The next one of this community, of today or later."""
    return Meeting.objects.filter(community=here.community).next_ones().first()


def agreement_for(here: Here, agreement_id: int) -> Agreement:
    """An agreement of this community, or 404."""
    found = Agreement.objects.filter(community=here.community, pk=agreement_id).first()
    if found is None:
        raise Http404
    found.community = here.community
    return found


def live_for(meeting: Meeting) -> Live:
    """The room of a meeting that is on, or 404."""
    live = Live.objects.filter(meeting=meeting, meeting__state=Meeting.State.LIVE).first()
    if live is None:
        raise Http404
    return live


def live_by_code(code: str) -> Live | None:
    """The room that has this code on the board now."""
    found = Live.objects.filter(
        code=code, meeting__state=Meeting.State.LIVE, meeting__community__ended_at=None
    )
    return found.select_related("meeting__community__school").first()


def member_of(live: Live, user: User) -> Membership | None:
    """Who `user` is in the community of a room, when they are in it now."""
    found = Membership.objects.current().filter(community=live.meeting.community_id, user=user)
    return found.select_related("user", "community__school").first()


def refuse_by_name(live: Live, user: User) -> None:
    """Who leads or appraises at a school of the group, or keeps the accounts, does not come in by a name: whether they
    take part is decided by the members, and a code on a board does not go around that. `user` is no member: those are
    in under their own account."""
    community = live.meeting.community
    community.refuse_administrator(user)
    if comes_by_no_name(community, user):
        raise Refused(
            _(
                "Wie een school leidt of er collega’s beoordeelt, komt niet met een naam binnen. De groep beslist of "
                "je meedoet. Vraag de procesbegeleider om een uitnodiging: daarna kun je meedoen onder je eigen "
                "account."
            )
        )


def meeting_of_member(user: User | AnonymousUser, live_id: int) -> Meeting:
    """Of which this is the room, for who is in its community now; or 404."""
    live = (
        Live.objects.filter(pk=live_id, meeting__community__ended_at=None).select_related("meeting").first()
    )
    if live is None or not isinstance(user, User) or member_of(live, user) is None:
        raise Http404
    return live.meeting


def known_on(request: HttpRequest, live_id: int) -> Participant | None:
    """Who is in the room on this device, when they may still be there. A member only while they are signed in: on a
    laptop that is shared, the next one is somebody else. And by name only nobody who may not come in so."""
    found = store.who(live_id, request.COOKIES.get(cookie_name(live_id), ""))
    if found is None or not store.belongs(found):
        return None
    if found.member is not None:
        return found if found.member.user_id == request.user.pk else None
    if isinstance(request.user, User) and member_of(found.live, request.user) is None:
        refuse_by_name(found.live, request.user)
    return found


def known_at_the_door(request: HttpRequest, live: Live, member: Membership | None) -> Participant | None:
    """As `known_on`, for who comes by the code: as this member, or by a name. Who was taken out does not come in again
    on that device by another name."""
    found = store.who(live.pk, request.COOKIES.get(cookie_name(live.pk), ""))
    if found is None or (found.member_id and found.member != member):
        return None
    if store.belongs(found):
        return found
    if member is None:
        raise Refused(
            _(
                "Wie de bijeenkomst leidt, haalde je eruit. Op dit toestel kun je er niet meer met een naam in. "
                "Was dat een vergissing? Zeg het tegen wie de bijeenkomst leidt: die kan je erbij schrijven."
            )
        )
    return None


def participant_for(request: HttpRequest, live_id: int) -> Participant:
    """Whose device asks, when they may still be in the room; or 404."""
    found = known_on(request, live_id)
    if found is None:
        raise Http404
    return found


def item_for(here: Here, meeting_id: int, item_id: int, *, own: bool = False) -> Item:
    """One thing on the agenda of a meeting of this community, or 404; `own`: which the reader may change."""
    meeting = meeting_for(here, meeting_id)
    found = meeting.items.filter(pk=item_id).first()
    if found is None or (own and not found.may_change(here.membership)):
        raise Http404
    found.meeting = meeting
    return found


def option_for(here: Here, meeting_id: int, option_id: int) -> Option:
    """One of the moments that were put to the group, or 404."""
    meeting = meeting_for(here, meeting_id)
    found = meeting.options.filter(pk=option_id).first()
    if found is None:
        raise Http404
    found.meeting = meeting
    return found


def handout_for(here: Here, meeting_id: int, handout_id: int, *, own: bool = False) -> Handout:
    """A file of a meeting of this community, or 404; `own`: which the reader may take away."""
    meeting = meeting_for(here, meeting_id)
    found = meeting.handouts.filter(pk=handout_id).select_related("by__user").first()
    if found is None or (own and not found.may_go_by(here.membership)):
        raise Http404
    found.meeting = meeting
    return found


def text_for(here: Here, meeting_id: int, what: str, number: int) -> tuple[Meeting, Text]:
    """A text in the minutes of a meeting of this community that the reader may take out, or 404."""
    meeting = meeting_for(here, meeting_id)
    found = next((t for t in texts(meeting, here.membership) if (t.what, t.number) == (what, number)), None)
    if found is None:
        raise Http404
    return meeting, found
