"""The centre's signed word that it holds an item. Pure; made once, then repeated byte for byte."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.kernel.canonical import canonical_json
from dekat.kernel.clock import NaiveInstant, from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_text, read_json
from dekat.kernel.signing import SigningKey, VerifyKey
from dekat.sync.rules import InState

SIGNING_CONTEXT = "dekat/receipt/1"


class ReceiptInvalid(DekatError):
    """A receipt that the centre did not sign, or that speaks of something else."""

    code = "sync.receipt.invalid"


@dataclass(frozen=True)
class Receipt:
    """What the centre says it holds, and what became of it."""

    item_id: UUID
    node: str
    seq: int
    digest: bytes
    inbox_seq: int
    state: InState
    code: str
    received_at: datetime

    def signed(self, key: SigningKey) -> str:
        """The receipt as one header-safe text: base64 of the statement, a dot, base64 of the signature."""
        statement = canonical_json(
            {
                "id": str(self.item_id),
                "node": self.node,
                "seq": self.seq,
                "digest": self.digest.hex(),
                "inbox_seq": self.inbox_seq,
                "state": str(self.state),
                "code": self.code,
                "received_at": iso(self.received_at),
            }
        )
        signature = key.sign(context=SIGNING_CONTEXT, message=statement)
        return f"{base64.b64encode(statement).decode()}.{base64.b64encode(signature).decode()}"


def read(text: str, key: VerifyKey | Sequence[VerifyKey]) -> Receipt:
    """Give the receipt if the centre signed it, with this key or one of these.

    Refuses: sync.receipt.invalid.
    """
    try:
        left, right = text.split(".")
        statement, signature = base64.b64decode(left, validate=True), base64.b64decode(right, validate=True)
        keys = [key] if isinstance(key, VerifyKey) else key
        if not any(one.accepts(context=SIGNING_CONTEXT, message=statement, signature=signature) for one in keys):
            raise ReceiptInvalid
        said = read_json(statement)
        return Receipt(
            item_id=UUID(a_text(said["id"])),
            node=a_text(said["node"]),
            seq=a_count(said["seq"]),
            digest=bytes.fromhex(a_text(said["digest"])),
            inbox_seq=a_count(said["inbox_seq"]),
            state=InState(said["state"]),
            code=a_text(said["code"]),
            received_at=from_iso(a_text(said["received_at"])),
        )
    except (ValueError, KeyError, TypeError, NaiveInstant) as error:
        raise ReceiptInvalid from error
