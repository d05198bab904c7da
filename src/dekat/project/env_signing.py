"""What signs the office's documents, as its settings say."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dekat.project.setting_text import WrongSetting, existing_file, secret, url

TRIAL, PKCS12, PKCS11, BSRE = "trial", "pkcs12", "pkcs11", "bsre"
KINDS = (TRIAL, PKCS12, PKCS11, BSRE)
# What each kind cannot do without.
_NEEDS = {
    TRIAL: (),
    PKCS12: ("DEKAT_SIGNER_P12",),
    PKCS11: ("DEKAT_SIGNER_CERTIFICATE", "DEKAT_PKCS11_MODULE", "DEKAT_PKCS11_TOKEN", "DEKAT_PKCS11_KEY"),
    BSRE: ("DEKAT_SIGNER_CERTIFICATE", "DEKAT_BSRE_URL", "DEKAT_BSRE_USER"),
}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, repr=False)
class Signing:
    """How the office signs.

    Facts: `certificate` is the signer's with those above it; `accredited_roots` are the roots that the law knows;
    `timestamp_roots` those whose timestamps are believed.
    """

    kind: str
    p12: Path | None
    passphrase: str
    certificate: Path | None
    accredited_roots: Path | None
    pkcs11_module: Path | None
    pkcs11_token: str
    pkcs11_key: str
    pkcs11_pin: str
    bsre_url: str
    bsre_user: str
    bsre_password: str
    bsre_nik: str
    bsre_ca: Path | None
    timestamp_url: str
    timestamp_roots: Path | None


def read_signing() -> Signing:
    """Read and check them; what a kind needs and lacks stops the start."""
    return Signing(
        kind=_kind(),
        p12=existing_file("DEKAT_SIGNER_P12"),
        passphrase=secret("DEKAT_SIGNER_PASSPHRASE"),
        certificate=existing_file("DEKAT_SIGNER_CERTIFICATE"),
        accredited_roots=existing_file("DEKAT_ACCREDITED_ROOTS"),
        pkcs11_module=existing_file("DEKAT_PKCS11_MODULE"),
        pkcs11_token=os.environ.get("DEKAT_PKCS11_TOKEN", ""),
        pkcs11_key=os.environ.get("DEKAT_PKCS11_KEY", ""),
        pkcs11_pin=secret("DEKAT_PKCS11_PIN"),
        bsre_url=_closed_url("DEKAT_BSRE_URL"),
        bsre_user=os.environ.get("DEKAT_BSRE_USER", ""),
        bsre_password=secret("DEKAT_BSRE_PASSWORD"),
        bsre_nik=_nik("DEKAT_BSRE_NIK"),
        bsre_ca=existing_file("DEKAT_BSRE_CA"),
        timestamp_url=url("DEKAT_TIMESTAMP_URL", "https", "http"),
        timestamp_roots=existing_file("DEKAT_TIMESTAMP_ROOTS"),
    )


def _kind() -> str:
    kind = os.environ.get("DEKAT_SIGNER", TRIAL)
    if kind not in KINDS:
        raise WrongSetting(f"DEKAT_SIGNER must be one of {', '.join(KINDS)}, not {kind!r}.")
    if kind == TRIAL and os.environ.get("DEKAT_SIGNER_P12"):
        raise WrongSetting("DEKAT_SIGNER_P12 is set, so set DEKAT_SIGNER=pkcs12 too; without it the trial would sign.")
    lacking = [name for name in _NEEDS[kind] if not os.environ.get(name)]
    if kind == BSRE and not secret("DEKAT_BSRE_NIK"):
        lacking.append("DEKAT_BSRE_NIK_FILE")
    if lacking:
        raise WrongSetting(f"DEKAT_SIGNER={kind} needs {', '.join(lacking)}.")
    return kind


def _closed_url(name: str) -> str:
    """The passphrase of an official goes there, so nobody on the way may read it."""
    text = url(name, "https", "http")
    if text.startswith("http://") and urlsplit(text).hostname not in _LOOPBACK:
        raise WrongSetting(f"{name} must begin with https://, or be on this machine: passphrases go there.")
    return text


def _nik(name: str) -> str:
    text = secret(name)
    if text and not (text.isascii() and text.isdigit() and len(text) == 16):
        raise WrongSetting(f"{name} must be the 16 digits of the signing official's NIK.")
    return text
