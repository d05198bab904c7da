"""Where pictures are looked at with every network: inside the worker."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from dekat.adapters.quality.checks import unreadable
from dekat.adapters.quality.face_nets import FaceNets
from dekat.adapters.quality.faces import ALGORITHM, look_at_face
from dekat.adapters.quality.fingers import look_at_fingers
from dekat.adapters.quality.images import PictureUnreadable
from dekat.adapters.quality.light import LightJudge
from dekat.adapters.quality.prints import Prints
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Likeness, Look
from dekat.enrolment.states import Background

MODELS = Path(__file__).parent / "models"


class Bench(LightJudge):
    """The whole judge; each network is loaded when first needed."""

    @cached_property
    def nets(self) -> FaceNets:
        """Those of a portrait."""
        return FaceNets(MODELS)

    @cached_property
    def prints(self) -> Prints:
        """The extractor of minutiae and what it read."""
        return Prints(MODELS / "LEADER.onnx")

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        try:
            return look_at_face(jpeg, background=background, nets=self.nets, limits=self._limits)
        except PictureUnreadable:
            return unreadable(ALGORITHM)

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return look_at_fingers(images, minutiae=self.prints.minutiae, limits=self._limits)

    def alike(self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes]) -> Mapping[Position, Likeness]:
        return self.prints.alike(fingers, among, least=self._limits["finger.alike"])
