"""The people of practice: nobody of them exists, each brings one difficulty of the counter."""

from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, UUID, uuid5

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.positions import IRISES, Position

WITNESS_NAME = "camat.contoh"
WITNESS_PASSWORD = "contoh"  # noqa: S105 - shown on the screen: the second person of practice is nobody
WITNESS_ID: UUID = uuid5(NAMESPACE_URL, "dekat-practice-witness")


@dataclass(frozen=True, repr=False)
class Exercise:
    """One person to practise with.

    Facts: `person` is the seed of the drawn fingers, eyes and face; `missing` can never be captured; `weak` comes out
    weak the first time; `lacks` says on every page of the practice what is missing.
    """

    number: int
    title: str
    about: str
    biodata: Biodata
    person: int
    missing: frozenset[Position] = frozenset()
    weak: frozenset[Position] = frozenset()
    lacks: str = ""
    witness_name: str = WITNESS_NAME
    witness_password: str = WITNESS_PASSWORD


_SITI = Biodata(
    resident_id="",
    nik="9911014507030001",
    full_name="SITI CONTOH",
    birth_place="BONDOWOSO",
    born_on="2003-07-05",
    sex="Perempuan",
    blood_type="O",
    address="DUSUN CONTOH",
    rt="001",
    rw="002",
    village="DESA CONTOH",
    kecamatan="KECAMATAN CONTOH",
    religion="Islam",
    marital_status="Belum kawin",
    occupation="Pelajar/mahasiswa",
    citizenship="WNI",
)

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        1,
        "Warga biasa",
        "Ruang gelap, kursi belum di tengah, satu jari lemah pada tekanan pertama.",
        _SITI,
        person=3,
        weak=frozenset({Position.LEFT_RING}),
    ),
    Exercise(
        2,
        "Satu jari tidak ada",
        "Kelingking kanan tidak ada. Catat sebagai pengecualian; orang kedua ikut melihat.",
        replace(
            _SITI,
            nik="9911010911840002",
            full_name="HASAN CONTOH",
            born_on="1984-11-09",
            sex="Laki-laki",
            marital_status="Kawin",
            occupation="Petani/pekebun",
        ),
        person=8,
        missing=frozenset({Position.RIGHT_LITTLE}),
        lacks="Kelingking kanan tidak ada.",
    ),
    Exercise(
        3,
        "Warga tunanetra",
        "Kedua iris tidak dapat direkam. Warga tetap dilayani sampai selesai.",
        replace(
            _SITI,
            nik="9911015203510003",
            full_name="MUNAWAROH CONTOH",
            born_on="1951-03-12",
            marital_status="Cerai mati",
            occupation="Mengurus rumah tangga",
        ),
        person=14,
        missing=frozenset(IRISES),
        lacks="Kedua mata tidak dapat direkam.",
    ),
)


def exercise(number: int) -> Exercise | None:
    """One exercise."""
    return next((one for one in EXERCISES if one.number == number), None)
