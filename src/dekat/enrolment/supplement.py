"""A supplement: a recording that brings only what an earlier, sealed one still owes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.enrolment import services
from dekat.enrolment.biodata import biodata_of
from dekat.enrolment.models import Recording
from dekat.enrolment.saving import recording_of
from dekat.enrolment.states import Domicile, Place
from dekat.kernel.errors import DekatError


class NothingOwed(DekatError):
    """Nothing of this recording is still to come."""

    code = "enrolment.nothing_owed"


class SupplementElsewhere(DekatError):
    """The station keeps no data of a resident out of domicile: their supplement begins with the KK."""

    code = "enrolment.supplement_elsewhere"


def start_supplement(
    *, recording_id: UUID, of: UUID, actor: Actor, now: datetime, place: Place = Place.COUNTER
) -> UUID:
    """Begin the recording of what `of` still owes, or give the one already open.

    Refuses: enrolment.recording_unknown, enrolment.nothing_owed, enrolment.supplement_elsewhere,
    enrolment.operator_not_competent, registry.resident.unknown.
    """
    first = recording_of(of)
    if not first.owed:
        raise NothingOwed
    if first.domicile == Domicile.ELSEWHERE:
        raise SupplementElsewhere
    with transaction.atomic():
        started = services.start(
            recording_id=recording_id,
            biodata=biodata_of(UUID(first.resident_id)),
            actor=actor,
            now=now,
            place=place,
        )
        mark_supplement(recording_id=started, of=of)
        return started


def mark_supplement(*, recording_id: UUID, of: UUID) -> None:
    """Let an open recording bring what a sealed one owes; one that was begun for itself stays as it is.

    Facts: who is copied from a KK completes only what was copied from one: nobody else's list is settled by a slip.

    Refuses: enrolment.recording_unknown, enrolment.nothing_owed.
    """
    first = recording_of(of)
    if not first.owed:
        raise NothingOwed
    fresh = Recording.objects.filter(id=recording_id, saves=None, domicile=first.domicile)
    fresh.update(supplement_of=of, owed=first.owed)
