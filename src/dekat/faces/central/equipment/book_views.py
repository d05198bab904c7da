"""KIB B and KIR on any day: on screen, as a workbook, on paper."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dekat.areas.working_calendar import regency_calendar
from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet
from dekat.equipment import books
from dekat.equipment.books import Book
from dekat.faces.access import open_to
from dekat.faces.central.equipment.columns import KIB_B, KIR, Column, in_thousands, printed
from dekat.faces.central.equipment.roles import READS, frame
from dekat.faces.central.equipment.search_views import day_of
from dekat.faces.central.equipment.workbooks import MEDIA_TYPE, book_workbook
from dekat.faces.clock import now, today
from dekat.faces.ui.words import long_date
from dekat.kernel.canonical import Json
from dekat.reports.parties import party_name, places

KIB_B_TITLE, KIR_TITLE = "Kartu Inventaris Barang (KIB) B: Peralatan dan Mesin", "Kartu Inventaris Ruangan (KIR)"


@dataclass(frozen=True)
class Shown:
    """A book with its columns and names."""

    book: Book
    columns: tuple[Column, ...]
    title: str
    party: str
    kind: str
    whose: str

    @property
    def query(self) -> str:
        return f"buku={self.kind}&pihak={self.whose}&tanggal={self.book.as_of.isoformat()}"

    @property
    def file_name(self) -> str:
        party = self.whose.replace(":", "-").replace(".", "") or "gudang"
        return f"{self.kind}-{party}-{self.book.as_of.isoformat()}".lower()


def _shown(request: HttpRequest) -> Shown:
    as_of, names = day_of(request), places(today(now()))
    kind = "KIR" if request.GET.get("buku") == "KIR" else "KIB-B"
    policy, zone = settings.ENV.asset_policy, regency_calendar().zone
    if kind == "KIR":
        whose = request.GET.get("pihak", "").removeprefix("KECAMATAN:")
        whose = whose if whose in names else ""
        party = party_name(f"KECAMATAN:{whose}", names) if whose else _("Gudang Dispendukcapil")
        book = books.kir(place=whose, as_of=as_of, policy=policy, zone=zone)
        return Shown(book, tuple(KIR), KIR_TITLE, party, kind, f"KECAMATAN:{whose}" if whose else "")
    whose = request.GET.get("pihak") or "DISPENDUKCAPIL"
    book = books.kib_b(owner=whose, as_of=as_of, policy=policy, zone=zone)
    return Shown(book, tuple(KIB_B), KIB_B_TITLE, party_name(whose, names), kind, whose)


@open_to(*READS)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """A book as a table."""
    shown, names = _shown(request), places(today(now()))
    rows = [[(printed(column, line), column) for column in shown.columns] for line in shown.book.lines]
    values = {
        "shown": shown,
        "rows": [(line, cells) for line, cells in zip(shown.book.lines, rows, strict=True)],
        "owners": [(owner, party_name(owner, names)) for owner in books.owners()],
        "places": [("", _("Gudang Dispendukcapil")), *((f"KECAMATAN:{code}", name) for code, name in names.items())],
    }
    return render(request, "central/equipment/book.html", {**frame(request), **values})


@open_to(*READS)
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """A book as XLSX."""
    shown = _shown(request)
    content = book_workbook(
        shown.book, shown.columns, title=shown.title, party=shown.party, is_sample=settings.ENV.is_sample
    )
    return _download(content, MEDIA_TYPE, f"{shown.file_name}.xlsx")


@open_to(*READS)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """A book as PDF."""
    shown = _shown(request)
    pdf = render_sheet(
        kind=SheetKind.ASSET_BOOK, content=_content(shown), code="-", is_sample=settings.ENV.is_sample, now=now()
    )
    return _download(pdf, "application/pdf", f"{shown.file_name}.pdf")


def _content(shown: Shown) -> dict[str, Json]:
    book = shown.book
    return {
        "title": shown.title,
        "party": shown.party,
        "location": book.location_code or "belum ditetapkan",
        "as_of": long_date(book.as_of),
        "regency": settings.REGENCY.removeprefix("Kabupaten "),
        "total": in_thousands(Decimal(book.total.sen) / 100_000),
        "columns": [
            {"head": one.head, "width": str(one.width), "align": "right" if one.is_number else "left"}
            for one in shown.columns
        ],
        "rows": [{"cells": [printed(column, line) for column in shown.columns]} for line in book.lines],
    }


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
