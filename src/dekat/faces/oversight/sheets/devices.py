"""Every device with its state, the idle ones first."""

from django.utils.translation import gettext as _

from dekat.faces.clock import today
from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, linked, table
from dekat.faces.oversight.headline import who
from dekat.faces.oversight.scope import KINDS, Scope
from dekat.reports.oversight import Line, Overview, overview

TITLES = {"RECORDER": "Alat rekam", "KK_PRINTER": "Alat cetak KK dan akta"}


def devices(scope: Scope) -> Report:
    """A table for each kind of device."""
    found = {kind: overview(now=scope.as_of, kind=kind, kecamatan=scope.kecamatan) for kind in KINDS}
    return Report(
        key="alat",
        title=_("Daftar alat"),
        lead=_("Keadaan setiap alat, dihitung dari tanda tangan alat dan catatan kantor. Yang menganggur di atas."),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=tuple(_table(kind, page) for kind, page in found.items()),
        is_exact=scope.is_exact,
    )


def _table(kind: str, page: Overview) -> Table:
    columns = [
        Column(_("Kecamatan")),
        Column(_("Nomor seri"), Kind.SERIAL),
        Column(_("Keadaan")),
        Column(_("Menganggur (hari)"), Kind.DAYS),
        Column(_("Giliran")),
        Column(_("Tenggat"), Kind.DAY),
        Column(_("Nilai hilang (Rp)"), Kind.MONEY),
        Column(_("Hari kerja terpakai, 30 hari"), Kind.DAYS),
        Column(_("Bagian (%)"), Kind.PERCENT),
    ]
    note = _(
        "Alat bekerja bila ada rekaman atau cetakan yang ditandatangani mesin dalam 7 hari kerja terakhir. "
        "Nilai hilang: harga dibagi masa manfaat 5 tahun (1.825 hari), dikali hari menganggur, paling "
        "lama sampai masa manfaat habis."
    )
    return table(kind.lower(), TITLES[kind], columns, [_row(line) for line in [*page.rank, *page.working]], note=note)


def _row(line: Line) -> Row:
    address, due = f"/pengawasan/alat/{line.serial}/", line.answer.due_at
    idle: Row = [Cell(_("bekerja"), tone="ok"), None, "", None, None]
    if line.is_idle:
        idle = [
            linked(words.reason(line.answer.code), f"{address}#mengapa", tone="warn"),
            line.idle_days,
            who(line),
            Cell(today(due) if due else None, tone="bad" if line.urgency == "bad" else ""),
            linked(line.lost, f"{address}tabel"),
        ]
    return [Cell(line.place), linked(line.serial, address), *idle, line.used_days, line.used_percent]
