"""Bytes that somebody else wrote, taken apart within bounds: whatever they hold, the answer is a value or `Unreadable`.

A reader of the standard library has sharp edges that only hostile bytes find: a thousand open brackets end in a
RecursionError, a tag of CBOR makes a regular expression, a frame of zstd asks for as much memory as it likes.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import cbor2
import zstandard

# Nothing we write is nested deeper than ten; what walks a value afterwards may use a step of the stack for each.
MAX_DEPTH = 64
# The widest window our own level 19 asks for.
_MAX_WINDOW_BYTES = 8 * 1024 * 1024


class Unreadable(ValueError):
    """Bytes that are not what they should be; the reader turns it into its own refusal."""


# What comes out is `Any` on purpose, as from the readers beneath: the caller narrows it at once.
def read_json(data: bytes | str) -> Any:
    """A JSON value: UTF-8, finite numbers, no NUL and no half of a letter, which no database keeps.

    Refuses: Unreadable.
    """
    try:
        text = data if isinstance(data, str) else str(data, "utf-8")
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable("JSON") from error
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deep(value):
        raise Unreadable("depth")
    if "\\u" in text and not _is_plain(value):
        raise Unreadable("letters")
    return value


def read_cbor(data: bytes) -> Any:
    """A CBOR value without tags: no dates, no patterns, no references, only what lies there.

    Refuses: Unreadable.
    """
    try:
        return cbor2.loads(data, max_depth=MAX_DEPTH, semantic_decoders=_NO_TAGS, tag_hook=_refuse)
    except (cbor2.CBORDecodeError, ValueError, TypeError, RecursionError) as error:
        raise Unreadable("CBOR") from error


def unpack(packed: bytes, *, limit: int) -> bytes:
    """What one zstd frame holds, if that is at most `limit` bytes; no more than that is ever made of it.

    Refuses: Unreadable.
    """
    try:
        with zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES).stream_reader(packed) as reader:
            plain = reader.read(limit + 1)
    except zstandard.ZstdError as error:
        raise Unreadable("zstd") from error
    if len(plain) > limit:
        raise Unreadable("length")
    return plain


def a_text(value: object) -> str:
    """The value, if it is a text that every database keeps.

    Refuses: Unreadable.
    """
    if not isinstance(value, str) or "\0" in value:
        raise Unreadable("no text")
    return value


def a_count(value: object) -> int:
    """The value, if it is a whole number that a database can count with, from 0 on.

    Refuses: Unreadable.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise Unreadable("no count")
    return value


def a_list(value: object) -> list[Any]:
    """The value, if it is a list.

    Refuses: Unreadable.
    """
    if not isinstance(value, list):
        raise Unreadable("no list")
    return value


class _NoTags(Mapping[int, Callable[..., Any]]):
    """A refusal for every tag there is, the built-in ones too."""

    def __getitem__(self, tag: int) -> Callable[..., Any]:
        return _refuse

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


_NO_TAGS = _NoTags()


def _refuse(*_: object) -> None:
    raise Unreadable("not plain")


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise Unreadable("number")
    return number


def _is_deep(value: object) -> bool:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return True
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += [part for part in one.values() if isinstance(part, dict | list)]
            elif isinstance(one, list):
                inner += [part for part in one if isinstance(part, dict | list)]
        level = inner
    return False


def _is_plain(value: object) -> bool:
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in written.replace("\\\\", "")
