"""Trips to town: avoided, made, and those that are still unavoidable, with why, who and until when."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dekat.areas.distances import SOURCE
from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Table, linked, table
from dekat.faces.oversight.scope import Scope
from dekat.reports.open_counts import ALL_SERVICES, OUTSIDE_TOWN
from dekat.reports.parties import party_name
from dekat.reports.served import Service
from dekat.reports.small_cells import Sum, closed_cells
from dekat.reports.trace import ELSEWHERE, MUST, WENT
from dekat.reports.trips import NO_DEVICE, PATHS, Avoided, Needed, trips_avoided, trips_needed

SERVICES = (Service.RECORDED, Service.PRINTED, Service.CARD_COLLECTED)


def trips(scope: Scope) -> Report:
    """Both tables, the formula and the distances."""
    saved = trips_avoided(scope.period, kecamatan=scope.codes, now=scope.now, zone=scope.zone)
    needed = trips_needed(scope.period, kecamatan=scope.codes, state_at=scope.state_at, now=scope.now, zone=scope.zone)
    return Report(
        key="perjalanan",
        title=_("Masih harus ke kota?"),
        lead=_headline(needed),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.state_at,
        tables=(needed_table(needed, scope), avoided_table(saved, scope)),
        is_exact=scope.is_exact,
    )


def _headline(found: Sequence[Needed]) -> str:
    """The answer in words."""
    away = {path: sum(not one.is_served for one in found if one.path == path) for path in PATHS}
    if not any(away.values()):
        return _("Tidak. Perekaman dan cetak KK dilayani di setiap kecamatan.")
    return _(
        "Ya. Warga %(record)d kecamatan masih harus keluar kecamatan untuk perekaman KTP-el, %(print)d untuk cetak "
        "KK dan akta. Tabel menyebut mengapa, dan siapa harus bertindak sampai kapan."
    ) % {"record": away["RECORD"], "print": away["PRINT"]}


def needed_table(found: Sequence[Needed], scope: Scope) -> Table:
    """What residents must still go to town for."""
    columns = [
        Column(_("Kecamatan")),
        Column(_("Layanan")),
        Column(_("Di kecamatan")),
        Column(_("Mengapa tidak")),
        Column(_("Siapa harus bertindak")),
        Column(_("Sampai kapan"), Kind.DAY),
        Column(_("Sudah ke kota atau kecamatan lain"), Kind.COUNT),
        Column(_("Masih harus ke kota"), Kind.COUNT),
    ]
    hidden = frozenset() if scope.is_exact else _closed(found, is_told=scope.is_told)
    ranked = sorted(found, key=lambda one: (one.is_served, one.kecamatan, one.path))
    rows = [_needed_row(one, scope, hidden) for one in ranked]
    went, must = sum(one.went_count for one in found), sum(one.must_count for one in found)
    total = [
        _("Jumlah"), "", "", "", "", None,
        _count(went, ("", "", WENT), hidden, ""), _count(must, ("", "", MUST), hidden, ""),
    ]  # fmt: skip
    note = _(
        "Dihitung dari permohonan dan rekaman, tidak diketik. Cetak: permohonan yang dibuat di loket kota, dan "
        "permohonan berjalan yang kertasnya tidak dapat dicetak di kecamatan pemohon. Perekaman: rekaman warga "
        "kecamatan itu yang dibuat di tempat lain. Kecamatan tanpa alat: Dispendukcapil menempatkan alat."
    )
    return table("masih", _("Masih harus ke kota"), columns, rows, total=total if len(rows) > 1 else (), note=note)


def _needed_row(one: Needed, scope: Scope, hidden: frozenset[tuple[str, str, str]]) -> list[Cell | str]:
    what = _("Perekaman KTP-el") if one.path == "RECORD" else _("Cetak KK dan akta")
    href = f"/pengawasan/alat/{one.serial}/" if one.serial else ""
    place = linked(scope.names[one.kecamatan], f"/pengawasan/kecamatan/{one.kecamatan}/")
    counted = ELSEWHERE if one.path == "RECORD" else WENT
    went = _count(
        one.went_count, (one.kecamatan, one.path, WENT), hidden, scope.trace(counted, kecamatan=one.kecamatan)
    )
    must = _count(one.must_count, (one.kecamatan, one.path, MUST), hidden, scope.trace(MUST, kecamatan=one.kecamatan))
    if one.is_served:
        return [place, what, linked(_("bisa"), href, tone="ok"), "", "", Cell(None), went, must]
    why = _("Belum ada alat.") if one.code == NO_DEVICE else words.reason(one.code)
    due = one.due_at.astimezone(scope.zone).date() if one.due_at else None
    late = "bad" if one.due_at and one.due_at <= scope.state_at else ""
    who = party_name(one.party, dict(scope.names))
    until = Cell(due, tone=late)
    return [place, what, linked(_("belum bisa"), href, tone="warn"), linked(why, href), who, until, went, must]


def _count(value: int, key: tuple[str, str, str], hidden: frozenset[tuple[str, str, str]], href: str) -> Cell:
    return Cell(None, is_closed=True) if key in hidden else Cell(value, href=href)


def _closed(found: Sequence[Needed], *, is_told: bool) -> frozenset[tuple[str, str, str]]:
    values: dict[tuple[str, str, str], int] = {}
    sums = []
    for what in (WENT, MUST):
        parts = []
        for one in found:
            values[one.kecamatan, one.path, what] = one.went_count if what == WENT else one.must_count
            parts.append((one.kecamatan, one.path, what))
        values["", "", what] = sum(values[part] for part in parts)
        sums.append(Sum(("", "", what), tuple(parts)))
    return closed_cells(values, sums) if is_told else frozenset(values)


def avoided_table(found: Sequence[Avoided], scope: Scope) -> Table:
    """What was done in the kecamatan instead of in town, and the way that nobody had to go."""
    columns = [
        Column(_("Kecamatan")),
        Column(_("Rekaman"), Kind.COUNT),
        Column(_("Cetakan"), Kind.COUNT),
        Column(_("KTP-el diserahkan"), Kind.COUNT),
        Column(_("Perjalanan terhemat"), Kind.COUNT),
        Column(_("Pulang-pergi (km)"), Kind.DISTANCE),
        Column(_("Jarak terhemat (km)"), Kind.DISTANCE),
    ]
    rows = [_avoided_row(one, scope) for one in found]
    where = found[0].kecamatan if scope.kecamatan and found else OUTSIDE_TOWN
    sums = [sum(getattr(one, name) for one in found) for name in ("recorded", "printed", "cards", "trips")]
    metres = sum(one.metres or 0 for one in found)
    # The way follows from the trips of each kecamatan: with one of them closed, the sum of ways would tell it.
    is_told = all(not row[6].is_closed for row in rows)
    total = [
        _("Jumlah"),
        *(scope.people(value, (what, where)) for value, what in zip(sums, (*SERVICES, ALL_SERVICES), strict=True)),
        None,
        Cell(metres) if is_told else Cell(None, is_closed=True),
    ]
    note = _(
        "Satu rekaman yang ditandatangani alat, satu lembar tercetak baik menurut penghitung cetak, dan satu KTP-el "
        "yang diserahkan di kecamatan masing-masing menghemat satu perjalanan. Kecamatan Bondowoso tidak dihitung. "
        "Jarak: dua kali garis lurus antara titik tengah kecamatan dan titik tengah Kecamatan Bondowoso; jalan lebih "
        "panjang. Sumber titik: %(source)s. Ongkos tidak dihitung karena tidak ada ukurannya."
    ) % {"source": SOURCE}
    return table("terhemat", _("Perjalanan terhemat"), columns, rows, total=total if len(rows) > 1 else (), note=note)


def _avoided_row(one: Avoided, scope: Scope) -> list[Cell]:
    def cell(value: int | None, what: str) -> Cell:
        href = scope.trace(what, kecamatan=one.kecamatan) if what else ""
        return scope.people(value, (what, one.kecamatan), href=href)

    return [
        linked(scope.names[one.kecamatan], f"/pengawasan/kecamatan/{one.kecamatan}/"),
        cell(one.recorded, Service.RECORDED),
        cell(one.printed, Service.PRINTED),
        cell(one.cards, Service.CARD_COLLECTED),
        cell(one.trips, ALL_SERVICES),
        Cell(one.round_trip_m),
        cell(one.metres, ALL_SERVICES),
    ]
