"""Make the signed file of an intent. Slow, outside every transaction, and harmless to do twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.documents import archive, contents, ports, rules
from dekat.documents.kinds import DocumentKind, SheetKind
from dekat.documents.papers import PAPERS
from dekat.documents.ports import Passphrase, PassphraseNeeded, Rendering
from dekat.documents.stamp import Stamp, as_code, encode
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import spaced

# The register's column; a certificate's name may be longer.
SIGNER_LETTERS = 200


class PagesWrong(DekatError):
    """The paper came out with another number of pages than its content needs."""

    code = "documents.render.pages_wrong"


@dataclass(frozen=True)
class Draft:
    """Everything the file is made of."""

    document_id: UUID
    kind: DocumentKind
    serial: str
    content: Mapping[str, Json]
    at: datetime


@dataclass(frozen=True)
class Made:
    """The file that now lies on the disk."""

    pdf: bytes
    sha256: str
    page_count: int
    stamp: bytes
    signer: str
    is_specimen: bool


def make(draft: Draft, *, now: datetime, passphrase: Passphrase | None = None) -> Made:
    """Stamp, render, sign and keep the file.

    Refuses: documents.workshop.not_an_issuer, documents.content.incomplete, documents.render.pages_wrong, and what the
    renderer and the signer refuse.
    """
    authority = ports.authority()
    signer = authority.signer.card
    if signer.needs_passphrase and passphrase is None:
        raise PassphraseNeeded
    stamp = encode(_stamp(draft, authority.issuer), authority.stamp_key)
    rendering = _render(
        draft.kind,
        content={**draft.content, "serial": spaced(draft.serial)},
        shaped=draft.content,
        code=as_code(stamp, address=authority.address),
        watermark="" if signer.is_accredited else rules.SPECIMEN,
        at=draft.at,
    )
    pdf = authority.signer.sign(rendering.pdf, now=now, passphrase=passphrase)
    return Made(
        pdf=pdf,
        sha256=archive.keep(ports.workshop().archive, draft.document_id, pdf),
        page_count=rendering.page_count,
        stamp=stamp,
        signer=signer.name[:SIGNER_LETTERS],
        is_specimen=not signer.is_accredited,
    )


def render_sheet(*, kind: SheetKind, content: Mapping[str, Json], code: str, is_sample: bool, now: datetime) -> bytes:
    """Draw a receipt or a label; nobody signs or registers it.

    Facts: `code` is what its QR says, for example the address of the tracking page with the receipt's number.
    Refuses: documents.content.incomplete, documents.render.pages_wrong, and what the renderer refuses.
    """
    watermark = rules.SPECIMEN if is_sample else ""
    return _render(kind, content=content, shaped=content, code=code, watermark=watermark, at=now).pdf


def _render(
    kind: DocumentKind | SheetKind,
    *,
    content: Mapping[str, Json],
    shaped: Mapping[str, Json],
    code: str,
    watermark: str,
    at: datetime,
) -> Rendering:
    contents.check(kind, shaped)
    rendering = ports.workshop().renderer.render(
        template=PAPERS[kind].template, content=content, code=code, watermark=watermark, at=at
    )
    expected = contents.expected_pages(kind, shaped)
    if expected is not None and rendering.page_count != expected:
        raise PagesWrong(expected=expected, found=rendering.page_count)
    return rendering


def _stamp(draft: Draft, issuer: str) -> Stamp:
    return Stamp(
        issuer=issuer,
        issued_at=draft.at,
        document_id=draft.document_id,
        kind=draft.kind.value,
        number_tail=contents.number_tail(draft.kind, draft.content),
        initials=contents.initials(draft.kind, draft.content),
        count=contents.counted(draft.kind, draft.content),
        content_hash=rules.content_hash(draft.kind, draft.content),
        serial=draft.serial,
    )
