"""The log as anybody may check it: where each chain ends, and whether all are whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from dekat.kernel.canonical import canonical_json
from dekat.ledger import queries as ledger
from dekat.ledger import services
from dekat.ledger.queries import ChainHead
from dekat.ledger.rules import Fault, SignedEvent

ACTS = (
    "equipment.device.handed_over", "equipment.device.returned", "equipment.device.transferred",
    "equipment.handover.accepted", "equipment.fault.reported", "equipment.fault.cleared",
    "equipment.diversion.recorded", "equipment.diversion.cleared", "equipment.consumable.ran_out",
    "equipment.access.granted", "duties.instruction.issued", "duties.instruction.acknowledged",
    "duties.question.asked", "duties.question.answered", "duties.operator.assigned", "duties.operator.released",
    "duties.obligation.set", "duties.obligation.met", "duties.reply.recorded",
)  # fmt: skip


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


def latest_acts(*, limit: int = 6) -> list[SignedEvent]:
    """What people did last about devices and duties, newest first; what machines tell all day is left out."""
    return ledger.latest(limit=limit, names=ACTS)


def log_lines() -> Iterator[str]:
    """Every event of every chain as JSON lines, each chain in order."""
    for head in ledger.heads():
        for event in ledger.chain(head.node):
            yield canonical_json(services.as_message(event)).decode() + "\n"
