"""The log as anybody may check it: where each chain ends, and whether all are whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from dekat.kernel.canonical import canonical_json
from dekat.ledger import queries as ledger
from dekat.ledger import services
from dekat.ledger.queries import ChainHead
from dekat.ledger.rules import Fault


@dataclass(frozen=True)
class LogState:
    """All chains held here and the first fault of each; `total` counts the events."""

    heads: tuple[ChainHead, ...]
    faults: tuple[Fault, ...]

    @property
    def total(self) -> int:
        return sum(head.last_seq for head in self.heads)


def log_state(*, is_checked: bool) -> LogState:
    """Where the chains end; with `is_checked` every event is hashed and its signature checked again."""
    return LogState(tuple(ledger.heads()), tuple(ledger.faults()) if is_checked else ())


def log_lines() -> Iterator[str]:
    """Every event of every chain as JSON lines, each chain in order."""
    for head in ledger.heads():
        for event in ledger.chain(head.node):
            yield canonical_json(services.as_message(event)).decode() + "\n"
