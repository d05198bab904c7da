"""The files of instructions, for whoever may read instructions, at a station and at the centre."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dekat.duties import queries as duties
from dekat.duties.files import content_of
from dekat.faces.access import EVERY_ROLE, STATION, open_to


@open_to(*STATION)
@require_GET
def file_at_station(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture or video of an instruction, for whoever serves the kecamatan."""
    return _file(request, sha256)


@open_to(*EVERY_ROLE)
@require_GET
def file_at_centre(request: HttpRequest, sha256: str) -> HttpResponse:
    """The same, for whoever writes or oversees."""
    return _file(request, sha256)


def _file(request: HttpRequest, sha256: str) -> HttpResponse:
    kept = duties.instruction_file(sha256)
    content = content_of(sha256) if kept else None
    if kept is None or content is None:
        raise Http404
    # The name is the hash of the bytes, so a browser may keep them.
    start, end = _span(request.headers.get("Range", ""), len(content))
    is_whole = (start, end) == (0, len(content))
    response = HttpResponse(content[start:end], status=200 if is_whole else 206, content_type=kept.type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    if not is_whole:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return response


def _span(asked: str, size: int) -> tuple[int, int]:
    """The one range that a player asks for; everything when it asks for none, or for what is not there."""
    unit, _, wanted = asked.partition("=")
    first, _, last = wanted.partition("-")
    if unit != "bytes" or not first.isdecimal() or int(first) >= size:
        return 0, size
    return int(first), min(int(last) + 1, size) if last.isdecimal() and int(last) >= int(first) else size
