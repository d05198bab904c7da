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

    The page goes on without live advice where nobody judges here (204) and where the frame is refused (409).
    """
    try:
        return JsonResponse(plain_of(look_at_frame(recording_id=recording_id, jpeg=request.body)))
    except JudgeAway:
        return HttpResponse(status=204)
    except DekatError as error:
        words = words_for(error)
        told = {"refused": error.code, "say": str(words.happened), "more": str(words.do_now)}
        return JsonResponse(told, status=409)
