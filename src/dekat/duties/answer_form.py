"""An answer as text and back, field by field from its class, so that a new field needs no word here. Pure."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from dekat.duties.answer import Answer


def to_text(answer: Answer) -> str:
    """The answer as JSON: each class an object with a list of its fields in order, so that it is told from a tuple."""
    return json.dumps(answer, default=_plain, separators=(",", ":"))


def from_text(text: str) -> Answer:
    """The answer that `to_text` wrote."""
    answer = _reader(Answer)(json.loads(text))
    if not isinstance(answer, Answer):
        raise TypeError(text)
    return answer


def _plain(value: Any) -> object:
    """What JSON cannot write itself; texts, numbers, enumerations and tuples it can."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    return {"of": _values(kind)(value)}


@cache
def _values(kind: Any) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of a class in order (of each of ours there are several)."""
    return attrgetter(*(field.name for field in fields(kind)))


_PLAIN: dict[Any, Callable[[Any], Any]] = {datetime: datetime.fromisoformat, date: date.fromisoformat, UUID: UUID}


def _is_class(kind: Any) -> bool:
    return is_dataclass(kind)


def _same(value: Any) -> Any:
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads a value of a type back."""
    if _is_class(kind):
        hints = get_type_hints(kind)
        readers = [_reader(hints[field.name]) for field in fields(kind)]
        return lambda value: kind(*(read(one) for read, one in zip(readers, value["of"], strict=True)))
    if get_origin(kind) is tuple:
        return _tuple_reader(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return _choice_reader([one for one in get_args(kind) if one is not type(None)])
    if kind in _PLAIN:
        return _PLAIN[kind]
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _same


def _tuple_reader(kinds: Sequence[Any]) -> Callable[[Any], Any]:
    readers = [_reader(kind) for kind in kinds if kind is not Ellipsis]
    if len(readers) == len(kinds):
        return lambda values: tuple(read(one) for read, one in zip(readers, values, strict=True))
    return tuple if readers == [_same] else lambda values: tuple(readers[0](one) for one in values)


def _choice_reader(kinds: Sequence[Any]) -> Callable[[Any], Any]:
    """Nothing, a class or something plain: an object is the class."""
    of_class = [_reader(kind) for kind in kinds if _is_class(kind)]
    plain = [_reader(kind) for kind in kinds if not _is_class(kind)]

    def read(value: Any) -> Any:
        if value is None:
            return None
        return (of_class if isinstance(value, dict) else plain)[0](value)

    return read
