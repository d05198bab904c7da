"""`dekat devices`: what a technician sees of the devices on the desk."""

import argparse
from dataclasses import replace

import pytest

from dekat.adapters.sbi import emulator
from dekat.adapters.sbi.conformance import check_device
from dekat.adapters.sbi.ctk.definitions import read_definitions
from dekat.adapters.sbi.ctk.outcomes import Outcome, Verdict
from dekat.adapters.sbi.discovery import find_devices
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.emulator import serve_control
from dekat.enrolment.ports import DeviceKind
from dekat.faces.cli import devices
from dekat.faces.conformance.report import report
from tests.make.ctk import write_toolkit
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


def test_every_definition_of_a_toolkit_is_asked_and_reported(office, capsys, tmp_path):
    toolkit = write_toolkit(tmp_path / "ctk")
    file = tmp_path / "out" / "laporan.html"
    control = serve_control(office.rig, 0)
    port = str(control.server_address[1])

    words = ("conformance", "--ctk", str(toolkit), "--yes", "--control", port, "--report", str(file))
    assert _run(office, DeviceKind.FINGER, *words) == 0

    control.shutdown()
    control.server_close()
    shown = capsys.readouterr().out
    assert "11 lulus, 0 GAGAL, 3 tidak berlaku" in shown
    assert "OWN10 tidak berlaku  pengambilan gambar: untuk alat jenis lain" in shown
    assert "OWN11 tidak berlaku  pengambilan gambar: untuk alat dengan cara ambil yang lain" in shown
    assert "OWN12 tidak berlaku  pengambilan gambar: pengambilan untuk otentikasi" in shown
    page = file.read_text()
    assert "<h2>Finger CONTOH-FINGER-0007-1</h2>" in page
    assert "firmware 1.0" in page and "MEMENUHI" in page and "Tanda tangan" in page


def test_without_an_emulator_s_switches_what_needs_them_does_not_apply(office, capsys, tmp_path):
    toolkit, file = write_toolkit(tmp_path / "ctk"), tmp_path / "laporan.md"

    assert _run(office, DeviceKind.FINGER, "conformance", "--ctk", str(toolkit), "--yes", "--report", str(file)) == 0

    assert capsys.readouterr().out.count("keadaan itu tidak dapat diadakan") == 3
    assert "BELUM LENGKAP: 3 butir tidak diuji" in file.read_text()


def test_a_failing_device_fails_the_run_and_the_report_says_what(office, capsys, tmp_path):
    toolkit, file = write_toolkit(tmp_path / "ctk"), tmp_path / "laporan.md"
    office.rig.set_fault(office.rig.device(DeviceKind.FINGER), Fault.BROKEN_CHAIN)

    assert _run(office, DeviceKind.FINGER, "conformance", "--ctk", str(toolkit), "--yes", "--report", str(file)) == 1

    assert "OWN05 GAGAL" in capsys.readouterr().out
    assert "| OWN06 | GAGAL | rantai gambar menyambung yang sebelumnya | station: sbi.answer.chain_broken" in (
        file.read_text()
    )
    assert "TIDAK MEMENUHI" in file.read_text()


def test_the_person_at_the_desk_is_told_what_to_lay_down_and_may_leave_it_out(office, capsys, tmp_path, monkeypatch):
    toolkit = write_toolkit(tmp_path / "ctk")
    asked = []
    answers = {"OWN03": "l", "OWN04": "l", "OWN09": "l"}
    monkeypatch.setattr(
        "builtins.input", lambda words: asked.append(words) or answers.get(words.split()[0].strip(":"), "")
    )

    assert _run(office, DeviceKind.FINGER, "conformance", "--ctk", str(toolkit)) == 0

    assert any("OWN05: Tempelkan kedua ibu jari. Lalu tekan Enter" in words for words in asked)
    assert any("OWN07 (orang ke-2 dari 2): Tempelkan kedua ibu jari. Yang diminta: adult." in words for words in asked)
    assert any("OWN09: Jauhkan semua orang dari alat." in words for words in asked)
    assert capsys.readouterr().out.count("keadaan itu tidak dapat diadakan") == 3


def test_words_of_a_device_cannot_break_the_report(office, tmp_path):
    found = find_devices([office.rig.device(DeviceKind.FINGER).port], office.trust, NOW)[0]
    bad = replace(found, state=replace(found.state, serial="A|B <script>\n"))
    definition = read_definitions(write_toolkit(tmp_path))[0]

    text = report([Outcome(definition, bad, Verdict.PASSED)], at=NOW)

    assert "A/B &lt;script&gt;" in text
    assert "<script>" not in text
