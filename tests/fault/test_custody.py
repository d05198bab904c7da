"""Custody: nothing is deleted without the receipt and the durable mark of the centre; a refusal destroys nothing."""

import errno
import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.faces.refusals.words import all_words
from dekat.faces.station import whereabouts
from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.ledger.queries import events
from dekat.sync import (
    aside_here,
    files,
    lost,
    ports,
    queries,
    receipts,
    reconcile,
    rules,
    services,
    stick,
    uploads,
)
from dekat.sync.models import OutItem, Upload
from tests.make.sync import enrolled_station
from tests.make.wire import begin, passed, patch

OPERATOR = Actor(UUID(int=1), Role.OPERATOR, "99.01.01", "centre")
LATER = timedelta(days=400)


@pytest.fixture
def own_folder(settings, tmp_path):
    """A data folder of this test alone."""
    settings.ENV = replace(settings.ENV, data_dir=tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def takes(monkeypatch):
    """What the handlers of this machine were given; it is station and centre at once."""
    found: list[object] = []
    for table in (ports._packets, ports._messages):
        monkeypatch.setitem(table, "test/1", lambda **said: found.append(said["body"]))
    return found


@pytest.fixture
def sealed(own_folder, identity, takes, now):
    """Three packets and a message that wait here."""
    made = [new_id(now) for _ in range(4)]
    for packet_id in made[:3]:
        services.seal_packet(packet_id=packet_id, kind="test/1", content=packet_id.bytes, operator="", now=now)
    services.send_message(message_id=made[3], kind="test/1", body={"m": 1}, now=now)
    return made


def received(packet_id, now):
    """The centre takes a packet, and the station its receipt."""
    text = services.take_packet(file=files.outbox_path(packet_id), now=now)
    services.take_receipt(text=text, now=now)
    return text


def on_disk(ids):
    return [files.outbox_path(one).exists() for one in ids]


@pytest.mark.django_db
class TestNothingIsDeletedWithoutReceiptAndMark:
    @pytest.mark.parametrize("state", [state for state in rules.OutState if state != rules.OutState.PURGED])
    def test_without_a_receipt_no_state_and_no_mark_deletes(self, sealed, identity, now, state):
        OutItem.objects.update(state=state, received_at=now)

        services.note_durable(incarnation=identity.node.incarnation, through=99, now=now + LATER)

        assert services.purge() == 0
        assert on_disk(sealed[:3]) == [True] * 3
        assert queries.sealed_bytes(sealed[3]) is not None

    def test_a_receipt_without_the_durable_mark_deletes_nothing(self, sealed, identity, now):
        received(sealed[0], now)

        services.note_durable(incarnation=identity.node.incarnation, through=0, now=now + LATER)
        services.note_durable(incarnation=b"another life, 16", through=99, now=now + LATER)

        assert services.purge() == 0
        assert on_disk(sealed[:1]) == [True]

    def test_a_forged_receipt_moves_nothing(self, sealed, identity, now):
        said = receipts.read(services.take_packet(file=files.outbox_path(sealed[0]), now=now), identity.node.verify_key)

        with pytest.raises(receipts.ReceiptInvalid):
            services.take_receipt(text=said.signed(SigningKey.generate()), now=now)

        assert queries.packet_status(sealed[0]).state == "SEALED"

    @pytest.mark.row(9)
    @pytest.mark.parametrize("cut_at", ["file", "row"])
    def test_a_purge_that_was_cut_is_finished_and_never_begun_twice(self, sealed, identity, now, monkeypatch, cut_at):
        received(sealed[0], now)
        services.note_durable(incarnation=identity.node.incarnation, through=1, now=now + LATER)

        def power_cut(*_, **__):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            if cut_at == "file":
                patched.setattr(files, "remove_durably", power_cut)
            else:
                patched.setattr("django.db.models.query.QuerySet.update", power_cut)
            with pytest.raises(KeyboardInterrupt):
                services.purge()

        assert queries.packet_status(sealed[0]).state == "PURGEABLE"
        assert on_disk(sealed[:1]) == [cut_at == "file"]
        found = services.reconcile(now=now)
        assert (found.files_lost, found.adopted, found.orphaned) == (0, 0, 0)
        assert queries.packet_status(sealed[0]).state == "PURGED"
        assert on_disk(sealed[:3]) == [False, True, True]
        assert services.purge() == 0

    @pytest.mark.row(47)
    def test_what_the_centre_is_heard_to_lack_in_the_middle_of_a_purge_stays(self, sealed, identity, now, monkeypatch):
        for packet_id in sealed[:2]:
            received(packet_id, now)
        life, remove = identity.node.incarnation, files.remove_durably
        services.note_durable(incarnation=life, through=2, now=now + LATER)

        def hear_meanwhile(path):
            lost.tell_lost(missing=[2], incarnation=life, now=now)
            remove(path)

        monkeypatch.setattr(files, "remove_durably", hear_meanwhile)

        assert services.purge() == 1
        assert on_disk(sealed[:2]) == [False, True]
        assert queries.packet_status(sealed[1]).state == "DURABLE"

    def test_no_refusal_whatsoever_deletes_a_byte(self, sealed, now):
        for code in sorted(all_words()):
            OutItem.objects.filter(id=sealed[0]).update(state="SEALED", attempts=0)
            services.note_refused(item_id=sealed[0], code=code, now=now)
            services.purge()

        assert on_disk(sealed[:1]) == [True]
        OutItem.objects.filter(id=sealed[3]).update(state="QUARANTINED")
        assert queries.sealed_bytes(sealed[3]) is not None

    def test_a_refusal_of_an_upload_leaves_what_is_held(self, sealed, identity, now):
        received(sealed[0], now)

        services.drop_upload(upload_id=str(sealed[0]), node="centre")
        services.sweep_uploads(now=now + LATER)

        assert queries.opened_packet(sealed[0]) == sealed[0].bytes

    @pytest.mark.row(47)
    def test_what_a_restored_centre_lost_after_the_purge_is_said_aloud_once(self, sealed, identity, now):
        received(sealed[0], now)
        services.note_durable(incarnation=identity.node.incarnation, through=1, now=now + LATER)
        services.purge()

        said = [
            services.note_missing(seqs=[1, 2], incarnation=identity.node.incarnation, now=now + LATER) for _ in "12"
        ]

        assert said == [1, 0]
        [one] = aside_here.asides_here()
        assert (one.id, one.code, one.may_send) == (sealed[0], "sync.outbox.lost_at_centre", False)
        assert queries.receipts(sealed[0])[0].item_id == sealed[0]
        assert len(events(names=["sync.packet.lost_at_centre"])) == 1

    def test_a_restored_centre_gets_again_even_what_was_durable(self, sealed, identity, now):
        received(sealed[0], now)
        services.note_durable(incarnation=identity.node.incarnation, through=1, now=now)

        again = queries.items_to_send(carrier="PACKET", missing=[1], incarnation=identity.node.incarnation, now=now)

        assert sealed[0] in [item.id for item in again]
        services.note_sent(item_id=sealed[0], sent_bytes=10)
        assert queries.packet_status(sealed[0]).state == "SENDING"


@pytest.mark.django_db
class TestARefusedItemWaitsAndGoesOn:
    def test_it_rests_longer_each_time_but_never_much_longer_than_an_hour(self, sealed, now):
        rests = [rules.wait_after(attempts, item_id=sealed[0]) for attempts in range(1, 40)]

        assert rests[0] <= timedelta(seconds=8)
        assert max(rests) <= 1.5 * rules.LONGEST_WAIT
        assert all(rest >= rules.LONGEST_WAIT for rest in rests[12:])

    def test_a_hundred_items_do_not_come_back_in_the_same_instant(self):
        rests = {rules.wait_after(9, item_id=UUID(int=number)) for number in range(100)}

        assert len(rests) > 70

    def test_while_it_rests_the_others_go(self, sealed, now):
        services.note_refused(item_id=sealed[0], code="sync.station.unknown", now=now)

        at_once = [item.id for item in queries.items_to_send(carrier="PACKET", now=now)]
        later = [item.id for item in queries.items_to_send(carrier="PACKET", now=now + timedelta(minutes=1))]

        assert (at_once, later) == (sealed[1:3], sealed[:3])

    def test_a_rest_given_by_a_clock_of_2040_does_not_last_until_2040(self, sealed, now):
        services.note_refused(item_id=sealed[0], code="sync.station.unknown", now=now + timedelta(days=5000))

        assert sealed[0] in [item.id for item in queries.items_to_send(carrier="PACKET", now=now)]

    def test_after_three_refusals_a_person_sees_it_although_it_goes_on(self, sealed, now):
        for _ in range(rules.TOLD_FROM_ATTEMPTS):
            services.note_refused(item_id=sealed[0], code="sync.station.unknown", now=now)

        [one] = aside_here.asides_here()

        assert (one.id, one.is_resting, one.may_send) == (sealed[0], True, True)

    def test_what_is_final_stands_aside_and_an_officer_lets_it_go_again(self, sealed, now):
        services.note_refused(item_id=sealed[0], code="sync.item.conflict", now=now)
        assert queries.packet_status(sealed[0]).state == "QUARANTINED"

        services.send_again(item_id=sealed[0], actor=OPERATOR, now=now)
        services.send_again(item_id=sealed[0], actor=OPERATOR, now=now)

        assert queries.packet_status(sealed[0]).state == "SEALED"
        assert sealed[0] in [item.id for item in queries.items_to_send(carrier="PACKET", now=now)]


@pytest.mark.django_db
class TestTheStickMakesADamagedDiskGood:
    @pytest.mark.parametrize("harm", ["lost", "damaged"])
    def test_a_lost_or_damaged_file_comes_back_from_the_second_copy(self, sealed, now, tmp_path, harm):
        stick.prepare(tmp_path / "stick", now=now)
        stick.copy_to(tmp_path / "stick", is_checked=set())
        path, good = files.outbox_path(sealed[0]), files.outbox_path(sealed[0]).read_bytes()
        if harm == "lost":
            path.unlink()
            services.reconcile(now=now)
        else:
            path.write_bytes(bytes(len(good)))
            services.note_refused(item_id=sealed[0], code="sync.outbox.file_damaged", now=now)
        assert [one.may_send for one in aside_here.asides_here()] == [False]

        assert stick.bring_back(tmp_path / "stick", now=now) == 1

        assert path.read_bytes() == good
        assert queries.packet_status(sealed[0]).state == "SEALED"
        assert stick.bring_back(tmp_path / "stick", now=now) == 0

    def test_a_lost_file_that_the_centre_holds_frightens_nobody(self, sealed, now):
        received(sealed[0], now)
        files.outbox_path(sealed[0]).unlink()

        found = services.reconcile(now=now)

        assert (found.files_lost, aside_here.asides_here()) == (1, [])
        assert queries.packet_status(sealed[0]).code == reconcile.FILE_LOST
        assert services.reconcile(now=now).files_lost == 0


@pytest.mark.django_db
@pytest.mark.row(65)
def test_power_gone_in_the_middle_of_sending_loses_nothing_and_the_list_says_where_each_is(sealed, now, tmp_path):
    received(sealed[0], now)
    services.note_sent(item_id=sealed[1], sent_bytes=100)

    found = services.reconcile(now=now)

    waiting = queries.outbox_summary()
    assert (found.drafts_removed, found.files_lost, waiting.waiting_count) == (0, 0, 2)
    assert on_disk(sealed[:3]) == [True] * 3
    states = [queries.packet_status(one).state for one in sealed[:3]]
    assert states == ["RECEIVED", "SENDING", "SEALED"]
    words = [whereabouts._waiting(queries.packet_status(one)) for one in sealed[1:3]]
    assert "sudah terkirim" in words[0]
    assert words[1] == "di kecamatan, menunggu jaringan"


@pytest.fixture
def small_disk(own_folder):
    """The folder of unfinished uploads on a disk of 8 MiB."""
    folder = own_folder / "uploads"
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "dekat-custody", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a disk so small that it fills is mounted, and only root may mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder, leaving):
    """Leave so many bytes free on a small disk."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "ballast").write_bytes(bytes(free - leaving))


@pytest.mark.django_db(transaction=True)
class TestTheCentresDiskIsFull:
    @pytest.fixture
    def station(self, small_disk, identity, takes, now):
        return enrolled_station(now=now)

    @pytest.fixture
    def wire(self, station, now, monkeypatch):
        monkeypatch.setattr(uploads, "_SPARE_BYTES", 0)
        running = serve_in_thread(0, clock=lambda: now)
        yield running, passed(station, now)
        running.stop()

    @pytest.mark.row(44)
    def test_in_the_middle_of_a_body_it_keeps_what_it_has_says_507_and_goes_on_when_there_is_room(
        self, wire, station, small_disk, takes, now
    ):
        server, headers = wire
        content = os.urandom(2_000_000)
        data = station.seal(content, now=now)
        _, told, _ = begin(server, headers, data, new_id(now))
        path = told["location"]
        fill(small_disk, leaving=1_000_000)

        status, full, body = patch(server, headers, path, 0, data)

        kept = int(full["upload-offset"])
        assert (status, full["retry-after"], b"sync.centre.full" in body) == (507, "300", True)
        assert 0 < kept < len(data)
        assert (small_disk / f"{path.rsplit('/')[-1]}.part").read_bytes() == data[:kept]
        (small_disk / "ballast").unlink()
        status, done, _ = patch(server, headers, path, kept, data[kept:])
        assert (status, "dekat-receipt" in done, takes) == (204, True, [content])

    @pytest.mark.row(44)
    def test_it_shows_already_at_the_creation_counting_what_was_promised_to_others(
        self, wire, station, small_disk, now
    ):
        server, headers = wire
        data = [station.seal(os.urandom(1_500_000), now=now) for _ in range(4)]

        answers = [begin(server, headers, one, new_id(now)) for one in data]

        # Half of eight MiB is promised at most, although nothing is written yet.
        assert [status for status, _, _ in answers] == [201, 201, 507, 507]
        assert answers[2][1]["retry-after"] == "300"
        assert Upload.objects.count() == 2

    @pytest.mark.row(63)
    def test_room_is_made_from_strangers_first_then_from_the_quiet_never_from_the_living(
        self, station, small_disk, now, monkeypatch
    ):
        monkeypatch.setattr(uploads, "_SPARE_BYTES", 0)
        stolen, quiet = (enrolled_station(now=now, kecamatan=place) for place in ("99.01.02", "99.01.03"))
        long_ago = now - timedelta(days=3)
        names = {}
        for node, at in ((quiet.name, long_ago), (stolen.name, now), (station.name, now)):
            names[node] = str(new_id(at))
            services.begin_upload(upload_id=names[node], node=node, length_bytes=1_300_000, sha256="", now=at)
        revoke_node(name=stolen.name, last_good_seq=0, actor=machine("centre"), now=now)

        def one_more():
            services.begin_upload(upload_id="", node=station.name, length_bytes=1_300_000, sha256="", now=now)
            return {node for node, name in names.items() if Upload.objects.filter(id=name).exists()}

        assert one_more() == {quiet.name, station.name}
        assert one_more() == {station.name}
        with pytest.raises(uploads.CentreFull):
            one_more()
        assert Upload.objects.filter(id=names[station.name]).exists()

    def test_no_room_for_the_packet_itself_is_507_too_and_the_upload_stays(self, own_folder, station, now, monkeypatch):
        monkeypatch.setattr(uploads, "_SPARE_BYTES", 0)
        data = station.seal(b"content", now=now)
        name = str(new_id(now))
        services.begin_upload(upload_id=name, node=station.name, length_bytes=len(data), sha256="", now=now)
        services.part_file(name).write_bytes(data)

        def full(*_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patched:
            patched.setattr(files, "link_durably", full)
            with pytest.raises(uploads.CentreFull):
                services.finish_upload(upload_id=name, node=station.name, now=now)

        assert services.finish_upload(upload_id=name, node=station.name, now=now)

    def test_part_files_that_nobody_knows_are_removed_at_the_start_and_no_other(self, station, now, monkeypatch):
        monkeypatch.setattr(uploads, "_SPARE_BYTES", 0)
        name = str(new_id(now))
        services.begin_upload(upload_id=name, node=station.name, length_bytes=1000, sha256="", now=now)
        services.part_file(name).write_bytes(b"half")
        services.part_file("left").write_bytes(b"half")

        services.reconcile(now=now)

        assert (services.part_file(name).exists(), services.part_file("left").exists()) == (True, False)

    def test_nobody_comes_back_within_a_week(self, station, now, monkeypatch):
        monkeypatch.setattr(uploads, "_SPARE_BYTES", 0)
        name = str(new_id(now))
        services.begin_upload(upload_id=name, node=station.name, length_bytes=1000, sha256="", now=now)

        assert services.sweep_uploads(now=now + timedelta(days=6)) == 0
        assert services.sweep_uploads(now=now + timedelta(days=8)) == 1
