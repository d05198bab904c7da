"""One view for each save of the wizard."""

import base64
import binascii
import json
from uuid import UUID, uuid5

from django.http import HttpRequest

from dekat.enrolment import capturing, services
from dekat.enrolment import photo as portraits
from dekat.enrolment.portrait import LARGEST_BYTES, PhotoUnreadable
from dekat.enrolment.positions import Position, Slap
from dekat.enrolment.services import SignatureEmpty
from dekat.enrolment.states import Step
from dekat.faces.access import actor_of
from dekat.faces.clock import now
from dekat.faces.station.recording.forms import CorrectionsForm
from dekat.faces.station.recording.labels import NAMES
from dekat.faces.station.recording.wizard import saving_view, step_id_of
from dekat.kernel.canonical import Json

_PNG_ADDRESS = "data:image/png;base64,"
_MOST_STROKES_LETTERS = 200_000


@saving_view
def biodata(request: HttpRequest, recording_id: UUID) -> None:
    """The data are right, but for what was written into the correction fields."""
    form = CorrectionsForm(request.POST)
    services.confirm_biodata(
        recording_id=recording_id,
        step_id=step_id_of(request),
        corrections=form.corrections() if form.is_valid() else {},
        actor=actor_of(request),
        now=now(),
    )
    _go_on(request, recording_id, Step.PHOTO)


@saving_view
def photo(request: HttpRequest, recording_id: UUID) -> None:
    """A JPEG from the station's camera (or a file)."""
    upload = request.FILES.get("photo")
    if upload is None or (upload.size or 0) > LARGEST_BYTES:
        raise PhotoUnreadable
    portraits.keep_photo(
        recording_id=recording_id,
        step_id=step_id_of(request),
        jpeg=upload.read(),
        camera=request.POST.get("camera", ""),
        actor=actor_of(request),
        now=now(),
    )


@saving_view
def device_photo(request: HttpRequest, recording_id: UUID) -> None:
    """The portrait from a face device."""
    capturing.take_face(recording_id=recording_id, step_id=step_id_of(request), actor=actor_of(request), now=now())


@saving_view
def approve(request: HttpRequest, recording_id: UUID) -> None:
    """The resident pressed "setuju": keep it and go on."""
    portraits.approve_photo(recording_id=recording_id, step_id=step_id_of(request), actor=actor_of(request), now=now())
    _go_on(request, recording_id, Step.FINGERS)


@saving_view
def reject(request: HttpRequest, recording_id: UUID) -> None:
    """The resident does not like the photo."""
    portraits.reject_photo(recording_id=recording_id, step_id=step_id_of(request), actor=actor_of(request), now=now())


@saving_view
def fingers(request: HttpRequest, recording_id: UUID) -> None:
    """One slap on the glass."""
    wanted = request.POST.get("slap", "")
    capturing.take_fingers(
        recording_id=recording_id,
        step_id=step_id_of(request),
        slap=Slap(wanted) if wanted in list(Slap) else Slap.LEFT,
        actor=actor_of(request),
        now=now(),
    )


@saving_view
def recheck(request: HttpRequest, recording_id: UUID) -> None:
    """One index finger again."""
    capturing.take_recheck(
        recording_id=recording_id,
        step_id=step_id_of(request),
        position=Position(NAMES.get(request.POST.get("position", ""), Position.LEFT_INDEX)),
        actor=actor_of(request),
        now=now(),
    )


@saving_view
def irises(request: HttpRequest, recording_id: UUID) -> None:
    """Both eyes."""
    capturing.take_irises(recording_id=recording_id, step_id=step_id_of(request), actor=actor_of(request), now=now())


@saving_view
def signature(request: HttpRequest, recording_id: UUID) -> None:
    """The strokes and their picture, then the summary."""
    strokes, png = _drawn(request)
    services.keep_signature(
        recording_id=recording_id,
        step_id=step_id_of(request),
        strokes=strokes,
        png=png,
        actor=actor_of(request),
        now=now(),
    )
    _go_on(request, recording_id, Step.SUMMARY)


def _go_on(request: HttpRequest, recording_id: UUID, to: Step) -> None:
    # The move has its own id, made from the save's, so that the same press twice also moves once.
    services.move(
        recording_id=recording_id,
        step_id=uuid5(step_id_of(request), "move"),
        to=to,
        actor=actor_of(request),
        now=now(),
    )


def _drawn(request: HttpRequest) -> tuple[list[Json], bytes]:
    text, address = request.POST.get("strokes", ""), request.POST.get("png", "")
    if not address.startswith(_PNG_ADDRESS) or len(text) > _MOST_STROKES_LETTERS:
        raise SignatureEmpty
    try:
        strokes = json.loads(text)
        png = base64.b64decode(address.removeprefix(_PNG_ADDRESS), validate=True)
    except (json.JSONDecodeError, binascii.Error) as error:
        raise SignatureEmpty from error
    return (strokes if isinstance(strokes, list) else []), png
