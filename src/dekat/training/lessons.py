"""The lessons: short texts with one picture each, shipped with the release, in the order of a day at the counter."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("texts")
# Which exercise each lesson jumps into; the missing finger is practised with exceptions.
_ORDER = {
    "sebelum-buka": 1,
    "cari-warga": 1,
    "foto": 1,
    "sidik-jari": 1,
    "iris-dan-tanda-tangan": 1,
    "pengecualian": 2,
    "listrik-dan-jaringan": 1,
}


@dataclass(frozen=True)
class Lesson:
    """One lesson of at most five minutes. `exercise` is the practice to try it with."""

    id: str
    title: str
    body: str
    exercise: int


@lru_cache(maxsize=1)
def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order."""
    return tuple(_read(lesson_id, exercise) for lesson_id, exercise in _ORDER.items())


def lesson(lesson_id: str) -> Lesson | None:
    """One lesson."""
    return next((one for one in lessons() if one.id == lesson_id), None)


def after(lesson_id: str) -> Lesson | None:
    """The lesson that follows; None after the last."""
    every = lessons()
    place = next((place for place, one in enumerate(every) if one.id == lesson_id), len(every))
    return every[place + 1] if place + 1 < len(every) else None


def _read(lesson_id: str, exercise: int) -> Lesson:
    title, _, body = (_FOLDER / f"{lesson_id}.md").read_text().partition("\n")
    return Lesson(lesson_id, title.removeprefix("# ").strip(), body.strip(), exercise)
