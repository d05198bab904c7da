"""Acceptance scenario 16: power cut at the ninth finger; all saved fingers stay, nothing is half-sent."""

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
        "DEKAT_KECAMATAN": "35.11.15",
        "DEKAT_DATA_DIR": str(tmp_path_factory.mktemp("station")),
        "DEKAT_DATABASE_KEY": "ab" * 32,
        "DEKAT_SECRET_KEY": "test",
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.fault.ninth_finger"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_after_the_restart_the_session_goes_on_with_the_eight_or_all_ten_fingers_that_were_saved(found):
    died = [one for one in found if one["died"]]

    assert len(died) == 12
    # Thumbs lie on the glass together: the ninth and tenth finger are one save, kept or not.
    assert {one["fingers"] for one in died} <= {8, 10}
    assert {one["fingers"] for one in died if one["kind"] == "kill before commit"} == {8}
    assert {one["step"] for one in died} == {"FINGERS"}


def test_nothing_is_half_sent(found):
    assert {(one["items"], one["files"]) for one in found if one["died"]} == {(0, 0)}
    assert {one["items_at_last"] for one in found} == {1}


def test_a_clock_wrong_by_a_day_or_a_year_reorders_no_event(found):
    assert {one["jump_s"] for one in found} == {-86_400, 86_400, -366 * 86_400, 366 * 86_400}
    assert len({tuple(one["order"]) for one in found}) == 1
