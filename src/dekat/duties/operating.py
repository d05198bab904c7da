"""Who operates a station, and what an officer has proved to be able to do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.duties.competence import Stage
from dekat.duties.saying import say_of
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger


@dataclass(frozen=True)
class Proof:
    """What a competence rests on; `practice` names the practice recording that somebody saw."""

    stage: Stage
    valid_until: datetime | None = None
    practice: str = ""

    def as_data(self) -> dict[str, Json]:
        """The fields of its event."""
        until = {"valid_until": iso(self.valid_until)} if self.valid_until else {}
        return {"stage": str(self.stage), **until, **({"practice": self.practice} if self.practice else {})}


def operators(kecamatan: str) -> dict[str, datetime]:
    """Who operates the station of a kecamatan now, by account id, and since when."""
    return all_operators(f"kecamatan:{kecamatan}").get(kecamatan, {})


def all_operators(subject: str | None = None) -> dict[str, dict[str, datetime]]:
    """Who operates each station now, by kecamatan and account id, and since when."""
    found: dict[str, dict[str, datetime]] = {}
    names = ["duties.operator.assigned", "duties.operator.released"]
    for event in ledger.events(names=names, subject=subject):
        on_duty, operator = found.setdefault(event.subject.partition(":")[2], {}), str(event.data["operator"])
        if event.name == names[0]:
            on_duty.setdefault(operator, event.occurred_at)
        else:
            on_duty.pop(operator, None)
    return found


def assign_operator(*, kecamatan: str, operator: UUID, actor: Actor, now: datetime) -> None:
    """Record that an officer operates the station of a kecamatan.

    Again: an officer on duty is not assigned twice.
    """
    if str(operator) in operators(kecamatan):
        return
    say_of(kecamatan, "operator.assigned", {"by": actor.office, "operator": str(operator)}, actor, now)


def release_operator(*, kecamatan: str, operator: UUID, actor: Actor, now: datetime) -> None:
    """Record that an officer no longer operates there.

    Again: an officer off duty is not released twice.
    """
    if str(operator) not in operators(kecamatan):
        return
    say_of(kecamatan, "operator.released", {"by": actor.office, "operator": str(operator)}, actor, now)


def record_competence(
    *,
    kecamatan: str,
    operator: str,
    task: str,
    is_passed: bool,
    score: int,
    actor: Actor,
    now: datetime,
    proof: Proof | None = None,
) -> None:
    """Record that an officer can, or cannot, do a task: RECORD or PRINT."""
    data: dict[str, Json] = {"operator": operator, "task": task, "is_passed": is_passed, "score": score}
    if proof:
        data |= proof.as_data()
    if actor.role:
        data["by"] = actor.office
    say_of(kecamatan, "competence.recorded", data, actor, now)
