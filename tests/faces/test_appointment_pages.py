"""Appointments on the portal: only where people are served, without a name, given back by the code."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache

from dekat.desk import appointments
from dekat.desk.models import Appointment
from dekat.desk.states import AppointmentState
from dekat.faces.resident.appointments import views
from dekat.reports import readiness
from dekat.reports.readiness import Place
from tests.make.desk import CLERK, HERE

pytestmark = pytest.mark.django_db
HOME, PLACE = "/janji/", f"/janji/{HERE}/"


@pytest.fixture
def portal(identity, now, settings, monkeypatch, client):
    """Wringin serves, Ijen stands still; the tests' Monday."""
    from dekat.areas.services import load_bundled

    load_bundled()
    cache.clear()
    serving = Place("Wringin", "REK-12", True, False, now, HERE)
    idle = Place("Ijen (Sempol)", "REK-19", False, False, None, "35.11.19")
    monkeypatch.setattr(readiness, "places", lambda *, now, kind="RECORDER", near="": [serving, idle])
    monkeypatch.setattr(views, "now", lambda: now)
    settings.ENV = replace(settings.ENV, appointments_per_slot={"": 2})
    return client


def text(answer):
    return answer.content.decode()


def book(portal, slot="2026-11-23T11:00:00+07:00", service="RECORD", page=None):
    page = page or text(portal.get(PLACE))
    said = {"appointment_id": re.search(r'name="appointment_id" value="([0-9a-f-]{36})"', page)[1]}
    return portal.post(PLACE, {**said, "slot": slot, "service": service, "priority": ""})


def code_of(answer):
    return answer.url.rstrip("/").rsplit("/", 1)[-1]


def test_only_a_kecamatan_that_serves_takes_appointments_and_the_others_are_named(portal):
    page = text(portal.get(HOME))

    assert f'href="{PLACE}"' in page
    assert "35.11.19/" not in page
    assert "Ijen (Sempol)" in page
    assert portal.get("/janji/35.11.19/").status_code == 404
    assert portal.get("/janji/99.99.99/").status_code == 404


def test_a_half_hour_is_booked_without_a_name_and_kept_by_its_code(portal):
    answer = book(portal)
    page = text(portal.get(answer.url))

    assert "Kecamatan belum menerima janji ini" in page
    assert "11.00 WIB" in page
    assert "Wringin" in page
    assert portal.get(f"/lacak/{code_of(answer)}", follow=True).redirect_chain[-1][0] == answer.url
    assert portal.get("/janji/cari/", {"kode": code_of(answer).lower()}).url == answer.url


@pytest.mark.parametrize(
    "slot", ["2027-06-01T11:00:00+07:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00-11:00"]
)
def test_a_day_that_no_page_offers_is_not_promised(portal, slot):
    answer = book(portal, slot)

    assert answer.status_code in (200, 409)
    assert not Appointment.objects.exists()


def test_the_page_says_when_the_kecamatan_knows(portal, now):
    answer = book(portal)
    card = appointments.by_code(code_of(answer))

    body = {"id": str(card.id), "state": "RECEIVED"}
    appointments.hear(body=body, actor=CLERK, now=now + timedelta(minutes=1))

    assert "Kecamatan sudah menerima janji Anda" in text(portal.get(answer.url))


def test_a_second_press_books_once_and_a_full_half_hour_is_said(portal):
    page = text(portal.get(PLACE))
    assert book(portal, page=page).url == book(portal, page=page).url
    book(portal)

    full = book(portal)

    assert full.status_code == 409
    assert "Jam itu baru saja penuh" in text(full)
    assert re.search(r'value="2026-11-23T11:00:00\+07:00" disabled', text(portal.get(PLACE)))


def test_what_was_not_chosen_is_asked_again(portal):
    assert "Pilih satu jam." in text(book(portal, slot=""))
    assert "Pilih satu keperluan." in text(book(portal, service=""))
    assert "Pilih satu jam." in text(book(portal, slot="kapan saja"))


def test_another_day_shows_its_hours_and_no_day_off(portal):
    page = text(portal.get(PLACE, {"hari": "2026-11-24"}))

    assert 'value="2026-11-24T07:30:00+07:00"' in page
    assert "?hari=2026-11-28" not in page
    assert 'value="2026-11-23T' in text(portal.get(PLACE, {"hari": "2026-11-28"}))


def test_a_half_hour_is_given_back_once(portal):
    answer = book(portal)

    for _ in range(2):
        page = portal.post(f"{answer.url}batal/", follow=True)

    assert "Janji dibatalkan" in text(page)
    assert appointments.by_code(code_of(answer)).state == AppointmentState.CANCELLED


def test_a_kept_appointment_cannot_be_cancelled(portal, now):
    answer = book(portal)
    card = appointments.by_code(code_of(answer))
    appointments.hear(body={"id": str(card.id), "state": "ARRIVED"}, actor=CLERK, now=now)

    assert "Janji ini Sudah datang." in text(portal.post(f"{answer.url}batal/", follow=True))


def test_a_code_that_nobody_has_is_said(portal):
    assert portal.get("/janji/kode/7K3QX91BZJ/").status_code == 404
    assert portal.post("/janji/kode/7K3QX91BZJ/batal/").status_code == 409
    assert "salah ketik" in text(portal.get("/janji/cari/", {"kode": "7K3QX91BZZ"}, follow=True))


def test_a_machine_that_books_all_day_is_stopped(portal):
    answers = [book(portal, slot="").status_code for _ in range(21)]

    assert answers[-1] == 429
    assert set(answers[:20]) == {200}


def test_no_appointments_where_the_office_takes_none(portal, settings):
    settings.ENV = replace(settings.ENV, appointments_per_slot={"": 2, HERE: 0})

    assert portal.get(PLACE).status_code == 404
    assert "Belum ada kecamatan yang menerima janji" in text(portal.get(HOME))
