"""Which goals there are: to whom they are shown, and what asks for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.happenings import Role
from leerkring.communities.models import Membership
from leerkring.goals.models.said import Yes
from leerkring.people.models import Away, User

if TYPE_CHECKING:
    from leerkring.goals.models.goal import Goal


class State(models.TextChoices):
    DRAFT = "draft", _("concept")
    ASKED = "asked", _("ligt voor")
    ADOPTED = "adopted", _("loopt")
    CONCLUDED = "concluded", _("afgerond")
    DROPPED = "dropped", _("losgelaten")


def _to_look_at() -> Q:
    return Q(state=State.CONCLUDED, look_again_on__lte=clock.today(), checked_at=None)


class GoalSet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> GoalSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.filter(community__in=theirs.values("community"))

    def active(self) -> GoalSet:
        """What a community works on: adopted, and neither concluded nor let go."""
        return self.filter(state=State.ADOPTED)

    def asking(self, memberships: Iterable[Membership]) -> GoalSet:
        """What lies before the group in several communities of one person, who did not say yes there."""
        deciding = [member for member in memberships if member.role != Role.GUEST]
        said = Yes.objects.filter(goal=models.OuterRef("pk"), member__in=deciding)
        asked = self.filter(state=State.ASKED, community__in=[m.community_id for m in deciding])
        return asked.filter(~models.Exists(said)).order_by("asked_at", "pk")

    def at_work(self, member: Membership) -> list[Goal]:
        """What runs, what lies before the group and asks `member` for an answer, and what `member` is to look at
        again: who minds it, or else everyone who decides. Two small questions, of which the second is seldom asked:
        one that says it all took as long as a page."""
        said = models.Exists(Yes.objects.filter(goal=models.OuterRef("pk"), member=member))
        states = Q(state=State.ADOPTED) | Q(Q(state=State.ASKED), ~said) | _to_look_at()
        asking = list(self.filter(states, community=member.community_id).order_by("until", "pk"))
        if all(goal.state == State.ADOPTED for goal in asking):
            return asking
        away = models.Exists(Away.objects.on(clock.today()).filter(user=models.OuterRef("user")))
        minders = {goal.kept_by_id for goal in asking if goal.kept_by_id}
        people = Membership.objects.current().voters().filter(pk__in={member.pk, *minders})
        is_away = dict(people.values_list("pk", away))
        if is_away.get(member.pk, True):
            return [goal for goal in asking if goal.state == State.ADOPTED]
        others = is_away.keys() - {member.pk}
        return [goal for goal in asking if goal.kept_by_id not in others]

    def to_look_at(self) -> GoalSet:
        """What was kept, and whose day to look again has come."""
        return self.filter(_to_look_at()).order_by("look_again_on", "pk")
