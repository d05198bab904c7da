"""Words and files that the log knows by their hash only: kept once, never with a NIK in them."""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from dekat.cases.pictures import clean_picture
from dekat.duties.models import KeptFile, Text
from dekat.kernel.errors import DekatError

# Sixteen digits, also with dots, dashes or spaces between them: a NIK or a KK number.
_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?!\d)")
_LARGEST_FILE = 10_000_000
_JPEG, _PDF = "image/jpeg", "application/pdf"


class TextEmpty(DekatError):
    """Something must be written here."""

    code = "duties.text.empty"


class TextHoldsNumber(DekatError):
    """The text holds sixteen digits, which is somebody's NIK or KK number; the log is public."""

    code = "duties.text.holds_number"


class FileTooLarge(DekatError):
    """The file is larger than what is kept."""

    code = "duties.file.too_large"


def keep_text(body: str, *, now: datetime) -> str:
    """Keep what was written; give its SHA-256 in hex.

    Again: the same words are kept once.
    Refuses: duties.text.empty, duties.text.holds_number.
    """
    words = body.strip().replace("\r\n", "\n")
    if not words:
        raise TextEmpty
    if _NUMBER_OF_A_PERSON.search(words):
        raise TextHoldsNumber
    digest = sha256(words.encode()).hexdigest()
    Text.objects.get_or_create(sha256=digest, defaults={"body": words, "kept_at": now})
    return digest


def keep_file(raw: bytes, *, now: datetime) -> str:
    """Keep a PDF as it is, a picture without its place and time; give the SHA-256 in hex of what is kept.

    Refuses: duties.file.too_large, cases.attachment.not_a_picture.
    """
    if len(raw) > _LARGEST_FILE:
        raise FileTooLarge(most_mb=_LARGEST_FILE // 1_000_000)
    is_pdf = raw.startswith(b"%PDF-")
    content = raw if is_pdf else clean_picture(raw)
    digest = sha256(content).hexdigest()
    defaults = {"content": content, "media_type": _PDF if is_pdf else _JPEG, "kept_at": now}
    KeptFile.objects.get_or_create(sha256=digest, defaults=defaults)
    return digest


def texts(digests: Iterable[str]) -> dict[str, str]:
    """The words behind these hashes; one that is not here is left out."""
    wanted = {digest for digest in digests if digest}
    return dict(Text.objects.filter(sha256__in=wanted).values_list("sha256", "body"))


def file_of(digest: str) -> tuple[bytes, str] | None:
    """A kept file and its media type."""
    row = KeptFile.objects.filter(sha256=digest).first()
    return (bytes(row.content), row.media_type) if row else None


def without_numbers(words: str) -> str:
    """Words of somebody who was not warned, fit for others to read."""
    return _NUMBER_OF_A_PERSON.sub("[nomor tidak ditampilkan]", words)
