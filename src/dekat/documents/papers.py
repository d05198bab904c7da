"""The papers themselves: for each kind one entry that says everything that differs from kind to kind.

A shape's leaves are text exactly as it is printed (dates `17-03-2021`, names in capitals, `-` where there is nothing).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from dekat.documents.kinds import DocumentKind, SheetKind, Stock
from dekat.kernel.canonical import Json

Shape = type[str] | list["Shape"] | dict[str, "Shape"]
Content = Mapping[str, Json]
PageCount = Callable[[Content], int]

MEMBERS_PER_PAGE = 10
LABELS_PER_SHEET = 24


def texts(names: str) -> dict[str, Shape]:
    """A shape of one text for each name."""
    return dict.fromkeys(names.split(), str)


def count(content: Content, key: str) -> int:
    """How many things a list of the content holds."""
    items = content[key]
    return len(items) if isinstance(items, Sequence) else 0


@dataclass(frozen=True)
class Paper:
    """What one kind of paper is.

    Facts: `pages` None where the length follows the lists. For the stamp: `number` and `bearer` are the keys of the
    paper's own number and of the name whose initials it shows, `counted` the list it counts; empty where there is none.
    `is_by_office`: the office adds its day of issue, its official and its regency.
    """

    template: str
    shape: Mapping[str, Shape]
    pages: PageCount | None = None
    number: str = "number"
    bearer: str = ""
    counted: str = ""
    stock: Stock = Stock.A4
    is_by_office: bool = False
    is_printed_at_stations: bool = False
    may_print_at_home: bool = False


def _one(_: Content) -> int:
    return 1


def _both_sides(_: Content) -> int:
    return 2


MEMBER = texts(
    "name nik sex birth_place birth_date religion education occupation blood_type marital_status marriage_date "
    "relation_to_head nationality passport_no kitap_no father mother"
)
OFFICIAL = texts("name nip title")
BY_OFFICE: dict[str, Shape] = {"issued_on": str, "official": OFFICIAL, "regency": str}
LINE = texts("label value")
PARTY = texts("role name position nip")
# `signature` is an SVG text, empty where the paper is signed by hand.
HANDOVER: dict[str, Shape] = {
    **texts("number on_in_words regency tested total basis"),
    "parties": [{**PARTY, "signature": str}],
    "items": [texts("name serial year price condition")],
}
EVIDENCE_ROW = texts("on what by event")
REPLY_ROW = texts("party on text")
DUTY_ROW = texts("party what place due state source")


def _of_resident(
    template: str,
    shape: dict[str, Shape],
    *,
    pages: PageCount | None = _one,
    number: str = "number",
    bearer: str = "name",
    counted: str = "",
) -> Paper:
    """A paper that the office issues to a resident on plain A4: printed at stations and at home.

    Law: permendagri-109-2019, art. 12 and 21.
    """
    return Paper(
        template=template,
        shape={**shape, **BY_OFFICE},
        pages=pages,
        number=number,
        bearer=bearer,
        counted=counted,
        is_by_office=True,
        is_printed_at_stations=True,
        may_print_at_home=True,
    )


_DOCUMENTS: dict[DocumentKind | SheetKind, Paper] = {
    DocumentKind.FAMILY_CARD: _of_resident(
        "family_card.typ",
        {
            **texts("family_card_no head_name address rt rw postal_code village kecamatan regency province"),
            "members": [MEMBER],
        },
        pages=lambda content: ceil(count(content, "members") / MEMBERS_PER_PAGE),
        number="family_card_no",
        bearer="head_name",
        counted="members",
    ),
    DocumentKind.BIRTH_CERTIFICATE: _of_resident(
        "birth_certificate.typ",
        texts("number name nik sex born_in_words birth_place child_order parents note"),
    ),
    DocumentKind.DEATH_CERTIFICATE: _of_resident(
        "death_certificate.typ",
        texts("number name nik sex birth citizenship died_in_words death_place father mother spouse"),
    ),
    DocumentKind.BIODATA: _of_resident(
        "biodata.typ",
        {**texts("name nik"), "parts": [{"title": str, "rows": [LINE]}]},
        pages=None,
        number="nik",
    ),
    DocumentKind.MOVE_LETTER: _of_resident(
        "move_letter.typ",
        {
            **texts("number applicant valid_until"),
            **{key: [LINE] for key in ("origin", "destination", "facts")},
            "people": [texts("nik name relation birth_date")],
        },
        pages=None,
        bearer="applicant",
        counted="people",
    ),
    DocumentKind.STATEMENT: _of_resident(
        "statement.typ",
        {**texts("title number name says valid_until"), "facts": [LINE]},
    ),
    DocumentKind.CHILD_CARD: Paper(
        "child_card.typ",
        {
            **texts("nik name birth sex blood_type family_card_no head_name certificate_no religion citizenship"),
            **texts("address rt_rw village kecamatan valid_until photo"),
            **BY_OFFICE,
        },
        pages=_both_sides,
        number="nik",
        bearer="name",
        stock=Stock.CARD,
        is_by_office=True,
    ),
    DocumentKind.CARD_BATCH: Paper(
        "card_batch.typ",
        {
            **texts("number on kecamatan regency sealed_with"),
            "parties": [PARTY],
            "cards": [texts("code name nik blank_no")],
        },
        counted="cards",
    ),
    DocumentKind.HANDOVER_RECORD: Paper("handover_record.typ", HANDOVER, counted="items"),
    DocumentKind.EVIDENCE_PACK: Paper(
        "evidence_pack.typ",
        {
            **texts("device_serial device_name kecamatan regency as_of headline explanation"),
            "facts": [LINE],
            "turns": [texts("holder reason from_on until_on days cost")],
            "totals": [texts("holder days cost share")],
            "evidence": [EVIDENCE_ROW],
            "replies": [REPLY_ROW],
        },
        number="device_serial",
        counted="evidence",
    ),
    DocumentKind.HEARING_PACK: Paper(
        "hearing_pack.typ",
        {
            **texts("number title on regency as_of headline minutes trips cost"),
            **{key: [str] for key in ("parties", "questions", "months")},
            "turns": [texts("place device reason holder days due")],
            **{key: [DUTY_ROW] for key in ("duties", "former", "results")},
            "asked": [texts("place on days text")],
            "instructions": [texts("title sent understood missing")],
            "claims": [texts("by on said counted source")],
            "use": [{"place": str, "counts": [str]}],
            "evidence": [EVIDENCE_ROW],
            "replies": [REPLY_ROW],
        },
        counted="evidence",
    ),
}

_SHEETS: dict[DocumentKind | SheetKind, Paper] = {
    SheetKind.FORM: Paper(
        "form.typ",
        {
            **texts("form_no title regency printed_on applicant"),
            "parts": [{"title": str, "rows": [LINE], "choices": [texts("ticked label")]}],
        },
        may_print_at_home=True,
    ),
    SheetKind.RECEIPT: Paper(
        "receipt.typ", {**texts("title office number promise next_step"), "facts": [LINE]}, pages=_one, stock=Stock.A6
    ),
    SheetKind.REPORT: Paper(
        "report.typ",
        {
            **texts("title lead regency period place as_of source"),
            "notes": [str],
            "tables": [{**texts("title note"), "columns": [texts("label is_number")], "rows": [[str]], "total": [str]}],
        },
    ),
    SheetKind.CARD_LABEL: Paper(
        "card_label.typ",
        texts("number kecamatan regency card_count sealed_on sealed_with"),
        pages=_one,
        stock=Stock.A6,
    ),
    # A copy looks like what it is a copy of.
    SheetKind.HANDOVER_COPY: Paper("handover_record.typ", HANDOVER),
    SheetKind.EQUIPMENT_LABELS: Paper(
        "equipment_labels.typ",
        {"regency": str, "labels": [texts("serial name asset_code place qr")]},
        pages=lambda content: ceil(count(content, "labels") / LABELS_PER_SHEET),
    ),
    SheetKind.ASSET_BOOK: Paper(
        "asset_book.typ",
        {
            **texts("title party location as_of regency total"),
            "columns": [texts("head width align")],
            "rows": [{"cells": [str]}],
        },
    ),
    SheetKind.ID_CARD: Paper(
        "id_card.typ",
        texts(
            "nik name birth sex blood_type address rt_rw village kecamatan regency province religion marital_status "
            "occupation citizenship valid_until issued_on photo signature"
        ),
        pages=_one,
        stock=Stock.CARD,
    ),
}

PAPERS: Mapping[DocumentKind | SheetKind, Paper] = MappingProxyType({**_DOCUMENTS, **_SHEETS})
# What residents collect at a station; records of the office and cards stay at the centre.
PRINTED_AT_STATIONS = frozenset(kind.value for kind, paper in PAPERS.items() if paper.is_printed_at_stations)
