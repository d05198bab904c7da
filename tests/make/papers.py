"""What only applications know of a paper, about people who do not exist."""

from datetime import date
from uuid import UUID

from dekat.documents.kinds import DocumentKind
from dekat.registry.papers import BirthFacts, DeathFacts, MoveFacts, MoveTarget, StatementFacts
from tests.make.documents import OFFICIAL, PICTURE, family_card

A_BIRTH = BirthFacts(number="9911-LU-26112026-0001", child_order=2)
A_DEATH = DeathFacts(number="9911-KM-26112026-0001", died_on="2026-11-20", death_place="Bondowoso")
A_STATEMENT = StatementFacts(
    title="Surat Keterangan Perekaman KTP-el",
    number="9911-SKET-26112026-0001",
    says="Yang bersangkutan telah direkam sidik jari, iris mata, dan fotonya, dan sedang menunggu KTP-el dicetak.",
    valid_until=date(2027, 5, 26),
)
TARGET = MoveTarget(
    address="Jalan Melati 12", rt="002", rw="005", village="Kaliwates", kecamatan="Kaliwates", regency="Jember",
    province="Jawa Timur", postal_code="68131",
)  # fmt: skip


def a_move(applicant_id: UUID) -> MoveFacts:
    """A move to the neighbouring regency."""
    return MoveFacts(
        number="9911-SKPWNI-26112026-0001",
        applicant_id=applicant_id,
        target=TARGET,
        reason="Pekerjaan",
        leaves_on=date(2026, 12, 1),
        valid_until=date(2026, 12, 26),
    )


def every_paper_of_residents() -> dict[DocumentKind, dict[str, object]]:
    """One content for each paper that the office issues to residents; the family has twelve members."""
    office = {"issued_on": "26-11-2026", "official": OFFICIAL, "regency": "Bondowoso"}
    who = {"name": "CONTOH ANAK", "nik": "9911124509190001", "sex": "PEREMPUAN"}
    line = {"label": "Alamat", "value": "DUSUN KRAJAN RT/RW 023/004, AMBULU, KECAMATAN WRINGIN"}
    mover = {"nik": "9911124509190001", "name": "CONTOH ANAK", "relation": "ANAK", "birth_date": "05-09-2019"}
    contents: dict[DocumentKind, dict[str, object]] = {
        DocumentKind.FAMILY_CARD: family_card(12),
        DocumentKind.BIRTH_CERTIFICATE: {
            **who,
            "number": "9911-LU-26112026-0001",
            "born_in_words": "tanggal 5 September 2019 (lima September dua ribu sembilan belas)",
            "birth_place": "BONDOWOSO",
            "child_order": "2 (dua)",
            "parents": "Ayah CONTOH AYAH dan ibu CONTOH IBU",
            "note": "-",
        },
        DocumentKind.DEATH_CERTIFICATE: {
            **who,
            "number": "9911-KM-26112026-0001",
            "birth": "BONDOWOSO, 04-09-1951",
            "citizenship": "WNI",
            "died_in_words": "tanggal 20 November 2026 (dua puluh November dua ribu dua puluh enam)",
            "death_place": "BONDOWOSO",
            **dict.fromkeys(("father", "mother", "spouse"), "CONTOH KELUARGA"),
        },
        DocumentKind.CHILD_CARD: {
            **who,
            "birth": "BONDOWOSO, 05-09-2019",
            "blood_type": "O",
            "family_card_no": "9911121506174071",
            "head_name": "CONTOH KEPALA KELUARGA",
            "certificate_no": "9911-LU-26112026-0001",
            "religion": "ISLAM",
            "citizenship": "WNI",
            "address": "DUSUN KRAJAN I",
            "rt_rw": "023/004",
            "village": "AMBULU",
            "kecamatan": "WRINGIN",
            "valid_until": "04-09-2036",
            "photo": PICTURE,
        },
        DocumentKind.BIODATA: {
            "name": "CONTOH ANAK",
            "nik": "9911124509190001",
            "parts": [{"title": "Data diri", "rows": [line] * 16}, {"title": "Akta", "rows": [line] * 15}],
        },
        DocumentKind.MOVE_LETTER: {
            "number": "9911-SKPWNI-26112026-0001",
            "applicant": "CONTOH KEPALA KELUARGA",
            "valid_until": "26 Desember 2026",
            "origin": [line] * 8,
            "destination": [line] * 7,
            "facts": [line] * 6,
            "people": [mover] * 12,
        },
        DocumentKind.STATEMENT: {
            "title": "Surat Keterangan Perekaman KTP-el",
            "number": "9911-SKET-26112026-0001",
            "name": "CONTOH ANAK",
            "says": A_STATEMENT.says,
            "valid_until": "26 Mei 2027",
            "facts": [line] * 5,
        },
    }
    return {kind: {**office, **content} for kind, content in contents.items()}


def a_form() -> dict[str, object]:
    """A form that is partly known, with boxes."""
    boxes = [{"ticked": "x", "label": "Ya"}, {"ticked": "", "label": "Tidak"}]
    known, asked = {"label": "NIK", "value": "9911124509190001"}, {"label": "Isi yang baru", "value": ""}
    return {
        "form_no": "F-1.06",
        "title": "Formulir Perubahan Elemen Data Penduduk",
        "regency": "Bondowoso",
        "printed_on": "26-11-2026",
        "applicant": "CONTOH PEMOHON",
        "parts": [
            {"title": "Pemohon", "rows": [known, asked], "choices": []},
            {"title": "Lampiran", "rows": [], "choices": boxes},
        ],
    }
