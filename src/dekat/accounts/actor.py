"""Who acts: the value that every command receives."""

from dataclasses import dataclass
from uuid import UUID

from dekat.accounts.roles import Role


@dataclass(frozen=True)
class Actor:
    """A person at work, or a machine (`account_id` None).

    Facts: `kecamatan` is a Kemendagri code such as `35.11.12`, empty for regency-wide roles.
    """

    account_id: UUID | None
    role: Role | None
    kecamatan: str
    node: str

    @property
    def label(self) -> str:
        """How the ledger names the actor."""
        return f"account:{self.account_id}" if self.account_id else f"node:{self.node}"

    @property
    def office(self) -> str:
        """The party that answers for the actor, as the turn engine names it."""
        match self.role:
            case Role.OPERATOR | Role.DISTRICT_HEAD | Role.SECTION_HEAD:
                return f"KECAMATAN:{self.kecamatan}"
            case Role.VERIFIER | Role.REGISTRY_HEAD:
                return "DISPENDUKCAPIL"
            case Role.REGIONAL_SECRETARY:
                return "SEKDA"
            case Role.INSPECTORATE:
                return "INSPEKTORAT"
            case Role.PARLIAMENT:
                return "DPRD"
            case None:
                return f"NODE:{self.node}"


def machine(node: str) -> Actor:
    """The machine itself as the actor of what no person did."""
    return Actor(account_id=None, role=None, kecamatan="", node=node)
