"""Where a task shows somebody's data: one line in its view writes down who sees whom, and for which task."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from dekat.faces.access import actor_of
from dekat.faces.clock import now
from dekat.openings import services
from dekat.openings.services import Wish
from dekat.openings.states import Purpose


def note_task(request: HttpRequest, *, task: str, people: Iterable[UUID | None], purpose: Purpose) -> None:
    """Write down, before anything is shown, that the task shows these residents to the officer who does it.

    Facts: `task` such as `recording:…`; people who are None (nobody was named) are left out.
    """
    wish = Wish(task, tuple(one for one in people if one), purpose)
    services.open_for_task(wish=wish, actor=actor_of(request), now=now(), tells_centre=settings.IS_STATION)


def refuse_elsewhere(request: HttpRequest, *, resident_id: UUID, purpose: Purpose) -> None:
    """Say nothing about a resident of the officer's own kecamatan; else write the attempt down and refuse.

    Refuses: openings.resident.lives_elsewhere.
    """
    wish = Wish(f"resident:{resident_id}", (resident_id,), purpose)
    services.refuse_elsewhere(wish=wish, actor=actor_of(request), now=now(), tells_centre=settings.IS_STATION)
