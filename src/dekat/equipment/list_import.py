"""From an older asset list into the register: a dry run names every fault by row and column; then all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TypeVar

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas import queries as areas
from dekat.equipment import list_cells as cells
from dekat.equipment import queries
from dekat.equipment.asset_list import BY_KEY, AssetList, Row, read_list
from dekat.equipment.kinds import Acquisition, Condition, DeviceKind
from dekat.equipment.list_cells import CellWrong, Why
from dekat.equipment.procurement import Listed, accept_delivery, buy_device
from dekat.equipment.register_cards import DeviceCard
from dekat.equipment.services import hand_over, note_condition
from dekat.kernel.errors import DekatError
from dekat.kernel.rupiah import Rupiah

_Value = TypeVar("_Value")
_KIND_WORDS = (
    (DeviceKind.RECORDER, ("rekam",)),
    (DeviceKind.KK_PRINTER, ("cetak", "printer")),
    (DeviceKind.TOWER, ("menara", "tower")),
)
_CONDITIONS = {
    "b": Condition.GOOD, "baik": Condition.GOOD,
    "rr": Condition.MINOR_DAMAGE, "kb": Condition.MINOR_DAMAGE, "rusak ringan": Condition.MINOR_DAMAGE,
    "kurang baik": Condition.MINOR_DAMAGE,
    "rb": Condition.MAJOR_DAMAGE, "rusak berat": Condition.MAJOR_DAMAGE,
}  # fmt: skip
_SOURCES = {
    "": Acquisition.PURCHASE, "pembelian": Acquisition.PURCHASE, "hibah": Acquisition.GRANT,
    "pinjam pakai": Acquisition.LOAN, "lainnya": Acquisition.OTHER,
}  # fmt: skip


class ListHasFaults(DekatError):
    """The list has faults; nothing of it was taken."""

    code = "equipment.list.has_faults"


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or (in notes) what its writer should know."""

    row: int
    column: str
    why: Why
    value: str


@dataclass(frozen=True)
class Asset:
    """One row understood."""

    row: int
    serial: str
    kind: DeviceKind
    model: str
    price: Rupiah
    asset_code: str
    register_no: str
    contract: str
    condition: Condition | None
    place: str
    bast: str
    bast_on: date | None
    delivery_bast: str
    delivery_on: date | None
    listed: Listed


@dataclass(frozen=True)
class DryRun:
    """What an import would do. With faults it does nothing."""

    sha256: str
    new: tuple[Asset, ...]
    unchanged: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(asset.price.sen for asset in self.new))


def dry_run(content: bytes, *, today: date) -> DryRun:
    """Read a list and say what it would change; nothing is written.

    Refuses: equipment.list.unreadable, equipment.list.header_missing, equipment.list.too_many_rows.
    """
    read = read_list(content)
    reader = _Reader(read, today)
    assets = [asset for row in read.rows if (asset := reader.read(row))]
    known = {card.serial: card for card in queries.devices()}
    digest = sha256(content).hexdigest()
    fresh = [asset for asset in assets if asset.serial not in known]
    for asset in assets:
        if asset.serial in known:
            reader.compare(asset, known[asset.serial])
    return DryRun(
        sha256=digest,
        new=tuple(replace(one, listed=replace(one.listed, list_sha256=digest)) for one in fresh),
        unchanged=len(assets) - len(fresh),
        faults=tuple(reader.faults),
        notes=tuple(reader.notes),
    )


def import_list(content: bytes, *, actor: Actor, now: datetime, today: date) -> DryRun:
    """Take everything that a list adds, in one transaction.

    Again: the same file changes nothing.
    Refuses: equipment.list.has_faults and what `dry_run` refuses.
    """
    found = dry_run(content, today=today)
    if found.faults:
        raise ListHasFaults(count=len(found.faults))
    with transaction.atomic():
        for asset in found.new:
            _take(asset, actor, now)
    return found


def _take(asset: Asset, actor: Actor, now: datetime) -> None:
    buy_device(
        serial=asset.serial, kind=asset.kind, model=asset.model, contract=asset.contract, price=asset.price,
        asset_code=asset.asset_code, register_no=asset.register_no, listed=asset.listed, actor=actor, now=now,
        on=min(filter(None, (asset.delivery_on, asset.bast_on)), default=None),
    )  # fmt: skip
    if asset.delivery_on:
        accept_delivery(serial=asset.serial, bast=asset.delivery_bast, on=asset.delivery_on, actor=actor, now=now)
    if asset.bast_on:
        hand_over(serial=asset.serial, to=asset.place, bast=asset.bast, on=asset.bast_on, actor=actor, now=now)
    if asset.condition:
        note_condition(serial=asset.serial, condition=asset.condition, actor=actor, now=now)


class _Reader:
    """Reads rows, collecting faults and notes as it goes."""

    def __init__(self, read: AssetList, today: date) -> None:
        self.read_list, self.today = read, today
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.seen: set[str] = set()
        self.contracts = {card.number for card in queries.contracts()}

    def read(self, row: Row) -> Asset | None:
        """The row as an asset; None when one of its cells is wrong."""
        before = len(self.faults)
        serial = self._serial(row)
        kind = self._cell(row, "kind", self._kind)
        price = self._cell(
            row, "price", lambda cell: cells.price(cell, is_thousands=self.read_list.is_price_in_thousands)
        )
        model = self._text(row, "model") or self._text(row, "kind")
        year = self._cell(row, "year", lambda cell: cells.year(cell, today=self.today))
        source = self._cell(row, "source", self._source)
        condition = self._cell(row, "condition", self._condition)
        owner = self._cell(row, "owner", self._owner) or ""
        place = self._cell(row, "place", self._place) or ""
        delivery_on = self._cell(row, "delivery_on", lambda cell: cells.day(cell, today=self.today))
        bast_on = self._cell(row, "bast_on", lambda cell: cells.day(cell, today=self.today))
        contract = self._cell(row, "contract", self._contract) or ""
        texts = {key: self._text(row, key, 60) for key in ("asset_code", "size", "material", "delivery_bast", "bast")}
        register_no, note = self._register_no(row), self._text(row, "note", 200)
        self._pairs(row, texts, delivery_on, bast_on, place)
        if len(self.faults) > before or not (serial and kind and price is not None and source):
            return None
        return Asset(
            row=row.number, serial=serial, kind=kind, model=model, price=price, asset_code=texts["asset_code"],
            register_no=register_no, contract=contract, condition=condition,
            place=place if bast_on else "", bast=texts["bast"], bast_on=bast_on,
            delivery_bast=texts["delivery_bast"], delivery_on=delivery_on,
            listed=Listed(
                year=year, acquisition=source, size=texts["size"], material=texts["material"], note=note, owner=owner
            ),
        )  # fmt: skip

    def compare(self, asset: Asset, held: DeviceCard) -> None:
        """A serial number that is held must say the same, or somebody has to decide."""
        pairs = {"price": (asset.price, held.price), "kind": (str(asset.kind), held.kind)}
        if asset.asset_code:
            pairs["asset_code"] = (asset.asset_code, held.asset_code)
        for key, (theirs, ours) in pairs.items():
            if theirs != ours:
                self._add(self.faults, asset.row, key, Why.DIFFERS, str(ours))

    def _serial(self, row: Row) -> str:
        found = self._cell(row, "serial", cells.serial)
        if found is None:
            return ""
        serial, is_number = found
        if is_number:
            self._add(self.notes, row.number, "serial", Why.SERIAL_AS_NUMBER, serial)
        if serial in self.seen:
            self._add(self.faults, row.number, "serial", Why.SERIAL_TWICE, serial)
        self.seen.add(serial)
        return serial

    def _register_no(self, row: Row) -> str:
        found = self._text(row, "register_no", 10)
        return found.zfill(4) if found.isdigit() else found

    def _pairs(
        self, row: Row, texts: Mapping[str, str], delivery_on: date | None, bast_on: date | None, place: str
    ) -> None:
        """A BAST without its day is no evidence, nor is a place without a BAST."""
        for number, day, key in (
            (texts["delivery_bast"], delivery_on, "delivery_on"),
            (texts["bast"], bast_on, "bast_on"),
        ):
            if number and not day and row.cells.get(key) in (None, ""):
                self._add(self.faults, row.number, key, Why.BAST_WITHOUT_DATE, number)
            if day and not number:
                self._add(self.faults, row.number, key, Why.DATE_WITHOUT_BAST, day.isoformat())
        if place and not texts["bast"]:
            self._add(self.notes, row.number, "place", Why.PLACE_WITHOUT_BAST, place)
        if texts["bast"] and not place:
            self._add(self.faults, row.number, "place", Why.BAST_WITHOUT_PLACE, texts["bast"])

    def _kind(self, cell: cells.Cell) -> DeviceKind:
        said = cells.text(cell).lower()
        if not said:
            raise CellWrong(Why.EMPTY)
        for kind, words in _KIND_WORDS:
            if said.upper() == kind or any(word in said for word in words):
                return kind
        raise CellWrong(Why.UNKNOWN_KIND)

    def _condition(self, cell: cells.Cell) -> Condition | None:
        said = cells.text(cell).lower()
        if said and said not in _CONDITIONS:
            raise CellWrong(Why.UNKNOWN_CONDITION)
        return _CONDITIONS.get(said)

    def _source(self, cell: cells.Cell) -> Acquisition:
        said = cells.text(cell).lower()
        # `Pembelian APBD kabupaten` is what our own KIB B writes.
        for start, source in _SOURCES.items():
            if said == start or (start and said.startswith(start)):
                return source
        raise CellWrong(Why.UNKNOWN_SOURCE)

    def _contract(self, cell: cells.Cell) -> str:
        found = cells.text(cell, most=60)
        if found and found not in self.contracts:
            raise CellWrong(Why.UNKNOWN_CONTRACT)
        return found

    def _owner(self, cell: cells.Cell) -> str:
        said = cells.text(cell)
        if said.lower() in ("", "dispendukcapil", "dinas kependudukan dan pencatatan sipil"):
            return ""
        return f"KECAMATAN:{self._place(said)}"

    def _place(self, cell: cells.Cell) -> str:
        said = cells.text(cell).strip()
        name = said[10:].strip() if said.lower().startswith("kecamatan ") else said
        if not name:
            return ""
        try:
            found = areas.find_kecamatan(name) or [areas.kecamatan(name)]
        except areas.AreaUnknown as error:
            raise CellWrong(Why.UNKNOWN_PLACE) from error
        if len(found) != 1:
            raise CellWrong(Why.UNKNOWN_PLACE)
        return found[0].code

    def _text(self, row: Row, key: str, most: int = 120) -> str:
        return self._cell(row, key, lambda cell: cells.text(cell, most=most)) or ""

    def _cell(self, row: Row, key: str, take: Callable[[cells.Cell], _Value]) -> _Value | None:
        cell = row.cells.get(key)
        try:
            return take(cell)
        except CellWrong as wrong:
            self._add(self.faults, row.number, key, wrong.why, "" if cell is None else str(cell)[:60])
            return None

    def _add(self, to: list[Fault], row: int, key: str, why: Why, value: str) -> None:
        to.append(Fault(row, BY_KEY[key].label, why, value))
