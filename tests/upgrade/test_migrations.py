"""The migrations make exactly the tables that the code speaks of, from nothing, on both databases."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import dekat

MIGRATIONS = sorted(Path(dekat.__file__).parent.glob("*/migrations/[0-9]*.py"))
SHAPE = re.compile(r"0001_initial|\d{4}_[a-z]+(_[a-z0-9]+)+")
MODELS = [model for model in apps.get_models() if model.__module__.startswith("dekat.")]
pytestmark = pytest.mark.django_db


def test_no_change_of_a_table_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_was_applied_to_the_empty_database_of_this_run():
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_migration_is_named_after_what_it_does(path):
    assert SHAPE.fullmatch(path.stem) and "_auto_" not in path.stem


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_constraint_of_a_table_is_in_the_database(model):
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    named = {constraint.name for constraint in model._meta.constraints}
    missing = named - set(there)
    if connection.vendor == "sqlite":
        # SQLite forgets the names of some; at least its own text of the table must say them.
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s", [model._meta.db_table])
            made_by = " ".join(row[0] or "" for row in cursor.fetchall())
        missing = {name for name in missing if f'"{name}"' not in made_by}

    assert missing == set()


def test_the_databases_of_this_run_have_nothing_to_warn_of():
    call_command("check", databases=["default"], fail_level="WARNING", verbosity=0)
