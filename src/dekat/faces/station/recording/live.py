"""The live picture of a device, frame by frame, with what the judge of pictures sees in it."""

import base64
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.enrolment.live import Subject, window
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Slap
from dekat.enrolment.quality import judge
from dekat.faces.access import open_to
from dekat.faces.refusals.words import words_for
from dekat.faces.station.recording.hand_words import HandSaid, said_of
from dekat.kernel.errors import DekatError


@open_to(Role.OPERATOR)
@require_GET
def live(request: HttpRequest, recording_id: UUID) -> JsonResponse:
    """The latest picture after the page's last one, and its words; a refusal's words alone when there is none.

    Facts: that is no error, a recording goes on without a live picture. Nothing is saved and no recording is read:
    the page says which device and which hand.
    """
    subject = _subject(request)
    try:
        seen = window.look(subject, after=_number(request.GET.get("sesudah", "")))
    except DekatError as error:
        words = words_for(error)
        return JsonResponse({"say": words.happened, "more": words.do_now})
    picture = base64.b64encode(seen.jpeg).decode()
    answer = {"number": seen.number, "picture": f"data:image/jpeg;base64,{picture}"}
    said = _said(seen.jpeg, subject, wanted=_number(request.GET.get("jari", "")))
    hand = {"count": said.count, "tone": said.tone, "say": said.title, "more": said.text} if said else {}
    return JsonResponse({**answer, **hand})


def _subject(request: HttpRequest) -> Subject:
    kind, slap = request.GET.get("alat", ""), request.GET.get("tangan", "")
    return Subject(
        DeviceKind(kind) if kind in list(DeviceKind) else DeviceKind.FINGER,
        Slap(slap) if slap in list(Slap) else None,
        is_practice=request.GET.get("latihan", "") == "1",
    )


def _said(jpeg: bytes, subject: Subject, *, wanted: int) -> HandSaid | None:
    if subject.kind is not DeviceKind.FINGER or subject.slap is None or not wanted:
        return None
    try:
        return said_of(judge().hand(jpeg), slap=subject.slap, wanted=wanted)
    except DekatError:
        # A picture without words is better than neither; the device's own score still stands.
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
