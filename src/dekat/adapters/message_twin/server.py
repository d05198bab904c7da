"""Takes e-mail by SMTP and texts by HTTP as the real ones do, keeps them, and shows them; fails when it is told to.

    python -m dekat.adapters.message_twin.server --http 8060 --smtp 8061

`GET /` shows what came, newest first; `GET /messages` gives it as JSON. `POST /control {"is_out": true}` makes it
answer 503 and 421; `{"refuses": "+628…"}` makes it refuse one address for good. A text whose id it knows is taken and
not kept twice, as a gateway does that reads `Idempotency-Key`.
"""

import argparse
import json
import socketserver
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LARGEST = 256 * 1024
_KEPT = 500


@dataclass(frozen=True)
class Came:
    """One text as it arrived."""

    channel: str
    id: str
    to: str
    subject: str
    text: str
    at: str


class MessageTwin:
    """What came in, and how it behaves."""

    def __init__(self) -> None:
        self.is_out, self.refuses, self.token = False, "", ""
        self._lock = threading.Lock()
        self._came: dict[str, Came] = {}

    def take(self, channel: str, name: str, to: str, subject: str, text: str) -> None:
        """Keep a text once."""
        with self._lock:
            self._came.setdefault(name, Came(channel, name, to, subject, text, datetime.now(UTC).isoformat()))
            for old in list(self._came)[:-_KEPT]:
                del self._came[old]

    def came(self) -> list[Came]:
        """Everything that came, newest first."""
        with self._lock:
            return list(reversed(self._came.values()))


def serve_http(twin: MessageTwin, port: int) -> ThreadingHTTPServer:
    """Make the gateway's server; the caller runs and ends it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/messages":
                self._answer(200, json.dumps([asdict(one) for one in twin.came()]), "application/json")
            else:
                self._answer(200, _page(twin.came()), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), _LARGEST)) or b"{}")
            if self.path == "/control":
                twin.is_out = bool(body.get("is_out", twin.is_out))
                twin.refuses = str(body.get("refuses", twin.refuses))
                self._answer(200, "{}", "application/json")
                return
            self._take(body)

        def _take(self, body: dict[str, object]) -> None:
            name, to, text = self.headers.get("Idempotency-Key", ""), str(body.get("to", "")), _text_in(body)
            if twin.is_out:
                self._answer(503, "{}", "application/json")
            elif twin.token and self.headers.get("Authorization") != f"Bearer {twin.token}":
                self._answer(401, "{}", "application/json")
            elif not (name and to and text) or to.lstrip("+") == twin.refuses.lstrip("+"):
                self._answer(400, "{}", "application/json")
            else:
                is_whatsapp = body.get("messaging_product") == "whatsapp"
                twin.take("WHATSAPP" if is_whatsapp else "SMS", name, to, "", text)
                self._answer(200, json.dumps({"messages": [{"id": f"twin.{name}"}]}), "application/json")

        def _answer(self, status: int, text: str, kind: str) -> None:
            raw = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: texts name offices."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class _Smtp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def serve_smtp(twin: MessageTwin, port: int) -> socketserver.ThreadingTCPServer:
    """Make the mail server; the caller runs and ends it."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say(421 if twin.is_out else 220, "twin")
            to = ""
            while not twin.is_out and (line := self.rfile.readline(_LARGEST)):
                verb, _, rest = line.decode(errors="replace").strip().partition(" ")
                match verb.upper():
                    case "RCPT":
                        to = rest.partition("<")[2].partition(">")[0]
                        self._say(*((550, "no such mailbox") if to == twin.refuses else (250, "ok")))
                    case "DATA":
                        self._say(354, "go on")
                        self._take(to)
                        self._say(250, "taken")
                    case "QUIT":
                        self._say(221, "bye")
                        return
                    case "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP":
                        self._say(250, "ok")
                    case _:
                        self._say(502, "not here")

        def _take(self, to: str) -> None:
            lines = list[bytes]()
            while (line := self.rfile.readline(_LARGEST)) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            letter = message_from_bytes(b"".join(lines), policy=default)
            text = letter.get_content()
            twin.take(
                "EMAIL", str(letter["Message-ID"]), to, str(letter["Subject"]), str(text).replace("\r\n", "\n").strip()
            )

        def _say(self, code: int, text: str) -> None:
            self.wfile.write(f"{code} {text}\r\n".encode())

    return _Smtp(("127.0.0.1", port), Handler)


def _text_in(body: dict[str, object]) -> str:
    """The text of an SMS, of a WhatsApp text or of a WhatsApp template."""
    inner = body.get("text")
    if isinstance(inner, dict):
        return str(inner.get("body", ""))
    if isinstance(inner, str):
        return inner
    shape = body.get("template")
    try:
        return str(shape["components"][0]["parameters"][0]["text"]) if isinstance(shape, dict) else ""
    except (KeyError, IndexError, TypeError):
        return ""


def _page(came: list[Came]) -> str:
    rows = "".join(
        f"<article><h2>{escape(one.channel)} → {escape(one.to)}</h2><p><small>{escape(one.at)}</small></p>"
        f"<h3>{escape(one.subject)}</h3><pre>{escape(one.text)}</pre></article>"
        for one in came
    )
    empty = "<p>Belum ada pesan.</p>"
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Pesan contoh</title><h1>Pesan yang keluar (contoh, tidak dikirim ke siapa pun)</h1>{rows or empty}"
    )


def main() -> None:
    """Run both servers until they are stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--http", type=int, default=8060)
    parser.add_argument("--smtp", type=int, default=8061)
    options = parser.parse_args()
    twin = MessageTwin()
    threading.Thread(target=serve_smtp(twin, options.smtp).serve_forever, daemon=True).start()
    serve_http(twin, options.http).serve_forever()


if __name__ == "__main__":
    main()
