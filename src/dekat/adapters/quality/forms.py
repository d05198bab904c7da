"""Looks and likenesses as plain values on the way between the station and its worker."""

from collections.abc import Mapping

from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Check, Likeness, Look


def plain_look(look: Look) -> dict[str, object]:
    """A look as maps and lists."""
    checks = [[one.key, one.is_good, one.advice, one.value] for one in look.checks]
    return {"checks": checks, "measures": dict(look.measures), "score": look.score}


def look_of(plain: object) -> Look:
    """The look that `plain_look` wrote."""
    if not isinstance(plain, dict):
        raise TypeError
    checks = tuple(Check(key, is_good, advice, value) for key, is_good, advice, value in plain["checks"])
    return Look(checks, plain["measures"], plain["score"])


def plain_likeness(one: Likeness) -> list[object]:
    """A likeness as a list."""
    return [str(one.position), str(one.same_as) if one.same_as else None, one.score, one.algorithm]


def likeness_of(plain: object) -> Likeness:
    """The likeness that `plain_likeness` wrote."""
    if not isinstance(plain, list):
        raise TypeError
    position, same_as, score, algorithm = plain
    return Likeness(Position(position), Position(same_as) if same_as else None, score, algorithm)


def plain_images(images: Mapping[Position, bytes]) -> dict[str, bytes]:
    """Images by the word of their position."""
    return {str(position): image for position, image in images.items()}


def images_of(plain: object) -> dict[Position, bytes]:
    """The images that `plain_images` wrote."""
    if not isinstance(plain, dict):
        raise TypeError
    return {Position(position): image for position, image in plain.items()}
