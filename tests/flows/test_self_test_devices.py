"""The weekly self-test of a device: what is kept of it, when it is due, and that nobody takes it for use."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties.evidence import faults_of, may_say
from dekat.duties.history import export_history
from dekat.enrolment import ports
from dekat.enrolment.device_choice import select_device, selected_serial
from dekat.enrolment.models import StepCapture
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Slap
from dekat.flows.self_test_devices import note_missed_tests, self_test_device
from dekat.ledger import queries as ledger
from dekat.readings import queries as readings
from dekat.readings import services
from dekat.readings.kinds import SelfTestResult
from dekat.readings.rules import due
from dekat.reports import desk_devices
from tests.make.code_devices import CodeDevices
from tests.make.devices import make_office

KECAMATAN = "35.11.19"
WEEK = timedelta(days=7)


@pytest.fixture
def rina(identity):
    return Actor(account_id=uuid4(), role=Role.OPERATOR, kecamatan=KECAMATAN, node="station-35.11.19")


def _test(rina, now, *, kind=DeviceKind.FINGER, serial="CODE-FINGER-1", test_id=None):
    return self_test_device(kind=kind, serial=serial, test_id=test_id or uuid4(), actor=rina, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(DeviceKind))
def test_a_test_keeps_its_result_and_no_picture(rina, now, kind):
    ports.use_devices(lambda: CodeDevices(scores=[88, 81]))

    test = _test(rina, now, kind=kind, serial=f"CODE-{kind.upper()}-1")

    [event] = ledger.events(names=["readings.device.self_tested"])
    assert (test.result, test.trouble) == (SelfTestResult.PASSED, "")
    assert test.score == (88 if kind is DeviceKind.FACE else 81)
    assert event.subject == f"device:CODE-{kind.upper()}-1"
    assert event.actor == rina.label
    assert set(event.data) == {"by", "kind", "result", "score", "took_ms"}
    assert StepCapture.objects.count() == 0


@pytest.mark.django_db
def test_the_same_press_twice_is_one_test(rina, now):
    made = CodeDevices()
    ports.use_devices(lambda: made)
    press = uuid4()

    first, again = (_test(rina, now, test_id=press) for _ in range(2))

    assert first == again
    assert len(made.asked) == 1


@pytest.mark.django_db
def test_weak_pictures_and_a_refusing_device_are_results(rina, now, tmp_path):
    ports.use_devices(lambda: CodeDevices(scores=[30, 90]))
    assert _test(rina, now).result is SelfTestResult.WEAK

    with make_office(tmp_path, kinds=[DeviceKind.FINGER]) as office:
        ports.use_devices(lambda: office.devices)
        serial = office.rig.devices[0].serial
        good = _test(rina, now, serial=serial)
        away = _test(rina, now, serial="CONTOH-ELSEWHERE")

    assert good.result is SelfTestResult.PASSED
    assert (away.result, away.trouble, away.score) == (SelfTestResult.FAILED, "sbi.device.absent", None)


@pytest.mark.django_db
def test_a_test_is_no_use_of_the_device(rina, now):
    ports.use_devices(CodeDevices)

    _test(rina, now)

    assert readings.uses(since=now - WEEK, until=now + WEEK) == []


@pytest.mark.django_db
def test_a_missed_week_is_told_once_for_each_device(rina, now):
    ports.use_devices(CodeDevices)
    station = machine("station-35.11.19")
    _test(rina, now - timedelta(days=9))
    services.note_use(serial="USED-1", use="CAPTURE", count=1, actor=station, now=now - timedelta(days=20))
    services.note_use(serial="PRINTER-1", use="PRINT", count=1, actor=station, now=now - timedelta(days=20))
    _test(rina, now - timedelta(days=2), serial="CODE-FINGER-2")

    for _ in range(2):
        assert note_missed_tests(every=WEEK, actor=station, now=now) == 2

    missed = ledger.events(names=["readings.device.test_missed"])
    assert {event.subject for event in missed} == {"device:CODE-FINGER-1", "device:USED-1"}
    assert len(missed) == 2


@pytest.mark.parametrize(
    ("tested_days_ago", "seen_days_ago", "is_due", "is_missed"),
    [(None, 0, True, False), (None, 8, True, True), (6, 30, False, False), (7, 30, True, False), (8, 30, True, True)],
)
def test_a_test_is_due_after_a_week_and_missed_a_day_later(tested_days_ago, seen_days_ago, is_due, is_missed, now):
    tested_at = None if tested_days_ago is None else now - timedelta(days=tested_days_ago)

    state = due(tested_at=tested_at, first_seen_at=now - timedelta(days=seen_days_ago), every=WEEK, now=now)

    assert (state.is_due, state.is_missed) == (is_due, is_missed)


@pytest.mark.django_db
def test_the_events_may_be_said_by_the_station_and_follow_the_schema(rina, now):
    ports.use_devices(CodeDevices)
    _test(rina, now - timedelta(days=9))
    note_missed_tests(every=WEEK, actor=machine("station-35.11.19"), now=now)

    lines = [json.loads(line) for line in export_history()]
    known = ("id", "name", "version", "subject", "actor", "occurred_at", "data")
    assert [list(faults_of({key: line[key] for key in known})) for line in lines] == [[]] * len(lines)
    for event in ledger.events(name_prefix="readings.device."):
        assert may_say(replace(event, node="station-35.11.19"))


@pytest.mark.django_db
def test_the_desk_shows_choice_twin_and_what_is_away(rina, now, tmp_path):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER, DeviceKind.FINGER]) as office:
        first, second = (device.serial for device in office.rig.devices)
        office.devices.choice = selected_serial
        ports.use_devices(lambda: office.devices)
        _test(rina, now - timedelta(days=9), serial="CONTOH-GONE")
        select_device(kind=DeviceKind.FINGER, serial=second, actor=rina, now=now)
        select_device(kind=DeviceKind.FINGER, serial=second, actor=rina, now=now)

        desk = desk_devices.desk(every=WEEK, now=now)

        assert [(one.state.serial, one.is_chosen, one.has_twin) for one in desk.devices[:2]] == [
            (first, False, True),
            (second, True, True),
        ]
        assert [one.serial for one in desk.away] == ["CONTOH-GONE"]
        assert desk.missed == ("CONTOH-GONE",)
        assert desk.due_count == 2
        assert desk.choice_away == ()
        assert len(ledger.events(names=["enrolment.device.selected"])) == 1
        captures = office.devices.capture_fingers(Slap.THUMBS, exceptions=(), transaction_id="rec-1", previous_hash="")
        assert captures[0].device_serial == second

        select_device(kind=DeviceKind.FINGER, serial="CONTOH-OTHER", actor=rina, now=now + timedelta(minutes=1))

        assert desk_devices.desk(every=WEEK, now=now).choice_away == ("CONTOH-OTHER",)
