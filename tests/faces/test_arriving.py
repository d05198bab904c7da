"""While the population of the kecamatan is on its way, the station says how far it is, in one sentence."""

import re
from datetime import timedelta

import pytest

from dekat.accounts import passwords
from dekat.registry import services, snapshot
from dekat.registry.models import HEAD, Resident, SnapshotBlock
from dekat.sync.room import RESERVE_BYTES
from tests.make.extract import HERE, both_machines, fetch, forget, pull
from tests.make.registry import kecamatan
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now, settings, monkeypatch, client):
    """An operator at a station that has the list of blocks, and none of them."""
    passwords._slips.clear()
    monkeypatch.setattr(snapshot, "_MOST_RESIDENTS", 20)
    both_machines(now)
    kecamatan(HERE, now, families=60)
    services.publish_extract(HERE, now=now)
    forget()
    pull(now)
    play_station(settings, monkeypatch)
    monkeypatch.setattr("dekat.faces.station.home.views.now", lambda: now + timedelta(seconds=61))
    officer(now)
    log_in(client)
    return client


def page(client, address, **headers):
    return re.sub(r"\s+", " ", client.get(address, headers=headers).content.decode())


def test_the_home_page_says_how_many_came_and_how_long_it_takes(desk, now):
    fetch(now, most=2)
    fetch(now + timedelta(seconds=60), most=2)
    total = sum(one.residents for one in SnapshotBlock.objects.all())
    here = sum(one.residents for one in SnapshotBlock.objects.filter(state="HELD"))

    said = page(desk, "/")

    assert f"Data penduduk kecamatan ini: {here} dari {total} warga, 0,1 dari 0,1 MB" in said
    assert re.search(r"kira-kira \d+ menit lagi", said)
    assert re.search(r'<progress value="\d+" max="100" aria-label="Data penduduk kecamatan ini', said)
    assert 'hx-get="/data-penduduk/" hx-trigger="every 5s"' in said


def test_no_time_is_said_while_no_rate_is_known(desk, now):
    said = page(desk, "/")

    assert f": 0 dari {sum(one.residents for one in SnapshotBlock.objects.all())} warga, 0,0 dari 0,1 MB" in said
    assert "kira-kira" not in said


def test_the_sentence_goes_when_everybody_is_here(desk, now):
    assert "Data penduduk" in page(desk, "/data-penduduk/", hx_request="true")
    fetch(now)

    assert "Data penduduk kecamatan ini:" not in page(desk, "/")
    assert page(desk, "/data-penduduk/", hx_request="true").strip() == '<div id="arriving" class="arriving"></div>'
    assert "lengkap" in page(desk, "/data-penduduk/")


def test_a_station_that_holds_nobody_does_not_say_that_everybody_is_here(identity, now, settings, monkeypatch, client):
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)

    said = page(client, "/data-penduduk/")

    assert "Belum ada yang datang." in said
    assert "lengkap" not in said


def test_search_finds_who_is_here_and_says_that_others_still_come(desk, now):
    fetch(now, most=3)
    here = Resident.objects.filter(relation=HEAD).order_by("id").first()

    said = page(desk, "/rekam/cari")
    found = desk.post("/rekam/cari", {"q": here.nik}).content.decode()
    nobody = desk.post("/rekam/cari", {"q": "9911190101010001"}).content.decode()

    assert "Yang sudah datang bisa dicari sekarang" in said
    assert here.full_name.split()[0].upper() in found.upper()
    assert "Data penduduk masih datang" in nobody


def test_a_low_disk_is_the_reason_that_is_said(desk, monkeypatch):
    monkeypatch.setattr("dekat.faces.station.arriving.free_bytes", lambda: RESERVE_BYTES - 1)

    assert "berhenti dahulu: ruang simpan hampir habis" in page(desk, "/")


def test_an_update_of_what_is_here_does_not_say_that_people_are_missing(desk, now):
    fetch(now)
    SnapshotBlock.objects.filter(number=0).update(state="WANTED", fetched_at=None)

    said = page(desk, "/data-penduduk/")

    assert "Data penduduk kecamatan ini diperbarui" in said
    assert "warga," not in said
