"""The things looked at, and all that each may find wrong; a page has words for every one of them."""

from dekat.enrolment.quality import Check, Look

WRONGS: dict[str, tuple[str, ...]] = {
    "picture.readable": ("unreadable",),
    "face.count": ("none", "many"),
    "face.size": ("too_far", "too_near"),
    "face.across": ("move_left", "move_right"),
    "face.height": ("too_high", "too_low"),
    "face.roll": ("lean_left", "lean_right"),
    "face.turn": ("turn_left", "turn_right"),
    "face.light": ("too_dark", "too_bright"),
    "face.evenness": ("dark_left", "dark_right"),
    "face.glare": ("glare",),
    "face.sharp": ("blurred",),
    "face.eyes": ("closed",),
    "face.detail": ("too_coarse",),
    "face.cloth": ("want_red", "want_blue", "want_orange"),
    "finger.clear": ("unclear",),
    "finger.good": ("faint",),
    "hand.light": ("too_dark", "dirty"),
    "hand.count": ("empty",),
    "hand.clear": ("unclear",),
    "iris.found": ("none",),
    "iris.focus": ("blurred",),
    "iris.usable": ("covered",),
    "iris.diameter": ("too_far",),
    "iris.pupil": ("too_small", "too_large"),
    "signature.ink": ("faint",),
    "signature.extent": ("tiny",),
    "signature.strokes": ("short",),
}

FIGURES: tuple[tuple[str, str, str], ...] = (
    ("judge", "all", "`looked`, `away` (nobody judged), `unread` (a picture we cannot open)"),
    ("algorithm", "all", "by what it was judged, with version"),
    ("score", "all", "0-100, our own; the device's stands beside it"),
    ("wrong", "all", "what was wrong, as `check:advice`"),
    ("faces", "face", "how many were found"),
    ("across, down", "face", "the face's middle, of the width and the height"),
    ("size", "face", "chin to forehead, of the height"),
    ("eye_distance", "face", "pixels"),
    ("roll", "face", "degrees, positive when the right eye in the picture is lower"),
    ("turn", "face", "nose beside the middle of the eyes, of their distance"),
    ("eyes", "face", "height by width of the narrower eye"),
    ("light", "face", "mean grey, 0-255"),
    ("evenness, darker", "face", "darker half by brighter half, and which is darker"),
    ("glare", "face", "burnt out share of the face"),
    ("sharp", "face", "finest detail by all detail about the eyes"),
    ("cloth", "face", "background in the wanted colour"),
    ("clear", "finger", "0-100, clear ridges over their area"),
    ("minutiae, confidence", "finger", "how many the extractor found; 0-100, how sure it is of all"),
    ("same_as, likeness, matcher", "finger", "which finger it is like, how much (percent), by which matcher"),
    ("focus", "eye", "0-100, fine detail in the iris"),
    ("usable", "eye", "share of the iris free of lids, lashes and glare"),
    ("pupil", "eye", "pupil by iris"),
    ("diameter", "eye", "pixels across the iris"),
    ("ink_per_10000", "signature", "share of the pad that is ink, in ten-thousandths"),
    ("extent, length", "signature", "diagonal of the drawing and length of all strokes, by the pad's diagonal"),
    ("strokes", "signature", "how often the pen came down"),
)


def check(key: str, advice: str, value: float) -> Check:
    """Good where there is nothing to advise."""
    return Check(key, not advice, advice, round(float(value), 3))


def percent(share: float) -> int:
    """A share as a whole percentage, as measures keep it."""
    return round(float(share) * 100)


def unreadable(algorithm: str) -> Look:
    """Bytes that are no picture."""
    return Look((check("picture.readable", "unreadable", 0),), {"algorithm": algorithm}, 0)
