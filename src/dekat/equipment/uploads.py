"""Lists between upload and confirmation: kept by their SHA-256, gone after a while."""

import re
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_KEPT_S = 7 * 24 * 3600


def keep_upload(content: bytes) -> str:
    """Keep a list until somebody confirms it; give its SHA-256. Lists that nobody confirmed in a week go.

    Again: the same file is kept once.
    """
    digest = sha256(content).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _KEPT_S:
            old.unlink(missing_ok=True)
    (folder / digest).write_bytes(content)
    return digest


def read_upload(digest: str) -> bytes | None:
    """A list that was uploaded; None when it is gone."""
    path = _folder() / digest
    return path.read_bytes() if re.fullmatch(r"[0-9a-f]{64}", digest) and path.is_file() else None


def _folder() -> Path:
    folder: Path = settings.ENV.data_dir / "asset-lists"
    return folder
