"""Somebody without a NIK gets the one that the national centre gives: asked once, written down when it came."""

import logging
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.kernel.errors import DekatError
from dekat.national import numbers
from dekat.national.numbers import AskedNumber
from dekat.national.statuses import NumberKind
from dekat.registry import queries as registry
from dekat.registry import services
from dekat.registry.changing import HasNik

logger = logging.getLogger(__name__)


def ask_nik(*, resident_id: UUID, actor: Actor, now: datetime) -> AskedNumber:
    """Ask for the NIK of a newborn, or of somebody who is registered for the first time.

    Facts: one question for each person, whichever applications tell of them.
    Again: gives what became of the first question.
    Refuses: registry.resident.unknown, registry.resident.has_nik, national.number.facts_incomplete.
    Law: pp-40-2019
    """
    person = registry.resident(resident_id)
    if person.nik:
        raise HasNik
    facts = {
        "kecamatan": registry.homes([resident_id]).get(resident_id, ""),
        "full_name": person.full_name,
        "sex": person.sex.value,
        "birth_place": person.birth_place,
        "born_on": person.born_on.iso,
        "mother_nik": person.mother_nik,
        "father_nik": person.father_nik,
    }
    return numbers.ask_number(
        kind=NumberKind.NIK, reference=reference_for(resident_id), facts=facts, actor=actor, now=now
    )


def reference_for(resident_id: UUID) -> UUID:
    """The reference of somebody's one NIK."""
    return numbers.reference_of(resident_id, "nik")


def give_niks(*, actor: Actor, now: datetime) -> int:
    """Write down every NIK that came for somebody who waits for one; give how many. Each makes a version of their card.

    Again: who has a NIK waits no more. Somebody whose record is blocked meanwhile waits on, and holds nobody up.
    """
    waiting = {reference_for(resident_id): resident_id for resident_id in registry.waiting_for_nik()}
    return sum(_give(waiting[reference], reference, nik, actor, now) for reference, nik in numbers.given(waiting))


def _give(resident_id: UUID, reference: UUID, nik: str, actor: Actor, now: datetime) -> bool:
    try:
        services.give_nik(application_id=reference, resident_id=resident_id, nik=nik, actor=actor, now=now)
    except DekatError as refusal:
        logger.warning("registry.nik.not_written", extra={"reference": str(reference), "code": refusal.code})
        return False
    return True
