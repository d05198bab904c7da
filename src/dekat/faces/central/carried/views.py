"""Take in what a stick brings, through the same door as the line, and give the receipts back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.faces.access import open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_of
from dekat.sync import carried, stick
from dekat.sync.carried import Carried


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The sticks at this server, and the way through the browser."""
    return render(request, "central/carried/index.html", {"sticks": _sticks()})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def read_stick(request: HttpRequest) -> HttpResponse:
    """Take in a stick that stands in this server; receipts and the feed are written onto it."""
    path = {str(path): path for path in _sticks()}.get(request.POST.get("path", ""))
    if path is None:
        return redirect("office-sticks")
    return _done(request, carried.take_stick(path, now=now()), is_on_stick=True)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in packets that the officer chose on the stick; the receipts come back as one file."""
    found = Carried()
    for file in request.FILES.getlist("packets"):
        with _on_disk(file) as path:
            carried.take_file(path, str(file.name), found, now=now())
    return _done(request, found, is_on_stick=False)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def receipts_file(request: HttpRequest) -> HttpResponse:
    """The receipts as a file; each is signed, so nothing depends on who hands it back."""
    response = HttpResponse(request.POST.get("bundle", ""), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{now():%Y%m%d-%H%M%S}.json"'
    return response


def _sticks() -> list[Path]:
    return [path for path in stick.sticks(settings.ENV.usb_folders) if (path / stick.ROOT / stick.MARK).exists()]


def _done(request: HttpRequest, found: Carried, *, is_on_stick: bool) -> HttpResponse:
    # Where the stick took nothing, the receipts go back by hand as one file.
    is_by_hand = found.receipts and not (is_on_stick and found.is_written)
    refused = [(one.name, words_of(one.code, one.facts)) for one in found.refused]
    values = {
        "new": found.done["new"],
        "known": found.done["known"],
        "nodes": found.nodes,
        "refused": refused,
        "is_on_stick": is_on_stick and found.is_written,
        "is_stick_full": is_on_stick and not found.is_written,
        "bundle": carried.bundle(found.receipts).decode() if is_by_hand else "",
    }
    return render(request, "central/carried/done.html", values)


@contextmanager
def _on_disk(file: "UploadedFile[bytes]") -> Iterator[Path]:
    with NamedTemporaryFile(suffix=".dkp") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        yield Path(kept.name)
