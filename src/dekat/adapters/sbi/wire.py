"""The words and shapes of SBI that the client and the emulator share."""

import base64
import json
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dekat.adapters.sbi.refusals import AnswerUnreadable
from dekat.kernel import reading

SPEC_VERSION = "0.9.5"
HOST = "127.0.0.1"  # never "localhost": that may resolve to an address on which no device listens
BOUNDARY = "--BoundaryString"

SUCCESS = "0"
NOT_REGISTERED, NOTHING_SEEN, UNREADABLE, TAMPERED = "100", "101", "102", "103"
NOT_FOUND, KEY_EXPIRED, COUNT_UNSUPPORTED = "106", "107", "109"
NOT_READY, BUSY, BAD_TRANSACTION = "110", "111", "112"
BAD_REQUEST, NOT_FOR_REGISTRATION = "500", "501"  # 5xx belong to the maker

Object = Mapping[str, Any]  # JSON from outside; `text` and its like are the only readers


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """What `encode` wrote; padded text is read too, because some devices pad.

    Refuses: sbi.answer.unreadable.
    """
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (NotBase64, ValueError) as error:
        raise AnswerUnreadable(part="base64url") from error


def encode_object(value: Object) -> str:
    """An unsigned object as SBI sends it: base64url JSON."""
    return encode(json.dumps(value).encode())


def decode_object(token: str) -> dict[str, Any]:
    """What `encode_object` wrote.

    Refuses: sbi.answer.unreadable.
    """
    return read_object(decode(token))


def read_json(data: bytes) -> Any:
    """Any JSON document; callers narrow it at once.

    Refuses: sbi.answer.unreadable.
    """
    try:
        return reading.read_json(data)
    except ValueError as error:
        raise AnswerUnreadable(part="JSON") from error


def read_object(data: bytes) -> dict[str, Any]:
    """A JSON object.

    Refuses: sbi.answer.unreadable.
    """
    value = read_json(data)
    if not isinstance(value, dict):
        raise AnswerUnreadable(part="JSON")
    return value


def text(value: Object, name: str) -> str:
    """A text field that must be there; a number is read as text, because some devices send numbers.

    Refuses: sbi.answer.unreadable.
    """
    found = value.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise AnswerUnreadable(part=name)
    return str(found)


def stamp(instant: datetime) -> str:
    """An instant as SBI writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_stamp(value: Object, name: str) -> datetime:
    """An instant as devices write it: with Z, with an offset, with or without fractions; without a zone it is UTC.

    Refuses: sbi.answer.unreadable.
    """
    try:
        instant = datetime.fromisoformat(text(value, name))
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise AnswerUnreadable(part=name) from error
