"""What *Vandaag* shows of meetings."""

from __future__ import annotations

from functools import cached_property

from django.utils.functional import Promise

from leerkring.communities.access import Here
from leerkring.meetings import workform_page
from leerkring.meetings.models import Meeting, Reply
from leerkring.meetings.shipped import shipped
from leerkring.meetings.workform import Role
from leerkring.meetings.workform_reading import read
from leerkring.meetings.workform_words import ROLES


class AtHand:
    """The next meeting, and the polls that ask me; one question to the database."""

    def __init__(self, here: Here) -> None:
        self.here = here

    @cached_property
    def _all(self) -> list[Meeting]:
        return list(Meeting.objects.for_today(self.here.membership))

    @cached_property
    def next(self) -> Meeting | None:
        return next((m for m in self._all if m.state != Meeting.State.POLL), None)

    @cached_property
    def brings(self) -> list[workform_page.Shown]:
        """What the first work form of the next one asks to bring; of all of them it stands at the meeting."""
        if self.next is None or not self.next.form:  # type: ignore[attr-defined]  # annotated
            return []
        form = shipped().get(self.next.form) or read(self.next.own_form).form  # type: ignore[attr-defined]
        shown = [workform_page.preview(self.here, form)] if form else []
        return [each for each in shown if each.bring]

    @property
    def own_role(self) -> str | Promise:
        """What the reader would do in the next one, but does not come."""
        role = self.next and self.next.says == Reply.Says.NO and self.next.own_role  # type: ignore[attr-defined]  # annotated
        return ROLES[Role(role)] if role else ""

    @property
    def polls(self) -> list[Meeting]:
        return [m for m in self._all if m.state == Meeting.State.POLL]
