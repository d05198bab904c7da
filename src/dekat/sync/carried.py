"""What a stick brings: at the centre packets, messages and events of stations; at a station receipts and the feed.

Everything goes through the same door as on the line: the same item by both ways is one. What is not ours, half or
damaged is named and left alone; kinds of a later release wait in the inbox like any other.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from dekat.accounts.queries import NodeIdentity, NodeUnknown, node, own_identity
from dekat.accounts.roles import NodeKind
from dekat.kernel.errors import DekatError
from dekat.sync import blobs, feed, files, inbox, outbox, ports
from dekat.sync.chain import MAX_PACKED_BYTES, take_events
from dekat.sync.envelope import EnvelopeMalformed, EnvelopeTooLarge, parse
from dekat.sync.inbox import StationUnknown
from dekat.sync.models import Blob, FeedEntry, InItem
from dekat.sync.rules import EVERYWHERE, MAX_BATCH_BYTES, MAX_BLOB_BYTES, MAX_PACKET_BYTES
from dekat.sync.stick import ROOT, has_links

_FEED_INFO, _BLOB_INFO = b"dekat/stick/feed/1", b"dekat/stick/blob/1"
# The newest pieces of the feed and documents that one stick carries back.
_MOST_PIECES, _MOST_BLOBS = 400, 200
# A sealed piece is a little longer than what it holds.
_LARGEST_PIECE = 4 * MAX_BATCH_BYTES + 8192
_LARGEST_POSITION, _LARGEST_BUNDLE = 1024 * 1024, 8 * 1024 * 1024
BUNDLE = "receipts/1"


@dataclass(frozen=True)
class Refused:
    """One file of a stick that was not taken, and why."""

    name: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Carried:
    """What came of a stick: how many of each sort were new or known, and which files were refused with which code."""

    done: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)


def take_stick(path: Path, *, now: datetime) -> Carried:
    """At the centre: take in everything on a stick, and put the signed receipts and the feed on it.

    Again: what is held gets its first receipt once more.
    """
    carried = Carried()
    if has_links(path):
        carried.refused.append(Refused(ROOT, EnvelopeMalformed.code))
        return carried
    for home in sorted((path / ROOT).glob("*")):
        if home.is_dir():
            _take_station(home, carried, now)
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


def take_back(path: Path, *, now: datetime) -> Carried:
    """At the station: take in the receipts and the feed that the centre put on our stick.

    Again: a receipt or piece that was taken changes nothing.
    """
    carried = Carried()
    home = path / ROOT / own_identity().node.name
    for file in sorted((home / "receipts").glob("*.txt")):
        _take_receipt(file.name, _text(file), carried, now)
    for file in sorted(path.glob("tanda-terima-*.json")):
        for name, text in _bundled(file).items():
            _take_receipt(name, text, carried, now)
    for file in sorted((home / "feed").glob("*.dkf")):
        if _tried(file.name, partial(_apply_piece, file, now), carried):
            file.unlink(missing_ok=True)
    for file in sorted((home / "blobs").glob("*.dkb")):
        if _tried(file.name, partial(_keep_blob, file), carried):
            file.unlink(missing_ok=True)
    return carried


def _take_station(home: Path, carried: Carried, now: datetime) -> None:
    try:
        station = node(home.name)
    except NodeUnknown as unknown:
        carried.refused.append(Refused(home.name, StationUnknown.code, unknown.facts))
        return
    if station.kind != NodeKind.STATION:
        return
    carried.nodes.append(station.name)
    for kind in ("packets", "messages"):
        for file in sorted((home / kind).glob("*.dkp")):
            name = f"{home.name}/{kind}/{file.name}"
            if receipt := take_file(file, name, carried, now=now):
                _give(home / "receipts" / f"{file.stem}.txt", receipt.encode())
    for file in sorted((home / "events").glob("*.zst")):
        _tried(f"{home.name}/events/{file.name}", partial(_take_events, station, file), carried)
    if station.revoked_after_seq is None and not station.is_stopped:
        _put_feed(home, station)


def _take_events(station: NodeIdentity, file: Path) -> str:
    return str(take_events(sender=station.name, packed=_small(file, MAX_PACKED_BYTES)))


def _put_feed(home: Path, station: NodeIdentity) -> None:
    """The next pieces of the feed and the documents they name, sealed to the station: a lost stick tells nobody."""
    epoch, reached, wanted = _position(home, station)
    if epoch != feed.feed_epoch():
        reached = dict.fromkeys(reached, 0)
    number = 0
    for scope, after in reached.items():
        while number < _MOST_PIECES and (piece := feed.next_batch(scope=scope, after=after)):
            number += 1
            sealed = station.seal_key.seal(piece, info=_FEED_INFO)
            _give(home / "feed" / f"{number:06d}.dkf", sealed)
            wanted += _blobs_after(scope, after)
            after = feed.through_of(piece)
    for name in list(dict.fromkeys(wanted))[:_MOST_BLOBS]:
        row = Blob.objects.filter(sha256=name).first()
        if row is not None:
            _give(home / "blobs" / f"{name}.dkb", station.seal_key.seal(bytes(row.content), info=_BLOB_INFO))


def _position(home: Path, station: NodeIdentity) -> tuple[str, dict[str, int], list[str]]:
    scopes = dict.fromkeys((station.kecamatan, EVERYWHERE), 0)
    try:
        said = json.loads(files.read_small(home / "position.json", limit=_LARGEST_POSITION))
        seqs = {scope: int(said["seqs"].get(scope, 0)) for scope in scopes}
        return str(said["epoch"]), seqs, [str(name) for name in said["blobs"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", scopes, []


def _blobs_after(scope: str, after: int) -> list[str]:
    rows = FeedEntry.objects.filter(scope=scope, seq__gt=after).order_by("seq").values_list("blobs", flat=True)
    return [str(name) for names in rows[:_MOST_BLOBS] for name in names]


def _apply_piece(file: Path, now: datetime) -> str:
    piece = own_identity().open_key.open(_small(file, _LARGEST_PIECE), info=_FEED_INFO)
    feed.apply_batch(data=piece, now=now)
    return "applied"


def _keep_blob(file: Path) -> str:
    content = own_identity().open_key.open(_small(file, MAX_BLOB_BYTES + 8192), info=_BLOB_INFO)
    blobs.keep_fetched(sha256=file.stem, content=content)
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
        said = json.loads(_text(file, limit=_LARGEST_BUNDLE))
        return {str(name): str(text) for name, text in said["receipts"].items()} if said["dekat"] == BUNDLE else {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _text(file: Path, *, limit: int = 64 * 1024) -> str:
    try:
        return files.read_small(file, limit=limit).decode(errors="replace")
    except OSError:
        return ""


def _give(target: Path, data: bytes) -> None:
    """Write to the stick if it still has room and stands there; the receipt is kept at the centre in any case."""
    try:
        files.write_durably(target, data)
    except OSError:
        return


def _tried(name: str, work: Callable[[], str], carried: Carried) -> str:
    try:
        return work()
    except DekatError as refusal:
        carried.refused.append(Refused(name, refusal.code, refusal.facts))
    except OSError:
        carried.refused.append(Refused(name, EnvelopeMalformed.code))
    return ""
