"""One emulated biometric device: its state, its faults and its answers, without any network."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Event, Lock
from typing import Any

from dekat.adapters.samples.faces import Background
from dekat.adapters.sbi import wire
from dekat.adapters.sbi.chain import next_hash
from dekat.adapters.sbi.device_ca import DeviceAuthority, DeviceIdentity, new_authority
from dekat.adapters.sbi.emulated_faults import CODE, STATUS, Fault
from dekat.adapters.sbi.emulated_request import ENVIRONMENT, POSITIONS, Refused, Wanted, understood
from dekat.adapters.sbi.shots import Scene, Shot, preview_frame, shoot, slap_positions
from dekat.adapters.sbi.trust import sign_jwt
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Position, Slap

Answer = dict[str, Any]


_SAID = {
    wire.SUCCESS: "Success",
    wire.NOT_REGISTERED: "Device not registered",
    wire.NOTHING_SEEN: "No biometric was presented in time",
    wire.TAMPERED: "Device tampered",
    wire.NOT_FOUND: "Device not connected",
    wire.COUNT_UNSUPPORTED: "Biometric count not supported",
    wire.NOT_READY: "Device not ready",
    wire.BUSY: "Device busy",
    wire.BAD_TRANSACTION: "Transaction id not valid",
    wire.BAD_REQUEST: "Request not understood",
    wire.NOT_FOR_REGISTRATION: "Only registration capture is offered",
}
_LATE_S = 120.0
_SUB_TYPE = {DeviceKind.FINGER: "Slap", DeviceKind.IRIS: "Double", DeviceKind.FACE: "Full face"}
_MODEL = {DeviceKind.FINGER: "Pemindai 4-4-2", DeviceKind.IRIS: "Kamera Iris", DeviceKind.FACE: "Kamera Wajah"}
_SLAPS = {"1": Slap.LEFT, "2": Slap.RIGHT, "3": Slap.THUMBS}


@dataclass
class EmulatedDevice:
    """A device of one kind. `whose` gives the person for a transaction, `lacking` what that person
    does not have; `clock` is the device's own clock."""

    kind: DeviceKind
    serial: str
    authority: DeviceAuthority
    whose: Callable[[str], int]
    clock: Callable[[], datetime]
    hold_s: float = 0.0
    lacking: Callable[[], frozenset[Position]] = frozenset
    fault: Fault = Fault.NONE
    background: Background = Background.RED
    port: int = 0
    touches: int = 0
    key_number: int = 0
    changed: Event = field(default_factory=Event)
    _working: Lock = field(default_factory=Lock)

    @cached_property
    def _identity(self) -> DeviceIdentity:
        return self.authority.vouch(self.serial, now=self.clock())

    @cached_property
    def _stranger(self) -> DeviceIdentity:
        return new_authority(self.clock()).vouch(self.serial, now=self.clock())

    @cached_property
    def _expired(self) -> DeviceIdentity:
        return self.authority.vouch(self.serial, now=self.clock(), is_expired=True)

    def set_fault(self, fault: Fault) -> None:
        """Something goes wrong, or right again; a capture that waits for a finger notices at once."""
        self.fault = fault
        self.changed.set()

    def settle(self) -> None:
        """Return once no capture is under way."""
        with self._working:
            return

    def rotate_key(self) -> None:
        """Sign with a new key from now on."""
        self.__dict__["_identity"] = self.authority.vouch(self.serial, now=self.clock())

    def discover(self, request: Mapping[str, Any]) -> list[Answer]:
        """The answer to MOSIPDISC."""
        if request.get("type") not in ("Biometric Device", self.kind.value):
            return [{"error": _error(wire.BAD_REQUEST)}]
        if self.fault is Fault.UNPLUGGED:
            return [{"error": _error(wire.NOT_FOUND)}]
        return [self._facts() | {"digitalId": wire.encode_object(self._digital_id()), "error": _error(wire.SUCCESS)}]

    def info(self) -> list[Answer]:
        """The answer to MOSIPDINFO."""
        if self.fault is Fault.UNPLUGGED:
            return [{"deviceInfo": "", "error": _error(wire.NOT_FOUND)}]
        facts = self._facts() | {"firmware": "1.0", "env": ENVIRONMENT}
        error = _error(CODE.get(self.fault, wire.SUCCESS))
        if self.fault is Fault.NOT_REGISTERED:  # so it has no purpose yet and no key to sign with
            facts |= {"digitalId": wire.encode_object(self._digital_id()), "purpose": ""}
            return [{"deviceInfo": wire.encode_object(facts), "error": error}]
        facts |= {"digitalId": self._sign(self._digital_id())}
        return [{"deviceInfo": self._sign(facts), "error": error}]

    def capture(self, request: Mapping[str, Any]) -> Answer:
        """The answer to RCAPTURE."""
        try:
            return {"biometrics": self._captured(understood(request, self.kind))}
        except Refused as refused:
            return _refusal(refused.code)

    def refuse_authentication(self) -> Answer:
        """The answer to CAPTURE: an L0 registration device does not authenticate."""
        return _refusal(wire.NOT_FOR_REGISTRATION)

    def frames(self, request: Mapping[str, Any]) -> Iterator[bytes]:
        """JPEG frames of what the device sees."""
        positions = self._seen(str(request.get("deviceSubId", "3")))
        number = 0
        while self.fault not in (Fault.OFF, Fault.UNPLUGGED):
            yield preview_frame(self._offered(positions), self._scene("", number))
            number += 1

    def _seen(self, sub_id: str) -> tuple[Position, ...]:
        """What the device looks at, from left to right; an unknown part means all of it."""
        if self.kind is DeviceKind.FINGER:
            return slap_positions(_SLAPS.get(sub_id, Slap.THUMBS))
        return POSITIONS[self.kind].get(sub_id) or next(reversed(POSITIONS[self.kind].values()))

    def _offered(self, asked: tuple[Position, ...]) -> tuple[Position, ...]:
        """What the person offers of what was asked; with too few it is the last in the order of the standard."""
        if self.fault is Fault.NOBODY:
            return ()
        there = tuple(position for position in asked if position not in self.lacking())
        if self.fault is Fault.WRONG_COUNT and there:
            withheld = max(there, key=list(Position).index)
            return tuple(position for position in there if position is not withheld)
        return there

    def _facts(self) -> Answer:
        return {
            "deviceId": "1",
            "deviceStatus": STATUS.get(self.fault, "Ready"),
            "certification": "L0",
            "serviceVersion": wire.SPEC_VERSION,
            "deviceSubId": list(POSITIONS[self.kind]),
            "callbackId": f"http://{wire.HOST}:{self.port}/",
            "deviceCode": self.serial,
            "specVersion": [wire.SPEC_VERSION],
            "purpose": "Registration",
        }

    def _digital_id(self) -> Answer:
        return {
            "serialNo": self.serial,
            "make": "CONTOH",
            "model": _MODEL[self.kind],
            "type": self.kind.value,
            "deviceSubType": _SUB_TYPE[self.kind],
            "deviceProvider": "Dekat CONTOH",
            "deviceProviderId": "DEKAT-CONTOH",
            "dateTime": wire.stamp(self.clock()),
        }

    def _sign(self, payload: Answer) -> str:
        identity = self._identity
        if self.fault is Fault.UNKNOWN_SIGNER:
            identity = self._stranger
        if self.fault is Fault.EXPIRED_KEY:
            identity = self._expired
        return sign_jwt(payload, identity.key, identity.chain)

    def _refuse_while_faulty(self) -> None:
        if code := CODE.get(self.fault):
            raise Refused(code)

    def _captured(self, wanted: Wanted) -> list[Answer]:
        if not self._working.acquire(blocking=False):
            raise Refused(wire.BUSY)
        try:
            self._wait_for_the_hand(wanted.timeout_s)
            self.touches += 1
            scene = self._scene(wanted.transaction_id, self.touches, wanted.has_exceptions)
            positions = self._offered(wanted.positions)
            if not positions:
                raise Refused(wire.NOTHING_SEEN)
            shots = [shoot(position, scene, self.clock()) for position in positions]
            answers = self._chained(wanted, shots)
            return answers * 2 if self.fault is Fault.DOUBLE else answers
        finally:
            self._working.release()

    def _wait_for_the_hand(self, timeout_s: float) -> None:
        self.changed.clear()
        self._refuse_while_faulty()
        if self.fault is Fault.NOBODY:
            self.changed.wait(timeout_s)
        elif self.fault is Fault.LATE:
            self.changed.wait(_LATE_S)
        elif self.hold_s:
            self.changed.wait(min(self.hold_s, timeout_s))
        self._refuse_while_faulty()
        if self.fault is Fault.NOBODY:
            raise Refused(wire.NOTHING_SEEN)

    def _chained(self, wanted: Wanted, shots: list[Shot]) -> list[Answer]:
        answers = []
        before = wanted.previous_hash
        for shot in shots:
            before = next_hash(before, shot.record)
            if self.fault is Fault.BROKEN_CHAIN:
                before = next_hash(before, b"")
            data = self._sign(self._capture_payload(wanted, shot))
            if self.fault is Fault.FORGED:
                data = _forged(data)
            version = "0.9.2" if self.fault is Fault.WRONG_VERSION else wire.SPEC_VERSION
            answers.append({"specVersion": version, "data": data, "hash": before, "error": _error(wire.SUCCESS)})
        return answers

    def _capture_payload(self, wanted: Wanted, shot: Shot) -> Answer:
        late = timedelta(hours=1) if self.fault is Fault.WRONG_CLOCK else timedelta()
        payload = {
            "digitalId": self._sign(self._digital_id()),
            "deviceCode": self.serial,
            "deviceServiceVersion": wire.SPEC_VERSION,
            "bioType": self.kind.value,
            "bioSubType": shot.position.value,
            "purpose": "Registration",
            "env": ENVIRONMENT,
            "bioValue": wire.encode(shot.record),
            "transactionId": "other-one" if self.fault is Fault.WRONG_TRANSACTION else wanted.transaction_id,
            "timestamp": wire.stamp(self.clock() - late),
            "requestedScore": wanted.requested_score,
            "qualityScore": str(shot.score),
        }
        if self.kind is DeviceKind.FACE:
            del payload["bioSubType"]
        if self.fault is Fault.NO_SCORE:
            del payload["qualityScore"]
        return payload

    def _scene(self, transaction_id: str, touch: int, has_exceptions: bool = False) -> Scene:
        return Scene(
            person=self.whose(transaction_id),
            touch=touch,
            dirt=0.8 if self.fault is Fault.DIRTY else 0.0,
            is_swapped=self.fault is Fault.WRONG_HAND,
            is_shut=self.fault is Fault.EYES_CLOSED,
            looks_at=self.kind,
            background=self.background,
            has_hands=has_exceptions,
        )


def _forged(token: str) -> str:
    """The same JWT with a better score than was signed."""
    head, body, signature = token.split(".")
    return f"{head}.{wire.encode_object(wire.decode_object(body) | {'qualityScore': '100'})}.{signature}"


def _error(code: str) -> Answer:
    return {"errorCode": code, "errorInfo": _SAID[code]}


def _refusal(code: str) -> Answer:
    return {"biometrics": [{"specVersion": wire.SPEC_VERSION, "data": "", "hash": "", "error": _error(code)}]}
