"""How often one address may ask in an hour; enough for a family or a village office, too little for guessing."""

from django.core.cache import cache
from django.http import HttpRequest

from dekat.kernel.errors import DekatError

_HOUR_S = 3600


class TooOften(DekatError):
    """This address asked more often than people do."""

    code = "faces.resident.too_often"


def count_request(request: HttpRequest, *, name: str, per_hour: int) -> None:
    """Count one request of this address.

    Facts: counted in this process's memory; a restart forgives.
    Refuses: faces.resident.too_often.
    """
    key = f"quota/{name}/{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=_HOUR_S)
    if cache.incr(key) > per_hour:
        raise TooOften
