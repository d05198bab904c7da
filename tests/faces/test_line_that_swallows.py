"""Sending ends, and says so, on a line that takes every byte and brings none to the centre."""

import secrets
import socket
import sys
import time

import pytest

from dekat.adapters.centre_line import packets
from dekat.adapters.centre_line.conversation import Conversation
from dekat.adapters.centre_line.packets import PacketSender
from dekat.adapters.centre_line.trouble import CentreRefused, CentreUnreachable
from dekat.adapters.centre_line.way import Way
from dekat.adapters.centre_line.wire_talk import Question, Reply
from dekat.kernel.canonical import canonical_json
from dekat.kernel.ids import new_id
from dekat.sync import queries, services
from dekat.sync.rules import Carrier

pytestmark = pytest.mark.django_db
FAR_TOO_MANY = 500


class Swallowing:
    """A line on which each question is answered by `answers`: a reply, or None for a break after all its bytes."""

    has_fresh_pass, latency_ms, carried_bytes = True, 1, 0

    def __init__(self, clock, answers):
        self.way, self._answers, self.unanswered, self.count = Way(clock=clock), answers, [], 0
        self.said = []

    def begin(self, *, item_id, length_bytes, digest, piece=b"", meanwhile):
        self._say("announced", item_id, piece)

    def ask_offset(self, *, item_id, meanwhile):
        self._say("asked", item_id, b"")

    def append(self, *, item_id, offset, piece, meanwhile):
        self._say(f"from {offset}", item_id, piece)

    def _say(self, what, item_id, piece):
        self.said.append(what)
        self.unanswered.append((item_id, len(piece)))

    def poured_answer(self):
        item_id, sent_bytes = self.unanswered.pop(0)
        self.count += 1
        assert self.count < FAR_TOO_MANY
        reply = self._answers(item_id, sent_bytes)
        if reply is None:
            self.unanswered, self.carried_bytes = [], sent_bytes
            raise CentreUnreachable
        return reply

    def close(self):
        self.unanswered, self.carried_bytes = [], 0


def at(offset, status=200):
    return Reply(status, {"upload-offset": str(offset)}, b"")


@pytest.fixture
def send(identity, now, monkeypatch):
    """Send packets over a line that answers like this; give what ended it, their names and the line."""
    monkeypatch.setattr(packets, "_BREATH_S", 0.01)

    def go(answers, count=2):
        items = [new_id(now) for _ in range(count)]
        for item_id in items:
            content = secrets.token_bytes(5000)
            services.seal_packet(packet_id=item_id, kind="test/1", content=content, operator="", now=now)
        line = Swallowing(lambda: now, answers)
        sender = PacketSender(line, clock=lambda: now, patience_s=0.3)
        with pytest.raises((CentreUnreachable, CentreRefused)) as ended:
            sender.send_all(queries.items_to_send(carrier=Carrier.PACKET, now=now))
        return ended.value, items, line

    return go


@pytest.mark.row(20)
def test_bytes_that_are_acknowledged_and_dropped_end_the_round(send):
    trouble, *_ = send(lambda _, sent_bytes: None if sent_bytes else at(0))

    assert isinstance(trouble, CentreUnreachable)


def test_a_break_behind_which_the_centre_always_has_the_same_ends_the_round(send):
    trouble, *_ = send(lambda _, sent_bytes: None if sent_bytes else at(700))

    assert isinstance(trouble, CentreUnreachable)


def told(*replies):
    """Answers one after the other, then the end."""
    coming = iter([*replies, Reply(409, {}, canonical_json({"code": "sync.centre.busy"}))])
    return lambda *_: next(coming)


def test_a_packet_that_the_centre_told_of_is_not_announced_again_after_a_break(send):
    _, _, line = send(told(at(0, 201), at(700, 204), None, at(700)), count=1)

    assert line.said == ["announced", "from 0", "from 700", "asked", "from 700"]


def test_a_packet_that_the_centre_forgot_is_announced_anew(send):
    _, _, line = send(told(at(0, 201), at(700, 204), None, Reply(404, {}, b""), at(0, 201)), count=1)

    assert line.said == ["announced", "from 0", "from 700", "asked", "announced", "from 0"]


def test_after_a_refusal_no_answer_is_left_that_would_be_taken_for_anothers(send):
    _, _, line = send(told(at(0, 201)))

    assert len(line.said) - line.count == 1
    assert line.unanswered == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what was acknowledged")
def test_what_was_acknowledged_of_the_question_before_does_not_count_for_the_one_behind_it(now):
    with socket.create_server(("127.0.0.1", 0)) as centre:
        centre.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line = Conversation(
            f"http://127.0.0.1:{centre.getsockname()[1]}", patience_s=2, ca_file=None, way=Way(clock=lambda: now),
            proxy=None,
        )  # fmt: skip
        for name in ("/before", "/behind"):
            line.say(Question("POST", name, body=bytes(9_000)))
        accepted, _ = centre.accept()
        for _ in range(8):
            accepted.recv(1000)
        time.sleep(0.2)
        accepted.close()

        with pytest.raises(CentreUnreachable):
            line.hear()

    assert line.carried_bytes == 0


def test_an_answer_that_never_tells_more_ends_the_round(send):
    trouble, *_ = send(lambda _, sent_bytes: at(0, 204))

    assert isinstance(trouble, CentreUnreachable)


@pytest.mark.row(55)
def test_a_packet_that_is_altered_each_time_rests_and_the_next_one_is_asked_for(send):
    altered = Reply(460, {}, canonical_json({"code": "sync.upload.corrupt"}))
    seen = []

    def answers(item_id, sent_bytes):
        seen.append(item_id)
        return altered if sent_bytes else at(0)

    trouble, items, _ = send(answers)

    assert trouble.facts["refusal"] == "sync.upload.corrupt"
    assert set(seen) == set(items)
    assert [queries.packet_status(item_id).code for item_id in items] == ["sync.upload.corrupt"] * 2
