"""Synthetic families of a kecamatan: nobody real, the same people for the same seed, every number in province 99."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from dekat.areas.queries import village, villages_of
from dekat.registry import sample_names as names
from dekat.registry.registering import NewFamily, NewResident
from dekat.registry.states import Sex

_MALE, _FEMALE = Sex.MALE, Sex.FEMALE
# 2026-01-01 in milliseconds: the time part of the sample's UUIDv7, so that the ids are the same each time.
_ID_MILLIS = 1_767_225_600_000
_FARM_AND_TRADE = ("9", "9", "9", "20", "20", "19", "84", "88", "15", "12", "81", "65", "5", "27", "30", "85")
_SCHOOL_BY_AGE = ((7, "1"), (13, "2"), (16, "3"), (19, "4"))


def families(kecamatan: str, *, count: int, seed: int, on: date) -> Iterator[NewFamily]:
    """Make families that live in the villages of a kecamatan.

    Facts: about 3.5 people each; `on` is the day by which their ages make sense.
    Again: the same arguments give the same families with the same ids and numbers.
    """
    maker = _Maker(kecamatan, seed, on)
    for _ in range(count):
        yield maker.family()


class _Maker:
    def __init__(self, kecamatan: str, seed: int, on: date) -> None:
        self._rnd = random.Random(f"dekat sample {seed} {kecamatan}")  # noqa: S311 - reproducible, guards nothing
        self._on = on
        self._villages = [(area.code, area.name) for area in villages_of(kecamatan)] or [_only(kecamatan)]
        self._region = f"9911{kecamatan[-2:]}"
        self._serials: dict[str, int] = {}

    def family(self) -> NewFamily:
        rnd = self._rnd
        code, name = rnd.choice(self._villages)
        family_id = self._id()
        recorded_on = date(2005, 1, 1) + timedelta(days=rnd.randrange(7000))
        return NewFamily(
            id=family_id,
            family_card_no=self._number(recorded_on, 0),
            address=f"Jalan {rnd.choice(names.STREETS)} {rnd.randint(1, 140)}",
            rt=f"{rnd.randint(1, 24):03d}",
            rw=f"{rnd.randint(1, 9):03d}",
            village=code,
            hamlet=f"{rnd.choice(names.HAMLETS)} {name}"[:80] if rnd.random() < 0.6 else "",
            postal_code=f"682{rnd.randint(11, 93)}",
            members=tuple(self._members()),
        )

    def _members(self) -> Iterator[NewResident]:
        rnd = self._rnd
        age = min(max(int(rnd.gauss(44, 14)), 22), 88)
        shape = rnd.random()
        if shape < 0.14:
            yield self._head_alone(age)
            return
        head = self._adult(_MALE, age, "1", marital="2")
        wife = self._adult(_FEMALE, max(19, age - rnd.randint(0, 7)), "3", marital="2")
        wed_on = self._wedding(head, wife)
        yield replace(head, married_on=wed_on, has_marriage_certificate=True, marriage_certificate_no=self._act("AK"))
        yield replace(wife, married_on=wed_on, has_marriage_certificate=True, marriage_certificate_no=self._act("AK"))
        yield from self._children(head, wife, 2026 - int(wife.born_on[:4]))
        if shape > 0.88:
            yield self._parent(head, age)

    def _head_alone(self, age: int) -> NewResident:
        if age < 40:
            return self._adult(_MALE, age, "1", marital="1")
        return self._adult(_FEMALE if self._rnd.random() < 0.8 else _MALE, age, "1", marital="6")

    def _children(self, head: NewResident, wife: NewResident, mother_age: int) -> Iterator[NewResident]:
        rnd = self._rnd
        oldest = mother_age - rnd.randint(19, 26)
        for number in range(rnd.choice((0, 1, 1, 2, 2, 2, 3, 3, 4))):
            age = oldest - number * rnd.randint(2, 5)
            if not 0 <= age <= 27:
                continue
            child = self._person(rnd.choice((_MALE, _FEMALE)), age, "4")
            yield replace(
                child, father_name=head.full_name, father_nik=head.nik or "", mother_name=wife.full_name,
                mother_nik=wife.nik or "", has_birth_certificate=True, birth_certificate_no=self._act("LU"),
            )  # fmt: skip

    def _parent(self, head: NewResident, head_age: int) -> NewResident:
        age = min(head_age + self._rnd.randint(19, 28), 104)
        return self._adult(_FEMALE, age, "7" if head.sex is _MALE else "8", marital="6")

    def _adult(self, sex: Sex, age: int, relation: str, *, marital: str) -> NewResident:
        rnd = self._rnd
        work = rnd.choice(_FARM_AND_TRADE) if sex is _MALE or rnd.random() < 0.35 else "2"
        father, mother = self._name(_MALE, 80), self._name(_FEMALE, 80)
        person = self._person(sex, age, relation)
        return replace(
            person, marital_status=marital, occupation=work, father_name=father, mother_name=mother,
            education=rnd.choice(("2", "3", "3", "3", "4", "4", "5", "5", "5", "8")),
        )  # fmt: skip

    def _person(self, sex: Sex, age: int, relation: str) -> NewResident:
        rnd = self._rnd
        born_on = self._on - timedelta(days=int(age * 365.25) + rnd.randrange(1, 365))
        school = next((code for least, code in _SCHOOL_BY_AGE if age < least), "5")
        return NewResident(
            id=self._id(),
            nik=self._number(born_on, 40 if sex is _FEMALE else 0),
            relation=relation,
            full_name=self._name(sex, age),
            sex=sex,
            birth_place=rnd.choice(names.BIRTH_PLACES),
            born_on=born_on.isoformat(),
            blood_type=rnd.choice(("1", "2", "3", "4", "4", "13", "13", "13")),
            religion="1" if rnd.random() < 0.985 else rnd.choice(("2", "3", "4", "5")),
            education=school,
            occupation="3" if 6 <= age <= 22 else "1",
        )

    def _name(self, sex: Sex, age: int) -> str:
        rnd = self._rnd
        if age >= 60 and rnd.random() < 0.3:
            return rnd.choice(names.OLD_MALE if sex is _MALE else names.OLD_FEMALE)
        first, last = (names.MALE, names.MALE_LAST) if sex is _MALE else (names.FEMALE, names.FEMALE_LAST)
        parts = [rnd.choice(first), rnd.choice(last)]
        if rnd.random() < 0.25:
            parts.append(rnd.choice(last))
        return " ".join(dict.fromkeys(parts))

    def _wedding(self, head: NewResident, wife: NewResident) -> str:
        youngest = max(int(head.born_on[:4]), int(wife.born_on[:4]))
        first = date(youngest + 19, 1, 1)
        return (first + timedelta(days=self._rnd.randrange(360))).isoformat()

    def _number(self, day: date, offset: int) -> str:
        stem = f"{self._region}{day.day + offset:02d}{day.month:02d}{day.year % 100:02d}"
        # Men's NIKs and nomor KK share one series: the two can never be equal in the sample.
        self._serials[stem] = serial = self._serials.get(stem, 0) + 1
        return f"{stem}{serial:04d}"

    def _act(self, kind: str) -> str:
        return f"9911-{kind}-{self._rnd.randrange(10**8):08d}-{self._rnd.randrange(10**4):04d}"

    def _id(self) -> UUID:
        bits = self._rnd.getrandbits(74)
        return UUID(int=(_ID_MILLIS << 80) | (0x7 << 76) | ((bits >> 62) << 64) | (0b10 << 62) | (bits & (2**62 - 1)))


def _only(kecamatan: str) -> tuple[str, str]:
    area = village(f"{kecamatan}.2001")
    return area.code, area.name
