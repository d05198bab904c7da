"""The folder of signed files. A file is named by its document and its own SHA-256, so nothing is ever overwritten."""

import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from dekat.kernel.errors import DekatError


class FileDamaged(DekatError):
    """The file on the disk is no longer the one that was signed."""

    code = "documents.file.damaged"


class FileMissing(DekatError):
    """The file of this document is not on this machine."""

    code = "documents.file.missing"


def keep(folder: Path, document_id: UUID, content: bytes) -> str:
    """Put a file on the disk so that it survives a power cut; give its SHA-256.

    Again: the same content is the same file.
    """
    digest = sha256(content).hexdigest()
    path = _path(folder, document_id, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)
    return digest


def read(folder: Path, document_id: UUID, digest: str) -> bytes:
    """The file exactly as it was signed.

    Refuses: documents.file.missing, documents.file.damaged.
    """
    try:
        content = _path(folder, document_id, digest).read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(document=str(document_id)) from error
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(document=str(document_id))
    return content


def keep_only(folder: Path, document_id: UUID, digest: str) -> None:
    """Remove what unfinished attempts at the same document left behind."""
    kept = _path(folder, document_id, digest)
    for path in kept.parent.glob(f"{document_id}-*"):
        if path != kept:
            path.unlink(missing_ok=True)


def _path(folder: Path, document_id: UUID, digest: str) -> Path:
    # The last two letters of a UUIDv7 are random: 256 even drawers.
    return folder / document_id.hex[-2:] / f"{document_id}-{digest[:32]}.pdf"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
