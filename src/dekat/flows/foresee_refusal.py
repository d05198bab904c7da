"""What the office would refuse is told at the desk already, as far as this machine holds who is named."""

from datetime import datetime

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import services as cases
from dekat.cases.services import Draft
from dekat.flows.approve_application import rehearse
from dekat.flows.deeds import addresses, arrivals, family_cards, leaving, people, staying
from dekat.flows.submit_application import with_resident
from dekat.kernel.errors import DekatError

# What the family itself tells. Whom a station does not know may well live in another kecamatan, and what the centre
# alone holds (recordings, numbers, the office's answers) refuses nothing here.
_CERTAIN = (
    people.HeadTooYoung,
    people.NotInFamily,
    people.PersonNotHere,
    addresses.VillageElsewhere,
    staying.ChildrenAlone,
    leaving.NobodyMoves,
    leaving.SameFamily,
    family_cards.HeadAlready,
    arrivals.KnownHere,
    arrivals.LivesHere,
    arrivals.NobodyArrives,
)


def foresee_refusal(*, draft: Draft, actor: Actor, now: datetime) -> None:
    """Say nothing when the office may well approve; nothing is kept.

    Refuses: those of `flows.deed` that are certain already.
    """
    matched = with_resident(draft)
    try:
        with transaction.atomic():
            card = cases.submit(draft=matched, node=actor.node, actor=actor, now=now)
            if card.is_matched:
                rehearse(card, actor=actor, now=now)
            transaction.set_rollback(True)
    except _CERTAIN:
        raise
    except DekatError:
        return
