from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    name = "leerkring.practice"

    def ready(self) -> None:
        _tryouts()


def _tryouts() -> None:
    from django.urls import reverse

    from leerkring.communities import ending, notices, thread
    from leerkring.communities.notices import NoticeKind
    from leerkring.people import erasure
    from leerkring.practice import tryout_vanishing
    from leerkring.practice.models import Tryout
    from leerkring.ui import rooms
    from leerkring.ui.titles import as_title

    def tryouts(here: Any) -> str:
        return reverse("practice:tryouts", args=[here.community.pk])

    rooms.register("practice", tryouts)
    rooms.register_part("practice", "tryouts", tryouts)
    thread.register(
        thread.Kind(
            key="tryout",
            name=_("probeersel"),
            told=thread.Columns(
                title="idea",
                at="at",
                address=lambda community, pk: reverse("practice:tryout", args=[community, pk]),
                titled=as_title,
            ),
            visible_to=lambda user: Tryout.objects.visible_to(user),
        )
    )
    thread.register_start("tryout", lambda community: reverse("practice:new_tryout", args=[community]))
    for kind in (
        NoticeKind(
            "tryout.concluded",
            _("Een collega vertelt hoe iets in de klas ging"),
            _("Uitgeprobeerd door %(who)s"),
        ),
        NoticeKind(
            "tryout.repeated",
            _("Een collega probeerde wat ik uitprobeerde"),
            _("Jouw probeersel, ook uitgeprobeerd door %(who)s"),
        ),
        NoticeKind("tryout.due", _("Hoe ging mijn probeersel"), _("Je zou dit uitproberen: hoe ging het?")),
    ):
        notices.register(kind)
    ending.register("tryouts", tryout_vanishing.of_community)
    erasure.register(
        erasure.Eraser(
            room="tryouts",
            covers=tryout_vanishing.COVERS,
            erase=tryout_vanishing.of_person,
            own=tryout_vanishing.own,
        )
    )
