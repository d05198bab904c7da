"""What officers and checkers upload: asset lists from any spreadsheet, scans from any copier, drawings, photos."""

from dekat.documents.qr import read_qr
from dekat.documents.upload import codes_in
from dekat.equipment.drawing import as_svg
from dekat.equipment.list_import import dry_run
from dekat.equipment.papers import cleaned
from fuzz.world import NOW, World


def check_asset_list(_world: World, data: bytes) -> None:
    """An older asset list, XLSX or CSV, in the dry run that comes before every import."""
    dry_run(data, today=NOW.date())


def open_paper(_world: World, data: bytes) -> None:
    """A scan of a contract or a BAST: PDF, JPEG or PNG."""
    cleaned(data)


def draw_signature(_world: World, data: bytes) -> None:
    """The strokes of a signature pad."""
    as_svg(data.decode("utf-8", "replace"))


def read_label(_world: World, data: bytes) -> None:
    """The photo of a label in a stock-take."""
    read_qr(data)


def check_paper(_world: World, data: bytes) -> None:
    """What anybody uploads to the checking page: a photo of a paper, or its scan as PDF."""
    codes_in(data)
