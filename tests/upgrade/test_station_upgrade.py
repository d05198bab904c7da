"""A station with packets that wait gets a new release: each of them is still there, and is sent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")},
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_DATA_DIR": str(tmp_path_factory.mktemp("station")),
        "DEKAT_DATABASE_KEY": "cd" * 32,
        "DEKAT_SECRET_KEY": "test",
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.upgrade.upgraded_station"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_every_packet_and_message_is_still_there_and_ready_to_send(found):
    assert len(found["before"]) == 10
    assert found["after"] == found["before"] == found["at_last"]
    assert (found["lost"], found["faults"], found["integrity"]) == (0, 0, "ok")
    assert found["columns"] > found["columns_after_failure"]


def test_a_migration_that_fails_leaves_everything_as_it_was(found):
    assert found["failed"] is True
    assert found["after_failure"] == found["before"]


def test_the_copy_is_encrypted_private_and_bounded(found):
    assert (found["is_copy_plain"], found["copy_mode"], found["copies"]) == (False, 0, 2)
