"""An answer of the turn engine as lines of text and as JSON; the form is told in docs/reference/evidence.md."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dekat.duties.answer import Answer, Stint
from dekat.duties.days import days_by_party, idle_days, idle_runs, lost_by_party, lost_in
from dekat.duties.evidence import Evidence
from dekat.duties.explain import Explanation, LinkView, Pass
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso

Find = Callable[[UUID], Evidence | None]


def line(answer: Answer, zone: ZoneInfo) -> str:
    """One device in one line."""
    where = f"{answer.serial}  {answer.kecamatan or '-':9}"
    if not answer.is_idle:
        return f"{where} {answer.state}"
    days, who = idle_days(answer, zone), f"{answer.party} ({answer.desk})"
    return f"{where} IDLE {days:4} d  {answer.code:18} {who}  due {_when(answer.due_at, zone)}  {answer.via}"


def history_lines(answer: Answer, zone: ZoneInfo) -> Iterator[str]:
    """Who held the turn day by day, and what each party's days cost."""
    runs = idle_runs(answer, zone)
    for run in runs:
        lost = lost_in(answer, run, zone).sen // 100
        what = f"{run.days:5} d  {run.code:18} {run.party} ({run.desk})  {run.via}"
        yield f"  {run.first_day} to {run.last_day} {what}  Rp {lost:,}"
    money = lost_by_party(answer, runs, zone)
    for party, days in days_by_party(runs).items():
        yield f"  total {days:5} d  {party}  Rp {money[party].sen // 100:,}"


def why_lines(why: Explanation, find: Find, zone: ZoneInfo) -> Iterator[str]:
    """The chain with its proofs and rules, and each pass of the turn in the present state."""
    yield line(why.answer, zone)
    yield f"Asset user {why.answer.asset_user}. Rules valid from {why.answer.rules_from}. Chain:"
    for link in why.links:
        yield from _link_lines(link, find, zone)
    yield f"Turn since {_when(why.answer.since, zone)}:"
    for one in why.recent:
        yield f"  {_when(one.at, zone)}  {_pass_words(one, zone)}"
        for event in (one.act,) if one.act else ():
            yield f"      {_event(event, find, zone)}"


def _link_lines(link: LinkView, find: Find, zone: ZoneInfo) -> Iterator[str]:
    mark = "met  " if link.is_met else "UNMET"
    causes = f" ({', '.join(link.causes)})" if link.causes else ""
    turn = "  <- the turn" if link.is_asked else ""
    yield f"  {mark} {link.link}{causes}{turn}"
    for event in link.events:
        yield f"      {_event(event, find, zone)}"
    for rule in () if link.is_met else link.rules:
        cleared = ", ".join(rule.cleared_by)
        hours = rule.within_working_hours
        yield f"      rule {rule.id}: {rule.code}, {rule.owner} within {hours} h, cleared by {cleared}; {rule.law}"


def _pass_words(one: Pass, zone: ZoneInfo) -> str:
    if not one.party:
        return one.how
    missed = f" {one.missed_by}" if one.missed_by else ""
    due = _when(one.due_at, zone)
    return f"{one.how}{missed}: {one.party} ({one.desk}) for {one.code}, due {due}; {one.law}"


def _event(event_id: UUID, find: Find, zone: ZoneInfo) -> str:
    fact = find(event_id)
    return f"{_when(fact.at, zone)} {fact.name} {event_id}" if fact else f"? {event_id}"


def _when(instant: datetime | None, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M") if instant else "-"


def as_json(answer: Answer, zone: ZoneInfo) -> dict[str, Json]:
    """Everything that is answered of one device."""
    runs = idle_runs(answer, zone, since=answer.since) if answer.is_idle else []
    return {
        "device": answer.serial,
        "kind": answer.kind,
        "kecamatan": answer.kecamatan,
        "asset_user": answer.asset_user,
        "as_of": iso(answer.as_of),
        "state": str(answer.state),
        "since": iso(answer.since),
        "idle_days": idle_days(answer, zone),
        "link": answer.link,
        "reason": answer.code,
        "causes": list(answer.causes),
        "owner": answer.party,
        "desk": answer.desk,
        "held_since": iso(answer.held_since),
        "via": answer.via,
        "due_at": iso(answer.due_at) if answer.due_at else None,
        "is_overdue": answer.is_overdue,
        "missed_by": list(answer.missed),
        "cleared_by": list(answer.cleared_by),
        "rule": answer.rule_id,
        "rules_from": answer.rules_from.isoformat(),
        "law": answer.law,
        "evidence": _ids(answer.evidence),
        "days_by_party": dict(days_by_party(runs)),
        "lost_sen_by_party": {party: lost.sen for party, lost in lost_by_party(answer, runs, zone).items()},
        "history": [_stint(stint) for stint in answer.history],
    }


def why_json(why: Explanation) -> dict[str, Json]:
    """The reasons of an answer."""
    return {"chain": [_link(link) for link in why.links], "passes": [_pass(one) for one in why.passes]}


def _stint(stint: Stint) -> Json:
    return {
        "start": iso(stint.start),
        "end": iso(stint.end),
        "state": str(stint.state),
        "owner": stint.party,
        "desk": stint.desk,
        "reason": stint.code,
        "via": stint.via,
        "how": stint.how,
        "due_at": iso(stint.due_at) if stint.due_at else None,
    }


def _link(link: LinkView) -> Json:
    return {
        "link": link.link,
        "is_met": link.is_met,
        "has_turn": link.is_asked,
        "causes": list(link.causes),
        "evidence": _ids(link.events),
        "rules": [
            {
                "rule": rule.id,
                "reason": rule.code,
                "owner": rule.owner,
                "within_working_hours": rule.within_working_hours,
                "cleared_by": list(rule.cleared_by),
                "law": rule.law,
            }
            for rule in link.rules
        ],
    }


def _pass(one: Pass) -> Json:
    return {
        "at": iso(one.at),
        "how": one.how,
        "owner": one.party,
        "desk": one.desk,
        "due_at": iso(one.due_at) if one.due_at else None,
        "reason": one.code,
        "rule": one.rule_id,
        "law": one.law,
        "missed_by": one.missed_by,
        "event": str(one.act) if one.act else None,
        "cause": _ids(one.cause),
    }


def _ids(events: Sequence[UUID]) -> list[Json]:
    return [str(event) for event in events]
