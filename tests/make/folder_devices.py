"""A device that speaks no SBI: a folder of pictures, one a finger, as a maker's plug-in would give them.

The example of `docs/how-to/write-a-device-plugin.md`: it signs nothing and says so, but its captures are chained.
"""

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from dekat.adapters.sbi.chain import next_hash
from dekat.adapters.sbi.iso import finger_record
from dekat.adapters.sbi.refusals import DeviceAbsent, NobodyToCapture, NothingSeen
from dekat.enrolment.ports import Capture, DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import SLAP_FINGERS, Position, Slap

SCORE = 70.0


@dataclass(frozen=True)
class FolderDevices:
    """`Right Thumb.png`, `Left IndexFinger.png`, ... in a folder."""

    folder: Path

    def ready(self) -> list[DeviceState]:
        is_there = self.folder.is_dir()
        finger = DeviceState(
            kind=DeviceKind.FINGER,
            status=DeviceStatus.READY if is_there else DeviceStatus.ABSENT,
            serial="FOLDER-1" if is_there else "",
            make="Contoh",
            model="Folder",
            is_trusted=False,  # nothing is signed
        )
        return [finger, *(DeviceState(kind, DeviceStatus.ABSENT) for kind in (DeviceKind.IRIS, DeviceKind.FACE))]

    def capture_fingers(
        self, slap: Slap, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        wanted = [finger for finger in SLAP_FINGERS[slap] if finger not in exceptions]
        if not wanted:
            raise NobodyToCapture
        captures: list[Capture] = []
        for finger in wanted:
            before = captures[-1].hash_hex if captures else previous_hash
            captures.append(self._capture(finger, transaction_id, before))
        return captures

    def capture_irises(
        self, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> Sequence[Capture]:
        raise DeviceAbsent

    def capture_face(self, *, transaction_id: str, previous_hash: str) -> Capture:
        raise DeviceAbsent

    def preview(self, kind: DeviceKind, slap: Slap | None = None) -> Iterator[bytes]:
        for file in sorted(self.folder.glob("*.png")):
            yield _jpeg(file)

    def _capture(self, finger: Position, transaction_id: str, previous_hash: str) -> Capture:
        file = self.folder / f"{finger.value}.png"
        if not file.exists():
            raise NothingSeen
        at = datetime.now(UTC)
        record = finger_record(finger, file.read_bytes(), score=int(SCORE), captured_at=at)
        return Capture(
            position=finger,
            image=record,
            preview=_jpeg(file),
            quality_score=SCORE,
            requested_score=40.0,
            device_serial="FOLDER-1",
            device_make="Contoh",
            device_model="Folder",
            signed_jwt="",
            previous_hash=previous_hash,
            hash_hex=next_hash(previous_hash, record),
            spec_version="",
            transaction_id=transaction_id,
            captured_at=at,
        )


def _jpeg(file: Path) -> bytes:
    out = io.BytesIO()
    Image.open(file).convert("L").save(out, "JPEG")
    return out.getvalue()
