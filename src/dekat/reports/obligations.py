"""All that somebody must do, each once: open turns by rule, and what was set by hand, at a hearing or a visit."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar, regency_day
from dekat.duties import queries as duties
from dekat.duties.days import idle_days
from dekat.duties.obligations import ACTS, OVER, ObligationCard, Source, State, obligations
from dekat.duties.replies import replies
from dekat.duties.turn import Answer
from dekat.equipment import queries as equipment
from dekat.ledger import queries as ledger
from dekat.reports.parties import STORE, party_name, places

# A worker counts anew every minute, so that no page waits for every answer only to show a number.
_COUNT_STANDS = timedelta(minutes=3)


@dataclass(frozen=True)
class _Counted:
    """How many duties were open at an instant, after what was said by then."""

    said: Hashable
    at: datetime
    count: int


_counted: _Counted | None = None


@dataclass(frozen=True)
class Duty:
    """One thing that one party owes now (or owed). `owed_by` had the deadline, `holder` has the turn.

    Facts: a turn that passed by an obligation is that obligation, not a second duty; `code` is the reason of the turn.
    """

    id: str
    source: Source
    state: State
    owed_by: str
    owed_by_name: str
    holder: str
    holder_name: str
    kecamatan: str
    place: str
    serial: str
    code: str
    what: str
    via: str
    since: datetime
    due_at: datetime | None
    days_left: int | None
    idle_days: int
    card: ObligationCard | None
    reply_count: int
    evidence: tuple[UUID, ...]

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def urgency(self) -> str:
        """`bad` when a deadline passed, `warn` within three days, else `ok`."""
        if self.state is State.MISSED:
            return "bad"
        return "warn" if self.days_left is not None and self.days_left <= 3 else "ok"

    @property
    def href(self) -> str:
        """The page with its story."""
        return f"/pengawasan/kewajiban/{self.id}/" if self.card else f"/pengawasan/alat/{self.serial}/"

    def concerns(self, parties: Sequence[str]) -> bool:
        """Whether one of these parties owes it or holds its turn."""
        return self.owed_by in parties or self.holder in parties


def all_duties(*, now: datetime) -> list[Duty]:
    """Every duty, the most urgent first; what is done comes last."""
    names = places(regency_day(now))
    cards = {card.event_id: card for card in obligations()}
    counts = Counter(reply.to_event for reply in replies())
    answers = duties.answers(as_of=now)
    working = {answer.serial: answer.last_used_at for answer in answers if answer.last_used_at and not answer.is_idle}
    merged: dict[UUID, Answer] = {}
    found: list[Duty] = []
    for answer in filter(lambda one: one.is_idle, answers):
        own = _obligation_of(answer, cards)
        if own and own.state(now) not in OVER:
            merged[own.event_id] = answer
        else:
            found.append(_by_rule(answer, names, counts, now))
    where = {device.serial: device.kecamatan for device in equipment.devices()}
    for card in cards.values():
        duty = _by_word(card, merged.get(card.event_id), where, names, counts, now)
        used_at = working.get(card.serial)
        # Who was given a deadline for an idle device met it when the device worked: its own signature proves it.
        is_cleared = card.source is Source.HAND and used_at and used_at > card.set_at and duty.state not in OVER
        found.append(replace(duty, state=State.CLEARED, holder="", holder_name="") if is_cleared else duty)
    order = {State.MISSED: 0, State.OPEN: 1, State.REPORTED: 2}
    return sorted(found, key=lambda duty: (order.get(duty.state, 3), duty.days_left or 0, -duty.idle_days, duty.id))


def open_count(*, now: datetime) -> int:
    """How many duties are not over, for a badge: news of the whole regency may show up to three minutes late.

    Facts: what is said of a device or a kecamatan, and what becomes of an obligation, counts at once.
    """
    if _counted and _counted.at <= now < _counted.at + _COUNT_STANDS and _counted.said == _said():
        return _counted.count
    return count_open(now=now)


def count_open(*, now: datetime) -> int:
    """How many duties are not over: as many as the page of obligations lists; badges show it until it is outdated."""
    global _counted
    said = _said()
    count = sum(not duty.is_over for duty in all_duties(now=now))
    _counted = _Counted(said, now, count)
    return count


def _said() -> Hashable:
    """What stands for all that was said of one device or kecamatan, and of every obligation."""
    last = [act.id for act in ledger.latest(limit=1, names=ACTS)]
    return (*last, *((about, mark) for about, mark in sorted(duties.marks().items()) if ":" in about))


def _obligation_of(answer: Answer, cards: Mapping[UUID, ObligationCard]) -> ObligationCard | None:
    """The obligation by which a turn passed to its holder, also after a report, a question or a missed deadline."""
    for stint in reversed(answer.history):
        if own := next((cards[one] for one in reversed(stint.cause) if one in cards), None):
            return own
        if stint.via in ("RULE", ""):
            return None
    return None


def _by_rule(answer: Answer, names: dict[str, str], counts: "Counter[UUID]", now: datetime) -> Duty:
    owed_by = answer.missed[-1] if answer.missed else answer.party
    return Duty(
        id=f"turn:{answer.serial}",
        source=Source.RULE,
        state=State.MISSED if answer.missed or answer.is_overdue else State.OPEN,
        owed_by=owed_by,
        owed_by_name=party_name(owed_by, names),
        holder=answer.party,
        holder_name=party_name(answer.party, names),
        kecamatan=answer.kecamatan,
        place=names.get(answer.kecamatan, STORE),
        serial=answer.serial,
        code=answer.code,
        what="",
        via=answer.via,
        since=answer.held_since,
        due_at=answer.due_at,
        days_left=_days_left(answer.due_at, now),
        idle_days=idle_days(answer, regency_calendar().zone),
        card=None,
        reply_count=sum(counts[one] for one in answer.evidence),
        evidence=answer.evidence,
    )


def _by_word(
    card: ObligationCard,
    answer: Answer | None,
    where: dict[str, str],
    names: dict[str, str],
    counts: "Counter[UUID]",
    now: datetime,
) -> Duty:
    state = card.state(now)
    kind, _, about = card.subject.partition(":")
    kecamatan = about if kind == "kecamatan" else where.get(card.serial, "")
    holder = card.holder(now)
    evidence = tuple(step.event.id for step in card.steps)
    return Duty(
        id=card.id,
        source=card.source,
        state=state,
        owed_by=card.party,
        owed_by_name=party_name(card.party, names),
        holder=holder,
        holder_name=party_name(holder, names) if holder else "",
        kecamatan=kecamatan,
        place=names.get(kecamatan, STORE if card.serial else "Kabupaten"),
        serial=card.serial,
        code=answer.code if answer else "",
        what=card.what,
        via="",
        since=card.set_at,
        due_at=card.due_at,
        days_left=_days_left(card.due_at, now),
        idle_days=idle_days(answer, regency_calendar().zone) if answer else 0,
        card=card,
        reply_count=sum(counts[one] for one in evidence),
        evidence=evidence,
    )


def _days_left(due_at: datetime | None, now: datetime) -> int | None:
    zone = regency_calendar().zone
    return (due_at.astimezone(zone).date() - now.astimezone(zone).date()).days if due_at else None
