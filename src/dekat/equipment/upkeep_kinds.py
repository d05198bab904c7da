"""The closed lists of hand-overs, stock-takes and consumables."""

from django.db.models import TextChoices

from dekat.equipment.kinds import Consumable, DeviceKind


class AnswerState(TextChoices):
    """What the receiver of a device said."""

    OPEN = "OPEN", "Menunggu jawaban"
    ACCEPTED = "ACCEPTED", "Diterima"
    DECLINED = "DECLINED", "Ditolak"


class Refusal(TextChoices):
    """Why a receiver does not take a device; the log holds this, the words stay in the table."""

    NOT_HERE = "NOT_HERE", "Barang tidak ada"
    WRONG_SERIAL = "WRONG_SERIAL", "Nomor seri lain"
    INCOMPLETE = "INCOMPLETE", "Tidak lengkap"
    BROKEN = "BROKEN", "Rusak saat datang"
    OTHER = "OTHER", "Sebab lain"


class Spot(TextChoices):
    """Where a counted thing stands, seen from the register."""

    RIGHT = "RIGHT", "Di tempatnya"
    WRONG_PLACE = "WRONG_PLACE", "Milik tempat lain"
    UNKNOWN = "UNKNOWN", "Tidak ada di daftar"
    MISSING = "MISSING", "Belum ditemukan"


# What stands still when an item of a kecamatan is gone.
NEEDS = {
    Consumable.PAPER: frozenset({DeviceKind.KK_PRINTER}),
    Consumable.TONER: frozenset({DeviceKind.KK_PRINTER}),
    Consumable.RIBBON: frozenset({DeviceKind.KK_PRINTER}),
    Consumable.CLEANING_KIT: frozenset({DeviceKind.RECORDER}),
}
# Letters of a kecamatan's shelf; blanks have a ledger of their own at the centre (`cards`).
SHELF = tuple(NEEDS)
