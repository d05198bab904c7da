"""Who was told what: on the pages of the centre, and how officers choose, at the centre and at a station."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.alerts import contacts, ports, queries
from dekat.alerts.ports import AddressRefused, ChannelAway
from dekat.alerts.states import Channel, DispatchState
from dekat.areas.services import load_bundled
from dekat.faces.central.alerts import views
from dekat.project import centre_workers
from dekat.sync.models import OutItem
from tests.concepts.test_alerts import Post, send
from tests.make.evidence import KEC, PLACE, START, History
from tests.make.station import log_in, officer, play_station
from tests.make.told import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def regency(identity, monkeypatch, settings):
    """A question of Sempol waits for the office; e-mail is connected."""
    load_bundled()
    settings.ENV = replace(
        settings.ENV, telling=replace(settings.ENV.telling, quiet=settings.ENV.telling.quiet[:1] * 2)
    )
    made = History().until("instruction")
    made.say(5, "duties.question.asked", PLACE, by=f"KECAMATAN:{KEC}", question="q", to="DISPENDUKCAPIL")
    keep(made.events)
    post = Post()
    monkeypatch.setattr(ports, "_source", lambda: {Channel.EMAIL: post})
    monkeypatch.setattr(views, "now", lambda: START + timedelta(days=5, hours=2))
    monkeypatch.setattr(centre_workers, "now", lambda: START + timedelta(days=5, hours=1))
    return post


@pytest.fixture
def enter(client, identity, now):
    """Log a new officer of the centre in."""

    def go(role):
        account = open_account(
            username=role.lower(), full_name="Contoh Orang", role=role, kecamatan="", password="x",
            actor=machine("centre"), now=now, account_id=uuid4(),
        )  # fmt: skip
        client.force_login(get_user_model().objects.get(id=account))
        return client

    return go


def choose(client, address="kadis@contoh.go.id", channel="EMAIL", **more):
    return client.post("/pemberitahuan/saya/", {"channel": channel, "address": address, "wants_digest": "on", **more})


def text(answer):
    return answer.content.decode()


def test_without_a_channel_nothing_is_sent_and_the_page_says_so(enter):
    load_bundled()

    page = text(enter(Role.REGISTRY_HEAD).get("/pemberitahuan/"))

    assert "Belum ada yang dikirim" in page
    assert page.split("Jalan keluar")[1].count("belum disambungkan") == 3


def test_a_turn_reaches_the_head_and_the_page_shows_who_was_told_what(regency, enter):
    head = enter(Role.REGISTRY_HEAD)
    assert choose(head).status_code == 302

    centre_workers.find_alerts()
    send(regency, START + timedelta(days=5, hours=1))

    [(address, words)] = regency.carried
    assert address == "kadis@contoh.go.id"
    assert "bertanya dan menunggu jawaban Anda" in words
    assert "Tenggat sudah dekat" not in words
    page = text(head.get("/pemberitahuan/?alat=REK-19"))
    assert "Terkirim" in page
    assert "ka…@contoh.go.id" in page
    assert "kadis@contoh.go.id" not in page
    assert "/pemberitahuan/?alat=REK-19" in text(head.get("/pengawasan/alat/REK-19/"))


def test_a_desk_without_an_address_is_named(regency, enter):
    centre_workers.find_alerts()

    page = text(enter(Role.REGIONAL_SECRETARY).get("/pemberitahuan/"))

    assert "Belum punya alamat, jadi tidak diberi tahu" in page
    assert "Dispendukcapil" in page


def test_a_text_that_did_not_arrive_says_why_and_what_to_do(regency, enter):
    head = enter(Role.REGISTRY_HEAD)
    choose(head)
    centre_workers.find_alerts()
    regency.trouble = AddressRefused()
    send(regency, START + timedelta(days=6))
    page = text(head.get("/pemberitahuan/"))
    assert "Alamat atau nomor itu tidak menerima pesan. Perbaiki alamatnya" in page

    choose(head, "baru@contoh.go.id")
    [dead] = queries.dispatches(state=DispatchState.DEAD)
    head.post(f"/pemberitahuan/{dead.id}/ulang/")
    regency.trouble = None
    send(regency, START + timedelta(days=6))

    assert regency.carried[0][0] == "baru@contoh.go.id"
    assert head.post(f"/pemberitahuan/{dead.id}/ulang/").status_code in (404, 409)


def test_a_gateway_that_is_away_holds_no_page(regency, enter):
    head = enter(Role.REGISTRY_HEAD)
    choose(head)
    centre_workers.find_alerts()
    regency.trouble = ChannelAway()
    send(regency, START + timedelta(days=6))

    page = text(head.get("/pemberitahuan/"))

    assert "Menunggu dikirim" in page
    assert "dicoba lagi" in page


def test_a_wrong_address_is_said_at_its_field(regency, enter):
    answer = choose(enter(Role.PARLIAMENT), "0812", "EMAIL")

    assert answer.status_code == 200
    assert "nama@kantor.go.id" in text(answer)
    assert queries.contacts() == []


def test_only_the_head_enters_the_address_of_an_office(regency, enter):
    said = {"channel": "EMAIL", "address": "noc@contoh.go.id", "wants_digest": "on"}
    assert enter(Role.VERIFIER).post("/pemberitahuan/kantor/DISKOMINFO/", said).status_code == 403

    head = enter(Role.REGISTRY_HEAD)
    assert head.get("/pemberitahuan/kantor/BUPATI/").status_code == 404
    assert head.post("/pemberitahuan/kantor/DISKOMINFO/", said).status_code == 302
    assert "no…@contoh.go.id" in text(head.get("/pemberitahuan/"))


def test_an_officer_of_a_kecamatan_chooses_at_the_station_and_the_centre_hears(
    identity, now, client, settings, monkeypatch
):
    play_station(settings, monkeypatch)
    camat = officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client, "camat")

    answer = choose(client, "0812 3456 7890", "WHATSAPP", quiet_from="21:00", quiet_until="05:30")

    assert answer.status_code == 302
    assert OutItem.objects.filter(kind=contacts.MESSAGE_KIND).count() == 1
    card = queries.contact_of_account(camat)
    assert (card.party, card.desk, card.address) == (f"KECAMATAN:{KEC}", "DISTRICT_HEAD", "+6281234567890")
