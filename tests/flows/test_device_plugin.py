"""A maker's own plug-in stands behind the port instead of SBI, and is told at the start when it cannot."""

import sys
from dataclasses import replace

import pytest
from PIL import Image

from dekat.adapters.samples import fingers
from dekat.adapters.sbi.chain import next_hash
from dekat.adapters.sbi.iso import read_record
from dekat.enrolment import ports
from dekat.enrolment.models import StepCapture
from dekat.enrolment.ports import DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import FINGERS, SLAP_FINGERS, Position, Slap
from dekat.faces.station.home import readiness
from dekat.project.device_plugin import plugged_devices
from dekat.project.setting_text import WrongSetting
from dekat.reports.desk_devices import DeskDevice
from tests.make.folder_devices import SCORE, FolderDevices
from tests.make.recordings import Desk


@pytest.fixture
def folder(tmp_path):
    for finger in SLAP_FINGERS[Slap.RIGHT]:
        print_ = fingers.impression(7, FINGERS.index(finger))
        Image.fromarray(print_).save(tmp_path / f"{finger.value}.png")
    return tmp_path


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Where pip would have put a maker's package."""
    installed = tmp_path / "site-packages"
    installed.mkdir()
    monkeypatch.syspath_prepend(str(installed))

    def write(name, text):
        (installed / f"{name}.py").write_text(text)
        sys.modules.pop(name, None)
        return [installed]

    return write


@pytest.mark.django_db
def test_a_slap_from_a_plug_in_is_kept_in_the_recording_and_marked_as_unsigned(identity, now, folder):
    ports.use_devices(lambda: FolderDevices(folder))
    desk = Desk(now)
    desk.to_fingers()

    desk.slap(Slap.RIGHT)

    kept = StepCapture.objects.exclude(position=Position.FACE).order_by("id")
    assert [row.position for row in kept] == list(SLAP_FINGERS[Slap.RIGHT])
    assert {row.signed_jwt for row in kept} == {""}
    assert {row.score for row in kept} == {SCORE}
    assert all(row.hash_hex == next_hash(row.previous_hash, bytes(row.image)) for row in kept)
    assert all(read_record(bytes(row.image)).position.value == row.position for row in kept)
    assert not ports.devices().ready()[0].is_trusted


def test_a_plug_in_is_loaded_from_an_installed_package_once(package):
    folders = package(
        "maker_good",
        "from pathlib import Path\nfrom tests.make.folder_devices import FolderDevices\n"
        "def devices():\n    return FolderDevices(Path('nowhere'))\n",
    )

    source = plugged_devices("maker_good:devices", folders=folders)

    assert source() is source()
    assert isinstance(source(), FolderDevices)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("maker_raises:devices", "def devices():\n    raise OSError('no driver')\n", "OSError: no driver"),
        ("maker_breaks:devices", "import there_is_no_such_driver\n", "ModuleNotFoundError"),
        ("maker_lacks:devices", "def devices():\n    return object()\n", "lacks ready, capture_fingers"),
        ("maker_lacks:other", "def devices():\n    return object()\n", "AttributeError"),
    ],
)
def test_a_plug_in_that_fails_stops_the_start_with_its_name(package, name, text, words):
    folders = package(name.partition(":")[0], text)

    with pytest.raises(WrongSetting, match=words):
        plugged_devices(name, folders=folders)


@pytest.mark.parametrize("name", ["sbi2", ":devices", "there_is_no_maker:devices", "maker:1"])
def test_a_name_that_leads_nowhere_stops_the_start(name):
    with pytest.raises(WrongSetting, match="DEKAT_DEVICES"):
        plugged_devices(name)


def test_a_file_beside_the_data_is_no_installed_package(package):
    package("maker_beside", "def devices():\n    return None\n")

    with pytest.raises(WrongSetting, match="not an installed package"):
        plugged_devices("maker_beside:devices")


def test_a_package_that_is_not_installed_is_not_even_run(tmp_path, monkeypatch):
    (tmp_path / "maker_outer").mkdir()
    (tmp_path / "maker_outer" / "__init__.py").write_text("raise SystemExit('it ran')\n")
    (tmp_path / "maker_outer" / "inner.py").write_text("def devices():\n    return None\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(WrongSetting, match="not an installed package"):
        plugged_devices("maker_outer.inner:devices")


def test_a_plug_in_s_device_is_said_to_be_unsigned(settings):
    device = DeskDevice(DeviceState(DeviceKind.FINGER, DeviceStatus.READY, serial="FOLDER-1"))

    assert "Tidak dikenal" in readiness._line(device).word
    settings.ENV = replace(settings.ENV, devices="maker:devices")
    assert readiness._line(device).word == "Siap · tanpa tanda tangan"
