"""`dekat signer show|check|learn`: what signs this office's documents, and whether it could now."""

import argparse
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dekat.adapters.signer.proof import certificates_of
from dekat.documents import ports, queries, rules
from dekat.documents.ports import SignerCard
from dekat.faces.clock import now

KINDS = {
    "trial": "otoritas uji coba di komputer ini",
    "pkcs12": "berkas sertifikat (PKCS #12)",
    "pkcs11": "token (PKCS #11)",
    "bsre": "layanan BSrE, dengan frasa sandi pejabat",
}


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat signer`."""
    parser = sub.add_parser("signer", help="what signs this office's documents")
    commands = parser.add_subparsers(dest="signer_command", required=True)
    show = commands.add_parser("show", help="who signs, until when, accredited or not; 1 when it is time to renew")
    show.set_defaults(run=run_show)
    check = commands.add_parser("check", help="try everything that signing needs, without a paper; 1 when it fails")
    check.set_defaults(run=run_check)
    learn = commands.add_parser("learn", help="print the certificates in a signed PDF, for DEKAT_SIGNER_CERTIFICATE")
    learn.add_argument("file", type=Path, help="a PDF that the official signed")
    learn.set_defaults(run=run_learn)


def run_show(options: argparse.Namespace) -> int:
    """Print what signs here; 1 when its certificate ends soon or has ended."""
    return _show(queries.signer(), now())


def run_check(options: argparse.Namespace) -> int:
    """Print what signs here, then try it; a refusal is said in words by whoever runs commands."""
    ending = _show(queries.signer(), now())
    ports.authority().signer.try_out(now=now())
    print("Percobaan    : berhasil, tanpa dokumen")
    return ending


def run_learn(options: argparse.Namespace) -> int:
    """Print the signer's certificate and those above it as PEM."""
    for der in certificates_of(options.file.read_bytes()):
        print(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode(), end="")
    return 0


def _show(card: SignerCard, at: datetime) -> int:
    left = card.valid_until - at
    print(f"Cara         : {KINDS[card.kind]}")
    print(f"Nama         : {card.name}")
    print(f"Penerbit     : {card.issuer}")
    print(f"Berlaku      : {card.valid_from:%d-%m-%Y} sampai {card.valid_until:%d-%m-%Y} ({left.days} hari lagi)")
    print(f"Terakreditasi: {'ya' if card.is_accredited else 'tidak; setiap dokumen memuat SPESIMEN'}")
    print(f"Stempel waktu: {card.timestamps or 'tidak ada'}")
    if left >= rules.RENEW_BEFORE:
        return 0
    print("PERHATIAN: urus sertifikat baru sekarang. Sesudah berakhir tidak ada dokumen yang terbit.")
    return 1
