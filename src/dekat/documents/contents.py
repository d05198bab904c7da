"""What each paper says: the shape of its content, and the few facts of it that its stamp repeats.

Every leaf is text exactly as it is printed (dates `17-03-2021`, names in capitals, `-` where there is nothing).
"""

from collections.abc import Mapping, Sequence
from math import ceil

from dekat.documents.kinds import DocumentKind, SheetKind
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError

Shape = type[str] | list["Shape"] | dict[str, "Shape"]

MEMBERS_PER_PAGE = 10


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), str)


MEMBER = _texts(
    "name nik sex birth_place birth_date religion education occupation blood_type marital_status marriage_date "
    "relation_to_head nationality passport_no kitap_no father mother"
)
OFFICIAL = _texts("name nip title")
PARTY = _texts("role name position nip")
# `signature` is an SVG text, empty where the paper is signed by hand.
HANDOVER: dict[str, Shape] = {
    **_texts("number on_in_words regency tested total basis"),
    "parties": [{**PARTY, "signature": str}],
    "items": [{"name": str, "serial": str, "year": str, "price": str, "condition": str}],
}
LABELS_PER_SHEET = 24
EVIDENCE_ROW = _texts("on what by event")
REPLY_ROW = _texts("party on text")
DUTY_ROW = _texts("party what place due state source")

SHAPES: Mapping[DocumentKind | SheetKind, dict[str, Shape]] = {
    DocumentKind.FAMILY_CARD: {
        **_texts("family_card_no head_name address rt rw postal_code village kecamatan regency province issued_on"),
        "members": [MEMBER],
        "official": OFFICIAL,
    },
    DocumentKind.CARD_BATCH: {
        **_texts("number on kecamatan regency sealed_with"),
        "parties": [PARTY],
        "cards": [{"code": str, "name": str, "nik": str, "blank_no": str}],
    },
    DocumentKind.HANDOVER_RECORD: HANDOVER,
    DocumentKind.EVIDENCE_PACK: {
        **_texts("device_serial device_name kecamatan regency as_of headline explanation"),
        "facts": [{"label": str, "value": str}],
        "turns": [{"holder": str, "reason": str, "from_on": str, "until_on": str, "days": str, "cost": str}],
        "totals": [{"holder": str, "days": str, "cost": str, "share": str}],
        "evidence": [EVIDENCE_ROW],
        "replies": [REPLY_ROW],
    },
    DocumentKind.HEARING_PACK: {
        **_texts("number title on regency as_of headline minutes trips cost"),
        "parties": [str],
        "questions": [str],
        "months": [str],
        "turns": [_texts("place device reason holder days due")],
        "duties": [DUTY_ROW],
        "former": [DUTY_ROW],
        "results": [DUTY_ROW],
        "asked": [_texts("place on days text")],
        "instructions": [_texts("title sent understood missing")],
        "claims": [_texts("by on said counted source")],
        "use": [{"place": str, "counts": [str]}],
        "evidence": [EVIDENCE_ROW],
        "replies": [REPLY_ROW],
    },
    SheetKind.RECEIPT: {
        **_texts("title office number promise next_step"),
        "facts": [{"label": str, "value": str}],
    },
    SheetKind.REPORT: {
        **_texts("title lead regency period place as_of source"),
        "notes": [str],
        "tables": [
            {
                **_texts("title note"),
                "columns": [_texts("label is_number")],
                "rows": [[str]],
                "total": [str],
            }
        ],
    },
    SheetKind.CARD_LABEL: _texts("number kecamatan regency card_count sealed_on sealed_with"),
    SheetKind.HANDOVER_COPY: HANDOVER,
    SheetKind.EQUIPMENT_LABELS: {
        "regency": str,
        "labels": [{"serial": str, "name": str, "asset_code": str, "place": str, "qr": str}],
    },
    SheetKind.ASSET_BOOK: {
        **_texts("title party location as_of regency total"),
        "columns": [{"head": str, "width": str, "align": str}],
        "rows": [{"cells": [str]}],
    },
    SheetKind.ID_CARD: _texts(
        "nik name birth sex blood_type address rt_rw village kecamatan regency province religion marital_status "
        "occupation citizenship valid_until issued_on photo signature"
    ),
}


class ContentIncomplete(DekatError):
    """The paper lacks a text, so it was not made."""

    code = "documents.content.incomplete"


def check(kind: DocumentKind | SheetKind, content: Mapping[str, Json]) -> None:
    """Say nothing when the content has exactly the shape of its kind.

    Refuses: documents.content.incomplete.
    """
    _check(SHAPES[kind], content, str(kind))


def _check(shape: Shape, value: Json, place: str) -> None:
    match shape:
        case dict():
            if not isinstance(value, Mapping) or value.keys() != shape.keys():
                found = value.keys() if isinstance(value, Mapping) else set()
                raise ContentIncomplete(place=place, fields=", ".join(sorted(shape.keys() ^ found)))
            for key, inner in shape.items():
                _check(inner, value[key], f"{place}.{key}")
        case list():
            if not isinstance(value, Sequence) or isinstance(value, str):
                raise ContentIncomplete(place=place, fields="[]")
            for item in value:
                _check(shape[0], item, place)
        case _:
            if not isinstance(value, str):
                raise ContentIncomplete(place=place, fields="text")


def template_of(kind: DocumentKind | SheetKind) -> str:
    """The template that draws this kind; a copy looks like what it is a copy of."""
    if kind is SheetKind.HANDOVER_COPY:
        return template_of(DocumentKind.HANDOVER_RECORD)
    return f"{kind.value.lower()}.typ"


def expected_pages(kind: DocumentKind | SheetKind, content: Mapping[str, Json]) -> int | None:
    """How many pages the paper must have; None where its length follows its lists."""
    match kind:
        case DocumentKind.FAMILY_CARD:
            return ceil(_count(content, "members") / MEMBERS_PER_PAGE)
        case SheetKind.RECEIPT | SheetKind.CARD_LABEL | SheetKind.ID_CARD:
            return 1
        case SheetKind.EQUIPMENT_LABELS:
            return ceil(_count(content, "labels") / LABELS_PER_SHEET)
        case _:
            return None


def number_tail(kind: DocumentKind, content: Mapping[str, Json]) -> str:
    """The last four letters of the paper's own number: enough to compare, too little to know a person by."""
    key = {DocumentKind.FAMILY_CARD: "family_card_no", DocumentKind.EVIDENCE_PACK: "device_serial"}.get(kind, "number")
    return str(content[key])[-4:]


def initials(kind: DocumentKind, content: Mapping[str, Json]) -> str:
    """The initials of the head of family (`SK`); empty for papers about things."""
    if kind is not DocumentKind.FAMILY_CARD:
        return ""
    return "".join(word[0] for word in str(content["head_name"]).split() if word[0].isalpha())[:6].upper()


def counted(kind: DocumentKind, content: Mapping[str, Json]) -> int:
    """How many members, cards, things or events the paper lists."""
    lists = {
        DocumentKind.FAMILY_CARD: "members",
        DocumentKind.CARD_BATCH: "cards",
        DocumentKind.HANDOVER_RECORD: "items",
        DocumentKind.EVIDENCE_PACK: "evidence",
        DocumentKind.HEARING_PACK: "evidence",
    }
    return _count(content, lists[kind])


def _count(content: Mapping[str, Json], key: str) -> int:
    items = content[key]
    return len(items) if isinstance(items, Sequence) else 0
