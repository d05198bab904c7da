"""The drawings of docs/reference/life-cycles.md, each made from the table of moves that the commands obey."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Choices

from dekat.cards import rules as cards
from dekat.cases import rules as cases
from dekat.desk import rules as desk
from dekat.documents import rules as documents
from dekat.enrolment import rules as enrolment
from dekat.national import statuses as national
from dekat.printing import rules as printing
from dekat.registry import rules as registry
from dekat.registry.states import VersionReason
from dekat.sync import rules as sync


@dataclass(frozen=True)
class Cycle:
    """One drawing. `more` are edges with the event that makes them, `hides` targets that are told in words."""

    title: str
    table: str
    moves: Mapping[Any, Iterable[Any]]
    begins: str
    words: str = ""
    more: tuple[tuple[str, str, str], ...] = ()
    hides_way_back: bool = False


def all_drawn() -> str:
    """Every drawing, with what the states are called on the pages."""
    return "\n".join(line for cycle in CYCLES for line in _drawn(cycle)) + "\n" + "\n".join(_card_versions()) + "\n"


def _drawn(cycle: Cycle) -> Iterator[str]:
    yield f"## {cycle.title}\n"
    yield f"From `{cycle.table}`. {cycle.words}".rstrip() + "\n"
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {cycle.begins}")
    order = list(cycle.moves)
    for source, targets in cycle.moves.items():
        for to in sorted(set(targets) - {source}):
            if not (cycle.hides_way_back and order.index(to) < order.index(source)):
                yield f"    {source} --> {to}"
    yield from (f"    {source} --> {to}: {by}" for source, to, by in cycle.more)
    yield from (f"    {state} --> [*]" for state, targets in cycle.moves.items() if _ends(cycle, state, targets))
    yield "```\n"
    yield from ("| State | On the pages |", "| --- | --- |")
    yield from (f"| `{state}` | {_label(state)} |" for state in order)
    yield ""


def _ends(cycle: Cycle, state: object, targets: Iterable[object]) -> bool:
    return not list(targets) and state not in {source for source, _, _ in cycle.more}


def _label(state: object) -> str:
    return str(state.label) if isinstance(state, Choices) else str(state)


def _card_versions() -> Iterator[str]:
    """A version has no state of its own: it is in force until its `valid_to` is written, once."""
    yield "## A version of a family's card\n"
    yield "A kept version is never altered; only its end is written, in the transaction that begins the next one, and"
    yield "the reason is kept with that one. The nomor KK changes with the head and never otherwise.\n"
    yield from ("```mermaid", "stateDiagram-v2", "    [*] --> IN_FORCE", "    IN_FORCE --> FORMER: the next one begins")
    yield from ("    FORMER --> [*]", "```\n", "| Reason of the next version | On the pages |", "| --- | --- |")
    yield from (f"| `{reason}` | {reason.label} |" for reason in VersionReason)


CYCLES = (
    Cycle(
        "A person", "dekat.registry.rules.MOVES", registry.MOVES, "ACTIVE",
        "The ways back are events of their own (`WAYS_BACK`); a merged record names the one that goes on.",
        more=tuple(
            (str(state), "ACTIVE", by) for by, states in registry.WAYS_BACK.items() for state in sorted(states)
        ),
    ),
    Cycle(
        "A correction", "dekat.registry.rules.CORRECTION_MOVES", registry.CORRECTION_MOVES, "PROPOSED",
        "Whoever proposed it may not confirm it.",
    ),
    Cycle("An application", "dekat.cases.rules.MOVES", cases.MOVES, "SUBMITTED"),
    Cycle("A document", "dekat.documents.rules.MOVES", documents.MOVES, "ACTIVE"),
    Cycle("A sheet of paper", "dekat.printing.rules.MOVES", printing.MOVES, "QUEUED"),
    Cycle(
        "A recording at its station", "dekat.enrolment.rules.MOVES", enrolment.MOVES, "BIODATA",
        "Before the seal one may also go back to any earlier step.", hides_way_back=True,
    ),
    Cycle(
        "A packet on its way to the centre", "dekat.sync.rules.OUT_MOVES", sync.OUT_MOVES, "SEALED",
        "More in [the wire](sync-wire.md).",
    ),
    Cycle(
        "A recording at the national centre", "dekat.national.statuses.MOVES", national.MOVES, "BIO_CAPTURED",
        "The names are those of the national system.",
    ),
    Cycle("An ID card", "dekat.cards.rules.MOVES", cards.MOVES, "WAITING"),
    Cycle("A blank of a card", "dekat.cards.rules.BLANK_MOVES", cards.BLANK_MOVES, "IN_STOCK"),
    Cycle(
        "A ticket of the queue", "dekat.desk.rules.MOVES", desk.MOVES, "WAITING",
        "Why and who: [the desk](../explanation/desk.md).",
    ),
    Cycle("An appointment", "dekat.desk.rules.APPOINTMENT_MOVES", desk.APPOINTMENT_MOVES, "BOOKED"),
)  # fmt: skip
