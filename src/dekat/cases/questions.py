"""What a service asks, as data, and the one way to read what was answered.

A question never asks for what the register holds: people are named by their NIK, everything else of them is known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry.states import ListName

_SIXTEEN = re.compile(r"[0-9]{16}")
_VILLAGE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
LONGEST_TEXT = 200
MOST_PEOPLE = 20


class AnswersIncomplete(DekatError):
    """A question that must be answered was not."""

    code = "cases.answers.incomplete"


class AnswerWrong(DekatError):
    """An answer does not have the shape that its question asks for."""

    code = "cases.answers.wrong"


class Kind(StrEnum):
    """The shape of an answer, as it is kept."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    NEW_NAME = "NEW_NAME"  # of somebody recorded for the first time
    DAY = "DAY"  # ISO, whole
    TIME = "TIME"  # 24 hours, `07:30`
    COUNT = "COUNT"
    YES = "YES"
    CHOICE = "CHOICE"  # one of `options`
    LISTED = "LISTED"  # a code of `values`
    NIK = "NIK"  # anybody
    MEMBER = "MEMBER"  # somebody of the family, by NIK
    MEMBERS = "MEMBERS"  # several of the family, by NIK
    FAMILY_CARD = "FAMILY_CARD"
    VILLAGE = "VILLAGE"  # the Kemendagri code of a village of this regency
    RELATIONS = "RELATIONS"  # for each of `options` (NIK, name) what they are to the head


@dataclass(frozen=True)
class Question:
    """One question. `only_if` (key, answers): it is put only when an earlier question was answered so."""

    key: str
    kind: Kind
    label: str
    help: str = ""
    values: ListName | None = None
    options: tuple[tuple[str, str], ...] = ()
    is_required: bool = True
    only_if: tuple[str, frozenset[str]] | None = None


def only_if(key: str, *answers: str) -> tuple[str, frozenset[str]]:
    """The condition that an earlier question was answered with one of these."""
    return key, frozenset(answers)


def is_put(question: Question, answers: Mapping[str, Json]) -> bool:
    """Whether a question is put after these answers."""
    if question.only_if is None:
        return True
    key, wanted = question.only_if
    given = answers.get(key)
    return (str(given).lower() if isinstance(given, bool) else str(given)) in wanted


def read(questions: Iterable[Question], said: Mapping[str, object]) -> dict[str, Json]:
    """The answers to the questions that are put, in their kept form; anything else that was said is left out.

    Refuses: cases.answers.incomplete, cases.answers.wrong.
    """
    answers: dict[str, Json] = {}
    for question in questions:
        if not is_put(question, answers):
            continue
        value = said.get(question.key)
        if value is None or value in ("", [], {}):
            if question.kind is Kind.YES:
                answers[question.key] = False
            elif question.is_required:
                raise AnswersIncomplete(question=question.label)
            continue
        answers[question.key] = _read(question, value)
    return answers


def _read(question: Question, value: object) -> Json:
    try:
        return _shaped(question, value)
    except (ValueError, TypeError, DekatError) as error:
        raise AnswerWrong(question=question.label) from error


def _shaped(question: Question, value: object) -> Json:
    match question.kind:
        case Kind.YES:
            return value in (True, "true", "on", "True")
        case Kind.COUNT:
            return int(str(value))
        case Kind.DAY:
            day = PartialDate.parse(str(value))
            _require(day.is_whole)
            return day.iso
        case Kind.MEMBERS:
            people = value if isinstance(value, Sequence) and not isinstance(value, str) else str(value).split()
            _require(0 < len(people) <= MOST_PEOPLE)
            return [_matched(_SIXTEEN, one) for one in people]
        case Kind.RELATIONS:
            _require(isinstance(value, Mapping))
            given = {str(nik): str(code) for nik, code in value.items()}  # type: ignore[attr-defined]
            _require(given.keys() == {nik for nik, _ in question.options} and all(given.values()))
            return dict(given)
        case Kind.CHOICE:
            _require(str(value) in {key for key, _ in question.options})
            return str(value)
        case _:
            return _text(question.kind, str(value).strip())


def _text(kind: Kind, text: str) -> str:
    pattern = {
        Kind.NIK: _SIXTEEN, Kind.MEMBER: _SIXTEEN, Kind.FAMILY_CARD: _SIXTEEN, Kind.VILLAGE: _VILLAGE, Kind.TIME: _TIME,
    }.get(kind)  # fmt: skip
    if pattern:
        return _matched(pattern, text)
    _require(bool(text) and len(text) <= (LONGEST_TEXT if kind is not Kind.LONG_TEXT else 5 * LONGEST_TEXT))
    return text


def _matched(pattern: re.Pattern[str], value: object) -> str:
    _require(pattern.fullmatch(str(value)) is not None)
    return str(value)


def _require(is_so: bool) -> None:
    if not is_so:
        raise ValueError
