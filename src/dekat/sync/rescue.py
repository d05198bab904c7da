"""The sealed packets of a station whose database is lost, onto a stick: their files say themselves what they are.

What only the database held is lost with it: open recordings, messages, events that neither the centre nor a stick has,
and the keys, so that nothing new can be sealed or signed in this life of the station.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dekat.kernel.errors import DekatError
from dekat.sync import envelope, files, stick
from dekat.sync.envelope import Envelope
from dekat.sync.rules import MAX_PACKET_BYTES


@dataclass
class Rescued:
    """How many packets are on the stick now, and the files that are none (any more)."""

    copied: int = 0
    unreadable: list[str] = field(default_factory=list)


def rescue(path: Path, *, node: str, now: datetime) -> Rescued:
    """Copy every sealed packet of this machine to a stick, without its database.

    Facts: the centre takes such a stick in like any other; what it holds already gets its first receipt again.
    Again: what is there stays.
    Refuses: sync.stick.foreign, sync.stick.unwritable.
    """
    stick.claim(path, node=node, now=now)
    rescued, taken = Rescued(), set[tuple[bytes, int]]()
    for file in _sealed_files():
        try:
            sealed = file.read_bytes()
            found = envelope.parse(sealed, max_bytes=MAX_PACKET_BYTES)
        except (DekatError, OSError):
            rescued.unreadable.append(file.name)
            continue
        number = (found.header.incarnation, found.header.seq)
        if number in taken:
            # Its sealing was undone and another packet has its number: at the centre it would look like a fork.
            rescued.unreadable.append(file.name)
            continue
        taken.add(number)
        _give(path, found, sealed)
        rescued.copied += 1
    return rescued


def _sealed_files() -> Iterator[Path]:
    """What a start set aside comes after what has its place: of two with one number the first counts."""
    for folder in (files.outbox_path("x").parent, files.orphan_path("x").parent):
        yield from sorted(folder.glob("*.dkp"))


def _give(path: Path, found: Envelope, sealed: bytes) -> None:
    header = found.header
    target = stick.packet_place(path, node=header.node, seq=header.seq, item_id=header.item_id)
    try:
        if not target.exists() or target.read_bytes() != sealed:
            files.write_durably(target, sealed)
    except OSError as error:
        raise stick.StickUnwritable from error
