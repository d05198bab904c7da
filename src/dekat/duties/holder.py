"""Who holds the turn while one link stays unmet: its owner, after questions, waits, obligations, deadlines. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from dekat.duties.chain import Unmet
from dekat.duties.evidence import Evidence
from dekat.duties.known_device import REGISTRY
from dekat.duties.rulebook import Rulebook
from dekat.kernel.working_time import Calendar, add_working_minutes

# What ends that somebody waits for another, and below what begins it.
_ENDS = {"duties.question.answered", "duties.waiting.ended"}
_SETS, _MEETS = "duties.obligation.set", "duties.obligation.met"
QUESTIONS = {"duties.question.asked", "duties.question.answered"}


class How(StrEnum):
    """How the turn came to its holder.

    RULE: the link became the first unmet one. BACK: the answer came, or the wait ended. MET: an obligation was met, so
    the rule speaks again. MISSED: the deadline of the one before passed.
    """

    RULE = "RULE"
    QUESTION = "QUESTION"
    WAITING = "WAITING"
    BACK = "BACK"
    OBLIGATION = "OBLIGATION"
    MET = "MET"
    MISSED = "MISSED"


_ASKS = {"duties.question.asked": How.QUESTION, "duties.waiting.declared": How.WAITING}
ACTS = {*_ASKS, *_ENDS, _SETS, _MEETS}


@dataclass(frozen=True)
class Act:
    """A question, a wait, an answer or an obligation: what passes a turn."""

    id: UUID
    at: datetime
    name: str
    key: str
    by: str
    to: str
    due_at: datetime | None

    @classmethod
    def of(cls, fact: Evidence) -> "Act":
        """Read the act in an event."""
        keys = (fact.text(name) for name in ("question", "waiting", "obligation"))
        names = (fact.text(name) for name in ("to", "on_party", "party"))
        return cls(
            id=fact.id,
            at=fact.at,
            name=fact.name,
            key=next(filter(None, keys), ""),
            by=fact.text("by"),
            to=next(filter(None, names), ""),
            due_at=fact.instant("due_at"),
        )


@dataclass(frozen=True)
class Wait:
    """Somebody who passed the turn on and gets it back: for which question or wait, from whom, what was held."""

    key: str
    asked: str
    held: "Holding"


class Holding(NamedTuple):
    """A span in which one party held the turn.

    Facts: `via` says why it holds the turn, `how` it came to it, `act` by which event (none: by the rule alone);
    `waits` are those behind it, the first to pass the turn on first.
    """

    start: datetime
    end: datetime
    party: str
    desk: str
    due_at: datetime
    via: str
    how: How
    act: UUID | None = None
    key: str = ""
    missed: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()


class Ground(NamedTuple):
    """The unmet link on which turns are passed, and where."""

    unmet: Unmet
    kecamatan: str
    asset_user: str
    book: Rulebook
    calendar: Calendar

    @property
    def within_working_hours(self) -> int:
        return self.book.rules[self.unmet.rule_id].within_working_hours

    def due(self, start: datetime, hours: int) -> datetime:
        """When so many working hours have passed."""
        return add_working_minutes(start, hours * 60, self.calendar)

    def party(self, owner: str) -> str:
        """The party behind an owner that a rule names by its part in the matter; the registry when it is nobody."""
        match owner:
            case "KECAMATAN":
                party = f"KECAMATAN:{self.kecamatan}"
            case "ASSET_USER":
                party = self.asset_user
            case "ASKED":
                party = self.unmet.asked
            case _:
                party = owner
        return party if self.book.knows(party) else REGISTRY

    def first(self, at: datetime, clock_from: datetime, *, met: UUID | None = None) -> Holding:
        """The holder that the rule names, at the beginning or after an obligation was met."""
        rule = self.book.rules[self.unmet.rule_id]
        party = self.party(rule.owner)
        due = self.due(max(at, clock_from), rule.within_working_hours)
        return Holding(
            at, at, party, rule.desk or self.book.desk_of(party), due, "RULE", How.MET if met else How.RULE, met
        )


def holdings(
    ground: Ground, *, start: datetime, end: datetime, clock_from: datetime, acts: Sequence[Act]
) -> list[Holding]:
    """Cut the span in which a link stayed unmet so that each piece has exactly one holder.

    Facts: deadlines run from `clock_from`, not before; `acts` are those from `start` on and before `end`, in order.
    """
    pieces = [ground.first(start, clock_from)]
    for act in acts:
        _rise(pieces, act.at, ground)
        following = _passed(pieces[-1], act, ground)
        if following:
            _append(pieces, following)
    _rise(pieces, end, ground)
    pieces[-1] = pieces[-1]._replace(end=end)
    return [piece for piece in pieces if piece.start < piece.end]


def _append(pieces: list[Holding], following: Holding) -> None:
    pieces[-1] = pieces[-1]._replace(end=following.start)
    pieces.append(following)


def _passed(now: Holding, act: Act, ground: Ground) -> Holding | None:
    """Who holds the turn after an act; None when the act may not pass it."""
    if act.to and not ground.book.knows(act.to):
        return None
    if act.name in _ASKS:
        return _asked(now, act, ground)
    if act.name in _ENDS:
        return _given_back(now, act, ground)
    if act.name == _SETS and act.due_at:
        desk = ground.book.desk_of(act.to)
        return Holding(act.at, act.at, act.to, desk, act.due_at, "OBLIGATION", How.OBLIGATION, act.id, act.key)
    is_met = act.name == _MEETS and act.key in {now.key, *(wait.held.key for wait in now.waits)}
    return ground.first(act.at, act.at, met=act.id) if is_met else None


def _asked(now: Holding, act: Act, ground: Ground) -> Holding | None:
    """Only the holder can pass the turn on, and not to somebody who already waits for an answer."""
    if act.by != now.party or act.to in {act.by, *(wait.held.party for wait in now.waits)}:
        return None
    due = ground.due(act.at, ground.book.question_working_hours)
    desk = ground.book.desk_of(act.to)
    waits = (*now.waits, Wait(act.key, act.to, now))
    how = _ASKS[act.name]
    return Holding(act.at, act.at, act.to, desk, due, str(how), how, act.id, waits=waits)


def _given_back(now: Holding, act: Act, ground: Ground) -> Holding | None:
    """The one who waited holds the turn again, with fresh time, once one of the two (or the holder now) says so."""
    for wait in reversed(now.waits):
        if wait.key == act.key and act.by in {wait.asked, wait.held.party, now.party}:
            due = max(wait.held.due_at, ground.due(act.at, ground.within_working_hours))
            return wait.held._replace(start=act.at, end=act.at, due_at=due, how=How.BACK, act=act.id)
    return None


def _rise(pieces: list[Holding], until: datetime, ground: Ground) -> None:
    """Let each deadline that passes before `until` rise one step."""
    while pieces[-1].due_at < until:
        now = pieces[-1]
        step = ground.book.step_from(now.desk, via=now.via)
        if step is None:
            return
        at, party, desk = max(now.due_at, now.start), ground.party(step.party), step.desk
        due = ground.due(at, step.within_working_hours)
        missed = (*now.missed, now.party)
        risen = Holding(at, at, party, desk, due, "ESCALATION", How.MISSED, now.act, now.key, missed, now.waits)
        _append(pieces, risen)
