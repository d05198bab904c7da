"""What documents need from outside: a renderer, and at the centre the authority that signs; given by the wiring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from dekat.documents.stamp import StampKey
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError


@dataclass(frozen=True)
class Rendering:
    """A finished PDF before its signature."""

    pdf: bytes
    page_count: int


class Renderer(Protocol):
    """Turns content into a PDF/A; the same input gives the same bytes."""

    def render(
        self, *, template: str, content: Mapping[str, Json], code: str, watermark: str, at: datetime
    ) -> Rendering: ...


@dataclass(frozen=True)
class SignerCard:
    """What signs here.

    Facts: `kind` as DEKAT_SIGNER names it; `name` and `issuer` as the certificate says them; `is_accredited`: the law
    knows the certificate, everything else is printed as a specimen; `needs_passphrase`: a person signs, each act anew;
    `timestamps` is the address of the timestamp authority, `trial` for our own, empty for none.
    """

    kind: str
    name: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    is_accredited: bool
    needs_passphrase: bool
    timestamps: str


@dataclass(frozen=True, repr=False)
class Passphrase:
    """What an official types to sign. It lives as long as the act, and nothing writes it down."""

    text: str


class SignsNothing(DekatError):
    """Why this signer signs no paper at all now: the next one would meet the same."""


class PassphraseNeeded(SignsNothing):
    """An official signs here, with a passphrase that no machine knows."""

    code = "documents.signer.passphrase_needed"


class Signer(Protocol):
    """Signs PDFs for the registry office."""

    @property
    def card(self) -> SignerCard: ...

    def sign(self, pdf: bytes, *, now: datetime, passphrase: Passphrase | None = None) -> bytes:
        """Append the signature; the bytes before it stay as they are. Refuses: documents.signer.*."""
        ...

    def try_out(self, *, now: datetime) -> None:
        """Try everything that signing needs, without a paper and without a person. Refuses: documents.signer.*."""
        ...


@dataclass(frozen=True)
class Official:
    """Who answers for the office's documents, as the papers name them."""

    name: str
    nip: str
    title: str


@dataclass(frozen=True, repr=False)
class Authority:
    """What makes this machine the one that issues.

    Facts: `issuer` such as `ID-3511`; `address` of the public page, such as `https://cek.example`; `regency` as papers
    name it.
    """

    signer: Signer
    stamp_key: StampKey
    issuer: str
    address: str
    official: Official
    regency: str


@dataclass(frozen=True, repr=False)
class Workshop:
    """Where documents are made and kept. A station has no authority: it prints, it never issues."""

    renderer: Renderer
    archive: Path
    authority: Authority | None


class NotAnIssuer(DekatError):
    """This machine may not issue documents."""

    code = "documents.workshop.not_an_issuer"


def _none() -> Workshop:
    raise NotAnIssuer


_source: Callable[[], Workshop] = _none


def use_workshop(source: Callable[[], Workshop]) -> None:
    """Wire where documents are made (called once, by `project`)."""
    global _source
    _source = source


def workshop() -> Workshop:
    """This machine's workshop.

    Refuses: documents.workshop.not_an_issuer.
    """
    return _source()


def authority() -> Authority:
    """This machine's right to issue.

    Refuses: documents.workshop.not_an_issuer.
    """
    found = workshop().authority
    if found is None:
        raise NotAnIssuer
    return found
