"""Devices that are busy, late, swapped, pulled out and put back, and two of one kind on one desk."""

import io
import socket
import threading
import time
from itertools import islice

import numpy as np
import pytest
from PIL import Image

from dekat.adapters.sbi.client import SbiDevices
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.exchange import Question, stream
from dekat.enrolment import ports
from dekat.enrolment.models import ChainLink, StepCapture
from dekat.enrolment.ports import DeviceKind, DeviceStatus
from dekat.enrolment.positions import Position, Slap
from dekat.kernel.errors import DekatError
from tests.make.devices import NOW, make_office
from tests.make.recordings import Desk

TWO_SCANNERS = (DeviceKind.FINGER, DeviceKind.FINGER)


@pytest.fixture
def office(tmp_path):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER]) as office:
        yield office


@pytest.fixture
def two(tmp_path):
    with make_office(tmp_path, kinds=TWO_SCANNERS) as office:
        yield office


def _thumbs(devices, previous_hash=""):
    return devices.capture_fingers(Slap.THUMBS, exceptions=(), transaction_id="plugging-1", previous_hash=previous_hash)


def _code(devices):
    with pytest.raises(DekatError) as refused:
        _thumbs(devices)
    return refused.value.code


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.BUSY, "sbi.device.busy"),
        (Fault.NOT_READY, "sbi.device.not_ready"),
        (Fault.OFF, "sbi.device.absent"),
        (Fault.UNPLUGGED, "sbi.device.absent"),
        (Fault.NOT_REGISTERED, "sbi.device.not_registered"),
        (Fault.UNKNOWN_SIGNER, "sbi.answer.signer_unknown"),
        (Fault.DOUBLE, "sbi.capture.count_wrong"),
        (Fault.GARBAGE, "sbi.answer.unreadable"),
    ],
)
def test_a_retry_works_once_the_device_is_well_again(office, fault, code):
    device = office.rig.devices[0]
    assert len(_thumbs(office.devices)) == 2
    office.rig.set_fault(device, fault)
    assert _code(office.devices) == code

    office.rig.set_fault(device, Fault.NONE)

    assert len(_thumbs(office.devices)) == 2


def test_a_device_put_into_another_socket_is_found_without_a_restart(tmp_path):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER]) as office:
        device = office.rig.devices[0]
        _thumbs(office.devices)
        office.rig.set_fault(device, Fault.OFF)
        device.port = 0
        office.rig.set_fault(device, Fault.NONE)
        office.devices.ports = office.rig.ports

        captures = _thumbs(office.devices)

        assert captures[0].device_serial == device.serial
        assert office.devices.ready()[0].address.endswith(str(device.port))


def test_another_device_on_the_same_socket_is_asked_under_its_own_serial_number(office):
    _thumbs(office.devices)
    office.rig.devices[0].serial = "CONTOH-FINGER-SWAPPED"

    assert _thumbs(office.devices)[0].device_serial == "CONTOH-FINGER-SWAPPED"


def test_a_stranger_is_never_asked(office):
    device = office.rig.devices[0]
    asked = []
    device.capture = lambda request: asked.append(request)
    office.rig.set_fault(device, Fault.UNKNOWN_SIGNER)

    assert _code(office.devices) == "sbi.answer.signer_unknown"
    with pytest.raises(DekatError):
        office.devices.preview(DeviceKind.FINGER, Slap.LEFT)

    assert asked == []


def test_a_late_answer_is_thrown_away_and_the_next_capture_is_kept_once(office):
    device = office.rig.devices[0]
    first = _thumbs(office.devices)
    office.rig.set_fault(device, Fault.LATE)
    office.devices.limit_s = 0.4

    assert _code(office.devices) == "sbi.device.silent"
    assert _code(office.devices) == "sbi.device.busy"
    office.rig.set_fault(device, Fault.NONE)
    device.settle()
    office.devices.limit_s = 20
    again = _thumbs(office.devices, previous_hash=first[-1].hash_hex)

    assert [capture.previous_hash for capture in again] == [first[-1].hash_hex, again[0].hash_hex]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [Fault.LATE, Fault.DOUBLE, Fault.GARBAGE, Fault.OFF])
def test_nothing_of_a_bad_answer_is_kept_and_the_next_slap_once(identity, now, office, fault):
    device = office.rig.devices[0]
    office.devices.limit_s = 0.4 if fault is Fault.LATE else 20
    ports.use_devices(lambda: office.devices)
    desk = Desk(now)
    desk.to_fingers()
    office.rig.set_fault(device, fault)
    with pytest.raises(DekatError):
        desk.slap(Slap.LEFT)
    assert ChainLink.objects.count() == StepCapture.objects.exclude(position=Position.FACE).count() == 0

    office.rig.set_fault(device, Fault.NONE)
    device.settle()
    office.devices.limit_s = 20
    desk.slap(Slap.LEFT)

    assert ChainLink.objects.count() == StepCapture.objects.exclude(position=Position.FACE).count() == 4


@pytest.mark.parametrize("fault", [Fault.OFF, Fault.UNPLUGGED, Fault.NOT_READY, Fault.BUSY])
def test_a_capture_that_broke_off_half_way_can_be_made_again(tmp_path, fault):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER], hold_s=20) as office:
        device = office.rig.devices[0]
        office.devices.timeout_ms = 20_000
        office.devices.ready()
        threading.Timer(0.3, office.rig.set_fault, (device, fault)).start()
        assert _code(office.devices).startswith("sbi.device.")

        device.hold_s = 0
        office.rig.set_fault(device, Fault.NONE)

        assert len(_thumbs(office.devices)) == 2


def test_both_devices_of_a_kind_are_listed_by_their_serial_number(two):
    states = [state for state in two.devices.ready() if state.kind is DeviceKind.FINGER]

    assert [state.serial for state in states] == [device.serial for device in two.rig.devices]


def test_without_a_choice_the_one_that_is_ready_and_believed_is_asked(two):
    first, second = two.rig.devices
    two.rig.set_fault(first, Fault.NOT_READY)
    assert _thumbs(two.devices)[0].device_serial == second.serial

    two.rig.set_fault(first, Fault.UNKNOWN_SIGNER)

    assert _thumbs(two.devices)[0].device_serial == second.serial


def test_the_operator_s_choice_is_asked_even_when_another_is_ready(two):
    second = two.rig.devices[1]
    two.devices.choice = lambda kind: second.serial

    assert _thumbs(two.devices)[0].device_serial == second.serial
    two.rig.set_fault(second, Fault.BUSY)

    assert _code(two.devices) == "sbi.device.busy"


def test_a_chosen_device_that_is_away_is_said_and_the_other_named(two):
    first, second = two.rig.devices
    two.devices.choice = lambda kind: second.serial
    two.rig.set_fault(second, Fault.OFF)

    with pytest.raises(DekatError) as refused:
        _thumbs(two.devices)

    assert refused.value.code == "sbi.device.chosen_away"
    assert refused.value.facts == {"serial": second.serial, "other": first.serial}


def test_one_device_can_be_asked_alone(two):
    second = two.rig.devices[1]

    assert _thumbs(two.devices.only(second.serial))[0].device_serial == second.serial
    assert _code(two.devices.only("CONTOH-NOWHERE")) == "sbi.device.absent"


def test_closing_a_preview_lets_go_of_the_device(office):
    frames = office.devices.preview(DeviceKind.FINGER, Slap.LEFT)
    next(frames)
    server = office.rig._servers[office.rig.devices[0].port]

    frames.close()

    assert _soon(lambda: not server._open)


def test_a_device_switched_off_in_the_middle_of_a_preview_is_told(office):
    frames = office.devices.preview(DeviceKind.FINGER, Slap.LEFT)
    next(frames)
    threading.Timer(0.1, office.rig.set_fault, (office.rig.devices[0], Fault.OFF)).start()

    with pytest.raises(DekatError) as refused:
        list(islice(frames, 100))

    assert refused.value.code == "sbi.device.unplugged"


def test_a_preview_comes_back_with_the_device(office):
    device = office.rig.devices[0]
    next(office.devices.preview(DeviceKind.FINGER, Slap.LEFT))
    office.rig.set_fault(device, Fault.OFF)
    office.rig.set_fault(device, Fault.NONE)

    frame = next(office.devices.preview(DeviceKind.FINGER, Slap.LEFT))

    assert Image.open(io.BytesIO(frame)).size == (640, 360)


def test_a_preview_of_something_else_is_refused_and_does_not_run_for_ever(office):
    office.devices.ready()
    office.rig.devices[0].fault = Fault.GARBAGE

    with pytest.raises(DekatError) as refused:
        next(office.devices.preview(DeviceKind.FINGER, Slap.LEFT))

    assert refused.value.code == "sbi.answer.unreadable"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"--B\r\nContent-Length:9\r\n\r\n\xff\xd8\xff", "sbi.device.unplugged"),
        (b"--B\r\nContent-Length:9\r\n\r\nnot a jpeg", "sbi.answer.unreadable"),
        (b"--B\r\nContent-Length:99999999\r\n\r\n", "sbi.answer.unreadable"),
    ],
)
def test_half_a_frame_and_what_is_no_picture_are_refused(sent, code):
    def serve(server):
        connection = server.accept()[0]
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + sent)
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()

        with pytest.raises(DekatError) as refused:
            list(stream(server.getsockname()[1], Question("STREAM", "/stream", {}, 5)))

    assert refused.value.code == code


def test_a_frozen_preview_is_told_after_its_limit():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(DekatError) as refused:
        list(stream(server.getsockname()[1], Question("STREAM", "/stream", {}, 0.2)))

    assert refused.value.code == "sbi.device.silent"


def test_a_person_without_a_finger_shows_three_and_gives_three(office):
    office.rig.lack(frozenset({Position.RIGHT_LITTLE}))
    right = {"transaction_id": "lacking-1", "previous_hash": ""}

    with pytest.raises(DekatError) as refused:
        office.devices.capture_fingers(Slap.RIGHT, exceptions=(), **right)
    captures = office.devices.capture_fingers(Slap.RIGHT, exceptions=(Position.RIGHT_LITTLE,), **right)
    frame = np.asarray(Image.open(io.BytesIO(next(office.devices.preview(DeviceKind.FINGER, Slap.RIGHT)))))

    assert refused.value.code == "sbi.capture.count_wrong"
    assert len(captures) == 3
    assert (frame[200:330, 440:] > 225).all()


def test_an_empty_office_says_which_kinds_are_missing(tmp_path, office):
    devices = SbiDevices(ports=[], trust=office.trust, clock=lambda: NOW)

    assert {state.status for state in devices.ready()} == {DeviceStatus.ABSENT}


def _soon(is_so, within_s=3.0):
    ends = time.monotonic() + within_s
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.02)
    return is_so()
