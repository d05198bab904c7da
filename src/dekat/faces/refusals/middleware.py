"""Refusals become words and a status in one place, `page`; this brings those of views there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dekat.faces.refusals.page import refused
from dekat.kernel.errors import DekatError


class RefusalsInWords:
    """Turn a `DekatError` that reaches the top into a page with what happened and what to do now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, DekatError) else None
