"""MOSIP's conformance definitions, run against the emulator when their data lies beside the repository.

The schemas use tuple items, which check only the first element; here every element is held against it.
"""

import http.client
import json
import re
from collections import Counter
from datetime import timedelta
from functools import cache

import pytest
from jsonschema import Draft201909Validator

from dekat.adapters.sbi import wire
from dekat.adapters.sbi.chain import check_link
from dekat.adapters.sbi.emulated_device import Fault
from dekat.adapters.sbi.iso import read_record
from dekat.adapters.sbi.trust import signer_chain, unchecked_payload
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import FINGERS, Slap
from tests.make.devices import NOW, make_office
from tests.make.shared import shared_dir

_SHARED = shared_dir()
_CTK = _SHARED / "ctk" if _SHARED and (_SHARED / "ctk" / "tests_sbi.json").exists() else None
DEFINITIONS = json.loads((_CTK / "tests_sbi.json").read_text()) if _CTK else []
pytestmark = pytest.mark.skipif(_CTK is None, reason="the conformance data (shared/ctk) is not on this machine")

_AUTHENTICATION = "authentication capture: a registration device (L0) refuses it"
_LIVING_PEOPLE = "needs ten living people of an age group, not an emulator"
_STATUS_FAULT = {"SBI1027": Fault.BUSY, "SBI1028": Fault.NOT_READY, "SBI1029": Fault.NOT_REGISTERED}


def why_not(definition):
    """Why a definition does not apply, or nothing when it does."""
    if "Registration" not in definition["otherAttributes"]["purpose"]:
        return _AUTHENTICATION
    if definition["otherAttributes"].get("qualityAssessmentTestCase"):
        return _LIVING_PEOPLE
    return ""


APPLICABLE = [definition for definition in DEFINITIONS if not why_not(definition)]


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory):
    with make_office(tmp_path_factory.mktemp("trust")) as office:
        yield office


@pytest.fixture
def office(shared_office):
    yield shared_office
    for device in shared_office.rig.devices:
        shared_office.rig.set_fault(device, Fault.NONE)


def test_every_definition_is_run_or_has_its_reason():
    reasons = Counter(why_not(definition) or "run" for definition in DEFINITIONS)

    assert reasons == {"run": len(APPLICABLE), _AUTHENTICATION: 82, _LIVING_PEOPLE: 42}
    assert len(APPLICABLE) == 72


@pytest.mark.parametrize("definition", APPLICABLE, ids=lambda definition: definition["testId"])
def test_the_emulator_meets_the_definition(office, definition):
    kinds = [DeviceKind(kind) for kind in definition["otherAttributes"]["biometricTypes"]]
    for kind in kinds:
        office.rig.set_fault(office.rig.device(kind), _fault_for(definition))
        run = {"device": _discover, "info": _info, "rcapture": _capture}[definition["methodName"][0]]

        run(office, office.rig.device(kind), definition)


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_the_station_s_own_requests_fit_the_schema(office, kind):
    requests = []
    device = office.rig.device(kind)
    answer_of = type(device).capture.__get__(device)
    device.capture = lambda request: requests.append(request) or answer_of(request)

    if kind is DeviceKind.FINGER:
        for slap in Slap:
            office.devices.capture_fingers(slap, exceptions=FINGERS[1:2], transaction_id="ctk-own", previous_hash="")
    elif kind is DeviceKind.IRIS:
        office.devices.capture_irises(exceptions=(), transaction_id="ctk-own", previous_hash="")
    else:
        office.devices.capture_face(transaction_id="ctk-own", previous_hash="")

    del device.capture
    assert requests
    for request in requests:
        _fits(request, "RegistrationCaptureRequestSchema")


def _fault_for(definition):
    if "without any input" in definition["testName"]:
        return Fault.NOBODY
    return _STATUS_FAULT.get(definition["testId"], Fault.NONE)


def _discover(office, device, definition):
    request = {"type": device.kind.value}
    _fits(request, definition["requestSchema"][0])

    answers = _ask(device, "MOSIPDISC", "/device", request)

    for answer in answers:
        answer["digitalIdDecoded"] = wire.decode_object(answer["digitalId"])
    _fits(answers, definition["responseSchema"][0])


def _info(office, device, definition):
    if definition["otherAttributes"].get("keyRotationTestCase"):
        before = _certificate(device)
        device.rotate_key()
        assert _certificate(device) != before

    answers = _ask(device, "MOSIPDINFO", "/info", None)

    for answer in answers:
        if "SignatureValidator" in _validators(definition):
            office.trust.read(answer["deviceInfo"], NOW)
        answer["deviceInfoDecoded"] = _decoded(answer["deviceInfo"])
        answer["deviceInfoDecoded"]["digitalIdDecoded"] = _decoded(answer["deviceInfoDecoded"]["digitalId"])
    _fits(answers, definition["responseSchema"][0])


def _capture(office, device, definition):
    request = _request(device, definition)
    _fits(request, definition["requestSchema"][0])

    answer = _ask(device, "RCAPTURE", "/capture", request)

    if definition["responseSchema"][0] != "RegistrationCaptureResponseSchema":
        assert answer["biometrics"][0]["error"]["errorCode"] != "0"
        _fits(answer, definition["responseSchema"][0])
        return
    for item in answer["biometrics"]:
        item["dataDecoded"] = unchecked_payload(item["data"])
        item["dataDecoded"]["digitalIdDecoded"] = unchecked_payload(item["dataDecoded"]["digitalId"])
    _fits(answer, definition["responseSchema"][0])
    _validate(office, request, answer["biometrics"], definition)


def _validate(office, request, items, definition):
    bio = request["bio"][0]
    wanted = [_word(segment) for segment in definition["otherAttributes"]["segments"]]
    before = bio["previousHash"]
    for item in items:
        payload = item["dataDecoded"]
        record = wire.decode(payload["bioValue"])
        office.trust.read(item["data"], NOW)
        office.trust.read(payload["digitalId"], NOW)
        check_link(before, record, item["hash"])
        before = item["hash"]
        assert payload["transactionId"] == request["transactionId"]
        assert payload["requestedScore"] == bio["requestedScore"]
        assert abs(wire.read_stamp(payload, "timestamp") - NOW) < timedelta(minutes=5)
        assert read_record(record).score == int(payload["qualityScore"])
        assert read_record(record).position.value == payload.get("bioSubType", "Face")
    if "ResponseMismatchValidator" in _validators(definition):
        assert sorted(item["dataDecoded"].get("bioSubType", "Face") for item in items) == sorted(wanted or ["Face"])


def _request(device, definition):
    about = definition["otherAttributes"]
    bio = {
        "type": device.kind.value,
        "count": about["bioCount"],
        "bioSubType": [_word(segment) for segment in about["segments"]],
        "exception": [_word(segment) for segment in about["exceptions"]],
        "requestedScore": about["requestedScore"],
        "deviceId": "1",
        "deviceSubId": about["deviceSubId"],
        "previousHash": "AB" * 32 if about.get("hashValidationTestCase") else "",
    }
    request = {
        "env": "Developer",
        "purpose": "Registration",
        "specVersion": wire.SPEC_VERSION,
        "timeout": about.get("timeout") or "10000",
        "captureTime": wire.stamp(NOW),
        "transactionId": about.get("transactionId") or f"{definition['testId']}-1",
        "bio": [bio],
        "customOpts": {},
    }
    if attribute := about.get("invalidRequestAttribute"):
        target, name = (bio, attribute.split(".")[1]) if "." in attribute else (request, attribute)
        target[f"{name}XXX"] = target.pop(name)
    return request


def _word(segment):
    """`LeftIndex` as SBI writes it."""
    side, finger = re.fullmatch(r"(Left|Right)(\w*)", segment).groups()
    if finger in ("", "Thumb"):
        return f"{side} {finger}".strip()
    return f"{side} {finger}Finger"


def _validators(definition):
    return {validator["name"] for group in definition["validatorDefs"] for validator in group}


def _certificate(device):
    return signer_chain(_ask(device, "MOSIPDINFO", "/info", None)[0]["deviceInfo"])[0]


def _decoded(token):
    return unchecked_payload(token) if "." in token else wire.decode_object(token)


def _ask(device, verb, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", device.port, timeout=15)
    connection.request(verb, path, json.dumps(body) if body is not None else None)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return answer


def _fits(value, schema_name):
    errors = [
        f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in _schema(schema_name).iter_errors(value)
    ]
    assert errors == []


@cache
def _schema(name):
    text = (_CTK / "resources" / "schemas" / "sbi" / "0.9.5" / f"{name}.json").read_text()
    return Draft201909Validator(_every_element(json.loads(text)))


def _every_element(schema):
    """The schema with each one-element tuple made to hold for every element."""
    if isinstance(schema, list):
        return [_every_element(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: _every_element(part) for key, part in schema.items()}
    if isinstance(changed.get("items"), list):
        changed["items"] = changed["items"][0]
    return changed
