"""Operators who may record: their competence said by the real service, as the camat's sign-off says it."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor, machine
from dekat.duties.competence import RECORD, competence
from dekat.duties.services import record_competence


def let_record(operator: UUID, *, kecamatan: str, now: datetime) -> None:
    """Record that this operator may record live, unless that was said before."""
    if competence(kecamatan=kecamatan, operator=operator, task=RECORD, months=24) is None:
        record_competence(
            kecamatan=kecamatan,
            operator=str(operator),
            task=RECORD,
            is_passed=True,
            score=100,
            actor=machine("centre"),
            now=now,
        )


def let_actor_record(actor: Actor, *, now: datetime) -> None:
    """The same for who acts in a test."""
    if actor.account_id:
        let_record(actor.account_id, kecamatan=actor.kecamatan, now=now)
