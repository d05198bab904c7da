"""Where this machine's documents are made: the renderer everywhere, the authority at the centre only."""

from functools import cache
from pathlib import Path

from django.conf import settings

from dekat import documents
from dekat.adapters.typst.renderer import TypstRenderer
from dekat.documents.ports import Authority, Workshop


@cache
def workshop() -> Workshop:
    """This machine's workshop, set up at its first use."""
    folder = Path(documents.__path__[0])
    return Workshop(
        renderer=TypstRenderer(templates=folder / "templates", fonts=folder / "fonts"),
        archive=settings.ENV.data_dir / "documents",
        authority=None if settings.IS_STATION else _authority(),
    )


def _authority() -> Authority:
    # A station never signs, so it never loads pyHanko.
    from dekat.project.authority import authority

    return authority()
