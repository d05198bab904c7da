"""Finding residents as operators type them."""

import random
from datetime import date

import pytest

from dekat.kernel.ids import new_id
from dekat.registry import queries, services
from dekat.registry.states import Element
from tests.make.accounts import HEAD
from tests.make.registry import kecamatan, person, registered

TODAY = date(2026, 11, 23)
HERE = "35.11.15"

pytestmark = pytest.mark.usefixtures("identity")


def misspelt(name: str, rnd: random.Random) -> str:
    """One or two ordinary slips or another spelling, by rules that the key was not made from."""
    name = name.upper().replace(".", "")
    for _ in range(rnd.choice((1, 1, 2))):
        at = rnd.randrange(1, max(2, len(name) - 1))
        match rnd.randrange(7):
            case 0:
                name = name[:at] + name[at + 1 :]
            case 1:
                name = name[:at] + name[at] + name[at:]
            case 2:
                name = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
            case 3:
                name = name.replace("U", "OE", 1)
            case 4:
                name = name.replace("I", "Y", 1)
            case 5 if name[at] in "AEIOU":
                name = name[:at] + rnd.choice("AEIOU") + name[at + 1 :]
            case _:
                name = name.replace("MUHAMMAD", rnd.choice(("MOH", "MOCHAMMAD", "M", "MUHAMAD")))
                name = name.replace("SITI", "ST").replace("AHMAD", "ACHMAD")
    return name


def test_nearly_every_misspelt_name_is_among_the_first_twenty(now):
    families = kecamatan(HERE, now, families=900)
    rnd = random.Random(7)
    adults = [one for family in families for one in family.members if one.born_on < "2005" and " " in one.full_name]

    asked = rnd.sample(adults, 200)
    hits = sum(
        any(found.name == one.full_name for found in queries.find(misspelt(one.full_name, rnd), HERE, on=TODAY))
        for one in asked
    )

    assert hits / len(asked) >= 0.99


def test_a_number_finds_exactly_its_owner_or_its_family(now):
    family = registered(now)

    by_nik = queries.find("9911 1917 0390 0001", "35.11.19", on=TODAY)
    by_card = queries.find(family.family_card_no, "35.11.19", on=TODAY)

    assert [one.id for one in by_nik] == [family.members[0].id]
    assert [one.id for one in by_card] == [one.id for one in family.members]
    assert queries.find("99111917", "35.11.19", on=TODAY) == []


def test_a_part_of_a_name_finds_it_and_minors_show_initials(now):
    family = registered(now)

    found = {one.id: one.name for one in queries.find("halimah", "35.11.19", on=TODAY)}

    assert found[family.members[2].id] == "N. H."


def test_nobody_is_found_in_another_kecamatan(now):
    registered(now)

    assert queries.find("Siti Aminah", "35.11.12", on=TODAY) == []
    assert queries.find("9911191703900001", "35.11.12", on=TODAY) == []


def test_the_search_follows_a_new_family_and_a_changed_name(now):
    family = registered(now)
    assert queries.find("Hasan Basri", "35.11.19", on=TODAY)[0].id == family.members[0].id

    other = registered(now, person(now, nik="9911191703900007", full_name="Zubair Qodiri"), card_no="9911190101150007")
    services.change_element(
        application_id=new_id(now), resident_id=family.members[0].id, element=Element.FULL_NAME,
        value="Wibisono Kertanegara", actor=HEAD, now=now,
    )  # fmt: skip

    assert queries.find("Zoebir Kodiri", "35.11.19", on=TODAY)[0].id == other.members[0].id
    assert queries.find("Wibisana Kertonegoro", "35.11.19", on=TODAY)[0].id == family.members[0].id
    assert family.members[0].id not in [one.id for one in queries.find("Hasan Basri", "35.11.19", on=TODAY)]


def test_a_common_name_that_was_not_meant_leaves_room_for_the_others(now):
    def namesake(number, name):
        nik = f"99111917039{number:05}"
        return registered(now, person(now, nik=nik, full_name=name), card_no=f"99111901011{number:05}")

    for number in range(1, 26):
        namesake(number, "Eko Anwar")
    meant = namesake(30, "Moch. Anwar")

    found = [one.id for one in queries.find("Mohc Anwar", "35.11.19", on=TODAY)]
    exact = [one.name for one in queries.find("Eko Anwar", "35.11.19", on=TODAY)]

    assert meant.members[0].id in found
    assert exact.count("Eko Anwar") >= 10
    assert exact[0] == "Eko Anwar"


def test_of_names_that_sound_alike_the_one_spelt_as_typed_comes_first(now):
    registered(now, person(now, nik="9911191703900011", full_name="Holifah Hasanah"), card_no="9911190101150011")
    registered(now, person(now, nik="9911191703900012", full_name="Kholifah Khasanah"), card_no="9911190101150012")

    assert queries.find("Kholifah Khasanah", "35.11.19", on=TODAY)[0].name == "Kholifah Khasanah"
    assert queries.find("Holifah Hasanah", "35.11.19", on=TODAY)[0].name == "Holifah Hasanah"
