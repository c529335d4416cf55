"""Conversations: a question, a dilemma, a proposal or something to share, and what colleagues answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities import thread
from leerkring.communities.happenings import MemberId, ThingId
from leerkring.communities.models import Community, Membership, MembershipSet, Notice, NoticeSet
from leerkring.knowledge.calling import mentions
from leerkring.knowledge.happenings import (
    ConversationHelped,
    ConversationOpened,
    ConversationReplied,
    Purpose,
)
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

PURPOSES = [
    (Purpose.QUESTION, _("Vraag")),
    (Purpose.DILEMMA, _("Dilemma")),
    (Purpose.PROPOSAL, _("Voorstel")),
    (Purpose.SHARING, _("Om te delen")),
]
#: A contribution is read, not scrolled: about ten pages is the most.
LONGEST = 20_000


class ConversationSet(models.QuerySet["Conversation"]):
    def there(self) -> ConversationSet:
        """Not taken away."""
        return self.filter(removed_at=None)

    def in_community(self, community: Community) -> ConversationSet:
        """With the number of replies, the liveliest first. They are counted for the page that is shown only."""
        said = Contribution.objects.filter(conversation=models.OuterRef("pk"), withdrawn_at=None).order_by()
        counted = said.values("conversation").annotate(n=Count("pk")).values("n")
        return (
            self.there()
            .filter(community=community)
            .select_related("opened_by__user")
            .annotate(replies=Coalesce(models.Subquery(counted), 0) - 1)
            .order_by("-moved_at", "-pk")
        )

    def waiting_for(self, member: Membership) -> ConversationSet:
        """Questions of colleagues that nobody answered yet, the liveliest first."""
        replies = Contribution.objects.filter(conversation=models.OuterRef("pk"), withdrawn_at=None)
        answers = replies.exclude(author=models.OuterRef("opened_by"))
        return (
            self.there()
            .filter(~models.Exists(answers), purpose=Purpose.QUESTION, community=member.community_id)
            .exclude(opened_by=member)
            .select_related("opened_by__user")
            .order_by("-moved_at", "-pk")
        )

    def waiting_for_each(self, members: Iterable[Membership], *, most: int) -> ConversationSet:
        """As `waiting_for`, the first `most` of each of several communities: so looked for that no community is
        read further than that."""
        first = [Q(pk__in=self.waiting_for(member).values("pk")[:most]) for member in members]
        return self.filter(reduce(or_, first)).order_by("-moved_at", "-pk") if first else self.none()

    def visible_to(self, user: User) -> ConversationSet:
        theirs = Membership.objects.current().filter(user=user)
        return self.there().filter(community__in=theirs.values("community"))

    def in_bin_of(self, reader: Membership) -> ConversationSet:
        """Taken away, and to be put back by `reader` or once opened by them, the last first."""
        theirs = Q(opened_by=reader) | Q(removed_by=reader)
        if reader.may_lead:
            theirs |= ~Q(removed_by=F("opened_by"))
        return (
            self.exclude(removed_at=None)
            .filter(theirs, community=reader.community)
            .select_related("opened_by__user", "removed_by__user")
            .order_by("-removed_at", "-pk")
        )


class Conversation(models.Model):
    community = models.ForeignKey(Community, models.CASCADE, related_name="conversations")
    title = models.CharField(_("waar gaat het over?"), max_length=160)
    purpose = models.CharField(_("wat wil je?"), max_length=10, choices=PURPOSES, default=Purpose.QUESTION)
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    #: When something was last added; the list is in this order.
    moved_at = models.DateTimeField()
    #: In the bin since then, and for a month: it is found nowhere, and can be put back.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    #: Why a facilitator took it away, for who opened it.
    removed_because = models.CharField(_("waarom?"), max_length=300, blank=True)

    objects = ConversationSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-moved_at", "-id"], name="knowledge_conversation_by_life")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def open(
        cls,
        *,
        by: Membership,
        title: str,
        purpose: Purpose,
        text: str,
        follows: thread.Thing | None = None,
        at: datetime | None = None,
    ) -> Conversation:
        """A new conversation with its first contribution; `follows` is the thing that led to it."""
        at = at or clock.now()
        said_before = Contribution.objects.just_said(by, text, at).filter(conversation__title=title).first()
        if said_before:
            return said_before.conversation
        conversation = cls(
            community=by.community, title=title, purpose=purpose, opened_by=by, opened_at=at, moved_at=at
        )
        conversation.full_clean()
        conversation.save()
        opening, named = conversation._add(by, text, at, None)
        if follows:
            thread.tie(("conversation", conversation.pk), follows=follows)
        by.community.record(
            ConversationOpened(
                actor=by.as_actor,
                about=ThingId(conversation.pk),
                purpose=purpose,
                mentioned=tuple(m.as_actor for m in named),
            ),
            at=at,
        )
        everyone = Membership.objects.people().filter(community=by.community)
        opening.tell(("mentioned", named), ("opened", everyone), by=by, at=at)
        return conversation

    @transaction.atomic
    def reply(
        self, *, by: Membership, text: str, to: Contribution | None = None, at: datetime | None = None
    ) -> Contribution:
        """Add to the conversation; without `to` it answers who opened it."""
        at = at or clock.now()
        if to is not None and to.conversation_id != self.pk:
            raise Refused(_("Waar je op reageert, staat in een ander gesprek."))
        said_before = Contribution.objects.just_said(by, text, at).filter(conversation=self).first()
        if said_before:
            return said_before
        contribution, named = self._add(by, text, at, to)
        answered = MemberId(to.author_id if to else self.opened_by_id)
        by.community.record(
            ConversationReplied(
                actor=by.as_actor,
                about=ThingId(self.pk),
                contribution=ThingId(contribution.pk),
                answered=answered if answered != by.as_actor else None,
                mentioned=tuple(m.as_actor for m in named),
            ),
            at=at,
        )
        # Now that the community is held: who took it away meanwhile took this away too.
        if not Conversation.objects.there().filter(pk=self.pk).exists():
            raise Refused(_("Dit gesprek is intussen weggehaald."))
        Conversation.objects.filter(pk=self.pk, moved_at__lt=at).update(moved_at=at)
        taking_part = list(self._taking_part())
        spoken_to = {self.opened_by_id, to.author_id if to else self.opened_by_id}
        answered_to = [m for m in taking_part if m.pk in spoken_to]
        contribution.tell(
            ("mentioned", named), ("answered", answered_to), ("replied", taking_part), by=by, at=at
        )
        return contribution

    def _taking_part(self) -> MembershipSet:
        """Who opened it, and who said something in it that still stands."""
        speakers = Contribution.objects.filter(conversation=self, withdrawn_at=None)
        return Membership.objects.people().filter(
            Q(pk=self.opened_by_id) | Q(pk__in=speakers.values("author"))
        )

    @transaction.atomic
    def remove(self, *, by: Membership, because: str = "", at: datetime | None = None) -> None:
        """Into the bin: by who opened it, or by a facilitator with a reason that who opened it reads."""
        at = at or clock.now()
        own = by.pk == self.opened_by_id
        if not (own or by.may_lead):
            raise Refused(_("Een gesprek weghalen doet wie het begon, of een procesbegeleider."))
        if not own and not because.strip():
            raise Refused(_("Zeg waarom. Wie het gesprek begon, leest dat."))
        by.community.touch()
        gone = Conversation.objects.there().filter(pk=self.pk)
        if not gone.update(removed_at=at, removed_by=by, removed_because="" if own else because):
            raise Refused(_("Dit gesprek was al weggehaald."))
        if not own:
            by.community.notify("conversation.removed", to=[self.opened_by], by=by, at=at)
        self._count_anew()

    def may_be_put_back(self, by: Membership) -> bool:
        by_facilitator = self.removed_by_id != self.opened_by_id
        return by.pk == self.removed_by_id or (by_facilitator and by.may_lead)

    @transaction.atomic
    def put_back(self, *, by: Membership) -> None:
        """Out of the bin: by who put it there; what a facilitator took away, by any facilitator."""
        if not self.may_be_put_back(by):
            raise Refused(_("Terugzetten doet wie het weghaalde."))
        by.community.touch()
        Conversation.objects.filter(pk=self.pk).update(removed_at=None, removed_by=None, removed_because="")
        self._count_anew()

    def _count_anew(self) -> None:
        """What was told of it waits no longer for whom it waited, or waits again."""
        waiting = Notice.objects.about("conversation", self.pk).unread()
        Notice.count_unread(waiting.values_list("user", flat=True))

    def _add(
        self, by: Membership, text: str, at: datetime, to: Contribution | None
    ) -> tuple[Contribution, list[Membership]]:
        contribution = Contribution(conversation=self, author=by, text=text, at=at, to=to)
        contribution.full_clean()
        contribution.save()
        named = mentions(text, by)
        contribution.mentioned.set(named)
        return contribution, named


class ContributionSet(models.QuerySet["Contribution"]):
    def just_said(self, by: Membership, text: str, at: datetime) -> ContributionSet:
        """The same words by the same person within the hour: a button pressed twice, or a page sent again."""
        return self.filter(
            author=by,
            text=text,
            withdrawn_at=None,
            conversation__removed_at=None,
            at__gt=at - timedelta(hours=1),
            at__lte=at,
        ).select_related("conversation")

    def naming(self, member: Membership) -> ContributionSet:
        """Where a colleague called `member` by name in the last month, and they said nothing since."""
        since = self.model._default_manager.filter(
            conversation=models.OuterRef("conversation"), author=member, pk__gt=models.OuterRef("pk")
        )
        month = clock.now() - timedelta(days=30)
        return (
            self.filter(mentioned=member, withdrawn_at=None, at__gt=month, conversation__removed_at=None)
            .filter(~models.Exists(since))
            .select_related("conversation", "author__user")
            .order_by("-pk")
        )

    def as_shown(self) -> ContributionSet:
        """In order of time, with all that a reader sees of them."""
        return (
            self.select_related("author__user", "to__author__user")
            .prefetch_related(
                models.Prefetch("helps", Membership.objects.only("pk")),
                models.Prefetch("mentioned", Membership.objects.select_related("user")),
            )
            .order_by("pk")
        )


class Contribution(models.Model):
    """What one person said. The first one opens the conversation."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="contributions")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    text = models.TextField(_("tekst"), max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    at = models.DateTimeField()
    to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    revised_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mentioned = models.ManyToManyField(Membership, related_name="+")
    helps = models.ManyToManyField(Membership, related_name="+")

    objects = ContributionSet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"

    def tell(self, *told: tuple[str, Iterable[Membership]], by: Membership, at: datetime) -> None:
        """Tell who has to know, each in the first way that fits: one act is one notice."""
        reached = {by.pk}
        for kind, people in told:
            fresh = [m for m in people if m.pk not in reached]
            reached |= {m.pk for m in fresh}
            thing = ("conversation", self.conversation_id)
            by.community.notify(kind, to=fresh, by=by, thing=thing, part=self.pk, at=at)

    def _notices(self) -> NoticeSet:
        return Notice.objects.about("conversation", self.conversation_id).filter(part=self.pk)

    @transaction.atomic
    def help(self, *, by: Membership, at: datetime | None = None) -> None:
        """`by` says: this helps me. Said twice is said once."""
        if by.pk == self.author_id:
            raise Refused(_("Dit schreef je zelf. Een collega kan zeggen dat het helpt."))
        if self.helps.filter(pk=by.pk).exists():
            return
        at = at or clock.now()
        self.helps.add(by)
        by.community.record(
            ConversationHelped(
                actor=by.as_actor,
                about=ThingId(self.conversation_id),
                contribution=ThingId(self.pk),
                helper=MemberId(self.author_id),
            ),
            at=at,
        )
        if not self._notices().filter(kind="helped", by=by).exists():  # said again is not told again
            self.tell(("helped", [self.author]), by=by, at=at)

    @transaction.atomic
    def unhelp(self, *, by: Membership) -> None:
        """`by` takes that back."""
        by.community.touch(talk=True)
        self.helps.remove(by)
        Notice.forget(self._notices().unread().filter(kind="helped", by=by))

    @transaction.atomic
    def revise(self, *, by: Membership, text: str, at: datetime | None = None) -> None:
        """The author says it better; colleagues see that it was changed."""
        self._own(by)
        by.community.touch(talk=True)
        self.text, self.revised_at = text, at or clock.now()
        self.full_clean(exclude=["mentioned", "helps"])
        self.save(update_fields=["text", "revised_at"])
        self.mentioned.set(mentions(text, by))

    @transaction.atomic
    def withdraw(self, *, by: Membership, at: datetime | None = None) -> None:
        """The author takes it away; the text stays theirs to put back."""
        self._own(by)
        by.community.touch()  # of what comes back, the stamp does too
        Contribution.objects.filter(pk=self.pk).update(withdrawn_at=at or clock.now())
        Notice.forget(self._notices())

    @transaction.atomic
    def restore(self, *, by: Membership) -> None:
        self._own(by)
        if not self.text:
            raise Refused(_("Deze tekst is na dertig dagen voorgoed weggegaan."))
        by.community.touch()  # of what comes back, the stamp does too
        Contribution.objects.filter(pk=self.pk).update(withdrawn_at=None)

    def _own(self, by: Membership) -> None:
        if by.pk != self.author_id:
            raise Refused(_("Alleen wie het schreef, kan dit veranderen."))
