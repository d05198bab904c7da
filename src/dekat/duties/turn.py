"""Whose turn is it? Events in, exactly one answer for each device out. Pure: no clock, no database.

The rules and how an answer comes about: docs/explanation/whose-turn.md. The events: docs/reference/evidence.md.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from operator import attrgetter
from uuid import UUID

from dekat.duties.answer import Answer, State, Stint
from dekat.duties.chain import Unmet, instruction_kinds
from dekat.duties.closures import with_closures
from dekat.duties.evidence import Evidence
from dekat.duties.holder import ACTS, QUESTIONS, Act, Ground, Holding, holdings
from dekat.duties.life import Life, Segment, idle_spans, is_silence, lapses, life_of, place_changes
from dekat.duties.rulebook import Rulebook, rulebook
from dekat.kernel.clock import as_utc
from dekat.kernel.working_time import Calendar

__all__ = ["Answer", "State", "Stint", "is_silence", "ordered", "whose_turn"]
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class _World:
    """What all devices share."""

    changes: Mapping[str, Sequence[Evidence]]
    questions: Mapping[str, Sequence[Act]]
    kinds: Mapping[str, frozenset[str]]
    book: Rulebook
    calendar: Calendar
    moment: datetime


@dataclass(frozen=True)
class _Device:
    """One device, its events until its life or the question ends."""

    subject: str
    bought: Evidence
    facts: Sequence[Evidence]
    uses: Sequence[Evidence]
    until: datetime
    written_off: Evidence | None


def whose_turn(
    events: Iterable[Evidence], *, as_of: datetime, calendar: Calendar, known_by: datetime | None = None
) -> list[Answer]:
    """Answer for every device that was bought by `as_of`, by serial number.

    Facts: events may come in any order and more than once; those after `as_of` are not read, nor those that were
    recorded after `known_by` (default: all that is known today about the time up to `as_of`).
    """
    # What happened at this very instant counts: spans end one tick later and are cut back in the answer.
    moment = as_utc(as_of) + TICK
    facts = ordered(event for event in events if event.at < moment and (not known_by or event.known_at <= known_by))
    by_subject: dict[str, list[Evidence]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.subject].append(fact)
    world = _world(facts, by_subject, calendar, moment)
    devices = (_device(subject, found, world) for subject, found in sorted(by_subject.items()))
    return [_answer(device, world) for device in devices if device]


def ordered(events: Iterable[Evidence]) -> list[Evidence]:
    """Each event once, by time and id; of repeats the one that was recorded first."""
    unique: dict[UUID, Evidence] = {}
    for event in events:
        known = unique.setdefault(event.id, event)
        if known is not event and known.known_at > event.known_at:
            unique[event.id] = event
    return sorted(unique.values(), key=attrgetter("at", "id"))


def _world(
    facts: Sequence[Evidence], by_subject: Mapping[str, Sequence[Evidence]], calendar: Calendar, moment: datetime
) -> _World:
    book = rulebook(moment.astimezone(calendar.zone).date())
    working = with_closures(calendar, by_subject.get("regency", ()))
    places = [subject for subject in by_subject if subject.startswith("kecamatan:") or subject == "regency"]
    return _World(
        changes={subject: place_changes(by_subject[subject], book, working, moment) for subject in places},
        questions={
            subject: [Act.of(fact) for fact in by_subject[subject] if fact.name in QUESTIONS] for subject in places
        },
        kinds=instruction_kinds(facts),
        book=book,
        calendar=working,
        moment=moment,
    )


def _device(subject: str, found: Sequence[Evidence], world: _World) -> _Device | None:
    """The device of a subject; None when it is none, was not bought or is of a kind that has no turn."""
    purchases = (fact for fact in found if fact.name == "equipment.device.bought")
    bought = next((fact for fact in purchases if fact.text("kind") in world.book.chain), None)
    if bought is None or not subject.startswith("device:"):
        return None
    ends = (fact for fact in found if fact.name == "equipment.device.written_off" and fact.at > bought.at)
    written_off = next(ends, None)
    until = written_off.at if written_off else world.moment
    facts = [fact for fact in found if fact.at < until]
    uses = [fact for fact in facts if fact.name == "readings.device.used" and fact.at >= bought.at]
    return _Device(subject, bought, facts, uses, until, written_off)


def _answer(device: _Device, world: _World) -> Answer:
    links = world.book.chain[device.bought.text("kind")]
    life = life_of(device.facts, device.bought, world.changes, world.kinds, links, device.until)
    history = [*_history(device, life, world)]
    if device.written_off:
        history.append(Stint(device.until, world.moment, State.WRITTEN_OFF, act=device.written_off.id))
    history[-1] = replace(history[-1], end=world.moment - TICK)
    return _compose(device, life, history, world)


def _history(device: _Device, life: Life, world: _World) -> Iterator[Stint]:
    """The device's life without a gap: its idle spans, cut by segment and holder, and the use between them."""
    done, until, place = device.bought.at, device.until, 0
    uses = [fact.at for fact in device.uses]
    lapsed = lapses(uses, world.book.use_window_working_hours, world.calendar, until)
    acts = {where: _acts(device, where, world) for where in {segment.kecamatan for segment in life.segments}}
    for start, end, counted_from in idle_spans(done, uses, lapsed, until):
        yield from _in_use(done, start)
        done = end
        while life.segments[place].end <= start:
            place += 1
        for segment in _until(life.segments, place, end):
            first, last = max(segment.start, start), min(segment.end, end)
            yield from _held(segment, first, last, max(segment.start, counted_from), acts[segment.kecamatan], world)
    yield from _in_use(done, until)


def _until(segments: Sequence[Segment], place: int, end: datetime) -> Iterator[Segment]:
    """The segments from a place on that begin before an instant."""
    while place < len(segments) and segments[place].start < end:
        yield segments[place]
        place += 1


def _held(
    segment: Segment, start: datetime, end: datetime, clock_from: datetime, acts: Sequence[Act], world: _World
) -> Iterator[Stint]:
    ground = Ground(segment.unmet, segment.kecamatan, segment.asset_user, world.book, world.calendar)
    first, last = (bisect_left(acts, instant, key=_at) for instant in (start, end))
    for holding in holdings(ground, start=start, end=end, clock_from=clock_from, acts=acts[first:last]):
        yield _stint(holding, segment.unmet, world.book)


_at = attrgetter("at")


def _acts(device: _Device, kecamatan: str, world: _World) -> list[Act]:
    """What passes turns: acts about the device itself, and questions about the kecamatan that holds it."""
    own = [Act.of(fact) for fact in device.facts if fact.name in ACTS]
    asked = world.questions.get(f"kecamatan:{kecamatan}", ())
    return sorted([*own, *asked], key=attrgetter("at", "id"))


def _in_use(start: datetime, end: datetime) -> list[Stint]:
    return [Stint(start, end, State.IN_USE)] if start < end else []


def _stint(holding: Holding, unmet: Unmet, book: Rulebook) -> Stint:
    rule = book.rules[unmet.rule_id]
    passed_by = [*(wait.held.act for wait in holding.waits), holding.act] if holding.waits else [holding.act]
    return Stint(
        start=holding.start,
        end=holding.end,
        state=State.IDLE,
        party=holding.party,
        desk=holding.desk,
        code=rule.code,
        link=rule.link,
        rule_id=rule.id,
        via=holding.via,
        due_at=holding.due_at,
        cause=(*unmet.cause, *filter(None, passed_by)),
        missed=holding.missed,
        causes=unmet.causes,
        how=str(holding.how),
        act=holding.act,
    )


def _compose(device: _Device, life: Life, history: Sequence[Stint], world: _World) -> Answer:
    last, uses, bought = history[-1], device.uses, device.bought
    rule = world.book.rules.get(last.rule_id)
    delivered = next((fact.at for fact in device.facts if fact.name in _DELIVERIES), None)
    price = bought.data.get("price_sen")
    return Answer(
        serial=bought.about,
        kind=bought.text("kind"),
        kecamatan=life.kecamatan,
        as_of=last.end,
        state=last.state,
        since=_since(history, uses),
        last_used_at=uses[-1].at if uses else None,
        party=last.party,
        desk=last.desk,
        held_since=last.start,
        code=last.code,
        link=last.link,
        via=last.via,
        due_at=last.due_at,
        missed=last.missed,
        rule_id=last.rule_id,
        law=rule.law if rule else "",
        cleared_by=rule.cleared_by if rule else (),
        evidence=_shown(device, life, last),
        history=tuple(history),
        delivered_at=delivered,
        price_sen=price if isinstance(price, int) else 0,
        contract=bought.text("contract"),
        model=bought.text("model"),
        life_days=world.book.useful_life_days,
        asset_user=life.asset_user,
        causes=last.causes,
        standings=life.standings,
        rules_from=world.book.valid_from,
    )


def _since(history: Sequence[Stint], uses: Sequence[Evidence]) -> datetime:
    """Since when the device is in its present state; idle never longer than since its last use."""
    same = takewhile(lambda stint: stint.state is history[-1].state, reversed(history))
    since = [stint.start for stint in same][-1]
    return max(since, uses[-1].at) if uses and history[-1].state is State.IDLE else since


def _shown(device: _Device, life: Life, last: Stint) -> tuple[UUID, ...]:
    """The events that prove the answer: the purchase, what meets the links, what shows the unmet one, the last use."""
    met = [event for _, standing in life.standings if not isinstance(standing, Unmet) for event in standing]
    ended = [last.act] if device.written_off and last.act else []
    return tuple(dict.fromkeys([device.bought.id, *met, *last.cause, *ended, *(use.id for use in device.uses[-1:])]))


_DELIVERIES = {"equipment.device.delivered", "equipment.device.handed_over", "equipment.handover.accepted"}
