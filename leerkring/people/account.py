"""The account itself: what becomes of it when its person is erased, and what of it goes into their download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from leerkring.jobs.models import Job
from leerkring.people import photos
from leerkring.people.erasure import Eraser, Leaving, register
from leerkring.people.models import Session, User

_GOES = "goes with the account"


def register_eraser() -> None:
    register(
        Eraser(
            room="people",
            covers={
                "people.User.email": _GOES,
                "people.User.name": _GOES,
                "people.User.password": _GOES,
                "people.User.language": _GOES,
                "people.User.photo": "goes with the account, and the files of every size",
                "people.Away.user": _GOES,
                "people.Session.user": _GOES,
                "people.Session.session_key": "sessions of the person go",
                "people.Session.session_data": "sessions of the person, and those that hold the address, go",
                "people.Session.device": "no person: a browser and a system",
                "account.EmailAddress.user": _GOES,
                "account.EmailAddress.email": "rows of the account, and of the address, go",
                "account.EmailConfirmation.key": _GOES,
                "mfa.Authenticator.user": _GOES,
                "mfa.Authenticator.data": _GOES,
                "jobs.Job.kind": "no person",
                "jobs.Job.unique": "no person: ids",
                "jobs.Job.lease": "no person",
                "jobs.Job.sentence": "no person: a text of the house",
                "jobs.Job.error": "no person: a type",
                "jobs.Job.payload": "ids only; work for this person goes",
                "jobs.Vanished.kind": "no person",
                "jobs.Vanished.reference": "a uid that leads to nobody",
            },
            erase=erase,
            own=own,
        )
    )


def erase(leaving: Leaving) -> None:
    """Sessions, the photo, work that waits, and the account with all that hangs on it."""
    user = leaving.user
    photo = user.lock_photo()
    transaction.on_commit(lambda: photos.delete(photo))
    _end_sessions(user)
    forget_work(user=[user.pk], away=user.absences.values_list("pk", flat=True))
    user.absences.all().forget()
    EmailAddress.objects.filter(email__iexact=user.email).delete()
    User.objects.filter(pk=user.pk).delete()


def forget_work(**about: Any) -> None:
    """Jobs go whose payload names one of these: forget_work(away=[3, 4])."""
    for name, ids in about.items():
        for pk in ids:
            Job.objects.filter(**{f"payload__{name}": pk}).delete()


def _end_sessions(user: User) -> None:
    """Also where nobody is signed in yet: a code may be under way to the address."""
    user.sign_out()
    address = user.email.lower()
    for session in Session.objects.all().iterator():
        if any(address in text.lower() for text in _texts(session.get_decoded())):
            session.delete()


def _texts(held: Any) -> Iterator[str]:
    """Every text in what a session holds, keys included."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(held, list | tuple):
        for value in held:
            yield from _texts(value)


def own(user: User) -> Mapping[str, Any]:
    """For its owner's download."""
    return {
        "account": {
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "since": user.created_at,
            "last_sign_in": user.last_login,
            "administrator": user.is_administrator,
            "at_school": user.at_school,
            "photo": bool(user.photo),
        },
        "away": list(
            user.absences.order_by("first_day").values(
                "first_day", "last_day", "is_open", "shows_last_day", "planned_at"
            )
        ),
        "devices": list(Session.objects.open_of(user).values("device", "begun_at", "seen_on")),
        "second_steps": [
            {
                "kind": step.type,
                "name": step.data.get("name", ""),
                "since": step.created_at,
                "last_used": step.last_used_at,
            }
            for step in Authenticator.objects.filter(user=user).order_by("pk")
        ],
    }
