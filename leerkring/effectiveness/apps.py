from django.apps import AppConfig
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class EffectivenessConfig(AppConfig):
    name = "leerkring.effectiveness"

    def ready(self) -> None:
        from leerkring.communities import ending, thread
        from leerkring.communities.access import Here, memberships_for
        from leerkring.communities.models import Community
        from leerkring.communities.notices import NoticeKind, Rhythm, Told
        from leerkring.communities.notices import register as register_notice
        from leerkring.communities.votes import when_fewer_vote
        from leerkring.effectiveness import erasing
        from leerkring.effectiveness.models.agreement import settle_without
        from leerkring.people import erasure
        from leerkring.people.models import User
        from leerkring.ui import rooms
        from leerkring.ui.audience import Audience

        def mirror(here: Here) -> str | None:
            if not here.may_see_mirror:
                return None
            return reverse("effectiveness:mirror", args=[here.community.pk])

        rooms.register("mirror", mirror)

        def counted(user: User) -> QuerySet[Community]:
            theirs = memberships_for(user).exclude(role="guest").order_by()
            return Community.objects.filter(pk__in=theirs.values("community"))

        register_notice(
            NoticeKind(
                key="counting.asked",
                label=_("De groep vraagt of ik verder kan met wat we tellen"),
                sentence=_("%(who)s vraagt of je verder kunt met wat we tellen."),
                usual=Rhythm.DAILY,
                to=Told.NOT_GUESTS,
            )
        )
        thread.register(
            thread.Kind(
                key="counting",
                name=_("afspraak"),
                told=thread.Objects(
                    title=lambda community: str(_("Wat tellen we, wat niet")),
                    address=lambda community: reverse("effectiveness:agreement", args=[community.pk]),
                    community=lambda community: community.pk,
                ),
                visible_to=counted,
                audience=lambda community: Audience.PEOPLE,
            )
        )
        when_fewer_vote(settle_without)
        ending.register("effectiveness", erasing.of_community)
        erasure.register(
            erasure.Eraser(
                room="effectiveness",
                covers={
                    "effectiveness.Upload.user": "goes, with its files",
                    "effectiveness.Upload.name": erasure.Replaced(),
                    "effectiveness.Upload.token": "no person",
                    "effectiveness.Upload.order": "no person",
                    "effectiveness.Upload.mapping": "goes with the upload",
                    "effectiveness.Agreement.put_by": "stays, of *een oud-lid*",
                    "effectiveness.Answer.member": "goes; an objection stays, of *een oud-lid*",
                },
                erase=erasing.of_person,
                own=erasing.own,
            )
        )
