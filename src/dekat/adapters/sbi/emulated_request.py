"""How an emulated device reads a capture request, and what it refuses in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dekat.adapters.sbi import wire
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap

ENVIRONMENT = "Developer"
POSITIONS: dict[DeviceKind, dict[str, tuple[Position, ...]]] = {
    DeviceKind.FINGER: {"1": SLAP_FINGERS[Slap.LEFT], "2": SLAP_FINGERS[Slap.RIGHT], "3": SLAP_FINGERS[Slap.THUMBS]},
    DeviceKind.IRIS: {"1": IRISES[:1], "2": IRISES[1:], "3": IRISES},
    DeviceKind.FACE: {"0": (Position.FACE,)},
}
_NEEDED = ("env", "purpose", "specVersion", "timeout", "captureTime", "transactionId", "bio")
_NEEDED_OF_BIO = ("type", "count", "requestedScore", "deviceId", "deviceSubId", "previousHash")
_TRANSACTION = re.compile(r"[A-Za-z0-9-]{4,50}")


class Refused(Exception):
    """The device answers with an error code of the protocol."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Wanted:
    """A capture request that was understood."""

    transaction_id: str
    positions: tuple[Position, ...]
    requested_score: str
    previous_hash: str
    timeout_s: float
    has_exceptions: bool


def understood(request: Mapping[str, Any], kind: DeviceKind) -> Wanted:
    """What the request asks of a device of this kind; anything else becomes an error code in the answer."""
    bio = _first_bio(request)
    asked = (request["purpose"], request["specVersion"], request["env"], bio["type"])
    everything = POSITIONS[kind].get(str(bio["deviceSubId"]))
    if asked != ("Registration", wire.SPEC_VERSION, ENVIRONMENT, kind.value) or everything is None:
        raise Refused(wire.BAD_REQUEST)
    if not str(request["timeout"]).isdigit():
        raise Refused(wire.BAD_REQUEST)
    if not _TRANSACTION.fullmatch(str(request["transactionId"])):
        raise Refused(wire.BAD_TRANSACTION)
    exceptions = {word for word in bio.get("exception") or [] if word}
    positions = tuple(position for position in everything if position.value not in exceptions)
    if not positions:
        raise Refused(wire.NOTHING_SEEN)
    if str(bio["count"]) != str(len(positions)):
        raise Refused(wire.COUNT_UNSUPPORTED)
    return Wanted(
        transaction_id=str(request["transactionId"]),
        positions=positions,
        requested_score=str(bio["requestedScore"]),
        previous_hash=str(bio["previousHash"] or ""),
        timeout_s=int(request["timeout"]) / 1000,
        has_exceptions=bool(exceptions),
    )


def _first_bio(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one entry of `bio` that registration uses."""
    bios = request.get("bio")
    if any(name not in request for name in _NEEDED) or not isinstance(bios, list) or not bios:
        raise Refused(wire.BAD_REQUEST)
    bio = bios[0]
    if not isinstance(bio, dict) or any(name not in bio for name in _NEEDED_OF_BIO):
        raise Refused(wire.BAD_REQUEST)
    return bio
