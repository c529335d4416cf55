"""Every page of the house, at an address where there is something to see, asked for by someone who may see it.

Who may see what is the table of tests/architecture/test_walk.py: a new address has its row there, so it is found
here as well. What its arguments may be is found in the database: an argument `x_id` is an id of the model X, of
those that lie in what the other arguments name, or have to do with the person. The longest page counts.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from bench.pages_served import ADDRESSES as FOUND
from bench.pages_timed import Page, Visitor
from leerkring.communities.models import Community, Membership
from leerkring.engine.indicators import CRITERIA, INDICATORS
from leerkring.goals.statement_views import KINDS
from leerkring.meetings.live.socket import cookie_name
from leerkring.meetings.live.store import hashed
from leerkring.meetings.models import Device, OwnForm, Participant
from leerkring.meetings.shipped import shipped
from leerkring.people.models import User
from leerkring.public.demo_roles import DEMO_ROLES
from tests.architecture.stage import ADDRESSES, NO_PAGE
from tests.architecture.test_walk import TABLE

Model = type[models.Model]
#: The demo's own people, by what the table calls them.
ROLES = {
    "facilitator": "begeleider",
    "member": "lid",
    "guest": "gast",
    "leader": "schoolleider",
    "administrator": "beheerder",
}
#: What an argument that is no id may be.
WORDS = {
    "kind": [*KINDS],
    "role": list(ROLES.values()),
    "uidb36": ["1"],
}
#: Who the table calls a member, and who has no password.
BY_CODE = "member by code"
#: So many of each way to find an id are tried, and so many addresses in all.
EACH, TRIED = 3, 40
#: Where people walk: pages of which most days are made.
WALKS = {"facilitator": ("mirror", "members"), "member": ("today:", "knowledge:"), "guest": ("knowledge:",)}


def people() -> dict[str, User]:
    """The demo's account for each role."""
    by_address = {user.email: user for user in User.objects.filter(is_demo=True)}
    address = {role.key: role.email for role in DEMO_ROLES}
    return {role: by_address[address[key]] for role, key in ROLES.items()}


@dataclass
class Finder:
    application: Any

    def __post_init__(self) -> None:
        without = [u for u in User.objects.filter(is_demo=True) if not u.has_usable_password()]
        self.people: dict[str, User | None] = {**people(), BY_CODE: without[0], "anonymous": None}
        self.visitors = {role: Visitor(self.application, user) for role, user in self.people.items()}
        for role, user in self.people.items():
            self._bring_devices(self.visitors[role], user)
        self.file = settings.DATA / FOUND
        self.known: dict[str, Any] = json.loads(self.file.read_text()) if self.file.exists() else {}

    def _bring_devices(self, visitor: Visitor, user: User | None) -> None:
        """A browser is known in a live room by a cookie of that room."""
        for participant in Participant.objects.filter(member__user=user).exclude(member__user=None):
            token = secrets.token_urlsafe(32)
            Device.objects.create(participant=participant, token=hashed(token))
            visitor.cookies[cookie_name(participant.live_id)] = token

    def pages(self, only: set[str]) -> tuple[list[Page], list[str]]:
        """All pages, and the names of those for which no address was found. A page for nobody that is signed in
        and that needs a secret from a mail is left out."""
        pages, missing = [], []
        for name, row in TABLE.items():
            seen_by = {role for role in (*ROLES, "anonymous") if row.expected("get", role) == "200"}
            seen_by |= {BY_CODE} if "member" in seen_by else set()
            roles = [role for role in self.people if role in seen_by]
            if ADDRESSES[name]:
                roles = [role for role in roles if role != "anonymous"]
            if not roles or name in NO_PAGE or (only and name not in only):
                continue
            page = next((p for role in roles if (p := self._page(name, role))), None)
            if page:
                pages.append(page)
            else:
                missing.append(name)
        self.file.write_text(json.dumps(self.known))
        return pages, missing

    def walks(self) -> dict[str, list[str]]:
        """Where each of those who walk goes, in the community that the person is in."""
        found = {
            role: [
                page.address
                for name in TABLE
                if any(part in name for part in parts) and TABLE[name].expected("get", role) == "200"
                if (page := self._page(name, role))
            ]
            for role, parts in WALKS.items()
        }
        assert all(found.values()), found
        return found

    def know(self, role: str, name: str, address: str) -> None:
        """An address with a secret in it, which cannot be looked up."""
        self.known[f"{role} {name}"] = [address, self._community(role)]
        self.file.write_text(json.dumps(self.known))

    def _page(self, name: str, role: str) -> Page | None:
        """The longest of the pages of this name that `role` may see; looked for once."""
        key = f"{role} {name}"
        if key not in self.known:
            self.known[key] = self._look(name, role)
        found = self.known[key]
        return Page(name, role, found[0], self.visitors[role], found[1]) if found else None

    def _look(self, name: str, role: str) -> tuple[str, int] | None:
        visitor, best, longest = self.visitors[role], None, -1
        for arguments in islice(self._arguments(name, self.people[role]), TRIED):
            try:
                address = reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            answer = visitor.get(address)
            if answer.status == 200 and len(answer.body) > longest:
                best = address, arguments.get("community_id") or self._community(role)
                longest = len(answer.body)
        return best

    def _community(self, role: str) -> int:
        """Where something changes before a page of no community is looked at."""
        user = self.people[role]
        own = Membership.objects.current().filter(user=user).first() if user else None
        first = own or Membership.objects.current().filter(user=self.people["member"]).first()
        assert first is not None
        return first.community_id

    def _arguments(self, name: str, user: User | None) -> Iterator[dict[str, Any]]:
        """Combinations of values for what the address asks, each in what those before it name."""

        def further(wanted: list[str], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
            if not wanted:
                yield known
                return
            argument, *rest = wanted
            found = (
                _ids(_model(argument), user, known) if argument.endswith("_id") else _words(name, argument)
            )
            for value in found:
                yield from further(rest, {**known, argument: value})

        return further(list(ADDRESSES[name]), {})


def _model(argument: str) -> Model | None:
    wanted = argument.removesuffix("_id").replace("_", "")
    models_ = (m for m in apps.get_models() if m.__module__.startswith("leerkring."))
    return next((model for model in models_ if model._meta.model_name == wanted), None)


def _words(name: str, argument: str) -> list[str]:
    if argument != "key":
        return WORDS.get(argument, [])
    own = OwnForm.objects.order_by("-pk").values_list("key", flat=True)[:EACH]
    return [*own, *list(shipped())[:EACH]] if name.startswith("meetings:") else [*CRITERIA, *INDICATORS]


def _ids(model: Model | None, user: User | None, known: dict[str, Any]) -> list[Any]:
    """The few most worth a look: of this person, referred to most often, and the first."""
    if model is None:
        return []
    found = model._base_manager.all()
    for argument, value in known.items():
        target = _model(argument) if argument.endswith("_id") else None
        if target and (way := _way(model, target)):
            found = found.filter(**{way: value})
    ids: list[Any] = []
    for rows, reference in _referring(model):
        rows = rows.filter(**{f"{reference}__in": found})
        if user and (way := _way(rows.model, User)):
            ids += rows.filter(**{way: user}).order_by().values_list(reference, flat=True).distinct()[:EACH]
        often = rows.order_by().values(reference).annotate(n=Count("pk")).order_by("-n")
        ids += often.values_list(reference, flat=True)[:EACH]
    if user and model is not Community and (way := _way(model, User)):
        ids += found.filter(**{way: user}).values_list("pk", flat=True)[:EACH]
    ids += found.order_by("pk").values_list("pk", flat=True)[:EACH]
    return list(dict.fromkeys(ids))


def _referring(model: Model) -> Iterator[tuple[models.QuerySet[Any], str]]:
    """Each kind of row that refers to `model`, with the name of the field."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.concrete_fields:
            if field.is_relation and field.related_model is model and other is not model:
                yield other._base_manager.all(), field.name


def _way(model: Model, target: Model, most: int = 3) -> str:
    """The shortest chain of references from `model` to `target`, as a filter; "" when there is none."""
    ways: list[tuple[Model, list[str]]] = [(model, [])]
    for _step in range(most):
        further = []
        for here, names in ways:
            for field in here._meta.concrete_fields:
                if field.is_relation and field.related_model is not None:
                    if field.related_model is target:
                        return "__".join([*names, field.name])
                    further.append((field.related_model, [*names, field.name]))
        ways = further
    return ""
