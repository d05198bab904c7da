"""What a station learned of the way to its centre survives a restart, is forgotten in time, and is never believed."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from dekat.adapters.centre_line.way import KEEPS_BODIES, Way

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
AT = (socket.AF_INET, ("192.0.2.7", 443))


def test_a_finding_and_an_address_survive_a_restart(tmp_path):
    before = Way(tmp_path / "way.json", clock=lambda: NOW)
    before.note_proven("pusat.example", 443, (socket.AF_INET, ("192.0.2.6", 443)))
    before.note_proven("pusat.example", 443, AT)

    assert before.note_piece(65_536, KEEPS_BODIES)
    assert not before.note_piece(32_768, KEEPS_BODIES)

    after = Way(tmp_path / "way.json", clock=lambda: NOW)
    assert (after.piece_bytes, after.finding) == (32_768, KEEPS_BODIES)
    assert after.addresses("pusat.example", 443)[0] == AT
    assert after.addresses("lain.example", 443) == []


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(days=-400)])
def test_a_finding_is_forgotten_after_a_day_and_by_a_clock_that_jumped(tmp_path, later):
    Way(tmp_path / "way.json", clock=lambda: NOW).note_piece(65_536, KEEPS_BODIES)

    after = Way(tmp_path / "way.json", clock=lambda: NOW + later)

    assert (after.piece_bytes, after.finding) == (0, "")


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"{",
        b"[]",
        b'{"proven": 1}',
        b'{"proven": {"a": [[2]]}, "piece_bytes": 1, "finding": "", "found_at": ""}',
        b'{"proven": {}, "piece_bytes": "x", "finding": "", "found_at": ""}',
        b'{"proven": {}, "piece_bytes": 1, "finding": "x", "found_at": "soon"}',
    ],
)
def test_half_a_file_is_no_file(tmp_path, left):
    (tmp_path / "way.json").write_bytes(left)

    found = Way(tmp_path / "way.json", clock=lambda: NOW)

    assert (found.piece_bytes, found.finding, found.addresses("pusat.example", 443)) == (0, "", [])
    found.note_proven("pusat.example", 443, AT)
    assert Way(tmp_path / "way.json", clock=lambda: NOW).addresses("pusat.example", 443) == [AT]
