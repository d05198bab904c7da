"""Short passes: who proved on this line, within the last quarter of an hour, which station it is."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from dekat.accounts.queries import NodeIdentity, NodeUnknown, node, own_identity
from dekat.kernel.canonical import canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json

PASS_LIFE = timedelta(minutes=15)


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
    until = int((now + PASS_LIFE).timestamp())
    said = canonical_json({"node": node_name, "until": until, "read": may_read})
    return f"{base64.urlsafe_b64encode(said).decode()}.{_mac(said)}"


def read_pass(text: str, *, now: datetime) -> Session:
    """Who holds this pass. Revocation counts at once.

    Refuses: sync.pass.invalid.
    """
    try:
        left, mac = text.split(".")
        said = base64.urlsafe_b64decode(left)
        if not hmac.compare_digest(_mac(said).encode(), mac.encode()):
            raise PassInvalid
        claims = read_json(said)
        if claims["until"] <= now.timestamp():
            raise PassInvalid
        holder = node(claims["node"])
        may_read = claims["read"] is True
    except (ValueError, KeyError, TypeError, NodeUnknown) as error:
        raise PassInvalid from error
    return Session(holder.name, holder.kecamatan, _is_shut_out(holder) or not may_read)


def may_read(session: Session) -> bool:
    """Whether the station of this session may still read: a question for news waits, and much may happen meanwhile."""
    return not session.is_revoked and not _is_shut_out(node(session.node))


def _is_shut_out(holder: NodeIdentity) -> bool:
    return holder.revoked_after_seq is not None or holder.is_stopped


def _mac(said: bytes) -> str:
    secret = sha256(b"dekat/pass/1\x00" + own_identity().signing_key.raw).digest()
    return hmac.new(secret, said, sha256).hexdigest()
