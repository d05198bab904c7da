"""`dekat whose-turn`: the one answer for each device, from the evidence held here or from a file."""

import argparse
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from dekat.areas.working_calendar import calendar_without_decrees
from dekat.duties import queries as duties
from dekat.duties.answer import Answer
from dekat.duties.evidence import Evidence, of_event
from dekat.duties.explain import explain
from dekat.duties.history import read_history
from dekat.duties.turn import whose_turn
from dekat.faces.clock import now
from dekat.faces.turn_in_lines import Find, as_json, history_lines, line, why_json, why_lines
from dekat.ledger import queries as ledger


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat whose-turn`."""
    parser = sub.add_parser("whose-turn", help="whose turn is it for each device, and why")
    parser.add_argument("--as-of", type=instant, help="a day (2026-11-23: its end) or an instant; none: now")
    parser.add_argument("--known-by", type=instant, help="read only what was recorded by then (a day: its end)")
    parser.add_argument("--file", type=Path, help="answer from this history (JSON lines) instead of what is held here")
    parser.add_argument("--device", help="only the device with this serial number")
    parser.add_argument("--why", metavar="SERIAL", help="one device: its chain, its proofs, each pass of the turn")
    parser.add_argument("--history", action="store_true", help="who held the turn, day by day, with the money lost")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the answers; 1 when the device is unknown."""
    found, find = _answers(options)
    serial = options.why or options.device
    found = [answer for answer in found if serial in (None, answer.serial)]
    if options.json:
        zone = calendar_without_decrees().zone
        reasons = [why_json(explain(answer)) if options.why else {} for answer in found]
        shown = [as_json(answer, zone) | why for answer, why in zip(found, reasons, strict=True)]
        print(json.dumps(shown, indent=1, ensure_ascii=False))
    else:
        for answer in found:
            print("\n".join(_text(answer, find, options)))
    return 1 if serial and not found else 0


def _answers(options: argparse.Namespace) -> tuple[list[Answer], Find]:
    """The answers, and where the events that they name are found."""
    as_of: datetime = options.as_of or now()
    if options.file:
        with options.file.open(encoding="utf-8") as lines:
            facts = list(read_history(lines))
        by_id = {fact.id: fact for fact in facts}
        calendar = calendar_without_decrees()
        return whose_turn(facts, as_of=as_of, calendar=calendar, known_by=options.known_by), by_id.get
    if options.known_by:
        return duties.from_log(as_of=as_of, known_by=options.known_by), _held
    return duties.answers(as_of=as_of), _held


def _held(event_id: UUID) -> Evidence | None:
    event = ledger.event(event_id)
    return of_event(event) if event else None


def _text(answer: Answer, find: Find, options: argparse.Namespace) -> Iterator[str]:
    zone = calendar_without_decrees().zone
    if options.why:
        yield from why_lines(explain(answer), find, zone)
    else:
        yield line(answer, zone)
    if options.history:
        yield from history_lines(answer, zone)


def instant(text: str) -> datetime:
    """Read a day (its end in the regency's zone) or an instant with its zone."""
    zone = calendar_without_decrees().zone
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=zone)
