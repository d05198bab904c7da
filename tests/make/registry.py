"""Residents and families for tests, through the real services."""

from datetime import date
from itertools import islice
from uuid import UUID

from dekat.accounts.actor import machine
from dekat.kernel.ids import new_id
from dekat.registry import sample, services
from dekat.registry.registering import NewFamily, NewResident
from dekat.registry.states import Sex

CENTRE = machine("centre")


def person(now, nik: str | None = "9911191703900001", **changes) -> NewResident:
    """A man born on 17 March 1990, head of his family unless told otherwise."""
    facts = {
        "id": new_id(now),
        "nik": nik,
        "relation": "1",
        "full_name": "Moh. Hasan Basri",
        "sex": Sex.MALE,
        "birth_place": "Bondowoso",
        "born_on": "1990-03-17",
        "occupation": "9",
    }
    return NewResident(**{**facts, **changes})


def family_of(now, *members: NewResident, card_no: str = "9911190101150001", **changes) -> NewFamily:
    """A family in Sempol that is not yet registered."""
    facts = {
        "id": new_id(now),
        "family_card_no": card_no,
        "address": "Dusun Krajan",
        "rt": "003",
        "rw": "001",
        "village": "35.11.19.2001",
        "members": members or (person(now), wife(now), child(now)),
    }
    return NewFamily(**{**facts, **changes})


def wife(now, **changes) -> NewResident:
    """His wife."""
    facts = {"nik": "9911195204930001", "relation": "3", "full_name": "Siti Aminah", "sex": Sex.FEMALE}
    return person(now, **{**facts, "born_on": "1993-04-12", "occupation": "2", "marital_status": "2", **changes})


def child(now, **changes) -> NewResident:
    """Their daughter, a minor who waits for her NIK."""
    facts = {"nik": None, "relation": "4", "full_name": "Nur Halimah", "sex": Sex.FEMALE, "born_on": "2019-07-05"}
    return person(now, **{**facts, "occupation": "1", **changes})


def registered(now, *members: NewResident, **changes) -> NewFamily:
    """The same family, registered."""
    new = family_of(now, *members, **changes)
    services.register_family(new=new, actor=CENTRE, now=now)
    return new


def kecamatan(code: str, now, *, families: int = 50, seed: int = 1) -> list[NewFamily]:
    """That many sample families of a kecamatan, registered in bulk."""
    made = list(islice(sample.families(code, count=families, seed=seed, on=date(2026, 11, 23)), families))
    services.register_families(new=made, actor=CENTRE, now=now)
    return made


def resident_id(now) -> UUID:
    """Any registered resident."""
    return registered(now).members[0].id


def resident_id_of_another(now) -> UUID:
    """A resident of a second family."""
    man = person(now, nik="9911191703900002")
    return registered(now, man, card_no="9911190101150002").members[0].id
