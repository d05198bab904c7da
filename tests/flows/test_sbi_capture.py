"""A station captures people with emulated devices over real HTTP on loopback."""

import http.client
import io
import json
import socket
import threading
import time
from itertools import islice

import pytest
from PIL import Image

from dekat.adapters.sbi.chain import next_hash
from dekat.adapters.sbi.client import SbiDevices
from dekat.adapters.sbi.discovery import port_range
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.emulator import Socketed, serve_control, sockets
from dekat.adapters.sbi.iso import read_record
from dekat.adapters.sbi.refusals import NobodyToCapture
from dekat.enrolment.ports import DeviceKind, DeviceStatus
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap
from dekat.kernel.errors import DekatError
from tests.make.devices import NOW, make_office

RECORDING = "0193-recording-1"


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory):
    with make_office(tmp_path_factory.mktemp("trust")) as office:
        yield office


@pytest.fixture
def office(shared_office):
    yield shared_office
    shared_office.rig.sit(None)
    for device in shared_office.rig.devices:
        shared_office.rig.set_fault(device, Fault.NONE)


def _fingers(office, slap=Slap.THUMBS, exceptions=(), previous_hash="", recording=RECORDING):
    return office.devices.capture_fingers(
        slap, exceptions=exceptions, transaction_id=recording, previous_hash=previous_hash
    )


def test_a_whole_person_is_captured_in_one_chain(office):
    captures = []
    for slap in Slap:
        captures += _fingers(office, slap, previous_hash=captures[-1].hash_hex if captures else "")
    captures += office.devices.capture_irises(
        exceptions=(), transaction_id=RECORDING, previous_hash=captures[-1].hash_hex
    )
    captures.append(office.devices.capture_face(transaction_id=RECORDING, previous_hash=captures[-1].hash_hex))

    assert {capture.position for capture in captures} == set(Position)
    before = ""
    for capture in captures:
        assert capture.previous_hash == before
        assert capture.hash_hex == next_hash(before, capture.image)
        assert read_record(capture.image).position is capture.position
        assert capture.quality_score >= 50
        assert Image.open(io.BytesIO(capture.preview)).format == "JPEG"
        assert capture.captured_at == NOW
        before = capture.hash_hex
    assert len({capture.image for capture in captures}) == 13
    assert len({capture.device_serial for capture in captures}) == 3


def test_a_missing_finger_is_left_out_and_the_rest_is_captured(office):
    captures = _fingers(office, Slap.RIGHT, exceptions={Position.RIGHT_LITTLE, Position.LEFT_THUMB})

    assert [capture.position for capture in captures] == list(SLAP_FINGERS[Slap.RIGHT][:3])


def test_one_eye_can_be_left_out(office):
    captures = office.devices.capture_irises(
        exceptions={Position.LEFT_IRIS}, transaction_id=RECORDING, previous_hash=""
    )

    assert [capture.position for capture in captures] == [Position.RIGHT_IRIS]


def test_a_slap_without_any_finger_is_never_asked_for(office):
    with pytest.raises(NobodyToCapture):
        _fingers(office, exceptions=FINGERS)


def test_another_recording_is_another_person_and_a_second_try_is_the_same_one(office):
    first, again, other = (_fingers(office, recording=name)[0] for name in ("person-1", "person-1", "person-2"))

    assert first.image != again.image
    assert office.rig.whose("person-1") == office.rig.whose("person-1") != office.rig.whose("person-2")
    assert other.transaction_id == "person-2"


def test_a_chosen_person_can_sit_down_again(office):
    office.rig.sit(12)
    touches = office.rig.device(DeviceKind.FINGER).touches

    assert office.rig.whose("anything") == office.rig.whose("else") == 12
    _fingers(office)
    assert office.rig.device(DeviceKind.FINGER).touches == touches + 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.OFF, "sbi.device.absent"),
        (Fault.UNPLUGGED, "sbi.device.absent"),
        (Fault.NOT_READY, "sbi.device.not_ready"),
        (Fault.BUSY, "sbi.device.busy"),
        (Fault.NOT_REGISTERED, "sbi.device.not_registered"),
        (Fault.TAMPERED, "sbi.device.tampered"),
        (Fault.NOBODY, "sbi.capture.nothing_seen"),
        (Fault.WRONG_COUNT, "sbi.capture.count_wrong"),
        (Fault.WRONG_CLOCK, "sbi.answer.clock_differs"),
        (Fault.WRONG_TRANSACTION, "sbi.answer.wrong_transaction"),
        (Fault.WRONG_VERSION, "sbi.answer.wrong_version"),
        (Fault.BROKEN_CHAIN, "sbi.answer.chain_broken"),
        (Fault.NO_SCORE, "sbi.answer.score_missing"),
        (Fault.UNKNOWN_SIGNER, "sbi.answer.signer_unknown"),
        (Fault.FORGED, "sbi.answer.not_signed"),
        (Fault.EXPIRED_KEY, "sbi.device.key_expired"),
    ],
)
def test_each_trouble_of_a_device_has_its_own_refusal(office, fault, code):
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), fault)
    office.devices.ready()

    with pytest.raises(DekatError) as refused:
        _fingers(office)

    assert refused.value.code == code


def test_dirty_glass_gives_low_scores_and_no_refusal(office):
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), Fault.DIRTY)

    assert max(capture.quality_score for capture in _fingers(office, Slap.LEFT)) < 40


def test_the_other_hand_looks_like_the_other_hand(office):
    office.rig.sit(3)
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), Fault.WRONG_HAND)

    captures = _fingers(office, Slap.LEFT)

    assert [capture.position for capture in captures] == list(SLAP_FINGERS[Slap.LEFT])


@pytest.mark.parametrize(
    ("fault", "code"), [(Fault.OFF, "sbi.device.unplugged"), (Fault.UNPLUGGED, "sbi.device.not_found")]
)
def test_a_cable_pulled_in_the_middle_of_a_capture_is_told_at_once(tmp_path, fault, code):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER], hold_s=20) as office:
        office.devices.timeout_ms = 20_000
        office.devices.ready()
        device = office.rig.devices[0]
        pull = threading.Timer(0.3, office.rig.set_fault, (device, fault))
        started = time.monotonic()
        pull.start()

        with pytest.raises(DekatError) as refused:
            _fingers(office)

        assert refused.value.code == code
        assert time.monotonic() - started < 5
        pull.join()
        device.hold_s = 0
        office.rig.set_fault(device, Fault.NONE)
        assert len(_fingers(office)) == 2


def test_ready_tells_each_device_and_which_kind_is_missing(office):
    office.rig.set_fault(office.rig.device(DeviceKind.IRIS), Fault.OFF)
    office.rig.set_fault(office.rig.device(DeviceKind.FACE), Fault.BUSY)

    finger, iris, face = office.devices.ready()

    assert (finger.kind, finger.status, finger.is_trusted) == (DeviceKind.FINGER, DeviceStatus.READY, True)
    assert (finger.serial, finger.make) == ("CONTOH-FINGER-0007-1", "CONTOH")
    assert finger.address == f"127.0.0.1:{office.rig.ports[0]}"
    assert (iris.kind, iris.status, iris.serial) == (DeviceKind.IRIS, DeviceStatus.ABSENT, "")
    assert (face.kind, face.status) == (DeviceKind.FACE, DeviceStatus.BUSY)


@pytest.mark.parametrize(
    ("fault", "status", "is_trusted"),
    [
        (Fault.NOT_READY, DeviceStatus.NOT_READY, True),
        (Fault.NOT_REGISTERED, DeviceStatus.NOT_REGISTERED, False),
        (Fault.UNKNOWN_SIGNER, DeviceStatus.READY, False),
        (Fault.TAMPERED, DeviceStatus.NOT_READY, True),
    ],
)
def test_a_state_says_whether_the_device_can_be_believed(office, fault, status, is_trusted):
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), fault)

    state = office.devices.ready()[0]

    assert (state.status, state.is_trusted) == (status, is_trusted)


def test_a_hundred_closed_ports_are_searched_quickly(office):
    free = [port for port in port_range("61000-61099") if port not in office.rig.ports]
    devices = SbiDevices(ports=free, trust=office.trust, clock=lambda: NOW)
    started = time.monotonic()

    states = devices.ready()

    assert {state.status for state in states} == {DeviceStatus.ABSENT}
    assert time.monotonic() - started < 3


def test_another_programme_on_the_port_is_no_device(office):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: [server.accept()[0].close() for _ in range(2)], daemon=True).start()
        devices = SbiDevices(ports=[server.getsockname()[1]], trust=office.trust, clock=lambda: NOW)

        assert all(state.status is DeviceStatus.ABSENT for state in devices.ready())


@pytest.mark.parametrize(("kind", "slap"), [(DeviceKind.FINGER, Slap.LEFT), (DeviceKind.FACE, None)])
def test_a_preview_shows_moving_pictures(office, kind, slap):
    frames = office.devices.preview(kind, slap)

    pictures = list(islice(frames, 3))

    frames.close()
    assert all(Image.open(io.BytesIO(picture)).format == "JPEG" for picture in pictures)
    assert len(set(pictures)) > 1


def test_an_authentication_capture_is_refused(office):
    connection = http.client.HTTPConnection("127.0.0.1", office.rig.ports[0], timeout=5)

    connection.request("CAPTURE", "/capture", b"{}")

    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer["biometrics"][0]["error"]["errorCode"] == "501"


def test_a_broken_content_type_and_numbers_instead_of_text_are_understood(office):
    request = {
        "env": "Developer",
        "purpose": "Registration",
        "specVersion": "0.9.5",
        "timeout": 1000,
        "captureTime": "2026-11-23T09:00:00",
        "transactionId": "numbers-1",
        "bio": [
            {"type": "Iris", "count": 2, "bioSubType": [], "requestedScore": 40, "deviceId": 1, "deviceSubId": 3,
             "previousHash": ""}
        ],
        "customOpts": None,
    }  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", office.rig.device(DeviceKind.IRIS).port, timeout=10)

    connection.request("RCAPTURE", "/capture", json.dumps(request), {"Content-Type": "Content-Type; charset=UTF-8"})

    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert [item["error"]["errorCode"] for item in answer["biometrics"]] == ["0"] * len(IRISES)


def test_the_switches_of_the_demo_turn_over_http(office):
    control = serve_control(office.rig, 0)
    port = control.server_address[1]
    finger = office.rig.device(DeviceKind.FINGER)

    def turn(method, path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    assert turn("POST", f"/{finger.port}/BUSY") == (200, {"done": True})
    assert turn("POST", "/person/12") == (200, {"done": True})
    assert turn("POST", "/lacking/RIGHT_LITTLE+LEFT_IRIS") == turn("POST", "/lacking/NOTHING") == (200, {"done": True})
    assert turn("POST", "/lacking/NOSE")[0] == 404
    assert turn("POST", f"/{finger.port}/NONSENSE")[0] == 404
    assert turn("POST", f"/{finger.port}/ROTATE")[0] == turn("POST", f"/{finger.port}/BLUE")[0] == 200
    status, shown = turn("GET", "/")
    control.shutdown()
    control.server_close()

    assert status == 200
    assert shown["seated"] == 12
    assert shown["devices"][0]["fault"] == "BUSY"
    assert finger.fault is Fault.BUSY


def test_ports_can_name_their_kind_and_serial_number():
    assert sockets("4501:Iris:SN-1, 4502") == [
        Socketed(4501, DeviceKind.IRIS, "SN-1"),
        Socketed(4502, DeviceKind.IRIS, ""),
    ]
