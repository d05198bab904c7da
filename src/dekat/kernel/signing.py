"""Ed25519 keys as values: who says a thing, and whether they said it."""

import base64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True)
class VerifyKey:
    """A public Ed25519 key, 32 raw bytes."""

    raw: bytes

    def accepts(self, *, context: str, message: bytes, signature: bytes) -> bool:
        """Say whether the holder of the key signed `message` in `context`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, _framed(context, message))
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def text(self) -> str:
        """The key as base64 for people, settings and messages."""
        return base64.b64encode(self.raw).decode()

    @classmethod
    def from_text(cls, text: str) -> "VerifyKey":
        return cls(base64.b64decode(text, validate=True))


@dataclass(frozen=True, repr=False)
class SigningKey:
    """A private Ed25519 key, 32 raw bytes; it never prints itself."""

    raw: bytes

    @classmethod
    def generate(cls) -> "SigningKey":
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verify_key(self) -> VerifyKey:
        return VerifyKey(Ed25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw())

    def sign(self, *, context: str, message: bytes) -> bytes:
        """Sign `message` for one use only: a signature for an event can never pass for a packet's. 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(_framed(context, message))


def _framed(context: str, message: bytes) -> bytes:
    return context.encode() + b"\x00" + message
