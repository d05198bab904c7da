"""Laws of the register that hold for everybody, asked of the tables themselves after every drawn event."""

import sqlite3
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.adapters.national.simulated_numbers import SimulatedNumbers
from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate
from dekat.kernel.signing import SigningKey
from dekat.national.statuses import NumberKind
from dekat.registry import queries
from dekat.registry.invariants import broken
from dekat.registry.life.household import Marital, Relation
from dekat.registry.models import Family, Resident
from dekat.registry.states import ResidentState, Sex
from tests.make.life import Years
from tests.make.registry import person, registered

TODAY = date(2026, 11, 23)
KEY = SigningKey.generate()
ODD_NAMES = ("Suharto", "Ma'ruf Nur'aini", "Siti", "R. Ng. Sosro-Widjojo 2")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.dates(date(1921, 1, 1), TODAY), st.sampled_from(Sex), st.booleans()), max_size=8))
def test_every_number_of_the_centre_is_another_one_and_fits_twins_and_a_grandmother_of_1921(people):
    centre = SimulatedNumbers(sqlite3.connect(":memory:"), KEY, lambda: 0)
    twins = [(day, sex) for day, sex, is_twin in people for _ in range(1 + is_twin)]
    given_numbers = []
    for day, sex in twins:
        reference, facts = uuid4(), {"kecamatan": "35.11.19", "sex": sex.value, "born_on": day.isoformat()}
        centre.ask(reference, NumberKind.NIK, facts)
        centre.ask(reference, NumberKind.NIK, facts)
        given_numbers.append(Nik.parse(str(centre.told(reference)["number"])))
    card = uuid4()
    centre.ask(card, NumberKind.FAMILY_CARD, {"kecamatan": "35.11.19", "recorded_on": TODAY.isoformat()})
    family = FamilyCardNo.parse(str(centre.told(card)["number"]))

    assert len({nik.text for nik in given_numbers} | {family.text}) == len(twins) + 1
    for nik, (day, sex) in zip(given_numbers, twins, strict=True):
        born_on, is_female = PartialDate.parse(day.isoformat()), sex is Sex.FEMALE
        assert nik.doubts(born_on=born_on, is_female=is_female, today=TODAY) == ()
        assert nik.is_sample


@pytest.mark.django_db
def test_names_stay_numbers_follow_heads_and_no_family_is_without_a_grown_up_head(identity, now):
    odd = [person(now, nik=f"99111917039000{n:02d}", full_name=name) for n, name in enumerate(ODD_NAMES, 1)]
    odd += [person(now, nik="9911195703210001", full_name="Mbah Sum", sex=Sex.FEMALE, born_on="1921-03-17")]
    for number, one in enumerate(odd, 1):
        registered(now, one, card_no=f"99111901011500{number:02d}")
    years = Years(101, families=8, others=[one.id for one in odd])
    names, before = _names(), _heads()

    for name, refusal in years.live(50):
        after = _heads()
        for family, (number, head) in after.items():
            was_number, was_head = before.get(family, (number, head))
            is_new_head = bool(head and was_head) and queries.goes_on_as(was_head) != queries.goes_on_as(head)
            assert (number != was_number) == is_new_head, (name, refusal)
            assert head is None or _is_grown_up(head, years.today), (name, refusal)
        before = after

    assert {who: name for who, name in _names().items() if who in names} == names


@pytest.mark.django_db
def test_after_any_mergers_deaths_and_annulments_every_invariant_holds(identity):
    years = Years(7, families=8)

    for name, refusal in years.live(40, only=frozenset({"merge", "annulment", "death"})):
        assert broken(families=years.touched) == {}, (name, refusal)

    assert broken() == {}
    assert years.counts["merge"] > 5
    assert years.counts["annulment"] > 5
    merged = Resident.objects.filter(state=ResidentState.MERGED).order_by("id")
    assert all(queries.goes_on_as(one.id) != one.id for one in merged)


def _names() -> dict[UUID, str]:
    return dict(Resident.objects.order_by("id").values_list("id", "full_name"))


def _heads() -> dict[UUID, tuple[str, UUID | None]]:
    """The nomor KK and the head of every family; None for one that ended."""
    heads = dict(Resident.objects.filter(relation=Relation.HEAD, family__isnull=False).values_list("family_id", "id"))
    return {id: (number, heads.get(id)) for id, number in Family.objects.values_list("id", "family_card_no")}


def _is_grown_up(who: UUID, on: date) -> bool:
    row = Resident.objects.get(id=who)
    return row.marital_status != Marital.UNMARRIED or PartialDate.parse(row.born_on).age_on(on) >= 17
