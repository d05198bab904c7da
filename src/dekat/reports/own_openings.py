"""A resident asks who opened their data: who proves to be whom."""

from uuid import UUID

from dekat.cases import queries as cases
from dekat.cases.states import Channel, State
from dekat.kernel.ids import read_code
from dekat.national import queries as national
from dekat.registry import queries as registry


def proved_resident(*, nik: str, family_card_no: str, code: str) -> UUID | None:
    """Whom NIK, nomor KK and a code together prove; None when any of them does not fit, whichever.

    Facts: a code proves only where an officer saw the person before it was given or used: a recording's receipt, an
    application made at a desk, or one whose paper was handed over. A code from home proves nothing: whoever knows both
    numbers can get one.
    Refuses: kernel.ids.code_mistyped.
    """
    canonical = read_code(code)
    # All three are always looked up, so that the time says no more than the answer does.
    named, applied, recorded = _named(nik, family_card_no), _applicant(canonical), _recorded(canonical)
    return named if named and named in (applied, recorded) else None


def _named(nik: str, family_card_no: str) -> UUID | None:
    try:
        person = registry.resident_by_nik(nik)
    except registry.ResidentUnknown:
        return None
    return person.id if person.family_card_no == family_card_no else None


def _applicant(code: str) -> UUID | None:
    card = cases.by_code(code)
    if card is None:
        return None
    has_been_seen = card.channel is not Channel.PORTAL or card.state is State.COLLECTED
    return card.resident_id if has_been_seen else None


def _recorded(code: str) -> UUID | None:
    road = national.submission_by_code(code)
    return road.resident_id if road else None
