"""The history of the tables: one line for each app, each step with a name that says what it does."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OWN = sorted(c.label for c in apps.get_app_configs() if c.name.startswith("leerkring."))


@pytest.mark.django_db
def test_no_change_of_a_table_is_without_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", OWN)
def test_migrations_follow_each_other_in_one_line(app: str) -> None:
    steps = {key: m for key, m in MigrationLoader(None).disk_migrations.items() if key[0] == app}
    names = sorted(name for _, name in steps)
    for before, name in zip([None, *names], names, strict=False):
        after = [parent for own, parent in steps[app, name].dependencies if own == app]
        assert after == ([before] if before else [])


@pytest.mark.parametrize("app", OWN)
def test_migrations_are_named_for_what_they_do(app: str) -> None:
    names = [name for own, name in MigrationLoader(None).disk_migrations if own == app]
    bad = [
        n for n in names if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", n) or re.search(r"_auto|_initial", n)
    ]
    assert bad == []


@pytest.mark.django_db
def test_every_table_and_constraint_of_the_models_is_really_there() -> None:
    """The migrations made the same tables as the models say, with each named constraint."""
    with connection.cursor() as cursor:
        for app in OWN:
            for model in apps.get_app_config(app).get_models():
                kept = connection.introspection.get_constraints(cursor, model._meta.db_table)
                named = {c.name for c in model._meta.constraints}
                assert named <= set(kept), model.__name__
