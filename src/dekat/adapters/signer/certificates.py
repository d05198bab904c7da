"""Certificates from files, and what they say about a signer."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from dekat.adapters.signer.refusals import CertificateExpired, CertificateUnreadable
from dekat.documents.ports import SignerCard

Chain = Sequence[x509.Certificate]


def read_certificates(path: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file, at least one, in its order.

    Refuses: documents.signer.certificate_unreadable.
    """
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CertificateUnreadable from error


def signer_card(
    certificate: x509.Certificate,
    *,
    kind: str,
    is_accredited: bool = False,
    needs_passphrase: bool = False,
    timestamps: str = "",
) -> SignerCard:
    """Who signs with this certificate."""
    return SignerCard(
        kind=kind,
        name=said(asn1(certificate).subject),
        issuer=said(asn1(certificate).issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        is_accredited=is_accredited,
        needs_passphrase=needs_passphrase,
        timestamps=timestamps,
    )


def refuse_expired(certificate: x509.Certificate, now: datetime) -> None:
    """Refuses: documents.signer.certificate_expired."""
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise CertificateExpired(until=certificate.not_valid_after_utc.date().isoformat())


def ends_in(roots: Chain, *, certificate: x509.Certificate, chain: Chain, now: datetime) -> bool:
    """Whether an unbroken chain leads from the certificate to one of the roots; without roots there is none."""
    if not roots:
        return False
    # A day is chosen on which the certificate held, so that one that ran out is called that and not foreign.
    moment = min(max(now, certificate.not_valid_before_utc), certificate.not_valid_after_utc)
    trusted = trust_in(roots, chain=chain, now=moment)
    try:
        asyncio.run(CertificateValidator(asn1(certificate), validation_context=trusted).async_validate_path())
    except (PathBuildingError, ValidationError):
        return False
    return True


def trust_in(roots: Chain, *, chain: Chain = (), now: datetime) -> ValidationContext:
    """What a checker needs who believes these roots and fetches nothing."""
    return ValidationContext(
        trust_roots=[asn1(root) for root in roots],
        other_certs=[asn1(one) for one in chain],
        moment=now,
        allow_fetching=False,
    )


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate as pyHanko wants it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def said(name: asn1_x509.Name) -> str:
    """A name as people say it: the common name, else the organisation, else all of it."""
    parts = name.native
    return str(parts.get("common_name") or parts.get("organization_name") or name.human_friendly)
