"""The sealed envelope DKP1: made once, never changed, readable only by its recipients. Pure.

    "DKP1" | u32 header length | header (deterministic CBOR, no personal data) | ciphertext | Ed25519 signature

The data key is used once; it is sealed to each recipient (hybrid HPKE) and the header binds the ciphertext as
associated data. The signature covers both digests, so a changed byte anywhere is a refusal.
"""

import secrets
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import cbor2
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import Unreadable, read_cbor, unpack
from dekat.kernel.sealing import SUITE_HYBRID, OpenKey, SealBroken, SealKey
from dekat.kernel.signing import SigningKey, VerifyKey

MAGIC = b"DKP1"
SIGNING_CONTEXT = "dekat/packet/1"
VERSION = 1
MAX_HEADER_BYTES = 16 * 1024
MAX_PLAIN_BYTES = 64 * 1024 * 1024
MAX_RECIPIENTS = 4
_PREFIX, _SIGNATURE, _NONCE, _TAG, _DEK = 8, 64, 12, 16, 32
FIRST_PREV = bytes(32)


class EnvelopeMalformed(DekatError):
    """Bytes that are not an envelope; `reason` says where reading stopped."""

    code = "sync.envelope.malformed"


class EnvelopeTooLarge(DekatError):
    """An envelope, or what it claims to hold, is larger than may travel."""

    code = "sync.envelope.too_large"


class SignatureInvalid(DekatError):
    """The envelope is not what the named station signed."""

    code = "sync.envelope.signature_invalid"


class EnvelopeNewer(DekatError):
    """The envelope is of a later form than this release opens; it is kept as it is and waits for the upgrade."""

    code = "sync.envelope.newer"


class NotForUs(DekatError):
    """The envelope is sealed to other recipients."""

    code = "sync.envelope.not_for_us"


@dataclass(frozen=True)
class Header:
    """What everybody on the way may read.

    Facts: `seq` counts this station's items of one `incarnation`; `prev` is the SHA-256 of the header before it;
    `mono_ms` counts since `boot_id`; the clock's offset is the last one measured, None when never.
    """

    item_id: UUID
    kind: str
    node: str
    incarnation: bytes
    seq: int
    prev: bytes
    operator: str
    sealed_at: datetime
    boot_id: str
    mono_ms: int
    clock_offset_ms: int | None
    clock_error_ms: int | None


@dataclass(frozen=True)
class Envelope:
    """An envelope taken apart, not yet believed and not opened.

    Facts: of one that `is_newer` only the header, the digests and the signature are known.
    """

    header: Header
    header_hash: bytes
    digest: bytes
    size_bytes: int
    nonce: bytes
    recipients: Mapping[bytes, bytes]
    plain_bytes: int
    is_compressed: bool
    ciphertext: bytes
    signature: bytes
    is_newer: bool = False

    def check(self, key: VerifyKey) -> None:
        """Refuse unless the holder of the key signed exactly this.

        Refuses: sync.envelope.signature_invalid.
        """
        self.check_any([key])

    def check_any(self, keys: Sequence[VerifyKey]) -> VerifyKey:
        """Refuse unless the holder of one of the keys signed exactly this; give that key.

        Refuses: sync.envelope.signature_invalid.
        """
        message = self.header_hash + sha256(self.ciphertext).digest()
        for key in keys:
            if key.accepts(context=SIGNING_CONTEXT, message=message, signature=self.signature):
                return key
        raise SignatureInvalid(node=self.header.node)

    def open(self, key: OpenKey) -> bytes:
        """Give the content to one of the recipients; call `check` first.

        Refuses: sync.envelope.newer, sync.envelope.not_for_us, kernel.sealing.seal_broken, sync.envelope.malformed.
        """
        if self.is_newer:
            raise EnvelopeNewer
        sealed = self.recipients.get(key_id(key.seal_key))
        if sealed is None:
            raise NotForUs(node=self.header.node)
        dek = key.open(sealed, info=_seal_info(self.header))
        if len(dek) != _DEK:
            raise SealBroken
        try:
            plain = AESGCM(dek).decrypt(self.nonce, self.ciphertext, self.header_hash)
        except InvalidTag as error:
            raise SealBroken from error
        return _unpacked(plain, self.plain_bytes) if self.is_compressed else plain


def key_id(key: SealKey) -> bytes:
    """The short name of a recipient's key, 8 bytes."""
    return sha256(key.raw).digest()[:8]


def seal(content: bytes, *, header: Header, recipients: Sequence[SealKey], key: SigningKey) -> bytes:
    """Close content into an envelope; afterwards not even the sealer can open it.

    Refuses: sync.envelope.too_large.
    """
    if len(content) > MAX_PLAIN_BYTES:
        raise EnvelopeTooLarge(bytes=len(content))
    packed = zstandard.ZstdCompressor(level=3).compress(content)
    is_compressed = len(packed) < len(content) * 9 // 10
    body = packed if is_compressed else content
    dek, nonce = secrets.token_bytes(_DEK), secrets.token_bytes(_NONCE)
    info = _seal_info(header)
    written = _written(
        header,
        nonce=nonce,
        recipients=[[key_id(one), one.seal(dek, info=info)] for one in recipients],
        plain_bytes=len(content),
        is_compressed=is_compressed,
        cipher_bytes=len(body) + _TAG,
    )
    header_hash = sha256(written).digest()
    ciphertext = AESGCM(dek).encrypt(nonce, body, header_hash)
    signature = key.sign(context=SIGNING_CONTEXT, message=header_hash + sha256(ciphertext).digest())
    return MAGIC + struct.pack(">I", len(written)) + written + ciphertext + signature


def parse(data: bytes, *, max_bytes: int) -> Envelope:
    """Take an envelope apart without believing it; only its shape is checked here.

    Facts: a later form keeps this frame and these names in its header, so that whoever cannot open it can still hold
    it and prove who sealed it.
    Refuses: sync.envelope.too_large, sync.envelope.malformed.
    """
    if len(data) > max_bytes:
        raise EnvelopeTooLarge(bytes=len(data))
    if len(data) < _PREFIX + _SIGNATURE or data[:4] != MAGIC:
        raise EnvelopeMalformed(reason="magic")
    (header_bytes,) = struct.unpack(">I", data[4:_PREFIX])
    if header_bytes > MAX_HEADER_BYTES or _PREFIX + header_bytes + _TAG + _SIGNATURE > len(data):
        raise EnvelopeMalformed(reason="header_length")
    written = data[_PREFIX : _PREFIX + header_bytes]
    ciphertext = data[_PREFIX + header_bytes : -_SIGNATURE]
    fields = _decoded(written)
    try:
        return _envelope(fields, data=data, written=written, ciphertext=ciphertext)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DekatError) as error:
        raise EnvelopeMalformed(reason="header_fields") from error


def _envelope(fields: Mapping[str, object], *, data: bytes, written: bytes, ciphertext: bytes) -> Envelope:
    version, suite = _whole(fields["v"]), _whole(fields["suite"])
    if min(version, suite) < 1 or (version == VERSION and fields["cipher_len"] != len(ciphertext)):
        raise ValueError
    is_newer = version > VERSION or suite > SUITE_HYBRID
    plain_bytes = 0 if is_newer else _whole(fields["plain_len"])
    if plain_bytes > MAX_PLAIN_BYTES:
        raise ValueError
    return Envelope(
        header=Header(
            item_id=UUID(bytes=_raw(fields["id"], 16)),
            kind=_text(fields["kind"], 40),
            node=_text(fields["node"], 40),
            incarnation=_raw(fields["incarnation"], 16),
            seq=_whole(fields["seq"]),
            prev=_raw(fields["prev"], 32),
            operator=_text(fields["operator"], 80),
            sealed_at=from_iso(_text(fields["sealed_at"], 40)),
            boot_id=_text(fields["boot_id"], 40),
            mono_ms=_whole(fields["mono_ms"]),
            clock_offset_ms=_whole_or_none(fields["offset_ms"]),
            clock_error_ms=_whole_or_none(fields["error_ms"]),
        ),
        header_hash=sha256(written).digest(),
        digest=sha256(data).digest(),
        size_bytes=len(data),
        nonce=b"" if is_newer else _raw(fields["nonce"], _NONCE),
        recipients={} if is_newer else _recipients(fields["to"]),
        plain_bytes=plain_bytes,
        is_compressed=not is_newer and bool(_whole(fields["zstd"])),
        ciphertext=ciphertext,
        signature=data[-_SIGNATURE:],
        is_newer=is_newer,
    )


def _written(
    header: Header,
    *,
    nonce: bytes,
    recipients: list[list[bytes]],
    plain_bytes: int,
    is_compressed: bool,
    cipher_bytes: int,
) -> bytes:
    return cbor2.dumps(
        {
            "v": VERSION,
            "suite": SUITE_HYBRID,
            "id": header.item_id.bytes,
            "kind": header.kind,
            "node": header.node,
            "incarnation": header.incarnation,
            "seq": header.seq,
            "prev": header.prev,
            "operator": header.operator,
            "sealed_at": iso(header.sealed_at),
            "boot_id": header.boot_id,
            "mono_ms": header.mono_ms,
            "offset_ms": header.clock_offset_ms,
            "error_ms": header.clock_error_ms,
            "nonce": nonce,
            "to": recipients,
            "plain_len": plain_bytes,
            "cipher_len": cipher_bytes,
            "zstd": int(is_compressed),
        },
        canonical=True,
    )


def _decoded(written: bytes) -> dict[str, object]:
    try:
        fields = read_cbor(written)
        is_exact = isinstance(fields, dict) and cbor2.dumps(fields, canonical=True) == written
    except (Unreadable, cbor2.CBOREncodeError) as error:
        raise EnvelopeMalformed(reason="header_cbor") from error
    if not is_exact:
        raise EnvelopeMalformed(reason="header_cbor")
    return {str(name): value for name, value in fields.items()}


def _unpacked(packed: bytes, plain_bytes: int) -> bytes:
    # The claimed length is the bound: a bomb stops one byte after what its own header promised.
    try:
        plain = unpack(packed, limit=plain_bytes)
    except Unreadable as error:
        raise EnvelopeMalformed(reason="compression") from error
    if len(plain) != plain_bytes:
        raise EnvelopeMalformed(reason="plain_length")
    return plain


def _seal_info(header: Header) -> bytes:
    return b"dekat/packet/1/key\x00" + header.item_id.bytes + header.node.encode()


def _recipients(value: object) -> dict[bytes, bytes]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_RECIPIENTS:
        raise ValueError
    found: dict[bytes, bytes] = {}
    for name, sealed in value:
        if not isinstance(sealed, bytes):
            raise TypeError
        found[_raw(name, 8)] = sealed
    return found


def _raw(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise ValueError
    return value


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _whole_or_none(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 63:
        raise ValueError
    return value
