"""What the regency needs from the national centre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.national.statuses import NumberKind, Status


class NationalCentreAway(DekatError):
    """The national centre does not answer; nothing was lost, we try again."""

    code = "national.centre_away"


class NationalReceiptInvalid(DekatError):
    """An answer came that the national centre did not sign, or for another recording."""

    code = "national.receipt_invalid"


class NumberRefused(DekatError):
    """The national centre cannot give a number for what it was told."""

    code = "national.number.refused"


class NationalCentreMissing(DekatError):
    """No national centre is configured for this regency."""

    code = "national.centre_missing"


@dataclass(frozen=True)
class Receipt:
    """The national centre's signed word that it holds a recording."""

    recording_id: UUID
    content_sha256: str
    received_at: datetime
    signature: str

    def message(self) -> dict[str, Json]:
        """The receipt as it is stored and shown."""
        return {
            "recording_id": str(self.recording_id),
            "content_sha256": self.content_sha256,
            "received_at": self.received_at.isoformat(),
            "signature": self.signature,
        }


@dataclass(frozen=True)
class NationalWord:
    """One status as the national centre tells it."""

    status: Status
    at: datetime


@dataclass(frozen=True, repr=False)
class NumberWord:
    """What the national centre says of a question for a number: it holds it, and once it gave a number, which."""

    number: str | None = None
    at: datetime | None = None


class Gateway(Protocol):
    """The road to the national centre. Each call refuses with national.centre_away while it is out."""

    def submit(self, *, recording_id: UUID, nik: str, content: bytes) -> Receipt:
        """Hand a recording over; a repeat gives the first receipt."""

    def statuses(self, recording_id: UUID) -> list[NationalWord]:
        """Every status so far, oldest first."""

    def ask_number(self, *, reference: UUID, kind: NumberKind, facts: Mapping[str, str]) -> None:
        """Ask for a number; a repeat asks nothing. Refuses: national.number.refused."""

    def number(self, *, reference: UUID, kind: NumberKind) -> NumberWord | None:
        """What became of a question; None when the centre does not hold it. Refuses: national.receipt_invalid."""

    def ping_ms(self) -> int:
        """Round trip to the centre in milliseconds."""


def _none() -> Gateway:
    raise NationalCentreMissing


_source: Callable[[], Gateway] = _none


def use_gateway(source: Callable[[], Gateway]) -> None:
    """Wire where the gateway comes from (called once, by `project`)."""
    global _source
    _source = source


def gateway() -> Gateway:
    """Give the gateway.

    Refuses: national.centre_missing.
    """
    return _source()
