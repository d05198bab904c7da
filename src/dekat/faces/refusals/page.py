"""The page of a refusal."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError

logger = logging.getLogger(__name__)
_FORBIDDEN = frozenset({"faces.access.not_yours"})


def refused(request: HttpRequest, error: DekatError) -> HttpResponse:
    """Say what happened and what to do now; 403 for another role's page, 409 for everything else."""
    logger.info("faces.refused", extra={"code": error.code})
    status = 403 if error.code in _FORBIDDEN else 409
    return render(request, "ui/refusal.html", {"refusal": words_for(error), "code": error.code}, status=status)
