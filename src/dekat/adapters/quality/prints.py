"""Fingerprints as minutiae, and which prints are of one finger.

The extractor is LEADER (Cappelli 2024, MIT; the weights as ONNX from the package afis 1.2.7), the matcher our own
Minutia Cylinder Codes. What was read is kept for a while in this process only: a slap is judged and then compared.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from dekat.adapters.quality.cylinders import Template, likeness, template_of
from dekat.adapters.quality.images import Field, Greys, PictureUnreadable, greys_of_record
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Likeness

MATCHER = "dekat-mcc/1"
_SURE = 0.6  # the extractor's own default: a pixel this sure is a minutia
_MULTIPLE = 32  # the network halves five times
_MARGIN = 32  # white about the print that the network still looks at
_KEPT = 32  # prints: one person's ten, tries and re-checks


class Prints:
    """The extractor, loaded once, and what it read lately."""

    def __init__(self, model: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # With the arena one run keeps 700 MB for good; see also what the worker tells malloc (judge.py).
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self._read: OrderedDict[bytes, tuple[Field, Template]] = OrderedDict()

    def minutiae(self, record: bytes) -> Field:
        """Each minutia as x, y (pixels at 500 dpi), direction (radians, anticlockwise) and confidence."""
        return self._known(record)[0]

    def alike(
        self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes], *, least: float
    ) -> Mapping[Position, Likeness]:
        """For each finger the most similar one among the others, where it is similar enough to be the same."""
        others = {position: known for position, record in among.items() if (known := self._template(record))}
        found: dict[Position, Likeness] = {}
        for position, record in fingers.items():
            mine = self._template(record)
            if mine is None:
                continue
            scores = {other: likeness(mine, theirs) for other, theirs in others.items()}
            best = max(scores, key=lambda other: scores[other], default=None)
            score = scores[best] if best else 0.0
            found[position] = Likeness(position, best if score >= least else None, round(score, 3), MATCHER)
        return found

    def _template(self, record: bytes) -> Template | None:
        try:
            return self._known(record)[1]
        except PictureUnreadable:
            return None

    def _known(self, record: bytes) -> tuple[Field, Template]:
        key = hashlib.sha256(record).digest()
        if key not in self._read:
            found = self._extract(greys_of_record(record))
            self._read[key] = (found, template_of(found))
        self._read.move_to_end(key)
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return self._read[key]

    def _extract(self, image: Greys) -> Field:
        left, top, cut = _print_in(image)
        high, wide = (-(-side // _MULTIPLE) * _MULTIPLE for side in cut.shape)
        above, before = (high - cut.shape[0]) // 2, (wide - cut.shape[1]) // 2
        paper = int(np.median(image[:4]))
        padded = cv2.copyMakeBorder(
            cut, above, high - cut.shape[0] - above, before, wide - cut.shape[1] - before, cv2.BORDER_CONSTANT,
            value=paper,
        )  # fmt: skip
        answer = self._session.run(None, {self._input: padded[None, ..., None].astype(np.float32)})[0][0]
        sure = answer[..., 3]
        rows, columns = np.nonzero(sure >= _SURE)
        places = (columns + left - before, rows + top - above, answer[rows, columns, 1], sure[rows, columns])
        return np.stack(places, axis=1).astype(np.float32)


def _print_in(image: Greys) -> tuple[int, int, Greys]:
    """The part of the picture where the print is: half the picture is half the time."""
    spread = cv2.boxFilter(np.abs(image.astype(np.float32) - cv2.blur(image, (24, 24))), -1, (16, 16))
    rows, columns = np.nonzero(spread > 8)
    if not len(rows):
        return 0, 0, image
    top, left = max(0, int(rows.min()) - _MARGIN), max(0, int(columns.min()) - _MARGIN)
    bottom, right = int(rows.max()) + _MARGIN, int(columns.max()) + _MARGIN
    return left, top, image[top:bottom, left:right]
