"""Every threshold by which a picture is judged: its value, its unit and where the figure comes from.

A person may replace single values with a TOML file (`DEKAT_QUALITY_FILE`): `"face.roll" = 8`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ICAO = "ICAO-like portrait, domain 3.2 (general knowledge, a setting)"
_DRAWN = "measured here on drawn portraits (tests/unit/test_face_checks.py)"
_PRINTS = "measured here on synthetic prints (docs/explanation/quality.md)"
_EYES = "measured here on synthetic eyes"
_IREX = "domain 3.2: iris >= 200 px diameter"

Limits = Mapping[str, float]


@dataclass(frozen=True)
class Limit:
    """One threshold."""

    name: str
    value: float
    unit: str
    source: str


class LimitsWrong(ValueError):
    """The file of thresholds names one that does not exist, or gives no number."""


LIMITS: tuple[Limit, ...] = (
    Limit("face.found", 0.5, "confidence 0-1 from which the detector's answer is a face", "model card of the detector"),
    Limit("face.across", 0.09, "share of the picture's width the face may lie beside the middle", _ICAO),
    Limit("face.highest", 0.30, "share of the height from the top where the face's middle may be at least", _ICAO),
    Limit("face.lowest", 0.64, "share of the height from the top where the face's middle may be at most", _ICAO),
    Limit("face.least_size", 0.34, "chin to forehead as a share of the height", _ICAO),
    Limit("face.most_size", 0.64, "chin to forehead as a share of the height", _ICAO),
    Limit("face.roll", 7, "degrees the line of the eyes may lean", _ICAO),
    Limit("face.turn", 0.13, "nose beside the middle of the eyes, as a share of their distance", _ICAO),
    Limit("face.eyes", 0.17, "height by width of the narrower eye", "Soukupova and Cech 2016; " + _DRAWN),
    Limit("face.least_light", 70, "mean grey of the face, 0-255", _DRAWN),
    Limit("face.most_light", 212, "mean grey of the face, 0-255", _DRAWN),
    Limit("face.evenness", 0.80, "mean grey of the darker half of the face by that of the brighter", _DRAWN),
    Limit("face.glare", 0.05, "share of the face that is burnt out", _DRAWN),
    Limit("face.sharp", 0.19, "share of the finest detail about the eyes", _DRAWN),
    Limit("face.cloth", 0.8, "share of the background in the wanted colour", _DRAWN),
    Limit("face.eye_distance", 90, "pixels from eye to eye on the photo that is kept", "domain 3.2: >= 90 px"),
    Limit("finger.clear", 40, "0-100, clear ridges over their area", _PRINTS),
    Limit("finger.good", 50, "0-100, the extractor's confidence summed over its minutiae", _PRINTS),
    Limit("finger.alike", 0.12, "score of the matcher from which two prints are one finger", _PRINTS),
    Limit("hand.dark", 60, "mean grey of the glass, 0-255", "measured here on emulated frames"),
    Limit("hand.dirty", 0.25, "share of the glass that is grey without a finger", "measured here on emulated frames"),
    Limit("hand.clear", 0.30, "mean direction of the ridges in the finger's shape, 0-1", "measured here"),
    Limit("iris.focus", 40, "0-100, fine detail in the iris", _EYES),
    Limit("iris.usable", 0.60, "share of the iris free of lids, lashes and glare", _EYES),
    Limit("iris.diameter", 200, "pixels across the iris", _IREX),
    Limit("iris.least_pupil", 0.20, "pupil by iris", "ISO/IEC 29794-6 (general knowledge)"),
    Limit("iris.most_pupil", 0.70, "pupil by iris", "ISO/IEC 29794-6 (general knowledge)"),
    Limit("signature.ink", 0.0015, "share of the pad that is ink", "a setting: a dot is none, initials are one"),
    Limit("signature.extent", 0.08, "diagonal of the drawing by that of the pad", "a setting"),
    Limit("signature.length", 0.12, "length of all strokes by the pad's diagonal", "a setting"),
)


def read_limits(file: Path | None = None) -> Limits:
    """All thresholds, with those of the file in place of ours; LimitsWrong says what is wrong with the file."""
    ours = {limit.name: limit.value for limit in LIMITS}
    if file is None:
        return ours
    try:
        theirs = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LimitsWrong(f"{file.name} cannot be read: {error}") from error
    for name, value in theirs.items():
        if name not in ours:
            raise LimitsWrong(f"{file.name} names {name!r}, which is no threshold")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise LimitsWrong(f"{file.name} gives {name} no number")
        ours[name] = float(value)
    return ours
