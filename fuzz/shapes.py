"""A mutator that knows maps and lists: bytes that are JSON or CBOR somewhere stay so, with one part of them strange."""

import json
import random
from collections.abc import Callable, Iterator

import cbor2

_TEXTS = (
    "", "a", "0", "-1", "*", "x" * 300, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-23",
    "\ud800", "a\0b", "../x", "99.01.01", "NaN", "1e999", "00", "é", "{}", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
_NUMBERS = (0, 1, -1, 255, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 2**200, 1.5, 1e308, float("inf"))
_OTHERS = (None, True, False, [], {}, [[]], {"": None}, [1, "a", None])
# How many bytes before the value are somebody else's: none, or the target's choice.
_LEAST_BEFORE = (0, 1, 3)


def mutated(data: bytes, most: int, seed: int, plain: Callable[[bytes, int], bytes]) -> bytes:
    """A neighbour of the data: half of the time by its shape where it has one, else as the fuzzer likes."""
    dice = random.Random(seed)
    if dice.random() < 0.5:
        for before in _LEAST_BEFORE:
            if (found := _shaped(data[before:], dice)) is not None and len(found) + before <= most:
                return data[:before] + found
    return bytes(plain(data, most))


def _shaped(data: bytes, dice: random.Random) -> bytes | None:
    try:
        value = json.loads(data)
        if isinstance(value, dict | list):
            return json.dumps(_changed(value, dice, _TEXTS)).encode()
    except (ValueError, RecursionError):
        pass
    try:
        value = cbor2.loads(data)
        if isinstance(value, dict | list):
            texts = (*(text.encode("utf-8", "replace") for text in _TEXTS), bytes(16), bytes(32), *_TEXTS)
            return cbor2.dumps(_changed(value, dice, texts))
    except Exception:
        # Whatever a decoder without our bounds may raise: this input has no shape we know.
        return None
    return None


def _changed(value: object, dice: random.Random, texts: tuple[object, ...]) -> object:
    places = list(_places(value))
    if not places:
        return value
    holder, key = dice.choice(places)
    match dice.randrange(4):
        case 0:
            del holder[key]
        case 1:
            holder[key] = dice.choice(texts)
        case 2:
            holder[key] = dice.choice((*_NUMBERS, *_OTHERS))
        case _:
            other, where = dice.choice(places)
            holder[key] = other.get(where) if isinstance(other, dict) else holder[key]
    return value


def _places(value: object) -> Iterator[tuple[dict[object, object], object]]:
    """Every spot of the value, as whatever holds it and the key or number under which."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key  # type: ignore[misc]
        yield from _places(inner)
