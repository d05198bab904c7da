"""HPKE keys as values: who alone can open a thing.

Suite 1 is the hybrid ML-KEM-768 + X25519 with HKDF-SHA256 and AES-256-GCM: biometrics must stay secret for a lifetime.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from dekat.kernel.errors import DekatError

SUITE_HYBRID = 1
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC_BYTES, _MLKEM_SEED_BYTES = 1184, 64


class SealBroken(DekatError):
    """A sealed thing does not open with this key in this context."""

    code = "kernel.sealing.seal_broken"


@dataclass(frozen=True)
class SealKey:
    """A public recipient key: ML-KEM-768 (1184 bytes) followed by X25519 (32 bytes)."""

    raw: bytes

    def seal(self, plain: bytes, *, info: bytes) -> bytes:
        """Seal so that only the holder of the private key opens it; `info` binds it to its place."""
        public = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC_BYTES:]),
        )
        return _SUITE.encrypt(plain, public, info=info)


@dataclass(frozen=True, repr=False)
class OpenKey:
    """A private recipient key: ML-KEM-768 seed (64 bytes) followed by X25519 (32 bytes); it never prints itself."""

    raw: bytes

    @classmethod
    def generate(cls) -> "OpenKey":
        mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        return cls(mlkem.private_bytes_raw() + x25519.private_bytes_raw())

    @property
    def seal_key(self) -> SealKey:
        mlkem, x25519 = self._pair()
        return SealKey(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())

    def open(self, sealed: bytes, *, info: bytes) -> bytes:
        """Open what was sealed to this key with the same `info`.

        Refuses: kernel.sealing.seal_broken.
        """
        try:
            return _SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*self._pair()), info=info)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def _pair(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.raw[:_MLKEM_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(self.raw[_MLKEM_SEED_BYTES:]),
        )
