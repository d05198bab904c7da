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


class TooManyWrong(DekatError):
    """The numbers of this application were wrong more often than people mistype."""

    code = "faces.resident.too_many_wrong"


def refuse_after_wrong(*, what: str, most: int) -> None:
    """Say nothing while `what` was answered wrongly fewer than `most` times in an hour, from whatever addresses.

    Refuses: faces.resident.too_many_wrong.
    """
    if cache.get(_wrong(what), 0) >= most:
        raise TooManyWrong


def count_wrong(*, what: str) -> None:
    """Count one wrong answer to `what`."""
    cache.add(_wrong(what), 0, timeout=_HOUR_S)
    cache.incr(_wrong(what))


def _wrong(what: str) -> str:
    return f"wrong/{what}"
