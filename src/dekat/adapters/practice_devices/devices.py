"""The biometric devices of a practice, in process: drawn fingers, eyes and faces, with the trouble of the exercise."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from threading import Lock
from time import sleep
from uuid import UUID

from PIL import Image

from dekat.adapters.samples.faces import Background
from dekat.adapters.sbi.chain import next_hash
from dekat.adapters.sbi.iso import open_image, read_record
from dekat.adapters.sbi.shots import Scene, preview_frame, shoot, slap_positions
from dekat.enrolment.ports import Capture, DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap
from dekat.training.exercises import EXERCISES, Exercise, exercise

_SERIALS = {kind: f"LATIHAN-{kind.value.upper()}" for kind in DeviceKind}
# As the station asks of its real devices (sbi.client): MOSIP's own defaults.
_WANTED = {DeviceKind.FINGER: 40, DeviceKind.IRIS: 60, DeviceKind.FACE: 9}
_SMEAR = 0.8
_PREVIEW_PIXELS = (360, 360)
_MOST_KNOWN = 200
# As fast as a cheap scanner shows its glass; drawing faster would only warm an old computer.
_FRAME_S = 0.15


@dataclass
class PracticeDevices:
    """Devices that always answer. `exercise_of` gives the number of the exercise of a recording."""

    exercise_of: Callable[[UUID], int]
    clock: Callable[[], datetime]
    _touches: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def ready(self) -> list[DeviceState]:
        """One ready device of each kind."""
        return [_state(kind) for kind in sorted(DeviceKind)]

    def capture_fingers(
        self, slap: Slap, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """The fingers of one slap that this person has."""
        wanted = [finger for finger in SLAP_FINGERS[slap] if finger not in exceptions]
        return self._capture(DeviceKind.FINGER, wanted, str(slap), transaction_id, previous_hash)

    def capture_irises(
        self, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """The irises that this person has."""
        wanted = [eye for eye in IRISES if eye not in exceptions]
        return self._capture(DeviceKind.IRIS, wanted, "irises", transaction_id, previous_hash)

    def capture_face(self, *, transaction_id: str, previous_hash: str) -> Capture:
        """The portrait, before the cloth that the birth year asks for."""
        return self._capture(DeviceKind.FACE, [Position.FACE], "face", transaction_id, previous_hash)[0]

    def preview(self, kind: DeviceKind, slap: Slap | None = None) -> Iterator[bytes]:
        """Frames of the first exercise, until the caller stops."""
        positions = {DeviceKind.FACE: (Position.FACE,), DeviceKind.IRIS: IRISES}.get(kind)
        number = 0
        while True:
            scene = Scene(EXERCISES[0].person, number, looks_at=kind)
            yield preview_frame(positions or slap_positions(slap or Slap.THUMBS), scene)
            number += 1
            sleep(_FRAME_S)

    def _capture(
        self, kind: DeviceKind, wanted: Collection[Position], act: str, transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        found = exercise(self.exercise_of(UUID(transaction_id))) or EXERCISES[0]
        touch = self._touch(transaction_id, act)
        seen = [position for position in wanted if position not in found.missing]
        captures: list[Capture] = []
        for position in seen:
            before = captures[-1].hash_hex if captures else previous_hash
            captures.append(self._shot(found, kind, position, touch, transaction_id, before))
        return captures

    def _shot(
        self, found: Exercise, kind: DeviceKind, position: Position, touch: int, transaction_id: str, before: str
    ) -> Capture:
        at = self.clock()
        dirt = _SMEAR if touch == 1 and position in found.weak else 0.0
        shot = shoot(position, Scene(found.person, touch, dirt, background=cloth_of(found)), at)
        return Capture(
            position=position,
            image=shot.record,
            preview=_preview(shot.record),
            quality_score=shot.score,
            requested_score=_WANTED[kind],
            device_serial=_SERIALS[kind],
            device_make="LATIHAN",
            device_model="CONTOH",
            signed_jwt="",
            previous_hash=before,
            hash_hex=next_hash(before, shot.record),
            spec_version="",
            transaction_id=transaction_id,
            captured_at=at,
        )

    def _touch(self, transaction_id: str, act: str) -> int:
        """How often this was tried in this practice; old practices are forgotten."""
        with self._lock:
            if len(self._touches) > _MOST_KNOWN:
                self._touches.clear()
            self._touches[transaction_id, act] += 1
            return self._touches[transaction_id, act]


def cloth_of(found: Exercise) -> Background:
    """The cloth behind the sitter of an exercise."""
    return Background.RED if found.biodata.birth_year % 2 else Background.BLUE


def _state(kind: DeviceKind) -> DeviceState:
    return DeviceState(kind, DeviceStatus.READY, _SERIALS[kind], "LATIHAN", "CONTOH", is_trusted=True)


def _preview(record: bytes) -> bytes:
    picture: Image.Image = open_image(read_record(record)).convert("RGB")
    picture.thumbnail(_PREVIEW_PIXELS)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
