"""The extract: what the centre tells, a station holds."""

from datetime import timedelta

import pytest

from dekat.kernel.ids import new_id
from dekat.ledger.queries import events
from dekat.registry import queries, services
from dekat.registry.extract import extract_row
from dekat.registry.life.events import Death
from dekat.registry.life.writing import record_event
from dekat.registry.models import ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.states import Element, ResidentState
from dekat.sync import services as sync
from tests.make.accounts import HEAD
from tests.make.registry import kecamatan, registered

pytestmark = pytest.mark.usefixtures("identity")


def told(code, now):
    return [extract_row([family_id], as_of=now) for family_id in queries.family_ids(code)]


def forget():
    """Be a station that has nothing yet."""
    for table in (ElementChange, FamilyCardVersion, Resident, Family):
        table.objects.all().delete()


def test_a_station_holds_the_residents_and_families_that_the_centre_told(now):
    families = kecamatan("35.11.19", now, families=20)
    before = [queries.family_card_content(family.id) for family in families]
    messages = told("35.11.19", now)
    forget()

    for message in messages:
        services.apply_extract_row(message)

    assert [queries.family_card_content(family.id) for family in families] == before
    assert queries.extract_age("35.11.19", now=now + timedelta(hours=5)) == timedelta(hours=5)
    assert queries.extract_age("35.11.12", now=now) is None


def test_a_row_that_comes_twice_changes_nothing(now):
    registered(now)
    (message,) = told("35.11.19", now)

    services.apply_extract_row(message)
    services.apply_extract_row(message)

    assert queries.resident_count("35.11.19") == 3


def test_who_is_no_longer_told_is_no_longer_found(now):
    family = registered(now)
    died = Death(family.members[2].id)
    record_event(event=died, application_id=new_id(now), actor=HEAD, on=now.date(), now=now)
    (message,) = told("35.11.19", now)
    Resident.objects.filter(id=family.members[2].id).update(state=ResidentState.ACTIVE, family_id=family.id)

    services.apply_extract_row(message)

    assert [one.id for one in queries.members(family.id)] == [one.id for one in family.members[:2]]
    assert queries.find("Nur Halimah", "35.11.19", on=now.date()) == []


def test_the_extract_leaves_protected_notes_at_the_centre(now):
    registered(now)
    Resident.objects.update(protected_note="rahasia", previous_address="Jalan Lama")

    (message,) = told("35.11.19", now)

    assert "rahasia" not in str(message)
    assert "Jalan Lama" not in str(message)


def test_a_change_at_the_centre_is_told_to_the_station_of_the_kecamatan(now):
    family = registered(now)

    services.change_element(
        application_id=new_id(now), resident_id=family.members[0].id, element=Element.OCCUPATION,
        value="WIRASWASTA", actor=HEAD, now=now,
    )  # fmt: skip

    assert sync.next_batch(scope="35.11.19", after=0) is not None
    assert sync.next_batch(scope="35.11.12", after=0) is None


def test_a_row_of_another_release_waits(now):
    from dekat.kernel.errors import DekatError

    with pytest.raises(DekatError) as refused:
        services.apply_extract_row({"as_of": "2026-11-23T02:00:00Z", "families": [{"id": "x"}]})

    assert refused.value.code == "registry.extract.invalid"


def test_families_loaded_in_bulk_are_one_event_without_names(now):
    kecamatan("35.11.19", now, families=20)

    (event,) = events(names=["registry.families.registered"])

    assert event.data["families"] == 20
