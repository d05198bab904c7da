"""Every MUST of tus 1.0 that a client sees: core, creation (with upload), termination, expiration, checksum."""

import base64
import secrets
import socket
import subprocess
import sys
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha1, sha256
from pathlib import Path

import pytest
from tusclient import client as tus_client

from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.ids import new_id
from dekat.sync import ports, queries, receipts, services
from tests.fault.fault_line import PASS, FaultLine, Wrong
from tests.make import wire
from tests.make.sync import enrolled_station
from tests.make.wire import PACKETS, passed

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = "application/offset+octet-stream"
NODE = Path(sys.executable).with_name("node")


@pytest.fixture
def seen(monkeypatch):
    found = []
    monkeypatch.setitem(ports._packets, "test/1", lambda *, body, **_: found.append(body))
    return found


@pytest.fixture
def server(identity, now, seen):
    running = serve_in_thread(0, clock=lambda: now)
    yield running
    running.stop()


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now)


@pytest.fixture
def ask(server, station, now):
    """A question of a client that speaks tus and has a pass; give None for a header to leave it out."""
    usual = passed(station, now)

    def asked(method, path=PACKETS, body=b"", **headers):
        given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
        named = {name: value for name, value in given.items() if value is not None}
        return wire.ask(server, method, path, named, body)

    asked.authorization = usual["Authorization"]
    return asked


@pytest.fixture
def data(station, now):
    """A packet of 100 kB, sealed."""
    return station.seal(secrets.token_bytes(100_000), now=now)


@pytest.fixture
def place(ask, data):
    """An upload that was begun for it."""
    return ask("POST", Upload_Length=str(len(data)))[1]["location"]


def append(ask, place, offset, body, **headers):
    return ask("PATCH", place, body, **{"Upload_Offset": str(offset), "Content_Type": BYTES, **headers})


def offset_of(ask, place):
    return int(ask("HEAD", place)[1]["upload-offset"])


def checksum(algorithm, raw):
    return f"{algorithm} {base64.b64encode(raw).decode()}"


def test_options_tell_version_extensions_algorithms_and_size_to_anybody(ask):
    status, told, _ = ask("OPTIONS", Tus_Resumable=None, Authorization=None)

    assert (status, told["tus-version"], told["tus-resumable"]) == (204, "1.0.0", "1.0.0")
    assert told["tus-extension"] == "creation,creation-with-upload,termination,expiration,checksum"
    assert set(told["tus-checksum-algorithm"].split(",")) == {"sha1", "sha256"}
    assert int(told["tus-max-size"]) == 16 * 1024 * 1024


def test_creation_says_where_and_until_when(ask, data, now):
    status, told, _ = ask("POST", Upload_Length=str(len(data)))

    assert status == 201
    assert told["location"].startswith(f"{PACKETS}/")
    assert parsedate_to_datetime(told["upload-expires"]).astimezone(UTC) > now


def test_creation_with_upload_takes_what_came_and_says_how_much(ask, data, seen):
    status, told, _ = ask("POST", body=data[:7000], Upload_Length=str(len(data)), Content_Type=BYTES)

    assert (status, told["upload-offset"]) == (201, "7000")
    assert append(ask, told["location"], 7000, data[7000:])[0] == 204
    assert len(seen) == 1


def test_a_creation_without_a_length_is_refused_in_words(ask):
    for length in (
        {},
        {"Upload_Defer_Length": "1"},
        {"Upload_Length": "-1"},
        {"Upload_Length": "many"},
        {"Upload_Concat": "final;/a /b"},
    ):
        status, _, content = ask("POST", **length)
        assert (status, b"Upload-Length" in content) == (400, True), length


def test_a_creation_beyond_the_largest_packet_is_refused(ask):
    assert ask("POST", Upload_Length=str(16 * 1024 * 1024 + 1))[0] == 413


def test_head_is_never_stored_and_repeats_what_is_kept(ask, data):
    named = f"id {base64.b64encode(b'0191d5a0-0000-7000-8000-000000000001').decode()},sha256 " + (
        base64.b64encode(sha256(data).hexdigest().encode()).decode()
    )
    place = ask("POST", Upload_Length=str(len(data)), Upload_Metadata=named)[1]["location"]

    status, told, content = ask("HEAD", place)

    assert (status, content) == (200, b"")
    assert (told["upload-offset"], told["upload-length"]) == ("0", str(len(data)))
    assert (told["cache-control"], told["upload-metadata"]) == ("no-store", named)


def test_an_unknown_upload_has_no_offset(ask):
    for name in ("0191d5a0-0000-7000-8000-00000000000f", "no-such-thing"):
        for method, headers in (("HEAD", {}), ("DELETE", {}), ("PATCH", {"Upload_Offset": "0", "Content_Type": BYTES})):
            status, told, _ = ask(method, f"{PACKETS}/{name}", **headers)
            assert (status, "upload-offset" in told) == (404, False), (method, name)


def test_every_answer_names_the_version_refusals_too(ask, place, data):
    answers = [
        ask("HEAD", place),
        append(ask, place, 0, data[:10]),
        append(ask, place, 0, data[:10]),
        append(ask, place, 10, b"x", Content_Type="text/plain"),
        ask("HEAD", f"{PACKETS}/unknown"),
        ask("PATCH", place, Authorization=None),
        ask("POST"),
        ask("DELETE", place),
    ]

    assert [status for status, *_ in answers] == [200, 204, 409, 415, 404, 401, 400, 204]
    assert {told.get("tus-resumable") for _, told, _ in answers} == {"1.0.0"}


def test_another_version_is_not_processed_and_told_which_one(ask, place):
    headers = {"Upload_Offset": "0", "Upload_Length": "9", "Content_Type": BYTES}

    for version in (None, "0.2.2", "2.0.0"):
        for method in ("POST", "HEAD", "PATCH", "DELETE"):
            where = PACKETS if method == "POST" else place
            status, told, _ = ask(method, where, Tus_Resumable=version, **headers)
            assert (status, told["tus-version"]) == (412, "1.0.0"), (method, version)

    assert offset_of(ask, place) == 0


def test_a_wrong_offset_changes_nothing(ask, place, data):
    for offset, wanted in (("1", 409), ("99999999", 409), ("-1", 400), ("x", 400), (None, 400)):
        assert append(ask, place, 0, data[:50], Upload_Offset=offset)[0] == wanted

    assert offset_of(ask, place) == 0


def test_a_piece_moves_the_offset_by_its_length(ask, place, data):
    status, told, content = append(ask, place, 0, data[:12_345])

    assert (status, told["upload-offset"], content) == (204, "12345", b"")
    assert "upload-expires" in told
    assert offset_of(ask, place) == 12_345


def test_an_upload_never_grows_beyond_its_length(ask, place, data, seen):
    assert append(ask, place, 0, data + b"x" * 5000)[0] == 413

    assert offset_of(ask, place) <= len(data)
    assert seen == []


def test_a_checksum_that_fits_is_taken_and_one_that_does_not_leaves_nothing(ask, place, data):
    for start, (algorithm, sum_of) in enumerate((("sha1", sha1), ("sha256", sha256))):
        at, piece = start * 500, data[start * 500 : start * 500 + 500]
        wrong = append(ask, place, at, piece, Upload_Checksum=checksum(algorithm, sum_of(b"other").digest()))
        kept = offset_of(ask, place)
        right = append(ask, place, at, piece, Upload_Checksum=checksum(algorithm, sum_of(piece).digest()))
        assert (wrong[0], kept, right[0]) == (460, at, 204)


def test_a_checksum_nobody_can_check_is_refused(ask, place, data):
    for said in ("md5 AAAA", "sha1 not/base64!", "sha256 AAAA", "sha1"):
        assert append(ask, place, 0, data[:500], Upload_Checksum=said)[0] == 400

    assert offset_of(ask, place) == 0


def test_a_client_behind_a_gateway_names_its_method_in_a_header(ask, place, data):
    fixed = {"Upload_Offset": "0", "Content_Type": BYTES}

    assert ask("POST", place, data[:100], X_HTTP_Method_Override="PATCH", **fixed)[0] == 204
    assert ask("POST", place, X_HTTP_Method_Override="DELETE")[0] == 204
    assert ask("HEAD", place)[0] == 404


def test_what_was_given_up_is_gone_and_what_is_held_is_not_given_up(ask, data, place, seen, identity):
    given_up = (ask("DELETE", place)[0], ask("DELETE", place)[0], append(ask, place, 0, data)[0])
    _, told, _ = ask("POST", body=data, Upload_Length=str(len(data)), Content_Type=BYTES)
    held = f"{PACKETS}/{receipts.read(told['dekat-receipt'], identity.node.verify_key).item_id}"

    assert given_up == (204, 404, 404)
    assert ask("DELETE", held)[0] == 403
    assert ask("HEAD", held)[1]["dekat-receipt"] == told["dekat-receipt"]
    assert len(seen) == 1


def test_an_expired_upload_is_gone(ask, place, now):
    assert services.sweep_uploads(now=now + timedelta(days=8)) == 1
    assert ask("HEAD", place)[0] == 404


def test_not_a_byte_of_a_stranger_s_body_is_waited_for(ask, server, place):
    """The refusal comes while the body is still announced only."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as stranger:
        stranger.sendall(
            f"PATCH {place} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            f"Content-Type: {BYTES}\r\nContent-Length: 100000\r\n\r\n".encode()
        )
        said = stranger.recv(1000)

    assert said.startswith(b"HTTP/1.1 401")
    assert offset_of(ask, place) == 0


def cut_the_second_body():
    """A line that breaks in the middle of the second piece a client sends."""
    bodies = []

    def plan(question):
        if question.body_bytes < 1000:
            return PASS
        bodies.append(question)
        return Wrong(cut_after=30_000) if len(bodies) == 2 else PASS

    return plan


def test_tuspy_goes_on_after_a_break(ask, server, station, seen, now, tmp_path):
    packet_id, content = new_id(now), secrets.token_bytes(300_000)
    file = tmp_path / "a.dkp"
    file.write_bytes(station.seal(content, now=now, item_id=packet_id))
    line = FaultLine(server.port, cut_the_second_body())
    tus = tus_client.TusClient(f"{line.url}{PACKETS}", headers={"Authorization": ask.authorization})

    tus.uploader(str(file), chunk_size=64 * 1024, retries=5, retry_delay=0).upload()

    line.close()
    assert len([question for question in line.seen if question.body_bytes > 1000]) > 5
    assert seen == [content]
    assert queries.packet_status(packet_id).state == "APPLIED"


def test_tus_js_client_goes_on_after_a_break(ask, server, station, seen, now, tmp_path, identity):
    packet_id, content = new_id(now), secrets.token_bytes(300_000)
    file = tmp_path / "a.dkp"
    file.write_bytes(station.seal(content, now=now, item_id=packet_id))
    line = FaultLine(server.port, cut_the_second_body())
    script = Path(__file__).with_name("tus_js_upload.mjs")

    done = subprocess.run(
        [NODE, script, f"{line.url}{PACKETS}", ask.authorization, file],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    line.close()
    assert done.returncode == 0, done.stderr
    assert len([question for question in line.seen if question.body_bytes > 1000]) > 5
    assert seen == [content]
    assert receipts.read(done.stdout.strip(), identity.node.verify_key).item_id == packet_id
