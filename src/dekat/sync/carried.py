"""What a stick brings: at the centre packets, messages and events of stations; at a station receipts and the feed.

Everything goes through the same door as on the line: the same item by both ways is one. What is not ours, half or
damaged is named and left alone; kinds of a later release wait in the inbox like any other.
"""

import errno
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from dekat.accounts.queries import NodeIdentity, NodeUnknown, node, own_identity
from dekat.accounts.roles import NodeKind
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, read_json
from dekat.sync import blobs, feed, files, inbox, outbox, ports, stick_word
from dekat.sync.chain import MAX_PACKED_BYTES, take_events
from dekat.sync.envelope import EnvelopeMalformed, EnvelopeTooLarge, parse
from dekat.sync.inbox import StationUnknown
from dekat.sync.models import Blob, FeedEntry, InItem
from dekat.sync.rules import EVERYWHERE, MAX_BATCH_BYTES, MAX_BLOB_BYTES, MAX_PACKET_BYTES
from dekat.sync.stick import ROOT, has_links
from dekat.sync.uploads import CentreFull

_FEED_INFO, _BLOB_INFO = b"dekat/stick/feed/1", b"dekat/stick/blob/1"
# The newest pieces of the feed and documents that one stick carries back.
_MOST_PIECES, _MOST_BLOBS = 400, 200
# A sealed piece is a little longer than what it holds.
_LARGEST_PIECE = 4 * MAX_BATCH_BYTES + 8192
_LARGEST_POSITION, _LARGEST_BUNDLE = 1024 * 1024, 8 * 1024 * 1024
BUNDLE = "receipts/1"


class StickGone(DekatError):
    """The stick was pulled out while it was read; what was read before stays taken in."""

    code = "sync.stick.gone"


@dataclass(frozen=True)
class Refused:
    """One file of a stick that was not taken, and why."""

    name: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Carried:
    """What came of a stick: how many of each sort were new or known, and which files were refused with which code.

    Facts: `receipts` by file; `is_written` is False when something for the station found no place on the stick;
    `orders` are the centre's, as a station found them.
    """

    done: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    orders: tuple[str, ...] = ()
    is_written: bool = True


def take_stick(path: Path, *, now: datetime) -> Carried:
    """At the centre: take in everything on a stick, and put the signed receipts and the feed on it.

    Again: what is held gets its first receipt once more.
    """
    carried = Carried()
    if has_links(path):
        carried.refused.append(Refused(ROOT, EnvelopeMalformed.code))
        return carried
    try:
        for home in sorted((path / ROOT).glob("*")):
            if home.is_dir():
                _take_station(home, carried, now)
    except OSError:
        # What was read is taken in; the rest is still on the stick.
        carried.refused.append(Refused(ROOT, StickGone.code))
    if not (path / ROOT).exists() and not any(one.code == StickGone.code for one in carried.refused):
        carried.refused.append(Refused(ROOT, StickGone.code))
    return carried


def take_file(data_file: Path, name: str, carried: Carried, *, now: datetime) -> str:
    """At the centre: take in one packet or message that a person handed over; give its receipt, empty when refused."""

    def take() -> str:
        size = data_file.stat().st_size
        if size > MAX_PACKET_BYTES:
            raise EnvelopeTooLarge(bytes=size)
        if not data_file.is_file():
            raise EnvelopeMalformed
        if _is_message(data_file, name):
            return inbox.take_message(sealed=data_file.read_bytes(), now=now)
        return inbox.take_packet(file=data_file, now=now)

    before = InItem.objects.count()
    receipt = _tried(name, take, carried)
    if receipt:
        carried.receipts[name] = receipt
        carried.done["new" if InItem.objects.count() > before else "known"] += 1
    return receipt


def _is_message(file: Path, name: str) -> bool:
    """By its kind, whatever folder somebody put it in; a kind nobody knows yet by its folder."""
    kind = parse(file.read_bytes(), max_bytes=MAX_PACKET_BYTES).header.kind
    is_message, is_packet = ports.message_handler(kind) is not None, ports.packet_handler(kind) is not None
    return is_message if is_message != is_packet else "/messages/" in f"/{name}"


def bundle(receipts: Mapping[str, str]) -> bytes:
    """All receipts as one file to save on the stick."""
    return json.dumps({"dekat": BUNDLE, "receipts": dict(receipts)}, indent=1).encode()


def take_back(path: Path, *, now: datetime, is_read: set[str] | None = None) -> Carried:
    """At the station: take in the receipts, the feed and the word that the centre put on our stick.

    Facts: `is_read` remembers what was read while the stick stands here, so that thousands of receipts are not checked
    every few seconds.
    Again: a receipt or piece that was taken changes nothing.
    """
    carried, home = Carried(), path / ROOT / own_identity().node.name
    try:
        _take_all_back(path, home, carried, set() if is_read is None else is_read, now)
    except OSError:
        carried.refused.append(Refused(ROOT, StickGone.code))
    return carried


def _take_all_back(path: Path, home: Path, carried: Carried, is_read: set[str], now: datetime) -> None:
    for file in _unread(home.glob(stick_word.KEYS_NAME), is_read):
        _tried(file.name, partial(_take_keys, file, now), carried)
    for file in _unread((home / "receipts").glob("*.txt"), is_read):
        _take_receipt(_readable(file.name), _text(file), carried, now)
    for file in _unread(path.glob("tanda-terima-*.json"), is_read):
        for name, text in _bundled(file).items():
            _take_receipt(name, text, carried, now)
    for file in _unread((home / "feed").glob("*.dkf"), is_read):
        if _tried(_readable(file.name), partial(_apply_piece, file, now), carried):
            _remove_read(file)
    for file in _unread((home / "blobs").glob("*.dkb"), is_read):
        if _tried(_readable(file.name), partial(_keep_blob, file, now), carried):
            _remove_read(file)
    # What the pieces told of is named as lacking, so that the next stick brings it.
    ports.settle(now)
    for file in _unread(home.glob(stick_word.NAME), is_read):
        _tried(file.name, partial(_take_word, file, carried, now), carried)


def _unread(found: Iterable[Path], is_read: set[str]) -> Iterator[Path]:
    """The files not read since the stick was put in, in their order; each is remembered as it is given.

    Facts: by name, time and length, because a stick may be out and back between two looks.
    """
    for file in sorted(found):
        status = file.lstat()
        seen = f"{file}:{status.st_mtime_ns}:{status.st_size}"
        if seen not in is_read:
            is_read.add(seen)
            yield file


def _remove_read(file: Path) -> None:
    """What was taken in need not stay; on a stick that is locked it may."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _take_word(file: Path, carried: Carried, now: datetime) -> str:
    word = stick_word.take_word(_small(file, _LARGEST_POSITION), now=now)
    carried.orders = word.orders
    return "taken"


def _take_keys(file: Path, now: datetime) -> str:
    stick_word.take_keys(_small(file, _LARGEST_POSITION), now=now)
    return "taken"


def _take_station(home: Path, carried: Carried, now: datetime) -> None:
    folder = _readable(home.name)
    try:
        station = node(folder)
    except NodeUnknown as unknown:
        carried.refused.append(Refused(folder, StationUnknown.code, unknown.facts))
        return
    if station.kind != NodeKind.STATION:
        return
    carried.nodes.append(station.name)
    for kind in ("packets", "messages"):
        for file in sorted((home / kind).glob("*.dkp")):
            name = _readable(f"{folder}/{kind}/{file.name}")
            if receipt := take_file(file, name, carried, now=now):
                carried.is_written &= _give(home / "receipts" / f"{file.stem}.txt", receipt.encode())
    for file in sorted((home / "events").glob("*.zst")):
        _tried(_readable(f"{folder}/events/{file.name}"), partial(_take_events, station, file), carried)
    if keys := stick_word.make_keys():
        carried.is_written &= _give(home / stick_word.KEYS_NAME, keys)
    carried.is_written &= _give(
        home / stick_word.NAME, stick_word.make_word(station=station, last_seq=_last_seq(home), now=now)
    )
    if station.revoked_after_seq is None and not station.is_stopped:
        carried.is_written &= _put_feed(home, station)


def _readable(name: str) -> str:
    """The name of a file or folder as a text; on a stick it may be bytes that are none."""
    return os.fsencode(name).decode(errors="replace")


def _take_events(station: NodeIdentity, file: Path) -> str:
    return str(take_events(sender=station.name, packed=_small(file, MAX_PACKED_BYTES)))


def _put_feed(home: Path, station: NodeIdentity) -> bool:
    """The next pieces of the feed and the documents they name, sealed to the station: a lost stick tells nobody."""
    epoch, reached, wanted = _position(home, station)
    if epoch != feed.feed_epoch():
        reached = dict.fromkeys(reached, 0)
    number, is_written = 0, True
    for former in (home / "feed").glob("*.dkf"):
        # Of an earlier visit: the position says what the station lacks now.
        _remove_read(former)
    for scope, after in reached.items():
        while is_written and number < _MOST_PIECES and (piece := feed.next_batch(scope=scope, after=after)):
            number += 1
            sealed = station.seal_key.seal(piece, info=_FEED_INFO)
            is_written = _give(home / "feed" / f"{number:06d}.dkf", sealed)
            wanted += _blobs_after(scope, after)
            after = feed.through_of(piece)
    for name in list(dict.fromkeys(wanted))[:_MOST_BLOBS]:
        row = Blob.objects.filter(sha256=name).first()
        if row is not None:
            sealed = station.seal_key.seal(bytes(row.content), info=_BLOB_INFO)
            is_written &= _give(home / "blobs" / f"{name}.dkb", sealed)
    return is_written


def _last_seq(home: Path) -> int:
    try:
        said = read_json(files.read_small(home / "position.json", limit=_LARGEST_POSITION))
        return a_count(said["last_seq"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _position(home: Path, station: NodeIdentity) -> tuple[str, dict[str, int], list[str]]:
    scopes = dict.fromkeys((station.kecamatan, EVERYWHERE), 0)
    try:
        said = read_json(files.read_small(home / "position.json", limit=_LARGEST_POSITION))
        seqs = {scope: int(said["seqs"].get(scope, 0)) for scope in scopes}
        return str(said["epoch"]), seqs, [str(name) for name in said["blobs"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", scopes, []


def _blobs_after(scope: str, after: int) -> list[str]:
    rows = FeedEntry.objects.filter(scope=scope, seq__gt=after).order_by("seq").values_list("blobs", flat=True)
    return [str(name) for names in rows[:_MOST_BLOBS] for name in names]


def _apply_piece(file: Path, now: datetime) -> str:
    piece = own_identity().open_key.open(_small(file, _LARGEST_PIECE), info=_FEED_INFO)
    feed.apply_batch(data=piece, now=now, is_fresh=False)
    return "applied"


def _keep_blob(file: Path, now: datetime) -> str:
    content = own_identity().open_key.open(_small(file, MAX_BLOB_BYTES + 8192), info=_BLOB_INFO)
    blobs.keep_fetched(sha256=file.stem, content=content, now=now)
    return "kept"


def _small(file: Path, limit: int) -> bytes:
    if (size := file.stat().st_size) > limit:
        raise EnvelopeTooLarge(bytes=size)
    return files.read_small(file, limit=limit)


def _take_receipt(name: str, text: str, carried: Carried, now: datetime) -> None:
    def take() -> str:
        return str(outbox.take_receipt(text=text, now=now).item_id)

    if _tried(name, take, carried):
        carried.done["receipts"] += 1


def _bundled(file: Path) -> dict[str, str]:
    try:
        said = read_json(_text(file, limit=_LARGEST_BUNDLE))
        return {str(name): str(text) for name, text in said["receipts"].items()} if said["dekat"] == BUNDLE else {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _text(file: Path, *, limit: int = 64 * 1024) -> str:
    try:
        return files.read_small(file, limit=limit).decode(errors="replace")
    except OSError:
        return ""


def _give(target: Path, data: bytes) -> bool:
    """Write to the stick if it still has room and stands there; the receipt is kept at the centre in any case."""
    try:
        files.write_durably(target, data)
    except OSError:
        return False
    return True


def _tried(name: str, work: Callable[[], str], carried: Carried) -> str:
    try:
        return work()
    except DekatError as refusal:
        carried.refused.append(Refused(name, refusal.code, refusal.facts))
    except OSError as error:
        carried.refused.append(Refused(name, _trouble(error)))
    return ""


def _trouble(error: OSError) -> str:
    """Whose trouble it was: this machine's full disk, a stick that went away, or the file itself."""
    if files.is_disk_full(error):
        return CentreFull.code
    is_gone = error.errno in (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTCONN)
    return StickGone.code if is_gone else EnvelopeMalformed.code
