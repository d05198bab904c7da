"""Histories in and out: JSON lines of evidence, one event each."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dekat.duties.evidence import PREFIXES, Evidence, faults_of, is_believed, parse
from dekat.equipment.register import keep
from dekat.kernel.canonical import canonical_json
from dekat.kernel.errors import DekatError
from dekat.ledger import ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import Draft, as_message, record_many


class HistoryNotEmpty(DekatError):
    """A history is loaded only into a regency that has no evidence yet."""

    code = "duties.evidence.not_empty"


class LineNotJson(DekatError):
    """A line of the file is not JSON."""

    code = "duties.evidence.not_json"


@dataclass(frozen=True)
class LineFault:
    """What is wrong with a line."""

    line: int
    reason: str


def validate(lines: Iterable[str]) -> Iterator[LineFault]:
    """Check every line; nothing comes out when the file is right."""
    for number, text in _numbered(lines):
        try:
            found = json.loads(text)
        except ValueError:
            yield LineFault(number, "not JSON")
            continue
        if not isinstance(found, dict):
            yield LineFault(number, "not a JSON object")
            continue
        yield from (LineFault(number, reason) for reason in faults_of(found))


def import_history(lines: Iterable[str], *, now: datetime) -> int:
    """Load a history into an empty regency, signed by this node as what it was given; give the number of events.

    Facts: repeats and order do not matter; signatures in the file are not carried over, but when each line was
    recorded is (where a line does not tell: when it happened), for that decides what was known when.
    Refuses: duties.evidence.not_empty, duties.evidence.not_json, duties.evidence.line_invalid.
    """
    held = len(ledger.events(names=["equipment.device.bought", "readings.device.used"], limit=1))
    if held:
        raise HistoryNotEmpty(count=held)
    facts = sorted(read_history(lines), key=lambda fact: (fact.at, fact.id))
    return load([_draft(fact, now) for fact in facts], voice=ports.signer(), now=now)


def load(drafts: list[Draft], *, voice: ports.Signer, now: datetime) -> int:
    """Append drafts to the chain of `voice` and bring the equipment register to what they say."""
    with transaction.atomic():
        count = record_many(drafts, voice=voice, now=now)
        for event in ledger.events(name_prefix="equipment.", node=voice.node):
            keep(event)
    return count


def export_history() -> Iterator[str]:
    """Every piece of evidence held here as JSON lines, with its place in its chain and its signature."""
    for head in ledger.heads():
        for event in ledger.chain(head.node):
            if event.name.startswith(PREFIXES):
                yield canonical_json(as_message(event)).decode()


def read_history(lines: Iterable[str]) -> Iterator[Evidence]:
    """The evidence in a file, without keeping it.

    Facts: what a station said of others is no evidence in an export either, and left out.
    Refuses: duties.evidence.not_json, duties.evidence.line_invalid.
    """
    for number, text in _numbered(lines):
        try:
            found = json.loads(text)
        except ValueError as error:
            raise LineNotJson(line=number) from error
        line = found if isinstance(found, dict) else {}
        fact = parse(line, number=number)
        if is_believed(line):
            yield fact


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, text) for number, text in enumerate(lines, start=1) if text.strip())


def _draft(fact: Evidence, now: datetime) -> Draft:
    recorded_at = min(fact.known_at, now)
    return Draft(fact.id, fact.name, fact.subject, fact.actor, fact.at, fact.data, recorded_at=recorded_at)
