"""Periksa catatan Dekat: apakah ada kejadian yang diubah, dihapus atau disisipkan?

Satu berkas, tanpa jaringan, hanya perlu Python 3.9+ dan paket `cryptography`:

    python periksa_catatan.py catatan.jsonl                      catatan yang diunduh
    python periksa_catatan.py berkas-rapat.zip                   berkas rapat (atau folder isinya)
    python periksa_catatan.py catatan.jsonl --ujung ujung.json   dibandingkan dengan ujung yang Anda simpan dulu
    python periksa_catatan.py catatan.jsonl --lama dulu.jsonl    dibandingkan dengan salinan yang lama

Keluaran 0: utuh. 1: ada yang salah, disebut komputer, nomor dan id kejadiannya. 2: berkas tidak bisa dibaca.

This file stands alone on purpose: it shares no code with the system that it checks. What a line holds and what is
signed is told in docs/reference/log.md.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EVENT, HEADS, BUNDLE, CENTRE_KEY = "dekat/event/1", "dekat/heads/1", "dekat/bundle/1", "dekat/centre-key/1"
LOG_FILE, SINGLE_FILE, TEXT_FILE = "catatan.jsonl", "bukti.jsonl", "teks.json"
HEADS_FILE, START_FILE, MANIFEST_FILE = "ujung.json", "awal.json", "isi.json"
ANNEXES = "lampiran/"
FIRST, CENTRE = "0" * 64, "centre"
SEALS = ("prev_hash", "hash", "signature")
KEY_TELLERS = {
    "accounts.node.founded", "accounts.node.enrolled", "accounts.node.key_rotated", "accounts.node.life_begun",
    "accounts.node.voice_begun", "accounts.centre_key.rotated",
}  # fmt: skip
TELLING = (b"accounts.", b"ledger.heads.published")
SHOWN_PER_CHAIN = 20
WORDS = {
    "unreadable": "bukan kejadian yang bisa dibaca",
    "altered": "isinya DIUBAH: tidak cocok dengan sidiknya",
    "signature_invalid": "tanda tangannya bukan dari kunci komputer itu: dipalsukan atau diubah",
    "inserted": "DISISIPKAN: tidak ditandatangani komputer itu, dan nomornya milik kejadian lain",
    "twice": "DISISIPKAN: nomor ini sudah ada sebelumnya",
    "missing": "DIHAPUS: nomor ini tidak ada",
    "swapped": "DITUKAR: berada di belakang nomor yang lebih besar",
    "not_linked": "tidak menyambung ke kejadian sebelumnya",
    "cut_off": "DIHAPUS dari ujung: ujung yang pernah terbit sampai nomor ini",
    "rewritten": "DITULIS ULANG: sidik nomor ini lain daripada yang pernah terbit",
    "chain_missing": "SELURUH RANTAI DIHAPUS: ujungnya pernah terbit",
    "key_unknown": "kuncinya tidak pernah diperkenalkan di dalam catatan maupun berkas ujung",
    "heads_invalid": "berkas ujung ini tidak ditandatangani kunci Dispendukcapil yang ada di dalam catatan",
    "file_altered": "berkas ini bukan berkas yang ditandatangani",
    "file_missing": "berkas ini disebut dalam daftar isi tetapi tidak ada",
    "file_twice": "berkas dengan nama ini ada dua kali: program lain bisa menampilkan yang palsu",
    "file_unlisted": "DISISIPKAN: berkas ini tidak ada dalam daftar isi yang ditandatangani",
    "list_missing": "daftar isi yang ditandatangani tidak ada: berkas selain catatan tidak bisa dipercaya",
    "text_altered": "teks ini bukan teks yang sidiknya ada di dalam catatan",
}

Line = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `node` and `seq` name the place, `event` the id where there is one."""

    node: str
    seq: int
    reason: str
    event: str = ""
    until: int = 0
    source: str = ""

    def sentence(self) -> str:
        """In words."""
        place = f"{self.node} nomor {self.seq}" if self.seq else self.node
        if self.until > self.seq:
            place += f" sampai {self.until}"
        event = f" ({self.event})" if self.event else ""
        source = f" [{self.source}]" if self.source else ""
        return f"{place}{event}: {WORDS[self.reason]}{source}"


@dataclass(frozen=True)
class Head:
    """Where a chain once ended, as somebody published it."""

    node: str
    seq: int
    hash: str
    key: str
    source: str


@dataclass
class Chain:
    """The running state of one chain."""

    node: str
    next: int = 1
    prev: str = FIRST
    began_at: int = 1
    count: int = 0
    first_at: str = ""
    last_at: str = ""
    gaps: set[int] = field(default_factory=set)
    doubted: tuple[Fault, str] | None = None
    key: str | None = None
    faults: list[Fault] = field(default_factory=list)


class Unreadable(Exception):
    """The file cannot be read at all."""


def canonical(value: object) -> bytes:
    """The one text of a JSON value that is hashed and signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def accepts(key: str, context: str, message: bytes, signature: str) -> bool:
    """Whether the holder of the key (base64) signed the message for this use."""
    try:
        public = _public(key)
        public.verify(bytes.fromhex(signature), context.encode() + b"\0" + message)
    except (InvalidSignature, ValueError, TypeError, binascii.Error):
        return False
    return True


_publics: dict[str, Ed25519PublicKey] = {}


def _public(key: str) -> Ed25519PublicKey:
    if key not in _publics:
        _publics[key] = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    return _publics[key]


def speaker(node: str) -> str:
    """The machine whose chain this is: with a new key or life it goes on in a chain `name/2`."""
    return node.partition("/")[0]


class Source:
    """A log alone, a hearing bundle (zip), or the folder of one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            raise Unreadable(f"{path} tidak ada")
        self.zip = zipfile.ZipFile(path) if zipfile.is_zipfile(path) else None
        self.is_bundle = bool(self.zip) or path.is_dir()

    def names(self) -> list[str]:
        """The files inside."""
        if self.zip:
            return [name for name in self.zip.namelist() if not name.endswith("/")]
        if self.path.is_dir():
            return [str(one.relative_to(self.path).as_posix()) for one in self.path.rglob("*") if one.is_file()]
        return [LOG_FILE]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One file inside, as bytes."""
        if self.zip:
            with self.zip.open(name) as file:
                yield file
        else:
            with (self.path / name if self.path.is_dir() else self.path).open("rb") as file:
                yield file

    def json(self, name: str) -> Any:
        """One file inside as JSON; None when it is not there."""
        if not self.is_bundle or name not in self.names():
            return None
        with self.open(name) as file:
            return _json(file.read(), name)

    def lines(self, name: str, *, holding: tuple[bytes, ...] = (b"",)) -> Iterator[tuple[int, Line | None]]:
        """Each line of a log with its number; None for what is no event.

        With `holding` only those with one of these words in it, or with a backslash, which could hide one.
        """
        with self.open(name) as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip() and any(word in raw for word in (*holding, b"\\")):
                    yield number, read_line(raw)


def _json(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Unreadable(f"{name} bukan JSON") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice: two readers would read two things")
    return found


def _no_float(text: str) -> float:
    raise ValueError(text)


def read_line(raw: bytes) -> Line | None:
    """The event of a line, or None when it is none."""
    try:
        found = json.loads(raw, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        is_event = isinstance(found["node"], str) and isinstance(found["seq"], int) and isinstance(found["data"], dict)
        return found if is_event and all(isinstance(found[key], str) for key in (*SEALS, "id", "name")) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


class Keys:
    """Which keys may sign which machine's chains, and who said so."""

    def __init__(self) -> None:
        self.of: dict[str, list[str]] = defaultdict(list)
        self.own: dict[str, list[str]] = defaultdict(list)
        self.told: dict[str, str] = {}

    def learn(self, line: Line) -> None:
        """A key that an event introduces; a false introduction is itself found as a false event of its chain."""
        if line["name"] not in KEY_TELLERS:
            return
        data, about = line["data"], str(line.get("subject", "")).partition(":")[2]
        if line["name"] == "accounts.centre_key.rotated":
            said = {key: data.get(key) for key in ("centre", "number", "former", "next")}
            if accepts(str(data.get("former")), CENTRE_KEY, canonical(said), str(data.get("signature"))):
                self.add(str(data.get("centre")), str(data.get("next")))
        elif isinstance(data.get("verify_key"), str):
            if about == CENTRE:
                if line["name"] == "accounts.node.founded" and not self.of[CENTRE]:
                    self.add(about, data["verify_key"])
            elif speaker(line["node"]) == CENTRE:
                self.add(about, data["verify_key"])
            elif speaker(line["node"]) == about:
                self.own[about].append(data["verify_key"])

    def add(self, node: str, key: str) -> None:
        """Believe a key for a machine."""
        if key not in self.of[node]:
            self.of[node].append(key)

    def may_sign(self, node: str) -> list[str]:
        """The keys of a machine: those the centre told; only where it told none, those the machine told itself."""
        return self.of[node] or self.own[node]

    def key_for(self, line: Line) -> str | None:
        """The key that signed this event, of those that its machine may have; the one told for its chain first."""
        candidates = [self.told[line["node"]]] if line["node"] in self.told else []
        candidates += [key for key in self.may_sign(speaker(line["node"])) if key not in candidates]
        return next((key for key in candidates if is_signed(line, key)), candidates[0] if candidates else None)


def is_signed(line: Line, key: str) -> bool:
    """Whether the key signed the event's hash."""
    try:
        return accepts(key, EVENT, bytes.fromhex(line["hash"]), line["signature"])
    except ValueError:
        return False


def is_hashed(line: Line) -> bool:
    """Whether the event's hash is that of its content and of the hash before it."""
    content = {key: value for key, value in line.items() if key not in SEALS}
    try:
        digest = hashlib.sha256(bytes.fromhex(line["prev_hash"]) + canonical(content))
    except (ValueError, UnicodeEncodeError):
        return False
    return bool(digest.hexdigest() == line["hash"])


class Checker:
    """Walks the lines once, in linear time, and keeps what is wrong by chain."""

    def __init__(self, keys: Keys, starts: Iterable[Head], marks: Iterable[Head]) -> None:
        self.keys = keys
        self.chains: dict[str, Chain] = {}
        self.marks: dict[str, dict[int, list[Head]]] = defaultdict(lambda: defaultdict(list))
        self.starts = {head.node: head for head in starts}
        self.other: list[Fault] = []
        for mark in marks:
            if mark.seq:
                self.marks[mark.node][mark.seq].append(mark)

    def chain(self, node: str) -> Chain:
        """The state of a chain, begun where the bundle says it begins."""
        if node not in self.chains:
            start = self.starts.get(node)
            first = (start.seq + 1, start.hash) if start else (1, FIRST)
            self.chains[node] = Chain(node, next=first[0], prev=first[1], began_at=first[0])
        return self.chains[node]

    def take(self, number: int, line: Line | None) -> None:
        """Check the next line of the log."""
        if line is None:
            self.other.append(Fault(f"baris {number}", 0, "unreadable"))
            return
        chain = self.chain(line["node"])
        fault = self.fault_of(chain, line)
        if fault:
            chain.faults.append(fault)
            if line["seq"] == chain.next:
                # Whether it stands in the place of the true one or before it, the next line tells.
                chain.doubted = (fault, chain.prev)
                self.go_on(chain, line)
            return
        if line["seq"] < chain.next:
            self.take_late(chain, line)
            return
        if line["seq"] > chain.next:
            chain.gaps.update(range(chain.next, line["seq"]))
        elif not chain.doubted and line["prev_hash"] != chain.prev:
            chain.faults.append(Fault(chain.node, line["seq"], "not_linked", line["id"]))
        chain.doubted = None
        self.compare(chain, line)
        self.go_on(chain, line)

    def fault_of(self, chain: Chain, line: Line) -> Fault | None:
        """What is wrong with an event by itself."""
        if not is_hashed(line):
            return Fault(chain.node, line["seq"], "altered", line["id"])
        if chain.key is None or not is_signed(line, chain.key):
            found = chain.key or self.keys.key_for(line)
            if found is None:
                return Fault(chain.node, line["seq"], "key_unknown", line["id"])
            if chain.key or not is_signed(line, found):
                return Fault(chain.node, line["seq"], "signature_invalid", line["id"])
            chain.key = found
        return None

    def take_late(self, chain: Chain, line: Line) -> None:
        """A true event whose number has passed: the one before was put in, or two were swapped, or it stands twice."""
        seq = line["seq"]
        if chain.doubted and chain.doubted[0].seq == seq and chain.doubted[1] == line["prev_hash"]:
            false = chain.doubted[0]
            chain.faults[chain.faults.index(false)] = Fault(false.node, false.seq, "inserted", false.event)
            chain.doubted = None
            self.compare(chain, line)
            chain.next, chain.prev = seq + 1, line["hash"]
        elif seq in chain.gaps:
            chain.gaps.discard(seq)
            chain.faults.append(Fault(chain.node, seq, "swapped", line["id"]))
            self.compare(chain, line)
        else:
            chain.faults.append(Fault(chain.node, seq, "twice", line["id"]))

    def go_on(self, chain: Chain, line: Line) -> None:
        """The chain now ends with this event."""
        chain.next, chain.prev, chain.count = line["seq"] + 1, line["hash"], chain.count + 1
        at = str(line.get("recorded_at", ""))
        chain.first_at, chain.last_at = chain.first_at or at, at

    def compare(self, chain: Chain, line: Line) -> None:
        """Compare with what was published before."""
        for mark in self.marks.get(chain.node, {}).get(line["seq"], ()):
            if mark.hash != line["hash"]:
                chain.faults.append(Fault(chain.node, line["seq"], "rewritten", line["id"], source=mark.source))

    def finish(self) -> list[Fault]:
        """Everything that is wrong, by chain and number."""
        for node, marks in self.marks.items():
            last = marks[max(marks)][0]
            chain = self.chains.get(node)
            if chain is None:
                if node not in self.starts or self.starts[node].seq < last.seq:
                    self.other.append(Fault(node, 1, "chain_missing", until=last.seq, source=last.source))
            elif last.seq >= chain.next:
                chain.faults.append(Fault(node, chain.next, "cut_off", until=last.seq, source=last.source))
        for chain in self.chains.values():
            chain.faults.extend(Fault(chain.node, start, "missing", until=end) for start, end in runs(chain.gaps))
        found = [fault for chain in self.chains.values() for fault in chain.faults]
        return sorted({*found, *self.other}, key=lambda fault: (fault.node, fault.seq, fault.reason))


def runs(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as (first, last)."""
    start = last = 0
    for number in sorted(numbers):
        if start and number == last + 1:
            last = number
            continue
        if start:
            yield start, last
        start = last = number
    if start:
        yield start, last


def heads_of(document: Any, name: str) -> list[Head]:
    """The heads in a heads file."""
    try:
        source = f"{name}, {document['at']}"
        return [Head(one["node"], int(one["seq"]), one["hash"], one["key"], source) for one in document["heads"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{name} bukan berkas ujung") from error


def is_by_centre(document: Any, context: str, keys: Keys) -> bool:
    """Whether a key of the centre signed a document: everything in it but its signature."""
    if not isinstance(document, dict):
        return False
    message = canonical({key: value for key, value in document.items() if key != "signature"})
    told = [key for node, key in keys.told.items() if speaker(node) == CENTRE]
    return any(accepts(key, context, message, str(document.get("signature"))) for key in [*keys.of[CENTRE], *told])


def believed(document: Any, name: str, keys: Keys, faults: list[Fault], *, is_kept: bool) -> list[Head]:
    """The heads of a paper; the keys in it are believed when somebody kept it, or when a key of the log signed it.

    A log signed anew with another key must not make what was kept silent: its heads count in any case.
    """
    heads, by_itself = heads_of(document, name), Keys()
    by_itself.told = {head.node: head.key for head in heads}
    judge = by_itself if is_kept or not keys.of[CENTRE] else keys
    if is_by_centre(document, HEADS, judge):
        keys.told.update(by_itself.told)
    else:
        faults.append(Fault(name, 0, "heads_invalid"))
    return heads


def anchored(line: Line) -> Iterator[Head]:
    """Where the centre's own chain says that every chain ended on some day."""
    if line["name"] == "ledger.heads.published" and speaker(line["node"]) == CENTRE:
        told = line["data"].get("heads")
        for node, head in told.items() if isinstance(told, dict) else ():
            seq, _, digest = str(head).partition(" ")
            if re.fullmatch("[0-9]{1,18}", seq):
                yield Head(node, int(seq), digest, "", f"centre nomor {line['seq']}")


def old_copy(path: Path) -> Iterator[Head]:
    """Every event of an earlier copy, to be found again unchanged."""
    for _, line in Source(path).lines(LOG_FILE):
        if line:
            yield Head(line["node"], line["seq"], line["hash"], "", f"salinan {path.name}")


def check_files(source: Source, keys: Keys) -> Iterator[Fault]:
    """The files of a bundle against its signed list, and the texts against their hashes."""
    manifest, there = source.json(MANIFEST_FILE), Counter(source.names())
    if source.is_bundle and not isinstance(manifest, dict):
        yield Fault(MANIFEST_FILE, 0, "list_missing")
    elif source.is_bundle:
        listed = manifest.get("files")
        files = listed if isinstance(listed, dict) else {}
        if not is_by_centre(manifest, BUNDLE, keys):
            yield Fault(MANIFEST_FILE, 0, "file_altered")
        for name, count in there.items():
            # Two of one name: programs differ in which they show. A folder on a disk gathers notes beside the files.
            if count > 1:
                yield Fault(name, 0, "file_twice")
            if name not in (*files, MANIFEST_FILE) and (source.zip or name.startswith(ANNEXES)):
                yield Fault(name, 0, "file_unlisted")
        for name, digest in sorted(files.items()):
            if name not in there:
                yield Fault(name, 0, "file_missing")
                continue
            with source.open(name) as file:
                if hashlib.sha256(file.read()).hexdigest() != digest:
                    yield Fault(name, 0, "file_altered")
    for digest, text in sorted((source.json(TEXT_FILE) or {}).items()):
        if hashlib.sha256(str(text).encode()).hexdigest() != digest:
            yield Fault(f"{TEXT_FILE}: {digest[:16]}", 0, "text_altered")


@dataclass
class Report:
    """What was checked and what is wrong."""

    faults: list[Fault]
    chains: list[Chain]
    single_count: int
    mark_count: int
    centre_key: str

    @property
    def total(self) -> int:
        return sum(chain.count for chain in self.chains)


def check(path: Path, *, kept_heads: Iterable[Path] = (), old: Path | None = None, centre_key: str = "") -> Report:
    """Check a log or a bundle against itself and against what was published before."""
    source, keys, marks, faults = Source(path), Keys(), list[Head](), list[Fault]()
    if LOG_FILE not in source.names():
        raise Unreadable(f"{path} tidak berisi {LOG_FILE}")
    if centre_key:
        keys.add(CENTRE, centre_key)
    for _, line in source.lines(LOG_FILE, holding=TELLING):
        if line:
            keys.learn(line)
            marks.extend(anchored(line))
    starts: list[Head] = []
    for name in (HEADS_FILE, START_FILE):
        document = source.json(name)
        if document is not None:
            (starts if name == START_FILE else marks).extend(believed(document, name, keys, faults, is_kept=False))
    for one in kept_heads:
        marks.extend(believed(_json(one.read_bytes(), one.name), one.name, keys, faults, is_kept=True))
    if old:
        marks.extend(old_copy(old))
    checker = Checker(keys, starts, marks)
    for number, line in source.lines(LOG_FILE):
        checker.take(number, line)
    singles = list(check_singles(source, checker))
    faults += [*checker.finish(), *(fault for fault in singles if fault), *check_files(source, keys)]
    first = keys.of[CENTRE] or [key for node, key in keys.told.items() if speaker(node) == CENTRE]
    return Report(faults, list(checker.chains.values()), len(singles), len(marks), first[0] if first else "")


def check_singles(source: Source, checker: Checker) -> Iterator[Fault | None]:
    """Events that a bundle shows alone: each is what its machine signed; what lay between is not there."""
    if not source.is_bundle or SINGLE_FILE not in source.names():
        return
    for number, line in source.lines(SINGLE_FILE):
        if line is None:
            yield Fault(f"{SINGLE_FILE} baris {number}", 0, "unreadable")
            continue
        alone = Chain(line["node"])
        yield checker.fault_of(alone, line)


def fingerprint(key: str) -> str:
    """A key in a form that two people can compare by telephone."""
    try:
        digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32] if key else "tidak ada"
    except ValueError:
        return "bukan kunci"
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def tell(report: Report, say: Callable[[str], object]) -> None:
    """The report in words."""
    say(f"{report.total} kejadian dalam {len(report.chains)} rantai diperiksa: sidik, sambungan dan tanda tangannya.")
    for chain in sorted(report.chains, key=lambda one: one.node):
        state = f"{len(chain.faults)} SALAH" if chain.faults else "utuh"
        say(f"  {chain.node}: nomor {chain.began_at} sampai {chain.next - 1}, terakhir {chain.last_at}: {state}")
    if report.single_count:
        say(f"{report.single_count} bukti tunggal diperiksa tanda tangannya.")
    if report.mark_count:
        say(f"{report.mark_count} ujung yang pernah terbit dibandingkan.")
    else:
        say("PERHATIAN: tidak ada ujung untuk dibandingkan; penghapusan di ujung rantai tidak akan terlihat.")
    say(f"Sidik kunci Dispendukcapil: {fingerprint(report.centre_key)} (bandingkan dengan yang diumumkan)")
    shown: dict[str, int] = defaultdict(int)
    for fault in report.faults:
        shown[fault.node] += 1
        if shown[fault.node] <= SHOWN_PER_CHAIN:
            say(f"SALAH  {fault.sentence()}")
    for node, count in shown.items():
        if count > SHOWN_PER_CHAIN:
            say(f"SALAH  {node}: dan {count - SHOWN_PER_CHAIN} lagi")
    say("TIDAK UTUH." if report.faults else "UTUH.")


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments, check, tell; the exit code says the outcome."""
    parser = argparse.ArgumentParser(description="Periksa catatan atau berkas rapat Dekat.")
    parser.add_argument("berkas", type=Path, help="catatan.jsonl, berkas rapat (.zip) atau foldernya")
    parser.add_argument("--ujung", type=Path, action="append", default=[], help="ujung.json yang Anda simpan dulu")
    parser.add_argument("--lama", type=Path, help="catatan.jsonl yang Anda simpan dulu")
    parser.add_argument("--kunci", default="", help="kunci Dispendukcapil (base64) yang Anda percaya")
    parser.add_argument("--json", action="store_true", help="keluaran untuk mesin")
    options = parser.parse_args(arguments)
    try:
        report = check(options.berkas, kept_heads=options.ujung, old=options.lama, centre_key=options.kunci)
    except (Unreadable, OSError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"Tidak bisa dibaca: {error}\n")
        return 2
    if options.json:
        faults = [{**vars(fault), "sentence": fault.sentence()} for fault in report.faults]
        counts = {chain.node: chain.count for chain in report.chains}
        sys.stdout.write(json.dumps({"events": report.total, "chains": counts, "faults": faults}) + "\n")
    else:
        tell(report, lambda text: sys.stdout.write(text + "\n"))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
