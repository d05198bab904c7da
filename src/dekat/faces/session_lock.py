"""A station nobody touches for a while asks for the password again; what was saved stays saved."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from dekat.faces.clock import now

LOCKED, SEEN_AT = "is_locked", "seen_at"
# The session row is written at most this often; every page would be a write on a slow disk.
_WRITE_EVERY_S = 30
# The screens of the waiting room belong to no officer: they neither stop at a locked session nor keep one open.
_ALWAYS_OPEN = ("/kunci/", "/keluar/", "/masuk/", "/antrean/ambil/", "/antrean/layar/", "/antrean/slip/")


class SessionLock:
    """Send a locked or forgotten session of a station to the lock page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.IS_STATION or request.path.startswith(_ALWAYS_OPEN) or not request.user.is_authenticated:
            return self.get_response(request)
        at = now().timestamp()
        seen_at = request.session.get(SEEN_AT, at)
        if request.session.get(LOCKED) or at - seen_at > settings.SESSION_LOCK_MINUTES * 60:
            return _to_lock_page(request)
        # A list that a page fetches by itself is nobody's hand on the keyboard.
        is_hand = not (request.method == "GET" and request.headers.get("HX-Request"))
        if is_hand and (SEEN_AT not in request.session or abs(at - seen_at) > _WRITE_EVERY_S):
            request.session[SEEN_AT] = at
        return self.get_response(request)


def lock(request: HttpRequest) -> None:
    """Close the session until its officer's password comes."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest, *, now: datetime) -> None:
    """Open the session again."""
    request.session.pop(LOCKED, None)
    request.session[SEEN_AT] = now.timestamp()


def _to_lock_page(request: HttpRequest) -> HttpResponse:
    address = f"/kunci/?{urlencode({'lanjut': _page_of(request)})}"
    if request.headers.get("HX-Request"):
        # A redirect would put the whole page into the place of a list.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else "/"
