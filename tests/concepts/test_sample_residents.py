"""Sample people: the same each time, nobody real, numbers only of province 99."""

from datetime import date

import pytest

from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate
from dekat.registry import queries, sample
from tests.make.registry import kecamatan

pytestmark = pytest.mark.usefixtures("identity")
TODAY = date(2026, 11, 23)


def made(count=300, seed=1):
    return list(sample.families("35.11.16", count=count, seed=seed, on=TODAY))


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert made() == made()
    assert made() != made(seed=2)


def test_every_number_is_of_province_99_of_its_kecamatan_and_given_once():
    families = made()
    niks = [one.nik for family in families for one in family.members]
    cards = [family.family_card_no for family in families]

    assert len({*niks, *cards}) == len(niks) + len(cards)
    assert {Nik.parse(nik).region for nik in niks} == {"99.11.16"}
    assert all(FamilyCardNo.parse(card).is_sample for card in cards)


def test_numbers_births_and_relations_agree():
    for family in made():
        head = family.members[0]
        assert [one.relation for one in family.members].count("1") == 1
        for one in family.members:
            doubts = Nik.parse(one.nik).doubts(
                born_on=PartialDate.parse(one.born_on), is_female=one.sex == "FEMALE", today=TODAY
            )
            assert doubts == ()
            if one.relation == "4":
                assert one.born_on > head.born_on
                assert one.father_nik == head.nik


def test_sample_families_are_registered_in_real_villages(now):
    families = kecamatan("35.11.16", now, families=30)

    assert queries.resident_count("35.11.16") == sum(len(family.members) for family in families)
    assert {family.village[:8] for family in families} == {"35.11.16"}
    assert queries.family(families[0].id).head_name == families[0].members[0].full_name.upper()
