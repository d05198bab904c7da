"""The Sekda's Monday list: every idle device, the most urgent first, each with exactly one holder of the turn."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dekat.areas.working_calendar import regency_calendar
from dekat.faces.clock import today
from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, linked, table
from dekat.faces.oversight.headline import turn_to_do, who
from dekat.faces.oversight.scope import Scope
from dekat.kernel.rupiah import Rupiah
from dekat.reports.oversight import Line, Overview, overview
from dekat.reports.parties import party_name

SEKDA, PROPOSED_WORKING_DAYS = "SEKDA", 5
TONES = {"bad": "bad", "warn": "warn", "ok": ""}


def devices_of(scope: Scope) -> Overview:
    """The devices of the list, by the path that the reader chose."""
    return overview(now=scope.as_of, kind=scope.kind, kecamatan=scope.kecamatan)


@dataclass(frozen=True)
class Call:
    """One device of the list with the one party that a click calls, and for what; no party: the Sekda must choose."""

    line: Line
    party: str
    name: str
    what: str


def calls(scope: Scope) -> list[Call]:
    """The list's devices in its order, each with whom a click calls."""
    found = devices_of(scope)
    called = [(line, _called(line)) for line in found.rank]
    return [Call(line, party, party_name(party, found.names) if party else "", _asked(line)) for line, party in called]


def _asked(line: Line) -> str:
    return turn_to_do(line) if line.answer.party != SEKDA else str(words.to_do(line.answer.code))


def _called(line: Line) -> str:
    """The holder of the turn; once it rose to the Sekda, the last who let it pass."""
    if line.answer.party != SEKDA:
        return line.answer.party
    return next((party for party in reversed(line.missed) if party != SEKDA), "")


def proposed_day(scope: Scope) -> date:
    """The working day that a new deadline falls on unless the Sekda picks another."""
    day, left = scope.now.astimezone(scope.zone).date(), PROPOSED_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= regency_calendar().is_working_day(day)
    return day


def monday(scope: Scope) -> Report:
    """The list as tables: the ranked devices, and how many turns each party holds."""
    found = devices_of(scope)
    path = _("perekaman") if scope.kind == "RECORDER" else _("cetak KK dan akta")
    return Report(
        key="senin",
        title=_("Daftar Senin: %(path)s") % {"path": path},
        lead=_(
            "Setiap alat yang menganggur, yang paling mendesak di atas. Tiap baris punya tepat satu pemegang giliran."
        ),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=(_list(found, path), _parties(found)),
        is_exact=scope.is_exact,
    )


def _list(found: Overview, path: str) -> Table:
    columns = [
        Column(_("No."), Kind.COUNT),
        Column(_("Kecamatan")),
        Column(_("Nomor seri"), Kind.SERIAL),
        Column(_("Mengapa")),
        Column(_("Giliran")),
        Column(_("Yang harus dilakukan")),
        Column(_("Menganggur (hari)"), Kind.DAYS),
        Column(_("Nilai hilang (Rp)"), Kind.MONEY),
        Column(_("Tenggat"), Kind.DAY),
        Column(_("Tenggat dilewati oleh")),
    ]
    rows = [_row(number, line, found) for number, line in enumerate(found.rank, start=1)]
    days = sum(line.idle_days for line in found.idle)
    total: Row = ["", _("Jumlah"), "", "", "", "", days, Rupiah(sum(line.lost.sen for line in found.idle)), None, ""]
    return table(
        "daftar",
        _("Alat yang menganggur: %(path)s") % {"path": path},
        columns,
        rows,
        total=total if rows else (),
        note=_(
            "Menganggur: hari kalender sejak tanda tangan alat yang terakhir. Nilai hilang: harga dibagi masa manfaat, "
            "dikali hari itu. Urutan: tenggat lewat dulu, lalu yang terlama."
        ),
    )


def _row(number: int, line: Line, found: Overview) -> Row:
    address = f"/pengawasan/alat/{line.serial}/"
    due = line.answer.due_at
    missed = ", ".join(party_name(party, found.names) for party in line.missed)
    return [
        number,
        Cell(line.place),
        linked(line.serial, address),
        linked(words.reason(line.answer.code), f"{address}#mengapa"),
        linked(who(line), f"{address}#giliran", tone=TONES[line.urgency]),
        Cell(turn_to_do(line)),
        linked(line.idle_days, f"{address}tabel"),
        linked(line.lost, f"{address}tabel"),
        Cell(today(due) if due else None, tone=TONES[line.urgency]),
        Cell(missed, tone="bad" if missed else ""),
    ]


def _parties(found: Overview) -> Table:
    lost = {
        party: Rupiah(sum(line.lost.sen for line in found.idle if line.party == party)) for party, _n in found.by_party
    }
    rows: list[Row] = [[party, count, lost[party]] for party, count in found.by_party]
    columns = [Column(_("Pihak")), Column(_("Giliran"), Kind.COUNT), Column(_("Nilai hilang (Rp)"), Kind.MONEY)]
    note = _("Nilai hilang di sini seluruh hari menganggur alat yang gilirannya kini di pihak itu.")
    return table("pihak", _("Giliran per pihak"), columns, rows, note=note)
