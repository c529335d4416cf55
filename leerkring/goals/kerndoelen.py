"""SLO's open files of national attainment targets, read into the house (github.com/slonl/curriculum-kerndoelen, MIT).

Uids never change. What is replaced stays and says by what, so that a goal that was tied to it can follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from leerkring.communities.models import Community
from leerkring.goals.models import AttainmentTarget

FILES = ("kerndoelen", "domeinen", "vakleergebieden", "niveaus", "deprecated")
#: A folder with more than this in one file is another one.
LIMIT = 20_000_000


class NotSlo(Exception):
    """The folder does not hold these files, or not as SLO makes them; one sentence, in English, says why."""


@dataclass
class Item:
    """One target as the files say it."""

    uid: UUID
    code: str
    label: str
    title: str
    subject: str = ""
    domain: str = ""
    levels: str = ""
    is_withdrawn: bool = False
    replaced_by: list[UUID] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """How many stand, how many were replaced or taken away, and of all these how many are new or changed."""

    standing: int
    withdrawn: int
    new: int
    changed: int


Row = dict[str, Any]


def read(folder: Path) -> list[Item]:
    """The targets in `folder`, those that were replaced too.

    Raises:
        NotSlo: a file is not there, is no JSON, or does not look like SLO's.
    """
    files = {name: _rows(folder / f"{name}.json") for name in FILES}
    try:
        return list(_items(files))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotSlo(
            f"the files in {folder} are not as SLO makes them ({type(error).__name__}: {error})"
        ) from error


def _rows(path: Path) -> list[Row]:
    try:
        if path.stat().st_size > LIMIT:
            raise NotSlo(f"{path} is too large to be SLO's list")
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotSlo(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise NotSlo(f"{path} is no JSON") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotSlo(f"{path} does not hold a list of items")
    return rows


def _items(files: dict[str, list[Row]]) -> Iterator[Item]:
    levels = {row["id"]: str(row["title"]) for row in files["niveaus"]}
    domains: dict[str, list[str]] = {}
    subjects: dict[str, list[str]] = {}
    of_domain: dict[str, list[str]] = {}
    for subject in files["vakleergebieden"]:
        for target in subject.get("kerndoel_id") or ():
            subjects.setdefault(target, []).append(subject["title"])
        for domain in subject.get("kerndoel_domein_id") or ():
            of_domain.setdefault(domain, []).append(subject["title"])
    for domain_row in files["domeinen"]:
        for target in domain_row.get("kerndoel_id") or ():
            domains.setdefault(target, []).append(domain_row["title"])
            subjects.setdefault(target, []).extend(of_domain.get(domain_row["id"], ()))
    gone = [row for row in files["deprecated"] if "kerndoel" in row["types"]]
    for row, is_withdrawn in [*((r, False) for r in files["kerndoelen"]), *((r, True) for r in gone)]:
        key = row["id"]
        yield Item(
            uid=UUID(key),
            code=_cut(str(row.get("prefix") or "").split(":")[0], "code"),
            label=_cut(row.get("kerndoelLabel") or row.get("description") or "", "label"),
            title=str(row["title"]),
            subject=_cut(_joined(subjects.get(key, ())), "subject"),
            domain=_cut(_joined(domains.get(key, ())), "domain"),
            levels=_cut(
                _joined(levels[level] for level in row.get("niveau_id") or () if level in levels), "levels"
            ),
            is_withdrawn=is_withdrawn,
            replaced_by=[UUID(uid) for uid in row.get("replacedBy") or ()],
        )


def _joined(words: Any) -> str:
    return ", ".join(dict.fromkeys(map(str, words)))


def _cut(text: str, name: str) -> str:
    most = AttainmentTarget._meta.get_field(name).max_length  # type: ignore[union-attr]  # a text field
    return text.strip()[:most]


_FIELDS = ("code", "label", "title", "subject", "domain", "levels", "is_withdrawn")


@transaction.atomic
def store(items: list[Item]) -> Imported:
    """In place of what there was. What the list does not name any more stays, as taken away: goals may lead to it."""
    there = {target.uid: target for target in AttainmentTarget.objects.all()}
    new, changed = [], []
    for item in items:
        said = {name: getattr(item, name) for name in _FIELDS}
        known = there.get(item.uid)
        if known is None:
            new.append(AttainmentTarget(uid=item.uid, **said))
        elif any(getattr(known, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(known, name, value)
            changed.append(known)
    named = {item.uid for item in items}
    for uid, target in there.items():
        if uid not in named and not target.is_withdrawn:
            target.is_withdrawn = True
            changed.append(target)
    AttainmentTarget.objects.bulk_create(new, batch_size=200)
    AttainmentTarget.objects.bulk_update(changed, _FIELDS, batch_size=100)
    _lead_on(items)
    if new or changed:
        # Goals show their targets: what is kept of those pages is of before.
        Community.objects.filter(goals__attainment__isnull=False).update(version=F("version") + 1)
    return Imported(
        standing=AttainmentTarget.objects.standing().count(),
        withdrawn=AttainmentTarget.objects.filter(is_withdrawn=True).count(),
        new=len(new),
        changed=len(changed),
    )


def _lead_on(items: list[Item]) -> None:
    """What was replaced leads to what stands now, also when that was replaced in its turn."""
    ids = dict(AttainmentTarget.objects.values_list("uid", "pk"))
    replaced = {item.uid: item.replaced_by for item in items if item.replaced_by}
    through = AttainmentTarget.replaced_by.through
    wanted = {
        (ids[uid], ids[last]) for uid in replaced for last in _last(uid, replaced, frozenset()) if last in ids
    }
    had = {
        (row.from_attainmenttarget_id, row.to_attainmenttarget_id): row.pk for row in through.objects.all()
    }
    through.objects.filter(pk__in=[pk for pair, pk in had.items() if pair not in wanted]).delete()
    through.objects.bulk_create(
        through(from_attainmenttarget_id=old, to_attainmenttarget_id=now)
        for old, now in sorted(wanted - had.keys())
    )


def _last(uid: UUID, replaced: dict[UUID, list[UUID]], seen: frozenset[UUID]) -> set[UUID]:
    if uid in seen:
        return set()  # a list that goes round leads nowhere
    followers = replaced.get(uid, [])
    if not followers:
        return {uid}
    return {last for each in followers for last in _last(each, replaced, seen | {uid})}
