"""Which outside thing stands behind each port. The only place that knows everything."""

from dekat.accounts.queries import own_identity
from dekat.ledger import ports as ledger_ports


def connect() -> None:
    """Connect every port; called once when Django is ready."""
    ledger_ports.use_signer(_signer)


def _signer() -> ledger_ports.Signer:
    own = own_identity()
    return ledger_ports.Signer(node=own.node.name, key=own.signing_key)
