"""One text for one value: the JSON that is hashed and signed."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from dekat.kernel.errors import DekatError

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class NotCanonical(DekatError):
    """A value without one exact text (a float, bytes, an odd key) was to be hashed."""

    code = "kernel.canonical.not_canonical"


def canonical_json(value: Json) -> bytes:
    """Write JSON with sorted keys, no spaces, UTF-8; floats are refused because their text varies.

    Refuses: kernel.canonical.not_canonical.
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: Json) -> bytes:
    """SHA-256 of the canonical text, 32 bytes."""
    return sha256(canonical_json(value)).digest()


def _check(value: object) -> None:
    if value is None or isinstance(value, bool | int | str):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(kind=type(key).__name__)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise NotCanonical(kind=type(value).__name__)
