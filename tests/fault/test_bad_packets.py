"""What each bad packet gets: a defined answer, no effect, and nothing lost of what was good."""

import asyncio
import contextlib
import json
import secrets
import socket
import time
import tracemalloc
from dataclasses import replace
from hashlib import sha256

import cbor2
import pytest
import zstandard
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dekat.accounts.queries import centre, own_identity
from dekat.adapters.centre_line.conversation import Conversation
from dekat.adapters.centre_line.stream import Stream
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.wire_talk import Question, Talk
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.enrolment import packet_content
from dekat.faces.wire import exchange, strangers, turns
from dekat.faces.wire.app import WireApp
from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.ids import new_id
from dekat.kernel.sealing import OpenKey
from dekat.ledger.queries import events
from dekat.national import queries as national
from dekat.sync import answers, chain, envelope, files, ports, queries, receipts, services, uploads
from dekat.sync.models import InItem, Upload
from tests.make.recordings import Desk, devices
from tests.make.sync import enrolled_station
from tests.make.wire import PACKETS, ask, begin, passed, patch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(monkeypatch):
    """What the centre's handlers were given."""
    found = []

    def keep(*, item_id, node, body, now):
        found.append(body)

    for table in (ports._packets, ports._messages):
        monkeypatch.setitem(table, "test/1", keep)
    return found


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now)


@pytest.fixture
def headers(station, now):
    """What a station with a pass sends along."""
    return passed(station, now)


@pytest.fixture
def server(identity, now, seen):
    running = serve_in_thread(0, clock=lambda: now)
    yield running
    running.stop()


@pytest.fixture
def take(identity, now):
    """Hand a packet in; its receipt."""

    def hand_in(data):
        file = files.part_path("handed-in")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        text = services.take_packet(file=file, now=now)
        file.unlink()
        return receipts.read(text, identity.node.verify_key)

    return hand_in


def code_of(answer):
    return json.loads(answer[2])["code"]


def reframed(sealed, station, ciphertext=None, **fields):
    """The envelope with other header fields, truly signed by its station."""
    length = int.from_bytes(sealed[4:8], "big")
    body = sealed[8 + length : -64] if ciphertext is None else ciphertext
    header = cbor2.dumps({**cbor2.loads(sealed[8 : 8 + length]), **fields}, canonical=True)
    message = sha256(header).digest() + sha256(body).digest()
    signature = station.signing.sign(context=envelope.SIGNING_CONTEXT, message=message)
    return envelope.MAGIC + len(header).to_bytes(4, "big") + header + body + signature


def repacked(sealed, station, packed, *, plain_len):
    """The envelope with other compressed bytes inside, truly sealed and signed by its station."""
    found = envelope.parse(sealed, max_bytes=len(sealed))
    key, dek = centre().seal_key, secrets.token_bytes(32)
    wrapped = key.seal(dek, info=envelope._seal_info(found.header))
    fields = {
        "to": [[envelope.key_id(key), wrapped]],
        "zstd": 1,
        "plain_len": plain_len,
        "cipher_len": len(packed) + 16,
    }
    blank = reframed(sealed, station, b"", **fields)
    header = blank[8:-64]
    ciphertext = AESGCM(dek).encrypt(found.nonce, packed, sha256(header).digest())
    return reframed(sealed, station, ciphertext, **fields)


@contextlib.contextmanager
def tracked():
    """How much memory Python asked for at most."""
    tracemalloc.start()
    peak = [0]
    try:
        yield lambda: peak[0]
    finally:
        peak[0] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def open_patch(server, headers, station, now):
    """A body that has begun and trickles."""
    upload_id = str(new_id(now))
    services.begin_upload(upload_id=upload_id, node=station.name, length_bytes=1000, sha256="", now=now)
    raw = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    fixed = {"Host": "x", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**headers, **fixed, "Content-Length": "1000"}.items())
    raw.sendall(f"PATCH {PACKETS}/{upload_id} HTTP/1.1\r\n{lines}\r\nx".encode())
    wait_until(lambda: files.part_path(upload_id).exists() and files.part_path(upload_id).stat().st_size == 1)
    return raw


def wait_until(is_so):
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def ask_in_process(method, path, headers, pieces):
    """The wire without a server: what it answers, and how many pieces of the body it asked for."""
    read, sent = [], []

    async def receive():
        read.append(pieces[len(read)])
        return {"type": "http.request", "body": read[-1], "more_body": len(read) < len(pieces)}

    async def send(message):
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}
    asyncio.run(ask_in_process.app(scope, receive, send))
    return sent[0]["status"], len(read)


@pytest.mark.row(64)
@pytest.mark.parametrize("authorization", ["", "Bearer x.y", "Bearer ", "Basic YTpi"])
def test_without_a_pass_not_one_piece_of_a_body_is_asked_for(identity, station, now, authorization):
    upload_id = str(new_id(now))
    services.begin_upload(upload_id=upload_id, node=station.name, length_bytes=10, sha256="", now=now)
    ask_in_process.app = WireApp(lambda: now)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    headers |= {"Authorization": authorization} if authorization else {}
    guessed, unknown = f"{PACKETS}/{upload_id}", f"{PACKETS}/{new_id(now)}"

    answers = {
        (method, path): ask_in_process(method, path, headers, [b"x"] * 9)
        for method in ("PATCH", "HEAD", "DELETE", "POST")
        for path in (guessed, unknown, PACKETS, "/sync/v1/inbox", "/sync/v1/events", "/sync/v1/other")
    }

    assert set(answers.values()) == {(401, 0)}
    assert Upload.objects.filter(id=upload_id).exists()
    assert not files.part_path(upload_id).exists()


@pytest.mark.row(59)
@pytest.mark.parametrize(
    ("length", "status", "code"),
    [
        ("1073741824", 413, "sync.upload.too_large"),
        (str(16 * 1024 * 1024 + 1), 413, "sync.upload.too_large"),
        ("0", 413, "sync.upload.too_large"),
        ("-1", 400, "sync.wire.malformed"),
        ("1e9", 400, "sync.wire.malformed"),
        ("9" * 4000, 400, "sync.wire.malformed"),
        ("٩", 400, "sync.wire.malformed"),
    ],
)
def test_a_giant_is_refused_at_its_announcement(identity, station, headers, now, length, status, code):
    ask_in_process.app = WireApp(lambda: now)

    answer = ask_in_process("POST", PACKETS, {**headers, "Upload-Length": length}, [b"x"] * 9)

    assert answer == (status, 0)
    assert not Upload.objects.exists()


@pytest.mark.row(59)
def test_never_more_bytes_are_kept_than_were_announced(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    begin(server, headers, data, packet_id)

    longer = patch(server, headers, f"{PACKETS}/{packet_id}", 0, data + b"x" * 100_000)
    size = files.part_path(str(packet_id)).stat().st_size if files.part_path(str(packet_id)).exists() else 0

    assert (longer[0], code_of(longer)) == (413, "sync.wire.too_large")
    assert size <= len(data)
    offset = int(ask(server, "HEAD", f"{PACKETS}/{packet_id}", headers)[1]["upload-offset"])
    assert patch(server, headers, f"{PACKETS}/{packet_id}", offset, data[offset:])[0] in (204, 409)
    assert seen == [b"isi"]


@pytest.mark.row(59)
def test_a_bomb_opens_no_further_than_it_promised(station, take, seen, now):
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(300_000_000))
    good = station.seal(b"isi" * 1000, now=now)

    with tracked() as peak:
        receipt = take(repacked(good, station, bomb, plain_len=3000))

    assert (receipt.state, receipt.code) == ("QUARANTINED", "sync.envelope.malformed")
    assert peak() < 64 * 1024 * 1024
    assert seen == []
    assert [item.code for item in queries.quarantine()] == ["sync.envelope.malformed"]


@pytest.mark.row(59)
def test_a_packet_that_promises_gigabytes_is_no_packet(station, take, now):
    good = station.seal(b"isi" * 1000, now=now)

    with pytest.raises(envelope.EnvelopeMalformed):
        take(reframed(good, station, plain_len=1 << 31))


@pytest.mark.row(59)
def test_events_that_unfold_without_end_are_refused(identity, station, now):
    bomb = zstandard.ZstdCompressor(level=3).compress(b"[" + b" " * 300_000_000)

    with tracked() as peak, pytest.raises(chain.EventsMalformed):
        chain.take_events(sender=station.name, packed=bomb)

    assert peak() < 64 * 1024 * 1024


@pytest.mark.row(60)
def test_a_later_form_of_envelope_waits_and_opens_after_the_upgrade(station, take, seen, now, monkeypatch):
    with monkeypatch.context() as upgraded:
        upgraded.setattr(envelope, "VERSION", 2)
        later = station.seal(b"isi", now=now)

    receipt = take(later)
    again = take(later)
    services.reconcile(now=now)

    assert (receipt.state, receipt.code) == ("HELD", "sync.envelope.newer")
    assert (again, seen) == (receipt, [])
    monkeypatch.setattr(envelope, "VERSION", 2)
    services.reconcile(now=now)
    assert seen == [b"isi"]
    assert queries.packet_status(receipt.item_id).state == "APPLIED"


@pytest.mark.row(60)
def test_another_way_of_sealing_waits_too(station, take, seen, now):
    receipt = take(reframed(station.seal(b"isi", now=now), station, suite=2, nonce=b"", to=[], later_field="x"))

    assert (receipt.state, receipt.code, seen) == ("HELD", "sync.envelope.newer", [])


@pytest.mark.row(60)
def test_an_empty_packet_is_its_handlers_business(station, take, seen, now):
    of_a_known_kind = take(station.seal(b"", now=now))
    of_a_recording = take(station.seal(b"", now=now, kind="recording/2"))
    of_a_later_recording = take(station.seal(b"", now=now, kind="recording/9"))

    assert (of_a_known_kind.state, seen) == ("APPLIED", [b""])
    assert (of_a_recording.state, of_a_recording.code) == ("QUARANTINED", "enrolment.packet.unreadable")
    assert (of_a_later_recording.state, of_a_later_recording.code) == ("HELD", "sync.item.kind_unknown")


@pytest.mark.row(58)
def test_a_packet_that_was_carried_to_another_regency_is_put_aside(station, take, seen, now):
    """There somebody enrolled a station of the same name and keys, and still nobody can open it."""
    elsewhere = OpenKey.generate()
    header = envelope.parse(station.copy().seal(b"isi", now=now), max_bytes=1 << 20).header
    data = envelope.seal(b"isi", header=header, recipients=[elsewhere.seal_key], key=station.signing)

    receipt = take(data)

    assert (receipt.state, receipt.code, seen) == ("QUARANTINED", "sync.envelope.not_for_us", [])


@pytest.mark.row(58)
def test_a_packet_in_another_stations_name_is_refused_on_the_line(server, station, headers, seen, now):
    other = enrolled_station(now=now, kecamatan="99.02.02")
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    theirs = passed(other, now)
    begin(server, theirs, data, packet_id)

    answer = patch(server, theirs, f"{PACKETS}/{packet_id}", 0, data)

    assert (answer[0], code_of(answer), seen) == (403, "sync.station.unknown", [])
    begin(server, headers, data, packet_id)
    assert patch(server, headers, f"{PACKETS}/{packet_id}", 0, data)[0] == 204
    assert seen == [b"isi"]


@pytest.mark.row(56)
def test_the_same_packet_by_every_way_has_one_effect_and_one_receipt(server, station, headers, seen, take, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    begin(server, headers, data, packet_id, says_digest=False)

    first = patch(server, headers, f"{PACKETS}/{packet_id}", 0, data)[1]["dekat-receipt"]
    again = begin(server, headers, data, packet_id, says_digest=False)[1]["dekat-receipt"]
    services.begin_upload(upload_id="", node=station.name, length_bytes=len(data), sha256="", now=now)
    carried = take(data).signed(own_identity().signing_key)

    assert first == again == carried
    assert (seen, InItem.objects.count()) == ([b"isi"], 1)


@pytest.mark.row(39)
@pytest.mark.parametrize("year", [2000, 2040, 9999])
def test_nothing_is_refused_for_the_time_it_was_sealed(station, take, seen, now, year):
    receipt = take(station.seal(b"isi", now=now.replace(year=year)))

    assert (receipt.state, seen) == ("APPLIED", [b"isi"])


@pytest.mark.row(55)
@pytest.mark.parametrize("place", [0, 5, 40, 700, -70, -1])
def test_a_bit_that_turned_over_is_found_without_any_digest(server, station, headers, seen, now, place):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    bent = bytearray(data)
    bent[place] ^= 4
    begin(server, headers, data, packet_id, says_digest=False)

    answer = patch(server, headers, f"{PACKETS}/{packet_id}", 0, bytes(bent))

    assert answer[0] in (403, 422)
    assert (seen, InItem.objects.count(), Upload.objects.count()) == ([], 0, 0)
    begin(server, headers, data, packet_id, says_digest=False)
    assert patch(server, headers, f"{PACKETS}/{packet_id}", 0, data)[0] == 204
    assert seen == [b"isi"]


@pytest.mark.row(55)
def test_what_turned_over_in_memory_is_sent_again_from_the_sealed_file(server, seen, now, monkeypatch):
    packet_id, content = new_id(now), secrets.token_bytes(9000)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=content, operator="", now=now)
    real, spoiled = Conversation.say, []

    def say(line, question, **how):
        if len(question.body) > 9000 and not spoiled:
            spoiled.append(question.path)
            question = replace(question, body=question.body[:-1] + bytes([question.body[-1] ^ 1]))
        real(line, question, **how)

    monkeypatch.setattr(Conversation, "say", say)
    SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now).run_once()

    assert (spoiled, seen) == ([PACKETS], [content])
    assert queries.packet_status(packet_id).state == "RECEIVED"


@pytest.mark.row(55)
def test_a_file_that_went_bad_is_put_aside_with_an_alarm_and_never_sent(server, seen, now):
    bad = new_id(now)
    services.seal_packet(packet_id=bad, kind="test/1", content=b"p", operator="", now=now)
    path = files.outbox_path(bad)
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])

    SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now).run_once()

    item = queries.packet_status(bad)
    assert (item.state, item.code, seen) == ("QUARANTINED", "sync.outbox.file_damaged", [])
    assert [event.data["code"] for event in events(names=["sync.item.stood_aside"])] == ["sync.outbox.file_damaged"]
    assert path.exists()


@pytest.mark.row(63)
def test_one_station_opens_a_bounded_number_of_uploads(identity, station, now):
    other = enrolled_station(now=now, kecamatan="99.02.02")
    for _ in range(uploads.MAX_OPEN_UPLOADS):
        services.begin_upload(upload_id="", node=station.name, length_bytes=10, sha256="", now=now)

    with pytest.raises(uploads.TooManyUploads):
        services.begin_upload(upload_id="", node=station.name, length_bytes=10, sha256="", now=now)

    assert services.begin_upload(upload_id="", node=other.name, length_bytes=10, sha256="", now=now).is_new


@pytest.mark.row(63)
def test_bodies_that_trickle_hold_up_nobody_else(server, station, headers, seen, now):
    slow = [open_patch(server, headers, station, now) for _ in range(turns.MOST_AT_ONCE)]
    other = enrolled_station(now=now, kecamatan="99.02.02")
    packet_id = new_id(now)
    data = other.seal(b"isi", now=now, item_id=packet_id)
    begun = time.monotonic()

    begin(server, passed(other, now), data, packet_id, says_digest=False)
    status = patch(server, passed(other, now), f"{PACKETS}/{packet_id}", 0, data)[0]

    assert (status, seen) == (204, [b"isi"])
    assert time.monotonic() - begun < 5
    for one in slow:
        one.close()


@pytest.mark.row(63)
def test_the_newest_question_of_a_station_takes_the_place_of_the_oldest(server, station, headers, now, monkeypatch):
    monkeypatch.setattr(turns, "MOST_AT_ONCE", 1)
    oldest = open_patch(server, headers, station, now)

    status = ask(server, "GET", "/sync/v1/feed", headers)[0]

    answer = b"".join(iter(lambda: oldest.recv(4096), b""))
    assert status == 204
    assert answer.startswith(b"HTTP/1.1 429") and b"sync.wire.too_many" in answer
    oldest.close()


@pytest.mark.row(63)
def test_a_stranger_has_a_minute_and_a_station_has_all_day(server, station, headers, seen, now, monkeypatch):
    monkeypatch.setattr(strangers, "HEAD_S", 0.3)
    monkeypatch.setattr(exchange, "STRANGERS_BODY_S", 0.3)
    known = open_patch(server, headers, station, now)
    half_a_head = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    half_a_head.sendall(b"POST /sync/v1/hello HTTP/1.1\r\nHost: x\r\n")
    half_a_body = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    half_a_body.sendall(b"POST /sync/v1/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n{")

    assert half_a_head.recv(100) == b""
    assert half_a_body.recv(4096).startswith(b"HTTP/1.1 408")
    known.settimeout(0.1)
    with pytest.raises(TimeoutError):
        known.recv(1)
    for one in (known, half_a_head, half_a_body):
        one.close()


@pytest.mark.row(23)
def test_an_answer_cut_at_any_byte_is_no_answer():
    whole = b"HTTP/1.1 200 OK\r\nUpload-Offset: 12\r\nContent-Length: 4\r\n\r\nbody"

    for count in range(len(whole)):
        with pytest.raises(CentreUnreachable):
            heard(whole[:count])
    assert (heard(whole).status, heard(whole).body) == (200, b"body")


@pytest.mark.row(24)
def test_an_answer_belongs_to_one_question_and_says_one_thing(identity):
    said = {"nonce": "qa", "question": "GET /a", "status": 204, "offset": "5", "receipt": "r", "body": b""}
    others = {"nonce": "qb", "question": "GET /b", "status": 200, "offset": "6", "receipt": "s", "body": b"x"}
    signature = answers.sign_answer(identity.signing_key, **said)

    assert answers.is_signed(identity.node.verify_key, signature, **said)
    for name, value in others.items():
        assert not answers.is_signed(identity.node.verify_key, signature, **{**said, name: value})


@pytest.mark.row(24)
def test_what_is_signed_of_a_question_begins_behind_a_proxy_s_prefix_and_is_nothing_for_an_older_station():
    assert answers.as_asked("qa", method="GET", target="/dinas/sync/v1/time?a=1") == "GET /sync/v1/time?a=1"
    assert answers.as_asked("a", method="GET", target="/sync/v1/time") == ""


@pytest.mark.row(25)
def test_every_question_may_be_delivered_twice(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    batch = cbor2.dumps({"items": [station.seal(b'{"a":1}', now=now)]})

    begun = [begin(server, headers, data, packet_id, says_digest=False)[0] for _ in range(2)]
    first = [patch(server, headers, f"{PACKETS}/{packet_id}", 0, data[:500]) for _ in range(2)]
    last = [patch(server, headers, f"{PACKETS}/{packet_id}", 500, data[500:]) for _ in range(2)]
    messages = [ask(server, "POST", "/sync/v1/inbox", headers, batch)[2] for _ in range(2)]

    assert begun == [201, 200]
    assert [(one[0], one[1]["upload-offset"]) for one in first] == [(204, "500"), (409, "500")]
    assert [one[0] for one in last] == [204, 409]
    assert last[0][1]["dekat-receipt"] == last[1][1]["dekat-receipt"]
    assert messages[0] == messages[1]
    assert seen == [b"isi", {"a": 1}]


@pytest.mark.row(26)
def test_a_later_piece_before_an_earlier_one_is_told_the_right_offset(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    begin(server, headers, data, packet_id, says_digest=False)

    early = patch(server, headers, f"{PACKETS}/{packet_id}", 500, data[500:])
    right = patch(server, headers, f"{PACKETS}/{packet_id}", 0, data)

    assert (early[0], early[1]["upload-offset"], right[0]) == (409, "0", 204)
    assert seen == [b"isi"]


@pytest.mark.row(62)
def test_a_signed_recording_of_nobody_is_decided_by_the_rules_of_the_field(identity, take, now):
    devices()
    desk = Desk(now, resident_id=str(new_id(now)))
    desk.to_summary()
    desk.seal()
    sealed = queries.sealed_bytes(desk.id)
    body = envelope.parse(sealed, max_bytes=len(sealed)).open(identity.open_key)
    sender = enrolled_station(now=now, kecamatan=packet_content.read(body).kecamatan)

    receipt = take(sender.seal(body, now=now, kind="recording/2"))

    assert (receipt.state, receipt.code) == ("QUARANTINED", "flows.recording.resident_unknown")
    assert [item.code for item in queries.quarantine()] == ["flows.recording.resident_unknown"]
    assert national.submissions() == []


def heard(data):
    """What a station makes of bytes that come back."""
    here, there = socket.socketpair()
    with here:
        with there:
            there.sendall(data)
        return Talk(Stream(here, None, "")).hear(Question("GET", "/"))
