"""Whatever puts an item aside has a sentence, something to do and somebody whose turn it is: no code falls through."""

import re

import pytest

from dekat.faces.aside_words import AT_CENTRE, AT_STATION, KINDS, TURNS, at_centre, at_station, kind_name
from dekat.faces.refusals.words import all_words
from tests.house.test_refusals import refusals

# Refusals of pages, devices and commands: no packet and no message can meet them.
_ELSEWHERE = re.compile(
    r"faces\.|reports\.|flows\.(deed|hand_over|card)\.|adapters\.|line\.|sbi\.|printing\.|equipment\.|duties\.evidence|duties\.instruction\.quiz|"
    r"national\.number|duties\.(closure|file|hearing|obligation|reply|text|visit|waiting)\.|"
    r"accounts\.(password|recovery|enrolment_code)\.|sync\.(backup|lease)\.|areas\.files|registry\.(file|life|correction|paper|certificate)|cases\.form|desk\.(counter|ticket)|cards\.(blank|card\.queue)|documents\.|"
    r"enrolment\.(?!packet)|reports\."
)
CODES = sorted(
    {*(kind.code for kind in refusals() if not _ELSEWHERE.match(kind.code)), *AT_CENTRE, *AT_STATION}
)  # fmt: skip
GENERIC = "ditolak dengan kode"


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_sentence_of_its_own_on_both_sides(code):
    for words in (at_centre(code), at_station(code, is_at_office=True), at_station(code, is_at_office=False)):
        why, do_now = str(words.why), str(words.do_now)

        assert why.endswith(".")
        assert do_now.endswith(".")
        assert "{" not in why + do_now
        if code in all_words() or code in AT_CENTRE:
            assert GENERIC not in why
        assert words.turn in TURNS


def test_every_kind_that_travels_has_a_name():
    from dekat.sync import ports

    travelling = {kind for kind in [*ports._packets, *ports._messages] if not kind.startswith(("test", "note", "bad"))}

    assert sorted(travelling - set(KINDS)) == []
    assert kind_name("later/9") == "Kiriman jenis later/9"
