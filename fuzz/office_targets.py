"""What officers upload at the centre: asset lists from anybody's spreadsheet, scans from any copier."""

from dekat.equipment.list_import import dry_run
from dekat.equipment.papers import cleaned
from fuzz.world import NOW, World


def check_asset_list(_world: World, data: bytes) -> None:
    """An older asset list, XLSX or CSV, in the dry run that comes before every import."""
    dry_run(data, today=NOW.date())


def open_paper(_world: World, data: bytes) -> None:
    """A scan of a contract or a BAST: PDF, JPEG or PNG."""
    cleaned(data)
