"""Finding the devices of this computer: every port of the range at once, then each one's signed self-description."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dekat.adapters.sbi.exchange import ASK_S, Question, ask, is_listening
from dekat.adapters.sbi.refusals import AnswerUnreadable, NotSigned
from dekat.adapters.sbi.trust import DeviceTrust, unchecked_payload
from dekat.adapters.sbi.wire import HOST, SUCCESS, Object, decode_object, text
from dekat.enrolment.ports import DeviceKind, DeviceState, DeviceStatus
from dekat.kernel.errors import DekatError

_STATUS = {
    "ready": DeviceStatus.READY,
    "busy": DeviceStatus.BUSY,
    "notready": DeviceStatus.NOT_READY,
    "notregistered": DeviceStatus.NOT_REGISTERED,
}
_AT_ONCE = 32


@dataclass(frozen=True)
class Found:
    """A device and how to speak to it.

    Facts: `sub_type` is SBI's word for what it can (Slap, Double, Full face); `distrust` is why it is not believed.
    """

    port: int
    device_id: str
    sub_ids: tuple[str, ...]
    environment: str
    state: DeviceState
    sub_type: str = ""
    distrust: DekatError | None = None


def port_range(words: str) -> range:
    """Read `4501-4600`, the way settings write a range; one port alone is a range of one."""
    first, _, last = words.partition("-")
    return range(int(first), int(last or first) + 1)


def find_devices(ports: Iterable[int], trust: DeviceTrust, now: datetime) -> list[Found]:
    """Every device that answers on these ports now, ordered by kind, then serial number."""
    wanted = list(ports)
    if not wanted:
        return []
    with ThreadPoolExecutor(min(_AT_ONCE, len(wanted))) as pool:
        answers = pool.map(lambda port: devices_at(port, trust, now), wanted)
        found = [device for devices in answers for device in devices]
    order = list(DeviceKind)
    return sorted(found, key=lambda device: (order.index(device.state.kind), device.state.serial, device.port))


def with_absent(found: Sequence[Found]) -> list[DeviceState]:
    """The states, and one ABSENT for each kind that nobody answered for."""
    states = [device.state for device in found]
    for kind in DeviceKind:
        if all(state.kind is not kind for state in states):
            states.append(DeviceState(kind=kind, status=DeviceStatus.ABSENT))
    return sorted(states, key=lambda state: (list(DeviceKind).index(state.kind), state.serial))


def devices_at(port: int, trust: DeviceTrust, now: datetime) -> list[Found]:
    """What answers on one port; other programmes on it and half-dead services count as nothing."""
    if not is_listening(port):
        return []
    try:
        answers = ask(port, Question("MOSIPDINFO", "/info", None, ASK_S))
    except DekatError:
        return []
    found = []
    for answer in answers if isinstance(answers, list) else []:
        try:
            found.append(read_info(port, answer, trust, now))
        except DekatError:  # a device that is not connected, or not to be understood: as good as absent
            continue
    return found


def read_info(port: int, answer: Any, trust: DeviceTrust, now: datetime) -> Found:
    """One element of a MOSIPDINFO answer.

    Refuses: sbi.answer.unreadable.
    """
    if not isinstance(answer, dict) or not answer.get("deviceInfo"):
        raise AnswerUnreadable(part="deviceInfo")
    facts, identity, distrust = _opened(text(answer, "deviceInfo"), trust, now)
    sub_ids = facts.get("deviceSubId")
    state = DeviceState(
        kind=_kind(identity),
        status=_status(facts, answer),
        serial=text(identity, "serialNo"),
        make=text(identity, "make"),
        model=text(identity, "model"),
        provider=str(identity.get("deviceProvider", "")),
        firmware=str(facts.get("firmware", "")),
        service_version=str(facts.get("serviceVersion", "")),
        address=f"{HOST}:{port}",
        is_trusted=distrust is None,
    )
    known = tuple(str(sub_id) for sub_id in sub_ids) if isinstance(sub_ids, list) else ()
    return Found(
        port=port,
        device_id=text(facts, "deviceId"),
        sub_ids=known,
        environment=str(facts.get("env", "")),
        state=state,
        sub_type=str(identity.get("deviceSubType", "")),
        distrust=distrust,
    )


def _opened(token: str, trust: DeviceTrust, now: datetime) -> tuple[Object, Object, DekatError | None]:
    """The device's facts, its identity and why it is not believed, if so; an unregistered device signs neither."""
    if "." not in token:
        facts = decode_object(token)
        return facts, _identity(text(facts, "digitalId")), NotSigned()
    try:
        facts = trust.read(token, now)
        return facts, trust.read(text(facts, "digitalId"), now), None
    except DekatError as distrust:
        facts = unchecked_payload(token)
        return facts, _identity(text(facts, "digitalId")), distrust


def _identity(token: str) -> Object:
    return unchecked_payload(token) if "." in token else decode_object(token)


def _kind(identity: Object) -> DeviceKind:
    try:
        return DeviceKind(text(identity, "type").capitalize())
    except ValueError as error:
        raise AnswerUnreadable(part="type") from error


def _status(facts: Object, answer: Object) -> DeviceStatus:
    """The device's word; a service that reports an error with a ready device is not believed to be ready."""
    status = _STATUS.get(text(facts, "deviceStatus").replace(" ", "").lower(), DeviceStatus.NOT_READY)
    error = answer.get("error")
    code = str(error.get("errorCode", SUCCESS)) if isinstance(error, dict) else SUCCESS
    return DeviceStatus.NOT_READY if status is DeviceStatus.READY and code != SUCCESS else status
