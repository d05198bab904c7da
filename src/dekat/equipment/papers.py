"""Scans of papers as evidence: checked, kept under their SHA-256, named by an event."""

import os
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pikepdf
from django.conf import settings
from pikepdf.exceptions import PikepdfError
from PIL import Image, ImageOps, UnidentifiedImageError

from dekat.accounts.actor import Actor
from dekat.equipment.kinds import PaperKind
from dekat.equipment.models import Contract, Device, Paper
from dekat.equipment.procurement import ContractUnknown
from dekat.equipment.saying import DeviceUnknown, say
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError

MOST_BYTES = 8 * 1024 * 1024
_MOST_PIXELS = 50_000_000
_MOST_PAGES = 200
# An A4 page at 300 dots per inch has 3508.
_LARGEST_SIDE = 3600
_SHRINKABLE = ("L", "RGB", "CMYK")
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class PaperUnreadable(DekatError):
    """The file is no PDF, JPEG or PNG that opens, or it is too large."""

    code = "equipment.paper.unreadable"


class PaperDamaged(DekatError):
    """The file on the disk is no longer the one that was attached, or it is gone."""

    code = "equipment.paper.damaged"


def attach_paper(*, subject: str, kind: PaperKind, number: str, content: bytes, actor: Actor, now: datetime) -> str:
    """Keep a scan beside a contract or a device; give its SHA-256.

    Facts: `subject` is `contract:NUMBER` or `device:SERIAL`. A PDF is kept as it came; a picture is written
    anew, without the place, time and device of its camera.
    Again: the same file for the same subject and kind changes nothing.
    Refuses: equipment.paper.unreadable, equipment.contract.unknown, equipment.device.unknown.
    """
    what, _, key = subject.partition(":")
    is_contract = what == "contract"
    if is_contract and not Contract.objects.filter(number=key).exists():
        raise ContractUnknown(contract=key)
    if not is_contract and not Device.objects.filter(serial=key).exists():
        raise DeviceUnknown(serial=key)
    kept, media_type = cleaned(content)
    digest = sha256(kept).hexdigest()
    _keep(digest, kept)
    if not Paper.objects.filter(subject=subject, kind=kind, sha256=digest).exists():
        data: dict[str, Json] = {"paper": str(kind), "sha256": digest, "media_type": media_type}
        data |= {"size_bytes": len(kept)} | ({"number": number} if number else {})
        say("paper.attached", subject, data, actor, now)
    return digest


def read_paper(event_id: UUID) -> tuple[bytes, str] | None:
    """A scan exactly as it was attached, and its media type; None when nobody attached it.

    Refuses: equipment.paper.damaged.
    """
    row = Paper.objects.filter(event_id=event_id).first()
    if row is None:
        return None
    try:
        content = _path(row.sha256).read_bytes()
    except FileNotFoundError as error:
        raise PaperDamaged(sha256=row.sha256[:12]) from error
    if sha256(content).hexdigest() != row.sha256:
        raise PaperDamaged(sha256=row.sha256[:12])
    return content, row.media_type


def cleaned(content: bytes) -> tuple[bytes, str]:
    """The bytes to keep and what they are, found by opening them; a name or a browser's word is not believed.

    Refuses: equipment.paper.unreadable.
    """
    if len(content) > MOST_BYTES:
        raise PaperUnreadable
    try:
        return _pdf(content) if content.startswith(b"%PDF-") else _picture(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PaperUnreadable from error


def _pdf(content: bytes) -> tuple[bytes, str]:
    try:
        with pikepdf.open(BytesIO(content)) as opened:
            if not 0 < len(opened.pages) <= _MOST_PAGES:
                raise PaperUnreadable
    except PikepdfError as error:
        raise PaperUnreadable from error
    return content, "application/pdf"


def _picture(content: bytes) -> tuple[bytes, str]:
    with Image.open(BytesIO(content), formats=list(_PICTURES)) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise PaperUnreadable
        kind = str(opened.format)
        # Each step makes a copy, so the first one is to shrink; what has a palette or more bits is converted before.
        small = opened if opened.mode in _SHRINKABLE else opened.convert("RGB")
        small.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
        upright = ImageOps.exif_transpose(small).convert("RGB")
    out = BytesIO()
    upright.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}), optimize=True)
    return out.getvalue(), _PICTURES[kind]


def _path(digest: str) -> Path:
    folder: Path = settings.ENV.data_dir / "papers"
    return folder / digest[:2] / digest


def _keep(digest: str, content: bytes) -> None:
    path = _path(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
