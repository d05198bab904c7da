"""The machine that is fuzzed: a centre that is its own station, with one far station whose keys we hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import cbor2
from tests.make.devices import trust_in
from tests.make.sync import Station, enrolled_station

from dekat.accounts.queries import OwnIdentity, own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.sync import envelope, sessions
from dekat.sync.blobs import publish_blob
from dekat.sync.uploads import begin_upload

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ITEM = UUID("019acb7e-0000-7000-8000-000000000001")
KECAMATAN = "99.01.01"
BLOB = b"0123456789"


@dataclass(eq=False)
class World:
    """What targets and seeds stand on; `folder` is empty and theirs."""

    folder: Path
    station: Station

    @property
    def own(self) -> OwnIdentity:
        return own_identity()

    @cached_property
    def clock(self) -> Callable[[], datetime]:
        return lambda: NOW

    @cached_property
    def session_pass(self) -> str:
        return sessions.make_pass(node_name=self.station.name, now=NOW)

    @cached_property
    def trust_folder(self) -> Path:
        folder = self.folder / "trust"
        folder.mkdir(exist_ok=True)
        trust_in(folder)
        return folder

    @cached_property
    def whole(self) -> envelope.Envelope:
        sealed = self.sealed(b"{}", kind="test/1")
        return envelope.parse(sealed, max_bytes=len(sealed))

    def sealed(self, content: bytes, *, kind: str) -> bytes:
        """The first item of the far station, as the station itself would seal it."""
        return self.station.copy().seal(content, now=NOW, kind=kind, item_id=ITEM)

    def framed(self, header: bytes, ciphertext: bytes) -> bytes:
        """An envelope of any header and content, truly signed: what a station would send that went mad."""
        message = sha256(header).digest() + sha256(ciphertext).digest()
        signature = self.station.signing.sign(context=envelope.SIGNING_CONTEXT, message=message)
        return envelope.MAGIC + len(header).to_bytes(4, "big") + header + ciphertext + signature

    def header_fields(self, sealed: bytes) -> dict[str, object]:
        """The header of an envelope as a map."""
        length = int.from_bytes(sealed[4:8], "big")
        return dict(cbor2.loads(sealed[8 : 8 + length]))


def made(folder: Path) -> World:
    """Found the centre and know the station.

    Facts: the database is there and empty.
    """
    found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="", now=NOW)
    world = World(folder, enrolled_station(now=NOW, kecamatan=KECAMATAN))
    # An upload that waits for its bytes, so that those who append find one.
    length = len(world.sealed(b"isi", kind="test/1"))
    begin_upload(upload_id=str(ITEM), node=world.station.name, length_bytes=length, sha256="", now=NOW)
    publish_blob(BLOB)
    return world
