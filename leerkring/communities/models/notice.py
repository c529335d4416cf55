"""What asks for someone: told once, in the inbox and perhaps by mail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When

from leerkring.people.models import User

if TYPE_CHECKING:
    from leerkring.communities.models.community import Community, Membership


class NoticeSet(models.QuerySet["Notice"]):
    def current(self) -> NoticeSet:
        """Of communities that the person is in now, and of none: who left is told nothing more."""
        from leerkring.communities.models.community import Membership

        inside = Membership.objects.current().filter(community=OuterRef("community"), user=OuterRef("user"))
        return self.filter(Q(community=None) | Exists(inside))

    def seen_by(self, user: User) -> NoticeSet:
        """What `user` may see of what they were told: of communities they are in, about things that are still theirs
        to see."""
        from leerkring.communities import notices, thread

        found = self.filter(user=user, kind__in=notices.KINDS)
        # To ask of every kind there is takes long, and most are not there. What comes meanwhile is seen the next time.
        told = set(found.order_by().values_list("kind", "thing_kind").distinct())
        kinds, things = {kind for kind, _thing in told}, {thing for _kind, thing in told}
        theirs = Q(kind__in=kinds, thing_kind__in=things)
        for key in things & thread.KINDS.keys():
            visible = thread.KINDS[key].visible_to(user).order_by().values("pk")
            theirs &= ~Q(thing_kind=key) | Q(thing_id__in=visible)
        return found.filter(theirs).current().asking(user, among=kinds)

    def asking(self, user: User, *, among: Collection[str] | None = None) -> NoticeSet:
        """Without what asks `user` no more: the day is over, or they are away on it. Nobody has to take it away.
        `among`: the kinds that there are in it, when that is known."""
        from leerkring.communities import notices

        kinds: dict[Callable[[User], models.QuerySet[Any]], list[str]] = {}
        for key, kind in notices.KINDS.items():
            if kind.asks and (among is None or key in among):
                kinds.setdefault(kind.asks, []).append(key)
        wanted = Q()
        for asks, keys in kinds.items():
            wanted &= ~Q(kind__in=keys) | Q(thing_id__in=asks(user).order_by().values("pk"))
        return self.filter(wanted)

    def unread(self) -> NoticeSet:
        return self.filter(read_at=None)

    def unmailed(self) -> NoticeSet:
        """What no mail told yet, and nobody read."""
        return self.filter(read_at=None, mailed_in=None)

    def about(self, kind: str, id: int) -> NoticeSet:  # noqa: A002
        return self.filter(thing_kind=kind, thing_id=id)


class Notice(models.Model):
    """One thing told to one person. The words come from its kind (`communities.notices`), never from here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    #: Where it happened; None for what is told to someone who is in no community (a leader who asked to join).
    community = models.ForeignKey(
        "communities.Community", models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    by = models.ForeignKey("communities.Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    #: What it is about, as a kind and id of `communities.thread`.
    thing_kind = models.CharField(max_length=20, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    #: Which part of the thing, where it has parts: a contribution of a conversation.
    part = models.BigIntegerField(null=True, blank=True)
    #: What is one row in the inbox: everything about one thing.
    thread = models.CharField(max_length=90)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    #: When to look whether it is to be mailed: first at once, then at the moment of its rhythm. None: no mail.
    mail_at = models.DateTimeField(null=True, blank=True)
    #: The mail that tells it. Once it is in one, it is never in another.
    mailed_in = models.ForeignKey(
        "communities.Digest", models.RESTRICT, null=True, blank=True, related_name="notices"
    )

    objects = NoticeSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="communities_notice_of_person"),
            models.Index(
                fields=["user", "thread"], name="communities_notice_unread", condition=Q(read_at=None)
            ),
            models.Index(
                fields=["mail_at"],
                name="communities_notice_to_mail",
                condition=Q(read_at=None, mailed_in=None, mail_at__isnull=False),
            ),
            models.Index(fields=["thing_kind", "thing_id"], name="communities_notice_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"

    @classmethod
    def tell(
        cls,
        kind: str,
        *,
        to: Iterable[User],
        community: Community | None = None,
        by: Membership | None = None,
        thing: tuple[str, int] | None = None,
        part: int | None = None,
        at: datetime,
    ) -> None:
        """Tell each of `to`, once, in the transaction of the change it tells of; never who did it."""
        people = {user.pk for user in to} - {by.user_id if by else None}
        cls._write(kind, people, community=community, by=by, thing=thing, part=part, at=at)

    @classmethod
    def _write(
        cls,
        kind: str,
        people: set[int],
        *,
        community: Community | None,
        by: Membership | None,
        thing: tuple[str, int] | None,
        part: int | None,
        at: datetime,
    ) -> None:
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("people are told in the transaction of the change")
        if not people:
            return
        thing_kind, thing_id = thing or ("", None)
        thread = cls.thread_of(community, kind, thing)
        cls._one_row_more(people, community, thread)
        Notice.objects.bulk_create(
            Notice(
                user_id=pk,
                community=community,
                kind=kind,
                by=by,
                thing_kind=thing_kind,
                thing_id=thing_id,
                part=part,
                thread=thread,
                at=at,
                mail_at=at,
            )
            for pk in sorted(people)
        )

    @staticmethod
    def thread_of(community: Community | None, kind: str, thing: tuple[str, int] | None) -> str:
        """The row of the inbox in which it is: that of the thing, or else of all of this kind."""
        return f"{community.pk if community else 0}/" + (f"{thing[0]}:{thing[1]}" if thing else kind)

    @classmethod
    def _one_row_more(cls, people: set[int], community: Community | None, thread: str) -> None:
        """`User.unread` when each is about to be told something of `thread`. To count all that waits would take
        longer the less someone reads."""
        waits = Notice.objects.current().unread().filter(user=OuterRef("pk"), thread=thread)
        nothing_more = [When(Exists(waits), then=0)]
        if community:
            # What is ended tells nothing; put back, all is counted anew.
            ended = type(community).objects.filter(pk=community.pk).exclude(ended_at=None)
            nothing_more.append(When(Exists(ended), then=0))
        more = Case(*nothing_more, default=1)
        cls._locked(people).update(unread=F("unread") + more, version=F("version") + 1)

    @classmethod
    def hold(cls, people: Iterable[int]) -> None:
        """First where some of these are told something and others no more: who does the same for some of them
        meanwhile, waits."""
        cls._locked(people)

    @staticmethod
    def _locked(people: Iterable[int]) -> models.QuerySet[User]:
        """Two communities may tell the same person at the same moment: who counts last, counts both. The rows of
        people are locked after those of communities, everywhere (docs/decisions/0033-notices.md)."""
        told = User.objects.filter(pk__in=set(people))
        if transaction.get_connection().features.has_select_for_update:
            list(told.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        return told

    @classmethod
    def count_unread(cls, people: Iterable[int]) -> None:
        """See to it that `User.unread` is the number of rows that wait in each one's inbox: not what lies in the bin
        or is of a group that ended, until that is put back."""
        with transaction.atomic(savepoint=False):
            for user in cls._locked(people):
                rows = Notice.objects.seen_by(user).unread().order_by().values("thread").distinct().count()
                User.objects.filter(pk=user.pk).update(unread=rows, version=F("version") + 1)

    @classmethod
    def recount(cls, user: User) -> None:
        """As `count_unread`, for who looks at a page now: `user` itself knows the number."""
        cls.count_unread([user.pk])
        user.refresh_from_db(fields=["unread", "version"])

    @classmethod
    @transaction.atomic
    def put_away(cls, user: User, notices: list[int], *, at: datetime) -> None:
        """`user` has read these: they are nobody's news any more, and no mail tells them."""
        Notice.objects.filter(user=user, pk__in=notices, read_at=None).update(read_at=at)
        cls.recount(user)

    @classmethod
    @transaction.atomic
    def forget(cls, found: NoticeSet) -> None:
        """What these tell is no longer there: taken away, or no longer for them."""
        people = set(found.values_list("user", flat=True))
        found.delete()
        cls.count_unread(people)
