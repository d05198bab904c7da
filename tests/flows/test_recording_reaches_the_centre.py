"""A recording, sealed at the station, opens at the centre exactly as it was."""

import pytest

from dekat.enrolment import packet_content
from dekat.enrolment.packet_content import ContentUnreadable
from dekat.enrolment.positions import FINGERS, Position
from dekat.sync import envelope
from dekat.sync.queries import sealed_bytes
from tests.make.recordings import CAMAT_ID, STROKES, Desk, biodata, devices

pytestmark = pytest.mark.django_db


def opened(identity, recording_id):
    sealed = sealed_bytes(recording_id)
    return envelope.parse(sealed, max_bytes=len(sealed)).open(identity.open_key)


def test_the_centre_reads_what_the_station_sealed(identity, now):
    devices()
    desk = Desk(now)
    desk.to_summary(without=(Position.RIGHT_RING, Position.LEFT_IRIS))
    code = desk.seal()

    content = packet_content.read(opened(identity, desk.id))

    main = {one.position for one in content.captures if one.purpose == "MAIN"}
    assert (content.recording_id, content.code) == (desk.id, code)
    assert content.biodata == biodata()
    assert main == {*FINGERS, Position.RIGHT_IRIS, Position.FACE} - {Position.RIGHT_RING}
    assert {one.position for one in content.captures if one.purpose == "RECHECK"} == {
        Position.LEFT_INDEX,
        Position.RIGHT_INDEX,
    }
    assert {one.position: one.confirmed_by for one in content.absences} == {
        Position.RIGHT_RING: str(CAMAT_ID),
        Position.LEFT_IRIS: str(CAMAT_ID),
    }
    assert content.signature_strokes == STROKES
    assert [link.previous_hash for link in content.chain[1:]] == [link.hash_hex for link in content.chain[:-1]]
    assert packet_content.write(content) == opened(identity, desk.id)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xa0", b"\xa1gversionkrecording/9"])
def test_a_strange_inside_is_refused(data):
    with pytest.raises(ContentUnreadable):
        packet_content.read(data)
