"""What stands aside at the centre is settled one by one by one or two officers; the station hears, nothing is lost."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.queries import events
from dekat.sync import aside, files, inbox, outbox, ports, queries, services
from dekat.sync.hello import missing_numbers
from dekat.sync.models import FeedEntry, InboxLane, InItem, OutItem, Stray
from dekat.sync.rules import InState, Wish
from tests.make.accounts import HEAD, VERIFIER, let_in
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
REASON = "Sudah ditelepon, komputer diganti."


class NotToday(DekatError):
    """A handler that refuses until its cause is put right."""

    code = "test.not_now"


@pytest.fixture
def seen(monkeypatch):
    """What packets did; `mood` lets the handler refuse."""
    found: list[bytes] = []
    mood = {"refuses": False}

    def take(*, body, **_):
        if mood["refuses"]:
            raise NotToday
        found.append(body)

    monkeypatch.setitem(ports._packets, "test/1", take)
    return found, mood


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now)


def take(sealed, tmp_path, now):
    # The centre gives the file itself a second name, so each arrival is a file of its own.
    file = tmp_path / sha256(sealed).hexdigest()
    file.write_bytes(sealed)
    return services.take_packet(file=file, now=now)


def only():
    [found] = aside.asides()
    return found


class TestWhatAHandlerRefused:
    @pytest.fixture
    def refused(self, station, seen, tmp_path, now):
        seen[1]["refuses"] = True
        take(station.seal(b"isi", now=now), tmp_path, now)
        return only()

    def test_one_officer_tries_it_again_with_a_reason(self, refused, seen, now):
        seen[1]["refuses"] = False

        state = aside.decide(digest=refused.digest, wish=Wish.LET_IN, reason=REASON, actor=VERIFIER, now=now)

        assert (state, seen[0], aside.asides(), aside.count()) == (InState.APPLIED, [b"isi"], [], 0)
        assert len(events(names=["sync.aside.released"])) == 1

    def test_refused_once_more_it_stands_aside_as_before(self, refused, seen, now):
        state = aside.decide(digest=refused.digest, wish=Wish.LET_IN, reason=REASON, actor=VERIFIER, now=now)

        assert (state, only().wish, aside.count()) == (InState.QUARANTINED, "", 1)

    def test_without_a_reason_nothing_happens(self, refused, seen, now):
        with pytest.raises(aside.ReasonMissing):
            aside.decide(digest=refused.digest, wish=Wish.LET_IN, reason="  ", actor=VERIFIER, now=now)

        assert only().wish == ""

    def test_closing_needs_another_officer_and_keeps_the_bytes(self, refused, seen, now):
        assert aside.decide(digest=refused.digest, wish=Wish.CLOSE, reason=REASON, actor=VERIFIER, now=now) is None
        with pytest.raises(aside.SecondOfficerNeeded):
            aside.agree(digest=refused.digest, actor=VERIFIER, now=now)

        aside.agree(digest=refused.digest, actor=HEAD, now=now)

        assert (aside.asides(), queries.quarantine(), seen[0]) == ([], [], [])
        assert queries.opened_packet(refused.item_id) == b"isi"
        with pytest.raises(aside.AsideUnknown):
            aside.agree(digest=refused.digest, actor=HEAD, now=now)

    def test_a_wish_may_be_taken_back(self, refused, seen, now):
        aside.decide(digest=refused.digest, wish=Wish.CLOSE, reason=REASON, actor=VERIFIER, now=now)

        aside.disagree(digest=refused.digest, actor=HEAD, now=now)

        assert only().wish == ""
        with pytest.raises(aside.AsideUnknown):
            aside.agree(digest=refused.digest, actor=HEAD, now=now)


class TestAMachineThatIsDoubted:
    def test_a_packet_of_a_revoked_station_is_let_in_by_two(self, station, seen, tmp_path, now):
        revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)
        take(station.seal(b"isi", now=now), tmp_path, now)
        one = only()

        assert aside.decide(digest=one.digest, wish=Wish.LET_IN, reason=REASON, actor=HEAD, now=now) is None
        assert seen[0] == []

        assert aside.agree(digest=one.digest, actor=VERIFIER, now=now) == InState.APPLIED
        assert (seen[0], aside.asides()) == ([b"isi"], [])

    @pytest.mark.row(49)
    def test_after_a_copied_disk_each_packet_is_released_one_by_one_both_sides_kept(self, station, seen, tmp_path, now):
        clone = station.copy()
        take(station.seal(b"asli", now=now), tmp_path, now)
        twin = clone.seal(b"salinan", now=now)
        with pytest.raises(inbox.ItemConflict):
            take(twin, tmp_path, now)
        take(station.seal(b"berikut", now=now), tmp_path, now)
        stray, later = sorted(aside.asides(), key=lambda one: one.seq)

        [rival] = aside.rivals(stray)
        assert (stray.is_stray, stray.may_let_in, rival.is_stray) == (True, True, False)

        for one in (stray, later):
            aside.decide(digest=one.digest, wish=Wish.LET_IN, reason=REASON, actor=VERIFIER, now=now)
            assert aside.agree(digest=one.digest, actor=HEAD, now=now) == InState.APPLIED

        assert seen[0] == [b"asli", b"salinan", b"berikut"]
        assert aside.asides() == []
        assert files.stray_path(bytes.fromhex(stray.digest)).exists()
        # Whoever sealed it gets a receipt now, by the line as by the feed.
        assert take(twin, tmp_path, now) == InItem.objects.get(id=stray.item_id).receipt
        assert len(seen[0]) == 3

    @pytest.mark.row(57)
    def test_other_bytes_under_a_held_id_can_only_be_closed_and_lie_beside_the_first(
        self, station, seen, tmp_path, now
    ):
        clone, packet_id = station.copy(), new_id(now)
        take(station.seal(b"satu", now=now, item_id=packet_id), tmp_path, now)
        with pytest.raises(inbox.ItemConflict):
            take(clone.seal(b"dua", now=now, item_id=packet_id), tmp_path, now)
        one = only()

        with pytest.raises(aside.PlaceTaken):
            aside.decide(digest=one.digest, wish=Wish.LET_IN, reason=REASON, actor=VERIFIER, now=now)
        [rival] = aside.rivals(one)
        assert (rival.item_id, rival.digest != one.digest) == (one.item_id, True)
        aside.decide(digest=one.digest, wish=Wish.CLOSE, reason=REASON, actor=VERIFIER, now=now)
        aside.agree(digest=one.digest, actor=HEAD, now=now)

        assert (aside.asides(), seen[0], Stray.objects.count()) == ([], [b"satu"], 1)

    def test_what_was_let_in_from_a_copied_disk_leaves_no_gap(self, station, seen, tmp_path, now):
        take(station.seal(b"pertama", now=now), tmp_path, now)
        clone = station.copy()
        take(station.seal(b"asli", now=now), tmp_path, now)
        with pytest.raises(inbox.ItemConflict):
            take(clone.seal(b"salinan", now=now), tmp_path, now)
        one = only()

        aside.decide(digest=one.digest, wish=Wish.LET_IN, reason=REASON, actor=HEAD, now=now)
        aside.agree(digest=one.digest, actor=VERIFIER, now=now)

        assert (seen[0], aside.gaps(now=now)) == ([b"pertama", b"asli", b"salinan"], [])

    @pytest.mark.row(61)
    def test_a_number_that_never_comes_is_asked_for_each_time_and_in_the_end_somebodys_turn(
        self, station, seen, tmp_path, now, client
    ):
        packets = [station.seal(bytes([number]), now=now) for number in range(3)]
        take(packets[0], tmp_path, now)
        take(packets[2], tmp_path, now)

        for later in (now, now + timedelta(days=10)):
            lane = InboxLane.objects.get(node=station.name)
            assert missing_numbers(lane, 3) == [2]
            [gap] = aside.gaps(now=later)
            assert (gap.node, gap.after, gap.before, gap.is_overdue) == (station.name, 1, 3, later > now)
        let_in(client, Role.VERIFIER, now=now)
        # The pages read the real clock, which is days later.
        page = client.get("/kantor/disisihkan/").content.decode()
        assert "di antara nomor 1 dan 3" in page
        assert "Giliran" in page


class TestTheStationHears:
    """This machine is station and centre at once."""

    @pytest.fixture
    def sent(self, identity, seen, now):
        seen[1]["refuses"] = True
        packet_id = new_id(now)
        services.seal_packet(packet_id=packet_id, kind="test/1", content=b"isi", operator="", now=now)
        services.take_receipt(text=services.take_packet(file=files.outbox_path(packet_id), now=now), now=now)
        assert queries.packet_status(packet_id).state == "QUARANTINED"
        return packet_id

    def settle(self, wish, now):
        one = only()
        aside.decide(digest=one.digest, wish=wish, reason=REASON, actor=VERIFIER, now=now)
        if aside.asides():
            aside.agree(digest=one.digest, actor=HEAD, now=now)

    def hear(self, packet_id, now, monkeypatch):
        monkeypatch.setitem(ports._feed, outbox.NEWS_KIND, outbox.hear_of_item)
        entry = FeedEntry.objects.get(kind=outbox.NEWS_KIND)
        outbox.hear_of_item(item_id=packet_id, node="centre", body=json.loads(bytes(entry.body)), now=now)

    def test_a_released_packet_stands_aside_no_longer_and_an_old_receipt_does_not_put_it_back(
        self, sent, seen, now, monkeypatch
    ):
        seen[1]["refuses"] = False
        self.settle(Wish.LET_IN, now)

        self.hear(sent, now, monkeypatch)
        services.take_receipt(text=queries.receipt_text(sent), now=now)

        status = queries.packet_status(sent)
        assert (status.state, status.code) == ("RECEIVED", "")
        assert OutItem.objects.get(id=sent).aside_at is None

    def test_a_closed_one_says_so(self, sent, seen, now, monkeypatch):
        self.settle(Wish.CLOSE, now)

        self.hear(sent, now, monkeypatch)

        status = queries.packet_status(sent)
        assert (status.state, status.code) == ("QUARANTINED", aside.CLOSED)
        assert files.outbox_path(sent).exists()
