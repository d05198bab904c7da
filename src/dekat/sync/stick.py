"""The second copy: a USB stick holds every sealed packet, message and event until the centre has them safe.

All on it is sealed to the centre or free of personal data. A stick may be pulled at any instant: whole files or none.
"""

import errno
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from dekat.accounts.queries import own_identity, voices
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json
from dekat.ledger import queries as ledger
from dekat.sync import chain, envelope, feed, files, outbox, reconcile
from dekat.sync.models import BlobWanted, OutboxHead, OutItem
from dekat.sync.rules import MAX_PACKET_BYTES, WAITING, Carrier, OutState

FORMAT = "stick/1"
ROOT = "dekat"
MARK = "stik.json"
# One round gives the stick this much, so that its state on the page never stands still for long.
_ROUND_BYTES = 24 * 1024 * 1024
# What the centre holds in a verified backup needs no second copy here.
_WANTED = (*WAITING, OutState.RECEIVED, OutState.QUARANTINED, OutState.HELD)
# The disk lost or damaged these; a whole copy on the stick makes them good again.
_LOST_HERE = (reconcile.FILE_LOST, outbox.FILE_DAMAGED)
_EVENTS_AT_ONCE = 200
_MARK_BYTES = 4096


class StickState(StrEnum):
    """What a stick is to this station."""

    READY = "READY"
    NEW = "NEW"
    FOREIGN = "FOREIGN"
    FULL = "FULL"
    READ_ONLY = "READ_ONLY"
    TROUBLE = "TROUBLE"


@dataclass(frozen=True)
class Stick:
    """A stick as it was found. `copied` of `total` items are whole on it."""

    path: Path
    state: StickState
    copied: int = 0
    total: int = 0
    owner: str = ""

    @property
    def is_complete(self) -> bool:
        return self.state == StickState.READY and self.copied >= self.total


class StickForeign(DekatError):
    """A stick belongs to another station; it is left as it is."""

    code = "sync.stick.foreign"


class StickUnwritable(DekatError):
    """A stick cannot be written: full, protected, or pulled out."""

    code = "sync.stick.unwritable"


def sticks(patterns: Sequence[str]) -> list[Path]:
    """The folders under which sticks may stand now, by name."""
    found: set[Path] = set()
    for pattern in patterns:
        anchor = Path(pattern).anchor or "."
        try:
            found |= {path for path in Path(anchor).glob(pattern.removeprefix(anchor)) if path.is_dir()}
        except OSError:
            continue
    return sorted(found)


def look_at(path: Path) -> Stick:
    """What a stick is, without changing it."""
    own = own_identity().node.name
    owner = _owner(path)
    if owner is None:
        return Stick(path, StickState.NEW)
    if owner != own:
        return Stick(path, StickState.FOREIGN, owner=owner)
    wanted = _wanted()
    return Stick(path, StickState.READY, sum(_is_there(_place(path, item), item) for item in wanted), len(wanted), own)


def prepare(path: Path, *, now: datetime) -> None:
    """Make a stick this station's own; nothing else on it is touched.

    Again: a stick that is already ours stays as it is.
    Refuses: sync.stick.foreign, sync.stick.unwritable.
    """
    claim(path, node=own_identity().node.name, now=now)


def claim(path: Path, *, node: str, now: datetime) -> None:
    """Make a stick the own one of a station; works without a database.

    Again, refuses: as `prepare`.
    """
    owner = _owner(path)
    if owner == node:
        return
    if owner is not None:
        raise StickForeign(node=owner)
    said: dict[str, Json] = {"dekat": FORMAT, "node": node, "stick": secrets.token_hex(8), "made_at": iso(now)}
    try:
        files.write_durably(path / ROOT / MARK, json.dumps(said, indent=1).encode())
    except OSError as error:
        raise StickUnwritable from error


def copy_to(path: Path, *, is_checked: set[str]) -> Stick:
    """Bring a stick of ours up to date, as far as one round goes; give how it stands then.

    Facts: each file is written aside, flushed, read back from the stick and only then named. `is_checked` remembers
    what was read back in this run of the process: everything is read once after each start.
    Again: copies what is missing or damaged, removes what the centre holds safely.
    """
    found = look_at(path)
    if found.state != StickState.READY:
        return found
    home = path / ROOT / found.owner
    try:
        _remove_drafts(home)
        _remove_safe(home)
        left = _ROUND_BYTES
        for item in _wanted():
            left -= _copy(_place(path, item), item, is_checked)
            if left <= 0:
                break
        _copy_orphans(home)
        _copy_events(home)
        _write_position(home)
    except OSError as error:
        # Pulled out, full, protected: whatever was whole before stays whole.
        return Stick(path, _state_of(error), found.copied, found.total, found.owner)
    return look_at(path)


def bring_back(path: Path, *, now: datetime) -> int:
    """Take packets from a stick of ours whose file this computer lost or damaged; give how many are whole again.

    Facts: only bytes with the digest that was noted when the packet was sealed.
    Again: finds nothing new.
    """
    back = 0
    lost = OutItem.objects.filter(carrier=Carrier.PACKET, code__in=_LOST_HERE)
    for item in lost.filter(state__in=(OutState.HELD, OutState.QUARANTINED)):
        place = _place(path, item)
        if not _is_there(place, item):
            continue
        data = _read_back(place)
        if sha256(data).digest() == bytes(item.digest):
            files.write_durably(files.outbox_path(item.id), data)
            outbox.note_brought_back(item_id=item.id, now=now)
            back += 1
    return back


def packet_place(path: Path, *, node: str, seq: int, item_id: UUID) -> Path:
    """Where a station's packet lies on a stick."""
    return path / ROOT / node / "packets" / _name(seq, item_id)


def has_links(path: Path) -> bool:
    """Whether a folder of ours on a stick is a link: it would lead reading, writing and deleting somewhere else."""
    root = path / ROOT
    return any(one.is_symlink() for one in (root, *root.glob("*"), *root.glob("*/*")))


def _owner(path: Path) -> str | None:
    try:
        if has_links(path):
            return ""
        said = read_json(files.read_small(path / ROOT / MARK, limit=_MARK_BYTES))
        return str(said["node"]) if said["dekat"] == FORMAT else ""
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _wanted() -> list[OutItem]:
    return list(OutItem.objects.filter(state__in=_WANTED).defer("receipt"))


def _place(path: Path, item: OutItem) -> Path:
    kind = "packets" if item.carrier == Carrier.PACKET else "messages"
    return path / ROOT / own_identity().node.name / kind / _name(item.seq, item.id)


def _name(seq: int, item_id: UUID) -> str:
    return f"{seq:08d}-{item_id}.dkp"


def _is_there(target: Path, item: OutItem) -> bool:
    try:
        return target.lstat().st_size == item.size_bytes
    except OSError:
        return False


def _copy(target: Path, item: OutItem, is_checked: set[str]) -> int:
    """Give how many bytes were moved or read."""
    name, digest = str(target), bytes(item.digest)
    if _is_there(target, item):
        if name in is_checked:
            return 0
        if sha256(_read_back(target)).digest() == digest:
            is_checked.add(name)
            return item.size_bytes
    data = bytes(item.envelope) if item.envelope is not None else _from_disk(item)
    if data is None or sha256(data).digest() != digest:
        return 0
    files.write_durably(target, data)
    if sha256(_read_back(target)).digest() != digest:
        target.unlink()
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    is_checked.add(name)
    return len(data)


def _from_disk(item: OutItem) -> bytes | None:
    try:
        return files.outbox_path(item.id).read_bytes()
    except FileNotFoundError:
        return None


def _read_back(path: Path) -> bytes:
    """The bytes as the stick has them, not as the memory remembers them."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def _remove_drafts(home: Path) -> None:
    for draft in home.rglob("*.tmp"):
        draft.unlink(missing_ok=True)


def _remove_safe(home: Path) -> None:
    """Only what this machine knows to be safe: after a new installation the stick is the last to hold the rest."""
    safe = OutItem.objects.exclude(state__in=_WANTED).values_list("seq", "id")
    names = {_name(seq, item_id) for seq, item_id in safe}
    for kind in ("packets", "messages"):
        for known in (home / kind).glob("*.dkp"):
            if known.name in names:
                known.unlink(missing_ok=True)


def _copy_orphans(home: Path) -> None:
    """Packets of ours that no row belongs to: the centre can tell what they are, so they travel too."""
    for orphan in sorted(files.orphan_path("x").parent.glob("*.dkp")):
        target = home / "packets" / f"orphan-{orphan.name}"
        if not target.exists() and _is_ours(data := orphan.read_bytes()):
            files.write_durably(target, data)


def _is_ours(sealed: bytes) -> bool:
    try:
        found = envelope.parse(sealed, max_bytes=MAX_PACKET_BYTES)
        found.check_any([voice.verify_key for voice in voices(own_identity().node.name)])
    except DekatError:
        return False
    return True


def _copy_events(home: Path) -> None:
    """This station's own chains in pieces; a piece that is whole and full never changes."""
    held = {head.node: head.last_seq for head in ledger.heads()}
    for name in chain.own_chains():
        _copy_chain(home / "events", name, held.get(name, 0))


def _copy_chain(folder: Path, name: str, last: int) -> None:
    number = name.partition("/")[2]
    begins = f"v{int(number):04d}-" if number else ""
    for first in range(0, last, _EVENTS_AT_ONCE):
        through = min(first + _EVENTS_AT_ONCE, last)
        target = folder / f"{begins}{first + 1:08d}-{through:08d}.zst"
        if target.exists():
            continue
        packed = chain.events_to_send(after_seq=first, chain=name)
        if packed is None:
            return
        files.write_durably(target, packed)
        for shorter in folder.glob(f"{begins}{first + 1:08d}-*.zst"):
            # A longer one is of a former installation: the centre may not have it yet.
            if shorter.name < target.name:
                shorter.unlink(missing_ok=True)


def _write_position(home: Path) -> None:
    """How far this station is, so that the centre can put the next pieces of the feed on the stick."""
    at = feed.position()
    wanted = list(BlobWanted.objects.values_list("sha256", flat=True))
    own = own_identity().node
    head = OutboxHead.objects.filter(node=own.name, incarnation=own.incarnation).first()
    last_seq = head.last_seq if head else 0
    said = json.dumps({"epoch": at.epoch, "seqs": dict(at.seqs), "blobs": wanted, "last_seq": last_seq}).encode()
    target = home / "position.json"
    if not target.exists() or target.read_bytes() != said:
        files.write_durably(target, said)


def _state_of(error: OSError) -> StickState:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StickState.FULL
    return StickState.READ_ONLY if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else StickState.TROUBLE
