from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    name = "leerkring.practice"

    def ready(self) -> None:
        _visits()
        _tryouts()


def _visits() -> None:
    from django.db.models import Case, F, When
    from django.urls import reverse

    from leerkring.communities import ending, notices, thread, votes
    from leerkring.communities.notices import NoticeKind, Rhythm, Told
    from leerkring.people import erasure
    from leerkring.practice import visit_vanishing
    from leerkring.practice.models import Visit
    from leerkring.ui import rooms
    from leerkring.ui.audience import Audience
    from leerkring.ui.titles import as_title

    def to_come(user: Any) -> Any:
        """Whose it is to see is looked at apart."""
        return Visit.objects.to_come()

    def visits(here: Any) -> str | None:
        return reverse("practice:visits", args=[here.community.pk]) if here.may_decide else None

    # Guests are not asked into lessons: to them the room begins with what was tried.
    rooms.register(
        "practice", lambda here: visits(here) or reverse("practice:tryouts", args=[here.community.pk])
    )
    rooms.register_part("practice", "visits", visits)
    thread.register(
        thread.Kind(
            key="visit",
            name=_("lesbezoek"),
            told=thread.Columns(
                title=Case(When(question="", then=F("lesson")), default=F("question")),
                at="at",
                address=lambda community, pk: reverse("practice:visit", args=[community, pk]),
                titled=as_title,
            ),
            visible_to=lambda user: Visit.objects.visible_to(user),
            audience=lambda visit: (
                Audience.PEOPLE if visit.state == Visit.State.OPEN and visit.is_ahead else Audience.NAMED
            ),
        )
    )
    thread.register_start("visit", lambda community: reverse("practice:open_lesson", args=[community]))
    for kind in (
        NoticeKind(
            "visit.open",
            _("Een les staat open"),
            _("Kom kijken in de les van %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
            asks=to_come,
        ),
        NoticeKind(
            "visit.asked",
            _("Een collega wil in mijn les komen kijken"),
            _("Komt het uit? Gevraagd door %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
            asks=to_come,
        ),
        NoticeKind(
            "visit.answered",
            _("Antwoord op mijn vraag om te komen kijken"),
            _("Kom kijken. Afgesproken met %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
        ),
        NoticeKind(
            "visit.coming",
            _("Een collega komt in mijn les kijken"),
            _("Komt kijken: %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
        ),
        NoticeKind(
            "visit.changed",
            _("Een lesbezoek is veranderd of gaat niet door"),
            _("Kijk wat er veranderde. Door %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
        ),
        NoticeKind(
            "visit.notes",
            _("Wat een collega in mijn les zag"),
            _("Voor jou alleen, opgeschreven door %(who)s"),
            Rhythm.DAILY,
            to=Told.NOT_GUESTS,
        ),
        NoticeKind(
            "visit.due",
            _("Of een lesbezoek doorging"),
            _("Ging het door? Praat even na: één minuut elk is genoeg."),
            to=Told.NOT_GUESTS,
            asks=lambda user: Visit.objects.waiting(),
        ),
        NoticeKind(
            "intention.due",
            _("Hoe ging wat ik na een lesbezoek zou proberen"),
            _("Je zou iets proberen: hoe ging het?"),
            to=Told.NOT_GUESTS,
        ),
    ):
        notices.register(kind)
    ending.register("visits", visit_vanishing.of_community)
    votes.when_fewer_vote(visit_vanishing.settle_without)
    erasure.register(
        erasure.Eraser(
            room="visits",
            covers=visit_vanishing.COVERS,
            erase=visit_vanishing.of_person,
            own=visit_vanishing.own,
        )
    )


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
