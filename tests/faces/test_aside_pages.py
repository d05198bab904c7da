"""The pages of what stands aside: at Dispendukcapil and at the kecamatan."""

import re
from uuid import UUID

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.kernel.ids import new_id
from dekat.sync import aside, ports, queries, services
from tests.make import registry
from tests.make.accounts import let_in
from tests.make.recordings import devices
from tests.make.station import log_in, officer, play_station
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HOME = "/kantor/disisihkan/"


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestAtTheOffice:
    @pytest.fixture
    def digest(self, identity, now, tmp_path, monkeypatch):
        monkeypatch.setitem(ports._packets, "recording/2", lambda **_: None)
        station = enrolled_station(now=now, kecamatan="35.11.15")
        revoke_node(name=station.name, last_good_seq=0, actor=machine("centre"), now=now)
        (tmp_path / "a").write_bytes(station.seal(b"isi", now=now, kind="recording/2"))
        services.take_packet(file=tmp_path / "a", now=now)
        return aside.asides()[0].digest

    def test_the_list_says_what_why_since_when_and_whose_turn(self, digest, now, client):
        let_in(client, Role.VERIFIER, now=now)

        page = text(client, HOME)

        for words in ("Rekaman KTP-el", "dicabut kepercayaannya", "satu per satu", "Cermee", "no. 1"):
            assert words in page
        assert HOME in text(client, "/kantor/")
        assert HOME in text(client, "/kantor/rekaman/")

    def test_two_officers_let_it_in(self, digest, now, client):
        let_in(client, Role.VERIFIER, now=now)
        page = text(client, f"{HOME}{digest}/")
        assert "pejabat kedua harus setuju" in page
        empty = client.post(f"{HOME}{digest}/putuskan/", {"wish": "LET_IN", "reason": ""})
        assert empty.status_code == 422

        client.post(f"{HOME}{digest}/putuskan/", {"wish": "LET_IN", "reason": "Komputer sudah kembali."})
        assert "Usul Anda menunggu" in text(client, f"{HOME}{digest}/")
        own = client.post(f"{HOME}{digest}/setuju/")
        assert (own.status_code, "Usul sendiri" in own.content.decode()) == (409, True)
        let_in(client, Role.REGISTRY_HEAD, now=now)
        page = text(client, f"{HOME}{digest}/")
        seen = dict(re.findall('name="(wish|reason)" value="([^"]*)"', page))
        assert seen == {"wish": "LET_IN", "reason": "Komputer sudah kembali."}
        client.post(f"{HOME}{digest}/setuju/", seen)

        assert "Tidak ada yang disisihkan" in text(client, HOME)

    def test_the_second_officer_agrees_to_what_stood_on_the_page_and_to_nothing_else(self, digest, now, client):
        seen = {"wish": "LET_IN", "reason": "Komputer sudah kembali."}
        let_in(client, Role.VERIFIER, now=now)
        client.post(f"{HOME}{digest}/putuskan/", seen)
        client.post(f"{HOME}{digest}/putuskan/", {"wish": "CLOSE", "reason": "Rusak."})
        let_in(client, Role.REGISTRY_HEAD, now=now)

        late = client.post(f"{HOME}{digest}/setuju/", seen)

        assert (late.status_code, "baru saja diubah" in late.content.decode()) == (409, True)
        assert aside.asides()[0].wish == "CLOSE"

    def test_a_wish_is_taken_back_on_the_page(self, digest, now, client):
        let_in(client, Role.VERIFIER, now=now)
        client.post(f"{HOME}{digest}/putuskan/", {"wish": "CLOSE", "reason": "Rusak."})

        client.post(f"{HOME}{digest}/batal/")

        assert aside.asides()[0].wish == ""

    @pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISTRICT_HEAD, Role.PARLIAMENT, Role.INSPECTORATE])
    def test_others_may_not_look(self, digest, now, client, role):
        let_in(client, role, now=now, kecamatan="35.11.12")

        assert client.get(HOME).status_code == 403

    def test_what_is_settled_already_says_so(self, digest, now, client):
        let_in(client, Role.VERIFIER, now=now)

        gone = client.get(f"{HOME}{'0' * 64}/")

        assert (gone.status_code, "tidak disisihkan lagi" in gone.content.decode()) == (409, True)


def stood_aside(code, now):
    packet_id = new_id(now)
    services.seal_packet(packet_id=packet_id, kind="recording/2", content=b"isi", operator="", now=now)
    services.note_refused(item_id=packet_id, code=code, now=now)
    return packet_id


class TestAtTheKecamatan:
    @pytest.fixture
    def station(self, identity, now, settings, monkeypatch, client):
        play_station(settings, monkeypatch)
        officer(now)
        log_in(client)
        return client

    @pytest.fixture
    def refused(self, station, now):
        return stood_aside("sync.envelope.too_large", now)

    def test_the_page_says_why_and_lets_it_go_again(self, station, refused):
        page = text(station, "/disisihkan/")

        for words in ("Rekaman KTP-el no. 1", "lebih besar dari yang diterima", "Giliran: Kecamatan", "Kirim lagi"):
            assert words in page
        station.post(f"/disisihkan/{refused}/kirim/")

        assert queries.packet_status(refused).state == "SEALED"
        assert "Tidak ada yang disisihkan" in text(station, "/disisihkan/")

    def test_where_the_office_comes_first_nothing_is_pressed(self, station, now):
        stood_aside("sync.item.conflict", now)

        page = text(station, "/disisihkan/")

        assert "Giliran: Dispendukcapil" in page
        assert "Kirim lagi" not in page

    def test_what_goes_already_cannot_be_pushed(self, station, now):
        assert station.post(f"/disisihkan/{new_id(now)}/kirim/").status_code == 409

    def test_the_home_page_leads_there(self, station, refused):
        assert '<a href="/disisihkan/">1</a>' in text(station, "/")


class TestRecordedAgain:
    @pytest.fixture
    def recorded(self, identity, now, settings, monkeypatch, client):
        from dekat.enrolment.models import Recording

        play_station(settings, monkeypatch)
        officer(now)
        log_in(client)
        devices()
        resident = registry.registered(now).members[0].id
        first = client.post(f"/rekam/mulai/{resident}/").url.split("/")[2]
        first = UUID(first)
        services.seal_packet(packet_id=first, kind="recording/2", content=b"isi", operator="", now=now)
        Recording.objects.filter(id=first).update(step="SEALED", sealed_at=now)
        return client, resident, first

    @pytest.mark.row(68)
    def test_somebody_recorded_here_is_asked_about_first_with_where_it_is(self, recorded):
        client, resident, first = recorded

        asked = client.post(f"/rekam/mulai/{resident}/")

        page = asked.content.decode()
        assert asked.status_code == 409
        for words in ("sudah direkam di sini", "menunggu jaringan", "Lihat rekaman terkirim", "Rekam ulang warga ini"):
            assert words in page
        assert "menunggu jaringan" in text(client, "/terkirim/")
        again = client.post(f"/rekam/mulai/{resident}/", {"ulang": "1"})
        assert (again.status_code, again.url.split("/")[2] != str(first)) == (302, True)

    def test_whom_the_centre_wants_again_is_recorded_without_a_question(self, recorded):
        from dekat.enrolment.models import Recording

        client, resident, first = recorded
        Recording.objects.filter(id=first).update(status="ENROLL_FAILURE_AT_CENTRAL")

        assert client.post(f"/rekam/mulai/{resident}/").status_code == 302
