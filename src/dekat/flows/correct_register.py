"""A correction that a second officer confirms: the register changes, the cards of the families are issued anew."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.documents import services as documents
from dekat.documents.kinds import DocumentKind, RevocationReason
from dekat.flows.end_papers import end_family_card, end_papers_of, withdraw
from dekat.flows.issue_kk import intend_kk
from dekat.registry import queries
from dekat.registry import services as registry
from dekat.registry.corrections import people_of_correction
from dekat.registry.life.writing import Recorded
from dekat.registry.states import ResidentState


def carry_out_correction(*, correction_id: UUID, actor: Actor, on: date, now: datetime) -> tuple[UUID, ...]:
    """Confirm what another officer proposed; give the new KK of each family that still has members.

    Facts: outside a transaction. The change, what ends with it and the intents of the papers are one transaction; the
    signed files follow, and with each the former KK is superseded and the station learns of it.
    Again: what a crash left is finished; nothing changes twice.
    Refuses: what `registry.services.confirm_correction` and the documents refuse.
    """
    with transaction.atomic(durable=True):
        done = registry.confirm_correction(correction_id=correction_id, actor=actor, on=on, now=now)
        _end_papers(correction_id, done, actor, now)
        intended = tuple(
            intend_kk(document_id=uuid5(correction_id, f"KK {family_id}"), family_id=family_id, actor=actor, now=now)
            for family_id in done.living_families
        )
    for document_id in intended:
        # A newer KK of the family that came first tells of this change too.
        with suppress(documents.IssueOvertaken):
            documents.complete(document_id=document_id, now=now)
    return intended


def _end_papers(correction_id: UUID, done: Recorded, actor: Actor, now: datetime) -> None:
    """Who died or was merged holds nothing any more, who lives has no akta of a death, an empty family no KK."""
    for resident_id in sorted(people_of_correction(correction_id)):
        if queries.resident(resident_id).state in (ResidentState.DECEASED, ResidentState.MERGED):
            end_papers_of(resident_id, actor=actor, now=now)
        else:
            wrong = RevocationReason.WRONG_CONTENT
            withdraw(DocumentKind.DEATH_CERTIFICATE, f"resident:{resident_id}", wrong, actor=actor, now=now)
    for card in done.cards:
        if card.family_id not in done.living_families:
            end_family_card(card.family_id, actor=actor, now=now)
