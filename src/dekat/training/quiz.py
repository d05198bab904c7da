"""The quiz of recording: ten questions, each with its reason; marked by the rule of every quiz (`duties.quiz`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from dekat.duties.quiz import QuizQuestion, Result, from_json, mark

_FILE = Path(__file__).with_name("texts") / "quiz.json"


@dataclass(frozen=True)
class Asked:
    """A question as one try shows it.

    Facts: `choices` are pairs of the choice's own number and its text, in the order of this try.
    """

    number: int
    text: str
    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Mistake:
    """A wrong answer: what would have been right, and why."""

    text: str
    right: str
    why: str


def asked(seed: str) -> tuple[Asked, ...]:
    """The questions with their choices in an order that only the seed decides: the same try looks the same twice."""
    return tuple(
        Asked(number, question.text, _shuffled(question.choices, f"{seed}/{number}"))
        for number, question in enumerate(questions())
    )


def marked(chosen: Mapping[int, int]) -> Result:
    """Mark the choices, given by question number and the choice's own number."""
    return mark(questions(), chosen)


def mistakes(wrong: Sequence[int]) -> tuple[Mistake, ...]:
    """What to say about wrong answers."""
    every, why = questions(), reasons()
    return tuple(Mistake(every[one].text, every[one].choices[every[one].right], why[one]) for one in wrong)


@lru_cache(maxsize=1)
def questions() -> tuple[QuizQuestion, ...]:
    """The ten questions as written."""
    return from_json(_read())


@lru_cache(maxsize=1)
def reasons() -> tuple[str, ...]:
    """Why the right choice of each question is right."""
    return tuple(str(item["why"]) for item in _read())


def _read() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(_FILE.read_text())
    return found


def _shuffled(choices: Sequence[str], seed: str) -> tuple[tuple[int, str], ...]:
    numbered = list(enumerate(choices))
    return tuple(sorted(numbered, key=lambda one: sha256(f"{seed}/{one[0]}".encode()).digest()))
