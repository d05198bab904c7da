"""The office's page of stations: a code by two, one station with its alarm, revoked with a reason."""

import re

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.identity import stop_node
from dekat.accounts.queries import node
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.kernel.ids import read_code
from dekat.ledger.queries import events
from dekat.sync import standing
from dekat.sync.stations import station_line
from tests.make.accounts import let_in
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HOME, ENROL = "/kantor/stasiun/", "/kantor/stasiun/daftar/"
CERMEE = "35.11.15"
PLACE = f"{HOME}{CERMEE}/"


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now, kecamatan=CERMEE)


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def seen(station, address, now):
    standing.note_sighting(
        node=station.name, incarnation=station.incarnation, address=address, last_seq=3, is_revoked=False, now=now
    )


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISTRICT_HEAD, Role.PARLIAMENT, Role.REGIONAL_SECRETARY])
def test_nobody_else_opens_it(station, now, client, role):
    let_in(client, role, now=now, kecamatan=CERMEE if role in (Role.OPERATOR, Role.DISTRICT_HEAD) else "")

    assert {client.get(path).status_code for path in (HOME, ENROL, PLACE, f"{PLACE}cabut/")} == {403}


def test_two_officers_make_a_code_that_is_shown_once(identity, now, client):
    let_in(client, Role.REGISTRY_HEAD, now=now)
    open_account(
        username="rekan", full_name="Rekan Contoh", role=Role.VERIFIER, kecamatan="", password="sandi-contoh-1",
        actor=machine("centre"), now=now,
    )  # fmt: skip
    form = {"kecamatan": CERMEE, "username": "rekan", "password": "sandi-contoh-1"}

    alone = client.post(ENROL, {**form, "username": "registry_head", "password": "x"})
    page = client.post(ENROL, form).content.decode()

    assert alone.status_code == 409
    code = re.search(r"--code ([0-9A-Z-]+)", page)
    assert len(read_code(code[1])) == 15
    assert "Menunggu sampai" in text(client, HOME)
    assert code[1] not in text(client, HOME)


@pytest.mark.row(49)
def test_a_copy_alarms_with_both_addresses(station, now, client):
    seen(station, "192.0.2.7", now)
    seen(station, "198.51.100.9", now)
    stop_node(name=station.name, why="fork", now=now)
    let_in(client, Role.VERIFIER, now=now)

    assert "Salinan stasiun Cermee ditemukan" in text(client, HOME)
    page = text(client, PLACE)
    for words in ("192.0.2.7", "198.51.100.9", "Dua komputer, satu jati diri", "Buat kode pendaftaran"):
        assert words in page


@pytest.mark.row(50)
def test_a_stolen_station_is_revoked_with_its_reason_and_the_last_number_proposed(station, now, client):
    let_in(client, Role.VERIFIER, now=now)
    page = text(client, f"{PLACE}cabut/")
    assert "disisihkan, tidak dihapus" in page and 'value="0"' in page

    unsure = client.post(f"{PLACE}cabut/", {"reason": "STOLEN", "last_good_seq": 5})
    client.post(f"{PLACE}cabut/", {"reason": "STOLEN", "last_good_seq": 5, "is_sure": "on"})

    assert unsure.status_code == 200
    assert node(station.name).revoked_after_seq == 5
    assert events(names=["accounts.node.revoked"])[0].data == {"last_good_seq": 5, "reason": "STOLEN"}
    assert "Dipercaya sampai kiriman nomor 5" in text(client, PLACE)


def test_a_new_key_is_ordered(station, now, client):
    let_in(client, Role.VERIFIER, now=now)

    client.post(f"{PLACE}kunci/")

    assert station_line(station.name, now=now).wants_key
    assert "Penggantian diminta" in text(client, PLACE)
