"""Refusals become words and a status in this one place."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.faces.access import NotYours
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError

logger = logging.getLogger(__name__)


class RefusalsInWords:
    """Turn a `DekatError` that reaches the top into a page with what happened and what to do now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DekatError):
            return None
        logger.info("faces.refused", extra={"code": error.code})
        status = 403 if isinstance(error, NotYours) else 409
        return render(request, "ui/refusal.html", {"refusal": words_for(error), "code": error.code}, status=status)
