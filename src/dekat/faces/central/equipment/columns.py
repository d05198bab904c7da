"""The official columns of KIB B and KIR, said once: for the screen, the workbook and the paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dekat.equipment.books import CONDITION_LETTERS, BookLine
from dekat.equipment.kinds import Condition

Value = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """A column: its head, the value of a line, its share of the paper's width, whether it is money in thousands."""

    head: str
    value: Callable[[BookLine], Value]
    width: int = 10
    is_thousands: bool = False
    is_number: bool = False


def thousands(line: BookLine) -> Decimal:
    """The price in thousands of rupiah, exact: the books on paper have always been kept so."""
    return Decimal(line.device.price.sen) / 100_000


def _mark(condition: Condition) -> Callable[[BookLine], Value]:
    return lambda line: "V" if line.condition == condition else ""


def _remark(line: BookLine) -> str:
    parts = [line.remark] if line.remark else []
    if line.condition:
        parts.append(CONDITION_LETTERS[Condition(line.condition)])
    return "; ".join(parts)


def _seen(line: BookLine) -> str:
    parts = [line.remark] if line.remark else []
    return "; ".join(parts if line.condition else [*parts, "belum diperiksa"])


def _nothing(line: BookLine) -> Value:
    return "-"


# The sixteen columns of KIB B. Frame, engine, police and BPKB numbers belong to vehicles.
KIB_B: Sequence[Column] = (
    Column("No. Urut", lambda line: line.number, 4, is_number=True),
    Column("Kode Barang", lambda line: line.device.asset_code or "-", 11),
    Column("Nama Barang/Jenis Barang", lambda line: line.device.kind_label, 12),
    Column("Nomor Register", lambda line: line.device.register_no or "-", 7),
    Column("Merk/Type", lambda line: line.device.model, 16),
    Column("Ukuran/CC", lambda line: line.device.size or "-", 7),
    Column("Bahan", lambda line: line.device.material or "-", 6),
    Column("Tahun Pembelian", lambda line: line.year, 7, is_number=True),
    Column("Nomor Pabrik", lambda line: line.device.serial, 11),
    Column("Nomor Rangka", _nothing, 6),
    Column("Nomor Mesin", _nothing, 6),
    Column("Nomor Polisi", _nothing, 6),
    Column("Nomor BPKB", _nothing, 6),
    Column("Asal-usul/Cara Perolehan", lambda line: line.source, 11),
    Column("Harga (ribuan Rp)", thousands, 10, is_thousands=True, is_number=True),
    Column("Keterangan", _remark, 9),
)

KIR: Sequence[Column] = (
    Column("No. Urut", lambda line: line.number, 4, is_number=True),
    Column("Jenis Barang/Nama Barang", lambda line: line.device.kind_label, 13),
    Column("Merk/Model", lambda line: line.device.model, 16),
    Column("No. Seri Pabrik", lambda line: line.device.serial, 11),
    Column("Ukuran", lambda line: line.device.size or "-", 7),
    Column("Bahan", lambda line: line.device.material or "-", 6),
    Column("Tahun Pembuatan/Pembelian", lambda line: line.year, 8, is_number=True),
    Column("No. Kode Barang", lambda line: line.device.asset_code or "-", 11),
    Column("Jumlah Barang/Register", lambda line: f"1 / {line.device.register_no or '-'}", 9),
    Column("Harga Beli/Perolehan (ribuan Rp)", thousands, 10, is_thousands=True, is_number=True),
    Column("Baik (B)", _mark(Condition.GOOD), 5),
    Column("Rusak Ringan (RR)", _mark(Condition.MINOR_DAMAGE), 6),
    Column("Rusak Berat (RB)", _mark(Condition.MAJOR_DAMAGE), 6),
    Column("Keterangan Mutasi dll.", _seen, 11),
)


def printed(column: Column, line: BookLine) -> str:
    """A value as people read it."""
    value = column.value(line)
    return in_thousands(value) if isinstance(value, Decimal) else "-" if value is None else str(value)


def in_thousands(value: Decimal) -> str:
    """`128.500`, with a comma only where there are parts of a thousand."""
    whole, _, parts = f"{value:,.5f}".partition(".")
    rest = parts.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
