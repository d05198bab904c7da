"""Where pictures are looked at: inside the worker, or (light) in the station's own process without any network."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from dekat.adapters.quality import fingers, hands, irises, signatures
from dekat.adapters.quality.checks import unreadable
from dekat.adapters.quality.face_nets import FaceNets
from dekat.adapters.quality.faces import ALGORITHM as FACE
from dekat.adapters.quality.faces import look_at_face
from dekat.adapters.quality.images import PictureUnreadable
from dekat.adapters.quality.limits import Limits
from dekat.adapters.quality.prints import Prints
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import JudgeAway, Likeness, Look
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json

MODELS = Path(__file__).parent / "models"


class Bench:
    """The judge itself.

    Facts: a light bench knows ridges, irises and signatures; asked for a face or a likeness it is away.
    """

    def __init__(self, limits: Limits, *, is_light: bool = False) -> None:
        self._limits = limits
        self._is_light = is_light

    @cached_property
    def _nets(self) -> FaceNets:
        return FaceNets(MODELS)

    @cached_property
    def _prints(self) -> Prints:
        return Prints(MODELS / "LEADER.onnx")

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        self._refuse_when_light()
        try:
            return look_at_face(jpeg, background=background, nets=self._nets, limits=self._limits)
        except PictureUnreadable:
            return unreadable(FACE)

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        prints = None if self._is_light else self._prints
        return fingers.look_at_fingers(images, prints=prints, limits=self._limits)

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
        self._refuse_when_light()
        return self._prints.alike(fingers, among, least=self._limits["finger.alike"])

    def _refuse_when_light(self) -> None:
        if self._is_light:
            raise JudgeAway
