"""Pages, CSV, XLSX, PDF and command tell the same figures; counts of few residents are told to oversight alone."""

import argparse
import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from openpyxl import load_workbook

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.areas.services import load_bundled
from dekat.areas.working_calendar import regency_calendar
from dekat.duties import history, queries
from dekat.faces.cli import report as report_command
from dekat.faces.oversight import report_views
from dekat.faces.oversight import scope as scopes
from dekat.ledger import ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import Draft, record
from tests.make.evidence import History

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 3, 0, tzinfo=UTC)  # Monday 10.00 WIB
WRINGIN, CERMEE = "35.11.12", "35.11.15"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Every page asks on Monday 11 May 2026."""
    for module in ("scope", "device_views"):
        monkeypatch.setattr(f"dekat.faces.oversight.{module}.now", lambda: NOW)


@pytest.fixture
def regency(identity):
    """In April Wringin recorded 30 residents, Cermee 3; Ijen's recorder stands idle without an instruction."""
    load_bundled()
    told = History().until("instruction")
    for place, serial, count in ((WRINGIN, "REK-12", 6), (CERMEE, "REK-15", 1)):
        device = f"device:{serial}"
        bought = {"kind": "RECORDER", "model": "Set", "contract": "K-1", "price_sen": 182_500_000}
        told.say(0, "equipment.device.bought", device, by="DISPENDUKCAPIL", **bought)
        given = {"bast": f"B-{serial}", "on": "2026-03-02", "to": place, "received_by": f"KECAMATAN:{place}"}
        told.say(1, "equipment.device.handed_over", device, by="DISPENDUKCAPIL", **given)
        for week in range(5 if place == WRINGIN else 3):
            told.say(32 + 6 * week, "readings.device.used", device, use="CAPTURE", count=count)
    drafts = [Draft(one.id, one.name, one.subject, one.actor, one.at, one.data) for one in told.events]
    history.load(sorted(drafts, key=lambda one: (one.occurred_at, one.event_id)), voice=ports.signer(), now=NOW)


@pytest.fixture
def officer(client, identity):
    """Log a new officer of a role in."""

    def enter(role):
        account = open_account(
            username=role.lower(), full_name="Contoh Orang", role=role, kecamatan="", password="x",
            actor=machine("centre"), now=NOW, account_id=uuid4(),
        )  # fmt: skip
        client.force_login(get_user_model().objects.get(id=account))
        return client

    return enter


def _csv(client, name, query=""):
    return list(csv.reader(StringIO(client.get(f"/pengawasan/unduh/{name}.csv?{query}").content.decode("utf-8-sig"))))


def _line(rows, first):
    return next(row for row in rows if row and row[0] == first)


def _after(rows, title):
    return rows[next(number for number, row in enumerate(rows) if row and row[0] == title) :]


def test_an_officer_sees_each_count_and_the_public_none_that_tells_of_few(regency, client, officer):
    public = _after(_csv(client, "perjalanan", "periode=2026-04"), "Perjalanan terhemat")
    exact = _after(_csv(officer(Role.PARLIAMENT), "perjalanan", "periode=2026-04"), "Perjalanan terhemat")

    assert (_line(exact, "Wringin")[1], _line(exact, "Cermee")[1], _line(exact, "Jumlah")[1]) == ("30", "3", "33")
    assert _line(public, "Cermee")[1] == "•"
    # With one number closed, a second one closes so that 33 - 30 tells nothing; the way follows from the trips.
    assert "•" in (_line(public, "Wringin")[1], _line(public, "Jumlah")[1])
    assert _line(public, "Cermee")[6] == "•"


def test_the_public_learns_nothing_of_days_that_it_chooses_itself(regency, client):
    rows = _after(_csv(client, "perjalanan", "periode=2026-04-01..2026-04-20"), "Perjalanan terhemat")

    assert {row[1] for row in rows if row and row[0] in ("Wringin", "Cermee", "Jumlah")} == {"•"}


def test_a_cell_leads_to_the_events_that_add_up_to_it(regency, officer):
    inspector = officer(Role.INSPECTORATE)
    cell = _line(_after(_csv(inspector, "perjalanan", "periode=2026-04"), "Perjalanan terhemat"), "Wringin")
    address = next(link for link in cell[-1].split() if "apa=RECORDED" in link)

    page = inspector.get(address.partition("testserver")[2]).content.decode()

    assert "30 dari 5 kejadian" in page
    assert page.count("/pengawasan/catatan/") >= 5


def test_many_events_stand_on_pages_with_the_sum_of_all_under_each(regency, officer, monkeypatch):
    monkeypatch.setattr(report_views, "EVENTS_ON_A_PAGE", 2)
    inspector = officer(Role.INSPECTORATE)
    address = f"/pengawasan/jejak?apa=RECORDED&kecamatan={WRINGIN}&periode=2026-04"
    pages = [inspector.get(f"{address}&hal={number}").content.decode() for number in (1, 2, 3)]

    shown = [set(re.findall(r"/pengawasan/catatan/[0-9a-f-]{36}/", page)) for page in pages]
    assert [len(found) for found in shown] == [2, 2, 1]
    assert len(set().union(*shown)) == 5
    assert all("30 dari 5 kejadian" in page for page in pages)
    assert "hal=1" in pages[1] and "hal=3" in pages[1] and "hal=4" not in pages[2]


def test_only_oversight_looks_behind_a_count(regency, client, officer):
    address = f"/pengawasan/jejak?apa=RECORDED&kecamatan={WRINGIN}&periode=2026-04"

    assert client.get(address).status_code == 302
    assert officer(Role.VERIFIER).get(address).status_code == 403


@pytest.mark.parametrize("name", ["senin", "perjalanan", "biaya", "kecamatan", "alat", "jaringan", "laporan"])
def test_the_workbook_holds_the_figures_of_the_csv(regency, officer, name):
    client = officer(Role.REGIONAL_SECRETARY)
    book = load_workbook(BytesIO(client.get(f"/pengawasan/unduh/{name}.xlsx?periode=2026-04").content))
    rows = [row for row in _csv(client, name, "periode=2026-04") if row]

    told = {tuple(row[:-1]) for row in rows if len(row) > 2}
    shown = {
        tuple(map(_as_csv, row))
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=7)
        if any(square.value is not None for square in row)
    }
    assert {row for row in told if row[0]} <= {row[: len(row)] for one in shown for row in _cut(one)}


def _cut(row):
    return [row[:length] for length in range(1, len(row) + 1)]


def _as_csv(square):
    value = square.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if square.number_format == "yyyy-mm-dd" else value.isoformat()
    if isinstance(value, int | float):
        scale = {"0%": "percent", "#,##0.00": "money", "#,##0.0": "way"}.get(square.number_format)
        written = {"percent": f"{round(value * 100)}", "money": f"{value:.2f}", "way": f"{value:.3f}"}
        return written.get(scale, str(value))
    return str(value)


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_a_report_made_twice_is_the_same_file(regency, officer, monkeypatch, form):
    client = officer(Role.REGIONAL_SECRETARY)
    first = client.get(f"/pengawasan/unduh/laporan.{form}?periode=2026-04").content
    monkeypatch.setattr(scopes, "now", lambda: NOW + timedelta(days=9))

    second = client.get(f"/pengawasan/unduh/laporan.{form}?periode=2026-04").content

    assert first == second


def test_the_pdf_names_period_instant_and_source(regency, client):
    answer = client.get("/pengawasan/unduh/laporan.pdf?periode=2026-04")

    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) >= 1 and "April 2026" in str(pdf.docinfo["/Title"])


def test_the_command_writes_the_report_of_the_page(regency, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(scopes, "now", lambda: NOW)
    parser = argparse.ArgumentParser()
    report_command.add_parser(parser.add_subparsers())

    options = parser.parse_args(["report", "month", "2026-04", "--folder", str(tmp_path)])
    assert options.run(options) == 0

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "laporan-2026-04.csv", "laporan-2026-04.pdf", "laporan-2026-04.xlsx",
    ]  # fmt: skip


def test_the_month_report_tells_what_changed(regency, officer):
    rows = _csv(officer(Role.REGIONAL_SECRETARY), "laporan", "periode=2026-04")

    assert _line(rows, "Alat rekam bekerja pada akhir bulan")[1:3] == ["1", "0"]
    assert _line(rows, "Rekaman di luar kota")[1:3] == ["33", "0"]


def test_the_sekda_calls_one_party_from_the_list(regency, officer):
    sekda = officer(Role.REGIONAL_SECRETARY)
    page = sekda.get("/pengawasan/senin/").content.decode()
    assert 'action="/pengawasan/alat/REK-19/tenggat"' in page

    answer = sekda.post(
        "/pengawasan/alat/REK-19/tenggat",
        {"party": "DISPENDUKCAPIL", "what": "Kirim petunjuk", "due_on": "2026-05-20", "lanjut": "senin"},
    )

    assert answer["Location"] == "/pengawasan/senin/?jenis=RECORDER"
    found = queries.answer("REK-19", as_of=NOW)
    assert (found.party, found.via) == ("DISPENDUKCAPIL", "OBLIGATION")
    # Nobody else gets buttons.
    assert 'tenggat"' not in officer(Role.PARLIAMENT).get("/pengawasan/senin/").content.decode()


def test_a_deadline_that_passes_comes_to_the_sekda(regency, officer, monkeypatch):
    sekda = officer(Role.REGIONAL_SECRETARY)
    sekda.post(
        "/pengawasan/alat/REK-19/tenggat",
        {"party": "DISPENDUKCAPIL", "what": "Kirim petunjuk", "due_on": "2026-05-13"},
    )
    monkeypatch.setattr(scopes, "now", lambda: NOW + timedelta(days=7))

    row = next(row for row in _csv(sekda, "senin") if "REK-19" in row)

    assert row[4].endswith("Sekretaris Daerah")
    assert "Dispendukcapil" in row[9]


def test_the_public_page_says_where_to_go_why_who_and_until_when(regency, client):
    rows = _csv(client, "perjalanan", "periode=2026-04")
    ijen = next(row for row in rows if row and row[0].startswith("Ijen") and row[1] == "Perekaman KTP-el")
    binakal = next(row for row in rows if row and row[0] == "Binakal" and row[1] == "Perekaman KTP-el")

    assert ijen[2:4] == ["belum bisa", "Petunjuk belum pernah sampai di kecamatan."]
    assert re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", ijen[5]) and ijen[4]
    assert binakal[2:5] == ["belum bisa", "Belum ada alat.", "Dispendukcapil"]


def test_an_unreadable_period_is_refused_in_words(regency, client):
    answer = client.get("/pengawasan/perjalanan/?periode=kemarin")

    assert answer.status_code == 409
    assert "tidak dapat dibaca" in answer.content.decode()


def test_a_card_counts_where_a_station_handed_it_over(regency, identity, officer):
    record(
        name="cards.card.handed_over", subject="recording:x", actor="node:centre", data={}, now=NOW - timedelta(days=15)
    )
    inside = {"name": "cards.card.handed_over", "since": NOW - timedelta(days=40), "until": NOW}

    rows = _after(_csv(officer(Role.PARLIAMENT), "perjalanan", "periode=2026-04"), "Perjalanan terhemat")

    assert sum(ledger.counts_by_day(**inside, zone=regency_calendar().zone).values()) == 1
    # The centre's own counter handed it over: nobody was saved a trip.
    assert _line(rows, "Jumlah")[3] == "0"
