"""A stamp is read back whole, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import cbor2
import pytest

from dekat.documents.qr import qr_svg
from dekat.documents.stamp import Stamp, StampFalse, StampKey, as_code, decode, encode, from_code, key_id

KEY = StampKey(bytes(range(32)))
KEYS = {key_id(KEY.public): KEY.public}
STAMP = Stamp(
    issuer="ID-9911",
    issued_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    document_id=UUID("019acb7e-0000-7000-8000-000000000001"),
    kind="FAMILY_CARD",
    number_tail="4071",
    initials="SK",
    count=4,
    content_hash=bytes(range(16)),
    serial="7K3QX91BZT",
)


def test_a_stamp_comes_back_as_it_was_signed():
    code = as_code(encode(STAMP, KEY), address="https://cek.dekat.example")

    assert code.startswith("HTTPS://CEK.DEKAT.EXAMPLE/V#")
    assert decode(from_code(code), KEYS) == STAMP


def test_the_same_stamp_gives_the_same_bytes():
    assert encode(STAMP, KEY) == encode(STAMP, KEY)


def test_not_one_flipped_bit_is_accepted():
    raw = encode(STAMP, KEY)

    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(StampFalse):
            decode(bytes(flipped), KEYS)


def test_not_one_changed_letter_of_the_code_is_accepted():
    code = as_code(encode(STAMP, KEY), address="https://cek.dekat.example")
    start = code.index("#") + 1

    for place in range(start, len(code)):
        other = "B" if code[place] == "A" else "A"
        with pytest.raises(StampFalse):
            decode(from_code(code[:place] + other + code[place + 1 :]), KEYS)


@pytest.mark.parametrize("header", [{}, [], None, 0, {1: 2}])
def test_the_part_that_no_signature_covers_must_be_the_empty_map(header):
    protected, _, payload, signature = cbor2.loads(encode(STAMP, KEY)).value
    raw = cbor2.dumps(cbor2.CBORTag(18, [protected, header, payload, signature]), canonical=True)

    if header == {} and isinstance(header, dict):
        assert decode(raw, KEYS) == STAMP
    else:
        with pytest.raises(StampFalse):
            decode(raw, KEYS)


@pytest.mark.parametrize("raw", [b"", b"\x80", b"\xd2\x80", b"\xd2\x84\x00\x00\x00\x00", b"\xff", bytes(601), b"\xf6"])
def test_rubbish_is_false_and_never_a_crash(raw):
    with pytest.raises(StampFalse):
        decode(raw, KEYS)


def test_another_offices_stamp_is_false():
    theirs = StampKey(bytes(32))

    with pytest.raises(StampFalse):
        decode(encode(replace(STAMP, count=5), theirs), KEYS)


def test_the_code_stays_small_enough_for_a_worn_sheet():
    code = as_code(encode(STAMP, KEY), address="https://cek.bondowoso.example")

    version_11_with_quiet_zone = 4 * 11 + 17 + 8
    side = int(qr_svg(code, quiet_zone=4).split('viewBox="0 0 ')[1].split()[0])
    assert side <= version_11_with_quiet_zone
