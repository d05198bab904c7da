"""What a tracking code stands for. Each kind of thing that has a code is one finder here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.cases import queries as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.rules import Clock, Step
from dekat.cases.states import State
from dekat.documents import queries as documents
from dekat.kernel.ids import read_code
from dekat.kernel.working_time import Calendar


@dataclass(frozen=True)
class ApplicationTrack:
    """An application as its owner may see it: no names, no numbers of persons.

    Facts: `kecamatan` is told only once a document waits there; `steps` oldest first.
    """

    code: str
    service: ServiceCode
    element: str
    state: State
    steps: tuple[Step, ...]
    clock: Clock
    kecamatan: str
    document_serial: str
    application_id: UUID


# A recording's track joins here.
Track = ApplicationTrack
Finder = Callable[[str, Calendar, datetime], Track | None]


def track(typed: str, *, calendar: Calendar, now: datetime) -> Track | None:
    """What the code that a person typed stands for; None when nothing has it.

    Refuses: kernel.ids.code_mistyped.
    """
    code = read_code(typed)
    for finder in _FINDERS:
        if found := finder(code, calendar, now):
            return found
    return None


def _application(code: str, calendar: Calendar, now: datetime) -> ApplicationTrack | None:
    card = cases.by_code(code)
    if card is None:
        return None
    document = documents.find(card.document_id) if card.document_id else None
    return ApplicationTrack(
        code=card.code,
        service=card.service.code,
        element=card.element,
        state=card.state,
        steps=card.steps,
        clock=card.clock(calendar=calendar, now=now),
        kecamatan=document.kecamatan if document else "",
        document_serial=document.serial if document else "",
        application_id=card.id,
    )


_FINDERS: tuple[Finder, ...] = (_application,)
