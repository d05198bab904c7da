"""Papers about equipment, drawn the same at both ends: the BAST of a hand-over, and the labels of a stock-take."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from dekat.accounts.actor import Actor
from dekat.documents import queries as documents
from dekat.documents import services
from dekat.documents.kinds import DocumentKind, SheetKind
from dekat.documents.making import render_sheet
from dekat.documents.qr import qr_svg
from dekat.documents.queries import DocumentCard
from dekat.equipment.custody import Held
from dekat.equipment.offers import OfferCard
from dekat.equipment.stock_take import label_of
from dekat.faces.clock import today
from dekat.faces.stock_words import place_name
from dekat.faces.ui.words import number, weekday_date
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.reports.parties import party_name, places

BASIS = "PP 27/2014 jo. PP 28/2020, Permendagri 19/2016 tentang pengelolaan barang milik daerah"
NOTHING = "-"


def handover_copy(card: OfferCard, *, now: datetime) -> bytes:
    """The BAST as it stands now, for the printer; an open one has an empty place for the receiver's hand."""
    code = f"DEKAT-BAST:{card.id}"
    content = handover_content(card, now=now)
    return render_sheet(
        kind=SheetKind.HANDOVER_COPY, content=content, code=code, is_sample=settings.ENV.is_sample, now=now
    )


def issue_handover(card: OfferCard, *, actor: Actor, now: datetime) -> DocumentCard:
    """The answered BAST, signed and registered by the centre.

    Again: the first document stands.
    """
    return services.issue(
        kind=DocumentKind.HANDOVER_RECORD,
        subject=subject_of(card.id),
        kecamatan=card.to or card.giver.partition(":")[2],
        content=handover_content(card, now=now),
        actor=actor,
        now=now,
        document_id=card.id,
    )


def issued_handover(offer_id: UUID) -> DocumentCard | None:
    """The signed BAST of a hand-over, where the centre made one."""
    return documents.active_for(kind=DocumentKind.HANDOVER_RECORD, subject=subject_of(offer_id))


def subject_of(offer_id: UUID) -> str:
    """The subject under which documents knows a hand-over."""
    return f"handover:{offer_id}"


def handover_content(card: OfferCard, *, now: datetime) -> dict[str, Json]:
    """What the BAST says, in the shape of `documents.contents`."""
    names = places(today(now))
    listed = card.accepted if not card.is_open else card.items
    return {
        "number": card.bast,
        "on_in_words": f"hari {weekday_date(card.on).replace(', ', ' tanggal ')}",
        "regency": settings.REGENCY.removeprefix("Kabupaten "),
        "tested": _answer_in_words(card),
        "total": _plain(Rupiah(sum(item.price.sen for item in listed))),
        "basis": BASIS,
        "parties": [
            {
                "role": "Yang menyerahkan",
                "name": card.given_by.name,
                "position": party_name(card.giver, names),
                "nip": card.given_by.nip or NOTHING,
                "signature": card.given_by.signature,
            },
            {
                "role": "Yang menerima",
                "name": card.received_by.name or "..............................",
                "position": _receiver(card, names),
                "nip": card.received_by.nip or NOTHING,
                "signature": card.received_by.signature,
            },
        ],
        "items": [
            {
                "name": f"{item.kind_label}: {item.model}",
                "serial": item.serial,
                "year": str(item.year or NOTHING),
                "price": _plain(item.price),
                "condition": item.condition_label or NOTHING,
            }
            for item in listed
        ],
    }


def labels(devices: Sequence[Held], *, now: datetime) -> bytes:
    """A sheet of labels, 24 on each page."""
    names = places(today(now))
    content: dict[str, Json] = {
        "regency": settings.REGENCY.removeprefix("Kabupaten "),
        "labels": [
            {
                "serial": held.serial,
                "name": f"{held.kind_label}: {held.model}",
                "asset_code": held.register_no or NOTHING,
                "place": place_name(held.kecamatan, names),
                "qr": qr_svg(label_of(held.serial), quiet_zone=2),
            }
            for held in devices
        ],
    }
    return render_sheet(
        kind=SheetKind.EQUIPMENT_LABELS, content=content, code="-", is_sample=settings.ENV.is_sample, now=now
    )


def _receiver(card: OfferCard, names: dict[str, str]) -> str:
    office = party_name(card.receiver, names)
    return f"{office}, mengetahui: {card.head_name} (camat)" if card.head_name and card.to else office


def _answer_in_words(card: OfferCard) -> str:
    if card.is_open:
        return "Belum dijawab penerima; kondisi ditulis saat diterima."
    said = [f"{len(card.accepted)} alat diterima setelah nomor seri dan kondisinya diperiksa di tempat."]
    said += [f"Ditolak {item.serial}: {item.refusal_label}. {item.why}".strip() for item in card.declined]
    return " ".join(said)


def _plain(money: Rupiah) -> str:
    return number(money.sen // 100)
