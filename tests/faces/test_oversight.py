"""The oversight pages: open to all, without personal data; only the Sekda sets deadlines; every number has a table."""

import html
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.areas.services import load_bundled
from dekat.duties import history, queries
from dekat.faces.clock import now as clock
from dekat.kernel.clock import iso
from dekat.ledger.services import record
from tests.make.evidence import KEC, START, History

pytestmark = pytest.mark.django_db
PAGES = [
    "", "senin/", "senin/?jenis=KK_PRINTER", "kewajiban/", "alat/", "alat/REK-19/", "alat/REK-19/tabel", "petunjuk/",
    "jaringan/", "biaya/", "perjalanan/", "kecamatan/", f"kecamatan/{KEC}/", "laporan/", "laporan/?periode=2026-03",
]  # fmt: skip


@pytest.fixture
def regency(identity, now):
    """One idle recorder in Sempol that never got its instruction."""
    load_bundled()
    made = History().until("instruction")
    # The office's kecamatan asks, and nobody answers.
    made.say(5, "duties.question.asked", f"kecamatan:{KEC}", by=f"KECAMATAN:{KEC}", question="q", to="DISPENDUKCAPIL")
    made.say(6, "readings.link.probed", f"kecamatan:{KEC}", path="LOCAL", is_up=True, latency_ms=40)
    lines = [
        json.dumps(
            {
                "id": str(event.id),
                "name": event.name,
                "version": 1,
                "subject": event.subject,
                "actor": event.actor,
                "occurred_at": iso(event.at),
                "data": event.data,
            }
        )
        for event in made.events
    ]
    history.import_history(lines, now=now)


@pytest.fixture
def officer(client, identity, now):
    """Log a new officer of a role in."""

    def enter(role, kecamatan=""):
        account = open_account(
            username=role.lower(), full_name="Contoh Orang", role=role, kecamatan=kecamatan, password="x",
            actor=machine("centre"), now=now, account_id=uuid4(),
        )  # fmt: skip
        client.force_login(get_user_model().objects.get(id=account))
        return client

    return enter


@pytest.mark.parametrize("page", PAGES)
def test_anybody_may_read_it(regency, client, page):
    answer = client.get(f"/pengawasan/{page}")

    assert answer.status_code == 200
    assert "account:" not in answer.content.decode()


def test_the_headline_is_counted(regency, client):
    page = client.get("/pengawasan/").content.decode()

    assert "0 dari 1 alat bekerja." in page
    assert "1 menganggur." in page
    assert "Sekretaris Daerah" in page


def test_the_device_page_names_reason_party_and_evidence(regency, client):
    page = client.get("/pengawasan/alat/REK-19/").content.decode()

    assert "Petunjuk belum pernah sampai di kecamatan." in page
    assert "Kecamatan bertanya" in page
    assert page.count("/pengawasan/catatan/") > 4


def test_an_unknown_device_is_not_found(regency, client):
    assert client.get("/pengawasan/alat/X/").status_code == 404


def test_the_sekda_gives_the_turn_to_one_party(regency, officer):
    due = (clock() + timedelta(days=20)).date()

    answer = officer(Role.REGIONAL_SECRETARY).post(
        "/pengawasan/alat/REK-19/tenggat",
        {"party": "DISPENDUKCAPIL", "what": "Kirim petunjuk", "due_on": due.isoformat()},
    )

    assert answer.status_code == 302
    [found] = queries.answers(as_of=clock())
    assert (found.party, found.via) == ("DISPENDUKCAPIL", "OBLIGATION")


def test_nobody_else_sets_a_deadline(regency, officer):
    answer = officer(Role.PARLIAMENT).get("/pengawasan/alat/REK-19/tenggat")

    assert answer.status_code in (302, 403)


def test_the_log_is_checked_and_taken_away(regency, client):
    assert "utuh" in client.get("/pengawasan/catatan/?periksa=1").content.decode()

    lines = b"".join(client.get("/pengawasan/catatan/unduh.jsonl").streaming_content).decode().splitlines()
    assert all(json.loads(line)["signature"] for line in lines)


def test_an_event_is_shown_as_it_was_signed(identity, client, now):
    said = {"budget_year": 2025, "total_sen": 200_000_000_000, "items": [{"kind": "TOWER", "count": 8}]}
    with transaction.atomic():
        event = record(name="equipment.contract.signed", subject="contract:K-1", actor="node:x", data=said, now=now)

    page = html.unescape(client.get(f"/pengawasan/catatan/{event.id}/").content.decode())

    assert "<dd>2025</dd>" in page
    assert "<dd>200000000000</dd>" in page
    assert '<dd>[{"count":8,"kind":"TOWER"}]</dd>' in page


def test_the_start_is_before_the_clock():
    assert clock() > START
