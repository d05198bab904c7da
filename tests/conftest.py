"""What every test stands on: one node identity and a fixed clock."""

import os
from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 09.00 WIB


@pytest.fixture(autouse=True)
def only_known_days_off():
    """The calendar of tests asks no log: what one test closes is no day off of the next."""
    from dekat.areas.working_calendar import use_declared_days

    use_declared_days(frozenset)


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 09.00 WIB."""
    return NOW


@pytest.fixture
def identity(db, now):
    """This machine is the centre and has its keys."""
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node

    return found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="", now=now)


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database runs again; the rest would say the same as on SQLite."""
    if not os.environ.get("DEKAT_DATABASE_URL"):
        return
    again = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
    items[:] = again


def asks_a_database(item):
    """Whether a test touches the database of this process, or starts a centre on it."""
    marks = ("django_db", "centre_database")
    return (
        any(map(item.get_closest_marker, marks))
        or "_django_db_helper" in item.fixturenames
        or "db" in item.fixturenames
    )
