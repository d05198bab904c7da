"""Recordings drawn from a seed under drawn troubles: nothing shown as saved is lost, twice or half there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNT, SEED = 40, 7
"""The sample; `make bench ONLY=schedules` runs a thousand."""

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the schedules of this seed came to."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")},
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_DATA_DIR": str(tmp_path_factory.mktemp("station")),
        "DEKAT_DATABASE_KEY": "ab" * 32,
        "DEKAT_SECRET_KEY": "test",
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.fault.schedules", "--count", str(COUNT), "--seed", str(SEED)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_no_step_is_lost_and_no_packet_is_half(found):
    assert (found["lost_steps"], found["half_packets"], found["broken"]) == (0, 0, [])


def test_every_kind_of_trouble_was_tried(found):
    tried = found["tried"]
    kinds = {"kill before commit", "kill after commit", "power before commit", "power in commit", "database full"}

    assert found["schedules"] == COUNT
    assert tried["deaths"] > COUNT
    assert {*kinds, "kill at file", "power at file", "unplugged after", "busy", "clock", "repeat"} <= set(tried)
