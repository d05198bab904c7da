"""Refusals become words and a status in one place, `page`; this brings those of views there."""

import errno
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from dekat.faces.refusals.page import refused
from dekat.kernel.errors import DekatError
from dekat.sync import ballast
from dekat.sync.damage import DatabaseDamaged, is_damage


class DiskFull(DekatError):
    """This machine has no room left; what was saved before stays, what was being saved was undone whole."""

    code = "faces.disk_full"


class ReserveOpened(DekatError):
    """This machine has no room left; what was being saved was undone whole, and the same press has room now."""

    code = "faces.reserve_opened"


class RefusalsInWords:
    """Turn a `DekatError` that reaches the top into a page with what happened and what to do now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_damage(error):
            return refused(request, DatabaseDamaged())
        if _is_disk_full(error):
            return refused(request, ReserveOpened() if ballast.release() else DiskFull())
        return refused(request, error) if isinstance(error, DekatError) else None


def _is_disk_full(error: Exception) -> bool:
    if isinstance(error, OperationalError):
        # SQLite and PostgreSQL have no common code for it, only these words of their own.
        return "disk is full" in str(error) or "No space left" in str(error)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
