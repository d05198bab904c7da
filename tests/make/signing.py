"""An authority as BSrE could be, with the people it certifies; and a timestamp authority that answers."""

import asyncio
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from dekat.adapters.signer.trial_authority import trial_timestamps

OFFICIAL = "CONTOH PEJABAT"


class Certifier:
    """A root and an authority below it. `roots` and `chain` are what the office is given as files."""

    def __init__(self, folder: Path, now: datetime, name: str = "Akar Contoh") -> None:
        self._folder, self._now = folder, now
        root_key, self._key = new_key(), new_key()
        self.root = self._made(name, root_key.public_key(), name, root_key, days=9999, is_authority=True)
        self._name = f"{name} Penerbit"
        self.issuer = self._made(self._name, self._key.public_key(), name, root_key, days=9999, is_authority=True)
        self.roots = self._file("root.pem", self.root)

    def certify(self, public, name: str = OFFICIAL, days: int = 365) -> x509.Certificate:
        """A certificate that signs documents."""
        return self._made(name, public, self._name, self._key, days=days, is_authority=False)

    def chain_file(self, certificate: x509.Certificate) -> Path:
        """The certificate with the authority above it, as DEKAT_SIGNER_CERTIFICATE wants them."""
        return self._file(f"{certificate.serial_number:x}.pem", certificate, self.issuer)

    def p12(self, passphrase: str, key=None, **about) -> Path:
        """A PKCS #12 file of somebody."""
        key = key or new_key()
        path = self._folder / "office.p12"
        held = self.certify(key.public_key(), **about)
        lock = BestAvailableEncryption(passphrase.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"tte", key, held, [self.issuer], lock))
        return path

    def _file(self, name: str, *certificates: x509.Certificate) -> Path:
        path = self._folder / name
        path.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in certificates))
        return path

    def _made(self, name, public, issuer, issuer_key, *, days, is_authority) -> x509.Certificate:
        usage = dict.fromkeys(
            ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
        )
        mine = {"digital_signature": not is_authority, "content_commitment": not is_authority}
        above = {"key_cert_sign": is_authority, "crl_sign": is_authority}
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(issuer))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=1))
            .not_valid_after(self._now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage, **mine, **above), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
            .sign(issuer_key, hashes.SHA256())
        )


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key of somebody who signs."""
    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text), x509.NameAttribute(NameOID.COUNTRY_NAME, "ID")])


class Witness:
    """A timestamp authority over HTTP; `mood` is `well`, `fails`, `silent`, `babbles` or `lies`."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.mood, self.asked = "well", 0
        self.roots = folder / "timestamps-root.pem"
        self._authority, self._now = trial_timestamps(folder, now=now), now
        self.let_go = threading.Event()
        self.url = ""

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """What it says to one request."""
        self.asked += 1
        request = tsp.TimeStampReq.load(body)
        if self.mood == "silent":
            self.let_go.wait(20)
        if self.mood == "fails":
            return 503, b""
        if self.mood == "babbles":
            return 200, b"\x30\x03\x02\x01"
        if self.mood == "lies":
            request["message_imprint"]["hashed_message"] = bytes(32)
        return 200, asyncio.run(self._authority.answer(request, self._now)).dump()


@contextmanager
def witness(folder: Path, now: datetime):
    """Run a timestamp authority on this machine."""
    told = Witness(folder, now)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content = told.answer(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    with served(Desk) as url:
        told.url = url
        yield told
        told.let_go.set()


@contextmanager
def served(desk: type[BaseHTTPRequestHandler]):
    """A server of this desk on a free port; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
