"""Where the shared study material lies, when this checkout has it."""

import os
from pathlib import Path


def shared_dir() -> Path | None:
    """The folder `shared` beside the repository (or `DEKAT_SHARED`), or None on a stranger's machine."""
    folder = Path(os.environ.get("DEKAT_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    return folder if folder.is_dir() else None
