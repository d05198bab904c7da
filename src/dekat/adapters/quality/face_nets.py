"""The three small networks of a portrait: where a face is, its 468 points, what lies behind the person.

Model files: mediapipe 0.10.21 (Apache-2.0), run by LiteRT on one thread.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from dekat.adapters.quality.images import Colours, Field

CROP = 192
_DETECT, _SEGMENT = 128, 256
# The detector's anchors: two at each place of a 16 x 16 grid, six at each of an 8 x 8 grid (its model card).
_GRIDS = ((16, 2), (8, 6))
_APART = 0.3  # two answers nearer than this share of a face's width are one face
_AROUND = 1.5  # the points' network wants the face with its surroundings
_BEHIND = 0.1  # a pixel that is less than this a person is background


@dataclass(frozen=True)
class Found:
    """One face: middle, side and the eyes in pixels of the picture."""

    middle: Field
    side: float
    left_eye: Field
    right_eye: Field


@dataclass(frozen=True)
class Crop:
    """The face upright in a square, and the way back to the picture."""

    picture: Colours
    inverse: NDArray[np.float64]

    def back(self, points: Field) -> Field:
        return np.asarray(points @ self.inverse[:, :2].T + self.inverse[:, 2], np.float32)


class Net:
    """One model file."""

    def __init__(self, file: Path) -> None:
        self._net = Interpreter(str(file), num_threads=1)
        self._net.allocate_tensors()
        self._into = self._net.get_input_details()[0]["index"]
        self._out = [one["index"] for one in self._net.get_output_details()]

    def __call__(self, pixels: Field) -> list[Field]:
        self._net.set_tensor(self._into, pixels[None])
        self._net.invoke()
        return [self._net.get_tensor(index) for index in self._out]


class FaceNets:
    """The three networks, loaded once."""

    def __init__(self, folder: Path) -> None:
        self._detect = Net(folder / "face_detection_short_range.tflite")
        self._points = Net(folder / "face_landmark.tflite")
        self._segment = Net(folder / "selfie_segmentation.tflite")
        self._anchors = np.array(
            [
                ((x + 0.5) / grid, (y + 0.5) / grid)
                for grid, count in _GRIDS
                for y in range(grid)
                for x in range(grid)
                for _ in range(count)
            ],
            np.float32,
        )

    def detect(self, picture: Colours, *, least: float) -> list[Found]:
        """Every face, the surest first."""
        height, width = picture.shape[:2]
        side = max(height, width)
        top, left = (side - height) // 2, (side - width) // 2
        square = cv2.copyMakeBorder(picture, top, side - height - top, left, side - width - left, cv2.BORDER_CONSTANT)
        small = cv2.resize(square, (_DETECT, _DETECT), interpolation=cv2.INTER_AREA)
        boxes, logits = self._detect(np.asarray(small, np.float32) / np.float32(127.5) - 1)
        sure = 1 / (1 + np.exp(-np.clip(logits[0, :, 0], -50, 50)))
        found: list[Found] = []
        for number in np.argsort(-sure):
            if sure[number] < least:
                break
            face = self._face(boxes[0, number], self._anchors[number], side, np.array([left, top], np.float32))
            if all(np.hypot(*(face.middle - other.middle)) > _APART * other.side for other in found):
                found.append(face)
        return found

    def landmarks(self, picture: Colours, face: Found) -> tuple[Crop, Field]:
        """The face upright in a square of 192 pixels, and its 468 points in that square."""
        across, down = face.right_eye - face.left_eye
        turn = math.degrees(math.atan2(float(down), float(across)))
        middle = (float(face.middle[0]), float(face.middle[1]))
        into = cv2.getRotationMatrix2D(middle, turn, CROP / (_AROUND * face.side))
        into[:, 2] = into[:, 2] + CROP / 2 - face.middle
        crop = cv2.warpAffine(picture, into, (CROP, CROP))
        points = np.ascontiguousarray(
            self._points(np.asarray(crop, np.float32) / np.float32(255))[0].reshape(-1, 3)[:, :2]
        )
        return Crop(np.asarray(crop, np.uint8), np.asarray(cv2.invertAffineTransform(into))), points

    def background(self, picture: Colours) -> NDArray[np.bool_]:
        """Where there is nobody."""
        height, width = picture.shape[:2]
        small = cv2.resize(picture, (_SEGMENT, _SEGMENT), interpolation=cv2.INTER_AREA)
        person = self._segment(np.asarray(small, np.float32) / np.float32(255))[0][0, ..., 0]
        return np.asarray(cv2.resize(person, (width, height)) < _BEHIND)

    def _face(self, box: Field, anchor: Field, side: int, border: Field) -> Found:
        middle = (anchor + box[:2] / _DETECT) * side - border
        eyes = (anchor + box[4:8].reshape(2, 2) / _DETECT) * side - border
        return Found(np.asarray(middle, np.float32), float(max(box[2:4])) / _DETECT * side, eyes[0], eyes[1])
