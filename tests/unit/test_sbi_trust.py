"""Signatures, signers and the hash chain of biometric devices."""

from datetime import timedelta
from hashlib import sha256

import pytest

from dekat.adapters.sbi.chain import check_link, next_hash
from dekat.adapters.sbi.device_ca import DeviceIdentity, new_authority, open_authority
from dekat.adapters.sbi.refusals import AnswerUnreadable, ChainBroken, DeviceKeyExpired, NotSigned, SignerUnknown
from dekat.adapters.sbi.trust import DeviceTrust, sign_jwt
from dekat.adapters.sbi.wire import decode, encode, encode_object, read_stamp
from tests.make.devices import NOW, authority, trust_in


@pytest.fixture(scope="module")
def device():
    return authority().vouch("SERIAL-1", now=NOW)


def _signed(device, payload):
    return sign_jwt(payload, device.key, device.chain)


def test_a_signed_payload_is_read_when_its_authority_is_trusted(device, tmp_path):
    trust = trust_in(tmp_path)

    payload = trust.read(_signed(device, {"serialNo": "SERIAL-1"}), NOW)

    assert payload == {"serialNo": "SERIAL-1"}


def test_an_empty_folder_trusts_nobody(device, tmp_path):
    with pytest.raises(SignerUnknown):
        DeviceTrust(tmp_path / "none").read(_signed(device, {}), NOW)


def test_a_changed_payload_is_refused(device, tmp_path):
    head, _, signature = _signed(device, {"qualityScore": "20"}).split(".")

    with pytest.raises(NotSigned):
        trust_in(tmp_path).read(f"{head}.{encode_object({'qualityScore': '99'})}.{signature}", NOW)


def test_an_algorithm_that_needs_no_key_is_refused(tmp_path):
    token = f"{encode_object({'alg': 'none', 'x5c': ['AAAA']})}.{encode_object({})}."

    with pytest.raises(NotSigned):
        trust_in(tmp_path).read(token, NOW)


def test_a_device_may_not_vouch_for_another_device(device, tmp_path):
    false_authority = type(authority())(device.key, device.chain[0])
    stranger = false_authority.vouch("STRANGER", now=NOW)
    chained = DeviceIdentity(stranger.key, (*stranger.chain, *device.chain))

    with pytest.raises(SignerUnknown):
        trust_in(tmp_path).read(_signed(chained, {}), NOW)


def test_an_expired_key_is_refused(tmp_path):
    old = authority().vouch("OLD", now=NOW, is_expired=True)

    with pytest.raises(DeviceKeyExpired):
        trust_in(tmp_path).read(_signed(old, {}), NOW)


@pytest.mark.parametrize("token", ["", "a.b", "!!.e30.x", f"{encode(b'[]')}.e30.x"])
def test_what_is_no_token_is_unreadable(token, tmp_path):
    with pytest.raises(AnswerUnreadable):
        trust_in(tmp_path).read(token, NOW)


def test_an_authority_kept_in_a_folder_is_the_same_next_time_and_trusted(tmp_path):
    first = open_authority(tmp_path, NOW)
    second = open_authority(tmp_path, NOW + timedelta(days=1))

    assert first.certificate == second.certificate
    assert DeviceTrust(tmp_path).authorities() == [first.certificate]
    assert (tmp_path / "device-ca.key").stat().st_mode & 0o077 == 0


def test_a_stranger_s_authority_is_not_trusted(tmp_path):
    stranger = new_authority(NOW).vouch("X", now=NOW)

    with pytest.raises(SignerUnknown):
        trust_in(tmp_path).read(_signed(stranger, {}), NOW)


def test_the_chain_begins_at_the_hash_of_nothing():
    record = b"finger"

    expected = sha256(sha256(b"").digest() + sha256(record).digest()).hexdigest().upper()

    assert next_hash("", record) == expected


def test_each_link_stands_on_the_one_before():
    first = next_hash("", b"one")

    assert next_hash(first, b"two") == sha256(bytes.fromhex(first) + sha256(b"two").digest()).hexdigest().upper()
    check_link(first, b"two", next_hash(first, b"two").lower())
    with pytest.raises(ChainBroken):
        check_link("", b"two", next_hash(first, b"two"))
    with pytest.raises(ChainBroken):
        next_hash("not hex", b"two")


def test_padded_and_unpadded_base64url_are_both_read():
    assert decode("_w") == decode("_w==") == b"\xff"


@pytest.mark.parametrize(
    "written", ["2026-11-23T02:00:00Z", "2026-11-23T09:00:00+07:00", "2026-11-23T02:00:00.000Z", "2026-11-23T02:00:00"]
)
def test_device_times_are_read_as_devices_write_them(written):
    assert read_stamp({"timestamp": written}, "timestamp") == NOW
