"""One wrong thing on the line at a time: any question cut, lost, bent, doubled or late; then all is there once."""

import re
import socket
from uuid import uuid4

import pytest

from tests.fault.fault_line import PASS, FaultLine, Wrong
from tests.fault.pair import hold_invariants, settle

pytestmark = pytest.mark.processes
KINDS = {
    "hello": ("POST", "/hello"),
    "inbox": ("POST", "/inbox"),
    "events": ("POST", "/events"),
    "packet": ("POST", "/packets"),
    "feed": ("GET", "/feed"),
    "blob": ("GET", "/blobs/"),
}
UP, UNREACHABLE = "UP", "line.centre.unreachable"
# Each of seven questions may cost a round of its own, but no more.
ROUNDS = 8


class World:
    """A pair with something to say in every kind of question, over a line that spoils the first one of each kind."""

    def __init__(self, centre, station):
        self.centre, self.station = centre, station
        self.port = centre.start().tell("serve")
        station.start().tell("start_up")
        self._count = 0

    def spoiled(self, wrong, *kinds, size=20_000):
        """Have something of everything, spoil one question of each kind, go on until all is well.

        Gives the codes of the rounds and the questions.
        """
        self._count += 1
        packet = str(uuid4())
        self.station.tell("seal", packet, size)
        self.station.tell("send", str(uuid4()), "pesan")
        self.centre.tell("publish", f"kabar {self._count}")
        unspoilt = list(kinds or KINDS)

        def plan(question):
            kind = next((one for one in unspoilt if is_kind(question, one)), None)
            if kind is None:
                return PASS
            unspoilt.remove(kind)
            return wrong(question) if callable(wrong) else wrong

        line = FaultLine(self.port, plan, patience_s=2)
        codes = [self.station.tell("once", line.url, 2)]
        while codes[-1] != UP and len(codes) < ROUNDS:
            codes.append(self.station.tell("once", line.url, 2))
        line.close()
        assert not unspoilt, codes
        assert codes[-1] == UP, codes
        assert self.station.tell("held")[packet][0] == "RECEIVED"
        return codes, line.seen


@pytest.fixture
def world(pair):
    return World(*pair)


def is_kind(question, kind):
    method, part = KINDS[kind]
    return question.method == method and part in question.path


def of_kind(seen, kind):
    return [question for question in seen if is_kind(question, kind)]


@pytest.mark.row(20)
def test_a_packet_cut_after_any_byte_goes_on_where_the_centre_s_bytes_end(world, pair):
    for place in (0, 1, 130, 520, 600, 10_000, 25_000, 40_000, 61_900):
        _, seen = world.spoiled(Wrong(cut_after=place), "packet", size=60_000)
        cut, rest = (question for question in seen if question.body_bytes > 50_000 or question.method == "PATCH")
        kept = int(re.search(rb"Upload-Offset: (\d+)", rest.head)[1])
        assert kept == max(0, place - len(cut.head))
        assert rest.body_bytes == cut.body_bytes - kept

    hold_invariants(*pair)


@pytest.mark.row(20)
def test_any_other_question_cut_anywhere_is_asked_again(world, pair):
    others = [kind for kind in KINDS if kind != "packet"]

    for share in (0.0, 0.02, 0.4, 0.7, 0.999):
        cut = lambda q, s=share: Wrong(cut_after=int(s * (len(q.head) + q.body_bytes)))  # noqa: E731 - one expression
        codes, _ = world.spoiled(cut, *others)
        assert set(codes) <= {UP, UNREACHABLE}

    hold_invariants(*pair)


@pytest.mark.row(23)
def test_an_answer_cut_anywhere_is_no_answer(world, pair):
    for place in (0, 1, 12, 90, 130, 170, 200):
        codes, _ = world.spoiled(Wrong(answer_after=place))
        assert set(codes) <= {UP, UNREACHABLE}

    hold_invariants(*pair)


@pytest.mark.row(5)
def test_a_creation_whose_answer_is_lost_makes_one_upload(world, pair):
    """Cut in the middle, asked how far it is, and that answer lost."""
    lost = []

    def plan(question):
        lost.append(question)
        return Wrong(cut_after=9_000) if len(lost) == 1 else Wrong(answer_after=0)

    _, seen = world.spoiled(plan, "packet", "packet")

    begun = of_kind(seen, "packet")
    assert len(begun) >= 3
    assert len({re.search(rb"Upload-Metadata: (.*)\r\n", question.head)[1] for question in begun}) == 1
    assert not list((pair[0].folder / "uploads").iterdir())
    settle(*pair)


@pytest.mark.row(7)
def test_a_lost_last_answer_costs_one_question_and_no_byte_of_the_packet(world, pair):
    _, seen = world.spoiled(Wrong(answer_after=0), "packet")

    first, second = of_kind(seen, "packet")
    assert first.body_bytes > 20_000
    assert second.body_bytes == 0
    settle(*pair)


@pytest.mark.row(24)
def test_the_centre_s_answer_to_another_question_is_dropped(world, pair):
    def stale(question):
        other = re.sub(rb"(Dekat-Nonce: )[\w-]+", rb"\g<1>" + b"0" * 16, without_body(question.head))
        return Wrong(answer=answered(world.port, other))

    codes, _ = world.spoiled(stale, "packet", "feed", "blob")

    assert codes == ["line.centre.not_the_centre"] * 3 + [UP]
    settle(*pair)


@pytest.mark.row(24)
def test_two_answers_in_a_row_do_not_shift_the_later_ones(world, pair):
    """A proxy that answers a question twice leaves an answer on the line that belongs to nothing."""

    def doubled(question):
        answer = answered(world.port, question.head)
        return Wrong(answer=answer + answer)

    codes, _ = world.spoiled(doubled, "feed")

    assert codes[-1] == UP
    settle(*pair)


@pytest.mark.row(25)
def test_questions_that_are_delivered_twice_have_one_effect(world, pair):
    codes, _ = world.spoiled(Wrong(is_twice=True))

    assert codes == [UP]
    settle(*pair)


@pytest.mark.row(26)
def test_questions_that_come_after_later_ones_change_nothing(world, pair):
    codes, _ = world.spoiled(Wrong(is_held_back=True))

    assert set(codes) <= {UP, UNREACHABLE}
    settle(*pair)


@pytest.mark.row(55)
def test_a_bit_that_turns_over_in_any_question_harms_nothing(world, pair):
    for share in (0.02, 0.15, 0.3, 0.5, 0.75, 0.97):
        world.spoiled(lambda q, s=share: Wrong(flip_at=int(s * (len(q.head) + q.body_bytes - 4))))

    assert aside(pair[1]) == []
    settle(*pair)


@pytest.mark.row(55)
def test_a_bit_that_turns_over_in_any_answer_harms_nothing(world, pair):
    for place in (9, 60, 140, 180, 220, 260):
        world.spoiled(Wrong(flip_answer_at=place))

    assert aside(pair[1]) == []
    settle(*pair)


def aside(station):
    """Items that somebody must now look at."""
    return [item for item, (state, *_) in station.tell("held").items() if state in ("QUARANTINED", "HELD")]


def without_body(head):
    """The same question, but with nothing in it."""
    return re.sub(rb"Content-Type: [^\r]+\r\n", b"", re.sub(rb"Content-Length: \d+", b"Content-Length: 0", head))


def answered(port, head):
    """What the centre answers to a question without a body."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
        asked.sendall(head)
        came = b""
        while b"\r\n\r\n" not in came:
            came += asked.recv(65536)
        told, _, body = came.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", told.lower())
        while length and len(body) < int(length[1]):
            body += asked.recv(65536)
        return told + b"\r\n\r\n" + body
