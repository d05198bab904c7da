"""What every test stands on: one node identity and a fixed clock."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 09.00 WIB


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
