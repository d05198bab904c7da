"""The weekly self-test: the operator's own finger, eye or face before a device; the pictures are dropped at once."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.enrolment import ports
from dekat.enrolment.ports import BiometricDevices, Capture, DeviceKind, NamedDevices
from dekat.enrolment.positions import Position, Slap
from dekat.kernel.errors import DekatError
from dekat.readings import queries as readings
from dekat.readings import services
from dekat.readings.kinds import SelfTestResult
from dekat.readings.queries import SelfTest

TRANSACTION = "self-test"
_LOOK_BACK = timedelta(days=400)


def self_test_device(
    *,
    kind: DeviceKind,
    serial: str,
    test_id: UUID,
    actor: Actor,
    now: datetime,
    stopwatch: Callable[[], float] = time.monotonic,
) -> SelfTest:
    """Capture once with one device, note how it went, keep no picture.

    Facts: a device that refuses is a result too (FAILED, with the code), not a refusal of this command.
    Again: the same `test_id` asks no device and gives the first result.
    """
    earlier = _of_id(test_id, serial, now)
    if earlier:
        return earlier
    started = stopwatch()
    captures: Sequence[Capture] = ()
    trouble = ""
    try:
        captures = _capture(_alone(ports.devices(), serial), kind)
    except DekatError as refused:
        trouble = refused.code
    services.note_self_test(
        serial=serial,
        kind=kind.value,
        result=_result(captures, trouble),
        score=round(min(capture.quality_score for capture in captures)) if captures else None,
        took_ms=round((stopwatch() - started) * 1000),
        trouble=trouble,
        actor=actor,
        now=now,
        test_id=test_id,
    )
    found = _of_id(test_id, serial, now)
    assert found is not None
    return found


def note_missed_tests(*, every: timedelta, actor: Actor, now: datetime) -> int:
    """Tell the log which devices of this station let their self-test pass; give how many there are.

    Facts: the devices are those that this station ever tested or used.
    Again: each missed day is told once.
    """
    missed = 0
    for serial, known in readings.tested_devices(until=now).items():
        state = known.due(every=every, now=now)
        if state.is_missed:
            services.note_missed_test(serial=serial, due_at=state.due_at, actor=actor, now=now)
            missed += 1
    return missed


def _alone(devices: BiometricDevices, serial: str) -> BiometricDevices:
    return devices.only(serial) if isinstance(devices, NamedDevices) else devices


def _capture(devices: BiometricDevices, kind: DeviceKind) -> Sequence[Capture]:
    nobody: Collection[Position] = ()
    match kind:
        case DeviceKind.FINGER:
            return devices.capture_fingers(Slap.THUMBS, exceptions=nobody, transaction_id=TRANSACTION, previous_hash="")
        case DeviceKind.IRIS:
            return devices.capture_irises(exceptions=nobody, transaction_id=TRANSACTION, previous_hash="")
        case DeviceKind.FACE:
            return [devices.capture_face(transaction_id=TRANSACTION, previous_hash="")]


def _result(captures: Sequence[Capture], trouble: str) -> SelfTestResult:
    if trouble or not captures:
        return SelfTestResult.FAILED
    is_weak = any(capture.quality_score < capture.requested_score for capture in captures)
    return SelfTestResult.WEAK if is_weak else SelfTestResult.PASSED


def _of_id(test_id: UUID, serial: str, now: datetime) -> SelfTest | None:
    tests = readings.self_tests(since=now - _LOOK_BACK, until=now + timedelta(days=1), serial=serial)
    return next((test for test in tests if test.id == test_id), None)
