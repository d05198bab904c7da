"""What makes the wizard easier to read and to hear: Madurese for the resident, large type, spoken instructions."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dekat.accounts.roles import Role
from dekat.faces.access import open_to

COOKIE = "dekat_wizard"
MADURESE, LARGE, SPOKEN = "mad", "large", "spoken"
SWITCHES = (MADURESE, LARGE, SPOKEN)
_A_YEAR_S = 365 * 24 * 3600
_FILE = Path(__file__).with_name("madurese.json")


@dataclass(frozen=True)
class Comfort:
    """Which switches are on at this computer."""

    on: frozenset[str] = frozenset()

    @property
    def classes(self) -> str:
        """The classes of the page's body."""
        return "".join(f" wizard--{name}" for name in SWITCHES if name in self.on)


def comfort_of(request: HttpRequest) -> Comfort:
    """Read the computer's cookie; what it does not know is off."""
    return Comfort(frozenset(request.COOKIES.get(COOKIE, "").split(".")) & frozenset(SWITCHES))


@open_to(Role.OPERATOR)
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turn one switch and go back to the page; a page that turned it by itself asks for no page."""
    on = comfort_of(request).on ^ ({request.POST.get("switch", "")} & set(SWITCHES))
    answer: HttpResponse = HttpResponse(status=204)
    if not request.POST.get("is_turned"):
        back = request.POST.get("back", "/")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        answer = HttpResponseRedirect(back if is_ours else "/")
    answer.set_cookie(COOKIE, ".".join(sorted(on)), max_age=_A_YEAR_S, samesite="Strict", httponly=True)
    return answer


def madurese(key: str) -> str:
    """What the resident may hear in Madurese; empty where there is no sentence."""
    return _sentences().get(key, "")


@cache
def _sentences() -> dict[str, str]:
    found = json.loads(_FILE.read_text(encoding="utf-8"))["sentences"]
    return {str(key): str(sentence) for key, sentence in found.items()}
