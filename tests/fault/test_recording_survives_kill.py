"""Power fails at any instant of a recording: what was shown as saved is there, and nothing is there twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ACTS = 18
"""Saves of the whole recording in `killed_recording.acts`, the seal included."""

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the killed process left behind at each of its commits."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")},
        "DEKAT_ROLE": "station",
        "DEKAT_KECAMATAN": "35.11.12",
        "DEKAT_JUDGE": "off",
        "DEKAT_DATA_DIR": str(tmp_path_factory.mktemp("station")),
        "DEKAT_DATABASE_KEY": "ab" * 32,
        "DEKAT_SECRET_KEY": "test",
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.fault.killed_recording"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_it_was_killed_before_and_after_every_commit(found):
    assert len(found["kills"]) == 2 * (ACTS + 1)


def test_nothing_shown_as_saved_is_lost(found):
    for kill in found["kills"]:
        seen = kill["seen"]
        assert seen["saved"] >= seen["shown"], kill
        assert seen["saved"] <= seen["shown"] + 1, kill


def test_the_file_is_whole_and_the_ledger_unbroken_after_every_kill(found):
    for kill in found["kills"]:
        for look in (kill["seen"], kill["ended"]):
            assert (look["integrity"], look["faults"]) == ("ok", 0), kill


def test_a_recording_is_either_readable_or_sealed_never_both_and_never_neither(found):
    for kill in found["kills"]:
        seen = kill["seen"]
        is_sealed = seen["step"] == "SEALED"
        assert seen["packet"] is is_sealed, kill
        if is_sealed:
            assert (seen["captures"], seen["links"]) == (0, 0), kill


def test_the_same_presses_again_finish_it_exactly_once(found):
    for kill in found["kills"]:
        assert kill["ended"]["step"] == "SEALED", kill
        assert (kill["ended"]["saved"], kill["sealed_events"], kill["step_events"]) == (ACTS, 1, ACTS - 1), kill
        assert kill["has_file"], kill


def test_the_database_is_encrypted_on_the_disk(found):
    assert not found["is_plain"]
