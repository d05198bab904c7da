"""The page of a refusal."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError

logger = logging.getLogger(__name__)
# Everything else is 409. At 507 Django leaves the session alone, which has no room either.
_STATUSES = {
    "faces.access.not_yours": 403,
    "openings.resident.lives_elsewhere": 403,
    "faces.disk_full": 507,
    "faces.reserve_opened": 507,
    "faces.resident.too_often": 429,
}


def refused(request: HttpRequest, error: DekatError) -> HttpResponse:
    """Say what happened and what to do now, with a status that fits."""
    logger.info("faces.refused", extra={"code": error.code})
    status = _STATUSES.get(error.code, 409)
    return render(request, "ui/refusal.html", {"refusal": words_for(error), "code": error.code}, status=status)
