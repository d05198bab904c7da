"""Whose turn it is, answered quickly: the engine reads the few facts that matter, and its answers are kept.

An answer stands while the facts about its device, the device's places and the regency are the same, and until the next
instant at which a clock could change it. The engine over the whole log stays the truth: `differing` asks it.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import facts as kept_facts
from dekat.duties.answer import Answer
from dekat.duties.answer_form import from_text, to_text
from dekat.duties.closures import with_closures
from dekat.duties.evidence import Evidence, may_say, of_event
from dekat.duties.kept_models import KeptAnswer
from dekat.duties.next_change import moved, next_change
from dekat.duties.rulebook import rulebook
from dekat.duties.turn import TICK, whose_turn
from dekat.ledger import queries as ledger
from dekat.readings.kinds import USED

BOUGHT = "equipment.device.bought"
# How many answers of one device a process holds: now, and the dates that its pages look back to.
_HELD = 4
_NEVER = datetime.min.replace(tzinfo=UTC)
# Everything that is said of no device and no kecamatan concerns all of them.
_ALL = "*"


@dataclass(frozen=True)
class _Kept:
    """An answer and the span in which it stands, as long as the stamps are these. None: never a turn."""

    stamps: Mapping[str, int]
    since: datetime
    until: datetime
    answer: Answer | None


_held: dict[str, deque[_Kept]] = defaultdict(lambda: deque(maxlen=_HELD))


def evidence(
    *, until: datetime | None = None, subjects: Iterable[str] | None = None, names: Sequence[str] = ()
) -> Iterator[Evidence]:
    """Everything the turn engine reads (of these subjects), from the log itself (end exclusive)."""
    wanted: list[str | None] = [None] if subjects is None else [*subjects]
    for subject in wanted:
        events = ledger.stream(names=names or kept_facts.names(), subject=subject, until=until)
        yield from (of_event(event) for event in events if may_say(event))


def answers(*, as_of: datetime, kind: str = "") -> list[Answer]:
    """Whose turn it is for every device (of a kind), by serial number."""
    return [one for one in _answers(None, as_of, kind) if kind in ("", one.kind)]


def answer(serial: str, *, as_of: datetime) -> Answer | None:
    """Whose turn it is for one device; None when no device has this serial number."""
    return next(iter(_answers(serial, as_of)), None)


def keep(*, as_of: datetime) -> None:
    """Answer for every device, and keep for every process what was reckoned later than what it finds kept.

    Facts: a worker does this for `now`; a page that reckons holds its answers for its own process and writes nothing.
    """
    found = _found(None, as_of)
    kept = dict(KeptAnswer.objects.filter(basis=_basis()).values_list("serial", "since"))
    newer = {subject: one for subject, one in found.items() if one and kept.get(_serial(subject), _NEVER) < one.since}
    KeptAnswer.objects.bulk_create(
        [_row(subject, one) for subject, one in newer.items()],
        update_conflicts=True,
        unique_fields=["serial"],
        update_fields=["basis", "stamps", "since", "until", "answer"],
    )


def marks() -> dict[str, int]:
    """The subjects of which something is kept, each with a mark that is new whenever its facts change."""
    kept_facts.catch_up()
    return kept_facts.stamps()


def rebuild() -> None:
    """Throw away what was kept and make it again from the log."""
    kept_facts.forget()
    _held.clear()
    kept_facts.catch_up()


def from_log(*, as_of: datetime, known_by: datetime | None = None) -> list[Answer]:
    """What the engine answers from the whole log, by serial number: slow, and never wrong.

    Facts: `known_by` leaves out what was recorded later. The log is read for the devices of one place at a time.
    """
    subjects = ledger.subjects(names=kept_facts.names())
    common = [subject for subject in subjects if not _is_own(subject)]
    together: dict[frozenset[str], set[str]] = defaultdict(set)
    for device in (subject for subject in subjects if subject.startswith("device:")):
        acts = evidence(subjects=[device], names=[name for name in kept_facts.names() if name != USED])
        together[frozenset(_places(acts, subjects))].add(device)
    found: list[Answer] = []
    for places, devices in together.items():
        told = evidence(subjects=[*devices, *places, *common])
        found.extend(whose_turn(told, as_of=as_of, calendar=regency_calendar(), known_by=known_by))
    return sorted(found, key=lambda one: one.serial)


def differing(*, as_of: datetime) -> list[str]:
    """The devices whose kept answer is not the engine's answer from the whole log: none, or something is broken."""
    kept = {one.serial: one for one in answers(as_of=as_of)}
    found = {one.serial: one for one in from_log(as_of=as_of)}
    return sorted(serial for serial in {*kept, *found} if kept.get(serial) != found.get(serial))


def _answers(serial: str | None, as_of: datetime, kind: str = "") -> list[Answer]:
    return [moved(one.answer, as_of) for one in _found(serial, as_of, kind).values() if one and one.answer]


def _found(serial: str | None, as_of: datetime, kind: str = "") -> dict[str, _Kept | None]:
    """The answers that stand, by subject: held here, kept by a worker, or reckoned now."""
    stamps = marks()
    devices = [subject for subject in sorted(stamps) if subject.startswith("device:")]
    if serial is not None:
        devices = [subject for subject in devices if subject == f"device:{serial}"]
    found = {subject: _standing(_held[subject], stamps, as_of) for subject in devices}
    _take_from_store(found, stamps, as_of)
    if kind:
        _leave_out_others(found, stamps, kind)
    _reckon(found, stamps, as_of)
    return found


def _leave_out_others(found: dict[str, _Kept | None], stamps: Mapping[str, int], kind: str) -> None:
    """Ask the engine for no device that was never bought as one of this kind."""
    lacking = [subject for subject, one in found.items() if one is None]
    for subject, told in kept_facts.of_subjects(lacking, stamps).items():
        if not any(fact.name == BOUGHT and fact.data.get("kind") == kind for fact in told.facts):
            del found[subject]


def _standing(held: Iterable[_Kept], stamps: Mapping[str, int], as_of: datetime) -> _Kept | None:
    for one in held:
        if one.since <= as_of < one.until and _stamps_of(one.stamps, stamps) == one.stamps:
            return one
    return None


def _stamps_of(subjects: Iterable[str], stamps: Mapping[str, int]) -> dict[str, int]:
    common = sum(mark for subject, mark in stamps.items() if not _is_own(subject))
    return {subject: common if subject == _ALL else stamps.get(subject, 0) for subject in subjects}


def _take_from_store(found: dict[str, _Kept | None], stamps: Mapping[str, int], as_of: datetime) -> None:
    """Take what another process, or this one before its last start, has reckoned."""
    lacking = [subject for subject, one in found.items() if one is None]
    rows = KeptAnswer.objects.filter(
        serial__in=[_serial(subject) for subject in lacking], basis=_basis(), since__lte=as_of, until__gt=as_of
    )
    for row in rows if lacking else ():
        if _stamps_of(row.stamps, stamps) == row.stamps:
            subject = f"device:{row.serial}"
            found[subject] = one = _Kept(
                row.stamps, row.since, row.until, from_text(row.answer) if row.answer else None
            )
            _held[subject].appendleft(one)


def _reckon(found: dict[str, _Kept | None], stamps: Mapping[str, int], as_of: datetime) -> None:
    """Let the engine answer for the devices that have no answer that stands, and keep what it says."""
    lacking = [subject for subject, one in found.items() if one is None]
    if not lacking:
        return
    calendar = regency_calendar()
    book = rulebook((as_of + TICK).astimezone(calendar.zone).date())
    told = kept_facts.of_subjects(lacking, stamps)
    facts = {subject: kept_facts.as_of_then(subject, one, as_of=as_of) for subject, one in told.items()}
    places = {subject: _places(facts.get(subject, []), stamps) for subject in lacking}
    common = [subject for subject in stamps if not _is_own(subject)]
    around = kept_facts.of_subjects({*common, *(one for own in places.values() for one in own)}, stamps)
    told |= around
    facts |= {subject: kept_facts.as_of_then(subject, one, as_of=as_of) for subject, one in around.items()}
    said = whose_turn((fact for found in facts.values() for fact in found), as_of=as_of, calendar=calendar)
    by_subject = {f"device:{one.serial}": one for one in said}
    working = with_closures(calendar, facts.get("regency", []))
    for subject in lacking:
        clocks = [told[name].clocks for name in (subject, *places[subject], *common) if name in told]
        one = by_subject.get(subject)
        until = next_change(one, clocks, as_of=as_of, book=book, calendar=working)
        found[subject] = made = _Kept(_stamps_of((subject, *places[subject], _ALL), stamps), as_of, until, one)
        _held[subject].appendleft(made)


def _row(subject: str, one: _Kept) -> KeptAnswer:
    return KeptAnswer(
        serial=_serial(subject),
        basis=_basis(),
        stamps=one.stamps,
        since=one.since,
        until=one.until,
        answer=to_text(one.answer) if one.answer else "",
    )


def _places(facts: Iterable[Evidence], subjects: Iterable[str]) -> list[str]:
    """The kecamatan that anything said of a device names: one too many costs little, one too few would be wrong."""
    named = {value.rpartition(":")[2] for fact in facts for value in fact.data.values() if isinstance(value, str)}
    return sorted({f"kecamatan:{name}" for name in named}.intersection(subjects))


def _is_own(subject: str) -> bool:
    return subject.startswith(("device:", "kecamatan:"))


def _serial(subject: str) -> str:
    return subject.partition(":")[2]


@lru_cache(maxsize=1)
def _basis() -> str:
    """The rules, the code and the calendar by which answers are made: kept answers of another basis are not read."""
    folder = Path(__file__).parent
    code = sorted([*folder.glob("*.py"), *folder.glob("turn_rules/*.json")])
    return sha256(b"".join(file.read_bytes() for file in code) + regency_calendar().digest()).hexdigest()
