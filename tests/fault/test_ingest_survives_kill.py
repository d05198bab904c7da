"""The centre's power fails at any instant of an ingest: one submission, one card, and a chain that is whole."""

import pytest

from tests.make.child import told_by

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def kills(tmp_path_factory):
    """What the killed centre held at each of its commits, and after the same day was lived again."""
    folder = tmp_path_factory.mktemp("nodes") / "centre"
    folder.mkdir()
    node = {"ROLE": "centre", "KECAMATAN": "", "DATABASE_KEY": "", "SAMPLE": "1"}
    return told_by("tests.fault.killed_ingest", data=folder, timeout_s=180, **node)["kills"]


def test_it_was_killed_at_every_part_of_the_road(kills):
    seen = [kill["seen"] for kill in kills]

    assert len(kills) >= 12
    assert {one["held"] for one in seen} == {0, 1}
    assert {"", "BIO_CAPTURED", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL", "PRINT_READY_RECORD"} == {
        "".join(one["submissions"]) for one in seen
    }


def test_what_is_held_has_its_file_and_its_submission_at_every_instant(kills):
    for kill in kills:
        seen = kill["seen"]
        assert seen["has_file"], kill
        assert len(seen["submissions"]) == seen["held"] == seen["received_events"], kill
        assert len(seen["cards"]) == seen["queued_events"] == seen["submissions"].count("PRINT_READY_RECORD"), kill


def test_the_database_is_whole_and_the_chain_unbroken_after_every_kill(kills):
    for kill in kills:
        for look in (kill["seen"], kill["ended"]):
            assert (look["integrity"], look["faults"], look["is_own"]) == ("ok", 0, True), kill


def test_the_same_day_again_ends_with_one_submission_and_one_card(kills):
    for kill in kills:
        ended = kill["ended"]
        assert (ended["held"], ended["submissions"], ended["cards"]) == (1, ["PRINT_READY_RECORD"], ["READY"]), kill
        assert (ended["received_events"], ended["queued_events"], ended["at_pusat"]) == (1, 1, 1), kill
        assert ended["status_events"] == 4, kill
        assert ended["uploads"] == 0, kill
