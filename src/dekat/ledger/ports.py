"""What the ledger needs from outside: this node's name and its signing key, given by the wiring."""

from collections.abc import Callable
from dataclasses import dataclass

from dekat.kernel.errors import DekatError
from dekat.kernel.signing import SigningKey


@dataclass(frozen=True)
class Signer:
    """The voice of this machine."""

    node: str
    key: SigningKey


class NodeHasNoKey(DekatError):
    """This machine was never given its identity, so it can say nothing."""

    code = "ledger.node_has_no_key"


def _none() -> Signer:
    raise NodeHasNoKey


_source: Callable[[], Signer] = _none


def use_signer(source: Callable[[], Signer]) -> None:
    """Wire where the node's signer comes from (called once, by `project`)."""
    global _source
    _source = source


def signer() -> Signer:
    """Give this node's signer.

    Refuses: ledger.node_has_no_key.
    """
    return _source()
