"""Who holds the turn while one link stays unmet: the rule's owner, questions, obligations, escalation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dekat.duties.chain import Unmet
from dekat.duties.evidence import Evidence
from dekat.duties.rulebook import Rule, Rulebook
from dekat.kernel.clock import from_iso
from dekat.kernel.working_time import Calendar, add_working_minutes


@dataclass(frozen=True)
class Act:
    """A question, an answer or an obligation: what passes a turn."""

    id: UUID
    at: datetime
    verb: str
    key: str
    by: str
    to: str
    due_at: datetime | None

    @classmethod
    def of(cls, fact: Evidence) -> "Act":
        """Read the act in an event."""
        due = fact.text("due_at")
        return cls(
            id=fact.id,
            at=fact.at,
            verb=fact.name.rpartition(".")[2],
            key=fact.text("question") or fact.text("obligation"),
            by=fact.text("by"),
            to=fact.text("to") or fact.text("party"),
            due_at=from_iso(due) if due else None,
        )


@dataclass(frozen=True)
class Holding:
    """A span in which one party held the turn."""

    start: datetime
    end: datetime
    party: str
    desk: str
    due_at: datetime | None
    via: str
    acts: tuple[UUID, ...]
    missed: tuple[str, ...]


def holdings(
    unmet: Unmet,
    *,
    kecamatan: str,
    start: datetime,
    end: datetime,
    clock_from: datetime,
    acts: Sequence[Act],
    book: Rulebook,
    calendar: Calendar,
) -> list[Holding]:
    """Cut the span in which a link stayed unmet so that each piece has exactly one holder.

    Facts: deadlines run from `clock_from`, not before; `end` is exclusive.
    """
    rule = book.rules[unmet.rule_id]
    table = _Table(rule, unmet.asked, kecamatan, clock_from, book, calendar, start)
    for act in acts:
        if start <= act.at < end:
            table.rise_until(act.at)
            table.take(act)
    table.rise_until(end)
    return table.close(end)


class _Table:
    """The running state: who holds the turn now, who waits for an answer, what was already cut off."""

    def __init__(
        self,
        rule: Rule,
        asked: str,
        kecamatan: str,
        clock_from: datetime,
        book: Rulebook,
        calendar: Calendar,
        start: datetime,
    ) -> None:
        self.rule, self.book, self.calendar, self.kecamatan = rule, book, calendar, kecamatan
        party = asked if rule.owner == "ASKED" else self._party(rule.owner)
        self.first = (party, rule.desk or book.desk_of(party))
        self.done: list[Holding] = []
        self.open_questions: dict[str, UUID] = {}
        self.waiting: Holding | None = None
        due = self._due(max(start, clock_from), rule.within_working_hours)
        self.now = Holding(start, start, *self.first, due, "RULE", (), ())

    def take(self, act: Act) -> None:
        """Let an act pass the turn, if it may."""
        if act.verb == "asked" and act.by == self.now.party and act.to != act.by and not self.open_questions:
            self.waiting, self.open_questions = self.now, {act.key: act.id}
            due = self._due(act.at, self.book.question_working_hours)
            self._pass(act.at, act.to, self.book.desk_of(act.to), due, "QUESTION", (*self.now.acts, act.id))
        elif act.verb == "answered" and act.key in self.open_questions and self.waiting:
            back, self.open_questions = self.waiting, {}
            due = self._due(act.at, self.rule.within_working_hours)
            fresh = max(due, back.due_at) if back.due_at else due
            self._pass(act.at, back.party, back.desk, fresh, back.via, (*self.now.acts, act.id))
        elif act.verb == "set" and act.due_at:
            self.open_questions = {}
            self._pass(act.at, act.to, self.book.desk_of(act.to), act.due_at, "OBLIGATION", (act.id,), key=act.key)
        elif act.verb == "met" and act.key == self.obligation:
            due = self._due(act.at, self.rule.within_working_hours)
            self._pass(act.at, *self.first, due, "RULE", (act.id,))

    obligation = ""

    def rise_until(self, until: datetime) -> None:
        """Let each deadline that passes before `until` rise one step."""
        while self.now.due_at and self.now.due_at < until:
            step = self.book.escalation.get(self.now.desk)
            if step is None:
                return
            at, missed = max(self.now.due_at, self.now.start), (*self.now.missed, self.now.party)
            party, desk = self._party(step.party), step.desk
            if self.now.via == "OBLIGATION":
                # Only the Sekda sets obligations, so a missed one comes straight back.
                party, desk = "SEKDA", self.book.desk_of("SEKDA")
            due = self._due(at, step.within_working_hours)
            self._pass(at, party, desk, due, "ESCALATION", self.now.acts, key=self.obligation, missed=missed)

    def close(self, end: datetime) -> list[Holding]:
        """All pieces, the last one ending at `end`."""
        return [piece for piece in (*self.done, replace(self.now, end=end)) if piece.start < piece.end]

    def _pass(
        self,
        at: datetime,
        party: str,
        desk: str,
        due: datetime,
        via: str,
        acts: tuple[UUID, ...],
        *,
        key: str = "",
        missed: tuple[str, ...] = (),
    ) -> None:
        self.done.append(replace(self.now, end=at))
        self.obligation = key
        self.now = Holding(at, at, party, desk, due, via, acts, missed)

    def _party(self, owner: str) -> str:
        return f"KECAMATAN:{self.kecamatan}" if owner == "KECAMATAN" else owner

    def _due(self, start: datetime, hours: int) -> datetime:
        return add_working_minutes(start, hours * 60, self.calendar)
