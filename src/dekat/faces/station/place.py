"""Where the operator records today: at the counter or on a home visit. Chosen once, it holds until midnight."""

from django.http import HttpRequest

from dekat.enrolment.states import Place
from dekat.faces.clock import now, today

_CHOSEN = "recording_place"


def place_of(request: HttpRequest) -> Place:
    """What was chosen today; the counter when nothing was."""
    chosen = request.session.get(_CHOSEN)
    if isinstance(chosen, dict) and chosen.get("on") == today(now()).isoformat() and chosen.get("place") in Place:
        return Place(chosen["place"])
    return Place.COUNTER


def choose_place(request: HttpRequest, place: Place) -> None:
    """Keep the choice for the rest of the day."""
    request.session[_CHOSEN] = {"place": str(place), "on": today(now()).isoformat()}
