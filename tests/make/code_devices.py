"""Devices made of code: they sign nothing, but chain their hashes like real ones and obey the port."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from dekat.enrolment.ports import Capture, DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap
from tests.make.portraits import portrait

CAPTURED_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class CodeDevices:
    """Always ready; `scores` are given out in order, then 85; `cloth` is behind the face."""

    scores: list[float] = field(default_factory=list)
    cloth: str = "BLUE"
    asked: list[str] = field(default_factory=list)

    def ready(self) -> list[DeviceState]:
        return [
            DeviceState(kind, DeviceStatus.READY, serial=f"CODE-{kind.upper()}-1", is_trusted=True)
            for kind in DeviceKind
        ]

    def capture_fingers(
        self, slap: Slap, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        self.asked.append(slap)
        fingers = [finger for finger in SLAP_FINGERS[slap] if finger not in exceptions]
        return self._chain(fingers, "CODE-FINGER-1", transaction_id, previous_hash)

    def capture_irises(
        self, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        self.asked.append("IRISES")
        eyes = [eye for eye in IRISES if eye not in exceptions]
        return self._chain(eyes, "CODE-IRIS-1", transaction_id, previous_hash)

    def capture_face(self, *, transaction_id: str, previous_hash: str) -> Capture:
        self.asked.append("FACE")
        return self._chain([Position.FACE], "CODE-FACE-1", transaction_id, previous_hash)[0]

    def preview(self, kind: DeviceKind, slap: Slap | None = None) -> Iterator[bytes]:
        yield portrait()

    def _chain(self, positions: list[Position], serial: str, transaction_id: str, previous: str) -> list[Capture]:
        made = []
        for position in positions:
            jpeg = portrait(self.cloth) if position == Position.FACE else portrait("GREY", width=60, height=80)
            image = b"ISO" + position.encode() + jpeg
            closing = sha256(previous.encode() + sha256(image).digest()).hexdigest()
            made.append(
                Capture(
                    position=position,
                    image=image,
                    preview=jpeg,
                    quality_score=self.scores.pop(0) if self.scores else 85.0,
                    requested_score=60.0,
                    device_serial=serial,
                    device_make="Code",
                    device_model="One",
                    signed_jwt=f"jwt-{position}-{closing[:8]}",
                    previous_hash=previous,
                    hash_hex=closing,
                    spec_version="0.9.5",
                    transaction_id=transaction_id,
                    captured_at=CAPTURED_AT,
                )
            )
            previous = closing
        return made
