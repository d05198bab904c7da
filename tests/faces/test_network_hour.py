"""The head looks at one hour of one kecamatan's lines from both ends."""

from datetime import timedelta

import pytest

from dekat.accounts.actor import machine
from dekat.areas.services import load_bundled
from dekat.readings.moved import Moved
from dekat.readings.services import note_link

pytestmark = pytest.mark.django_db
CERMEE = "35.11.15"
ASKED = {"kecamatan": CERMEE, "hari": "2026-11-23", "jam": "9"}


@pytest.fixture
def measured(identity, now):
    """From 09.00 WIB: the station's line broke at 09.10 and came back at 09.40; the centre heard nothing meanwhile."""
    load_bundled()
    for minute, is_up in ((0, True), (10, False), (40, True), (60, True)):
        for path, seen_from, node in (("LOCAL", "STATION", f"station-{CERMEE}"), ("CENTRE", "CENTRE", "centre")):
            note_link(
                kecamatan=CERMEE,
                path=path,
                is_up=is_up,
                latency_ms=45 if is_up and path == "LOCAL" else None,
                seen_from=seen_from,
                actor=machine(node),
                now=now + timedelta(minutes=minute),
                why="" if is_up else "SILENT",
                moved=Moved(up_bytes=1_500_000, up_ms=120_000),
                gap_s=1800 if minute == 40 else 0,
            )


def test_both_ends_stand_side_by_side_with_the_cause_and_the_figures(measured, client):
    page = client.get("/pengawasan/jaringan/", ASKED).content.decode()

    for words in (
        "Jaringan di kecamatan putus.",
        "Diukur dari stasiun",
        "Diukur dari Dispendukcapil",
        "tidak ada yang menjawab",
        "45 md, terlama 45 md",
        "1 dari 3 (33%)",
        "100 kbit/s selama 6 menit",
        "30 menit",
    ):
        assert words in page, words


def test_an_hour_that_nobody_measured_accuses_nobody(measured, client):
    page = client.get("/pengawasan/jaringan/", ASKED | {"hari": "2026-11-20"}).content.decode()

    assert "Kecamatan ini tidak diukur pada jam itu." in page
    assert "putus." not in page


def test_the_form_begins_with_the_hour_before(client, now):
    page = client.get("/pengawasan/jaringan/").content.decode()

    assert '<input type="date" name="hari" value="20' in page


@pytest.mark.parametrize("wrong", [{"hari": "kemarin"}, {"jam": "25"}, {"kecamatan": "1"}])
def test_an_hour_that_cannot_be_read_is_said(measured, client, wrong):
    answer = client.get("/pengawasan/jaringan/", ASKED | wrong)

    assert answer.status_code == 200
    assert "Jam itu tidak dapat dibaca" in answer.content.decode()
