"""Our line against what lies between: cuts at any byte, an older centre, a proxy with a limit, TLS."""

import base64
import contextlib
import secrets
import socket
import threading
from hashlib import sha256

import pytest
from bench.rig.certificate import CA_FILE, make_certificate

from dekat.adapters.centre_line import packets, tls
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.stream import Stream
from dekat.adapters.centre_line.tls import Tls
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.faces.wire.server import serve_in_thread
from dekat.faces.wire.tus import Uploads
from dekat.kernel.ids import new_id
from dekat.sync import queries, services
from tests.faces.test_wire import headers, seen, server, station  # noqa: F401
from tests.make.wire import PACKETS, ask, begin, patch

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = {"Content-Type": "application/offset+octet-stream"}


class Way:
    """A TCP proxy that cuts each of its first connections after so many bytes towards the centre."""

    def __init__(self, to_port: int, cuts: list[int]) -> None:
        self._to_port, self._cuts = to_port, list(cuts)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.connections = 0
        self._live: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def cut(self) -> None:
        """Cut what is there, and whatever comes until `mend`."""
        self._cuts = [0] * 1000
        for one in self._live:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._cuts = []

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self.connections += 1
                far = socket.create_connection(("127.0.0.1", self._to_port))
                self._live += [near, far]
                left = self._cuts.pop(0) if self._cuts else 1 << 40
                threading.Thread(target=self._carry, args=(near, far, left), daemon=True).start()
                threading.Thread(target=self._carry, args=(far, near, 1 << 40), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, left: int) -> None:
        with contextlib.suppress(OSError):
            while left and (piece := source.recv(min(left, 65536))):
                sink.sendall(piece)
                left -= len(piece)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def no_breath(monkeypatch):
    monkeypatch.setattr(packets, "_BREATH_S", 0.0)


def rounds_to(port: int, now) -> Rounds:
    return Rounds(
        CentreLine(f"http://127.0.0.1:{port}", clock=lambda: now, patience_s=5), clock=lambda: now, patience_s=5
    )


def sealed(now, size: int) -> bytes:
    content = secrets.token_bytes(size)
    services.seal_packet(packet_id=new_id(now), kind="test/1", content=content, operator="", now=now)
    return content


@pytest.mark.row(20)
def test_a_line_cut_at_any_byte_brings_everything_once(server, seen, now, no_breath):  # noqa: F811
    contents = []
    for cut in (0, 1, 300, 800, 900, 1100, 1400, 1700, 2000, 2500, 3100, 3900, 4800, 5900, 6400, 6900):
        contents.append(sealed(now, 3500))
        way = Way(server.port, [cut])
        rounds = rounds_to(way.port, now)

        with contextlib.suppress(Exception):
            rounds.greet()
        rounds.send_packets()

        rounds.line.close()
        way.close()
    assert seen == contents
    assert queries.outbox_summary().waiting_count == 0


def test_packets_follow_each_other_on_one_line_without_a_question_between(server, seen, now, monkeypatch):  # noqa: F811
    asked = []
    told = Uploads.answer

    async def counted(self, question, session):
        asked.append(question.method)
        return await told(self, question, session)

    monkeypatch.setattr(Uploads, "answer", counted)
    contents = [sealed(now, size) for size in (20_000, 1, 50_000)]
    way = Way(server.port, [])

    went = rounds_to(way.port, now).send_packets()

    assert (went, seen, asked, way.connections) == (3, contents, ["POST"] * 3, 1)


def test_what_arrived_is_not_asked_about_again_after_a_break(server, seen, now, monkeypatch):  # noqa: F811
    contents = [sealed(now, 20_000), sealed(now, 8_000_000)]
    services.send_message(message_id=new_id(now), kind="test/1", body={"text": "siap"}, now=now)
    begun, batches = [], []
    told, taken = Uploads.answer, CentreLine.messages

    async def noted(self, question, session):
        begun.append(int(question.headers.get("upload-length", "0")))
        return await told(self, question, session)

    def noted_too(self, sealed):
        batches.append(len(sealed))
        return taken(self, sealed)

    monkeypatch.setattr(Uploads, "answer", noted)
    monkeypatch.setattr(CentreLine, "messages", noted_too)
    way = Way(server.port, [])
    line = CentreLine(f"http://127.0.0.1:{way.port}", clock=lambda: now, patience_s=0.3)
    rounds = Rounds(line, clock=lambda: now, patience_s=0.3, on_arrival=lambda left_count: left_count and way.cut())
    rounds.greet()
    rounds.hand_in_small()
    with pytest.raises(CentreUnreachable):
        rounds.send_packets()
    way.mend()
    first, begun_before = begun[0], len(begun)

    rounds.hand_in_small()
    rounds.send_packets()

    assert [content for content in seen if content in contents] == contents
    assert len(begun) > begun_before
    assert first not in begun[begun_before:]
    assert batches == [1]


def test_a_centre_that_ignores_bytes_with_the_announcement_gets_them_after_it(server, seen, now, monkeypatch):  # noqa: F811
    monkeypatch.setattr("dekat.faces.wire.tus.BYTES", "application/of-another-release")
    monkeypatch.setattr("dekat.faces.wire.tus.Uploads._append", _older_append)
    contents = [sealed(now, size) for size in (20_000, 30_000)]

    rounds_to(server.port, now).send_packets()

    assert seen == contents


async def _older_append(self, question, upload_id, session):
    offset = question.number("Upload-Offset", question.headers.get("upload-offset"))
    return await self._receive(question, upload_id, session, offset, may_overlap=False)


@pytest.mark.row(29)
def test_a_proxy_that_takes_only_small_bodies_gets_small_bodies(server, seen, now, monkeypatch):  # noqa: F811
    contents = [sealed(now, 150_000), sealed(now, 90_000)]
    say, refused = Stream.push, []

    def guarded(self, view):
        # What nginx says before it reads a body above its `client_max_body_size`.
        head = bytes(view[:2000]).partition(b"\r\n\r\n")[0]
        for line in head.split(b"\r\n"):
            if line.startswith(b"Content-Length: ") and int(line[16:]) > 64_000:
                refused.append(int(line[16:]))
                self.came += b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
        return say(self, view)

    monkeypatch.setattr(Stream, "push", guarded)

    rounds_to(server.port, now).send_packets()

    assert seen == contents
    # The first, the one that followed it unasked, and one half that was still too large.
    assert len(refused) == 3


def test_an_announcement_may_carry_the_bytes_and_may_be_repeated(server, station, headers, seen, now):  # noqa: F811
    packet_id = new_id(now)
    data = station.seal(b"isi" * 300, now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    patch(server, headers, place, 0, data[:500])

    status, told, _ = begin_with_bytes(server, headers, data, packet_id)
    again = begin_with_bytes(server, headers, data, packet_id)

    assert (status, told["upload-offset"], told["location"]) == (200, str(len(data)), place)
    assert again[1]["dekat-receipt"] == told["dekat-receipt"]
    assert seen == [b"isi" * 300]


def test_other_bytes_with_a_repeated_announcement_make_no_packet(server, station, headers, seen, now):  # noqa: F811
    packet_id = new_id(now)
    data = station.seal(b"isi" * 300, now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    patch(server, headers, place, 0, b"x" * 500)

    status, _, _ = begin_with_bytes(server, headers, data, packet_id)
    second, told, _ = begin_with_bytes(server, headers, data, packet_id)

    assert (status, second, "dekat-receipt" in told) == (460, 200, True)
    assert seen == [b"isi" * 300]


def begin_with_bytes(server, headers, data, packet_id):  # noqa: F811
    named = {"id": str(packet_id), "sha256": sha256(data).hexdigest()}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items())
    more = {"Upload-Length": str(len(data)), "Upload-Metadata": metadata, **BYTES}
    return ask(server, "POST", PACKETS, headers, data, **more)


@pytest.mark.parametrize(("worth_resuming_bytes", "is_resumed"), [(100, True), (100_000, False)])
def test_over_tls_the_second_connection_resumes_the_first_ones_session_where_that_is_shorter(
    identity, seen, now, tmp_path, monkeypatch, worth_resuming_bytes, is_resumed  # noqa: F811
):  # fmt: skip
    monkeypatch.setattr(tls, "_WORTH_RESUMING_BYTES", worth_resuming_bytes)
    certificate, key = make_certificate(tmp_path, "127.0.0.1")
    running = serve_in_thread(0, clock=lambda: now, certificate=certificate, key=key)
    secured, resumed = Tls.secured, []

    def watched(self, connected, host):
        wrapped = secured(self, connected, host)
        resumed.append((wrapped.version(), wrapped.session_reused))
        return wrapped

    monkeypatch.setattr(Tls, "secured", watched)
    content = sealed(now, 40_000)
    worker = SyncWorker(centre_url=f"https://127.0.0.1:{running.port}", clock=lambda: now, ca_file=tmp_path / CA_FILE)

    worker.run_once()
    worker.run_once()

    running.stop()
    assert seen == [content]
    assert resumed == [("TLSv1.3", False), ("TLSv1.3", is_resumed)]
