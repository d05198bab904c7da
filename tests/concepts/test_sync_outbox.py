"""At the station what is sealed stays safe until the centre proves that it has it."""

import shutil
from datetime import timedelta

import pytest
from django.db import transaction

from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.ledger.queries import events
from dekat.sync import envelope, files, outbox, ports, queries, receipts, services
from dekat.sync.models import OutItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_outbox(identity):
    """Each test begins with an empty folder."""
    shutil.rmtree(files.outbox_path("any").parent, ignore_errors=True)


def seal(now, content=b"isi", packet_id=None):
    packet_id = packet_id or new_id(now)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=content, operator="account:x", now=now)
    return packet_id


def test_a_sealed_packet_is_a_file_a_row_and_an_event(identity, now):
    packet_id = seal(now)

    status = queries.packet_status(packet_id)
    assert (status.state, status.seq) == ("SEALED", 1)
    assert files.outbox_path(packet_id).stat().st_size == status.size_bytes
    assert [event.name for event in events(subject=f"packet:{packet_id}")] == ["sync.packet.sealed"]
    assert queries.outbox_summary().waiting_count == 1


def test_the_same_packet_is_sealed_once(identity, now):
    packet_id = seal(now)
    first = files.outbox_path(packet_id).read_bytes()

    seal(now, b"lain", packet_id)

    assert files.outbox_path(packet_id).read_bytes() == first
    assert queries.outbox_summary().waiting_count == 1


def test_a_sealing_that_was_undone_leaves_its_number_free(identity, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        undone = seal(now)
        raise ZeroDivisionError
    kept = seal(now)

    found = services.reconcile(now=now)

    assert (found.adopted, found.orphaned) == (0, 1)
    assert queries.packet_status(undone) is None
    assert queries.packet_status(kept).seq == 1
    assert files.orphan_path(undone).exists()


def test_a_file_whose_row_was_lost_is_adopted_and_sent(identity, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        packet_id = seal(now)
        raise ZeroDivisionError
    draft = files.outbox_path("half").with_suffix(".dkp.tmp")
    draft.write_bytes(b"half")

    found = services.reconcile(now=now)

    assert (found.adopted, found.drafts_removed) == (1, 1)
    assert queries.packet_status(packet_id).state == "SEALED"
    assert services.reconcile(now=now).adopted == 0


def test_a_row_whose_file_is_gone_raises_the_alarm(identity, now):
    packet_id = seal(now)
    files.outbox_path(packet_id).unlink()

    found = services.reconcile(now=now)

    assert found.files_lost == 1
    assert queries.packet_status(packet_id).code == "sync.outbox.file_lost"
    assert len(events(names=["sync.packet.file_lost"])) == 1


def test_a_receipt_of_the_centre_is_believed_and_a_forged_one_is_not(identity, now, tmp_path, monkeypatch):
    monkeypatch.setitem(ports._packets, "test/1", lambda **_: None)
    packet_id = seal(now)
    text = services.take_packet(file=files.outbox_path(packet_id), now=now)
    said = receipts.read(text, identity.node.verify_key)

    with pytest.raises(receipts.ReceiptInvalid):
        services.take_receipt(text=said.signed(SigningKey.generate()), now=now)
    assert queries.packet_status(packet_id).state == "SEALED"
    services.take_receipt(text=text, now=now)
    services.take_receipt(text=text, now=now)

    assert queries.packet_status(packet_id).state == "RECEIVED"
    assert queries.receipts(packet_id)[0].digest == said.digest


def test_nothing_is_deleted_above_the_durable_mark_or_before_its_time(identity, now, monkeypatch):
    monkeypatch.setitem(ports._packets, "test/1", lambda **_: None)
    first, second = seal(now), seal(now)
    for packet_id in (first, second):
        text = services.take_packet(file=files.outbox_path(packet_id), now=now)
        services.take_receipt(text=text, now=now)

    services.note_durable(incarnation=identity.node.incarnation, through=1, now=now + timedelta(days=29))
    assert services.purge() == 0
    services.note_durable(incarnation=identity.node.incarnation, through=1, now=now + timedelta(days=31))
    assert services.purge() == 1

    assert not files.outbox_path(first).exists()
    assert files.outbox_path(second).exists()
    assert [queries.packet_status(one).state for one in (first, second)] == ["PURGED", "RECEIVED"]


def test_what_a_restored_centre_lacks_is_sent_again(identity, now, monkeypatch):
    monkeypatch.setitem(ports._packets, "test/1", lambda **_: None)
    packet_id = seal(now)
    services.take_receipt(text=services.take_packet(file=files.outbox_path(packet_id), now=now), now=now)

    again = queries.items_to_send(carrier="PACKET", missing=[1], incarnation=identity.node.incarnation)

    assert [item.id for item in again] == [packet_id]
    assert queries.items_to_send(carrier="PACKET") == []


def test_a_refused_item_stands_aside(identity, now):
    packet_id = seal(now)

    services.note_refused(item_id=packet_id, code="sync.item.conflict", now=now)

    assert queries.packet_status(packet_id).state == "QUARANTINED"
    assert queries.outbox_summary().quarantined_count == 1


def test_a_message_leaves_with_its_transaction_only(identity, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.send_message(message_id=new_id(now), kind="test/1", body={"a": 1}, now=now)
        raise ZeroDivisionError

    assert OutItem.objects.count() == 0


def test_a_message_that_is_too_large_is_refused(identity, now):
    with pytest.raises(outbox.ItemTooLarge):
        services.send_message(message_id=new_id(now), kind="test/1", body={"a": "x" * 70_000}, now=now)


def test_the_items_of_a_station_are_one_chain(identity, now):
    seal(now)
    services.send_message(message_id=new_id(now), kind="test/1", body={"a": 1}, now=now)
    seal(now)

    found = [envelope.parse(queries.sealed_bytes(item.id), max_bytes=1 << 24) for item in OutItem.objects.all()]
    assert [one.header.seq for one in found] == [1, 2, 3]
    assert [one.header.prev for one in found[1:]] == [one.header_hash for one in found[:-1]]
