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


def check(key: str, advice: str, value: float) -> Check:
    """Good where there is nothing to advise."""
    return Check(key, not advice, advice, round(float(value), 3))


def percent(share: float) -> int:
    """A share as a whole percentage, as measures keep it."""
    return round(float(share) * 100)


def unreadable(algorithm: str) -> Look:
    """Bytes that are no picture."""
    return Look((check("picture.readable", "unreadable", 0),), {"algorithm": algorithm}, 0)
