"""The wire takes packets from our client and from foreign tus clients, and nothing from strangers."""

import base64
import contextlib
import errno
import http.client
import json
import secrets
import socket
import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from tusclient import client as tus_client

from dekat.accounts.actor import machine
from dekat.accounts.services import revoke_node
from dekat.adapters.centre_line import line as centre_line
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.status import LineState
from dekat.adapters.centre_line.trouble import CentreRefused, NotTheCentre
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.faces.wire import part, small, turns
from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.ids import new_id
from dekat.sync import files, ports, queries, receipts, services, sessions
from dekat.sync.models import Blob
from tests.make.sync import enrolled_station
from tests.make.wire import PACKETS, ask, begin, passed, patch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(monkeypatch):
    """What the centre's handlers were given."""
    found = []

    def keep(*, item_id, node, body, now):
        found.append(body)

    for table in (ports._packets, ports._messages, ports._feed):
        monkeypatch.setitem(table, "test/1", keep)
    return found


@pytest.fixture
def server(identity, now, seen):
    """The wire of a centre whose clock stands still."""
    running = serve_in_thread(0, clock=lambda: now)
    yield running
    running.stop()


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now)


@pytest.fixture
def headers(station, now):
    """What a station with a pass sends along."""
    return passed(station, now)


def test_tuspy_uploads_a_packet_unchanged(server, station, headers, seen, now, tmp_path):
    packet_id = new_id(now)
    content = secrets.token_bytes(300_000)
    file = tmp_path / "a.dkp"
    file.write_bytes(station.seal(content, now=now, item_id=packet_id))
    tus = tus_client.TusClient(f"http://127.0.0.1:{server.port}{PACKETS}", headers=headers)

    tus.uploader(str(file), chunk_size=64 * 1024).upload()

    assert seen == [content]
    assert queries.packet_status(packet_id).state == "APPLIED"


def test_a_small_answer_never_waits_for_an_acknowledgement(server):
    with socket.create_connection(("127.0.0.1", server.port)):
        until = time.monotonic() + 5
        while not (open_ones := server._server.server_state.connections) and time.monotonic() < until:
            time.sleep(0.01)
        [connection] = open_ones
        accepted = connection.transport.get_extra_info("socket")

        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_two_pieces_make_a_packet_and_a_receipt_that_repeats(server, station, headers, seen, now, identity):
    data = station.seal(b"isi", now=now)
    status, told, _ = begin(server, headers, data)
    assert (status, told["upload-offset"]) == (201, "0")

    first = patch(server, headers, told["location"], 0, data[:700])
    last = patch(server, headers, told["location"], 700, data[700:])
    head = ask(
        server,
        "HEAD",
        f"{PACKETS}/{receipts.read(last[1]['dekat-receipt'], identity.node.verify_key).item_id}",
        headers,
    )

    assert (first[0], first[1]["upload-offset"], last[0]) == (204, "700", 204)
    assert head[1]["dekat-receipt"] == last[1]["dekat-receipt"]
    assert head[1]["upload-offset"] == str(len(data))
    assert seen == [b"isi"]


def test_the_same_id_is_one_upload_and_says_its_offset(server, station, headers, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    first = begin(server, headers, data, packet_id)
    patch(server, headers, first[1]["location"], 0, data[:500])

    again = begin(server, headers, data, packet_id)

    assert again[0] == 200
    assert (again[1]["location"], again[1]["upload-offset"]) == (first[1]["location"], "500")


def test_bytes_before_a_cut_are_kept(server, station, headers, seen, now):
    packet_id = new_id(now)
    content = secrets.token_bytes(200_000)
    data = station.seal(content, now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    kept = len(data) * 2 // 3
    raw = half_patch(server, headers, place, data, kept)
    wait_for_file(packet_id, kept)
    raw.close()

    offset = int(wait_for_offset(server, headers, place, kept))

    assert offset == kept
    assert patch(server, headers, place, offset, data[offset:])[0] == 204
    assert seen == [content]


@pytest.mark.row(22)
def test_a_newer_request_takes_over_from_a_ghost_at_once(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi" * 100, now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    ghost = half_patch(server, headers, place, data, 600)
    wait_for_file(packet_id, 600)

    begun = time.monotonic()
    offset = int(ask(server, "HEAD", place, headers)[1]["upload-offset"])
    status = patch(server, headers, place, offset, data[offset:])[0]

    assert (offset, status) == (600, 204)
    assert time.monotonic() - begun < 1
    assert seen == [b"isi" * 100]
    ghost.close()


def test_four_equal_requests_at_once_make_one_packet(server, station, headers, seen, now):
    packet_id = new_id(now)
    content = secrets.token_bytes(400_000)
    data = station.seal(content, now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]

    def push():
        with contextlib.suppress(http.client.HTTPException, OSError):
            patch(server, headers, place, 0, data)

    threads = [threading.Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    offset = int(ask(server, "HEAD", place, headers)[1]["upload-offset"])
    if offset < len(data):
        patch(server, headers, place, offset, data[offset:])

    assert seen == [content]


@pytest.mark.parametrize(
    ("offset", "extra", "more", "status"),
    [
        (10, b"", {}, 409),
        (0, b"x" * 1000, {}, 413),
        (0, b"", {"Upload-Checksum": "sha256 " + base64.b64encode(bytes(32)).decode()}, 460),
        (0, b"", {"Upload-Checksum": "sha1 AAAA"}, 400),
        (0, b"", {"Content-Type": "text/plain"}, 415),
        (0, b"", {"Tus-Resumable": "0.2.2"}, 412),
    ],
)
def test_a_piece_that_does_not_fit_leaves_nothing(server, station, headers, seen, now, offset, extra, more, status):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]

    fixed = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    answer = ask(server, "PATCH", place, {**headers, **fixed, **more}, data[offset:] + extra)

    assert answer[0] == status
    left = int(ask(server, "HEAD", place, headers)[1]["upload-offset"])
    assert left == 0 or status == 413
    assert seen == []


@pytest.mark.row(55)
def test_a_changed_bit_is_found_and_the_packet_sent_again(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    bent = bytes([data[0] ^ 1]) + data[1:]

    assert patch(server, headers, place, 0, bent)[0] == 460
    assert patch(server, headers, place, 0, data)[0] == 204
    assert seen == [b"isi"]


@pytest.mark.row(57)
def test_other_bytes_under_a_held_id_are_a_conflict(server, station, headers, seen, now):
    packet_id, twin = new_id(now), station.copy()
    first = station.seal(b"satu", now=now, item_id=packet_id)
    patch(server, headers, begin(server, headers, first, packet_id)[1]["location"], 0, first)
    other = twin.seal(b"dua!", now=now, item_id=packet_id)

    answer = patch(server, headers, begin(server, headers, other, packet_id)[1]["location"], 0, other)

    assert answer[0] == 409
    assert json.loads(answer[2])["code"] == "sync.item.conflict"
    assert seen == [b"satu"]


@pytest.mark.row(55)
def test_what_is_no_packet_is_refused_and_forgotten(server, headers, seen):
    place = begin(server, headers, b"bukan paket" * 50)[1]["location"]

    answer = patch(server, headers, place, 0, b"bukan paket" * 50)

    assert (answer[0], json.loads(answer[2])["code"]) == (422, "sync.envelope.malformed")
    assert ask(server, "HEAD", place, headers)[0] == 404


@pytest.mark.row(64)
def test_without_a_pass_not_a_byte_is_stored(server, station, headers, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    stranger = {"Tus-Resumable": "1.0.0"}

    for bad in (stranger, {**stranger, "Authorization": "Bearer x.y"}):
        assert patch(server, bad, place, 0, data)[0] == 401

    assert ask(server, "HEAD", place, headers)[1]["upload-offset"] == "0"
    assert not services.part_file(str(packet_id)).exists()


@pytest.mark.row(64)
def test_a_pass_of_another_station_sees_nothing(server, station, headers, now):
    packet_id = new_id(now)
    place = begin(server, headers, station.seal(b"isi", now=now, item_id=packet_id), packet_id)[1]["location"]
    other = enrolled_station(now=now, kecamatan="99.02.02")
    theirs = {**headers, "Authorization": f"Bearer {sessions.make_pass(node_name=other.name, now=now)}"}

    assert ask(server, "HEAD", place, theirs)[0] == 404
    assert patch(server, theirs, place, 0, b"x")[0] == 404


def test_an_upload_can_be_given_up(server, station, headers, now):
    packet_id = new_id(now)
    place = begin(server, headers, station.seal(b"isi", now=now, item_id=packet_id), packet_id)[1]["location"]

    assert ask(server, "DELETE", place, headers)[0] == 204
    assert ask(server, "HEAD", place, headers)[0] == 404


def test_options_say_what_the_server_can(server):
    status, told, _ = ask(server, "OPTIONS", PACKETS, {})

    assert status == 204
    assert told["tus-extension"] == "creation,creation-with-upload,termination,expiration,checksum"


@pytest.mark.row(50)
def test_a_station_that_is_revoked_while_it_waits_for_news_gets_none(server, station, headers, now, monkeypatch):
    answers, waits, look = [], threading.Event(), services.next_of

    def looked(**said):
        waits.set()
        return look(**said)

    monkeypatch.setattr(services, "next_of", looked)
    path = "/sync/v1/feed?wait=20"
    waiting = threading.Thread(target=lambda: answers.append(ask(server, "GET", path, headers)))
    waiting.start()
    assert waits.wait(10)

    with transaction.atomic():
        revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)
        services.publish(scope="*", kind="test/1", key="a", body={"k": "a"}, now=now)
    waiting.join()

    assert (answers[0][0], json.loads(answers[0][2])["code"]) == (403, "sync.station.revoked")


def test_a_revoked_station_may_hand_in_but_not_read(server, station, headers, now):
    revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)

    place = begin(server, headers, data, packet_id)[1]["location"]

    assert patch(server, headers, place, 0, data)[0] == 204
    assert queries.packet_status(packet_id).code == "sync.station.revoked"
    assert ask(server, "GET", "/sync/v1/feed", headers)[0] == 403


def test_a_whole_round_brings_everything_both_ways(server, seen, now):
    """One database plays both machines: the centre speaks with itself through the real line."""
    packet_id = new_id(now)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=b"p" * 99_000, operator="", now=now)
    services.send_message(message_id=new_id(now), kind="test/1", body={"m": 1}, now=now)
    with transaction.atomic():
        name = services.publish_blob(b"besar" * 9999)
        services.publish(scope="*", kind="test/1", key="a", body={"f": 1}, now=now, blobs=[name])
    worker = SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now)

    status = worker.run_once()
    worker.run_once()

    assert seen == [{"m": 1}, b"p" * 99_000, {"f": 1}]
    assert status.state == LineState.UP
    assert queries.packet_status(packet_id).state == "RECEIVED"
    assert queries.receipts(packet_id)[0].inbox_seq == 2
    assert queries.outbox_summary().waiting_count == 0
    assert queries.blob(name) == b"besar" * 9999


def test_what_the_centre_stumbles_over_holds_nothing_else_back(server, seen, now, monkeypatch):
    def stumble(**_):
        raise ZeroDivisionError

    monkeypatch.setitem(ports._packets, "bad/1", stumble)
    monkeypatch.setitem(ports._messages, "bad/1", stumble)
    bad, good = new_id(now), new_id(now)
    for packet_id, kind in ((bad, "bad/1"), (good, "test/1")):
        services.seal_packet(packet_id=packet_id, kind=kind, content=b"p", operator="", now=now)
        services.send_message(message_id=new_id(now), kind=kind, body={"m": kind}, now=now)
    moments = [now]
    worker = SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: moments[-1], patience_s=1)

    with pytest.raises(CentreRefused):
        worker.run_once()

    assert seen == [{"m": "test/1"}, b"p"]
    assert [queries.packet_status(one).state for one in (bad, good)] == ["OFFERED", "RECEIVED"]
    monkeypatch.setitem(ports._packets, "bad/1", ports._packets["test/1"])
    monkeypatch.setitem(ports._messages, "bad/1", ports._messages["test/1"])
    moments.append(now + timedelta(minutes=1))
    worker.run_once()
    assert len(seen) == 4


@pytest.mark.row(55)
def test_a_damaged_file_stands_aside_and_the_next_one_goes(server, seen, now):
    bad, good = new_id(now), new_id(now)
    for packet_id in (bad, good):
        services.seal_packet(packet_id=packet_id, kind="test/1", content=b"p", operator="", now=now)
    path = files.outbox_path(bad)
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now).run_once()

    assert queries.packet_status(bad).code == "sync.outbox.file_damaged"
    assert queries.packet_status(good).state == "RECEIVED"


@pytest.mark.row(25)
def test_a_lost_last_answer_costs_one_question(server, station, headers, seen, now):
    packet_id = new_id(now)
    data = station.seal(b"isi", now=now, item_id=packet_id)
    place = begin(server, headers, data, packet_id)[1]["location"]
    last = patch(server, headers, place, 0, data)

    again = begin(server, headers, data, packet_id)
    third = patch(server, headers, place, 0, data)

    assert (again[0], again[1]["upload-offset"]) == (200, str(len(data)))
    assert last[1]["dekat-receipt"] == again[1]["dekat-receipt"] == third[1]["dekat-receipt"]
    assert (third[0], seen) == (409, [b"isi"])


def test_the_background_takes_what_comes_and_ends_when_told(server, seen, now):
    worker = SyncWorker(centre_url=f"http://127.0.0.1:{server.port}", clock=lambda: now)
    worker.start()
    packet_id = new_id(now)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=b"p", operator="", now=now)
    worker.kick()

    deadline = time.monotonic() + 8
    while queries.packet_status(packet_id).state != "RECEIVED" and time.monotonic() < deadline:
        time.sleep(0.05)
    status = worker.status()
    begun = time.monotonic()
    worker.stop()

    assert seen == [b"p"]
    assert status.is_up and status.sent_bytes > 1000
    assert time.monotonic() - begun < 3


def test_a_portal_that_answers_everything_is_not_the_centre(identity, now, seen):
    listening = socket.create_server(("127.0.0.1", 0))

    def portal():
        while True:
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nLogin")
            peer.close()

    threading.Thread(target=portal, daemon=True).start()
    services.seal_packet(packet_id=new_id(now), kind="test/1", content=b"p", operator="", now=now)
    worker = SyncWorker(centre_url=f"http://127.0.0.1:{listening.getsockname()[1]}", clock=lambda: now, patience_s=1)

    with pytest.raises(NotTheCentre):
        worker.run_once()

    listening.close()
    assert worker.status().state == LineState.PORTAL
    assert queries.outbox_summary().waiting_count == 1


def test_of_files_that_nobody_wants_any_more_no_bytes_stay_in_memory(server, identity, now, monkeypatch):
    line = centre_line.CentreLine(f"http://127.0.0.1:{server.port}", clock=lambda: now)
    rounds = Rounds(line, clock=lambda: now, patience_s=2)
    monkeypatch.setattr(line, "blob", lambda name, got, *, most: got.extend(b"x" * 1000))
    for number in range(20):
        name = f"{number:064x}"
        services.want_blob(sha256=name, now=now)
        assert rounds.fetch_next()
        services.give_up(sha256=name)

    assert not rounds.fetch_next()
    assert sum(map(len, rounds._partial.values())) == 0


def test_blobs_come_from_the_byte_where_they_broke_off(server, identity, now):
    name = services.publish_blob(b"0123456789" * 50)
    line = centre_line.CentreLine(f"http://127.0.0.1:{server.port}", clock=lambda: now, patience_s=2)
    got = bytearray(b"0123456789" * 20)

    assert line.blob(name, got, most=100) is False
    assert len(got) == 300
    assert line.blob(name, got, most=1000) is True

    assert bytes(got) == b"0123456789" * 50
    with pytest.raises(CentreRefused):
        line.blob("0" * 64, bytearray(), most=1000)
    line.close()


def test_the_feed_is_heard_between_two_pieces_of_something_big(server, seen, now, monkeypatch):
    big = secrets.token_bytes(150_000)
    name = services.publish_blob(big)
    Blob.objects.all().delete()
    services.want_blob(sha256=name, now=now)
    Blob.objects.create(sha256=name, size_bytes=len(big), content=big)
    line = centre_line.CentreLine(f"http://127.0.0.1:{server.port}", clock=lambda: now, patience_s=2)
    came, real = [], line.blob

    def blob(name, got, *, most):
        is_whole = real(name, got, most=most)
        came.append((len(got), list(seen)))
        if len(came) == 1:
            with transaction.atomic():
                services.publish(scope="*", kind="test/1", key="a", body={"urgent": True}, now=now)
        return is_whole

    monkeypatch.setattr(line, "blob", blob)
    fetched = Rounds(line, clock=lambda: now, patience_s=2).fetch_blobs()
    line.close()

    assert fetched == 1
    assert came == [(65_536, []), (131_072, [{"urgent": True}]), (150_000, [{"urgent": True}])]


def test_an_earlier_centre_that_sends_the_whole_is_understood(server, now, monkeypatch):
    big = secrets.token_bytes(150_000)
    name = services.publish_blob(big)
    monkeypatch.setattr(small, "_range", lambda text, length: (0, length))
    line = centre_line.CentreLine(f"http://127.0.0.1:{server.port}", clock=lambda: now, patience_s=2)
    got = bytearray(big[:65_536])

    assert line.blob(name, got, most=65_536) is True
    line.close()
    assert bytes(got) == big


def half_patch(server, headers, place, data, count):
    raw = socket.create_connection(("127.0.0.1", server.port))
    fields = {
        "Host": "x",
        **headers,
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(data)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    raw.sendall(f"PATCH {place} HTTP/1.1\r\n{lines}\r\n".encode() + data[:count])
    return raw


def wait_for_offset(server, headers, place, wanted):
    deadline = time.monotonic() + 3
    while True:
        told = ask(server, "HEAD", place, headers)[1]["upload-offset"]
        if int(told) == wanted or time.monotonic() > deadline:
            return told


def wait_for_file(packet_id, size):
    path = services.part_file(str(packet_id))
    deadline = time.monotonic() + 3
    while not (path.exists() and path.stat().st_size >= size) and time.monotonic() < deadline:
        time.sleep(0.01)


def test_a_disk_that_fails_while_a_piece_is_flushed_leaves_the_upload_to_the_next_question(
    server, station, headers, seen, now, monkeypatch
):
    data = station.seal(b"isi", now=now)
    _, told, _ = begin(server, headers, data)
    flush, failures = part._flush_and_close, [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "sick")]

    def sick(descriptor):
        flush(descriptor)
        if failures:
            raise failures.pop(0)

    monkeypatch.setattr(part, "_flush_and_close", sick)

    statuses = [patch(server, headers, told["location"], at, data[at : at + 300])[0] for at in (0, 300, 600)]
    kept = int(ask(server, "HEAD", told["location"], headers)[1]["upload-offset"])
    last = patch(server, headers, told["location"], kept, data[kept:])

    assert (statuses, kept) == ([507, 500, 204], 900)
    assert (last[0], seen) == (204, [b"isi"])


def test_a_question_cut_short_while_it_flushes_leaves_the_upload_to_the_next_one(
    server, station, headers, seen, now, monkeypatch
):
    data = station.seal(b"isi", now=now)
    _, told, _ = begin(server, headers, data)
    monkeypatch.setattr(turns, "MOST_AT_ONCE", 1)
    flushing, may_end, flush = threading.Event(), threading.Event(), part._flush_and_close

    def slow(descriptor):
        flushing.set()
        may_end.wait(10)
        flush(descriptor)

    monkeypatch.setattr(part, "_flush_and_close", slow)
    first = threading.Thread(target=patch, args=(server, headers, told["location"], 0, data[:300]))
    first.start()
    flushing.wait(10)
    # The only place of this station goes to a newer question, in the middle of the flush.
    assert ask(server, "GET", "/sync/v1/feed", headers)[0] in (200, 204)
    may_end.set()
    first.join()

    last = patch(server, headers, told["location"], 300, data[300:])

    assert (last[0], seen) == (204, [b"isi"])
