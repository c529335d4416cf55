"""More of everything: rows copied in bulk with other ids, whatever models there are.

Every model of the house is copied, those that came after this was written too. An id becomes `id + copy × stride`,
so a reference is renumbered by the same sum; what must be unique gets other words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any, get_type_hints
from uuid import uuid4

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count

from leerkring.communities import happenings
from leerkring.communities.models import Community, Link, Membership, Record
from leerkring.knowledge.models import Conversation
from leerkring.people.models import User

Model = type[models.Model]
Number = Callable[[Model, int], int]
#: Of each thing that must be unique: what is there already.
Taken = set[tuple[Any, ...]]
#: Jobs would be done; the rest of what is not ours is accounts' own business.
NOT_COPIED = frozenset({"jobs"})
#: A community of thirty-six is the largest anyone works in: people are copied this many times, not more.
MOST_PEOPLE = 3
#: Where a community is: in a community that grows deeper these stay what they are.
PLACES = frozenset({"network"})


def copied() -> list[Model]:
    """Every model that is copied, those of many-to-many fields too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("leerkring.") and model._meta.app_label not in NOT_COPIED
    ]


def rows() -> int:
    return sum(model._base_manager.count() for model in copied())


def longest_conversations() -> list[int]:
    """The longest of each community, the longest first: in these it is the contributions that become more."""
    counted = Conversation.objects.annotate(n=Count("contributions")).order_by("-n", "pk")
    longest: dict[int, int] = {}
    for pk, community in counted.values_list("pk", "community_id"):
        longest.setdefault(community, pk)
    return list(longest.values())


@transaction.atomic
def widen(times: int) -> None:
    """`times` as many of everything: other schools, other communities, other people."""
    _copy(times, lambda model, pk, copy: False)


@transaction.atomic
def deepen(times: int) -> None:
    """`times` as much in every community, by a few times as many people; the longest conversation grows too."""
    longest = set(longest_conversations())

    def stays(model: Model, pk: int, copy: int) -> bool:
        is_place = model is Community or model._meta.app_label in PLACES
        is_someone = model in {User, Membership} and copy >= MOST_PEOPLE
        return is_place or is_someone or (model is Conversation and pk in longest)

    _copy(times, stays)


def _copy(times: int, stays: Callable[[Model, int, int], bool]) -> None:
    strides = {m: (m._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) for m in copied()}
    found = {model: list(model._base_manager.all()) for model in copied()}
    taken: Taken = {_key(row, fields) for m in copied() for row in found[m] for fields in _uniques(m)}
    for copy in range(1, times):
        alone: set[tuple[Model, int]] = set()  # of which there can be only one where it is

        def number(model: Model, pk: int, copy: int = copy, alone: set[tuple[Model, int]] = alone) -> int:
            if model not in strides or (model, pk) in alone:
                return pk
            if stays(model, pk, copy):
                # By one of those who are there: the people of the copies in turn.
                return pk + copy % MOST_PEOPLE * strides[model] if model in {User, Membership} else pk
            return pk + copy * strides[model]

        for model in _in_order():
            if all(stays(model, row.pk, copy) for row in found[model]):
                continue
            new = []
            for row in found[model]:
                if not stays(model, row.pk, copy):
                    fresh = _one(row, copy, number, taken)
                    new += [fresh] if fresh else []
                    if fresh is None:
                        alone.add((model, row.pk))
            model._base_manager.bulk_create(new, batch_size=500)


def _in_order() -> list[Model]:
    """Those that are referred to first."""
    order: list[Model] = []

    def add(model: Model, above: tuple[Model, ...] = ()) -> None:
        for field in _references(model):
            if field.related_model in copied() and field.related_model not in (*above, model):
                add(field.related_model, (*above, model))
        if model not in order:
            order.append(model)

    for model in copied():
        add(model)
    return order


@cache
def _references(model: Model) -> list[Any]:
    return [f for f in model._meta.concrete_fields if f.is_relation]


def _one(row: models.Model, copy: int, number: Number, taken: Taken) -> models.Model | None:
    """The copy of one row; None when there can be only one of it where it is."""
    model = type(row)
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    for field in _references(model):
        if values[field.attname] is not None:
            values[field.attname] = number(field.related_model, values[field.attname])
    if not model._meta.pk.is_relation:
        values[model._meta.pk.attname] = number(model, row.pk)
    if isinstance(row, Link):
        for end in ("from", "to"):
            values[f"{end}_id"] = _thing(values[f"{end}_kind"], values[f"{end}_id"], number)
        if (values["from_id"], values["to_id"]) == (row.from_id, row.to_id):
            return None
    made = model(**values)
    if not isinstance(row, Link) and not _made_unique(made, copy, taken):
        return None
    if isinstance(made, Record):
        _renumber(made, number)
    return made


def _thing(name: str, pk: int, number: Number) -> int:
    """The id of a thing by what a kind of the thread, or a field of a happening, calls it: as its model is called.
    Of something that is called otherwise the id stays: then the copies are about the same one."""
    for model in copied():
        if model._meta.model_name == name.replace("_", ""):
            return number(model, pk)
    return pk


def _renumber(record: Record, number: Number) -> None:
    """The ids inside a line of the log: those of members by their type, of things by the kind or the field's name."""
    kind = happenings.KINDS[record.kind]
    data = record.data = dict(record.data)
    if record.actor is not None:
        record.actor = number(Membership, record.actor)
    for name, hint in get_type_hints(kind).items():
        value = data.get(name)
        if value is None:
            continue
        if "MemberId" in str(hint):
            many = isinstance(value, list)
            data[name] = [number(Membership, v) for v in value] if many else number(Membership, value)
        elif "ThingId" in str(hint):
            data[name] = _thing(kind.thing if name == "about" and kind.thing else name, value, number)


# What may be there once


@cache
def _uniques(model: Model) -> list[list[Any]]:
    """The fields of each thing that must be unique, the primary key apart."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    groups = [[field] for field in by_name.values() if field.unique and not field.primary_key]
    groups += [[by_name[name] for name in names] for names in model._meta.unique_together]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            names = list(constraint.fields) or list(_named(constraint.expressions))
            groups.append([by_name[name] for name in names if name in by_name])
    return groups


def _named(expressions: Any) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, models.F):
            yield expression.name  # type: ignore[attr-defined]  # not in the stubs
        yield from _named(
            expression.get_source_expressions() if hasattr(expression, "get_source_expressions") else ()
        )


def _key(row: models.Model, fields: list[Any]) -> tuple[Any, ...]:
    return (
        *(f"{field.model.__name__}.{field.name}" for field in fields),
        *(getattr(row, f.attname) for f in fields),
    )


def _made_unique(row: models.Model, copy: int, taken: Taken) -> bool:
    for fields in _uniques(type(row)):
        if any(getattr(row, f.attname) is None for f in fields):
            continue
        if _key(row, fields) in taken:
            # A choice has no other value that means the same; a yes or no has none at all.
            free = (
                f for f in fields if not (f.is_relation or f.choices or isinstance(f, models.BooleanField))
            )
            changing = next(free, None)
            if changing is None:
                return False
            setattr(row, changing.attname, _other(changing, getattr(row, changing.attname), copy))
        taken.add(_key(row, fields))
    return True


def _other(field: Any, value: Any, copy: int) -> Any:
    """Another value of this field, as long as the field allows."""
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.EmailField):
        return f"k{copy}-{uuid4().hex[:6]}.{value}"
    if isinstance(field, models.CharField | models.TextField):
        most = field.max_length or 200
        mark = f"-{uuid4().hex[:12]}"
        return value[: most - len(mark)] + mark
    if isinstance(field, models.IntegerField | models.FloatField):
        return value + copy * 10_000
    if isinstance(field, models.DateField):  # moments too
        return value + timedelta(days=copy)
    raise TypeError(f"bench/pages_copies.py cannot think of another {type(field).__name__} ({field})")
