"""Nobody is sent to a dead machine: portal, appointments and the queue read the same measured readiness."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from dekat.areas.services import load_bundled
from dekat.desk import appointments, today
from dekat.desk.appointments import Wish
from dekat.desk.states import AppointmentState, Priority, Service
from dekat.faces.clock import now as clock
from dekat.faces.resident.appointments import views as appointment_views
from dekat.faces.resident.home import views as home_views
from dekat.faces.resident.where import views as where_views
from dekat.faces.station.queue import screens
from dekat.flows.keep_appointment import book_from_home
from dekat.reports import readiness, services_today
from tests.make.evidence import START, History
from tests.make.told import keep

pytestmark = pytest.mark.django_db
HERE, THERE, FAR = "35.11.19", "35.11.18", "35.11.17"
MONDAY = START + timedelta(days=42)  # 09.00 WIB


def working(kecamatan, *, number, kind="RECORDER", used_ago=1):
    """A set that was used yesterday, in a kecamatan whose chain is whole."""
    serial, place = f"{kind[:3]}-{kecamatan[-2:]}", f"kecamatan:{kecamatan}"
    task, use = ("RECORD", "CAPTURE") if kind == "RECORDER" else ("PRINT", "PRINT")
    made = History()
    made.events = [None] * number  # so that ids differ between sets
    device = f"device:{serial}"
    made.say(
        0, "equipment.device.bought", device, by="DISPENDUKCAPIL", kind=kind, model="Set", contract="K", price_sen=1
    )
    made.say(0, "equipment.device.delivered", device, by="DISPENDUKCAPIL", bast=f"P{serial}", on="2026-03-02")
    made.say(
        0, "equipment.device.handed_over", device, by="DISPENDUKCAPIL", bast=f"B{serial}", on="2026-03-02",
        to=kecamatan, received_by=f"KECAMATAN:{kecamatan}",
    )  # fmt: skip
    made.say(0, "equipment.device.installed", device, by="DISPENDUKCAPIL")
    made.say(0, "equipment.access.granted", device, by="PUSAT")
    made.say(
        0, "duties.instruction.issued", f"instruction:{serial}", by="DISPENDUKCAPIL", version=1, title="P",
        to=[kecamatan], kinds=[kind],
    )  # fmt: skip
    made.say(0, "duties.instruction.delivered", place, instruction=serial, version=1)
    for role in ("OPERATOR", "DISTRICT_HEAD"):
        made.say(
            0, "duties.instruction.acknowledged", place, by=f"KECAMATAN:{kecamatan}", instruction=serial, version=1,
            role=role, score=100,
        )  # fmt: skip
    made.say(0, "duties.operator.assigned", place, by=f"KECAMATAN:{kecamatan}", operator="op")
    made.say(0, "duties.competence.recorded", place, operator="op", task=task, is_passed=True)
    made.say(41, "readings.station.opened", place)
    made.say(42 - used_ago, "readings.device.used", device, use=use, count=3)
    return [event for event in made.events if event]


def broken(kecamatan, *, number, kind="RECORDER"):
    made = History()
    made.events = [None] * number
    made.say(
        41.9, "equipment.fault.reported", f"device:{kind[:3]}-{kecamatan[-2:]}", by=f"KECAMATAN:{kecamatan}",
        fault="f", kind="HARDWARE", under_warranty=False,
    )  # fmt: skip
    return [event for event in made.events if event]


@pytest.fixture
def regency(identity, monkeypatch, settings):
    """Three kecamatan with recorders at work, two with printers, seen on a Monday."""
    load_bundled()
    cache.clear()
    for number, code in enumerate((HERE, THERE, FAR)):
        keep(working(code, number=100 * (number + 1)))
    for number, code in enumerate((HERE, FAR)):
        keep(working(code, number=1000 * (number + 1), kind="KK_PRINTER"))
    for module in (appointment_views, home_views, where_views, screens):
        monkeypatch.setattr(module, "now", lambda: MONDAY)
    settings.ENV = replace(settings.ENV, appointments_per_slot={"": 2})


def served(kind=readiness.RECORD, near=""):
    return [place.kecamatan for place in readiness.places(now=MONDAY, kind=kind, near=near) if place.is_serving]


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_those_that_serve_come_first_and_the_nearest_of_them(regency):
    assert served(near=HERE) == [HERE, THERE, FAR]
    assert served(near=FAR)[0] == FAR
    [_, there, _] = readiness.places(now=MONDAY, near=HERE)
    assert 5 < there.km < 60


def test_a_recorder_that_worked_yesterday_and_broke_today_serves_nobody(regency):
    keep(broken(HERE, number=5000))

    assert served(near=HERE) == [THERE, FAR]
    place = readiness.at(readiness.places(now=MONDAY), HERE)
    assert (place.is_used, place.code) == (False, "BROKEN")
    assert HERE in served(readiness.PRINT)


def test_the_printing_path_is_its_own(regency):
    keep(broken(HERE, number=5000, kind="KK_PRINTER"))

    assert HERE in served()
    assert served(readiness.PRINT) == [FAR]


def test_the_portal_says_not_to_go_there_why_and_where_instead(regency, client):
    keep(broken(HERE, number=5000))

    page = text(client.get("/tempat/", {"dari": HERE}))

    assert "Hari ini jangan ke Kecamatan Ijen (Sempol) untuk ini" in page
    assert "Alat rusak." in page
    assert page.index("Sumberwringin</a>") < page.index("Pakem</a>")
    assert "Ijen" not in text(client.get("/")).split("belum dapat melayani")[0].split('id="tempat"')[1]


def test_appointments_are_only_where_the_service_is_given(regency, client):
    keep(broken(HERE, number=5000))

    page = text(client.get(f"/janji/{HERE}/"))

    assert 'value="KK"' in page
    assert 'value="RECORD"' not in page
    assert "rekam ktp-el tidak dilayani di sini" in page
    refused = text(client.post(f"/janji/{HERE}/", {"appointment_id": str(uuid4()), "service": "RECORD", "slot": ""}))
    assert "Keperluan itu tidak dilayani di sini hari ini" in refused
    keep(broken(HERE, number=6000, kind="KK_PRINTER"))
    assert client.get(f"/janji/{HERE}/").status_code == 404


def test_who_has_an_appointment_at_a_place_that_broke_is_told_and_moves_it(regency, client):
    slot = MONDAY + timedelta(days=1, hours=2)
    wish = Wish(uuid4(), "7K3QX91BZJ", HERE, Service.RECORD, Priority.NONE, slot)
    book_from_home(wish=wish, capacity=2, node="centre", now=MONDAY)
    address = "/janji/kode/7K3QX91BZJ/"
    assert "tidak melayani ini" not in text(client.get(address))
    keep(broken(HERE, number=5000))

    page = text(client.get(address))
    assert "Kecamatan Ijen (Sempol) hari ini tidak melayani ini" in page
    assert "Pindah ke Sumberwringin" in page
    moved = client.post(f"{address}pindah/", {"ke": THERE})

    new = appointments.by_code(moved.url.rstrip("/").rsplit("/", 1)[-1])
    assert (new.kecamatan, new.slot_at, new.service) == (THERE, slot, Service.RECORD)
    assert appointments.by_code("7K3QX91BZJ").state == AppointmentState.CANCELLED
    again = client.post(f"{address}pindah/", {"ke": THERE})
    assert again.url in (moved.url, address)
    assert client.post(f"{address}pindah/", {"ke": HERE}).status_code == 302


def test_the_queue_says_it_before_anybody_waits_and_where_else(regency, client, settings, monkeypatch):
    keep(broken(HERE, number=5000))
    body = today.message(services_today.of_kecamatan(HERE, now=MONDAY))
    today.hear(item_id=uuid4(), node="centre", body=body, now=MONDAY)
    today.hear(item_id=uuid4(), node="centre", body=body, now=MONDAY)
    settings.IS_STATION, settings.ROOT_URLCONF = True, "dekat.project.urls_station"
    monkeypatch.setattr("dekat.accounts.keyring.is_locked", lambda: False)

    page = text(client.get("/antrean/ambil/"))

    assert "Rekam KTP-el tidak dapat dilayani di sini hari ini. Alat rusak. Bisa di: Sumberwringin" in page
    assert "Cetak KK dan akta tidak dapat" not in page
    assert "Sumberwringin" in text(client.get("/antrean/layar/"))


def test_a_station_believes_its_own_report_before_the_centre_knows(regency):
    body = today.message(services_today.of_kecamatan(HERE, now=MONDAY))
    today.hear(item_id=uuid4(), node="centre", body=body, now=MONDAY)
    assert [one.code for one in services_today.here(now=MONDAY)] == ["", ""]

    keep(broken(HERE, number=5000))

    said = {one.service: one.code for one in services_today.here(now=MONDAY)}
    assert said == {Service.RECORD: "BROKEN", Service.KK: ""}


def test_the_same_news_is_told_to_a_station_once(regency):
    first = today.message(services_today.of_kecamatan(HERE, now=MONDAY))

    assert today.message(services_today.of_kecamatan(HERE, now=MONDAY + timedelta(hours=1))) == first
    assert clock() > START
