"""Corrections without an application: one officer proposes, another one confirms, and only then the register changes.

Two records of one human, a death, an annulment and a datum that the office itself wrote down wrongly are corrected so.
That two people are needed is a decision here; what an application asks has its two people in `cases`.
Law: uu-23-2006, art. 72 (annulment); pp-40-2019, art. 30 (one NIK for life)
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.registry import rules
from dekat.registry.changing import change_element, check_element, set_blocked
from dekat.registry.correction_facts import Clearing, Correctable, ElementCorrection, kind_of, read, written
from dekat.registry.life.events import Annulment, Death, Merge
from dekat.registry.life.writing import Recorded, check_event, record_event, recorded
from dekat.registry.models import Correction, ElementChange, Resident
from dekat.registry.queries import ResidentUnknown
from dekat.registry.states import ChangeCause, CorrectionKind, CorrectionState, ResidentState

OFFICE = "DISPENDUKCAPIL"


class OfficerNeeded(DekatError):
    """Only an officer of Dispendukcapil corrects the register, no machine and nobody else."""

    code = "registry.correction.officer_needed"


class SecondPersonNeeded(DekatError):
    """Whoever proposed a correction may not confirm it."""

    code = "registry.correction.second_person_needed"


class ReasonMissing(DekatError):
    """A correction needs a reason in words."""

    code = "registry.correction.reason_missing"


class CorrectionUnknown(DekatError):
    """Nobody proposed this correction."""

    code = "registry.correction.unknown"


class CorrectionClosed(DekatError):
    """The correction was confirmed or withdrawn already."""

    code = "registry.correction.closed"


@dataclass(frozen=True, repr=False)
class CorrectionView:
    """A correction with who proposed it and who decided (ledger labels, empty while it is open)."""

    id: UUID
    kind: CorrectionKind
    state: CorrectionState
    what: Correctable
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str


def propose_correction(
    *, correction_id: UUID, what: Correctable, reason: str, actor: Actor, on: date, now: datetime
) -> CorrectionView:
    """Keep what an officer wants to correct; nothing of the register changes.

    Facts: `correction_id` is made where the wish is made; `on` is the day of the regency; a nomor KK that a new head
    needs is asked of the national centre before.
    Again: the same id gives the first proposal.
    Refuses: registry.correction.officer_needed, registry.correction.reason_missing, and what the correction itself
    refuses by now.
    """
    _refuse_others(actor)
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        if known := Correction.objects.filter(id=correction_id).first():
            return _view(known)
        _check(what, on)
        row = Correction.objects.create(
            id=correction_id, kind=kind_of(what), facts=written(what), reason=reason.strip()[:240],
            proposed_by=actor.label, proposed_at=now,
        )  # fmt: skip
        _say("registry.correction.proposed", row, what, actor, now)
        return _view(row)


def confirm_correction(*, correction_id: UUID, actor: Actor, on: date, now: datetime) -> Recorded:
    """Carry out what another officer proposed; give the cards that say something new.

    Again: what was confirmed stays so and gives the same cards.
    Refuses: registry.correction.officer_needed, registry.correction.unknown, registry.correction.closed,
    registry.correction.second_person_needed, and what the correction itself refuses by now.
    """
    _refuse_others(actor)
    with transaction.atomic():
        row = _locked(correction_id)
        if row.state == CorrectionState.CONFIRMED:
            return recorded(correction_id)
        if row.proposed_by == actor.label:
            raise SecondPersonNeeded
        _close(row, CorrectionState.CONFIRMED, actor, now)
        what = _what(row)
        _carry_out(what, correction_id, actor, on, now)
        ElementChange.objects.filter(cause_id=correction_id).update(cause=ChangeCause.CORRECTION)
        _say("registry.correction.confirmed", row, what, actor, now)
        return recorded(correction_id)


def withdraw_correction(*, correction_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a proposal fall; whoever proposed it may, and so may another officer.

    Again: changes nothing.
    Refuses: registry.correction.officer_needed, registry.correction.unknown, registry.correction.closed.
    """
    _refuse_others(actor)
    with transaction.atomic():
        row = _locked(correction_id)
        if row.state != CorrectionState.WITHDRAWN:
            _close(row, CorrectionState.WITHDRAWN, actor, now)
            _say("registry.correction.withdrawn", row, _what(row), actor, now)


def open_corrections() -> list[CorrectionView]:
    """What waits for a second officer, the oldest first."""
    rows = Correction.objects.filter(state=CorrectionState.PROPOSED).order_by("proposed_at", "id")
    return [_view(row) for row in rows]


def people_of_correction(correction_id: UUID) -> frozenset[UUID]:
    """Whom a correction is about.

    Refuses: registry.correction.unknown.
    """
    row = Correction.objects.filter(id=correction_id).first()
    if row is None:
        raise CorrectionUnknown
    return _what(row).people


def are_cleared(first: UUID, second: UUID) -> bool:
    """Whether two officers found that these two records are two people."""
    rows = Correction.objects.filter(kind=CorrectionKind.CLEARING, state=CorrectionState.CONFIRMED).order_by("id")
    wanted = {str(first), str(second)}
    return any(wanted == set(people) for people in rows.values_list("facts__people", flat=True))


def _refuse_others(actor: Actor) -> None:
    if actor.account_id is None or actor.office != OFFICE:
        raise OfficerNeeded


def _check(what: Correctable, on: date) -> None:
    match what:
        case Merge() | Death() | Annulment():
            check_event(event=what, on=on)
        case ElementCorrection():
            check_element(resident_id=what.resident_id, element=what.element, value=what.value)
        case Clearing():
            if Resident.objects.filter(id__in=what.people).count() < len(set(what.person_ids)) or len(what.people) < 2:
                raise ResidentUnknown
        case _:
            assert_never(what)


def _carry_out(what: Correctable, correction_id: UUID, actor: Actor, on: date, now: datetime) -> None:
    match what:
        case Merge() | Death() | Annulment():
            record_event(event=what, application_id=correction_id, actor=actor, on=on, now=now)
        case ElementCorrection():
            change_element(
                application_id=correction_id, resident_id=what.resident_id, element=what.element, value=what.value,
                actor=actor, now=now,
            )  # fmt: skip
        case Clearing():
            blocked = Resident.objects.filter(id__in=what.people, state=ResidentState.BLOCKED).order_by("id")
            for one in blocked.values_list("id", flat=True):
                set_blocked(application_id=correction_id, resident_id=one, is_blocked=False, actor=actor, now=now)
        case _:
            assert_never(what)


def _close(row: Correction, state: CorrectionState, actor: Actor, now: datetime) -> None:
    if state not in rules.CORRECTION_MOVES[CorrectionState(row.state)]:
        raise CorrectionClosed(state=str(CorrectionState(row.state).label))
    row.state, row.decided_by, row.decided_at = state, actor.label, now
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _locked(correction_id: UUID) -> Correction:
    row = Correction.objects.select_for_update().filter(id=correction_id).first()
    if row is None:
        raise CorrectionUnknown
    return row


def _what(row: Correction) -> Correctable:
    return read(CorrectionKind(row.kind), row.facts)


def _view(row: Correction) -> CorrectionView:
    return CorrectionView(
        row.id, CorrectionKind(row.kind), CorrectionState(row.state), _what(row), row.reason, row.proposed_by,
        row.proposed_at, row.decided_by,
    )  # fmt: skip


def _say(name: str, row: Correction, what: Correctable, actor: Actor, now: datetime) -> None:
    people: list[Json] = [str(one) for one in sorted(what.people)]
    data: dict[str, Json] = {"kind": str(row.kind), "people": people}
    record(name=name, subject=f"correction:{row.id}", actor=actor.label, data=data, now=now)
