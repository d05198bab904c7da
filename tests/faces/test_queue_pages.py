"""The queue at the desk, on the screen where numbers are taken, and on the one that everybody sees."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.desk import appointments, queries
from dekat.desk.states import AppointmentState, Priority, Service, TicketState
from dekat.faces import session_lock
from dekat.faces.station.queue import desk as desk_page
from dekat.faces.station.queue import screens
from tests.make.desk import HERE, SLOT, TODAY, booked, ticket
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db
QUEUE, KIOSK, DISPLAY = "/antrean/", "/antrean/ambil/", "/antrean/layar/"


@pytest.fixture
def station(identity, now, settings, monkeypatch):
    """The station of Wringin on the tests' Monday, its operator and camat."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    settings.ENV = replace(settings.ENV, role="station", kecamatan=HERE)
    for page in (desk_page, screens):
        monkeypatch.setattr(page, "now", lambda: now)
    monkeypatch.setattr("dekat.faces.station.home.views.now", lambda: now)
    officer(now, kecamatan=HERE)
    officer(now, role=Role.DISTRICT_HEAD, username="camat", kecamatan=HERE)
    return now


@pytest.fixture
def desk(station, client):
    log_in(client)
    return client


def text(answer):
    return answer.content.decode()


def press(desk, card, act, **more):
    return desk.post(f"{QUEUE}{card.id}/{act}/", more, follow=True)


def take(desk, service="RECORD", priority="", page=QUEUE):
    ticket_id = re.search(r'name="ticket_id" value="([0-9a-f-]{36})"', text(desk.get(page)))[1]
    address = KIOSK if page == KIOSK else f"{QUEUE}nomor/"
    return desk.post(address, {"ticket_id": ticket_id, "service": service, "priority": priority}, follow=True)


def test_somebody_walks_in_is_called_served_and_done(desk, now):
    assert "Nomor A-001" in text(take(desk))
    assert "Nomor berikutnya" in text(desk.get("/"))

    called = desk.post(f"{QUEUE}berikutnya/", {"from": "/"}, follow=True)
    [card] = queries.tickets_in(TODAY, TicketState.CALLED)
    started = desk.post(f"{QUEUE}{card.id}/mulai/", {})
    home = text(desk.get("/"))
    press(desk, card, "selesai")

    assert "Mulai melayani" in text(called)
    assert started.url == "/rekam/cari"
    assert "Dilayani sejak" in home
    assert queries.ticket(card.id).state == TicketState.DONE


@pytest.mark.parametrize(
    ("service", "place"),
    [("RECORD", "/rekam/cari"), ("KK", "/permohonan/"), ("COLLECT", "/serah/"), ("OTHER", "/antrean/")],
)
def test_starting_leads_to_where_the_resident_is_served(desk, service, place):
    take(desk, service)
    desk.post(f"{QUEUE}berikutnya/")
    [card] = queries.tickets_in(TODAY, TicketState.CALLED)

    assert desk.post(f"{QUEUE}{card.id}/mulai/").url == place


def test_every_move_of_a_ticket_has_its_button(desk, now):
    one, other = ticket(now), ticket(now + timedelta(seconds=1), Service.KK)
    press(desk, other, "panggil")
    assert "Sudah 2 kali dipanggil" in text(press(desk, other, "panggil-lagi"))
    press(desk, other, "tunda")
    assert "Ditunda" in text(desk.get(QUEUE))
    press(desk, other, "panggil")
    assert "Datang, antre lagi" in text(press(desk, other, "tidak-hadir"))
    press(desk, other, "kembali")
    press(desk, other, "panggil")
    press(desk, other, "pindah", service="COLLECT")
    press(desk, other, "batal")

    assert queries.ticket(one.id).state == TicketState.WAITING
    assert queries.ticket(other.id).state == TicketState.CANCELLED


def test_what_was_moved_by_somebody_else_is_said_in_words(desk, now):
    card = ticket(now)
    press(desk, card, "batal")

    assert "Nomor A-001 sudah berubah: Dibatalkan." in text(press(desk, card, "panggil"))
    assert "Tidak ada yang menunggu." in text(desk.post(f"{QUEUE}berikutnya/", follow=True))


def test_another_counter_calls_the_next(desk, now):
    ticket(now)
    ticket(now + timedelta(seconds=1))
    desk.post(f"{QUEUE}berikutnya/")

    desk.post(f"{QUEUE}loket/", {"counter": "2"})
    desk.post(f"{QUEUE}loket/", {"counter": "77"})
    desk.post(f"{QUEUE}berikutnya/")

    assert [(one.label, one.counter) for one in queries.tickets_in(TODAY, TicketState.CALLED)] == [
        ("A-001", 1), ("A-002", 2),
    ]  # fmt: skip


def test_the_code_of_an_appointment_gives_a_number(desk, now, monkeypatch):
    card = booked(now, SLOT)
    monkeypatch.setattr("dekat.flows.keep_appointment.sync.send_message", lambda **facts: None)
    page = text(desk.get(QUEUE))
    ticket_id = re.search(r'name="ticket_id" value="([0-9a-f-]{36})"', page)[1]
    assert "11.00 WIB" in page

    wrong = desk.post(f"{QUEUE}janji/", {"ticket_id": ticket_id, "code": "7K3QX-91BZZ"}, follow=True)
    right = desk.post(f"{QUEUE}janji/", {"ticket_id": ticket_id, "code": card.code.lower()}, follow=True)

    assert "salah ketik" in text(wrong)
    assert "A-001" in text(right)
    assert appointments.by_code(card.code).state == AppointmentState.ARRIVED


def test_a_number_is_taken_without_log_in_and_names_nobody(station):
    visitor = Client()

    answer = take(visitor, "KK", Priority.ELDERLY, page=KIOSK)

    assert "B-001" in text(answer)
    assert "Lansia" in text(answer)
    assert [one.ticket.label for one in queries.line(TODAY, now=station)] == ["B-001"]


def test_the_display_shows_who_is_called_and_is_honest_about_the_wait(desk, now):
    ticket(now)
    ticket(now + timedelta(seconds=1))
    desk.post(f"{QUEUE}berikutnya/")

    page = text(Client().get(DISPLAY))
    part = text(Client().get(DISPLAY, headers={"HX-Request": "true"}))

    assert "A-001" in part and "ke loket 1" in part
    assert "belum cukup data" in part
    assert part.strip()[:100] in page


def test_the_screens_neither_stop_at_a_locked_session_nor_keep_it_open(desk, now, monkeypatch):
    later = now + timedelta(minutes=11)
    monkeypatch.setattr(session_lock, "now", lambda: now)
    desk.get(QUEUE)

    monkeypatch.setattr(session_lock, "now", lambda: now + timedelta(minutes=9))
    desk.get(QUEUE, headers={"HX-Request": "true"})
    desk.get(DISPLAY)
    monkeypatch.setattr(session_lock, "now", lambda: later)

    assert desk.get(DISPLAY).status_code == desk.get(KIOSK).status_code == 200
    assert desk.get(QUEUE).url.startswith("/kunci/")
    answer = desk.get(QUEUE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/kunci/?lanjut=%2F")


def test_the_camat_sees_the_week_and_moves_nothing(station, now):
    card = ticket(now)
    head = Client()
    log_in(head, "camat")

    assert "Antrean tujuh hari ini" in text(head.get("/"))
    assert "Panggil" not in text(head.get(QUEUE)).split("<main", 1)[1]
    assert press(head, card, "panggil").status_code == 403


def test_the_first_page_is_loaded_anew_only_when_the_queue_changed(desk, now):
    address = re.search(r'hx-get="(/antrean/berubah/[^"]*)"', text(desk.get("/")))[1].replace("&amp;", "&")

    same = desk.get(address)
    ticket(now)
    other = desk.get(address)

    assert (same.status_code, same.has_header("HX-Refresh")) == (204, False)
    assert (other.status_code, other["HX-Refresh"]) == (204, "true")


def test_an_unknown_move_or_ticket_is_not_found(desk, now):
    card = ticket(now)

    assert press(desk, card, "terbang").status_code == 404
    assert "Pilih dahulu ke layanan mana." in text(press(desk, card, "pindah"))
    assert desk.get(f"{QUEUE}slip/{card.id}/").status_code == 200
