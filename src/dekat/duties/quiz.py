"""The quiz of an instruction: questions with one right choice each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PASS_PERCENT = 80


@dataclass(frozen=True)
class QuizQuestion:
    """One question; `right` is the place of the right choice."""

    text: str
    choices: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Result:
    """How a person answered."""

    right: int
    total: int
    wrong: tuple[int, ...]

    @property
    def percent(self) -> int:
        return self.right * 100 // self.total if self.total else 100

    @property
    def is_passed(self) -> bool:
        return self.percent >= PASS_PERCENT


def mark(questions: Sequence[QuizQuestion], chosen: Mapping[int, int]) -> Result:
    """Mark the choices; an unanswered question is wrong."""
    wrong = tuple(place for place, question in enumerate(questions) if chosen.get(place) != question.right)
    return Result(len(questions) - len(wrong), len(questions), wrong)


def as_json(questions: Sequence[QuizQuestion]) -> list[dict[str, str | int | list[str]]]:
    """The questions as they travel and are kept."""
    return [{"text": item.text, "choices": list(item.choices), "right": item.right} for item in questions]


def from_json(raw: Sequence[Mapping[str, object]]) -> tuple[QuizQuestion, ...]:
    """Read what `as_json` wrote."""
    return tuple(
        QuizQuestion(
            str(item["text"]), tuple(str(choice) for choice in _list(item["choices"])), int(str(item["right"]))
        )
        for item in raw
    )


def parse_lines(text: str) -> tuple[QuizQuestion, ...]:
    """Read a quiz written as text: a question line, then its choices as `- wrong` and `+ right`; blank lines between.

    Facts: blocks without exactly one right choice among at least two are left out.
    """
    found: list[QuizQuestion] = []
    for block in text.replace("\r", "").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        choices = [line[1:].strip() for line in lines[1:] if line[0] in "+-"]
        right = [place for place, line in enumerate(lines[1:]) if line[0] == "+"]
        if len(choices) > 1 and len(right) == 1:
            found.append(QuizQuestion(lines[0], tuple(choices), right[0]))
    return tuple(found)


def as_lines(questions: Sequence[QuizQuestion]) -> str:
    """Write a quiz as `parse_lines` reads it."""
    return "\n\n".join(
        "\n".join([item.text, *(f"{'+' if place == item.right else '-'} {c}" for place, c in enumerate(item.choices))])
        for item in questions
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
