"""What a station judged is judged again at the centre, on the packet itself."""

from uuid import UUID

import pytest

from dekat.accounts.roles import Role
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import JudgeAway
from dekat.flows.judge_recording import judge_waiting
from dekat.ledger.queries import events
from dekat.national import queries
from dekat.sync import envelope
from dekat.sync.queries import sealed_bytes
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import VERIFIER, let_in
from tests.make.judging import CodeJudge, judged_by
from tests.make.recordings import Desk, devices

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(identity, now):
    """The content of a recording that a station judged to be perfect, with the same hand twice."""
    devices()
    with judged_by(CodeJudge(scores=[95] * 40)):
        desk = Desk(now)
        desk.to_summary()
        desk.seal()
    data = sealed_bytes(desk.id)
    return envelope.parse(data, max_bytes=len(data)).open(identity.open_key)


def judged(judge, content: bytes, recording_id: UUID, now):
    with judged_by(judge):
        judge_waiting(open_content=lambda packet_id: content, actor=VERIFIER, now=lambda: now)
    return queries.submission(recording_id).look


def test_the_centre_finds_what_the_station_did_not_say(identity, now, sealed):
    recording_id = make_national.taken_in(now)
    strict = CodeJudge(
        scores=[70] * 40,
        poor={Position.LEFT_RING, Position.FACE},
        twins={Position.RIGHT_THUMB: Position.LEFT_THUMB, Position.LEFT_INDEX: None},
    )

    look = judged(strict, sealed, recording_id, now)

    assert look["weak"] == [Position.LEFT_RING, Position.FACE]
    assert look["twins"] == [Position.RIGHT_THUMB]
    assert look["unlike_rechecks"] == [Position.LEFT_INDEX]
    assert Position.LEFT_MIDDLE in look["overstated"]


def test_a_recording_is_looked_at_once_and_the_event_holds_counts_only(identity, now, sealed):
    recording_id = make_national.taken_in(now)
    judged(CodeJudge(poor={Position.LEFT_RING}), sealed, recording_id, now)
    again = judged(CodeJudge(), sealed, recording_id, now)

    assert again["weak"] == [Position.LEFT_RING]
    (told,) = [one for one in events() if one.name == "national.recording.judged"]
    assert told.data["weak"] == 1
    assert set(told.data) == {"kecamatan", "weak", "unread", "twins", "unlike_rechecks", "overstated"}


def test_without_a_judge_the_recording_waits(identity, now, sealed):
    recording_id = make_national.taken_in(now)

    assert judged(None, sealed, recording_id, now) is None
    assert [one for one, _ in queries.waiting_to_be_judged()] == [recording_id]


def test_what_no_judge_survives_and_what_is_gone_hold_up_nobody_else(identity, now, sealed):
    gone = {queries.submission(make_national.taken_in(now)).packet_id for _ in range(2)}
    deadly = [make_national.taken_in(now) for _ in range(3)]
    last = make_national.taken_in(now)
    packets = {queries.submission(one).packet_id for one in deadly}

    def opened(packet_id):
        if packet_id in gone:
            return None
        at_work[0] = packet_id
        return sealed

    at_work: list[UUID] = [UUID(int=0)]

    class Fragile(CodeJudge):
        def fingers(self, images):
            if at_work[0] in packets:
                raise JudgeAway
            return super().fingers(images)

    with judged_by(Fragile()):
        for _ in range(2):
            judge_waiting(open_content=opened, actor=VERIFIER, now=lambda: now)

    assert queries.submission(last).look is not None
    assert {queries.submission(one).look for one in deadly} == {None}


def test_the_office_reads_which_fingers_are_weak(identity, now, sealed, client):
    recording_id = make_national.taken_in(now, resident_id=make_registry.resident_id(now))
    let_in(client, Role.VERIFIER, now=now)
    before = client.get(f"/kantor/rekaman/{recording_id}/").content.decode()
    judged(CodeJudge(poor={Position.LEFT_RING}), sealed, recording_id, now)
    after = client.get(f"/kantor/rekaman/{recording_id}/").content.decode()

    assert "Belum diperiksa" in before
    assert "Jari manis kiri" in after
