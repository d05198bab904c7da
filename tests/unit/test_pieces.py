"""How much of a packet goes out at once, and for how long what was found of the way holds."""

from datetime import UTC, datetime, timedelta

import pytest

from dekat.adapters.centre_line import pieces
from dekat.adapters.centre_line.pieces import Pieces
from dekat.adapters.centre_line.way import FORGOTTEN_AFTER, Way
from dekat.sync.rules import MAX_PACKET_BYTES

LARGEST = 200_000


@pytest.fixture
def clock():
    return [datetime(2026, 11, 23, tzinfo=UTC)]


@pytest.fixture
def narrowed(clock, monkeypatch):
    """A way on which something took only pieces, since this instant."""
    monkeypatch.setattr(pieces.services, "note_way", lambda **_: None)
    found = Pieces(Way(clock=lambda: clock[0]), clock=lambda: clock[0])
    found.too_large(LARGEST)
    return found


def test_only_pieces_go_for_as_long_as_the_way_is_known_to_take_no_more(narrowed, clock):
    clock[0] += FORGOTTEN_AFTER - timedelta(seconds=1)
    narrowed.look_again()

    assert (narrowed.at_once_bytes, narrowed.pours) == (LARGEST // 2, False)


def test_a_day_later_a_process_that_never_rested_tries_whole_packets_again(narrowed, clock):
    clock[0] += FORGOTTEN_AFTER
    narrowed.look_again()

    assert (narrowed.at_once_bytes, narrowed.pours) == (MAX_PACKET_BYTES, True)
