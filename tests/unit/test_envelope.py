"""An envelope is either exactly what its station sealed, or refused."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey
from dekat.sync import envelope

STATION, CENTRE, RECOVERY = SigningKey.generate(), OpenKey.generate(), OpenKey.generate()
HEADER = envelope.Header(
    item_id=UUID("019acb7e-0000-7000-8000-000000000001"),
    kind="recording/1",
    node="station-99.01.01",
    incarnation=bytes(16),
    seq=7,
    prev=bytes(32),
    operator="account:019acb7e-0000-7000-8000-000000000002",
    sealed_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    boot_id="a1b2",
    mono_ms=1234,
    clock_offset_ms=-250,
    clock_error_ms=40,
)
LIMIT = 1 << 20


def sealed(content=b"isi", **changes):
    header = replace(HEADER, **changes)
    return envelope.seal(content, header=header, recipients=[CENTRE.seal_key, RECOVERY.seal_key], key=STATION)


def read(data, key=CENTRE):
    found = envelope.parse(data, max_bytes=LIMIT)
    found.check(STATION.verify_key)
    return found.open(key)


@given(content=st.binary(max_size=5000))
@settings(max_examples=20, deadline=None)
def test_centre_and_recovery_key_open_what_was_sealed(content):
    data = sealed(content)

    assert read(data) == read(data, RECOVERY) == content


def test_the_header_comes_back_as_it_went():
    assert envelope.parse(sealed(), max_bytes=LIMIT).header == HEADER


def test_long_even_content_is_compressed():
    assert len(sealed(b"0" * 500_000)) < 10_000


@pytest.mark.row(55)
def test_every_changed_byte_is_refused():
    data = sealed(b"x" * 40)

    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises(DekatError):
            read(bytes(changed))


@given(keep=st.integers(0, 2600))
@settings(max_examples=60, deadline=None)
def test_every_shortened_envelope_is_refused(keep):
    data = sealed()

    with pytest.raises(DekatError):
        read(data[: min(keep, len(data) - 1)])


@given(junk=st.binary(max_size=300), starts_well=st.booleans())
@settings(max_examples=150, deadline=None)
def test_junk_is_refused_with_a_code(junk, starts_well):
    with pytest.raises(DekatError) as refused:
        envelope.parse(envelope.MAGIC + b"\x00\x00\x00\x10" + junk if starts_well else junk, max_bytes=LIMIT)

    assert refused.value.code in {"sync.envelope.malformed", "sync.envelope.too_large"}


@given(
    fields=st.dictionaries(
        st.sampled_from(["v", "suite", "id", "to", "seq", "zstd"]),
        st.one_of(
            st.none(), st.integers(), st.binary(max_size=20), st.text(max_size=5), st.lists(st.integers(), max_size=3)
        ),
    )
)
@settings(max_examples=80, deadline=None)
def test_a_header_with_wrong_fields_is_refused_as_malformed(fields):
    header = cbor2.dumps(fields, canonical=True)
    data = envelope.MAGIC + len(header).to_bytes(4, "big") + header + bytes(16 + 64)

    with pytest.raises(envelope.EnvelopeMalformed):
        envelope.parse(data, max_bytes=LIMIT)


@pytest.mark.row(59)
def test_what_is_too_large_is_not_even_read():
    with pytest.raises(envelope.EnvelopeTooLarge):
        envelope.parse(sealed(), max_bytes=100)


def test_a_stranger_cannot_open_it():
    with pytest.raises(envelope.NotForUs):
        read(sealed(), OpenKey.generate())


def test_another_key_did_not_sign_it():
    with pytest.raises(envelope.SignatureInvalid):
        envelope.parse(sealed(), max_bytes=LIMIT).check(SigningKey.generate().verify_key)


def test_a_sealed_key_cannot_move_to_another_packet():
    first = envelope.parse(sealed(), max_bytes=LIMIT)
    second = envelope.parse(sealed(item_id=UUID(int=5)), max_bytes=LIMIT)

    with pytest.raises(DekatError):
        replace(second, recipients=first.recipients, nonce=first.nonce, ciphertext=first.ciphertext).open(CENTRE)
