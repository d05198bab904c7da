"""The regency's road to the national centre over HTTP; every receipt is checked against the centre's key."""

import base64
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import from_iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json
from dekat.kernel.signing import VerifyKey
from dekat.national.ports import (
    NationalCentreAway,
    NationalReceiptInvalid,
    NationalWord,
    NumberRefused,
    NumberWord,
    Receipt,
)
from dekat.national.statuses import NumberKind, Status

RECEIPT_CONTEXT, NUMBER_CONTEXT = "national/receipt/1", "national/number/1"
TIMEOUT_S = 15.0
# A receipt or a list of statuses is a few hundred bytes.
_LARGEST_ANSWER = 1024 * 1024


def receipt_text(*, recording_id: UUID, content_sha256: str, received_at: datetime) -> bytes:
    """What the national centre signs."""
    return canonical_json(
        {
            "recording_id": str(recording_id),
            "content_sha256": content_sha256,
            "received_at": received_at.isoformat(),
        }
    )


def number_text(*, reference: UUID, kind: str, number: str, given_at: str) -> bytes:
    """What the national centre signs when it gives a number."""
    return canonical_json({"reference": str(reference), "kind": kind, "number": number, "given_at": given_at})


@dataclass(frozen=True)
class HttpGateway:
    """Speaks to the centre at `url`; `key` is the centre's public key as it was agreed, not as the line tells it."""

    url: str
    key: VerifyKey

    def submit(self, *, recording_id: UUID, nik: str, content: bytes) -> Receipt:
        """Hand a recording over; a repeat gives the first receipt.

        Refuses: national.centre_away, national.receipt_invalid.
        """
        body = {
            "nik": nik,
            "content": base64.b64encode(content).decode(),
        }
        receipt, signature = _receipt(self._call("POST", f"/recordings/{recording_id}", body))
        message = receipt_text(
            recording_id=receipt.recording_id,
            content_sha256=receipt.content_sha256,
            received_at=receipt.received_at,
        )
        signed = self.key.accepts(context=RECEIPT_CONTEXT, message=message, signature=signature)
        is_ours = receipt.recording_id == recording_id and receipt.content_sha256 == sha256(content).hexdigest()
        if not signed or not is_ours:
            raise NationalReceiptInvalid
        return receipt

    def statuses(self, recording_id: UUID) -> list[NationalWord]:
        """Every status so far, oldest first.

        Refuses: national.centre_away, national.receipt_invalid.
        """
        rows = self._call("GET", f"/recordings/{recording_id}/statuses", None).get("statuses")
        if not isinstance(rows, list):
            raise NationalReceiptInvalid
        try:
            return [NationalWord(Status(row["status"]), from_iso(row["at"])) for row in rows]
        except (KeyError, TypeError, ValueError, DekatError) as error:
            raise NationalReceiptInvalid from error

    def ask_number(self, *, reference: UUID, kind: NumberKind, facts: Mapping[str, str]) -> None:
        """Ask for a number; a repeat asks nothing.

        Refuses: national.centre_away, national.number.refused.
        """
        try:
            self._call("POST", f"/numbers/{reference}", {"kind": str(kind), "facts": dict(facts)})
        except NationalCentreAway as away:
            if away.facts.get("status") == http.client.BAD_REQUEST:
                raise NumberRefused from away
            raise

    def number(self, *, reference: UUID, kind: NumberKind) -> NumberWord | None:
        """What became of a question; None when the centre does not hold it.

        Refuses: national.centre_away, national.receipt_invalid.
        """
        answer = self._call("GET", f"/numbers/{reference}", None)
        if answer.get("is_known") is not True:
            return None
        if answer.get("number") is None:
            return NumberWord()
        number, given_at = str(answer["number"]), str(answer.get("given_at"))
        text = number_text(reference=reference, kind=str(kind), number=number, given_at=given_at)
        try:
            signature = bytes.fromhex(str(answer.get("signature")))
            word = NumberWord(number, from_iso(given_at))
        except (ValueError, DekatError) as error:
            raise NationalReceiptInvalid from error
        if not self.key.accepts(context=NUMBER_CONTEXT, message=text, signature=signature):
            raise NationalReceiptInvalid
        return word

    def ping_ms(self) -> int:
        """Round trip in milliseconds.

        Refuses: national.centre_away.
        """
        start = time.monotonic()
        self._call("GET", "/ping", None)
        return int((time.monotonic() - start) * 1000)

    def _call(self, method: str, path: str, body: Json) -> dict[str, Json]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        try:
            line.request(method, parts.path + path, json.dumps(body).encode() if body is not None else None)
            answer = line.getresponse()
            text = answer.read(_LARGEST_ANSWER)
            if answer.status != 200:
                raise NationalCentreAway(status=answer.status)
            found = read_json(text)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NationalCentreAway from error
        finally:
            line.close()
        if not isinstance(found, dict):
            raise NationalCentreAway
        return found


def _receipt(answer: dict[str, Json]) -> tuple[Receipt, bytes]:
    try:
        receipt = Receipt(
            recording_id=UUID(str(answer["recording_id"])),
            content_sha256=str(answer["content_sha256"]),
            received_at=datetime.fromisoformat(str(answer["received_at"])),
            signature=str(answer["signature"]),
        )
        return receipt, bytes.fromhex(receipt.signature)
    except (KeyError, ValueError) as error:
        raise NationalReceiptInvalid from error
