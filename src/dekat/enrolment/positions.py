"""Where on a person a biometric sits, in the words of ISO 19794 and SBI, and how fingers lie on the glass."""

from enum import StrEnum


class Position(StrEnum):
    """One finger, one eye or the face. The value is SBI's own word, stored as it is and never renamed."""

    RIGHT_THUMB = "Right Thumb"
    RIGHT_INDEX = "Right IndexFinger"
    RIGHT_MIDDLE = "Right MiddleFinger"
    RIGHT_RING = "Right RingFinger"
    RIGHT_LITTLE = "Right LittleFinger"
    LEFT_THUMB = "Left Thumb"
    LEFT_INDEX = "Left IndexFinger"
    LEFT_MIDDLE = "Left MiddleFinger"
    LEFT_RING = "Left RingFinger"
    LEFT_LITTLE = "Left LittleFinger"
    LEFT_IRIS = "Left"
    RIGHT_IRIS = "Right"
    FACE = "Face"


FINGERS: tuple[Position, ...] = tuple(position for position in Position if " " in position.value)
"""The ten fingers in the order of ISO 19794-4, so that a finger's number is its place here plus one."""

IRISES: tuple[Position, ...] = (Position.LEFT_IRIS, Position.RIGHT_IRIS)


class Slap(StrEnum):
    """Fingers laid on the glass together: 4-4-2."""

    LEFT = "LEFT"
    RIGHT = "RIGHT"
    THUMBS = "THUMBS"


SLAP_FINGERS: dict[Slap, tuple[Position, ...]] = {
    Slap.LEFT: (Position.LEFT_INDEX, Position.LEFT_MIDDLE, Position.LEFT_RING, Position.LEFT_LITTLE),
    Slap.RIGHT: (Position.RIGHT_INDEX, Position.RIGHT_MIDDLE, Position.RIGHT_RING, Position.RIGHT_LITTLE),
    Slap.THUMBS: (Position.LEFT_THUMB, Position.RIGHT_THUMB),
}

SAID: dict[Position, str] = {
    Position.RIGHT_THUMB: "jempol kanan",
    Position.RIGHT_INDEX: "telunjuk kanan",
    Position.RIGHT_MIDDLE: "jari tengah kanan",
    Position.RIGHT_RING: "jari manis kanan",
    Position.RIGHT_LITTLE: "kelingking kanan",
    Position.LEFT_THUMB: "jempol kiri",
    Position.LEFT_INDEX: "telunjuk kiri",
    Position.LEFT_MIDDLE: "jari tengah kiri",
    Position.LEFT_RING: "jari manis kiri",
    Position.LEFT_LITTLE: "kelingking kiri",
}
"""A finger inside a sentence of a refusal."""
