"""What the office would refuse is told at the desk already, as far as this machine holds who is named."""

from datetime import datetime

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import services as cases
from dekat.cases.services import Draft
from dekat.flows.approve_application import rehearse
from dekat.flows.deeds.people import FamilyUnknown, PersonUnknown
from dekat.flows.submit_application import with_resident
from dekat.kernel.errors import DekatError

# A station holds its own kecamatan: whom it does not know may well live in another one.
_ONLY_THE_CENTRE_KNOWS = (PersonUnknown, FamilyUnknown)


def foresee_refusal(*, draft: Draft, actor: Actor, now: datetime) -> None:
    """Say nothing when the office may well approve; nothing is kept.

    Facts: what only the office can add is not there yet, so only what the deed itself refuses counts here.
    Refuses: flows.deed.*, except where only the centre knows.
    """
    matched = with_resident(draft)
    try:
        with transaction.atomic():
            card = cases.submit(draft=matched, node=actor.node, actor=actor, now=now)
            if card.is_matched:
                rehearse(card, actor=actor, now=now)
            transaction.set_rollback(True)
    except _ONLY_THE_CENTRE_KNOWS:
        return
    except DekatError as refusal:
        if refusal.code.startswith("flows.deed."):
            raise
