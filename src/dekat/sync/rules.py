"""The lives of items, as data: which state may follow which."""

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


WAITING = (OutState.SEALED, OutState.OFFERED, OutState.SENDING)
_UNDELIVERED = {OutState.OFFERED, OutState.SENDING, OutState.RECEIVED, OutState.QUARANTINED, OutState.HELD}

# A restored centre asks again for what it lost, so RECEIVED may go back to SENDING; below DURABLE it may not.
OUT_MOVES: dict[OutState, set[OutState]] = {
    OutState.SEALED: _UNDELIVERED,
    OutState.OFFERED: _UNDELIVERED,
    OutState.SENDING: _UNDELIVERED,
    OutState.RECEIVED: {OutState.SENDING, OutState.RECEIVED, OutState.DURABLE, OutState.QUARANTINED},
    OutState.QUARANTINED: {OutState.RECEIVED, OutState.QUARANTINED},
    OutState.HELD: {OutState.SENDING, OutState.RECEIVED, OutState.QUARANTINED},
    OutState.DURABLE: {OutState.PURGEABLE},
    OutState.PURGEABLE: {OutState.PURGED},
    OutState.PURGED: set(),
}


def may_move(old: str, new: OutState) -> bool:
    """Say whether an item of the outbox may go from one state to another."""
    return new in OUT_MOVES[OutState(old)]
