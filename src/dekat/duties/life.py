"""A device's life cut where its first unmet link changes, and cut where machines showed it at work. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from dekat.duties.chain import Chain, Look, Standing, Unmet, standings
from dekat.duties.evidence import Evidence
from dekat.duties.known import EXPIRED, OF_PLACE, SILENT, PlaceKnown, apply_to_place, services_of
from dekat.duties.known_device import OF_DEVICE, Known, apply_to_device
from dekat.duties.rulebook import Rulebook
from dekat.kernel.working_time import Calendar, add_working_minutes


class Segment(NamedTuple):
    """A span in which the same link stayed the first unmet one, at the same place."""

    start: datetime
    end: datetime
    unmet: Unmet
    kecamatan: str
    asset_user: str


@dataclass(frozen=True)
class Life:
    """All segments of a device without a gap, and how its chain stood at the end."""

    segments: Sequence[Segment]
    standings: tuple[tuple[str, Standing], ...]
    kecamatan: str
    asset_user: str


def life_of(
    facts: Sequence[Evidence],
    bought: Evidence,
    places: Mapping[str, Sequence[Evidence]],
    kinds: Mapping[str, frozenset[str]],
    links: Sequence[str],
    until: datetime,
) -> Life:
    """Read a device's events and those of its places in order.

    Facts: `places` are the changes of each place (`place_changes`); `until` is exclusive.
    """
    known, around = Known(bought.text("kind")), defaultdict[str, PlaceKnown](PlaceKnown)
    segments: list[Segment] = []
    changes = _changes(facts, places, until)
    chain, look = Chain(links), _look(known, around, kinds)
    for fact, following in pairwise([*changes, replace(bought, at=until)]):
        if fact.subject.startswith("device:"):
            if fact.name in OF_DEVICE:
                apply_to_device(known, fact)
                look = _look(known, around, kinds)
        else:
            apply_to_place(around[fact.subject], fact)
        chain.heard(fact)
        start, end = max(fact.at, bought.at), max(following.at, bought.at)
        if start < end:
            unmet = chain.first_unmet(look) or Unmet("demand")
            _join(segments, Segment(start, end, unmet, known.kecamatan, known.asset_user))
    look = _look(known, around, kinds)
    return Life(segments, tuple(standings(look, links)), known.kecamatan, known.asset_user)


def _look(known: Known, around: Mapping[str, PlaceKnown], kinds: Mapping[str, frozenset[str]]) -> Look:
    return Look(known, around[f"kecamatan:{known.kecamatan}"], around["regency"], kinds)


def _changes(
    facts: Sequence[Evidence], places: Mapping[str, Sequence[Evidence]], until: datetime
) -> Sequence[Evidence]:
    """What may change the chain; of the uses only the first, and the first after another event."""
    changes: list[Evidence] = []
    for fact in facts:
        is_repeat = fact.name == "readings.device.used" and bool(changes) and changes[-1].name == fact.name
        if (fact.name in OF_DEVICE and not is_repeat) or fact.name == "equipment.device.bought":
            changes.append(fact)
    held_by = {f"kecamatan:{fact.text('to')}" for fact in changes if fact.text("to")}
    for subject in (*held_by, "regency"):
        changes.extend(fact for fact in places.get(subject, ()) if fact.at < until)
    return sorted(changes, key=_order)


_order = attrgetter("at", "id", "name")


def _join(segments: list[Segment], new: Segment) -> None:
    last = segments[-1] if segments else None
    if last and (last.unmet.rule_id, last.unmet.asked, last.kecamatan, last.asset_user) == (
        new.unmet.rule_id,
        new.unmet.asked,
        new.kecamatan,
        new.asset_user,
    ):
        segments[-1] = Segment(last.start, *new[1:])
    else:
        segments.append(new)


def place_changes(facts: Sequence[Evidence], book: Rulebook, calendar: Calendar, until: datetime) -> list[Evidence]:
    """The events of a place that change something, with the instants at which it fell silent or a competence ended."""
    changes = [fact for fact in facts if fact.name in OF_PLACE and not fact.name.startswith("readings.")]
    changes.extend(_line_changes(facts))
    openings = [fact for fact in facts if fact.name == "readings.station.opened"]
    silent = lapses([fact.at for fact in openings], book.opened_window_working_hours, calendar, until)
    is_news = True
    for fact in openings:
        if is_news:
            changes.append(fact)
        is_news = fact.at in silent
        if is_news:
            changes.append(Evidence(fact.id, SILENT, fact.subject, "", silent[fact.at], {}))
    changes.extend(_ends(facts, until))
    return sorted(changes, key=_order)


def _line_changes(facts: Sequence[Evidence]) -> Iterator[Evidence]:
    """The probes that say something else than the last one did."""
    up: dict[tuple[str, str], bool] = {}
    for fact in facts:
        if fact.name != "readings.link.probed" or is_silence(fact):
            continue
        is_up = fact.data.get("is_up") is True
        lines = [(fact.text("path"), service) for service in services_of(fact)]
        if any(up.get(line) != is_up for line in lines):
            yield fact
        up.update(dict.fromkeys(lines, is_up))


def is_silence(probe: Evidence) -> bool:
    """Whether a probe says no more than that the centre did not hear a station: closed for the night, or cut off.

    Only the station's own reading, which arrives later, tells which; until then the rule for a silent station holds.
    """
    return (
        probe.text("seen_from") == "CENTRE" and probe.text("path") == "CENTRE" and probe.data.get("is_up") is not True
    )


def _ends(facts: Sequence[Evidence], until: datetime) -> Iterator[Evidence]:
    """The instants at which competences end that name one."""
    for fact in facts:
        if fact.name == "duties.competence.recorded":
            end = fact.instant("valid_until")
            if end and fact.at < end < until:
                yield Evidence(fact.id, EXPIRED, fact.subject, "", end, fact.data)


def lapses(instants: Sequence[datetime], hours: int, calendar: Calendar, until: datetime) -> dict[datetime, datetime]:
    """For each instant that was not followed by another in time: when its window ended."""
    found = {}
    # No window of so many working hours ends before so many hours passed, so near neighbours need no calendar.
    least = timedelta(hours=hours)
    for this, following in pairwise([*instants, until]):
        if following - this < least:
            continue
        end = add_working_minutes(this, hours * 60, calendar)
        if end < following or (end <= until == following):
            found[this] = end
    return found


def idle_spans(
    begins: datetime, uses: Sequence[datetime], lapsed: Mapping[datetime, datetime], until: datetime
) -> list[tuple[datetime, datetime, datetime]]:
    """Idle spans as (start, end, instant from which deadlines count).

    A gap between uses that outlived the window is idle from its last use on; nobody can be late inside the window.
    """
    if not uses:
        return [(begins, until, begins)]
    spans = [(begins, uses[0], begins)]
    for this, following in pairwise([*uses, until]):
        if this in lapsed:
            spans.append((this, following, lapsed[this]))
    return [span for span in spans if span[0] < span[1]]
