"""Which counter (loket) this browser works at; one unless its officer chose another."""

from django.http import HttpRequest

MOST_COUNTERS = 4
_KEY = "counter"


def counter_of(request: HttpRequest) -> int:
    """The counter of this session."""
    return int(request.session.get(_KEY, 1))


def choose_counter(request: HttpRequest, typed: str) -> None:
    """Work at another counter from now on; what names none changes nothing."""
    if typed.isdecimal() and len(typed) == 1 and 1 <= int(typed) <= MOST_COUNTERS:
        request.session[_KEY] = int(typed)
