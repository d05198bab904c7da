"""Families as columns come back exactly as they went in, and the same families are always the same bytes."""

import random

import pytest

from dekat.registry import block
from tests.make.extract import row

ODD = [
    {"nik": None},
    {"nik": "9911191703900001", "born_on": "1990-00-00"},
    {"nik": "9911195703900001", "sex": "FEMALE"},
    {"nik": "bukan angka"},
    {"full_name": "  dua  spasi ", "father_name": "#1", "mother_name": "0"},
    {"full_name": "Ñandú 'Ula", "birth_place": ""},
    {"position": 70_000, "is_odd": True},
    {"married_on": "0000-00-00"},
    {"father_name": "Hasan", "father_nik": "9911191703900001"},
]


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_row_comes_back(odd):
    rows = [row(number, **odd) for number in range(3)]

    assert sorted(block.unpack(block.pack(rows)), key=str) == sorted(rows, key=str)


def test_a_card_number_that_is_no_number_comes_back():
    rows = [row(0), row(1, card_no="ABC")]

    assert sorted(block.unpack(block.pack(rows)), key=str) == sorted(rows, key=str)


def test_a_family_without_anybody_and_no_family_at_all_come_back():
    empty = {**row(0), "members": []}

    assert block.unpack(block.pack([empty])) == [empty]
    assert block.unpack(block.pack([])) == []


def test_the_order_of_the_rows_does_not_matter():
    rows = [row(number) for number in range(9)]

    assert block.pack(rows) == block.pack(rows[::-1])


def test_bytes_that_are_no_block_are_refused():
    good = block.pack([row(number) for number in range(4)])
    rnd = random.Random(4)

    for _ in range(300):
        bent = bytearray(good)
        bent[rnd.randrange(len(bent))] ^= 1 << rnd.randrange(8)
        try:
            block.unpack(bytes(bent[: rnd.choice((len(bent), rnd.randrange(len(bent))))]))
        except block.BlockMalformed:
            continue
