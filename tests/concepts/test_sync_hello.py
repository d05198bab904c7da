"""One greeting tells both sides everything, and is worth nothing to whoever copies it."""

import base64
from datetime import timedelta

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.services import revoke_node
from dekat.kernel.canonical import canonical_json
from dekat.kernel.clock import iso
from dekat.kernel.sealing import SealBroken
from dekat.sync import hello, inbox, ports, services, sessions
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(identity, now, monkeypatch):
    monkeypatch.setitem(ports._packets, "test/1", lambda **_: None)
    return enrolled_station(now=now)


@pytest.fixture
def hand_in(tmp_path, now):
    def take(data):
        file = tmp_path / "part"
        file.write_bytes(data)
        services.take_packet(file=file, now=now)

    return take


def greeting(station, now, **changes):
    said = {
        "node": station.name,
        "incarnation": station.incarnation.hex(),
        "last_seq": station.seq,
        "last_hash": station.prev.hex(),
        "sent_at": iso(now),
        **changes,
    }
    body = canonical_json(said)
    signature = station.signing.sign(context=hello.SIGNING_CONTEXT, message=body)
    return hello.Hello(body, base64.b64encode(signature).decode())


@pytest.mark.row(26)
def test_the_centre_says_what_it_lacks(station, hand_in, now):
    items = [station.seal(bytes([i]), now=now) for i in range(4)]
    hand_in(items[0])
    hand_in(items[2])

    answer = services.answer_hello(hello=greeting(station, now), now=now)

    assert answer["missing"] == [2, 4]
    assert answer["orders"] == []


def test_an_old_disk_image_is_told_to_begin_a_new_life(station, hand_in, now):
    old = station.copy()
    hand_in(station.seal(b"baru", now=now))

    answer = services.answer_hello(hello=greeting(old, now), now=now)

    assert answer["orders"] == ["new_incarnation"]


def test_a_copy_that_went_its_own_way_is_found(station, hand_in, now):
    copy = station.copy()
    hand_in(station.seal(b"asli", now=now))
    copy.seal(b"salinan", now=now)

    assert services.answer_hello(hello=greeting(copy, now), now=now)["orders"] == ["new_incarnation"]


def test_a_revoked_station_hears_it(station, now):
    revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)

    assert services.answer_hello(hello=greeting(station, now), now=now)["orders"] == ["revoked", "wipe_extract"]


def test_a_pass_opens_only_at_the_station_that_greeted(station, now):
    answer = services.answer_hello(hello=greeting(station, now), now=now)
    sealed = base64.b64decode(answer["pass"])
    opened = station.opening.open(sealed, info=hello._PASS_INFO).decode()

    assert services.read_pass(opened, now=now).node == station.name
    with pytest.raises(SealBroken):
        services.read_welcome(canonical_json(answer))


def test_a_pass_ends(station, now):
    given = sessions.make_pass(node_name=station.name, now=now)

    with pytest.raises(sessions.PassInvalid):
        services.read_pass(given, now=now + timedelta(minutes=15))


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c", "eyJ9.00"])
def test_a_forged_pass_is_refused(station, now, text):
    with pytest.raises(sessions.PassInvalid):
        services.read_pass(text, now=now)


def test_nobody_greets_in_anothers_name(station, now):
    other = enrolled_station(now=now, kecamatan="99.02.02")
    forged = greeting(other, now, node=station.name)

    with pytest.raises(hello.HelloInvalid):
        services.answer_hello(hello=forged, now=now)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b"\xff", b'{"node": 1}'])
def test_a_greeting_that_cannot_be_read_is_refused(station, now, body):
    with pytest.raises((hello.HelloInvalid, inbox.StationUnknown)):
        services.answer_hello(hello=hello.Hello(body, ""), now=now)
