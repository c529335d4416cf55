"""`leerkring init`: an empty instance becomes a real one, with an administrator and a school."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from leerkring.network.models import School
from leerkring.people.models import User


@dataclass(frozen=True)
class Beginning:
    """What has to be known. A field's name is that of its option."""

    email: str
    name: str
    school: str
    sector: str
    region: str
    place: str
    brin: str = ""


class WronglyAsked(Exception):
    """A value cannot be; the sentence says which and why."""


@transaction.atomic
def begin(said: Beginning) -> User:
    """The administrator and the school: both or neither.

    Raises:
        WronglyAsked: a value cannot be.
    """
    try:
        user = User.objects.create_user(said.email, name=said.name.strip(), is_administrator=True)
        School.open(
            name=said.school.strip(),
            sector=said.sector,
            region=said.region,
            place=said.place.strip(),
            brin=said.brin.strip().upper(),
        )
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise WronglyAsked(f"{field}: {' '.join(messages)}") from None
    return user
