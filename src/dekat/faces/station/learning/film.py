"""The film of a practice: what the camera would see, with the room as the operator left it."""

import math
from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.enrolment.practice import exercise_of
from dekat.faces.access import open_to
from dekat.training.exercises import exercise

FRAMES = 6
# How far the chair stands aside, in pixels of a frame 640 wide, and how dark the room is.
_SCENES = {"aside-dark": (-95, 1.0), "aside-light": (-95, 0.0), "middle-dark": (0, 1.0), "middle-light": (0, 0.0)}


@open_to(Role.OPERATOR)
@require_GET
def frame(request: HttpRequest, recording_id: UUID, scene: str, number: int) -> HttpResponse:
    """One frame of a scene."""
    found = exercise(exercise_of(recording_id))
    if found is None or scene not in _SCENES:
        raise Http404
    jpeg = _drawn(found.number, scene, number % FRAMES)
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=48)
def _drawn(number: int, scene: str, place: int) -> bytes:
    found = exercise(number)
    if found is None:
        raise Http404
    # Drawing takes NumPy's 20 MB: loaded where somebody practises, not on every desk.
    from dekat.adapters.practice_devices.devices import cloth_of
    from dekat.adapters.samples.faces import portrait
    from dekat.adapters.samples.marks import as_jpeg

    aside, dark = _SCENES[scene]
    turn = 2 * math.pi * place / FRAMES
    sway = (aside + 3 * math.sin(turn), 2 * math.cos(turn))
    picture = portrait(found.person, cloth_of(found), width=640, height=480, sway=sway, dirt=dark)
    return as_jpeg(picture, quality=85)
