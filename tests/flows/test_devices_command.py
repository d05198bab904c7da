"""`dekat devices`: what a technician sees of the devices on the desk."""

import argparse

import pytest

from dekat.adapters.sbi import emulator
from dekat.adapters.sbi.conformance import check_device
from dekat.adapters.sbi.discovery import find_devices
from dekat.adapters.sbi.emulated_device import Fault
from dekat.enrolment.ports import DeviceKind
from dekat.faces.cli import devices
from tests.make.devices import NOW, make_office


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory):
    with make_office(tmp_path_factory.mktemp("trust")) as office:
        yield office


@pytest.fixture
def office(shared_office, monkeypatch):
    monkeypatch.setattr(devices, "now", lambda: NOW)
    yield shared_office
    for device in shared_office.rig.devices:
        shared_office.rig.set_fault(device, Fault.NONE)


def _run(office, kind, *words):
    parser = argparse.ArgumentParser()
    devices.add_parser(parser.add_subparsers())
    port = office.rig.device(kind).port
    options = parser.parse_args(["devices", *words, "--ports", str(port), "--ca", str(office.trust.folder)])
    return options.run(options)


def test_the_list_names_each_device_and_what_is_missing(office, capsys):
    assert _run(office, DeviceKind.FINGER, "list") == 1

    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("Finger  READY")
    assert "CONTOH-FINGER-0007-1" in shown[0]
    assert shown[0].endswith("(dikenal)")
    assert shown[1:] == ["Iris    ABSENT", "Face    ABSENT"]


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_a_good_device_keeps_every_promise(office, capsys, kind):
    assert _run(office, kind, "conformance") == 0

    shown = capsys.readouterr().out
    assert shown.count("ya ") == len(devices._PROMISES)
    assert "TIDAK" not in shown


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        (Fault.UNKNOWN_SIGNER, {"identity-signed-by-known-authority", "captures-signed-and-chained"}),
        (Fault.BROKEN_CHAIN, {"captures-signed-and-chained"}),
        (Fault.NO_SCORE, {"captures-signed-and-chained"}),
    ],
)
def test_a_bad_device_is_found_out(office, fault, broken):
    office.rig.set_fault(office.rig.device(DeviceKind.IRIS), fault)
    found = find_devices([office.rig.device(DeviceKind.IRIS).port], office.trust, NOW)

    checks = list(check_device(found[0], office.trust, lambda: NOW))

    assert {check.promise for check in checks if not check.is_kept} == broken


def test_no_device_is_no_conformance(office, capsys):
    office.rig.set_fault(office.rig.device(DeviceKind.FACE), Fault.OFF)

    assert _run(office, DeviceKind.FACE, "conformance") == 1
    assert "Tidak ada alat" in capsys.readouterr().out


def test_the_emulator_s_options_have_sensible_defaults():
    parser = argparse.ArgumentParser()
    emulator.add_options(parser)

    options = parser.parse_args([])

    assert (options.ports, options.control, options.seed) == ("4501,4502,4503", 0, 0)
