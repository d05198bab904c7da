"""A gateway that behaves as BSrE's is described (protocols 7.7), with a mood for each trouble that it may make."""

import base64
import json
import threading
from contextlib import contextmanager
from datetime import datetime
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic

from dekat.adapters.signer.certificates import signer_card
from dekat.adapters.signer.pades import PadesSigner, PdfAWriter, in_memory
from tests.make.signing import Certifier, new_key, served

USER, PASSWORD, NIK, PASSPHRASE = "kantor", "sandi-kantor", "9911121203700001", "frasa sandi Ibu Contoh"


class Gateway:
    """`mood` says what goes wrong; `asked` are the requests without their bodies; `forms` what was posted."""

    def __init__(self, certifier: Certifier, now: datetime) -> None:
        self.mood, self.asked, self.forms, self.url = "well", [], [], ""
        self._certifier, self._now = certifier, now
        self.certificate, self._own = self._official()
        self._stranger = self._official()[1]
        self.let_go = threading.Event()

    def sign(self, form: dict[str, bytes]) -> tuple[int, str, bytes]:
        """POST /api/sign/pdf."""
        self.forms.append(form)
        if self.mood == "fails":
            return 502, "text/html", b"<h1>Bad Gateway</h1>"
        if self.mood == "refuses":
            return _error(f"Dokumen {NIK} tidak dapat diproses")
        if form["nik"].decode() != NIK or form["tampilan"] != b"invisible":
            return _error("User tidak terdaftar")
        if form["passphrase"].decode() != PASSPHRASE:
            return _error("Passphrase anda salah")
        if self.mood == "babbles":
            return 200, "application/json", b'{"id_dokumen": "1"}'
        return 200, "application/pdf", self._signed(form["file"])

    def _signed(self, sent: bytes) -> bytes:
        signer = self._stranger if self.mood == "other_hand" else self._own
        if self.mood == "other_paper":
            sent = _other(sent)
        if self.mood == "slips_in":
            sent = _slipped_in(sent)
        signed = signer.sign(sent, now=self._now)
        if self.mood == "breaks":
            # A letter within the signature's certificate; the PDF around it stays whole.
            at = signed.rindex(b"/Contents <") + 3000
            return signed[:at] + (b"1" if signed[at : at + 1] != b"1" else b"2") + signed[at + 1 :]
        return signed

    def _official(self):
        key = new_key()
        certificate = self._certifier.certify(key.public_key())
        hand = in_memory(key, certificate, [self._certifier.issuer])
        return certificate, PadesSigner(hand, card=signer_card(certificate, kind="bsre"))


def _error(text: str) -> tuple[int, str, bytes]:
    return 400, "application/json", json.dumps({"error": text, "status_code": 2031}).encode()


def _other(sent: bytes) -> bytes:
    """A paper of as many pages that says nothing of what was sent."""
    out = BytesIO()
    with pikepdf.open(BytesIO(sent)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.save(out)
    return out.getvalue()


def _slipped_in(sent: bytes) -> bytes:
    """The sent bytes, and behind them a page that shows something else."""
    writer = PdfAWriter(BytesIO(sent))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.NameObject("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 99 99 re f"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@contextmanager
def gateway(certifier: Certifier, now: datetime):
    """Run the gateway on this machine."""
    told = Gateway(certifier, now)
    basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self):
            told.asked.append(self.path)
            known = self.path == f"/api/user/status/{NIK}" and told.mood != "unknown"
            self._say(200 if known else 404, "application/json", b'{"status_code": 1111}')

        def do_POST(self):
            told.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if told.mood in ("silent", "drips"):
                self._linger(is_dripping=told.mood == "drips")
            elif self.headers["Authorization"] != basic:
                self._say(401, "application/json", b"{}")
            elif told.mood == "hangs_up":
                self.close_connection = True
            else:
                self._say(*told.sign(_form(self.headers["Content-Type"], body)))

        def _linger(self, *, is_dripping):
            if is_dripping:
                self.send_response(200)
                self.end_headers()
            while not told.let_go.wait(0.05):
                if is_dripping:
                    self.wfile.write(b"%")

        def _say(self, status, kind, content):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    with served(Desk) as url:
        told.url = url
        yield told
        told.let_go.set()


def _form(kind: str, body: bytes) -> dict[str, bytes]:
    whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    return {
        part.get_param("name", header="Content-Disposition"): part.get_payload(decode=True)
        for part in whole.get_payload()
    }
