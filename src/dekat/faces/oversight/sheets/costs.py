"""Costs: what was spent on what, what each device and each use of it cost, and what idleness lost, by party."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from dekat.duties.days import total
from dekat.equipment import queries as equipment
from dekat.equipment.kinds import DeviceKind
from dekat.equipment.queries import ContractCard
from dekat.faces.oversight import words
from dekat.faces.oversight.figures import Cell, Column, Kind, Report, Row, Table, linked, table
from dekat.faces.oversight.scope import Scope
from dekat.faces.ui.words import number, short_money
from dekat.kernel.rupiah import Rupiah
from dekat.reports.losses import DeviceCost, by_party, device_costs
from dekat.reports.parties import party_name
from dekat.reports.served import COUNTED_BY, Service, served
from dekat.reports.trace import UPKEEP

_SERVICE = {kind: service for (kind, _use), service in COUNTED_BY.items()}


def costs(scope: Scope) -> Report:
    """Spending, devices, parties."""
    found = [cost for cost in device_costs(scope.period, now=scope.now, zone=scope.zone) if _is_meant(cost, scope)]
    return Report(
        key="biaya",
        title=_("Biaya & pengadaan"),
        lead=_headline(found, scope),
        period=scope.period_words,
        place=scope.place,
        as_of=scope.as_of,
        tables=(spending(scope), parties(found, scope), devices(found, scope)),
        is_exact=scope.is_exact,
    )


def _headline(found: Sequence[DeviceCost], scope: Scope) -> str:
    lost, days = total([cost.lost for cost in found]), sum(cost.idle_days for cost in found)
    return _("%(lost)s hilang dalam %(days)s hari alat menganggur pada %(period)s; harga semua alat %(price)s.") % {
        "lost": short_money(lost),
        "days": number(days),
        "period": scope.period_words,
        "price": short_money(total([Rupiah(cost.answer.price_sen) for cost in found])),
    }


def _is_meant(cost: DeviceCost, scope: Scope) -> bool:
    return scope.kecamatan in ("", cost.answer.kecamatan)


def spending(scope: Scope) -> Table:
    """Every contract, what of it was towers, and which evidence is missing."""
    columns = [
        Column(_("Kontrak"), Kind.SERIAL),
        Column(_("Ditandatangani"), Kind.DAY),
        Column(_("Tahun anggaran")),
        Column(_("Sumber dana")),
        Column(_("Pemasok")),
        Column(_("Nilai kontrak (Rp)"), Kind.MONEY),
        Column(_("Bagian menara (Rp)"), Kind.MONEY),
        Column(_("Dalam periode (Rp)"), Kind.MONEY),
        Column(_("Bukti yang belum ada")),
    ]
    last = scope.as_of.astimezone(scope.zone).date()
    found = [card for card in equipment.contracts() if card.signed_on <= last]
    rows = [_spending_row(card, scope) for card in found]
    sums = [_sum(row[place] for row in rows) for place in (5, 6, 7)]
    note = _("Semua kontrak sejak awal, tidak disaring menurut kecamatan. Pemeliharaan alat ada pada tabel per alat.")
    last_row: Row = [_("Jumlah"), None, "", "", "", *sums, ""] if rows else []
    return table("kontrak", _("Apa yang dibayar"), columns, rows, total=last_row, note=note)


def _sum(cells: Iterable[Cell]) -> Rupiah:
    return total([cell.value for cell in cells if isinstance(cell.value, Rupiah)])


def _spending_row(card: ContractCard, scope: Scope) -> list[Cell]:
    towers = [item.unit_price.times(item.count) for item in card.items if item.kind == DeviceKind.TOWER.label]
    is_new = scope.period.first <= card.signed_on < scope.period.after
    lacks = {"PAYMENT_ORDER": _("SP2D"), "DEVICES": _("nomor seri sebagian alat")}
    return [
        linked(card.number, f"/pengawasan/catatan/{card.event_id}/"),
        Cell(card.signed_on),
        Cell(str(card.budget_year)),
        Cell(card.funding),
        Cell(card.supplier),
        Cell(card.total),
        Cell(total(towers)),
        Cell(card.total if is_new else Rupiah(0)),
        Cell(", ".join(lacks.get(lack, lack) for lack in card.missing), tone="warn" if card.missing else ""),
    ]


def parties(found: Sequence[DeviceCost], scope: Scope) -> Table:
    """What each party let pass in the period."""
    lost = by_party(found)
    rows: list[Row] = [[party_name(one.party, dict(scope.names)), one.device_count, one.days, one.lost] for one in lost]
    columns = [
        Column(_("Pemegang giliran")),
        Column(_("Alat"), Kind.COUNT),
        Column(_("Hari menganggur"), Kind.DAYS),
        Column(_("Nilai hilang (Rp)"), Kind.MONEY),
    ]
    last_row: Row = [_("Jumlah"), None, sum(one.days for one in lost), total([one.lost for one in lost])]
    note = _("Tiap hari menganggur dihitung pada pihak yang memegang giliran saat hari itu berakhir; jumlahnya pas.")
    return table("pihak", _("Hilang karena menganggur"), columns, rows, total=last_row if rows else (), note=note)


def devices(found: Sequence[DeviceCost], scope: Scope) -> Table:
    """What each device cost in the period, and one use of it."""
    columns = [
        Column(_("Kecamatan")),
        Column(_("Nomor seri"), Kind.SERIAL),
        Column(_("Jenis")),
        Column(_("Harga (Rp)"), Kind.MONEY),
        Column(_("Menyusut (Rp)"), Kind.MONEY),
        Column(_("Pemeliharaan (Rp)"), Kind.MONEY),
        Column(_("Pemakaian"), Kind.COUNT),
        Column(_("Biaya per pemakaian (Rp)"), Kind.MONEY),
        Column(_("Hari menganggur"), Kind.DAYS),
        Column(_("Nilai hilang (Rp)"), Kind.MONEY),
    ]
    ranked = sorted(found, key=lambda cost: (-cost.lost.sen, cost.answer.serial))
    told = {} if scope.is_exact else served(scope.period, now=scope.now, zone=scope.zone).by_place()
    rows = [_device_row(cost, scope, _keys(cost, told)) for cost in ranked]
    money = [_sum(row[place] for row in rows) for place in (3, 4, 5, 9)]
    days = sum(cost.idle_days for cost in found)
    last_row: Row = [_("Jumlah"), "", "", *money[:3], None, None, days, money[3]] if rows else []
    note = _(
        "Menyusut: harga dibagi masa manfaat, dikali hari dalam periode sejak diserahkan. Biaya per pemakaian: "
        "menyusut ditambah pemeliharaan, dibagi rekaman atau cetakan yang ditandatangani alat. Menara tidak dibagi."
    )
    return table("alat", _("Biaya tiap alat dan tiap pemakaian"), columns, rows, total=last_row, note=note)


def _keys(cost: DeviceCost, told: Mapping[tuple[Service, str], int]) -> list[tuple[str, str]]:
    """A device's count may be told where it is its kecamatan's whole count; else the one would give away the other."""
    key = (_SERVICE.get(cost.answer.kind, Service.RECORDED), cost.answer.kecamatan)
    return [key] if told.get(key, 0) == cost.use_count else []


def _device_row(cost: DeviceCost, scope: Scope, keys: Sequence[tuple[str, str]]) -> list[Cell]:
    answer, address = cost.answer, f"/pengawasan/alat/{cost.answer.serial}/"
    return [
        Cell(scope.names.get(answer.kecamatan) or _("Gudang Dispendukcapil")),
        linked(answer.serial, address),
        Cell(words.kind_label(answer.kind)),
        Cell(Rupiah(answer.price_sen)),
        Cell(cost.worn),
        Cell(cost.maintenance, href=scope.trace(UPKEEP, serial=answer.serial) if scope.is_exact else ""),
        scope.people(cost.use_count, *keys, href=scope.trace("", serial=answer.serial)),
        scope.people(cost.per_use, *keys),
        linked(cost.idle_days, f"{address}tabel"),
        linked(cost.lost, f"{address}tabel"),
    ]
