"""What a service asks, as data, and the one way to read what was answered.

A question never asks for what the register holds: people are named by their NIK, everything else of them is known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import queries as registry
from dekat.registry.states import ListName

_SIXTEEN = re.compile(r"[0-9]{16}")
_VILLAGE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
# In a condition: an earlier answer of a single word, whatever the word.
ONE_WORD = "one-word"
LONGEST_TEXT = 200
MOST_PEOPLE = 20
MOST_COUNTED = 30


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
    STATEMENT = "STATEMENT"  # what the applicant must confirm
    CHOICE = "CHOICE"  # one of `options`
    LISTED = "LISTED"  # a code of `values`
    NIK = "NIK"  # anybody
    MEMBER = "MEMBER"  # somebody of the family, by NIK
    MEMBERS = "MEMBERS"  # several of the family, by NIK
    FAMILY_CARD = "FAMILY_CARD"
    VILLAGE = "VILLAGE"  # the Kemendagri code of a village of this regency
    RELATIONS = "RELATIONS"  # for each of `options` (id, name) what they are to the head
    PEOPLE = "PEOPLE"  # several who are not in the register, each as answers to `columns`


@dataclass(frozen=True)
class Question:
    """One question. `only_if` (key, answers): it is put only when an earlier question was answered so.

    Facts: `longest` counts the letters of a TEXT.
    """

    key: str
    kind: Kind
    label: str
    help: str = ""
    values: ListName | None = None
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["Question", ...] = ()
    longest: int = LONGEST_TEXT
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
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return text in wanted or (ONE_WORD in wanted and given is not None and len(text.split()) == 1)


def still_open(questions: Iterable[Question], known: Mapping[str, Json]) -> tuple[Question, ...]:
    """The questions that remain where some answers are known beforehand; what hangs on those is put or left out."""
    remaining = []
    for question in questions:
        hangs_on_known = question.only_if is not None and question.only_if[0] in known
        if question.key in known or (hangs_on_known and not is_put(question, known)):
            continue
        remaining.append(replace(question, only_if=None) if hangs_on_known else question)
    return tuple(remaining)


def read(questions: Iterable[Question], said: Mapping[str, object]) -> dict[str, Json]:
    """The answers to the questions that are put, in their kept form; anything else that was said is left out.

    Refuses: cases.answers.incomplete, cases.answers.wrong.
    """
    answers: dict[str, Json] = {}
    for question in questions:
        if not is_put(question, answers):
            continue
        value = said.get(question.key)
        if value is None or value in ("", [], {}) or (question.kind is Kind.STATEMENT and value is False):
            if question.kind is Kind.YES:
                answers[question.key] = False
            elif question.is_required:
                raise AnswersIncomplete(question=question.label)
            continue
        answers[question.key] = _people(question, value) if question.kind is Kind.PEOPLE else _read(question, value)
    return answers


def _people(question: Question, value: object) -> Json:
    """Each person read like an application of their own; what is refused names the person by their place."""
    if not isinstance(value, Sequence) or len(value) > MOST_PEOPLE:
        raise AnswerWrong(question=question.label)
    people: list[Json] = []
    for number, row in enumerate(value, start=1):
        if not isinstance(row, Mapping):
            raise AnswerWrong(question=question.label)
        columns = [replace(one, label=f"{question.label}, orang ke-{number}: {one.label}") for one in question.columns]
        people.append(read(columns, row))
    return people


def _read(question: Question, value: object) -> Json:
    try:
        return _shaped(question, value)
    except (ValueError, TypeError, DekatError) as error:
        raise AnswerWrong(question=question.label) from error


def _shaped(question: Question, value: object) -> Json:
    match question.kind:
        case Kind.YES | Kind.STATEMENT:
            return value in (True, "true", "on", "True")
        case Kind.COUNT:
            count = int(str(value))
            _require(1 <= count <= MOST_COUNTED)
            return count
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
            _require(given.keys() == {key for key, _ in question.options})
            _require_codes(question, given.values())
            return dict(given)
        case Kind.CHOICE:
            _require(str(value) in {key for key, _ in question.options})
            return str(value)
        case _:
            _require(isinstance(value, str | int))
            return _text(question, str(value).strip())


_PATTERNS = {
    Kind.NIK: _SIXTEEN, Kind.MEMBER: _SIXTEEN, Kind.FAMILY_CARD: _SIXTEEN, Kind.VILLAGE: _VILLAGE, Kind.TIME: _TIME,
}  # fmt: skip


def _text(question: Question, text: str) -> str:
    if pattern := _PATTERNS.get(question.kind):
        return _matched(pattern, text)
    longest = 5 * LONGEST_TEXT if question.kind is Kind.LONG_TEXT else question.longest
    _require(bool(text) and len(text) <= longest)
    if question.kind is Kind.LISTED:
        _require_codes(question, [text])
    return text


def _require_codes(question: Question, codes: Iterable[str]) -> None:
    """A form offers what the list has; a message may say anything."""
    if question.values is not None:
        known = {one.code for one in registry.choices(question.values)}
        _require(all(code in known for code in codes))


def _matched(pattern: re.Pattern[str], value: object) -> str:
    _require(pattern.fullmatch(str(value)) is not None)
    return str(value)


def _require(is_so: bool) -> None:
    if not is_so:
        raise ValueError
