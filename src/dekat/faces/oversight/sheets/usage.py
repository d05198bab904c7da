"""Utilisation per kecamatan: days of use as a share, which shame nobody by tiny numbers; counts beside them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dekat.areas.distances import nearest
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, linked, table
from dekat.faces.oversight.period_words import in_words
from dekat.faces.oversight.scope import Scope
from dekat.reports.period import Period
from dekat.reports.served import Service
from dekat.reports.usage import NOTHING, Shares, Usage, read_usage

NEIGHBOURS = 4
KINDS = ("RECORDER", "KK_PRINTER")


def kecamatan_list(scope: Scope) -> Report:
    """Every kecamatan with its utilisation, by code."""
    return Report(
        key="kecamatan",
        title=_("Kecamatan"),
        lead=_(
            "Berapa hari kerja alat benar-benar dipakai di tiap kecamatan, menurut tanda tangan alat dan "
            "penghitung cetak."
        ),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=(usage(scope, usage_of(scope)),),
        is_exact=scope.is_exact,
    )


def usage_of(scope: Scope) -> Usage:
    """The period and the one before it."""
    return read_usage(scope.period.before, scope.period, now=scope.now, zone=scope.zone)


def usage(scope: Scope, found: Usage) -> Table:
    """Utilisation of the period with the one before beside it."""
    now, before = found.shares(scope.period), found.shares(scope.period.before)
    columns = [
        Column(_("Kecamatan")),
        Column(_("Alat rekam dipakai (% hari kerja)"), Kind.PERCENT),
        Column(_("Periode sebelumnya (%)"), Kind.PERCENT),
        Column(_("Alat cetak dipakai (% hari kerja)"), Kind.PERCENT),
        Column(_("Periode sebelumnya (%)"), Kind.PERCENT),
        Column(_("Rekaman"), Kind.COUNT),
        Column(_("Cetakan"), Kind.COUNT),
    ]
    rows = [
        [
            linked(scope.names[code], f"/pengawasan/kecamatan/{code}/?{scope.query}"),
            *_percents(code, now, before),
            _people(found, Service.RECORDED, code, scope),
            _people(found, Service.PRINTED, code, scope),
        ]
        for code in scope.codes
    ]
    note = _(
        "Hari kerja saat alat ada di kecamatan itu; hari tanpa satu pun tanda tangan alat dihitung tidak dipakai. "
        "Tanda – berarti tidak ada alat."
    )
    return table("pemakaian", _("Pemakaian per kecamatan"), columns, rows, note=note)


def neighbours(scope: Scope, found: Usage) -> Table:
    """The nearest kecamatan beside this one: shares of days only, in the order of the distance."""
    codes = [scope.kecamatan, *nearest(scope.kecamatan, count=NEIGHBOURS)]
    now = found.shares(scope.period)
    columns = [
        Column(_("Kecamatan")),
        Column(_("Alat rekam dipakai (% hari kerja)"), Kind.PERCENT),
        Column(_("Alat cetak dipakai (% hari kerja)"), Kind.PERCENT),
    ]
    rows = [
        [
            linked(scope.names[code], f"/pengawasan/kecamatan/{code}/?{scope.query}"),
            *(now.get((code, kind), NOTHING).percent for kind in KINDS),
        ]
        for code in codes
        if code in scope.names
    ]
    note = _(
        "Empat kecamatan terdekat menurut titik tengahnya. Hanya bagian hari kerja, bukan jumlah warga, agar yang "
        "kecil tidak dipermalukan."
    )
    return table("tetangga", _("Di samping tetangga"), columns, rows, note=note)


def by_month(scope: Scope, months: Sequence[Period]) -> Table:
    """Utilisation and services of one kecamatan, month by month, newest first."""
    columns = [
        Column(_("Bulan")),
        Column(_("Alat rekam dipakai (% hari kerja)"), Kind.PERCENT),
        Column(_("Alat cetak dipakai (% hari kerja)"), Kind.PERCENT),
        Column(_("Rekaman"), Kind.COUNT),
        Column(_("Cetakan"), Kind.COUNT),
        Column(_("KTP-el diserahkan"), Kind.COUNT),
    ]
    found = read_usage(months[-1], months[0], now=scope.now, zone=scope.zone)
    rows = [_month_row(scope, found, month) for month in months]
    note = _("Bulan yang masih berjalan dihitung sampai hari ini.")
    return table("bulan", _("Pemakaian per bulan"), columns, rows, note=note)


def _month_row(scope: Scope, found: Usage, month: Period) -> Row:
    shares = found.shares(month)
    return [
        in_words(month),
        *(shares.get((scope.kecamatan, kind), NOTHING).percent for kind in KINDS),
        *(_people(found, service, scope.kecamatan, scope, month) for service in Service),
    ]


def _percents(code: str, now: Shares, before: Shares) -> list[int | None]:
    found = []
    for kind in KINDS:
        found += [shares.get((code, kind), NOTHING).percent for shares in (now, before)]
    return found


def _people(found: Usage, service: Service, code: str, scope: Scope, month: Period | None = None) -> Cell:
    href = scope.trace(service, kecamatan=code, span=month)
    count = found.count(service, month or scope.period, kecamatan=code)
    return scope.people(count, (service, code), href=href, span=month)
