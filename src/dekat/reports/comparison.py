"""What a paper says now beside what it would say: the reviewer sees the change and not two papers to compare by eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from dekat.documents.kinds import DocumentKind
from dekat.kernel.canonical import Json
from dekat.kernel.nik import mask
from dekat.registry import queries as registry

_CARD_WORDS: dict[str, str] = {
    "family_card_no": "Nomor KK", "head_name": "Kepala keluarga", "address": "Alamat", "rt": "RT", "rw": "RW",
    "village": "Desa/kelurahan", "kecamatan": "Kecamatan", "postal_code": "Kode pos",
}  # fmt: skip
_MEMBER_WORDS: dict[str, str] = {
    "name": "Nama", "nik": "NIK", "sex": "Jenis kelamin", "birth_place": "Tempat lahir", "birth_date": "Tanggal lahir",
    "religion": "Agama", "education": "Pendidikan", "occupation": "Pekerjaan", "blood_type": "Golongan darah",
    "marital_status": "Status perkawinan", "marriage_date": "Tanggal kawin atau cerai",
    "relation_to_head": "Hubungan dalam keluarga", "nationality": "Kewarganegaraan", "passport_no": "Nomor paspor",
    "kitap_no": "Nomor KITAP", "father": "Ayah", "mother": "Ibu",
}  # fmt: skip
_NUMBERS = frozenset({"family_card_no", "nik"})
AWAITED = "menunggu pusat"
ID_CARD = "KTP-el"


class Fate(StrEnum):
    """What becomes of a line."""

    SAME = "SAME"
    CHANGED = "CHANGED"
    ADDED = "ADDED"
    GONE = "GONE"


@dataclass(frozen=True)
class Line:
    """One thing that is different."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class MemberChange:
    """One member of a family, and what is different about them."""

    name: str
    relation: str
    fate: Fate
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CardChange:
    """One KK: what is different on it and who is on it. `is_new`: no KK before this one."""

    title: str
    is_new: bool
    lines: tuple[Line, ...]
    members: tuple[MemberChange, ...]


@dataclass(frozen=True)
class Outlook:
    """Everything that an application would come to: the KK that change, and the names of all papers."""

    cards: tuple[CardChange, ...]
    papers: tuple[str, ...]


def outlook(
    papers: Sequence[tuple[DocumentKind, str, Mapping[str, Json]]], *, stand_ins: frozenset[str] = frozenset()
) -> Outlook:
    """Compare papers that would be issued (kind, subject, content) with what the register says now."""
    cards = [
        _card(UUID(subject.partition(":")[2]), content, stand_ins)
        for kind, subject, content in papers
        if kind is DocumentKind.FAMILY_CARD
    ]
    return Outlook(tuple(cards), tuple(str(kind.label) for kind, _, _ in papers))


def _card(family_id: UUID, after: Mapping[str, Json], stand_ins: frozenset[str]) -> CardChange:
    try:
        before = registry.family_card_content(family_id)
    except registry.FamilyUnknown:
        before = {}
    return card_change(before, after, stand_ins=stand_ins)


def card_change(
    before: Mapping[str, Json], after: Mapping[str, Json], *, stand_ins: frozenset[str] = frozenset()
) -> CardChange:
    """What a later version of a family's card says otherwise; numbers masked."""
    lines = _lines(before, after, _CARD_WORDS, stand_ins)
    return CardChange(
        title=str(after["head_name"]),
        is_new=not before,
        lines=lines if before else (),
        members=_members(before, after, stand_ins),
    )


def _members(
    before: Mapping[str, Json], after: Mapping[str, Json], stand_ins: frozenset[str]
) -> tuple[MemberChange, ...]:
    were, are = _by_person(before), _by_person(after)
    found = []
    for person, row in are.items():
        was = were.get(person)
        lines = _lines(was, row, _MEMBER_WORDS, stand_ins) if was else ()
        fate = Fate.ADDED if was is None else Fate.CHANGED if lines else Fate.SAME
        found.append(_member(row, fate, lines))
    gone = [row for person, row in were.items() if person not in are]
    found += [
        MemberChange(str(row.get("name", "")), str(row.get("relation_to_head", "")), Fate.GONE, ()) for row in gone
    ]
    return tuple(found)


def _member(row: Mapping[str, Json], fate: Fate, lines: tuple[Line, ...] = ()) -> MemberChange:
    return MemberChange(str(row.get("name", "")), str(row.get("relation_to_head", "")), fate, lines)


def _by_person(card: Mapping[str, Json]) -> dict[str, Mapping[str, Json]]:
    """Members by NIK, by name where a NIK is still awaited."""
    members = card.get("members", [])
    rows = [row for row in members if isinstance(row, Mapping)] if isinstance(members, Sequence) else []
    return {str(row["nik"]) if str(row.get("nik", "")).isdigit() else str(row.get("name")): row for row in rows}


def _lines(
    before: Mapping[str, Json], after: Mapping[str, Json], words: Mapping[str, str], stand_ins: frozenset[str]
) -> tuple[Line, ...]:
    return tuple(
        Line(label, _shown(key, before.get(key), stand_ins), _shown(key, after.get(key), stand_ins))
        for key, label in words.items()
        if before.get(key) != after.get(key)
    )


def _shown(key: str, value: Json, stand_ins: frozenset[str]) -> str:
    text = "" if value is None else str(value)
    if text in stand_ins:
        return AWAITED
    return mask(text) if key in _NUMBERS and text.isdigit() else text
