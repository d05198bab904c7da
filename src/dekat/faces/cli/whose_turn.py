"""`dekat whose-turn`: the one answer for each device, from the evidence held here."""

import argparse
import json
from datetime import date, datetime, time, timedelta

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.days import days_by_party, idle_days, idle_runs
from dekat.duties.turn import Answer
from dekat.faces.clock import now
from dekat.kernel.clock import iso


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat whose-turn`."""
    parser = sub.add_parser("whose-turn", help="whose turn is it for each device, and why")
    parser.add_argument("--as-of", type=instant, help="a day (2026-11-23: its end) or an instant; none: now")
    parser.add_argument("--device", help="only the device with this serial number")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the answers; 1 when the device is unknown."""
    found = duties.answers(as_of=options.as_of or now())
    if options.device:
        found = [answer for answer in found if answer.serial == options.device]
    if options.json:
        print(json.dumps([as_json(answer) for answer in found], indent=1, ensure_ascii=False))
    else:
        for answer in found:
            print(_line(answer))
    return 1 if options.device and not found else 0


def instant(text: str) -> datetime:
    """Read a day (its end in the regency's zone) or an instant with its zone."""
    zone = regency_calendar().zone
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=zone)


def as_json(answer: Answer) -> dict[str, object]:
    """The answer as the documentation describes it."""
    zone = regency_calendar().zone
    runs = idle_runs(answer, zone, since=answer.since) if answer.is_idle else []
    return {
        "device": answer.serial,
        "kind": answer.kind,
        "kecamatan": answer.kecamatan,
        "as_of": iso(answer.as_of),
        "state": str(answer.state),
        "since": iso(answer.since),
        "idle_days": idle_days(answer, zone),
        "link": answer.link,
        "reason": answer.code,
        "owner": answer.party,
        "desk": answer.desk,
        "held_since": iso(answer.held_since),
        "via": answer.via,
        "due_at": iso(answer.due_at) if answer.due_at else None,
        "is_overdue": answer.is_overdue,
        "missed_by": list(answer.missed),
        "cleared_by": list(answer.cleared_by),
        "rule": answer.rule_id,
        "law": answer.law,
        "evidence": [str(event_id) for event_id in answer.evidence],
        "days_by_party": days_by_party(runs),
        "history": [
            {
                "start": iso(stint.start),
                "end": iso(stint.end),
                "state": str(stint.state),
                "owner": stint.party,
                "desk": stint.desk,
                "reason": stint.code,
                "via": stint.via,
                "due_at": iso(stint.due_at) if stint.due_at else None,
            }
            for stint in answer.history
        ],
    }


def _line(answer: Answer) -> str:
    where = f"{answer.serial}  {answer.kecamatan or '-':9}"
    if not answer.is_idle:
        return f"{where} IN_USE"
    due = answer.due_at.astimezone(regency_calendar().zone).strftime("%Y-%m-%d %H:%M") if answer.due_at else "-"
    days = idle_days(answer, regency_calendar().zone)
    return f"{where} IDLE {days:4} d  {answer.code:18} {answer.party} ({answer.desk})  due {due}  {answer.via}"
