"""One event about a kecamatan in the log."""

from datetime import datetime

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.ids import new_id
from dekat.ledger.services import record


def say_of(kecamatan: str, name: str, data: dict[str, Json], actor: Actor, now: datetime) -> None:
    """Record `duties.NAME` about a kecamatan, with the change of the caller's transaction."""
    with transaction.atomic():
        record(
            name=f"duties.{name}",
            subject=f"kecamatan:{kecamatan}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=new_id(now),
        )
