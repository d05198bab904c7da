"""Ids: UUIDv7 for machines, short checked codes for people."""

import secrets
from datetime import datetime
from uuid import UUID

from dekat.kernel.errors import DekatError

# Without I, L, O, U: nothing that is misread aloud or on paper, no words by accident.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILO", "110")


class CodeMistyped(DekatError):
    """A short code whose check letter does not fit: somebody mistyped it."""

    code = "kernel.ids.code_mistyped"


def new_id(now: datetime) -> UUID:
    """Make a UUIDv7 (RFC 9562) at the place where the fact is made; order never comes from it."""
    millis = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    rand_a, rand_b = secrets.randbits(12), secrets.randbits(62)
    return UUID(int=(millis << 80) | (0x7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b)


def new_code(length: int = 9) -> str:
    """Make a random code for people (5 bits a letter) that ends in its check letter.

    Facts: `length` counts the random letters; the default gives 45 bits.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return body + check_letter(body)


def read_code(typed: str) -> str:
    """Give the canonical form of a code that a person typed.

    Refuses: kernel.ids.code_mistyped.
    """
    text = "".join(typed.split()).replace("-", "").upper().translate(_LOOKALIKES)
    if len(text) < 2 or any(letter not in ALPHABET for letter in text) or check_letter(text[:-1]) != text[-1]:
        raise CodeMistyped
    return text


def spaced(code: str) -> str:
    """Write a code in groups of five for reading aloud: `7K3QX-91BZT`."""
    return "-".join(code[i : i + 5] for i in range(0, len(code), 5))


def check_letter(body: str) -> str:
    """The Luhn mod 32 letter: finds every single wrong letter and nearly all swapped neighbours."""
    total = 0
    for position, letter in enumerate(reversed(body)):
        value = ALPHABET.index(letter) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
