"""An answer as text and back, field by field from its class, so that a new field needs no word here. Pure."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from dekat.duties.turn import Answer


def to_text(answer: Answer) -> str:
    """The answer as JSON: each class a list of its fields in order."""
    return json.dumps(_plain(answer), separators=(",", ":"))


def from_text(text: str) -> Answer:
    """The answer that `to_text` wrote."""
    answer = _reader(Answer)(json.loads(text))
    if not isinstance(answer, Answer):
        raise TypeError(text)
    return answer


def _plain(value: object) -> object:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    return value


def _same(value: Any) -> Any:
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads a value of a type back."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = [_reader(hints[field.name]) for field in fields(kind)]
        return lambda values: kind(*(read(value) for read, value in zip(readers, values, strict=True)))
    if get_origin(kind) is tuple:
        each = _reader(get_args(kind)[0])
        return tuple if each is _same else lambda values: tuple(each(one) for one in values)
    if get_origin(kind) is UnionType or type(None) in get_args(kind):
        known = _reader(next(one for one in get_args(kind) if one is not type(None)))
        return _same if known is _same else lambda value: None if value is None else known(value)
    if kind is datetime:
        return datetime.fromisoformat
    if kind is UUID:
        return UUID
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _same
