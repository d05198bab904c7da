"""A station waits when it is told to, spends no more than it may, and no clock decides anything on the line."""

import contextlib
import json
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from dekat.adapters.centre_line import worker as sync_worker
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.status import LineState
from dekat.adapters.centre_line.trouble import CentreAway, Intercepted, NotTheCentre
from dekat.adapters.centre_line.wire_talk import Reply
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.faces.wire import app as wire
from dekat.faces.wire.admission import TooManyStations
from dekat.faces.wire.server import serve_in_thread
from dekat.faces.wire.statuses import _STATUSES
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.sync import envelope, files, ports, queries, services

pytestmark = pytest.mark.django_db(transaction=True)
EVERY = queries.items_to_send
Y2000, Y2040 = datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def seen(monkeypatch):
    """What the centre's handlers were given."""
    found = []
    for table in (ports._packets, ports._messages):
        monkeypatch.setitem(table, "test/1", lambda *, item_id, node, body, now: found.append(body))
    return found


@pytest.fixture
def clock(now):
    """The centre's clock; a test may move it."""
    return {"centre": now}


@pytest.fixture
def server(identity, clock, seen):
    running = serve_in_thread(0, clock=lambda: clock["centre"])
    yield running
    running.stop()


def worker(server, *, at, **more):
    return SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: at, patience_s=1, **more)


def seal(now, content=b"p"):
    packet_id = new_id(now)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=content, operator="", now=now)
    return packet_id


@pytest.mark.row(38)
def test_a_full_centre_says_when_and_the_messages_still_go(server, seen, now, monkeypatch):
    def full(self, node, *, now_s):
        raise TooManyStations(retry_after_s=7)

    monkeypatch.setattr(wire.Admission, "enter", full)
    packet = seal(now)
    services.send_message(message_id=new_id(now), kind="test/1", body={"m": 1}, now=now)
    station = worker(server, at=now)

    with pytest.raises(CentreAway) as told:
        station.run_once()

    assert told.value.facts == {"retry_after_s": 7, "refusal": "sync.wire.busy"}
    assert seen == [{"m": 1}]
    assert (station.status().state, station.status().code) == (LineState.UP, "sync.wire.busy")
    assert queries.packet_status(packet).state in ("SEALED", "OFFERED")
    monkeypatch.undo()


@pytest.mark.row(37)
def test_with_the_day_s_bytes_used_up_packets_wait_and_messages_go(server, seen, now):
    packet = seal(now)
    services.send_message(message_id=new_id(now), kind="test/1", body={"m": 1}, now=now)

    worker(server, at=now, may_spend=lambda: False).run_once()

    assert seen == [{"m": 1}]
    assert queries.packet_status(packet).state == "SEALED"
    worker(server, at=now).run_once()
    assert seen == [{"m": 1}, b"p"]


def test_while_packets_are_acknowledged_greetings_are_rare_and_probes_tell_the_truth(server, seen, now, monkeypatch):
    greetings = []
    greet = CentreLine.greet
    monkeypatch.setattr(CentreLine, "greet", lambda line: greetings.append(1) or greet(line))
    station = worker(server, at=now)
    station._small_round()
    services.send_message(message_id=new_id(now), kind="test/1", body={"m": 1}, now=now)

    monkeypatch.setattr(Rounds, "has_packets_waiting", True)
    for acknowledged_s_ago in (1, 20):
        monkeypatch.setattr(CentreLine, "acknowledged_at", time.monotonic() - acknowledged_s_ago)
        station._small_round()

    assert (seen, len(greetings)) == ([{"m": 1}], 1)
    assert [(one.is_up, one.latency_ms is None) for one in station.take_probes()] == [
        (True, False),
        (True, True),
        (False, True),
    ]
    monkeypatch.setattr(CentreLine, "acknowledged_at", time.monotonic() - 61)
    station._small_round()
    assert len(greetings) == 2


def test_what_is_urgent_goes_before_a_greeting_that_is_due(server, seen, now, monkeypatch):
    said = []
    greet, messages = CentreLine.greet, CentreLine.messages
    station = worker(server, at=now)
    station._small_round()
    monkeypatch.setattr(sync_worker, "GREET_BESIDE_PACKETS_S", 0)
    monkeypatch.setattr(Rounds, "has_packets_waiting", True)
    monkeypatch.setattr(CentreLine, "greet", lambda line: said.append("greeting") or greet(line))
    monkeypatch.setattr(CentreLine, "messages", lambda line, sealed: said.append("message") or messages(line, sealed))

    for acknowledged_s_ago in (20, 1):
        services.send_message(message_id=new_id(now), kind="test/1", body={"m": 1}, now=now)
        monkeypatch.setattr(CentreLine, "acknowledged_at", time.monotonic() - acknowledged_s_ago)
        station._small_round()

    assert said == ["message", "message", "greeting"]


@pytest.mark.row(39)
@pytest.mark.parametrize("wrong", [Y2000, Y2040])
def test_a_station_in_another_century_connects_learns_its_offset_and_its_packets_carry_it(server, seen, now, wrong):
    seal(wrong, b"before it knew")

    worker(server, at=wrong).run_once()
    later = seal(wrong, b"after")
    worker(server, at=wrong).run_once()

    off_ms = (now - wrong) // timedelta(milliseconds=1)
    data = files.outbox_path(later).read_bytes()
    assert seen == [b"before it knew", b"after"]
    assert queries.clock_offset_ms() == off_ms
    assert envelope.parse(data, max_bytes=len(data)).header.clock_offset_ms == off_ms


@pytest.mark.row(41)
def test_a_centre_whose_clock_goes_back_keeps_the_order_by_its_numbers(server, seen, now, clock):
    packets = []
    for centre_at in (now, now - timedelta(days=300), now + timedelta(days=300)):
        clock["centre"] = centre_at
        packets.append(seal(now, str(len(packets)).encode()))
        worker(server, at=now).run_once()

    assert seen == [b"0", b"1", b"2"]
    assert [queries.receipts(packet)[0].inbox_seq for packet in packets] == [1, 2, 3]


def test_no_refusal_destroys_a_packet(server, seen, now, monkeypatch):
    packets = {code: seal(now, code.encode()) for code in _STATUSES}
    before = {code: files.outbox_path(packet).read_bytes() for code, packet in packets.items()}
    station = SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now, patience_s=0.05)
    station._bulk.greet()
    codes = {}

    def note(self, *, item_id, **_):
        codes[item_id] = next(code for code, packet in packets.items() if packet == item_id)

    def refuse(self):
        code = list(codes.values())[-1]
        return Reply(_STATUSES[code], {}, json.dumps({"code": code}).encode())

    monkeypatch.setattr(CentreLine, "begin", note)
    monkeypatch.setattr(CentreLine, "append", note)
    monkeypatch.setattr(CentreLine, "poured_answer", refuse)
    monkeypatch.setattr(CentreLine, "forget", note)
    for packet in packets.values():
        monkeypatch.setattr(queries, "items_to_send", only(packet))
        with contextlib.suppress(DekatError):
            station._bulk.send_packets()

    assert set(codes.values()) == set(_STATUSES)
    for code, packet in packets.items():
        assert queries.sealed_bytes(packet) == before[code], code
        assert queries.packet_status(packet).state in ("SEALED", "OFFERED", "QUARANTINED"), code


def only(packet):
    def one(**said):
        return [item for item in EVERY(**said) if item.id == packet]

    return one


def certificate(folder, name, *, begins=datetime(2020, 1, 1, tzinfo=UTC)):
    """A certificate for this machine by an authority of its own, and the file that pins it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=20_000))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pin, chain = folder / f"{name}.pem", folder / f"{name}-chain.pem"
    pin.write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(secret + pin.read_bytes())
    return pin, chain


@contextlib.contextmanager
def somebody(chain):
    """Somebody who answers behind this certificate, but cannot sign for the centre."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    listening = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                peer = context.wrap_socket(listening.accept()[0], server_side=True)
            except ssl.SSLError:
                continue
            except OSError:
                return
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            peer.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()


@pytest.mark.row(31)
def test_a_certificate_that_is_not_the_centre_s_is_an_interception_and_nothing_is_sent(identity, now, seen, tmp_path):
    packet = seal(now)
    (pin, _), (_, proxy) = certificate(tmp_path, "centre"), certificate(tmp_path, "proxy")

    with somebody(proxy) as url:
        station = SyncWorker(centre_url=url, clock=lambda: now, patience_s=1, ca_file=pin)
        with pytest.raises(Intercepted):
            station.run_once()

    assert (station.status().state, station.status().sent_bytes) == (LineState.INTERCEPTED, 0)
    assert queries.packet_status(packet).state == "SEALED"


@pytest.mark.row(39)
def test_a_pinned_certificate_that_begins_in_2040_is_no_obstacle(identity, now, tmp_path):
    pin, chain = certificate(tmp_path, "later", begins=Y2040)

    with somebody(chain) as url:
        station = SyncWorker(centre_url=url, clock=lambda: now, patience_s=1, ca_file=pin)
        # It got through to an answer, which nobody signed.
        with pytest.raises(NotTheCentre):
            station.run_once()

    assert station.status().state == LineState.PORTAL
