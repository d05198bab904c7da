"""Stations and sealed items for tests, made by the same services that real ones use."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import machine
from dekat.accounts.queries import centre
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node
from dekat.kernel.ids import new_id
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.kernel.signing import SigningKey
from dekat.sync import envelope


@dataclass
class Station:
    """A far station: it has keys and a chain of its own, and no database in this test."""

    name: str
    signing: SigningKey
    opening: OpenKey
    incarnation: bytes
    seq: int = 0
    prev: bytes = envelope.FIRST_PREV

    def seal(
        self,
        content: bytes,
        *,
        now: datetime,
        kind: str = "test/1",
        item_id: UUID | None = None,
        spare: SealKey | None = None,
    ) -> bytes:
        """The next item of this station."""
        header = envelope.Header(
            item_id=item_id or new_id(now),
            kind=kind,
            node=self.name,
            incarnation=self.incarnation,
            seq=self.seq + 1,
            prev=self.prev,
            operator="",
            sealed_at=now,
            boot_id="boot",
            mono_ms=1,
            clock_offset_ms=None,
            clock_error_ms=None,
        )
        sealed = envelope.seal(
            content, header=header, recipients=[centre().seal_key, *([spare] if spare else [])], key=self.signing
        )
        self.seq, self.prev = header.seq, envelope.parse(sealed, max_bytes=len(sealed)).header_hash
        return sealed

    def copy(self) -> "Station":
        """A second machine from the same disk image."""
        return replace(self)


def enrolled_station(*, now: datetime, kecamatan: str = "99.01.01") -> Station:
    """A station the centre knows."""
    made = Station(f"station-{kecamatan}", SigningKey.generate(), OpenKey.generate(), secrets.token_bytes(16))
    enrol_node(
        name=made.name,
        kind=NodeKind.STATION,
        kecamatan=kecamatan,
        verify_key=made.signing.verify_key,
        seal_key=made.opening.seal_key,
        incarnation=made.incarnation,
        actor=machine("centre"),
        now=now,
    )
    return made
