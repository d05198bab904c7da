"""What strangers write is read within bounds, or is `Unreadable`: never a crash, never more memory than allowed."""

import json

import cbor2
import pytest
import zstandard

from dekat.kernel.reading import MAX_DEPTH, Unreadable, read_cbor, read_json, unpack


@pytest.mark.parametrize("value", [{"a": [1, "é", None, True, 1.5]}, "\\u0000", "😀", [[[]]] * 99])
def test_plain_json_is_read(value):
    assert read_json(json.dumps(value).encode()) == value
    assert read_json(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"[" * 100_000, b'{"a":' * 5000, b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"9" * 5000,
        b"NaN", b"-Infinity", b"1e999", b'"\\ud800"', b'{"\\udc00": 1}', b'"\xed\xa0\x80"', b'"a\\u0000b"',
        b"\xff\xfe1\x00",
    ],
)  # fmt: skip
def test_json_that_would_hurt_somebody_later_is_unreadable(text):
    with pytest.raises(Unreadable):
        read_json(text)


def test_plain_cbor_is_read():
    assert read_cbor(cbor2.dumps({"a": [b"1", 2, None, "x"]})) == {"a": [b"1", 2, None, "x"]}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x81" * 50_000, b"\xd8\x23\x64(a+)", b"\xd8\x1c\x81\xd8\x1d\x00", b"\xc2\x41\x01", b"\xd9\x99\x99\x01",
        b"\x9b\x00\x00\x00\x7f\xff\xff\xff\xff", b"\xff", b"\x62\xff\xff",
    ],
)  # fmt: skip
def test_cbor_with_tags_depth_or_lies_is_unreadable(data):
    with pytest.raises(Unreadable):
        read_cbor(data)


def test_a_frame_opens_up_to_its_limit_and_no_further():
    packed = zstandard.ZstdCompressor(level=19).compress(bytes(1_000_000))

    assert unpack(packed, limit=1_000_000) == bytes(1_000_000)
    with pytest.raises(Unreadable):
        unpack(packed, limit=999_999)


def test_a_frame_may_not_choose_how_much_memory_it_wants():
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    made = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = made.compress(b"a" * 1000) + made.flush()

    with pytest.raises(Unreadable):
        unpack(packed, limit=10_000)
