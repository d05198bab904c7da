"""Questions: who is this machine, whom does it know, who is this officer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError

from dekat.accounts.models import Account, Node, NodeSecret, Voice
from dekat.accounts.roles import NodeKind, Role
from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.kernel.signing import SigningKey, VerifyKey


class NodeUnknown(DekatError):
    """No machine of this name is enrolled here."""

    code = "accounts.node.unknown"


@dataclass(frozen=True)
class NodeIdentity:
    """A machine by its public keys."""

    name: str
    kind: NodeKind
    kecamatan: str
    verify_key: VerifyKey
    seal_key: SealKey
    incarnation: bytes
    revoked_after_seq: int | None
    voice: int = 1
    is_stopped: bool = False
    wants_rotation: bool = False


@dataclass(frozen=True)
class VoiceFacts:
    """One key of a machine in one of its lives.

    Facts: it signs the packet numbers from `from_seq` through `through_seq` (None: it still may sign) of `incarnation`.
    """

    node: str
    number: int
    incarnation: bytes
    verify_key: VerifyKey
    seal_key: SealKey
    from_seq: int = 1
    through_seq: int | None = None
    revoked_after_seq: int | None = None
    began_at: datetime | None = None

    @property
    def name(self) -> str:
        """How the ledger names this voice's chain."""
        return voice_name(self.node, self.number)

    def may_sign(self, incarnation: bytes, seq: int) -> bool:
        """Say whether this key signs that number of that life."""
        is_open = self.through_seq is None or seq <= self.through_seq
        return incarnation == self.incarnation and self.from_seq <= seq and is_open


@dataclass(frozen=True, repr=False)
class OwnIdentity:
    """This machine, with its private keys."""

    node: NodeIdentity
    signing_key: SigningKey
    open_key: OpenKey

    @property
    def voice(self) -> str:
        """The chain of the ledger that this machine continues."""
        return voice_name(self.node.name, self.node.voice)


@dataclass(frozen=True)
class AccountCard:
    """What other people may see of an officer."""

    id: UUID
    username: str
    full_name: str
    role: Role
    kecamatan: str
    is_active: bool


def own_identity() -> OwnIdentity:
    """This machine's identity.

    Refuses: accounts.node.unknown.
    """
    secret = NodeSecret.objects.first()
    if secret is None:
        raise NodeUnknown
    return OwnIdentity(
        node=node(secret.name),
        signing_key=SigningKey(bytes(secret.signing_key)),
        open_key=OpenKey(bytes(secret.seal_private_key)),
    )


def has_identity() -> bool:
    """Whether this machine has keys of its own; False where its database is not there yet."""
    try:
        return NodeSecret.objects.exists()
    except DatabaseError:
        return False


def has_account(username: str) -> bool:
    """Whether somebody logs in under this name."""
    return Account.objects.filter(username=username).exists()


def node(name: str) -> NodeIdentity:
    """A machine by its name.

    Refuses: accounts.node.unknown.
    """
    row = Node.objects.filter(name=name).first()
    if row is None:
        raise NodeUnknown(name=name)
    return _identity(row)


def stations() -> list[NodeIdentity]:
    """The stations known here, by name."""
    return [_identity(row) for row in Node.objects.filter(kind=NodeKind.STATION).order_by("name")]


def centre() -> NodeIdentity:
    """The centre that this station belongs to (at the centre: itself).

    Refuses: accounts.node.unknown.
    """
    row = Node.objects.filter(kind=NodeKind.CENTRE).first()
    if row is None:
        raise NodeUnknown
    return _identity(row)


def voice_name(node_name: str, number: int) -> str:
    """A machine's first chain has its plain name; each further key or life begins a chain of its own."""
    return node_name if number == 1 else f"{node_name}/{number}"


def voices(node_name: str) -> list[VoiceFacts]:
    """Every key that a machine ever spoke with, newest first.

    Refuses: accounts.node.unknown.
    """
    rows = Voice.objects.filter(node=node_name).order_by("-number")
    found = [
        VoiceFacts(
            node=row.node,
            number=row.number,
            incarnation=bytes(row.incarnation),
            verify_key=VerifyKey(bytes(row.verify_key)),
            seal_key=SealKey(bytes(row.seal_key)),
            from_seq=row.from_seq,
            through_seq=row.through_seq,
            revoked_after_seq=row.revoked_after_seq,
            began_at=row.began_at,
        )
        for row in rows
    ]
    return found or [_only_voice(node_name)]


def centre_keys() -> list[VerifyKey]:
    """The centre's signing key and its former ones, newest first: what it signed long ago stays signed.

    Refuses: accounts.node.unknown.
    """
    return [voice.verify_key for voice in voices(centre().name)]


def _only_voice(node_name: str) -> VoiceFacts:
    known = Node.objects.filter(name=node_name).first()
    if known is None:
        raise NodeUnknown(name=node_name)
    identity = _identity(known)
    return VoiceFacts(
        identity.name,
        identity.voice,
        identity.incarnation,
        identity.verify_key,
        identity.seal_key,
        began_at=known.enrolled_at,
    )


def account(account_id: UUID) -> AccountCard | None:
    """One officer, or None when nobody has the id."""
    row = Account.objects.filter(id=account_id).first()
    return _card(row) if row else None


def accounts_of(*, kecamatan: str = "", role: Role | None = None) -> list[AccountCard]:
    """The officers of a kecamatan (or of all, when empty) with a role (or any), by username."""
    rows = Account.objects.order_by("username")
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    if role:
        rows = rows.filter(role=role)
    return [_card(row) for row in rows]


def _identity(row: Node) -> NodeIdentity:
    return NodeIdentity(
        name=row.name,
        kind=NodeKind(row.kind),
        kecamatan=row.kecamatan,
        verify_key=VerifyKey(bytes(row.verify_key)),
        seal_key=SealKey(bytes(row.seal_key)),
        incarnation=bytes(row.incarnation),
        revoked_after_seq=row.revoked_after_seq,
        voice=row.voice,
        is_stopped=row.stopped_at is not None,
        wants_rotation=row.rotation_wanted_at is not None,
    )


def _card(row: Account) -> AccountCard:
    return AccountCard(row.id, row.username, row.full_name, Role(row.role), row.kecamatan, row.is_active)


def log_in_account(account_id: UUID) -> Account:
    """The officer's row as Django's session wants it; for the log-in and nothing else."""
    return Account.objects.get(id=account_id)
