"""What makes an answer the centre's: its signature over the question's nonce and everything a client acts on. Pure."""

import base64
from hashlib import sha256

from dekat.kernel.canonical import canonical_json
from dekat.kernel.signing import SigningKey, VerifyKey

SIGNING_CONTEXT = "dekat/answer/1"
NONCE_HEADER = "Dekat-Nonce"
SIGNATURE_HEADER = "Dekat-Signature"
RECEIPT_HEADER = "Dekat-Receipt"
# RFC 9530; a question may carry it, so that a bit that turned over on the way is asked again and not judged.
DIGEST_HEADER = "Content-Digest"
# The code of an answer to a question that the centre stumbled over: its fault, so ask again later.
FAULT = "sync.wire.fault"


def sign_answer(key: SigningKey, *, nonce: str, status: int, offset: str, receipt: str, body: bytes) -> str:
    """The value of `Dekat-Signature`: base64 of 64 bytes."""
    signature = key.sign(context=SIGNING_CONTEXT, message=_message(nonce, status, offset, receipt, body))
    return base64.b64encode(signature).decode()


def is_signed(
    key: VerifyKey, signature: str, *, nonce: str, status: int, offset: str, receipt: str, body: bytes
) -> bool:
    """Say whether the centre gave exactly this answer to exactly this question."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    return key.accepts(context=SIGNING_CONTEXT, message=_message(nonce, status, offset, receipt, body), signature=raw)


def content_digest(body: bytes | bytearray) -> str:
    """The value of `Content-Digest` for these bytes."""
    return f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"


def _message(nonce: str, status: int, offset: str, receipt: str, body: bytes) -> bytes:
    return canonical_json(
        {"nonce": nonce, "status": status, "offset": offset, "receipt": receipt, "body": sha256(body).hexdigest()}
    )
