"""The fixed cast: two communities in two schools, and everyone who has something to do with them.

Fatima leads the community at De Regenboog; Anna and Bram are members, Gert is a guest for a while. Lotte
leads that school, Beheer keeps the accounts. Olga and Piet are in another community, at Het Baken. All of it
was made through the verbs. With the cast on stage it is half past ten on Tuesday 10 November 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from leerkring import clock
from leerkring.communities import consent, thread
from leerkring.communities.happenings import Role
from leerkring.communities.models import Community, Membership
from leerkring.effectiveness.models import Agreement
from leerkring.effectiveness.models.agreement import voters
from leerkring.knowledge.happenings import Purpose
from leerkring.knowledge.models import Contribution, Conversation
from leerkring.network.models import Leadership, School
from leerkring.people.models import User

Browser = Callable[[User | None], Client]
Tell = Callable[[str, list[str]], None]

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(days=7)
#: The last day on which Gert may look in.
GERT_UNTIL = date(2026, 12, 18)
#: When the councils of staff of both schools consented to counting.
DECIDED_ON = date(2026, 9, 15)

#: Words that only people of one community may ever read: its name and aim, who is in it, what they said.
SECRETS = MappingProxyType(
    {
        "regenboog": (
            "Rekenen in de onderbouw",
            "Ieder kind kan breuken tekenen",
            "El Amrani",
            "Anna de Wit",
            "Bram Jansen",
            "Gert Postma",
            "Hoe leg je een halve uit",
            "Halve appels werken niet",
            "Vouwblaadjes wel",
            "Onze kast met breukstokken",
            "Breukstokken staan op de gang",
            "waarom twee breuken gelijk zijn",
            "Bij ons mag iedereen fouten maken",
            "ik vouw eerst een blaadje voor",
            "vouwen zegt meer dan knippen",
        ),
        "baken": (
            "Samen lezen op Het Baken",
            "Ieder leest een heel boek",
            "Olga Veenstra",
            "Piet Zijlstra",
            "Wie leest er nooit thuis",
            "Zeven leerlingen lezen nooit",
            "Een boekenkring helpt",
            "waarom de hoofdpersoon liegt",
            "Bij ons leest iedereen hardop",
            "ik lees de eerste bladzijde voor",
            "wie luistert wil verder",
        ),
    }
)


@dataclass(frozen=True)
class Side:
    """One community with what is in it."""

    school: School
    community: Community
    conversation: Conversation
    #: The first contribution of `conversation`, and the answer to it.
    opening: Contribution
    answer: Contribution
    #: What nobody outside may read.
    secrets: tuple[str, ...]

    def member(self, user: User) -> Membership:
        """What `user` is in this community, as it is now in the database."""
        return Membership.objects.select_related("community__school", "user").get(
            community=self.community, user=user
        )


@dataclass(frozen=True)
class Cast:
    fatima: User
    anna: User
    bram: User
    gert: User
    lotte: User
    beheer: User
    olga: User
    piet: User
    regenboog: Side
    baken: Side


def _person(name: str, *, is_administrator: bool = False) -> User:
    address = f"{name.split()[0].lower()}@leerkring.test"
    return User.objects.create_user(address, name=name, is_administrator=is_administrator)


def count(community: Community, *, leader: User, by: User) -> None:
    """The council of staff consents, and everyone can go on with what is counted: the figures are on."""
    consent.give(community.school, decided_on=DECIDED_ON, by=leader)
    agreement = Agreement.put(by=Membership.objects.get(community=community, user=by))
    for member in voters(community):
        agreement.answer(by=member, agrees=True)


def _people_at_regenboog(cast: dict[str, User]) -> Side:
    school = School.open(name="De Regenboog", sector="po", region="midden", place="Utrecht", brin="01AB")
    Leadership.objects.create(school=school, user=cast["lotte"], since=date(2026, 8, 1))
    community = Community.found(
        school=school, name="Rekenen in de onderbouw", aim="Ieder kind kan breuken tekenen", by=cast["fatima"]
    )
    community.join(cast["anna"])
    community.join(cast["bram"])
    community.join(cast["gert"], role=Role.GUEST, until=GERT_UNTIL)
    count(community, leader=cast["lotte"], by=cast["fatima"])
    member = {name: Membership.objects.get(community=community, user=cast[name]) for name in ("anna", "bram")}
    conversation = Conversation.open(
        by=member["anna"],
        title="Hoe leg je een halve uit?",
        purpose=Purpose.QUESTION,
        text="Halve appels werken niet bij mij in de klas.",
    )
    answer = conversation.reply(by=member["bram"], text="Vouwblaadjes wel, @Anna.")
    question = thread.find(cast["bram"], f"conversation:{conversation.pk}")
    Conversation.open(
        by=member["bram"],
        title="Onze kast met breukstokken",
        purpose=Purpose.SHARING,
        text="Breukstokken staan op de gang.",
        follows=question,
    )
    opening = conversation.contributions.exclude(pk=answer.pk).get()
    return Side(school, community, conversation, opening, answer, SECRETS["regenboog"])


def _people_at_baken(cast: dict[str, User]) -> Side:
    school = School.open(name="Het Baken", sector="vo", region="noord", place="Groningen")
    community = Community.found(
        school=school, name="Samen lezen op Het Baken", aim="Ieder leest een heel boek", by=cast["olga"]
    )
    piet = community.join(cast["piet"])
    count(community, leader=cast["beheer"], by=cast["olga"])
    conversation = Conversation.open(
        by=piet,
        title="Wie leest er nooit thuis?",
        purpose=Purpose.QUESTION,
        text="Zeven leerlingen lezen nooit.",
    )
    olga = Membership.objects.get(community=community, user=cast["olga"])
    answer = conversation.reply(by=olga, text="Een boekenkring helpt.")
    opening = conversation.contributions.exclude(pk=answer.pk).get()
    return Side(school, community, conversation, opening, answer, SECRETS["baken"])


@pytest.fixture
def on_a_tuesday() -> Iterator[datetime]:
    """It is half past ten on an ordinary school day."""
    with clock.at(NOW):
        yield NOW


class Rows:
    """What verbs made the first time in this process: every row of the house that they made or changed, and the
    statements that put it back. To go through all verbs for every test, or only through the models, would be most of
    the time that tests take."""

    def __init__(self, on: Rows | None = None) -> None:
        self.on = on
        self.now: dict[type[Model], dict[Any, dict[str, Any]]] = {}
        self._said: list[tuple[str, Any, bool]] = []

    def __bool__(self) -> bool:
        return bool(self.now)

    def remember(self) -> None:
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("leerkring."):
                self.now[model] = {row[model._meta.pk.attname]: row for row in model._base_manager.values()}

    def put_back(self) -> None:
        with transaction.atomic():
            if not self._said:
                self._said = self._by_model()
            else:
                with connection.cursor() as cursor:
                    for sql, params, many in self._said:
                        (cursor.executemany if many else cursor.execute)(sql, params)

    def _by_model(self) -> list[tuple[str, Any, bool]]:
        """Also the statements that it took."""
        said: list[tuple[str, Any, bool]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            said.append((sql, params, many))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            for model, rows in self.now.items():
                before = self.on.now[model] if self.on else {}
                made = [model(**row) for pk, row in rows.items() if pk not in before]
                if made:
                    model._base_manager.bulk_create(made)
                for pk, row in rows.items():
                    if pk in before and row != before[pk]:
                        model._base_manager.filter(pk=pk).update(**row)
        return said


THE_CAST = Rows()


def _put_back() -> Cast:
    THE_CAST.put_back()
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    return Cast(**people, regenboog=_side("De Regenboog", "regenboog"), baken=_side("Het Baken", "baken"))


def _side(school: str, secrets: str) -> Side:
    community = Community.objects.select_related("school").get(school__name=school)
    conversation = Conversation.objects.filter(community=community).earliest("pk")
    conversation.community = community
    opening, answer = conversation.contributions.order_by("pk")
    return Side(community.school, community, conversation, opening, answer, SECRETS[secrets])


@pytest.fixture
def cast(db: None, on_a_tuesday: datetime) -> Cast:
    """Everyone, a week after the two communities began."""
    return assembled()


def assembled() -> Cast:
    """The cast in a database without people; asked for when it is NOW."""
    empty = not User.objects.exists()
    if THE_CAST and empty:
        return _put_back()
    made = _made()
    if empty:
        THE_CAST.remember()
    return made


def _made() -> Cast:
    with clock.at(LAST_WEEK):
        people = {
            "fatima": _person("Fatima El Amrani"),
            "anna": _person("Anna de Wit"),
            "bram": _person("Bram Jansen"),
            "gert": _person("Gert Postma"),
            "lotte": _person("Lotte Bakker"),
            "beheer": _person("Beheer van Dijk", is_administrator=True),
            "olga": _person("Olga Veenstra"),
            "piet": _person("Piet Zijlstra"),
        }
        return Cast(**people, regenboog=_people_at_regenboog(people), baken=_people_at_baken(people))


@pytest.fixture
def fatima(cast: Cast) -> User:
    """Facilitator at De Regenboog."""
    return cast.fatima


@pytest.fixture
def anna(cast: Cast) -> User:
    """Member at De Regenboog."""
    return cast.anna


@pytest.fixture
def bram(cast: Cast) -> User:
    """Member at De Regenboog."""
    return cast.bram


@pytest.fixture
def gert(cast: Cast) -> User:
    """Guest at De Regenboog, until 18 December 2026."""
    return cast.gert


@pytest.fixture
def lotte(cast: Cast) -> User:
    """Leader of the school De Regenboog; in no community."""
    return cast.lotte


@pytest.fixture
def beheer(cast: Cast) -> User:
    """Administrator; in no community."""
    return cast.beheer


@pytest.fixture
def olga(cast: Cast) -> User:
    """Facilitator of the other community, at Het Baken."""
    return cast.olga


@pytest.fixture
def regenboog(cast: Cast) -> Side:
    """The community at De Regenboog and what is in it."""
    return cast.regenboog


@pytest.fixture
def baken(cast: Cast) -> Side:
    """The other community, at Het Baken, and what is in it."""
    return cast.baken


@pytest.fixture
def browser(db: None) -> Browser:
    """`browser(fatima)` is Fatima at her laptop; `browser(None)` someone who is not signed in."""

    def of(user: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client

    return of


@pytest.fixture
def piet(cast: Cast) -> User:
    """Member at Het Baken."""
    return cast.piet
