"""Fixtures of the fault tests: one nursery of nodes for all of them, and a fresh pair for each."""

import pytest

from tests.fault.pair import Nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory):
    with Nursery(tmp_path_factory.mktemp("nursery")) as made:
        yield made


@pytest.fixture
def pair(nursery):
    """A centre and a station that know each other; killed afterwards."""
    nodes = nursery.pair()
    yield nodes
    for node in nodes:
        node.kill()
