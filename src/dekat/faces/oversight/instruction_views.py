"""Who has not read what. Open to anybody: offices and roles, never a name; the texts themselves to whoever oversees."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from dekat.duties import queries as duties
from dekat.duties.instructing import body_sha256
from dekat.faces.access import EVERY_ROLE, open_to, open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.instruction_words import ROLE_WORDS
from dekat.kernel.clock import iso
from dekat.reports.parties import places, said_by
from dekat.reports.who_read import Matrix, behind, lines, said_at_issue, who_read

HEAD = (
    "kode_kecamatan", "kecamatan", "petunjuk", "versi", "judul", "terbit", "sampai", "dibuka", "operator_mengerti",
    "operator_bertugas", "operator_sudah", "camat_mengerti", "kasi_mengerti", "belum", "dicabut", "bukti",
)  # fmt: skip
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class FilterForm(forms.Form):
    """Which part of the matrix to show."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    petunjuk = forms.ChoiceField(label=_("Petunjuk"), required=False)
    belum = forms.ChoiceField(
        label=_("Yang belum"),
        required=False,
        choices=[("", _("Semua")), ("DELIVERY", _("Belum sampai di stasiun")), *ROLE_WORDS.items()],
    )

    def __init__(self, *args: object, places: dict[str, str], titles: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, choices in (("kecamatan", places), ("petunjuk", titles)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("Semua")), *choices.items()]

    def wanted(self) -> dict[str, str]:
        """The conditions as the report takes them; what is unknown is no condition."""
        said = self.cleaned_data if self.is_valid() else {}
        names = {"kecamatan": "kecamatan", "instruction": "petunjuk", "lacking": "belum"}
        return {name: str(said.get(field, "")) for name, field in names.items()}


@open_to_anybody
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Every kecamatan beside every instruction in force, and the questions that wait too long."""
    at, names = now(), places(today(now()))
    form = _form(request, names)
    waiting = [
        (one, names.get(one.kecamatan, one.kecamatan), one.overdue_minutes(now=at))
        for one in duties.questions(is_open=True)
    ]
    values = {
        "form": form,
        "matrix": who_read(now=at, **form.wanted()),
        "query": request.GET.urlencode(),
        "waiting": sorted(waiting, key=lambda one: one[0].asked_at),
        "overdue_count": sum(1 for _one, _place, late in waiting if late),
        "public_count": len(duties.public_answers()),
    }
    return render(request, "oversight/instructions.html", values)


@open_to_anybody
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table, one line for each cell, to take away."""
    if kind not in TYPES:
        raise Http404
    at = now()
    rows = list(_rows(who_read(now=at, **_form(request, places(today(at))).wanted())))
    content = _as_csv(rows) if kind == "csv" else _as_xlsx(rows)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="petunjuk-{at:%Y-%m-%d}.{kind}"'
    return response


@open_to_anybody
@require_GET
def cell(request: HttpRequest, instruction_id: str, kecamatan: str) -> HttpResponse:
    """What happened to one instruction in one kecamatan, event by event."""
    names = places(today(now()))
    card = next((one for one in duties.issued(also_withdrawn=True) if one.id == instruction_id), None)
    if card is None or kecamatan not in names:
        raise Http404
    receipt = next((one for one in duties.receipts(card.id) if one.kecamatan == kecamatan), None)
    events = [(event, said_by(event, names)) for event in behind(instruction=card.id, kecamatan=kecamatan)]
    # A history that was imported tells of instructions whose texts never were here.
    has_text = duties.version(card.id, card.version) is not None
    values = {"card": card, "receipt": receipt, "events": events, "place": names[kecamatan], "has_text": has_text}
    return render(request, "oversight/receipt.html", {**values, "nav_active": "petunjuk"})


@open_to(*EVERY_ROLE)
@require_GET
def version(request: HttpRequest, instruction_id: str, version: int) -> HttpResponse:
    """The text of a version exactly as it was in force, beside its hash in the log."""
    card = duties.version(instruction_id, version)
    if card is None:
        raise Http404
    said, found = said_at_issue(instruction=instruction_id, version=version), body_sha256(card.body)
    is_same = said is not None and said.data.get("body_sha256") == found
    values = {"card": card, "sha256": found, "said": said, "is_same": is_same, "nav_active": "petunjuk"}
    return render(request, "oversight/instruction_version.html", values)


@open_to_anybody
@require_GET
def public_answers(request: HttpRequest) -> HttpResponse:
    """What kecamatan asked and everybody may read."""
    return render(
        request, "oversight/public_answers.html", {"answers": duties.public_answers(), "nav_active": "petunjuk"}
    )


def _form(request: HttpRequest, names: dict[str, str]) -> FilterForm:
    titles = {one.id: one.title for one in duties.issued(also_withdrawn=True)}
    return FilterForm(request.GET, places=names, titles=titles)


def _rows(matrix: Matrix) -> Iterator[tuple[str | int, ...]]:
    for card, row, cell in lines(matrix):
        at = [cell.delivered_at, cell.shown_at, cell.operator_at, cell.head_at, cell.section_at, cell.withdrawn_at]
        delivered, shown, operator, head, section, withdrawn = (iso(one) if one else "" for one in at)
        lacking = [str(ROLE_WORDS[role]) for role in cell.lacking]
        yield (
            row.code, row.name, card.id, card.version, _harmless(card.title), iso(card.issued_at), delivered, shown,
            operator, cell.operator_count, cell.operators_done, head, section,
            ", ".join(lacking if cell.delivered_at else ["sampai", *lacking]), withdrawn,
            " ".join(str(event.id) for event in cell.events.values()),
        )  # fmt: skip


def _harmless(text: str) -> str:
    """A title that begins like a formula stays a text in a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _as_csv(rows: list[tuple[str | int, ...]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: list[tuple[str | int, ...]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Petunjuk")
    sheet.freeze_panes = "A2"
    for row in (HEAD, *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
