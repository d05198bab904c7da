"""A correction that a second officer confirms: the register changes, the cards of the families are issued anew."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.documents import services as documents
from dekat.flows.issue_kk import intend_kk
from dekat.registry import services as registry


def carry_out_correction(*, correction_id: UUID, actor: Actor, on: date, now: datetime) -> tuple[UUID, ...]:
    """Confirm what another officer proposed; give the new KK of each family that still has members.

    Facts: outside a transaction. The change and the intents of the papers are one transaction; the signed files follow,
    and with each the former KK is superseded and the station learns of it.
    Again: what a crash left is finished; nothing changes twice.
    Refuses: what `registry.services.confirm_correction` and the documents refuse.
    """
    with transaction.atomic(durable=True):
        done = registry.confirm_correction(correction_id=correction_id, actor=actor, on=on, now=now)
        intended = tuple(
            intend_kk(document_id=uuid5(correction_id, f"KK {family_id}"), family_id=family_id, actor=actor, now=now)
            for family_id in done.living_families
        )
    for document_id in intended:
        documents.complete(document_id=document_id, now=now)
    return intended
