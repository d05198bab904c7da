"""A locked station shows only its log-in page: the first officer's password opens the data."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from dekat.accounts import keyring
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError

_only: list[DekatError] = []


def say_only(refusal: DekatError) -> None:
    """Let every page of this process say one thing: the data does not fit this release (yet), and is untouched."""
    _only[:] = [refusal]


def say_nothing_more() -> None:
    """Let the pages work (again)."""
    _only.clear()


class UnlockFirst:
    """Send every page of a locked station to the log-in; nothing below touches the database then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _only and not request.path.startswith(settings.STATIC_URL):
            words = {"refusal": words_for(_only[0]), "is_station": settings.IS_STATION, "regency": settings.REGENCY}
            return HttpResponse(render_to_string("account/only.html", words), status=503)
        if settings.IS_STATION and keyring.is_locked():
            if request.path == "/buka/" or request.path.startswith(settings.STATIC_URL):
                from dekat.faces.station import unlock_page  # the one view that works without a database

                return unlock_page.open_station(request)
            if request.path.startswith("/lupa-sandi/"):
                return _lost_password(request)
            return HttpResponseRedirect("/buka/")
        return self.get_response(request)


def _lost_password(request: HttpRequest) -> HttpResponse:
    """The pages of a forgotten password read no database until two officers, or the regency, opened it."""
    from dekat.faces.station.lost_password import urls  # read late, as `unlock_page` is

    for pattern in urls.urlpatterns:
        if match := pattern.resolve(request.path.lstrip("/")):
            answer: HttpResponse = match.func(request)
            return answer
    return HttpResponseRedirect("/lupa-sandi/")
