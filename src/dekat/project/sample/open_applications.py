"""Applications of several kinds that stand open on the first day: the work of the sample regency's review desk.

They come from home, so they count as nobody's way to town.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cases import services as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.equipment.sample import said_id
from dekat.flows.approve_application import approve
from dekat.flows.submit_application import submit_from_home
from dekat.kernel.canonical import Json
from dekat.kernel.ids import ALPHABET, check_letter
from dekat.project.sample.letters import letter
from dekat.registry import queries as registry
from dekat.registry.life.household import Relation
from dekat.registry.states import Element
from dekat.registry.views import ResidentView

# The first families of a kecamatan ask for their KK in `applications`; the queue of a station takes the next ones.
_FIRST = 40
_PLACES = ("35.11.19", "35.11.12", "35.11.15")
_GROWN_UP = 21


@dataclass(frozen=True)
class _Family:
    """One family of the sample on a day, oldest relation first."""

    members: tuple[ResidentView, ...]
    on: date

    def __getitem__(self, relation: Relation) -> tuple[ResidentView, ...]:
        return tuple(one for one in self.members if one.relation.code == relation)

    def age(self, one: ResidentView) -> int:
        return one.born_on.age_on(self.on)

    def children(self, least: int, most: int) -> tuple[ResidentView, ...]:
        return tuple(one for one in self[Relation.CHILD] if least <= self.age(one) <= most)


@dataclass(frozen=True)
class _Asked:
    """One application: `hours` before now, who may ask for it, and what they say. `then` is what the office did."""

    service: ServiceCode
    hours: int
    fits: Callable[[_Family], bool]
    said: Callable[[_Family, list[str]], dict[str, Json]]
    letter: tuple[str, ...] = ()
    then: str = ""


def _could_have_a_baby(one: _Family) -> bool:
    wives = one[Relation.WIFE]
    return bool(wives) and 20 <= one.age(wives[0]) <= 38 and not one.children(0, 1)


def _birth(one: _Family, witnesses: list[str]) -> dict[str, Json]:
    born_on = one.on - timedelta(days=75)
    return {
        "is_on_card": False, "name": "Nabila Putri Anggraini", "sex": "FEMALE", "born_on": born_on.isoformat(),
        "born_at": "04:35", "birth_place": "Bondowoso", "child_order": len(one[Relation.CHILD]) + 1,
        "mother": one[Relation.WIFE][0].nik, "father": one[Relation.HEAD][0].nik, "birth_proof": "LETTER",
        "marriage_proof": "BOOK", "witness_1": witnesses[0], "witness_2": witnesses[1],
    }  # fmt: skip


def _death(one: _Family, witnesses: list[str]) -> dict[str, Json]:
    return {
        "person": one[Relation.HEAD][0].nik, "died_on": (one.on - timedelta(days=6)).isoformat(),
        "death_place": "Bondowoso", "cause": "ILLNESS", "declared_by": "VILLAGE",
        "witness_1": witnesses[0], "witness_2": witnesses[1],
    }  # fmt: skip


def _to_jember(one: _Family, _: list[str]) -> dict[str, Json]:
    return {
        "members": [one.children(_GROWN_UP, 27)[0].nik], "why": "WORK", "to_province": "Jawa Timur",
        "to_regency": "Jember", "to_kecamatan": "Patrang", "to_village": "Slawu", "to_address": "Jalan Contoh 12",
        "to_rt": "002", "to_rw": "005", "leaves_on": (one.on + timedelta(days=10)).isoformat(),
    }  # fmt: skip


_ASKED = (
    _Asked(
        ServiceCode.BIRTH, 30, _could_have_a_baby, _birth,
        ("SURAT KETERANGAN LAHIR", "Nama bayi: Nabila Putri Anggraini", "Perempuan, lahir pukul 04.35", "di Bondowoso"),
    ),
    _Asked(
        ServiceCode.DEATH, 27,
        lambda one: bool(one[Relation.WIFE] and one.children(_GROWN_UP, 27)) and one.age(one[Relation.HEAD][0]) > 50,
        _death, ("SURAT KEMATIAN", "Meninggal karena sakit", "Diterangkan oleh kepala desa"), "take",
    ),
    _Asked(ServiceCode.MOVE_OUT, 25, lambda one: bool(one.children(_GROWN_UP, 27)), _to_jember),
    _Asked(
        ServiceCode.KIA, 5, lambda one: bool(one.children(1, 4)),
        lambda one, _: {"child": one.children(1, 4)[0].nik, "reason": "FIRST"},
    ),
    _Asked(
        ServiceCode.KK_SPLIT, 50, lambda one: bool(one.children(_GROWN_UP, 27)),
        lambda one, _: {"head": one.children(_GROWN_UP, 27)[0].nik}, (), "approve",
    ),
    _Asked(
        ServiceCode.KK_CHANGE, 52, lambda one: bool(one.children(_GROWN_UP, 27)),
        lambda one, _: {"element": Element.OCCUPATION, "new_value": "15"},
        ("SURAT KETERANGAN KERJA", "yang bersangkutan bekerja", "sejak bulan ini"), "approve",
    ),
)  # fmt: skip


def fill(*, actor: Actor, now: datetime) -> None:
    """Each comes from another family; the office has begun with one and decided two.

    Facts: one of those waits for a nomor KK of the national centre until the centre's worker has fetched it.
    """
    for number, asked in enumerate(_ASKED):
        at = now - timedelta(hours=asked.hours)
        draft = _draft(number, asked, at)
        pictures = (letter(asked.letter),) if asked.letter else ()
        submit_from_home(draft=draft, pictures=pictures, node="centre", now=at)
        if asked.then:
            cases.take(application_id=draft.application_id, actor=actor, now=at + timedelta(hours=1))
        if asked.then == "approve":
            approve(application_id=draft.application_id, said={}, actor=actor, now=at + timedelta(hours=2))


def _draft(number: int, asked: _Asked, at: datetime) -> Draft:
    kecamatan = _PLACES[number % len(_PLACES)]
    several = _families(kecamatan, skip=_FIRST + 40 * number, on=at.date())
    family = next(one for one in several if asked.fits(one))
    witnesses = [str(next(several).members[0].nik) for _ in range(2)]
    application_id = UUID(said_id("open application", number))
    body = "".join(ALPHABET[byte % len(ALPHABET)] for byte in application_id.bytes[:9])
    asks = family[Relation.WIFE][0] if asked.service is ServiceCode.DEATH else family.members[0]
    return Draft(
        application_id=application_id,
        code=body + check_letter(body),
        service=asked.service,
        channel=Channel.PORTAL,
        kecamatan=kecamatan,
        resident_id=None,
        family_id=None,
        stated_nik=str(asks.nik),
        stated_family_card_no=family.members[0].family_card_no,
        phone="",
        answers=asked.said(family, witnesses),
        submitted_at=at,
    )


def _families(kecamatan: str, *, skip: int, on: date) -> Iterator[_Family]:
    for family_id in registry.family_ids(kecamatan)[skip:]:
        yield _Family(tuple(registry.members(family_id)), on)
