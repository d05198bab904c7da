"""ISO/IEC 19794-4, -5 and -6 (2011) records: one image in its container, as devices send it and matchers read it.

Only what one capture needs: one representation, at most one quality score, no landmarks, no annotations.
"""

import io
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from PIL import Image, UnidentifiedImageError

from dekat.adapters.sbi.refusals import AnswerUnreadable
from dekat.enrolment.positions import FINGERS, Position


class Kind(StrEnum):
    """The three containers, by their magic word."""

    FINGER = "FIR"
    IRIS = "IIR"
    FACE = "FAC"


@dataclass(frozen=True)
class Record:
    """One image and what its container says about it.

    Facts: `score` is 0-100 or None; `resolution` is pixels per inch and known for fingers only.
    """

    kind: Kind
    position: Position
    captured_at: datetime
    width: int
    height: int
    image: bytes
    score: int | None
    resolution: int | None = None


_VERSION = {Kind.FINGER: b"020\0", Kind.IRIS: b"020\0", Kind.FACE: b"030\0"}
_HEAD = {
    Kind.FINGER: struct.Struct(">4s4sIHBB"),
    Kind.IRIS: struct.Struct(">4s4sIHBB"),
    Kind.FACE: struct.Struct(">4s4sIHBH"),
}
_TAKEN = struct.Struct(">HBBBBBH")  # year to millisecond
_DEVICE = struct.Struct(">BHH")  # technology, maker, type; 0 is "not said"
_SCORE = struct.Struct(">BHH")
_FINGER = struct.Struct(">BBBHHHHBBBHHI")
_IRIS = struct.Struct(">HBBBBHHBHHHHHHHHHI")
_FACE = struct.Struct(">HBBBB3sH3s3sBBHHBHBBI")
_EYES = {Position.RIGHT_IRIS: 1, Position.LEFT_IRIS: 2}
_LOSSLESS_FINGER, _MONO_JPEG2000, _LOSSLESS_FACE = 5, 0x0A, 2
_UNKNOWN_ANGLE = 0xFFFF
# Twice what the largest camera of a station makes; a picture is opened only when its head says less.
_MOST_PIXELS = 24_000_000


def finger_record(
    position: Position, image: bytes, *, score: int, captured_at: datetime, resolution: int = 500
) -> bytes:
    """A finger image in its container (19794-4)."""
    width, height = _size(image)
    per_inch = (resolution, resolution, resolution, resolution)
    number = FINGERS.index(position) + 1
    body = _FINGER.pack(number, 0, 1, *per_inch, 8, _LOSSLESS_FINGER, 0, width, height, len(image))
    return _record(Kind.FINGER, body + image, score, captured_at)


def iris_record(
    position: Position, image: bytes, *, score: int, captured_at: datetime, centre: tuple[int, int], diameter: int
) -> bytes:
    """An eye image in its container (19794-6)."""
    width, height = _size(image)
    x, y = centre
    properties = 0b0101  # horizontal and vertical orientation as seen; never compressed with loss
    roll = (_UNKNOWN_ANGLE, _UNKNOWN_ANGLE)
    where = (x, x, y, y, diameter, diameter)
    body = _IRIS.pack(1, _EYES[position], 2, _MONO_JPEG2000, properties, width, height, 8, 0, *roll, *where, len(image))
    return _record(Kind.IRIS, body + image, score, captured_at)


def face_record(image: bytes, *, score: int, captured_at: datetime) -> bytes:
    """A portrait in its container (19794-5)."""
    width, height = _size(image)
    person = (0, 0, 0, 0, 0, bytes(3), 0, bytes(3), bytes(3))
    body = _FACE.pack(*person, 1, _LOSSLESS_FACE, width, height, 1, 0, 1, 1, len(image))
    return _record(Kind.FACE, body + image, score, captured_at)


def read_record(data: bytes) -> Record:
    """The image and its facts.

    Refuses: sbi.answer.unreadable.
    """
    try:
        return _read(data)
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise AnswerUnreadable(part="ISO/IEC 19794") from error


def open_image(record: Record) -> Image.Image:
    """The record's picture, decoded.

    Refuses: sbi.answer.unreadable.
    """
    try:
        picture = Image.open(io.BytesIO(record.image), formats=["JPEG2000", "JPEG", "PNG"])
        if picture.width * picture.height > _MOST_PIXELS:
            raise AnswerUnreadable(part="image")
        picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise AnswerUnreadable(part="image") from error
    return picture


def _record(kind: Kind, body: bytes, score: int, captured_at: datetime) -> bytes:
    taken = captured_at.astimezone(UTC)
    when = _TAKEN.pack(*taken.timetuple()[:6], taken.microsecond // 1000)
    representation = when + _DEVICE.pack(0, 0, 0) + bytes([1]) + _SCORE.pack(score, 0, 0) + body
    representation = struct.pack(">I", len(representation) + 4) + representation
    head = _HEAD[kind]
    last = 0 if kind is Kind.FACE else 1  # faces: no sequence in time; others: one finger or eye
    magic = kind.value.encode() + b"\0"
    return head.pack(magic, _VERSION[kind], head.size + len(representation), 1, 0, last) + representation


def _read(data: bytes) -> Record:
    kind = Kind(data[:3].decode("ascii", "replace"))
    head = _HEAD[kind]
    _, version, length, count, is_certified, _ = head.unpack_from(data)
    if version != _VERSION[kind] or length != len(data) or count != 1:
        raise ValueError
    at = head.size + 4
    year, month, day, hour, minute, second, millisecond = _TAKEN.unpack_from(data, at)
    captured_at = datetime(year, month, day, hour, minute, second, millisecond * 1000, tzinfo=UTC)
    at += _TAKEN.size + _DEVICE.size
    scores = [_SCORE.unpack_from(data, at + 1 + n * _SCORE.size)[0] for n in range(data[at])]
    at += 1 + len(scores) * _SCORE.size
    if kind is Kind.FINGER and is_certified:
        at += 1 + data[at] * 3
    position, width, height, resolution, image = _body(kind, data, at)
    score = next((value for value in scores if value <= 100), None)
    return Record(kind, position, captured_at, width, height, image, score, resolution)


def _body(kind: Kind, data: bytes, at: int) -> tuple[Position, int, int, int | None, bytes]:
    if kind is Kind.FINGER:
        number, _, unit, _, _, across, _, _, _, _, width, height, length = _FINGER.unpack_from(data, at)
        resolution = across if unit == 1 else round(across * 2.54)
        return FINGERS[number - 1], width, height, resolution, _image(data, at + _FINGER.size, length)
    if kind is Kind.IRIS:
        fields = _IRIS.unpack_from(data, at)
        position = {number: eye for eye, number in _EYES.items()}[fields[1]]
        return position, fields[5], fields[6], None, _image(data, at + _IRIS.size, fields[-1])
    landmarks = struct.unpack_from(">H", data, at)[0] * 8  # they lie between the person's facts and the image's
    person, picture = struct.Struct(">HBBBB3sH3s3s"), struct.Struct(">BBHHBHBBI")
    at += person.size + landmarks
    _, _, width, height, _, _, _, _, length = picture.unpack_from(data, at)
    return Position.FACE, width, height, None, _image(data, at + picture.size, length)


def _image(data: bytes, at: int, length: int) -> bytes:
    image = data[at : at + length]
    if len(image) != length or not length:
        raise ValueError
    return image


def _size(image: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(image)) as picture:
        return picture.size
