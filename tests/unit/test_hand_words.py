"""What is said about a hand on the glass."""

import pytest

from dekat.enrolment.positions import Slap
from dekat.enrolment.quality import Check, Look
from dekat.faces.station.recording.hand_words import said_of


def look(count, *, side="", wrong=None):
    checks = [Check("hand.count", count > 0, "" if count else "empty", count)]
    checks += [Check(wrong[0], False, wrong[1], 0)] if wrong else []
    return Look(tuple(checks), {"side": side}, 80)


@pytest.mark.parametrize(
    ("seen", "slap", "wanted", "tone", "title"),
    [
        (look(0), Slap.LEFT, 4, "", ""),
        (look(3), Slap.LEFT, 4, "warn", "Baru 3 jari terlihat"),
        (look(4, side="RIGHT"), Slap.LEFT, 4, "warn", "Ini tangan kanan"),
        (look(4, side="LEFT"), Slap.RIGHT, 4, "warn", "Ini tangan kiri"),
        (look(4, side="LEFT"), Slap.LEFT, 4, "ok", "4 jari terlihat. Tekan Spasi"),
        (look(4), Slap.LEFT, 3, "ok", "4 jari terlihat. Tekan Spasi"),
        (look(3), Slap.LEFT, 3, "ok", "3 jari terlihat. Tekan Spasi"),
        (look(4), Slap.THUMBS, 2, "warn", "Terlihat 4 jari, diminta 2"),
        (look(4, wrong=("hand.light", "dirty")), Slap.LEFT, 4, "warn", "Lap kaca alat"),
    ],
)
def test_a_hand_gets_one_instruction(seen, slap, wanted, tone, title):
    said = said_of(seen, slap=slap, wanted=wanted)

    assert (said.tone, said.title) == (tone, title)


def test_the_left_hand_is_asked_for_where_the_right_one_lies():
    assert said_of(look(4, side="RIGHT"), slap=Slap.LEFT, wanted=4).text == "Ganti dengan tangan kiri."
