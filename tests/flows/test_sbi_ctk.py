"""MOSIP's conformance definitions, asked of the emulator and of our client where their data are."""

from collections import Counter

import pytest
from tools.write_sbi_conformance import PAGE, of_definition, page, run_emulator

from dekat.adapters.sbi.ctk.asking import Bench
from dekat.adapters.sbi.ctk.definitions import SCHEMAS, DefinitionsMissing, Need, Topic, read_definitions
from dekat.adapters.sbi.ctk.desk import QuietDesk, SwitchedDesk
from dekat.adapters.sbi.ctk.outcomes import Reason, Verdict
from dekat.adapters.sbi.ctk.runner import judge
from dekat.adapters.sbi.ctk.schemas import Schemas
from dekat.adapters.sbi.discovery import find_devices
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.emulator import serve_control
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import FINGERS, Slap
from tests.make.devices import NOW, make_office
from tests.make.shared import shared_dir

_SHARED = shared_dir()
_CTK = _SHARED / "ctk" if _SHARED and (_SHARED / "ctk" / "tests_sbi.json").exists() else None
pytestmark = pytest.mark.skipif(
    _CTK is None, reason="the definitions are MOSIP's and not in this repository; they lie in ../shared/ctk"
)
DEFINITIONS = {definition.id: definition for definition in read_definitions(_CTK)} if _CTK else {}


@pytest.fixture(scope="module")
def outcomes():
    return run_emulator(_CTK)


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory):
    with make_office(tmp_path_factory.mktemp("trust")) as office:
        yield office


@pytest.fixture
def office(shared_office):
    yield shared_office
    for device in shared_office.rig.devices:
        shared_office.rig.set_fault(device, Fault.NONE)


@pytest.mark.parametrize("number", DEFINITIONS)
def test_the_emulator_and_the_client_meet_the_definition_or_it_has_its_reason(outcomes, number):
    definition = DEFINITIONS[number]
    mine = of_definition(outcomes, definition)

    assert all(outcome.verdict is not Verdict.FAILED for outcome in mine), mine
    if definition.is_for_registration:
        assert [outcome.verdict for outcome in mine] == [Verdict.PASSED] * len(definition.kinds)
    else:
        assert mine[0].reason in (Reason.AUTHENTICATION, Reason.AUTHENTICATION_KEY, Reason.AUTHENTICATION_PEOPLE)


def test_no_registration_definition_is_left_out(outcomes):
    verdicts = Counter(of_definition(outcomes, definition)[0].verdict for definition in DEFINITIONS.values())

    assert verdicts == {Verdict.PASSED: 114, Verdict.NOT_APPLICABLE: 82}


def test_the_client_refuses_exactly_what_the_device_refuses(outcomes):
    captures = [outcome for outcome in outcomes if outcome.definition.method == "rcapture" and not outcome.reason]

    assert captures
    assert all(bool(outcome.station) is outcome.definition.is_refused for outcome in captures)


def test_the_reference_page_is_this_run(outcomes):
    assert PAGE.read_text() == page(outcomes)


@pytest.mark.parametrize(
    ("fault", "topic", "fault_named"),
    [
        (Fault.BROKEN_CHAIN, Topic.HASH, "sbi.answer.chain_broken"),
        (Fault.NO_SCORE, Topic.CAPTURE, "sbi.answer.score_missing"),
        (Fault.WRONG_COUNT, Topic.CAPTURE, "bioSubType"),
        (Fault.WRONG_TRANSACTION, Topic.CAPTURE, "transactionId"),
        (Fault.WRONG_CLOCK, Topic.CAPTURE, "timestamp"),
        (Fault.WRONG_VERSION, Topic.CAPTURE, "specVersion"),
        (Fault.UNKNOWN_SIGNER, Topic.INFO, "sbi.answer.signer_unknown"),
        (Fault.FORGED, Topic.CAPTURE, "sbi.answer.not_signed"),
        (Fault.DIRTY, Topic.QUALITY, "qualityScore"),
        (Fault.TAMPERED, Topic.CAPTURE, "sbi.device.tampered"),
        (Fault.OFF, Topic.DISCOVERY, "sbi.device.unplugged"),
        (Fault.BUSY, Topic.STATUS, "deviceStatus"),
    ],
)
def test_a_device_with_a_fault_fails_its_definition(office, fault, topic, fault_named):
    device = find_devices(office.rig.ports, office.trust, NOW)[0]
    definition = next(d for d in DEFINITIONS.values() if d.topic is topic and DeviceKind.FINGER in d.kinds)
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), fault)

    outcome = judge(definition, device, _bench(office), QuietDesk())

    assert outcome.verdict is Verdict.FAILED
    assert any(fault_named in fault for fault in outcome.faults)


def test_a_schema_s_fault_in_a_later_element_is_found(office):
    schemas = Schemas(_CTK / SCHEMAS)
    good = {"errorCode": "101", "errorInfo": "nobody"}
    element = {"specVersion": "0.9.5", "data": "", "hash": "", "error": good}

    assert schemas.faults({"biometrics": [element]}, "ErrorCaptureResponseSchema") == []
    assert schemas.faults({"biometrics": [element, {"error": good}]}, "ErrorCaptureResponseSchema")


def test_what_nobody_can_bring_about_does_not_apply(office):
    device = find_devices(office.rig.ports, office.trust, NOW)[0]
    wanting = [d for d in DEFINITIONS.values() if d.need not in (Need.NOTHING, Need.A_PERSON) and d.is_for_registration]
    mine = [definition for definition in wanting if DeviceKind.FINGER in definition.kinds]

    assert {judge(definition, device, _bench(office), QuietDesk()).reason for definition in mine} == {
        Reason.CANNOT_ARRANGE
    }


def test_a_folder_without_definitions_is_refused(tmp_path):
    (tmp_path / "tests_sbi.json").write_text('[{"testId": "SBI1"}]')

    for folder in (tmp_path, tmp_path / "elsewhere"):
        with pytest.raises(DefinitionsMissing):
            read_definitions(folder)


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
        assert Schemas(_CTK / SCHEMAS).faults(request, "RegistrationCaptureRequestSchema") == []


def test_the_switches_bring_about_every_need(office):
    control = serve_control(office.rig, 0)
    desk = SwitchedDesk(control.server_address[1])
    finger = office.rig.device(DeviceKind.FINGER)
    device = find_devices([finger.port], office.trust, NOW)[0]

    for need in (Need.NOBODY, Need.BUSY, Need.NOT_READY, Need.NOT_REGISTERED):
        definition = next(d for d in DEFINITIONS.values() if d.need is need and DeviceKind.FINGER in d.kinds)
        assert desk.arrange(definition, device, 0)
        assert finger.fault.value == need.value
    desk.clear(device)
    control.shutdown()
    control.server_close()

    assert finger.fault is Fault.NONE


def _bench(office):
    return Bench(Schemas(_CTK / SCHEMAS), office.trust, lambda: NOW)
