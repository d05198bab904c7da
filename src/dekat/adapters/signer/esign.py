"""BSrE's e-sign gateway: a PDF goes there with the official's passphrase and comes back signed.

The NIK and the passphrase stand in the request and nowhere else: no log, no refusal, no file holds them. The gateway's
own words are not kept either, since they may name the official.
"""

import asyncio
import base64
import http.client
import logging
import secrets
import ssl
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from dekat.adapters.signer import proof
from dekat.adapters.signer.pades import DIGEST, add_timestamp
from dekat.adapters.signer.refusals import (
    AnswerNotPdf,
    OfficialNotReady,
    PassphraseRefused,
    ServiceAway,
    ServiceClosed,
    ServiceRefused,
)
from dekat.adapters.signer.talk import Answer, ask
from dekat.adapters.signer.timestamps import Timestamps
from dekat.documents.ports import Passphrase, PassphraseNeeded, SignerCard
from dekat.kernel.reading import read_json

logger = logging.getLogger(__name__)
LIMIT_S = 60.0
_LARGEST_PDF = 16 * 1024 * 1024
# The gateway answers in Indonesian, older ones in English; both use this word for a wrong passphrase.
_WORD_OF_THEIRS = "passphrase"


@dataclass(frozen=True, repr=False)
class Gateway:
    """Where it answers, as whom we ask, and who signs. `tls` None believes the system's authorities."""

    url: str
    user: str
    password: str
    nik: str
    tls: ssl.SSLContext | None = None
    limit_s: float = LIMIT_S


class EsignSigner:
    """An official signs through the gateway, each paper with the passphrase that they typed for it."""

    def __init__(self, gateway: Gateway, *, card: SignerCard, timestamps: Timestamps | None = None) -> None:
        self._gateway, self._card, self._timestamps = gateway, card, timestamps

    @property
    def card(self) -> SignerCard:
        """What signs."""
        return self._card

    def sign(self, pdf: bytes, *, now: datetime, passphrase: Passphrase | None = None) -> bytes:
        """Have the PDF signed invisibly; the office's timestamp follows where the gateway gave none.

        Refuses: documents.signer.passphrase_needed, documents.signer.passphrase_refused, documents.signer.service_*,
        documents.signer.answer_not_pdf, documents.signer.timestamp_*.
        """
        if passphrase is None:
            raise PassphraseNeeded
        fields = {"nik": self._gateway.nik, "passphrase": passphrase.text, "tampilan": "invisible"}
        kind, body = _form(fields, pdf)
        answer = self._ask("POST", "/api/sign/pdf", body, {"Content-Type": kind})
        if answer.status != 200:
            raise PassphraseRefused if _WORD_OF_THEIRS in _error(answer) else ServiceRefused(status=answer.status)
        if not answer.body.startswith(b"%PDF-"):
            raise AnswerNotPdf
        if self._timestamps is None or proof.has_timestamp(answer.body):
            return answer.body
        return add_timestamp(answer.body, self._timestamps(now))

    def try_out(self, *, now: datetime) -> None:
        """Ask whether the official could sign, and the timestamp authority for a timestamp.

        Refuses: documents.signer.service_*, documents.signer.official_not_ready, documents.signer.timestamp_*.
        """
        answer = self._ask("GET", f"/api/user/status/{quote(self._gateway.nik)}", None, {})
        if answer.status != 200:
            raise OfficialNotReady
        if self._timestamps is not None:
            asyncio.run(self._timestamps(now).async_timestamp(bytes(32), DIGEST))

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        gateway = self._gateway
        basic = base64.b64encode(f"{gateway.user}:{gateway.password}".encode()).decode()
        try:
            answer = ask(
                gateway.url.rstrip("/") + path,
                method=method,
                body=body,
                headers={**headers, "Authorization": f"Basic {basic}"},
                limit_s=gateway.limit_s,
                largest=_LARGEST_PDF,
                tls=gateway.tls,
            )
        except (OSError, http.client.HTTPException) as error:
            # The cause would carry the address of the request, and with it the NIK.
            logger.warning("documents.signer.service", extra={"trouble": type(error).__name__})
            raise ServiceAway from None
        if answer.status >= 500:
            logger.warning("documents.signer.service", extra={"status": answer.status})
            raise ServiceAway
        if answer.status in (401, 403):
            raise ServiceClosed
        return answer


def _form(fields: dict[str, str], pdf: bytes) -> tuple[str, bytes]:
    """A multipart body: the fields, then the file."""
    border = secrets.token_hex(24)
    field = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    parts = [field.format(border, name, value) for name, value in fields.items()]
    file = (
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="dokumen.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join(parts).encode() + file.encode() + pdf + f"\r\n--{border}--\r\n".encode()
    return f"multipart/form-data; boundary={border}", body


def _error(answer: Answer) -> str:
    try:
        found = read_json(answer.body)
    except ValueError:
        return ""
    return str(found.get("error", "")).lower() if isinstance(found, dict) else ""
