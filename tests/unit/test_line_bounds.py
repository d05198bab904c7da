"""Whoever answers in the centre's place can neither fill a station's memory nor hold a lane with single bytes."""

import contextlib
import socket
import threading
import time

import pytest

from dekat.adapters.centre_line import stream, tunnel
from dekat.adapters.centre_line.stream import Stream
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.tunnel import Proxy, open_tunnel
from dekat.adapters.centre_line.wire_talk import Talk


@pytest.fixture
def answered():
    """Connect to somebody who does this with the connection."""
    listening, ends = socket.create_server(("127.0.0.1", 0)), []

    def connect(act):
        def serve():
            far, _ = listening.accept()
            ends.append(far)
            with contextlib.suppress(OSError):
                act(far)

        threading.Thread(target=serve, daemon=True).start()
        near = socket.create_connection(listening.getsockname())
        ends.append(near)
        return near

    yield connect
    for one in (listening, *ends):
        one.close()


def test_an_answer_without_end_while_we_send_is_cut(answered, monkeypatch):
    monkeypatch.setattr(stream, "_FROZEN_S", 3.0)

    def flood(far):
        while True:
            far.sendall(bytes(65536))

    talk = Talk(Stream(answered(flood), None, "pusat.example"))

    with pytest.raises(CentreUnreachable):
        talk.say(b"POST / HTTP/1.1\r\n\r\n", bytes(16 * 1024 * 1024))

    assert len(talk.stream.came) <= 2 * stream._MOST_UNTAKEN


def test_a_proxy_that_answers_in_single_bytes_is_given_up(answered, monkeypatch):
    monkeypatch.setattr(tunnel, "_ANSWER_S", 0.3)

    def trickle(far):
        for _ in range(40):
            far.sendall(b"x")
            time.sleep(0.1)

    begun_s = time.monotonic()
    with pytest.raises(CentreUnreachable):
        open_tunnel(answered(trickle), Proxy("proxy.example", 3128), "pusat.example", 443)

    assert time.monotonic() - begun_s < 2
