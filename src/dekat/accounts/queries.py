"""Questions: who is this machine, whom does it know, who is this officer."""

from dataclasses import dataclass
from uuid import UUID

from dekat.accounts.models import Account, Node, NodeSecret
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


@dataclass(frozen=True, repr=False)
class OwnIdentity:
    """This machine, with its private keys."""

    node: NodeIdentity
    signing_key: SigningKey
    open_key: OpenKey


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
    )


def _card(row: Account) -> AccountCard:
    return AccountCard(row.id, row.username, row.full_name, Role(row.role), row.kecamatan, row.is_active)


def log_in_account(account_id: UUID) -> Account:
    """The officer's row as Django's session wants it; for the log-in and nothing else."""
    return Account.objects.get(id=account_id)
