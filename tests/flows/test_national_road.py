"""The simulated national centre over real HTTP: signed receipts, outages, duplicates."""

import threading

import pytest

from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.national.ports import NationalCentreAway, NationalReceiptInvalid
from dekat.national.statuses import Status


@pytest.fixture
def centre(tmp_path):
    made = SimulatedCentre(tmp_path, pace_s=0)
    server = serve(made, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


def test_a_repeat_gets_the_first_receipt_and_is_held_once(centre, now):
    gateway, recording = HttpGateway(centre.url, centre.key.verify_key), new_id(now)

    first = gateway.submit(recording_id=recording, nik="9911150101900001", content=b"x")
    again = gateway.submit(recording_id=recording, nik="9911150101900001", content=b"x")

    assert (again, centre.count()) == (first, 1)
    assert gateway.statuses(recording)[-1].status == Status.PRINT_READY_RECORD


def test_two_recordings_of_one_nik_are_a_duplicate(centre, now):
    gateway, second = HttpGateway(centre.url, centre.key.verify_key), new_id(now)
    gateway.submit(recording_id=new_id(now), nik="9911150101900001", content=b"x")

    gateway.submit(recording_id=second, nik="9911150101900001", content=b"y")

    assert gateway.statuses(second)[-1].status == Status.DUPLICATE_RECORD


def test_an_outage_is_said_as_one(centre, now):
    centre.is_out = True

    with pytest.raises(NationalCentreAway):
        HttpGateway(centre.url, centre.key.verify_key).ping_ms()


def test_a_receipt_by_somebody_else_is_refused(centre, now):
    gateway = HttpGateway(centre.url, SigningKey.generate().verify_key)

    with pytest.raises(NationalReceiptInvalid):
        gateway.submit(recording_id=new_id(now), nik="9911150101900001", content=b"x")
