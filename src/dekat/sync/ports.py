"""What sync needs from above: who does something with each kind of item; connected by the wiring.

A handler is called inside the transaction that makes its effect happen exactly once. It raises a `DekatError` to have
the item put aside with that code; it may do nothing slow (no network, no device).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from dekat.kernel.canonical import Json


class PacketHandler(Protocol):
    """Do what a packet asks; `body` is its opened content, `node` the station that sealed it."""

    def __call__(self, *, item_id: UUID, node: str, body: bytes, now: datetime) -> None: ...


class MessageHandler(Protocol):
    """Do what a message or a feed entry asks; `node` is the machine that said it."""

    def __call__(self, *, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None: ...


class BlobHandler(Protocol):
    """Take fetched bytes of a kind; called outside a transaction and again after a crash: makes its own, short ones."""

    def __call__(self, *, sha256: str, content: bytes, now: datetime) -> None: ...


class AdoptionHandler(Protocol):
    """Close what a packet was sealed from: its file survived a power cut that undid the transaction around it."""

    def __call__(self, *, item_id: UUID, operator: str, size_bytes: int, now: datetime) -> None: ...


_packets: dict[str, PacketHandler] = {}
_messages: dict[str, MessageHandler] = {}
_feed: dict[str, MessageHandler] = {}
_adoptions: dict[str, AdoptionHandler] = {}
_wipers: list[Callable[[], None]] = []
_blobs: dict[str, BlobHandler] = {}
_settlers: dict[str, Callable[[datetime], None]] = {}


def on_packet(kind: str, handler: PacketHandler) -> None:
    """Wire who takes packets of a kind at the centre (`recording/2`)."""
    _packets[kind] = handler


def on_message(kind: str, handler: MessageHandler) -> None:
    """Wire who takes messages of a kind at the centre (`print_report/1`)."""
    _messages[kind] = handler


def on_feed(kind: str, handler: MessageHandler) -> None:
    """Wire who takes feed entries of a kind at a station (`account/1`)."""
    _feed[kind] = handler


def on_adopted(kind: str, handler: AdoptionHandler) -> None:
    """Wire who closes what a packet of a kind was sealed from, when only its file survived."""
    _adoptions[kind] = handler


def on_blob(kind: str, handler: BlobHandler) -> None:
    """Wire who takes bytes that were wanted for a kind (`extract/1`)."""
    _blobs[kind] = handler


def on_settle(kind: str, settle: Callable[[datetime], None]) -> None:
    """Wire who finds out, before blobs are fetched, which ones this station lacks."""
    _settlers[kind] = settle


def blob_handler(kind: str) -> BlobHandler | None:
    """Who takes bytes of this kind, if anybody."""
    return _blobs.get(kind)


def settle(now: datetime) -> None:
    """Have everybody name the bytes they lack."""
    for one in _settlers.values():
        one(now)


def on_wipe(wiper: Callable[[], None]) -> None:
    """Wire who deletes what a station holds of the register, when the centre orders it."""
    _wipers[:] = [wiper]


def wipe_extract() -> None:
    """Delete what this station holds of the register.

    Again: nothing is left to delete.
    """
    for wiper in _wipers:
        wiper()


def adoption_handler(kind: str) -> AdoptionHandler | None:
    """Who closes what packets of this kind were sealed from, if anybody."""
    return _adoptions.get(kind)


def packet_handler(kind: str) -> PacketHandler | None:
    """Who takes packets of this kind, if anybody."""
    return _packets.get(kind)


def message_handler(kind: str) -> MessageHandler | None:
    """Who takes messages of this kind, if anybody."""
    return _messages.get(kind)


def feed_handler(kind: str) -> MessageHandler | None:
    """Who takes feed entries of this kind, if anybody."""
    return _feed.get(kind)
