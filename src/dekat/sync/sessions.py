"""Short passes: who proved on this line, within the last quarter of an hour, which station it is."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import cbor2

from dekat.accounts.queries import NodeIdentity, NodeUnknown, node, own_identity
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_text, read_cbor

PASS_LIFE = timedelta(minutes=15)
# It goes with every question on lines where a hundred bytes are a tenth of a second.
_MAC_BYTES = 16


class PassInvalid(DekatError):
    """The pass is missing, forged, for another centre or too old; a new hello gives a new one."""

    code = "sync.pass.invalid"


@dataclass(frozen=True)
class Session:
    """Who is on the line. A station that is revoked, stopped or of a former life may only hand in what it sealed."""

    node: str
    kecamatan: str
    is_revoked: bool


def make_pass(*, node_name: str, now: datetime, may_read: bool = True) -> str:
    """A pass for a station that has just proved who it is; times are this centre's clock.

    Facts: without `may_read` the holder only hands in what it sealed.
    """
    return _proven(cbor2.dumps([node_name, int((now + PASS_LIFE).timestamp()), may_read]))


def read_pass(text: str, *, now: datetime) -> Session:
    """Who holds this pass. Revocation counts at once.

    Refuses: sync.pass.invalid.
    """
    try:
        held = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mac, said = held[:_MAC_BYTES], held[_MAC_BYTES:]
        if not hmac.compare_digest(_mac(said), mac):
            raise PassInvalid
        name, until, may_read = read_cbor(said)
        if a_count(until) <= now.timestamp():
            raise PassInvalid
        holder = node(a_text(name))
    except (ValueError, TypeError, NodeUnknown) as error:
        raise PassInvalid from error
    return Session(holder.name, holder.kecamatan, _is_shut_out(holder) or may_read is not True)


def may_read(session: Session) -> bool:
    """Whether the station of this session may still read: a question for news waits, and much may happen meanwhile."""
    return not session.is_revoked and not _is_shut_out(node(session.node))


def _is_shut_out(holder: NodeIdentity) -> bool:
    return holder.revoked_after_seq is not None or holder.is_stopped


def _proven(said: bytes) -> str:
    return base64.urlsafe_b64encode(_mac(said) + said).decode().rstrip("=")


def _mac(said: bytes) -> bytes:
    secret = sha256(b"dekat/pass/2\x00" + own_identity().signing_key.raw).digest()
    return hmac.digest(secret, said, sha256)[:_MAC_BYTES]
