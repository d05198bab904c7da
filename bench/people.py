"""Many people who do not exist, for the benches: a population file, and names as a hurried hand types them."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from dekat.accounts.actor import machine
from dekat.accounts.queries import NodeUnknown, own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.areas.queries import kecamatan_of
from dekat.registry import sample, services
from dekat.registry.population_file import COLUMNS
from dekat.registry.registering import NewFamily
from dekat.registry.states import Sex
from dekat.registry.views import ImportResult

HERE = "35.11.15"
HERE_COUNT = 60_000
_VOWELS = "AEIOU"
SEED = 17
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def be_the_centre() -> None:
    """Give this machine the keys of a centre, once."""
    try:
        own_identity()
    except NodeUnknown:
        found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="", now=NOW)


def write_file(path: Path, *, count: int) -> Path:
    """So many residents as a CSV file: 60,000 of one kecamatan, then the others'."""
    others = [area.code for area in kecamatan_of("35.11") if area.code != HERE]
    share = 1 + max(count - HERE_COUNT, 0) // len(others)
    rows = chain(_rows(HERE, HERE_COUNT), *(_rows(code, share) for code in others))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(islice(rows, count))
    return path


def import_file(path: Path) -> ImportResult:
    """Read the file into the register, as `dekat residents import` does."""
    be_the_centre()
    return services.import_population(path=path, actor=machine("centre"), now=NOW)


def misspelt(name: str, rnd: random.Random) -> str:
    """One or two slips: a lost, doubled, swapped or wrong letter, an old spelling, a short form."""
    name = name.upper().replace(".", "")
    for _ in range(rnd.choice((1, 1, 2))):
        at = rnd.randrange(1, max(2, len(name) - 1))
        short = rnd.choice(("MOH", "MOCH", "MOCHAMMAD", "M", "MUHAMAD"))
        slips = (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name[:at] + rnd.choice(_VOWELS) + name[at + 1 :] if name[at] in _VOWELS else name,
            name.replace("U", "OE", 1),
            name.replace("I", "Y", 1),
            name.replace("MUHAMMAD", short).replace("SITI", "ST").replace("AHMAD", "ACHMAD"),
        )
        name = rnd.choice(slips)
    return name


def _rows(kecamatan: str, count: int) -> Iterator[dict[str, object]]:
    families = sample.families(kecamatan, count=count, seed=SEED, on=NOW.date())
    return islice(chain.from_iterable(map(_family_rows, families)), count)


def _family_rows(family: NewFamily) -> Iterator[dict[str, object]]:
    for one in family.members:
        yield {
            "nik": one.nik,
            "no_kk": family.family_card_no,
            "nama_lengkap": one.full_name,
            "jenis_kelamin": "L" if one.sex is Sex.MALE else "P",
            "tempat_lahir": one.birth_place,
            "tanggal_lahir": one.born_on,
            "agama": one.religion,
            "status_perkawinan": one.marital_status,
            "hubungan": one.relation,
            "pendidikan": one.education,
            "pekerjaan": one.occupation,
            "alamat": family.address,
            "rt": family.rt,
            "rw": family.rw,
            "kode_desa": family.village,
        }
