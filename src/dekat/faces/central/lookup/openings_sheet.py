"""Who opened somebody's data, on a sheet that the office hands over at the counter: offices and roles, no names."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet
from dekat.faces.clock import today
from dekat.faces.opening_words import office_words, purpose_words
from dekat.faces.ui.words import clock_time, date_and_time, long_date
from dekat.kernel.canonical import Json
from dekat.registry.views import ResidentView, masked
from dekat.reports.who_opened import OpeningLine


def sheet_of(resident: ResidentView, lines: Sequence[OpeningLine], *, address: str, now: datetime) -> bytes:
    """The sheet as PDF; it names the resident as the search masks them, so that a lost sheet says little."""
    person = masked(resident, on=today(now))
    content: dict[str, Json] = {
        "title": gettext("Siapa membuka data saya"),
        "lead": f"{person.name}, NIK {person.nik}" if person.nik else person.name,
        "regency": settings.REGENCY.removeprefix("Kabupaten "),
        "period": gettext("semua pembukaan yang tercatat"),
        "place": resident.kecamatan_name or "-",
        "as_of": date_and_time(now),
        "source": gettext("catatan pembukaan data Dispendukcapil dan stasiun kecamatan"),
        "notes": [gettext("Ada yang tidak Anda kenali? Tanyakan kepada kepala Dispendukcapil. Gratis.")],
        "tables": [_table(lines)],
    }
    return render_sheet(kind=SheetKind.REPORT, content=content, code=address, is_sample=settings.ENV.is_sample, now=now)


def _table(lines: Sequence[OpeningLine]) -> Json:
    heads = (gettext("Tanggal"), gettext("Jam"), gettext("Kantor dan jabatan"), gettext("Keperluan"), gettext("Hasil"))
    rows: list[Json] = [
        [long_date(one.at), clock_time(one.at), office_words(one), purpose_words(one), str(one.outcome.label)]
        for one in lines
    ]
    columns: list[Json] = [{"label": head, "is_number": ""} for head in heads]
    return {"title": gettext("Pembukaan data"), "note": "", "columns": columns, "rows": rows, "total": []}
