"""A stolen station that comes online deletes its residents, and nobody is found any more."""

import pytest

from dekat.registry import queries, wiping
from dekat.registry.models import Family, Resident, Revision
from tests.make import registry as make

pytestmark = pytest.mark.django_db


@pytest.mark.row(50)
def test_everybody_is_gone_from_rows_and_searches(identity, now):
    resident = queries.resident(make.resident_id(now))
    kecamatan = queries.family(resident.family_id).kecamatan
    assert queries.find(resident.full_name, kecamatan, on=now.date())

    for _ in range(2):
        wiping.wipe_extract()

    assert not queries.find(resident.full_name, kecamatan, on=now.date())
    assert [model.objects.count() for model in (Family, Resident, Revision)] == [0, 0, 0]
