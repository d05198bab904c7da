"""Power fails at any instant of a recording: what was shown as saved is there, and nothing is there twice."""

import pytest

from tests.make.child import told_by

ACTS = 18
"""Saves of the whole recording in `killed_recording.acts`, the seal included."""

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the killed process left behind at each of its commits."""
    return told_by("tests.fault.killed_recording", data=tmp_path_factory.mktemp("station"), JUDGE="off")


def test_it_was_killed_before_and_after_every_commit(found):
    assert len(found["kills"]) == 2 * (ACTS + 1)


@pytest.mark.row(1)
def test_nothing_shown_as_saved_is_lost(found):
    for kill in found["kills"]:
        seen = kill["seen"]
        assert seen["saved"] >= seen["shown"], kill
        assert seen["saved"] <= seen["shown"] + 1, kill


def test_the_file_is_whole_and_the_ledger_unbroken_after_every_kill(found):
    for kill in found["kills"]:
        for look in (kill["seen"], kill["ended"]):
            assert (look["integrity"], look["faults"]) == ("ok", 0), kill


@pytest.mark.row(1)
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
