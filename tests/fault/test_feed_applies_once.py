"""A piece of the feed is applied with its cursor or not at all, whoever dies and however full the disk is."""

import contextlib

import pytest
from django.db import OperationalError, connection

from dekat.areas import services as areas
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.registry import services as registry
from dekat.registry.models import Resident
from dekat.sync import feed, ports, queries, services
from dekat.sync.models import FeedCursor, Unapplied
from dekat.sync.room import RESERVE_BYTES
from dekat.sync.rules import Carrier
from tests.make.extract import both_machines, content, fetch, forget, pull
from tests.make.registry import kecamatan

pytestmark = pytest.mark.django_db
PLACES = ["before", "between two entries", "after the last entry", "at the cursor"]


class Killed(BaseException):
    """The process ends here: nobody catches it."""


@pytest.fixture
def kept(identity, monkeypatch):
    """Entries are counted in a table of this database, so that a roll-back takes them back."""

    def keep(*, item_id, node, body, now):
        first = {"seq": 0, "body": b"", "code": ""}
        row, _ = Unapplied.objects.get_or_create(scope="test", kind="kept", key=body["k"], defaults=first)
        Unapplied.objects.filter(id=row.id).update(seq=row.seq + 1)

    monkeypatch.setitem(ports._feed, "test/1", keep)
    return lambda: dict(Unapplied.objects.filter(kind="kept").values_list("key", "seq"))


@pytest.fixture
def piece(kept, now):
    for key in ("a", "b", "c"):
        services.publish(scope="*", kind="test/1", key=key, body={"k": key}, now=now)
    return services.next_of(epoch="", reached={"*": 0})


@pytest.mark.row(10)
@pytest.mark.parametrize("place", PLACES)
def test_a_piece_whose_applying_was_killed_is_applied_once(piece, kept, now, monkeypatch, place):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill(patch, place)
        services.apply_batch(data=piece, now=now)

    at_the_stop = kept(), services.position().seqs
    for _ in range(2):
        services.apply_batch(data=piece, now=now)

    assert at_the_stop == ({}, {"*": 0})
    assert (kept(), services.position().seqs) == ({"a": 1, "b": 1, "c": 1}, {"*": 3})
    assert ledger.faults() == []


@pytest.mark.row(10)
def test_a_piece_that_was_applied_before_the_kill_is_not_applied_again(piece, kept, now):
    services.apply_batch(data=piece, now=now)
    services.apply_batch(data=piece, now=now)

    assert (kept(), services.position().seqs) == ({"a": 1, "b": 1, "c": 1}, {"*": 3})


def kill(monkeypatch, place):
    """End the process at a place of `apply_batch`."""
    real, done = feed._apply, []

    def apply(scope, seq, kind, key, body, node, now):
        if place == "before" or (place == "between two entries" and len(done) == 2):
            raise Killed
        real(scope, seq, kind, key, body, node, now)
        done.append(key)
        if place == "after the last entry" and len(done) == 3:
            raise Killed

    def save(*_, **__):
        raise Killed

    monkeypatch.setattr(feed, "_apply", apply)
    if place == "at the cursor":
        monkeypatch.setattr(FeedCursor, "save", save)


@pytest.mark.row(43)
@pytest.mark.parametrize("full", ["database or disk is full", "disk I/O error"])
def test_a_full_disk_leaves_the_cursor_and_puts_no_entry_aside(piece, kept, now, monkeypatch, full):
    real = ports._feed["test/1"]

    def keep(**said):
        if said["body"]["k"] == "b":
            raise OperationalError(full)
        real(**said)

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setitem(ports._feed, "test/1", keep)
        services.apply_batch(data=piece, now=now)
    assert (kept(), services.position().seqs, queries.unapplied_count()) == ({}, {"*": 0}, 0)

    services.apply_batch(data=piece, now=now)

    assert kept() == {"a": 1, "b": 1, "c": 1}


@pytest.mark.row(43)
@pytest.mark.skipif(
    "connection.vendor != 'sqlite'",
    reason="only a station meets this, and it keeps SQLite in both halves: the other half runs it",
)
@pytest.mark.django_db(transaction=True)
def test_an_extract_for_which_there_is_no_room_is_taken_in_when_there_is(now):
    areas.load_bundled()
    both_machines(now)
    kecamatan("35.11.19", now, families=150)
    registry.publish_extract("35.11.19", now=now)
    before = content()
    forget()
    pull(now)
    at = services.position()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 12}")
        try:
            with contextlib.suppress(OperationalError):
                fetch(now)
            held = Resident.objects.count()
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert held < len(before)
    assert services.position() == at
    assert queries.wanted_blobs() != []

    fetch(now)

    assert content() == before
    assert ledger.faults() == []


@pytest.mark.row(43)
def test_a_low_disk_stops_the_extract_and_not_what_is_recorded(now):
    both_machines(now)
    kecamatan("35.11.19", now, families=20)
    registry.publish_extract("35.11.19", now=now)
    forget()
    pull(now)
    services.settle(now)
    packet_id = new_id(now)
    services.seal_packet(packet_id=packet_id, kind="test/1", content=b"rekaman", operator="", now=now)
    low = RESERVE_BYTES - 1

    assert queries.wanted_blobs(free_bytes=low) == []
    assert queries.wanted_blobs() != []
    assert [item.id for item in queries.items_to_send(carrier=Carrier.PACKET)] == [packet_id]
