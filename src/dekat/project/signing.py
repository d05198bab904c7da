"""The signer that the settings name, with its certificate and what the office believes."""

import ssl
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate

from dekat.adapters.signer.certificate_file import open_certificate_file
from dekat.adapters.signer.certificates import Chain, ends_in, read_certificates, signer_card
from dekat.adapters.signer.checked import CheckedSigner
from dekat.adapters.signer.esign import EsignSigner, Gateway
from dekat.adapters.signer.pades import Hand, PadesSigner, in_memory
from dekat.adapters.signer.proof import Trust
from dekat.adapters.signer.timestamps import TimestampAuthority, Timestamps
from dekat.adapters.signer.trial_authority import trial_signer, trial_timestamps
from dekat.documents.ports import Signer, SignerCard
from dekat.project.env_signing import BSRE, PKCS11, PKCS12, TRIAL, Signing


def signer_of(signing: Signing, *, folder: Path, now: datetime) -> Signer:
    """The office's signer; `folder` keeps the keys of the trial authority.

    Refuses: documents.signer.certificate_unreadable.
    """
    timestamps: Timestamps | None = TimestampAuthority(signing.timestamp_url) if signing.timestamp_url else None
    if signing.kind == TRIAL:
        timestamps = timestamps or trial_timestamps(folder, now=now)
        return trial_signer(folder, now=now, timestamps=timestamps, timestamps_from=signing.timestamp_url or TRIAL)
    if signing.kind == PKCS12:
        return _with_file(signing, timestamps, now)
    certificate, *chain = _certificates(signing.certificate)
    trust = _trust(signing, certificate, chain, now)
    card = _card(signing, trust)
    if signing.kind == PKCS11:
        return CheckedSigner(PadesSigner(_token(signing, trust), card=card, timestamps=timestamps), trust)
    return CheckedSigner(EsignSigner(_gateway(signing), card=card, timestamps=timestamps), trust)


def _with_file(signing: Signing, timestamps: Timestamps | None, now: datetime) -> Signer:
    opened = open_certificate_file(signing.p12 or Path(), passphrase=signing.passphrase)
    trust = _trust(signing, opened.certificate, opened.chain, now)
    hand = in_memory(opened.key, opened.certificate, opened.chain)
    return CheckedSigner(PadesSigner(hand, card=_card(signing, trust), timestamps=timestamps), trust)


def _trust(signing: Signing, certificate: Certificate, chain: Chain, now: datetime) -> Trust:
    roots = _certificates(signing.accredited_roots)
    return Trust(
        certificate=certificate,
        chain=chain,
        roots=roots if ends_in(roots, certificate=certificate, chain=chain, now=now) else [],
        wants_timestamp=bool(signing.timestamp_url),
        timestamp_roots=_certificates(signing.timestamp_roots),
    )


def _card(signing: Signing, trust: Trust) -> SignerCard:
    return signer_card(
        trust.certificate,
        kind=signing.kind,
        is_accredited=bool(trust.roots),
        needs_passphrase=signing.kind == BSRE,
        timestamps=signing.timestamp_url,
    )


def _token(signing: Signing, trust: Trust) -> Hand:
    # python-pkcs11 is loaded where a token was chosen, and nowhere else.
    from dekat.adapters.signer.token import TokenHand, TokenPlace

    place = TokenPlace(
        module=signing.pkcs11_module or Path(),
        token=signing.pkcs11_token,
        key=signing.pkcs11_key,
        pin=signing.pkcs11_pin,
    )
    return TokenHand(place, trust.certificate, trust.chain)


def _gateway(signing: Signing) -> Gateway:
    return Gateway(
        url=signing.bsre_url,
        user=signing.bsre_user,
        password=signing.bsre_password,
        nik=signing.bsre_nik,
        tls=ssl.create_default_context(cafile=signing.bsre_ca) if signing.bsre_ca else None,
    )


def _certificates(path: Path | None) -> list[Certificate]:
    return read_certificates(path) if path else []
