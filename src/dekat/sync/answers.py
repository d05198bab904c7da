"""What makes an answer the centre's: its signature over the question and everything a client acts on. Pure."""

import base64
import secrets
from hashlib import sha256

from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.signing import SigningKey, VerifyKey

SIGNING_CONTEXT = "dekat/answer/1"
NONCE_HEADER = "Dekat-Nonce"
SIGNATURE_HEADER = "Dekat-Signature"
RECEIPT_HEADER = "Dekat-Receipt"
# RFC 9530; a question may carry it, so that a bit that turned over on the way is asked again and not judged.
DIGEST_HEADER = "Content-Digest"
# The code of an answer to a question that the centre stumbled over: its fault, so ask again later.
FAULT = "sync.wire.fault"
# A nonce that begins so wants the question itself signed too; stations before it did not know the difference.
_OF_THE_QUESTION = "q"


def new_nonce() -> str:
    """A nonce for one question; its answer is signed for this question and no other."""
    return _OF_THE_QUESTION + secrets.token_urlsafe(12)


def as_asked(nonce: str, *, method: str, target: str) -> str:
    """What of a question is signed: method and target, from `/sync/v1` on, whatever a proxy put before it."""
    if not nonce.startswith(_OF_THE_QUESTION):
        return ""
    return f"{method} {target[max(0, target.find('/sync/')) :]}"


def sign_answer(
    key: SigningKey, *, nonce: str, question: str, status: int, offset: str, receipt: str, body: bytes
) -> str:
    """The value of `Dekat-Signature`: base64 of 64 bytes.

    Facts: `question` as `as_asked` gives it.
    """
    signature = key.sign(context=SIGNING_CONTEXT, message=_message(nonce, question, status, offset, receipt, body))
    return base64.b64encode(signature).decode()


def is_signed(
    key: VerifyKey, signature: str, *, nonce: str, question: str, status: int, offset: str, receipt: str, body: bytes
) -> bool:
    """Say whether the centre gave exactly this answer to exactly this question."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    message = _message(nonce, question, status, offset, receipt, body)
    return key.accepts(context=SIGNING_CONTEXT, message=message, signature=raw)


def content_digest(body: bytes | bytearray) -> str:
    """The value of `Content-Digest` for these bytes."""
    return f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"


def _message(nonce: str, question: str, status: int, offset: str, receipt: str, body: bytes) -> bytes:
    said: dict[str, Json] = {"nonce": nonce, "status": status, "offset": offset, "receipt": receipt}
    if question:
        said["question"] = question
    return canonical_json({**said, "body": sha256(body).hexdigest()})
