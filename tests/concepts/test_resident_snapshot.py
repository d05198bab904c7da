"""A kecamatan travels in blocks: what a station has is not fetched again, and nothing older covers what is newer."""

import json
from datetime import timedelta

import cbor2
import pytest
import zstandard

from dekat.kernel.ids import new_id
from dekat.registry import block, queries, services, snapshot
from dekat.registry.models import Family, Resident, SnapshotBlock
from dekat.registry.states import BlockState, Element, ResidentState
from dekat.sync import blobs, feed, ports
from dekat.sync import queries as sync_queries
from dekat.sync import services as sync
from dekat.sync.models import Blob, FeedCursor
from dekat.sync.room import RESERVE_BYTES
from tests.make.accounts import HEAD
from tests.make.extract import HERE, both_machines, content, fetch, forget, pull
from tests.make.registry import family_of, kecamatan, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_small_blocks(monkeypatch):
    """Blocks of about twenty people, so that a few families make several."""
    monkeypatch.setattr(snapshot, "_MOST_RESIDENTS", 20)
    monkeypatch.setattr(snapshot, "_STILL_FITS", (7, 28))


@pytest.fixture
def families(now):
    """Sixty families of the kecamatan, known at the centre and told in blocks."""
    both_machines(now)
    made = kecamatan(HERE, now, families=60)
    services.publish_extract(HERE, now=now)
    return made


def names():
    body = json.loads(sync_queries.told(scope=HERE, kind=snapshot.SNAPSHOT_KIND, key=HERE))
    return [name for _, name, *_ in body["blocks"]]


def change(family, now, value="Situbondo Baru"):
    services.change_element(
        application_id=new_id(now), resident_id=family.members[0].id, element=Element.BIRTH_PLACE, value=value,
        actor=HEAD, now=now,
    )  # fmt: skip


def test_a_new_station_holds_exactly_what_the_centre_has(families, now):
    before = content()
    forget()

    pull(now)
    fetch(now)

    assert content() == before
    assert queries.extract_progress(HERE, now=now) is None
    assert queries.extract_age(HERE, now=now + timedelta(hours=5)) == timedelta(hours=5)


def test_a_changed_family_makes_one_block_anew(families, now):
    before = set(names())
    change(families[7], now)

    services.publish_extract(HERE, now=now)

    assert len(before - set(names())) == 1
    assert len(set(names()) - before) == 1
    assert sync_queries.blob((before - set(names())).pop()) is None


def test_a_new_family_makes_one_block_anew(families, now):
    before = set(names())
    new = family_of(now, person(now), card_no="9911190101159999")
    services.register_family(new=new, actor=HEAD, now=now)

    services.publish_extract(HERE, now=now)

    assert len(set(names()) - before) == 1
    # None goes where the hash of its id says a block that nobody was in: about once in fifty runs.
    assert len(before - set(names())) <= 1


def test_a_station_in_step_fetches_only_the_list_of_a_newer_snapshot(families, now):
    pull(now)
    change(families[7], now)
    pull(now)

    services.publish_extract(HERE, now=now)

    assert pull(now) < 3000
    assert fetch(now) == 0


def test_a_new_life_of_the_feed_costs_only_the_list(families, now):
    forget()
    first = pull(now) + fetch(now)
    sync.renew_epoch()

    again = pull(now)

    assert fetch(now) == 0
    assert again < first / 3


def test_an_old_image_catches_up_with_less_than_a_whole_extract(families, now):
    forget()
    whole = pull(now) + fetch(now)
    image = sync.position(), content()
    for family in families[:3]:
        change(family, now)
    services.publish_extract(HERE, now=now)
    newest = content()
    go_back(image)

    came = pull(now) + fetch(now)

    assert content() == newest
    assert came < whole / 2


def go_back(image):
    """Be the station as it was on its old image."""
    position, rows = image
    services.apply_extract_row({"as_of": "2026-11-23T02:00:00Z", "families": rows})
    for scope, seq in position.seqs.items():
        FeedCursor.objects.filter(scope=scope).update(seq=seq)


def test_many_changes_are_left_out_when_the_newer_snapshot_is_shorter(families, now, monkeypatch):
    pull(now)
    fetch(now)
    at = sync.position()
    for family in families:
        change(family, now)
    services.publish_extract(HERE, now=now)
    replayed = told(at)
    monkeypatch.setattr(feed, "_SHRINKS", 1)

    skipped = told(at)

    assert replayed == ["resident/1"] * 60 + ["extract/1"]
    assert skipped == ["extract/1"]


def told(at):
    kinds, seqs = [], dict(at.seqs)
    while piece := sync.next_of(epoch=at.epoch, reached=seqs):
        outer = cbor2.loads(piece)
        said = json.loads(outer["header"])
        kinds += [
            kind
            for _, kind, *_ in cbor2.loads(zstandard.ZstdDecompressor().decompressobj().decompress(outer["payload"]))
        ]
        seqs[said["scope"]] = said["through"]
    return kinds


def test_a_block_that_comes_late_leaves_what_was_told_since(families, now):
    forget_here = families[7]
    change(forget_here, now, "Jember Lama")
    services.publish_extract(HERE, now=now)
    kept = content()
    change(forget_here, now, "Situbondo Baru")
    newest = content()
    forget()

    pull(now)
    fetch(now)

    assert kept != newest
    assert content() == newest


def test_a_change_that_was_committed_while_the_blocks_were_read_is_told_after_them(families, now, monkeypatch):
    real, changed = snapshot.blocks_of, families[7]

    def slowly(*args, **said):
        found = list(real(*args, **said))
        change(changed, now)
        return found

    monkeypatch.setattr(snapshot, "blocks_of", slowly)
    services.publish_extract(HERE, now=now)
    newest = content()
    forget()

    pull(now)
    fetch(now)

    assert content() == newest


def test_who_left_while_a_station_was_away_is_no_longer_found(families, now):
    forget()
    pull(now)
    fetch(now)
    gone = families[3]
    Resident.objects.filter(family_id=gone.id).update(family=None, state=ResidentState.MOVED)
    services.publish_extract(HERE, now=now)
    Resident.objects.filter(id__in=[one.id for one in gone.members]).update(family=gone.id, state=ResidentState.ACTIVE)

    pull(now)
    fetch(now)

    assert queries.members(gone.id) == []


def test_bytes_that_are_not_what_their_name_says_are_refused(families, now):
    forget()
    pull(now)
    sync.settle(now)
    name = sync_queries.wanted_blobs()[0]

    with pytest.raises(blobs.BlobAltered):
        sync.keep_fetched(sha256=name, content=sync_queries.blob(name)[:-1] + b"?", now=now)

    assert Family.objects.count() == 0
    assert sync_queries.wanted_blobs()[0] == name


@pytest.mark.parametrize("wrong", ["bukan blok", "other families", "a bomb"])
def test_a_block_with_other_content_changes_nothing_and_holds_nothing_back(families, now, wrong):
    forget()
    pull(now)
    plain = {"bukan blok": b"x", "other families": block.pack([]), "a bomb": bytes(50_000_000)}[wrong]
    bad = sync.publish_blob(zstandard.ZstdCompressor().compress(plain))
    first = SnapshotBlock.objects.order_by("number").first()
    SnapshotBlock.objects.filter(id=first.id).update(sha256=bad)

    fetch(now)

    assert SnapshotBlock.objects.get(id=first.id).state == BlockState.UNREADABLE
    at = queries.extract_progress(HERE, now=now)
    assert (at.residents_here, at.unreadable) == (at.residents - first.residents, first.residents)
    assert sync_queries.wanted_blobs() == []


def test_an_interrupted_block_is_taken_in_to_its_end(families, now, monkeypatch):
    before = content()
    forget()
    pull(now)
    sync.settle(now)
    name = sync_queries.wanted_blobs()[0]
    taker = ports.blob_handler(snapshot.SNAPSHOT_KIND)

    def killed(**said):
        taker(**said)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setitem(ports._blobs, snapshot.SNAPSHOT_KIND, killed)
        sync.keep_fetched(sha256=name, content=sync_queries.blob(name), now=now)
    fetch(now)

    assert content() == before


def test_a_low_disk_keeps_its_room_for_recordings(families, now):
    forget()
    pull(now)
    document = sync.publish_blob(b"surat")
    Blob.objects.filter(sha256=document).delete()
    sync.want_blob(sha256=document, now=now + timedelta(hours=1))
    sync.settle(now)

    assert sync_queries.wanted_blobs(free_bytes=RESERVE_BYTES - 1) == [document]
    assert sync_queries.wanted_blobs(free_bytes=RESERVE_BYTES)[0] == document
    assert len(sync_queries.wanted_blobs(free_bytes=RESERVE_BYTES)) == len(names()) + 1


def test_a_station_of_the_earlier_release_is_told_family_by_family(families, now):
    change(families[7], now)

    kinds = told(feed.FeedPosition(feed.feed_epoch(), {"*": 0, HERE: 0}))

    assert kinds == ["extract/1", "resident/1"]


def test_the_whole_is_told_again_after_an_import_or_much_that_changed(families, now, monkeypatch):
    assert services.renew_extracts([HERE], now=now) == []
    change(families[7], now)
    assert services.renew_extracts([HERE], now=now) == []

    monkeypatch.setattr(snapshot, "_CHANGES_IN_A_ROW", 1)
    assert services.renew_extracts([HERE], now=now) == [HERE]

    new = family_of(now, person(now), card_no="9911190101159999")
    services.register_family(new=new, actor=HEAD, now=now)
    monkeypatch.undo()
    assert services.renew_extracts([HERE, "35.11.12"], now=now) == [HERE]
