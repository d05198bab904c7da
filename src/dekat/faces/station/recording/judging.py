"""A live frame judged for the page: what is wrong with it and what to do now, many times a minute."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from dekat.accounts.roles import Role
from dekat.enrolment.photo import look_at_frame
from dekat.enrolment.quality import JudgeAway
from dekat.faces.access import open_to
from dekat.faces.refusals.words import words_for
from dekat.faces.station.recording.advice import plain_of
from dekat.kernel.errors import DekatError


@open_to(Role.OPERATOR)
@require_POST
def look(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Judge one JPEG frame (the request's body); nothing of it is kept.

    A page that is refused goes on without live advice: 503 where nobody judges here, 409 for any other reason.
    """
    try:
        answer = plain_of(look_at_frame(recording_id=recording_id, jpeg=request.body))
        status = 200
    except DekatError as error:
        words = words_for(error)
        answer = {"refused": error.code, "say": str(words.happened), "more": str(words.do_now)}
        status = 503 if isinstance(error, JudgeAway) else 409
    response = JsonResponse(answer, status=status)
    response["Cache-Control"] = "no-store"
    return response
