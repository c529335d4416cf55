from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "leerkring.meetings"

    def ready(self) -> None:
        from django.db.models.functions import Coalesce
        from django.urls import reverse

        from leerkring.communities import ending, holding, notices, thread, votes
        from leerkring.insights import beside
        from leerkring.meetings import (
            by_guests,
            goal_session,
            groups,
            live_vanishing,
            vanishing,
            workform_vanishing,
        )
        from leerkring.meetings.expected import at_meetings
        from leerkring.meetings.live import coming
        from leerkring.meetings.models import Agreement, Meeting
        from leerkring.meetings.telling import KINDS
        from leerkring.people import backends, erasure, expected
        from leerkring.people.models.session import when_ended
        from leerkring.ui import rooms
        from leerkring.ui.audience import Audience
        from leerkring.ui.titles import as_title

        backends.ask_along("groups_led", groups.how_many_led)
        rooms.register_menu(rooms.MenuItem(_("Mijn groepen"), "calendar-days", groups.page_of))
        rooms.register("meetings", lambda here: reverse("meetings:meetings", args=[here.community.pk]))
        thread.register(
            thread.Kind(
                key="meeting",
                name=_("bijeenkomst"),
                told=thread.Columns(
                    title="topic",
                    at=Coalesce("opened_at", "planned_at"),
                    address=lambda community, pk: reverse("meetings:meeting", args=[community, pk]),
                ),
                visible_to=lambda user: Meeting.objects.visible_to(user),
                sentence=goal_session.sentence,
                standing=goal_session.standing,
                audience=lambda meeting: Audience.ROOM,
            )
        )
        thread.register_start("meeting", lambda community: reverse("meetings:new", args=[community]))
        thread.register(
            thread.Kind(
                key="agreement",
                name=_("afspraak"),
                told=thread.Columns(
                    title="what",
                    at="made_at",
                    address=lambda community, pk: (
                        f"{reverse('meetings:agreements', args=[community])}#afspraak-{pk}"
                    ),
                    titled=as_title,
                ),
                visible_to=lambda user: Agreement.objects.visible_to(user),
            )
        )
        for kind in KINDS:
            notices.register(kind)
        beside.register(by_guests.limits_at)
        ending.register("workforms", workform_vanishing.of_community)
        erasure.register(
            erasure.Eraser(
                room="workforms",
                covers=workform_vanishing.COVERS,
                erase=workform_vanishing.of_person,
                own=workform_vanishing.own,
            )
        )
        holding.held_first(live_vanishing.hold_rooms)
        ending.register("live", live_vanishing.of_community)
        erasure.register(
            erasure.Eraser(
                room="live",
                covers=live_vanishing.COVERS,
                erase=live_vanishing.of_person,
                own=live_vanishing.own,
            )
        )
        ending.register("meetings", vanishing.of_community)
        erasure.register(
            erasure.Eraser(
                room="meetings",
                covers=vanishing.COVERS,
                erase=vanishing.of_person,
                own=vanishing.own,
            )
        )
        expected.register(at_meetings)
        votes.when_fewer_vote(coming.have_fewer)
        when_ended(coming.signed_out)
        self._calendars()

    @staticmethod
    def _calendars() -> None:
        from django.urls import reverse

        from leerkring.communities import arriving, notices
        from leerkring.communities.notices import NoticeKind, Rhythm
        from leerkring.meetings import calendar_own, inviting
        from leerkring.meetings.invite_rounds import KIND
        from leerkring.people import erasure
        from leerkring.ui import rooms

        rooms.register_own(
            rooms.OwnPage(
                _("Mijn agenda"),
                _("Je bijeenkomsten in Outlook, Google of Apple."),
                lambda user: reverse("meetings:own_calendar"),
            )
        )
        notices.register(
            NoticeKind(
                KIND,
                _("Een bijeenkomst voor in mijn agenda"),
                _("Er is een bijeenkomst gepland, verplaatst of afgezegd."),
                Rhythm.AT_ONCE,
                # The mail is one that a calendar reads (meetings.inviting): it does not wait for others.
                among=(Rhythm.AT_ONCE, Rhythm.NEVER),
            )
        )
        arriving.when_someone_comes_in(inviting.welcome)
        erasure.register(calendar_own.ERASER)
