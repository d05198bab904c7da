"""A station without a line for weeks: its stick goes to Dispendukcapil and comes back with receipts and news."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dekat.accounts.actor import machine
from dekat.accounts.identity import take_number
from dekat.accounts.roles import Role
from dekat.ledger import queries as ledger
from dekat.readings.links import note_clock_jump
from dekat.sync import carried, files, ports, second_copy, services, stick
from dekat.sync.stick import StickState
from tests.make.station import log_in, officer
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
SECRET = b"the inside of a packet"


@pytest.fixture
def done(monkeypatch):
    """What packets and messages did here."""
    effects: list[bytes] = []
    monkeypatch.setitem(ports._packets, "test/1", lambda **said: effects.append(said["body"]))
    monkeypatch.setitem(ports._messages, "note/1", lambda **said: effects.append(b"note"))
    return effects


@dataclass
class Sealed:
    """A far station's stick, written as `stick.copy_to` writes it."""

    path: Path
    station: object

    @property
    def home(self) -> Path:
        return self.path / "dekat" / self.station.name

    def put(self, name: str, data: bytes) -> Path:
        target = self.home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target


@pytest.fixture
def far(identity, now, tmp_path):
    """A stick with three packets and a message of a far station."""
    station = enrolled_station(now=now)
    made = Sealed(tmp_path / "stick", station)
    for number in range(3):
        made.put(f"packets/{number + 1:08d}-x.dkp", station.seal(SECRET + str(number).encode(), now=now))
    made.put("messages/00000004-x.dkp", station.seal(b'{"a":1}', now=now, kind="note/1"))
    (made.path / "dekat" / "stik.json").write_text(json.dumps({"dekat": "stick/1", "node": station.name}))
    return made


class TestAtTheCentre:
    def test_everything_is_taken_once_and_receipts_lie_on_the_stick(self, far, now, done):
        found = carried.take_stick(far.path, now=now)

        assert (found.done["new"], found.refused) == (4, [])
        assert sorted(done) == [b"note", *(SECRET + str(n).encode() for n in range(3))]
        assert len(list((far.home / "receipts").glob("*.txt"))) == 4

    def test_a_second_visit_gives_the_same_receipts_and_no_second_effect(self, far, now, done):
        carried.take_stick(far.path, now=now)
        first = {path.name: path.read_text() for path in (far.home / "receipts").iterdir()}

        found = carried.take_stick(far.path, now=now)

        assert (found.done["new"], found.done["known"], len(done)) == (0, 4, 4)
        assert {path.name: path.read_text() for path in (far.home / "receipts").iterdir()} == first

    def test_the_line_first_and_then_the_stick_is_one(self, far, now, done):
        first = next((far.home / "packets").iterdir())
        receipt = services.take_packet(file=first, now=now, sent_by=far.station.name)

        carried.take_stick(far.path, now=now)

        assert len(done) == 4
        assert (far.home / "receipts" / f"{first.stem}.txt").read_text() == receipt

    def test_half_damaged_and_foreign_files_are_named_and_the_others_go_on(self, far, now, done):
        whole = far.home / "packets" / "00000002-x.dkp"
        whole.write_bytes(whole.read_bytes()[:-40])
        flipped = far.home / "packets" / "00000003-x.dkp"
        data = flipped.read_bytes()
        flipped.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        far.put("packets/holiday.dkp", b"\xff\xd8 a photo")
        far.put("../station-99.99.99/packets/1.dkp", b"x")
        far.put("packets/1.tmp", b"half")

        found = carried.take_stick(far.path, now=now)

        assert found.done["new"] == 2
        codes = {one.name.rsplit("/")[-1]: one.code for one in found.refused}
        assert codes["00000002-x.dkp"].startswith("sync.envelope.")
        assert codes["00000003-x.dkp"] == "sync.envelope.signature_invalid"
        assert codes["holiday.dkp"] == "sync.envelope.malformed"
        assert codes["station-99.99.99"] == "sync.station.unknown"

    def test_a_link_on_a_stick_makes_the_centre_write_nowhere_else(self, far, now, done):
        outside = far.path.parent / "outside"
        outside.mkdir()
        (far.home / "receipts").symlink_to(outside, target_is_directory=True)

        found = carried.take_stick(far.path, now=now)

        assert [one.code for one in found.refused] == ["sync.envelope.malformed"]
        assert list(outside.iterdir()) == []

    def test_a_kind_of_a_later_release_waits(self, far, now):
        far.put("packets/00000005-x.dkp", far.station.seal(b"?", now=now, kind="later/9"))

        carried.take_stick(far.path, now=now)

        from dekat.sync.queries import quarantine

        assert "sync.item.kind_unknown" in {one.code for one in quarantine()}

    def test_a_message_in_the_wrong_folder_is_still_a_message(self, far, now, done):
        (far.home / "messages" / "00000004-x.dkp").rename(far.home / "packets" / "00000004-x.dkp")

        carried.take_stick(far.path, now=now)

        assert b"note" in done

    def test_the_feed_goes_back_sealed_to_the_station_alone(self, far, now):
        services.publish(scope="99.01.01", kind="t/1", key="k", body={"name": "SITI CONTOH"}, now=now)

        carried.take_stick(far.path, now=now)

        [piece] = (far.home / "feed").glob("*.dkf")
        assert b"SITI" not in piece.read_bytes()
        assert far.station.opening.open(piece.read_bytes(), info=b"dekat/stick/feed/1")

    def test_a_stick_that_cannot_be_written_loses_no_packet(self, far, now, done, monkeypatch):
        def read_only(path, data):
            raise PermissionError(30, "read-only")

        monkeypatch.setattr(files, "write_durably", read_only)

        found = carried.take_stick(far.path, now=now)

        assert (found.done["new"], found.is_written, len(found.receipts)) == (4, False, 4)

    def test_the_office_sends_files_by_its_browser_and_gets_the_receipts(self, far, now, client):
        officer(now, username="vera", role=Role.VERIFIER)
        log_in(client, "vera")
        files = [
            SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted((far.home / "packets").glob("*.dkp"))
        ]

        page = client.post("/kantor/rekaman/stik/kirim/", {"packets": files}).content.decode()

        assert "Simpan tanda terima" in page
        assert "receipts/1" in page

    def test_the_page_shows_the_sticks_of_this_server(self, far, now, client, settings):
        settings.ENV = replace(settings.ENV, usb_folders=(str(far.path.parent / "*"),))
        officer(now, username="vera", role=Role.VERIFIER)
        log_in(client, "vera")

        assert str(far.path) in client.get("/kantor/rekaman/stik/").content.decode()
        page = client.post("/kantor/rekaman/stik/baca/", {"path": str(far.path)}).content.decode()
        assert "Tanda terima sudah ada di stik" in page


@pytest.fixture
def near(identity, now, tmp_path, done):
    """This machine with three sealed packets and a message, and an empty stick. It is its own centre in this test."""
    from uuid import uuid4

    for number in range(3):
        services.seal_packet(packet_id=uuid4(), kind="test/1", content=SECRET + bytes([number]), operator="", now=now)
    services.send_message(message_id=uuid4(), kind="note/1", body={"a": 1}, now=now)
    path = tmp_path / "media" / "STIK"
    path.mkdir(parents=True)
    return path


class TestAtTheStation:
    def test_a_new_stick_is_left_alone_until_it_is_prepared(self, near, now):
        second_copy.round_once([str(near.parent / "*")], now=now)

        assert list(near.iterdir()) == []

    def test_after_that_everything_sealed_is_on_it_whole_and_nothing_readable(self, near, now):
        stick.prepare(near, now=now)

        found = stick.copy_to(near, is_checked=set())

        assert (found.state, found.copied, found.total, found.is_complete) == (StickState.READY, 4, 4, True)
        assert all(SECRET not in path.read_bytes() for path in near.rglob("*") if path.is_file())
        assert list(near.rglob("*.tmp")) == []

    def test_the_stick_carries_to_the_centre_and_the_receipts_come_home(self, near, now, done):
        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())
        assert carried.take_stick(near, now=now).done["new"] == 0  # the centre itself is no station

    def test_a_damaged_copy_is_written_anew(self, near, now):
        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())
        target = next((near / "dekat").rglob("*.dkp"))
        good = target.read_bytes()
        target.write_bytes(bytes(len(good)))

        stick.copy_to(near, is_checked=set())

        assert target.read_bytes() == good

    @pytest.mark.parametrize(
        ("number", "state"), [(28, StickState.FULL), (30, StickState.READ_ONLY), (5, StickState.TROUBLE)]
    )
    @pytest.mark.parametrize("writes", [0, 1, 2, 3, 4, 5])
    def test_full_protected_or_pulled_out_at_any_write(self, near, now, monkeypatch, writes, number, state):
        stick.prepare(near, now=now)
        real, count = os.fsync, 0

        def breaks(descriptor):
            nonlocal count
            count += 1
            if count > writes:
                raise OSError(number, os.strerror(number))
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", breaks)
            assert stick.copy_to(near, is_checked=set()).state == state
        for path in (near / "dekat").rglob("*.dkp"):
            assert path.read_bytes() in [item for item in map(_sealed, _items()) if item is not None]

        assert stick.copy_to(near, is_checked=set()).is_complete

    def test_a_stick_of_another_station_is_not_touched(self, near, now):
        (near / "dekat").mkdir()
        (near / "dekat" / "stik.json").write_text(json.dumps({"dekat": "stick/1", "node": "station-35.11.01"}))

        assert stick.copy_to(near, is_checked=set()).state == StickState.FOREIGN
        with pytest.raises(stick.StickForeign):
            stick.prepare(near, now=now)
        assert len(list(near.rglob("*"))) == 2

    def test_what_the_centre_holds_safely_leaves_the_stick(self, near, now):
        from dekat.sync.models import OutItem

        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())
        OutItem.objects.filter(seq=1).update(state="DURABLE")

        found = stick.copy_to(near, is_checked=set())

        assert (found.copied, found.total) == (3, 3)
        assert len(list(near.rglob("*.dkp"))) == 3

    def test_its_events_travel_in_pieces_that_the_centre_can_take(self, near, now):
        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())

        [piece] = (near / "dekat").rglob("*.zst")
        assert services.take_events(sender="centre", packed=piece.read_bytes()) == ledger.heads()[0].last_seq

    def test_the_events_of_each_of_its_keys_travel(self, near, now):
        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())
        own = machine("centre")
        take_number(number=2, now=now)
        for _ in range(2):
            note_clock_jump(kecamatan="99.01.01", by_ms=60_000, actor=own, now=now)

        stick.copy_to(near, is_checked=set())

        pieces = sorted((near / "dekat").rglob("*.zst"))
        held = {head.node: head.last_seq for head in ledger.heads()}
        assert [services.take_events(sender="centre", packed=piece.read_bytes()) for piece in pieces] == [
            held["centre"],
            held["centre/2"],
        ]

    def test_forged_receipts_and_pieces_are_refused(self, near, now):
        stick.prepare(near, now=now)
        home = near / "dekat" / "centre"
        for name, data in (("receipts/1.txt", b"a.b"), ("feed/000001.dkf", b"x"), ("blobs/ab.dkb", b"y")):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(data)

        codes = {one.code for one in carried.take_back(near, now=now).refused}

        assert codes == {"sync.receipt.invalid", "kernel.sealing.seal_broken"}

    def test_after_a_new_installation_the_stick_keeps_what_only_it_holds(self, near, now):
        from dekat.sync.models import OutItem

        stick.prepare(near, now=now)
        stick.copy_to(near, is_checked=set())
        before = sorted(path.name for path in near.rglob("*.dkp"))
        OutItem.objects.all().delete()

        stick.copy_to(near, is_checked=set())

        assert sorted(path.name for path in near.rglob("*.dkp")) == before

    def test_a_stick_that_was_away_is_read_anew(self, near, now):
        patterns, away = [str(near.parent / "*")], near.parent.parent / "away"
        stick.prepare(near, now=now)
        second_copy.round_once(patterns, now=now)
        near.rename(away)
        second_copy.round_once(patterns, now=now)
        target = next((away / "dekat").rglob("*.dkp"))
        good = target.read_bytes()
        target.write_bytes(bytes(len(good)))
        away.rename(near)

        second_copy.round_once(patterns, now=now)

        assert (near / target.relative_to(away)).read_bytes() == good

    def test_a_stick_with_a_link_leads_nowhere(self, near, now):
        outside = near.parent.parent / "outbox"
        outside.mkdir()
        (outside / "only.dkp").write_bytes(b"sealed")
        (outside / "half.tmp").write_bytes(b"sealed")
        stick.prepare(near, now=now)
        (near / "dekat" / "centre").symlink_to(outside, target_is_directory=True)

        assert stick.copy_to(near, is_checked=set()).state == StickState.FOREIGN
        assert sorted(path.name for path in outside.iterdir()) == ["half.tmp", "only.dkp"]

    def test_huge_or_strange_files_on_a_stick_are_not_read(self, near, now, monkeypatch):
        stick.prepare(near, now=now)
        home = near / "dekat" / "centre"
        (home / "receipts").mkdir(parents=True)
        with (home / "receipts" / "1.txt").open("wb") as huge:
            huge.truncate(1 << 40)
        os.mkfifo(near / "tanda-terima-1.json")

        assert [one.code for one in carried.take_back(near, now=now).refused] == ["sync.receipt.invalid"]

        (near / "dekat" / "stik.json").unlink()
        os.mkfifo(near / "dekat" / "stik.json")
        assert stick.look_at(near).state == StickState.FOREIGN


def _items():
    from dekat.sync.models import OutItem

    return [item.id for item in OutItem.objects.all()]


def _sealed(item_id):
    from dekat.sync.queries import sealed_bytes

    return sealed_bytes(item_id)
