"""Whose turn is it? Events in, exactly one answer for each device out. Pure: no clock, no database.

The rules and how an answer comes about: docs/explanation/whose-turn.md. The events: docs/reference/evidence.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from dekat.duties.chain import (
    EXPIRED,
    SILENT,
    Known,
    PlaceKnown,
    Unmet,
    apply_to_device,
    apply_to_place,
    first_unmet,
    instruction_kinds,
    proofs,
)
from dekat.duties.evidence import Evidence
from dekat.duties.holder import Act, Holding, holdings
from dekat.duties.rulebook import Rulebook, rulebook
from dekat.kernel.clock import as_utc, from_iso
from dekat.kernel.working_time import Calendar, add_working_minutes

TICK = timedelta(microseconds=1)
ACTS = {"duties.question.asked", "duties.question.answered", "duties.obligation.set", "duties.obligation.met"}


class State(StrEnum):
    """Whether machines showed the device at work."""

    IN_USE = "IN_USE"
    IDLE = "IDLE"


@dataclass(frozen=True)
class Stint:
    """A span of a device's life: in use, or idle with exactly one party holding the turn.

    Facts: `end` is exclusive; the last stint ends at the instant of the question. Empty texts while in use.
    """

    start: datetime
    end: datetime
    state: State
    party: str = ""
    desk: str = ""
    code: str = ""
    link: str = ""
    rule_id: str = ""
    via: str = ""
    due_at: datetime | None = None
    cause: tuple[UUID, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Whose turn it is for one device at one instant, and why."""

    serial: str
    kind: str
    kecamatan: str
    as_of: datetime
    state: State
    since: datetime
    last_used_at: datetime | None
    party: str
    desk: str
    held_since: datetime
    code: str
    link: str
    via: str
    due_at: datetime | None
    missed: tuple[str, ...]
    rule_id: str
    law: str
    cleared_by: tuple[str, ...]
    evidence: tuple[UUID, ...]
    history: tuple[Stint, ...]
    delivered_at: datetime | None
    price_sen: int
    contract: str
    model: str
    life_days: int

    @property
    def is_idle(self) -> bool:
        return self.state is State.IDLE

    @property
    def is_overdue(self) -> bool:
        """Whether the present holder let the deadline pass (only the last desk can; others lose the turn)."""
        return self.due_at is not None and self.due_at <= self.as_of

    @property
    def idle_for(self) -> timedelta:
        return self.as_of - self.since if self.is_idle else timedelta()


# A self-test keeps a device from rotting; nobody was served by it, so it is no use and moves no turn.
_SELF_TESTS = frozenset({"readings.device.self_tested", "readings.device.test_missed"})


@dataclass(frozen=True)
class _Segment:
    start: datetime
    end: datetime
    unmet: Unmet
    kecamatan: str
    proofs: tuple[UUID, ...]


def whose_turn(events: Iterable[Evidence], *, as_of: datetime, calendar: Calendar) -> list[Answer]:
    """Answer for every device that was bought by `as_of`, by serial number.

    Facts: events may come in any order and more than once; those after `as_of` are not read.
    """
    # What happened at this very instant counts: spans end one tick later and are cut back in the answer.
    moment = as_utc(as_of) + TICK
    facts = ordered(event for event in events if event.at < moment and event.name not in _SELF_TESTS)
    book = rulebook(moment.astimezone(calendar.zone).date())
    by_subject: dict[str, list[Evidence]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.subject].append(fact)
    kinds = instruction_kinds(facts)
    places = {
        subject: _place_changes(found, book, calendar, moment)
        for subject, found in by_subject.items()
        if subject.startswith("kecamatan:") or subject == "regency"
    }
    return [
        _answer(subject, found, places, kinds, book, calendar, moment)
        for subject, found in sorted(by_subject.items())
        if subject.startswith("device:") and _bought(found, book)
    ]


def ordered(events: Iterable[Evidence]) -> list[Evidence]:
    """Each event once, by time and id."""
    unique = {event.id: event for event in events}
    return sorted(unique.values(), key=lambda event: (event.at, event.id))


def _bought(facts: Sequence[Evidence], book: Rulebook) -> Evidence | None:
    found = (fact for fact in facts if fact.name == "equipment.device.bought")
    return next((fact for fact in found if fact.text("kind") in book.chain), None)


def _place_changes(facts: Sequence[Evidence], book: Rulebook, calendar: Calendar, as_of: datetime) -> list[Evidence]:
    """The events of a place that change something, with the instants at which it fell silent or a competence ended."""
    changes: list[Evidence] = []
    up: dict[str, bool] = {}
    openings = [fact for fact in facts if fact.name == "readings.station.opened"]
    for fact in facts:
        if fact.name == "readings.link.probed":
            if is_silence(fact):
                continue
            path, is_up = fact.text("path"), fact.data.get("is_up") is True
            if up.get(path) != is_up:
                changes.append(fact)
            up[path] = is_up
        elif fact.name != "readings.station.opened":
            changes.append(fact)
    lapses = _lapses([fact.at for fact in openings], book.opened_window_working_hours, calendar, as_of)
    fresh = True
    for fact in openings:
        if fresh:
            changes.append(fact)
        fresh = fact.at in lapses
        if fresh:
            changes.append(Evidence(fact.id, SILENT, fact.subject, "", lapses[fact.at], {}))
    changes.extend(_ends(facts, as_of))
    return sorted(changes, key=lambda fact: (fact.at, fact.id, fact.name))


def is_silence(probe: Evidence) -> bool:
    """Whether a probe says no more than that the centre did not hear a station: closed for the night, or cut off.

    Only the station's own reading, which arrives later, tells which; until then the rule for a silent station holds.
    """
    return (
        probe.text("seen_from") == "CENTRE" and probe.text("path") == "CENTRE" and probe.data.get("is_up") is not True
    )


def _ends(facts: Sequence[Evidence], as_of: datetime) -> Iterator[Evidence]:
    """The instants at which competences end that name one."""
    for fact in facts:
        if fact.name == "duties.competence.recorded" and fact.text("valid_until"):
            end = as_utc(from_iso(fact.text("valid_until")))
            if fact.at < end < as_of:
                yield Evidence(fact.id, EXPIRED, fact.subject, "", end, fact.data)


def _lapses(instants: Sequence[datetime], hours: int, calendar: Calendar, as_of: datetime) -> dict[datetime, datetime]:
    """For each instant that was not followed by another in time: when its window ended."""
    found = {}
    # No window of so many working hours ends before so many hours passed, so near neighbours need no calendar.
    least = timedelta(hours=hours)
    for this, following in pairwise([*instants, as_of]):
        if following - this < least:
            continue
        end = add_working_minutes(this, hours * 60, calendar)
        if end < following or (end <= as_of == following):
            found[this] = end
    return found


def _answer(
    subject: str,
    facts: Sequence[Evidence],
    places: dict[str, list[Evidence]],
    kinds: dict[str, frozenset[str]],
    book: Rulebook,
    calendar: Calendar,
    as_of: datetime,
) -> Answer:
    bought = _bought(facts, book)
    if bought is None:
        raise ValueError("a device without a purchase has no turn")
    kind = bought.text("kind")
    segments = _segments(facts, bought, places, kinds, book.chain[kind], as_of)
    uses = [fact for fact in facts if fact.name == "readings.device.used" and fact.at >= bought.at]
    lapses = _lapses([fact.at for fact in uses], book.use_window_working_hours, calendar, as_of)
    acts = _acts(facts, segments, places)
    history: list[Stint] = []
    for start, end, counted_from in _idle_spans(bought.at, [fact.at for fact in uses], lapses, as_of):
        history.extend(_in_use(history[-1].end if history else bought.at, start))
        for segment in segments:
            if segment.start < end and segment.end > start:
                held = holdings(
                    segment.unmet,
                    kecamatan=segment.kecamatan,
                    start=max(segment.start, start),
                    end=min(segment.end, end),
                    clock_from=max(segment.start, counted_from),
                    acts=acts,
                    book=book,
                    calendar=calendar,
                )
                history.extend(_stint(holding, segment.unmet, book) for holding in held)
    history.extend(_in_use(history[-1].end if history else bought.at, as_of))
    return _compose(subject, facts, bought, segments[-1], history, uses, book, as_of - TICK)


def _idle_spans(
    bought_at: datetime, uses: Sequence[datetime], lapses: dict[datetime, datetime], as_of: datetime
) -> list[tuple[datetime, datetime, datetime]]:
    """Idle spans as (start, end, instant from which deadlines count).

    A gap between uses that outlived the window is idle from its last use on; nobody can be late inside the window.
    """
    if not uses:
        return [(bought_at, as_of, bought_at)]
    spans = [(bought_at, uses[0], bought_at)]
    for this, following in pairwise([*uses, as_of]):
        if this in lapses:
            spans.append((this, following, lapses[this]))
    return [span for span in spans if span[0] < span[1]]


def _segments(
    facts: Sequence[Evidence],
    bought: Evidence,
    places: dict[str, list[Evidence]],
    kinds: dict[str, frozenset[str]],
    links: Sequence[str],
    as_of: datetime,
) -> list[_Segment]:
    """The device's life cut where its first unmet link changes."""
    own_places = {f"kecamatan:{fact.text('to')}" for fact in facts if fact.name == "equipment.device.handed_over"}
    changes = _device_changes(facts)
    for subject in (*own_places, "regency"):
        changes.extend(places.get(subject, []))
    changes.sort(key=lambda fact: (fact.at, fact.id, fact.name))
    known, around = Known(bought.text("kind")), defaultdict[str, PlaceKnown](PlaceKnown)
    segments: list[_Segment] = []
    for place, fact in enumerate(changes):
        if fact.subject.startswith("device:"):
            apply_to_device(known, fact)
        else:
            apply_to_place(around[fact.subject], fact)
        following = changes[place + 1].at if place + 1 < len(changes) else as_of
        start, end = max(fact.at, bought.at), max(following, bought.at)
        if start < end or (place + 1 == len(changes) and not segments):
            here = around[f"kecamatan:{known.kecamatan}"]
            unmet = first_unmet(known, here, around["regency"], links=links, kinds=kinds)
            segment = _Segment(start, end, unmet or Unmet("demand"), known.kecamatan, proofs(known, here, kinds=kinds))
            _join(segments, segment)
    return segments


def _device_changes(facts: Sequence[Evidence]) -> list[Evidence]:
    """The device's events; of its uses only those that can change what is known: the first, and after another event."""
    changes: list[Evidence] = []
    for fact in facts:
        if fact.name == "readings.device.used" and changes and changes[-1].name == fact.name:
            continue
        changes.append(fact)
    return changes


def _join(segments: list[_Segment], segment: _Segment) -> None:
    last = segments[-1] if segments else None
    same = last and (last.unmet.rule_id, last.unmet.asked, last.kecamatan) == (
        segment.unmet.rule_id,
        segment.unmet.asked,
        segment.kecamatan,
    )
    if last and same:
        segments[-1] = _Segment(last.start, segment.end, segment.unmet, segment.kecamatan, segment.proofs)
    else:
        segments.append(segment)


def _acts(facts: Sequence[Evidence], segments: Sequence[_Segment], places: dict[str, list[Evidence]]) -> list[Act]:
    """Questions and obligations about the device itself, and questions about the kecamatan that holds it."""
    found = [fact for fact in facts if fact.name in ACTS]
    for kecamatan in {segment.kecamatan for segment in segments} - {""}:
        found.extend(fact for fact in places.get(f"kecamatan:{kecamatan}", []) if fact.name in ACTS)
    return [Act.of(fact) for fact in ordered(found)]


def _in_use(start: datetime, end: datetime) -> list[Stint]:
    return [Stint(start, end, State.IN_USE)] if start < end else []


def _stint(holding: Holding, unmet: Unmet, book: Rulebook) -> Stint:
    rule = book.rules[unmet.rule_id]
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
        cause=(*unmet.cause, *holding.acts),
        missed=holding.missed,
    )


def _compose(
    subject: str,
    facts: Sequence[Evidence],
    bought: Evidence,
    segment: _Segment,
    history: list[Stint],
    uses: Sequence[Evidence],
    book: Rulebook,
    as_of: datetime,
) -> Answer:
    history[-1] = replace(history[-1], end=as_of)
    last = history[-1]
    since = last.start
    for stint in reversed(history):
        if stint.state is not last.state:
            break
        since = stint.start
    if uses and last.state is State.IDLE:
        since = max(since, uses[-1].at)
    rule = book.rules.get(last.rule_id)
    delivered = next((fact.at for fact in facts if fact.name in _DELIVERIES), None)
    price = bought.data.get("price_sen")
    shown = (bought.id, *segment.proofs, *last.cause, *(fact.id for fact in uses[-1:]))
    return Answer(
        serial=subject.partition(":")[2],
        kind=bought.text("kind"),
        kecamatan=segment.kecamatan,
        as_of=as_of,
        state=last.state,
        since=since,
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
        evidence=tuple(dict.fromkeys(shown)),
        history=tuple(history),
        delivered_at=delivered,
        price_sen=price if isinstance(price, int) else 0,
        contract=bought.text("contract"),
        model=bought.text("model"),
        life_days=book.useful_life_days,
    )


_DELIVERIES = {"equipment.device.delivered", "equipment.device.handed_over"}
