"""Whatever happens to a population, the register stays a register."""

import pytest

from dekat.registry.invariants import broken
from tests.make.life import Years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_every_invariant_holds_after_every_event(identity, seed):
    years = Years(seed, families=12)

    for name, refusal in years.live(150):
        assert broken(families=years.touched) == {}, (name, refusal)

    assert broken() == {}
    assert sum(years.counts.values()) > 80
    assert years.refusals
