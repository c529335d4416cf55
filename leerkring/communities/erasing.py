"""What becomes of a person in the communities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, get_args, get_type_hints

from django.core.cache import caches
from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.accounts import keep_an_administrator
from leerkring.communities.ending import shut
from leerkring.communities.happenings import KINDS, MemberId, Role
from leerkring.communities.holding import hold_first
from leerkring.communities.leading import hand_over
from leerkring.communities.models import (
    Admission,
    Answer,
    Arrival,
    Community,
    Digest,
    Door,
    ExceptionalAct,
    Invitation,
    Membership,
    Notice,
    NoticePreference,
    Record,
)
from leerkring.communities.renewing import touch_all
from leerkring.communities.sent import forget_mail
from leerkring.communities.votes import fewer_vote
from leerkring.jobs.queue import enqueue
from leerkring.jobs.vanished import note_vanished
from leerkring.network.models import Board, Location, Network, School
from leerkring.people.account import forget_work
from leerkring.people.erasure import Leaving, erase_everywhere
from leerkring.people.models import User
from leerkring.ui.refusal import Refused

#: The job (of the site) that overwrites what was freed in the database.
WIPE = "site.wipe"


@transaction.atomic
def erase(user: User, *, texts_too: bool = False, by: User | None, at: datetime | None = None) -> None:
    """`user` is nowhere any more. `by` is `user`, or who did it on request: then the groups read that."""
    _may_go(user)
    _erase(user, texts_too=texts_too, by=by, at=at or clock.now())


def _erase(user: User, *, texts_too: bool, by: User | None, at: datetime) -> None:
    theirs = Membership.objects.filter(user=user).values("community")
    # Where they did something exceptional, it stands under their name.
    acted = ExceptionalAct.objects.filter(by=user).values("community")
    hold_first(Community.objects.filter(pk__in=theirs))
    touch_all(Community.objects.filter(Q(pk__in=theirs) | Q(pk__in=acted)))
    groups = list(Community.objects.filter(pk__in=theirs))
    leaving = Leaving(
        user,
        texts_too,
        at,
        places=frozenset(group.pk for group in groups),
        has_namesake=_has_namesake(user),
        others=tuple(
            User.objects.exclude(pk=user.pk).filter(name__icontains=" ").values_list("name", flat=True)
        ),
    )
    note_vanished("person_and_texts" if texts_too else "person", str(user.uid), at=at)
    erase_everywhere(leaving)
    _show_anew(leaving)
    if by != user:
        for group in groups:
            ExceptionalAct.note(ExceptionalAct.Kind.PERSON_ERASED, by=by, at=at, community=group)
    enqueue(WIPE, unique="wipe")
    # Each whatever becomes of the other: who is erased is erased, and a problem is in the log.
    transaction.on_commit(lambda: forget_mail(leaving), robust=True)
    transaction.on_commit(_forget_pages, robust=True)


def erase_again(uid: str, *, texts_too: bool) -> None:
    """After a restore: who was erased since the backup is erased again."""
    user = User.objects.filter(uid=uid).first()
    if user is not None:
        with transaction.atomic():
            _erase(user, texts_too=texts_too, by=user, at=clock.now())


def _may_go(user: User) -> None:
    if user.is_demo:
        raise Refused(_("In de demo kun je geen account wissen: iedereen gebruikt ze."))
    keep_an_administrator(user)


def _has_namesake(user: User) -> bool:
    """Another account, or a thing that everyone here knows, is called the same."""
    if User.objects.exclude(pk=user.pk).filter(name__iexact=user.name).exists():
        return True
    called: list[tuple[type[Model], str]] = [
        (Community, "name"),
        (School, "name"),
        (School, "place"),
        (Location, "name"),
        (Location, "place"),
        (Board, "name"),
        (Network, "name"),
    ]
    return any(
        model._default_manager.filter(**{f"{name}__iexact": user.name}).exists() for model, name in called
    )


def _show_anew(leaving: Leaving) -> None:
    """Also where this person never was, a kept page no longer shows the name."""
    of_the_house = None in leaving.changed
    shown = Q() if of_the_house else Q(pk__in={place for place in leaving.changed if place})
    touch_all(Community.objects.filter(shown))


def _forget_pages() -> None:
    caches["template_fragments"].clear()


# The log

#: Per kind the fields that name one member, and those that name several.
Named = Mapping[str, tuple[frozenset[str], frozenset[str]]]


def named_fields() -> Named:
    """Which fields of which happenings hold members; read from their types."""
    found = {}
    for key, kind in KINDS.items():
        hints = {name: hint for name, hint in get_type_hints(kind).items() if name != "actor"}
        one = {n for n, hint in hints.items() if hint is MemberId or MemberId in get_args(hint)}
        several = {n for n, hint in hints.items() if hint == tuple[MemberId, ...]}
        found[key] = (frozenset(one - several), frozenset(several))
    return found


def stripped(record: Record, members: set[int], named: Named) -> bool:
    """Take `members` out of one line; whether any was in it."""
    one, several = named.get(record.kind, (frozenset(), frozenset()))
    before = (record.actor, dict(record.data))
    record.actor = None if record.actor in members else record.actor
    for name in one & set(record.data):
        if record.data[name] in members:
            record.data[name] = None
    for name in several & set(record.data):
        record.data[name] = [member for member in record.data[name] if member not in members]
    return (record.actor, record.data) != before


def strip_log(memberships: Iterable[Membership]) -> None:
    """These members are in no line of the log any more; the lines stay, and count."""
    members = {m.pk for m in memberships}
    groups = {m.community_id for m in memberships}
    named = named_fields()
    lines = Record.objects.filter(community__in=groups).iterator(2000)
    Record.objects.bulk_update(
        [line for line in lines if stripped(line, members, named)], ["actor", "data"], batch_size=500
    )
    Community.objects.filter(pk__in=groups).update(log_version=F("log_version") + 1, version=F("version") + 1)


# This room


def of_person(leaving: Leaving) -> None:
    """The memberships stay, of nobody; a group that nobody can lead any more ends."""
    memberships = list(Membership.objects.filter(user=leaving.user).select_related("community"))
    led = [m.community for m in memberships if m.role == Role.FACILITATOR and m.left_at is None]
    strip_log(memberships)
    _forget_ways_in(leaving.user, memberships)
    for membership in memberships:
        membership.forget_lines()
    Membership.objects.filter(pk__in=[m.pk for m in memberships]).update(
        user=None, code=None, location=None, school=None, erased_at=leaving.at, left_at=leaving.at
    )
    for membership in memberships:
        fewer_vote(membership.community, at=leaving.at)
    for community in led:
        if not hand_over(community, at=leaving.at):
            shut(community, at=leaving.at)


def _forget_ways_in(user: User, memberships: Iterable[Membership]) -> None:
    """What waits for this address or was asked for this person goes, also where they never were; so do their own
    answers. What they opened for others stays open."""
    gone: list[tuple[str, QuerySet[Any]]] = [
        ("arrival", Arrival.objects.filter(email__iexact=user.email)),
        ("invitation", Invitation.objects.filter(Q(email__iexact=user.email) | Q(member__user=user))),
        ("admission", Admission.objects.filter(user=user)),
    ]
    shown = {row.community_id for _name, rows in gone[1:] for row in rows}
    for name, rows in gone:
        forget_work(**{name: rows.values_list("pk", flat=True)})
        rows.delete()
    Answer.objects.filter(membership__in=list(memberships)).delete()
    Community.objects.filter(pk__in=shown).update(version=F("version") + 1)


def own(user: User) -> Mapping[str, Any]:
    """What the communities know of `user`, for their download."""
    memberships = Membership.objects.filter(user=user).select_related("community", "school", "location")
    return {
        "memberships": [
            {
                "community": m.community.name,
                "role": m.role,
                "school": m.school.name if m.school else None,
                "location": str(m.location) if m.location else None,
                "since": m.joined_at,
                "until": m.until,
                "left": m.left_at,
                "gives": m.gives,
                "shows": m.shows,
                "curious": m.curious,
            }
            for m in memberships.order_by("pk")
        ],
        "invitations": _rows(
            Invitation.objects.filter(email__iexact=user.email), "community__name", "name", "role", "made_at"
        ),
        "doors": _rows(Door.objects.filter(by__user=user), "community__name", "opened_at", "days"),
        "admissions": _rows(
            Admission.objects.filter(user=user), "community__name", "role", "asked_at", "outcome"
        ),
        "answers": _rows(
            Answer.objects.filter(membership__user=user),
            "admission__community__name",
            "admission__user__name",
            "agrees",
        ),
        "notices": _rows(Notice.objects.filter(user=user), "kind", "community__name", "at", "read_at"),
        "mail_choices": _rows(
            NoticePreference.objects.filter(user=user), "community__name", "kind", "rhythm"
        ),
        "mails": _rows(Digest.objects.filter(user=user), "made_at", "state", "ended_at"),
        "exceptional_acts": [
            {"at": act.at, "who": act.who, "what": str(act.get_kind_display())}
            for act in ExceptionalAct.objects.concerning(user)
        ],
    }


def _rows(found: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(found.order_by("pk").values(*names))
