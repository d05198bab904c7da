"""The lives of items, as data: which state may follow which, what is final, how long a refused item waits."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import TextChoices

MAX_PACKET_BYTES = 16 * 1024 * 1024
MAX_MESSAGE_BYTES = 64 * 1024
MAX_BATCH_BYTES = 64 * 1024
MAX_BLOB_BYTES = 16 * 1024 * 1024
MISSING_AT_ONCE = 500
EVERYWHERE = "*"
# Behind a scope: its bulky entries, which have a cursor of their own and come after everything else.
BULKY = "+"
# The most of a blob that one question asks for: what is urgent never waits longer than this takes.
BLOB_PIECE_BYTES = 64 * 1024


class Carrier(TextChoices):
    """How an item travels."""

    PACKET = "PACKET", "Paket"
    MESSAGE = "MESSAGE", "Pesan"


class OutState(TextChoices):
    """Where an item is, seen from the station."""

    SEALED = "SEALED", "Aman di sini"
    OFFERED = "OFFERED", "Ditawarkan"
    SENDING = "SENDING", "Sedang dikirim"
    RECEIVED = "RECEIVED", "Diterima pusat"
    DURABLE = "DURABLE", "Tercadang di pusat"
    PURGEABLE = "PURGEABLE", "Boleh dihapus di sini"
    PURGED = "PURGED", "Sudah dihapus di sini"
    QUARANTINED = "QUARANTINED", "Disisihkan pusat"
    HELD = "HELD", "Ditahan"


class InState(TextChoices):
    """What became of an item at the centre."""

    APPLIED = "APPLIED", "Diproses"
    HELD = "HELD", "Ditahan"
    QUARANTINED = "QUARANTINED", "Disisihkan"


class Wish(TextChoices):
    """What an officer of the centre wants done with bytes that stand aside; they are kept in any case."""

    LET_IN = "LET_IN", "Proses"
    CLOSE = "CLOSE", "Tutup tanpa diproses"


WAITING = (OutState.SEALED, OutState.OFFERED, OutState.SENDING)
_UNDELIVERED = {OutState.OFFERED, OutState.SENDING, OutState.RECEIVED, OutState.QUARANTINED, OutState.HELD}

# A restored centre asks again for what it lost, so what is still here may go back to SENDING even after the durable
# mark: a backup can be older than the one the mark was given for. What stood aside goes again when an officer says so.
OUT_MOVES: dict[OutState, set[OutState]] = {
    OutState.SEALED: _UNDELIVERED,
    OutState.OFFERED: _UNDELIVERED,
    OutState.SENDING: _UNDELIVERED,
    OutState.RECEIVED: {OutState.SENDING, OutState.RECEIVED, OutState.DURABLE, OutState.QUARANTINED},
    OutState.QUARANTINED: {OutState.SEALED, OutState.RECEIVED, OutState.QUARANTINED},
    OutState.HELD: {OutState.SEALED, OutState.SENDING, OutState.RECEIVED, OutState.QUARANTINED},
    OutState.DURABLE: {OutState.SENDING, OutState.PURGEABLE},
    OutState.PURGEABLE: {OutState.PURGED},
    OutState.PURGED: set(),
}


def may_move(old: str, new: OutState) -> bool:
    """Say whether an item of the outbox may go from one state to another."""
    return new in OUT_MOVES[OutState(old)]


# The centre's word about the bytes themselves: repeating them would change nothing, so the item stands aside at once.
# Everything else may be over tomorrow (an enrolment that is still to come, a full disk), so the item waits and goes on.
FINAL_REFUSALS = frozenset(
    {
        "sync.item.conflict",
        "sync.envelope.malformed",
        "sync.envelope.not_for_us",
        "sync.envelope.too_large",
        "sync.upload.too_large",
    }
)
# The centre's word about itself or about this connection: no item is to blame, so none is counted against.
NO_ITEMS_FAULT = frozenset({"sync.centre.busy", "sync.centre.full", "sync.pass.invalid", "sync.upload.too_many"})
# An item that was refused this often is shown to the operator although it still goes on by itself.
TOLD_FROM_ATTEMPTS = 3
_FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)


def wait_after(attempts: int, *, item_id: UUID) -> timedelta:
    """How long a refused item rests before its next try: twice as long each time, never above an hour and a half.

    Facts: `attempts` counts from 1. Up to half comes on top, drawn from the item's id, so that a thousand stations do
    not come back in the same second; the same item always rests equally long.
    """
    doubled: int = 1 << min(attempts - 1, 16)
    plain = min(_FIRST_WAIT * doubled, LONGEST_WAIT)
    spread = sha256(item_id.bytes + bytes([attempts % 256])).digest()[0] / 255
    return plain + plain * spread / 2
