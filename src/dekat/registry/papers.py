"""What each paper about residents says, as text ready to print; the office adds its day, official and regency.

Law: uu-24-2013 (art. 58), uu-23-2006, perpres-96-2018.
"""

from datetime import date, timedelta
from uuid import UUID

from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import in_words
from dekat.registry.biodata import biodata_content
from dekat.registry.content import AWAITED, NOTHING, biodata_words
from dekat.registry.life.household import MARRIED, Marital, Relation
from dekat.registry.models import Resident
from dekat.registry.move_letter import move_letter_content
from dekat.registry.paper_facts import (
    UNREGISTERED_MARRIAGE,
    BirthFacts,
    DeathFacts,
    MoveFacts,
    MoveTarget,
    Recorded,
    StatementFacts,
)
from dekat.registry.paper_sources import (
    Content,
    PaperLacks,
    at_home,
    head_name,
    lines,
    must_have,
    name_of,
    person,
    whole_address,
)
from dekat.registry.states import Sex

__all__ = [
    "UNREGISTERED_MARRIAGE",
    "BirthFacts",
    "DeathFacts",
    "MoveFacts",
    "MoveTarget",
    "NoChild",
    "PaperLacks",
    "Recorded",
    "StatementFacts",
    "biodata_content",
    "birth_certificate_content",
    "child_card_content",
    "death_certificate_content",
    "marital_statement_content",
    "move_letter_content",
    "statement_content",
]
CHILD_UNTIL, PHOTO_FROM = 17, 5
_SPOUSES = (Relation.HUSBAND, Relation.WIFE)


class NoChild(DekatError):
    """A child's card is for who is under seventeen and was never married."""

    code = "registry.paper.no_child"


def birth_certificate_content(resident_id: UUID, facts: BirthFacts) -> Content:
    """The excerpt of a birth certificate; names without degrees.

    Facts: without a father in the register it is the certificate of a mother's child.
    Refuses: registry.resident.unknown, registry.paper.lacks.
    Law: uu-23-2006, art. 27
    """
    row = person(resident_id)
    return {
        "number": facts.number,
        "name": row.full_name.upper(),
        "nik": row.nik or AWAITED,
        "sex": Sex(row.sex).label.upper(),
        "born_in_words": in_words.day_in_words(PartialDate.parse(row.born_on)),
        "birth_place": row.birth_place.upper(),
        "child_order": f"{facts.child_order} ({in_words.number_in_words(facts.child_order)})",
        "parents": _parents(row),
        "note": facts.note or NOTHING,
    }


def death_certificate_content(resident_id: UUID, facts: DeathFacts) -> Content:
    """The excerpt of a death certificate; names without degrees. The cause of a death is on no paper.

    Refuses: registry.resident.unknown.
    Law: uu-23-2006, art. 44
    """
    row = person(resident_id)
    words = biodata_words(row)
    return {
        "number": facts.number,
        "name": row.full_name.upper(),
        "nik": row.nik or AWAITED,
        "sex": words["sex"],
        "birth": words["birth"],
        "citizenship": words["citizenship"],
        "died_in_words": in_words.day_in_words(PartialDate.parse(facts.died_on)),
        "death_place": facts.death_place.upper(),
        "father": row.father_name.upper() or NOTHING,
        "mother": row.mother_name.upper() or NOTHING,
        "spouse": facts.spouse_name.upper() or _spouses(row) or NOTHING,
    }


def child_card_content(resident_id: UUID, *, on: date, photo: str = "") -> Content:
    """A child's identity card: until the fifth birthday without a photo, from then on with one.

    Facts: `on` is the office's day; `photo` an SVG text with the child's picture.
    Refuses: registry.resident.unknown, registry.paper.no_child, registry.paper.lacks.
    Law: permendagri-2-2016
    """
    row, home = at_home(resident_id)
    born_on = PartialDate.parse(row.born_on)
    age = born_on.age_on(on)
    if age >= CHILD_UNTIL or row.marital_status != Marital.UNMARRIED:
        raise NoChild
    must_have("NIK", row.nik)
    must_have("nomor akta kelahiran", row.birth_certificate_no)
    if age >= PHOTO_FROM:
        must_have("pas foto", photo)
    words = biodata_words(row)
    last_day = born_on.birthday(CHILD_UNTIL) - timedelta(days=1) if age >= PHOTO_FROM else born_on.birthday(PHOTO_FROM)
    same = ("birth", "sex", "blood_type", "religion", "citizenship", "address", "rt_rw", "village", "kecamatan")
    return {
        **{name: words[name] for name in same},
        "nik": row.nik or "",
        "name": name_of(row),
        "family_card_no": home.family_card_no,
        "head_name": head_name(home),
        "certificate_no": row.birth_certificate_no,
        "valid_until": last_day.strftime("%d-%m-%Y"),
        "photo": photo if age >= PHOTO_FROM else "",
    }


def statement_content(resident_id: UUID, facts: StatementFacts) -> Content:
    """One thing that the office states about one resident.

    Refuses: registry.resident.unknown.
    """
    row = person(resident_id)
    words = biodata_words(row)
    known = {
        "Nama": name_of(row),
        "NIK": row.nik or AWAITED,
        "Tempat, tanggal lahir": words["birth"],
        "Jenis kelamin": words["sex"],
        "Alamat": whole_address(words),
    }
    return {
        "title": facts.title,
        "number": facts.number,
        "name": name_of(row),
        "says": facts.says,
        "valid_until": in_words.long_date(facts.valid_until) if facts.valid_until else NOTHING,
        "facts": lines({**known, **dict(facts.lines)}),
    }


def marital_statement_content(resident_id: UUID, *, number: str) -> Content:
    """That a marriage or a divorce is recorded (surat keterangan perkawinan/perceraian tercatat).

    Refuses: registry.resident.unknown, registry.paper.lacks where it is not recorded.
    """
    row = person(resident_id)
    recorded: dict[str, tuple[str, str, str]] = {
        Marital.MARRIED: ("Perkawinan", row.marriage_certificate_no, row.married_on),
        Marital.DIVORCED: ("Perceraian", row.divorce_certificate_no, row.divorced_on),
    }
    event, act, day = recorded.get(row.marital_status, ("Perkawinan", "", ""))
    must_have(f"nomor akta {event.lower()}", act)
    must_have(f"tanggal {event.lower()}", day)
    facts = StatementFacts(
        title=f"Surat Keterangan {event} Tercatat",
        number=number,
        says=f"{event} yang bersangkutan tercatat dalam data kependudukan Dispendukcapil.",
        lines=(
            (f"Nomor akta {event.lower()}", act),
            (f"Tanggal {event.lower()}", in_words.long_day(PartialDate.parse(day))),
        ),
    )
    return statement_content(resident_id, facts)


def _parents(row: Resident) -> str:
    must_have("nama ibu", row.mother_name)
    if not row.father_name:
        return f"Seorang ibu, {row.mother_name.upper()}"
    return f"Ayah {row.father_name.upper()} dan ibu {row.mother_name.upper()}"


def _spouses(row: Resident) -> str:
    """The names of whom the family's card shows as married to the person; empty once they left the family."""
    if row.family is None or row.marital_status not in MARRIED:
        return ""
    if row.relation == Relation.HEAD:
        found = row.family.members.filter(relation__in=_SPOUSES)
    elif row.relation in _SPOUSES:
        found = row.family.members.filter(relation=Relation.HEAD)
    else:
        return ""
    return ", ".join(one.full_name.upper() for one in found.order_by("position", "id"))
