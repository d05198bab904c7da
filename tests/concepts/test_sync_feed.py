"""The feed comes in order, signed, applied together with its cursor; the newest of a key wins."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import cbor2
import pytest
from django.db import OperationalError

from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.kernel.errors import DekatError
from dekat.sync import feed, ports, queries, services
from dekat.sync.models import Blob, Counter, FeedEntry

pytestmark = pytest.mark.django_db


class NotYet(DekatError):
    code = "test.not_yet"


@pytest.fixture
def seen(monkeypatch, identity):
    """What the station's handlers were given."""
    found = []

    def keep(*, item_id, node, body, now):
        if body.get("refuse"):
            raise NotYet
        found.append(body)

    monkeypatch.setitem(ports._feed, "test/1", keep)
    return found


def tell(now, key="a", body=None, **more):
    services.publish(**{"scope": "*", "kind": "test/1", "key": key, "body": body or {"k": key}, "now": now, **more})


def pull(now):
    while True:
        at = services.position()
        data = services.next_of(epoch=at.epoch, reached=at.seqs)
        if data is None:
            return
        services.apply_batch(data=data, now=now)


def test_entries_come_once_and_in_order(seen, now):
    for key in ("a", "b", "c"):
        tell(now, key)

    pull(now)
    pull(now)

    assert seen == [{"k": "a"}, {"k": "b"}, {"k": "c"}]


def test_the_newest_of_a_key_wins_and_a_repeat_says_nothing(seen, now):
    tell(now, "a", {"v": 1})
    tell(now, "b")
    tell(now, "a", {"v": 2})
    tell(now, "a", {"v": 2})

    pull(now)

    assert seen == [{"k": "b"}, {"v": 2}]
    assert feed.head("*") == 3


def test_a_large_feed_comes_in_pieces(seen, now):
    for i in range(300):
        tell(now, f"k{i}", {"i": i, "text": "x" * 2000})

    first = services.next_of(epoch="", reached={"*": 0})
    pull(now)

    assert len(cbor2.loads(first)["payload"]) < 64 * 1024
    assert [body["i"] for body in seen] == list(range(300))


def test_the_first_life_of_a_feed_has_one_name_for_everybody(identity):
    feed._epoch_path().unlink(missing_ok=True)

    with ThreadPoolExecutor(8) as crowd:
        names = set(crowd.map(lambda _: feed.feed_epoch(), range(40)))

    assert len(names) == 1


def test_other_scopes_are_not_seen(seen, now):
    tell(now, "a", scope="35.11.19")

    pull(now)

    assert seen == []


def test_a_new_life_of_the_feed_is_read_from_its_beginning(seen, now):
    tell(now, "a")
    pull(now)
    services.renew_epoch()
    tell(now, "b")

    pull(now)

    assert seen == [{"k": "a"}, {"k": "a"}, {"k": "b"}]


def test_an_old_stick_does_not_lead_back_to_a_life_of_the_feed_that_is_over(seen, now):
    tell(now, "a", {"v": "old"})
    beginning = services.next_of(epoch="", reached={"*": 0})
    tell(now, "b", {"v": "old"})
    later = feed.next_batch(scope="*", after=1)
    pull(now)
    services.renew_epoch()
    tell(now, "a", {"v": "new"})
    pull(now)
    told, at = list(seen), services.position()

    for piece in (beginning, later):
        with pytest.raises(feed.BatchInvalid):
            services.apply_batch(data=piece, now=now, is_fresh=False)

    assert (seen, services.position()) == (told, at)


def test_a_stick_that_lacks_the_beginning_of_another_life_leaves_the_present_one_as_it_is(seen, now):
    tell(now, "a")
    pull(now)
    at = services.position()
    services.renew_epoch()
    tell(now, "b")
    rest, whole = (feed.next_batch(scope="*", after=after) for after in (1, 0))

    with pytest.raises(feed.BatchInvalid):
        services.apply_batch(data=rest, now=now, is_fresh=False)

    assert services.position() == at
    assert services.apply_batch(data=whole, now=now, is_fresh=False)
    assert seen[-1] == {"k": "b"}


def test_a_changed_piece_is_refused_and_moves_nothing(seen, now):
    tell(now, "a")
    data = bytearray(services.next_of(epoch="", reached={"*": 0}))

    for place in range(0, len(data), 7):
        bent = bytes(data[:place]) + bytes([data[place] ^ 1]) + bytes(data[place + 1 :])
        with pytest.raises(feed.BatchInvalid):
            services.apply_batch(data=bent, now=now)

    assert services.position().seqs == {"*": 0}
    assert seen == []


def test_a_piece_that_skips_something_is_refused(seen, now):
    tell(now, "a")
    pull(now)
    tell(now, "b")
    tell(now, "c")
    later = services.next_of(epoch=services.position().epoch, reached={"*": 2})

    with pytest.raises(feed.BatchInvalid):
        services.apply_batch(data=later, now=now)


def test_a_refused_entry_waits_and_the_feed_goes_on(seen, now, monkeypatch):
    tell(now, "a", {"refuse": True})
    tell(now, "b", kind="later/9")
    tell(now, "c")
    pull(now)
    assert (seen, queries.unapplied_count()) == ([{"k": "c"}], 2)

    monkeypatch.setitem(ports._feed, "later/9", ports._feed["test/1"])
    left = services.retry_unapplied(now=now)

    assert left == 1
    assert seen == [{"k": "c"}, {"k": "b"}]


def test_named_blobs_are_wanted_until_they_are_here(seen, now):
    missing = "ab" * 32
    here = services.publish_blob(b"isi")
    tell(now, "a", blobs=[missing, here])

    pull(now)

    assert queries.wanted_blobs() == [missing]
    assert queries.blob(here) == b"isi"


def test_an_entry_this_release_stumbles_over_holds_nothing_back(seen, now, monkeypatch):
    def stumble(**_):
        raise ZeroDivisionError

    monkeypatch.setitem(ports._feed, "bad/1", stumble)
    tell(now, "a", kind="bad/1")
    tell(now, "b")

    pull(now)

    assert (seen, queries.unapplied_count()) == ([{"k": "b"}], 1)


@pytest.fixture
def at_home(now):
    """This machine is also the station of a kecamatan."""
    return found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="35.11.19", now=now)


@pytest.mark.usefixtures("at_home")
def test_what_is_urgent_comes_before_everything_bulky_of_its_scope(seen, now):
    for i in range(300):
        tell(now, f"k{i}", {"i": i, "text": "x" * 2000}, scope="35.11.19", is_bulky=True)
    tell(now, "a", {"urgent": True}, scope="35.11.19")
    tell(now, "b", {"for": "everybody"})

    at = services.position()
    sizes = []
    while piece := services.next_of(epoch=at.epoch, reached=at.seqs):
        services.apply_batch(data=piece, now=now)
        sizes.append(len(piece))
        at = services.position()

    assert seen[:2] == [{"for": "everybody"}, {"urgent": True}]
    assert [body["i"] for body in seen[2:]] == list(range(300))
    assert max(sizes) < 64 * 1024


@pytest.mark.usefixtures("at_home")
def test_what_is_urgent_passes_while_bulky_pieces_are_fetched(seen, now):
    for i in range(300):
        tell(now, f"k{i}", {"i": i, "text": secrets.token_hex(1000)}, scope="35.11.19", is_bulky=True)
    at = services.position()
    services.apply_batch(data=services.next_of(epoch=at.epoch, reached=at.seqs), now=now)
    before = len(seen)
    tell(now, "a", {"urgent": True}, scope="35.11.19")

    at = services.position()
    services.apply_batch(data=services.next_of(epoch=at.epoch, reached=at.seqs), now=now)

    assert before < 300
    assert seen[before:] == [{"urgent": True}]


@pytest.mark.usefixtures("at_home")
def test_a_scope_without_news_in_the_new_life_does_not_keep_the_former_one(seen, now):
    tell(now, "a", scope="35.11.19", is_bulky=True)
    pull(now)
    FeedEntry.objects.all().delete()
    Counter.objects.all().delete()
    services.renew_epoch()
    tell(now, "b")

    pull(now)

    assert seen == [{"k": "a"}, {"k": "b"}]
    assert services.position().seqs == {"*": 1, "35.11.19": 0, "35.11.19+": 0}


def test_bytes_that_somebody_takes_are_taken_and_not_kept(identity, now, monkeypatch):
    taken = []
    monkeypatch.setitem(ports._blobs, "big/1", lambda **said: taken.append(said["content"]))
    name = services.publish_blob(b"isi")
    Blob.objects.all().delete()
    services.want_blob(sha256=name, now=now, kind="big/1")

    services.keep_fetched(sha256=name, content=b"isi", now=now)

    assert taken == [b"isi"]
    assert (queries.blob(name), queries.wanted_blobs()) == (None, [])


def test_a_database_that_cannot_be_written_keeps_the_whole_piece_waiting(seen, now, monkeypatch):
    def locked(**_):
        raise OperationalError("database is locked")

    tell(now, "a")
    tell(now, "b", kind="slow/1")
    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setitem(ports._feed, "slow/1", locked)
        pull(now)

    assert (services.position().seqs, queries.unapplied_count()) == ({"*": 0}, 0)
