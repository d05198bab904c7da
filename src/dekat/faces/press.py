"""The id that a page gave to its press, so that the same press twice is one."""

from uuid import UUID

from django.http import HttpRequest

from dekat.faces.clock import now
from dekat.kernel.ids import new_id


def press_id(request: HttpRequest, field: str) -> UUID:
    """The id in a field of the form; a form without one is a new press."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        return new_id(now())
