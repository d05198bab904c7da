"""The judge without networks: ridges, eyes, signatures and a live hand, inside the process that asks."""

from collections.abc import Mapping, Sequence

from dekat.adapters.quality import fingers, hands, irises, signatures
from dekat.adapters.quality.checks import unreadable
from dekat.adapters.quality.images import PictureUnreadable
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import JudgeAway, Likeness, Look
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json


class LightJudge:
    """Needs OpenCV only.

    Facts: asked for a face or a likeness it is away.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        raise JudgeAway

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return fingers.look_at_fingers(images, minutiae=None, limits=self._limits)

    def hand(self, frame: bytes) -> Look:
        try:
            return hands.look_at_hand(frame, limits=self._limits)
        except PictureUnreadable:
            return unreadable(hands.ALGORITHM)

    def irises(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return irises.look_at_irises(images, limits=self._limits)

    def signature(self, png: bytes, *, strokes: Sequence[Json]) -> Look:
        try:
            return signatures.look_at_signature(png, strokes=strokes, limits=self._limits)
        except PictureUnreadable:
            return unreadable(signatures.ALGORITHM)

    def alike(self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes]) -> Mapping[Position, Likeness]:
        raise JudgeAway
