"""The bundle of a hearing: the paper, the log that proves it, the keys, and the program that checks it all offline."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

from dekat.duties.texts import file_of
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import iso
from dekat.ledger import heads as ledger_heads
from dekat.ledger import queries as ledger
from dekat.ledger import verifier
from dekat.ledger.queries import ChainHead
from dekat.ledger.services import as_message

# Up to here every chain travels whole (some 40 MB, 15 MB packed); beyond it, what came since the ends published before.
WHOLE_LOG_EVENTS = 60_000
PAPER, README, CHECKER = "berkas.pdf", "BACA-SAYA.txt", "periksa_catatan.py"


def pack_hearing(
    *,
    paper: bytes,
    readme: str,
    evidence: Iterable[UUID],
    words: Mapping[str, str],
    files: Iterable[str],
    since: datetime | None,
    now: datetime,
) -> bytes:
    """A zip whose list of files is signed; `periksa_catatan.py` inside checks it without a network.

    Facts: `evidence` are the events that the paper rests on, `words` the texts behind hashes in the log, `files` the
    SHA-256 of kept pictures and papers; `since` is when the former hearing was held.
    Refuses: ledger.node_has_no_key.
    """
    heads = ledger.heads()
    starts = _starts(heads, since)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        bundle = _Bundle(packed, now)
        bundle.add(PAPER, paper)
        bundle.add(README, readme.encode())
        bundle.add(CHECKER, Path(verifier.__file__).read_bytes())
        bundle.write(verifier.LOG_FILE, lambda file: _write_chains(file, heads, starts))
        bundle.add(verifier.HEADS_FILE, canonical_json(ledger_heads.heads_paper(now=now, at=heads)))
        if starts:
            bundle.add(verifier.START_FILE, canonical_json(ledger_heads.heads_paper(now=now, at=list(starts.values()))))
            bundle.write(verifier.SINGLE_FILE, lambda file: _write_earlier(file, evidence, starts))
        bundle.add(verifier.TEXT_FILE, canonical_json(dict(words)))
        for digest in sorted(set(files)):
            if found := file_of(digest):
                bundle.add(f"lampiran/{digest}.{'pdf' if found[1].endswith('pdf') else 'jpg'}", found[0])
        bundle.close()
    return out.getvalue()


class _Bundle:
    """A zip that remembers the hash of each file for its signed list."""

    def __init__(self, packed: zipfile.ZipFile, now: datetime) -> None:
        self._packed, self._now = packed, now
        self._files: dict[str, Json] = {}

    def add(self, name: str, content: bytes) -> None:
        """Put one file in."""
        self.write(name, lambda file: file(content))

    def write(self, name: str, fill: Callable[[Callable[[bytes], None]], None]) -> None:
        """Put one file in piece by piece."""
        digest = sha256()
        with self._packed.open(self._entry(name), "w") as file:

            def put(piece: bytes) -> None:
                digest.update(piece)
                file.write(piece)

            fill(put)
        self._files[name] = digest.hexdigest()

    def close(self) -> None:
        """Put the signed list of everything in."""
        listed: dict[str, Json] = {"format": ledger_heads.BUNDLE_CONTEXT, "at": iso(self._now), "files": self._files}
        manifest = ledger_heads.signed(listed, context=ledger_heads.BUNDLE_CONTEXT)
        self._packed.writestr(self._entry(verifier.MANIFEST_FILE), canonical_json(manifest))

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, date_time=self._now.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry


def _starts(heads: list[ChainHead], since: datetime | None) -> dict[str, ChainHead]:
    """Where each chain of the bundle begins: nowhere (it travels whole), or at the ends published before the former
    hearing, so that what lies between two hearings is there without a gap.
    """
    if sum(head.last_seq for head in heads) <= WHOLE_LOG_EVENTS:
        return {}
    published = ledger.events(names=[ledger_heads.PUBLISHED], until=since)
    said = published[-1].data.get("heads") if published else None
    told = said if isinstance(said, Mapping) else {}
    return {head.node: _told_head(head, str(told.get(head.node, "0 " + bytes(32).hex()))) for head in heads}


def _told_head(head: ChainHead, told: str) -> ChainHead:
    seq, _, digest = told.partition(" ")
    return ChainHead(head.node, int(seq), bytes.fromhex(digest), head.verify_key)


def _write_chains(put: Callable[[bytes], None], heads: list[ChainHead], starts: Mapping[str, ChainHead]) -> None:
    for head in heads:
        after = starts[head.node].last_seq if head.node in starts else 0
        for event in ledger.chain(head.node, after_seq=after):
            # What was said since the ends were read belongs to the next bundle.
            if event.seq > head.last_seq:
                break
            put(canonical_json(as_message(event)) + b"\n")


def _write_earlier(put: Callable[[bytes], None], evidence: Iterable[UUID], starts: Mapping[str, ChainHead]) -> None:
    found = [event for one in dict.fromkeys(evidence) if (event := ledger.event(one))]
    for event in found:
        if event.node in starts and event.seq <= starts[event.node].last_seq:
            put(canonical_json(as_message(event)) + b"\n")
