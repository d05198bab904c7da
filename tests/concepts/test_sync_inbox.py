"""At the centre each item has one effect, one receipt, and nothing that arrives is lost."""

import json

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.services import revoke_node
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.queries import events
from dekat.sync import inbox, ports, queries, receipts, services
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db


class NotToday(DekatError):
    code = "test.not_today"


@pytest.fixture
def effects(monkeypatch):
    """What handlers were asked to do."""
    seen = []

    def packet(*, item_id, node, body, now):
        if body == b"tolak":
            raise NotToday
        seen.append((item_id, node, body))

    def message(*, item_id, node, body, now):
        seen.append((item_id, node, body))

    monkeypatch.setitem(ports._packets, "test/1", packet)
    monkeypatch.setitem(ports._messages, "test/1", message)
    return seen


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now)


@pytest.fixture
def take(tmp_path, now, identity):
    """Hand a packet in as the line does: as a file."""

    def hand_in(data, name="part"):
        file = tmp_path / name
        file.write_bytes(data)
        text = services.take_packet(file=file, now=now)
        file.unlink()
        return receipts.read(text, identity.node.verify_key), text

    return hand_in


def test_a_packet_has_its_effect_and_gets_a_receipt(station, take, effects, now):
    packet_id = new_id(now)

    receipt, _ = take(station.seal(b"isi", now=now, item_id=packet_id))

    assert effects == [(packet_id, station.name, b"isi")]
    assert (receipt.item_id, receipt.state, receipt.inbox_seq) == (packet_id, "APPLIED", 1)
    assert [event.name for event in events(subject=f"packet:{packet_id}")] == ["sync.packet.received"]


@pytest.mark.row(56)
def test_a_repeated_packet_gets_its_first_receipt(station, take, effects, now):
    data = station.seal(b"isi", now=now)

    first, again = take(data)[1], take(data)[1]

    assert first == again
    assert len(effects) == 1


def test_a_refused_packet_is_put_aside_and_the_next_one_goes_on(station, take, effects, now):
    refused = take(station.seal(b"tolak", now=now))[0]
    good = take(station.seal(b"isi", now=now))[0]

    assert (refused.state, refused.code, good.state) == ("QUARANTINED", "test.not_today", "APPLIED")
    assert [item.code for item in queries.quarantine()] == ["test.not_today"]


@pytest.mark.row(60)
def test_an_unknown_kind_waits_for_the_release_that_knows_it(station, take, effects, now, monkeypatch):
    receipt = take(station.seal(b"baru", now=now, kind="later/9"))[0]
    monkeypatch.setitem(ports._packets, "later/9", ports._packets["test/1"])
    services.reconcile(now=now)

    assert (receipt.state, receipt.code) == ("HELD", "sync.item.kind_unknown")
    assert effects[0][2] == b"baru"
    assert queries.packet_status(receipt.item_id).state == "APPLIED"


@pytest.mark.row(57)
def test_other_bytes_under_the_same_id_are_kept_and_refused(station, take, effects, now):
    packet_id = new_id(now)
    twin = station.copy()
    take(station.seal(b"satu", now=now, item_id=packet_id))
    other = twin.seal(b"dua", now=now, item_id=packet_id)

    for _ in range(2):
        with pytest.raises(inbox.ItemConflict):
            take(other)

    assert [body for _, _, body in effects] == [b"satu"]
    assert [item.code for item in queries.quarantine()] == ["sync.item.conflict"]
    assert len(events(names=["sync.item.contradicted"])) == 1


@pytest.mark.row(57)
def test_two_machines_from_one_disk_image_are_both_stopped(station, take, effects, now):
    clone = station.copy()
    take(station.seal(b"asli", now=now))

    with pytest.raises(inbox.ItemConflict):
        take(clone.seal(b"salinan", now=now))
    later = take(station.seal(b"berikut", now=now))[0]

    assert (later.state, later.code) == ("QUARANTINED", "sync.item.conflict")
    assert len(events(names=["sync.station.forked"])) == 1


@pytest.mark.row(52)
def test_a_revoked_station_is_believed_up_to_its_last_good_number(station, take, effects, now):
    first, second = station.seal(b"dulu", now=now), station.seal(b"kemudian", now=now)
    revoke_node(name=station.name, last_good_seq=1, actor=machine("centre"), now=now)

    before, after = take(first)[0], take(second)[0]

    assert before.state == "APPLIED"
    assert (after.state, after.code) == ("QUARANTINED", "sync.station.revoked")
    assert len(effects) == 1


@pytest.mark.row(50)
def test_a_packet_that_waits_for_its_turn_while_its_station_is_revoked_has_no_effect(
    station, take, effects, now, monkeypatch
):
    hold = inbox._hold

    def hold_later(arrival, at):
        revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)
        return hold(arrival, at)

    monkeypatch.setattr(inbox, "_hold", hold_later)

    receipt = take(station.seal(b"isi", now=now))[0]

    assert (receipt.state, receipt.code, effects) == ("QUARANTINED", "sync.station.revoked", [])


@pytest.mark.row(26)
def test_packets_may_come_in_any_order(station, take, effects, now):
    first, second, third = (station.seal(bytes([i]), now=now) for i in range(3))

    states = [take(data)[0].state for data in (third, first, second)]

    assert states == ["APPLIED"] * 3


def test_an_item_that_does_not_follow_the_one_before_is_put_aside(station, take, effects, now):
    take(station.seal(b"a", now=now))
    station.prev = b"\x01" * 32

    receipt = take(station.seal(b"b", now=now))[0]

    assert receipt.code == "sync.item.chain_broken"


def test_an_unknown_station_is_refused(station, take, effects, now):
    station.name = "station-99.09.09"

    with pytest.raises(inbox.StationUnknown):
        take(station.seal(b"isi", now=now))


@pytest.mark.row(58)
def test_a_packet_handed_in_by_another_station_is_refused(station, effects, now, tmp_path):
    file = tmp_path / "part"
    file.write_bytes(station.seal(b"isi", now=now))

    with pytest.raises(inbox.StationUnknown):
        services.take_packet(file=file, now=now, sent_by="station-99.02.02")


@pytest.mark.row(56)
def test_a_message_arrives_once(station, effects, now, identity):
    sealed = station.seal(json.dumps({"a": 1}).encode(), now=now)

    first = services.take_message(sealed=sealed, now=now)
    again = services.take_message(sealed=sealed, now=now)

    assert first == again
    assert [body for _, _, body in effects] == [{"a": 1}]


def test_a_message_that_is_no_mapping_is_put_aside(station, effects, now, identity):
    text = services.take_message(sealed=station.seal(b"[1]", now=now), now=now)

    assert receipts.read(text, identity.node.verify_key).code == "sync.message.malformed"


def test_a_bug_in_a_handler_holds_nothing_and_signs_nothing(station, take, effects, now, monkeypatch):
    def broken(*, item_id, node, body, now):
        raise ZeroDivisionError

    data = station.seal(b"isi", now=now)
    good = ports._packets["test/1"]
    monkeypatch.setitem(ports._packets, "test/1", broken)
    with pytest.raises(ZeroDivisionError):
        take(data)
    monkeypatch.setitem(ports._packets, "test/1", good)

    receipt = take(data)[0]

    assert (receipt.state, receipt.inbox_seq) == ("APPLIED", 1)


def test_only_what_is_in_a_verified_backup_is_durable(station, take, effects, now):
    for body in (b"a", b"b", b"c"):
        take(station.seal(body, now=now))

    services.mark_durable(through_inbox_seq=2, now=now)
    services.mark_durable(through_inbox_seq=1, now=now)

    from dekat.sync.models import InboxLane

    assert [lane.durable_through for lane in InboxLane.objects.all()] == [2]
