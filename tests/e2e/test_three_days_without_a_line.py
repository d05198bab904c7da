"""Acceptance scenario 1: a resident of 17 in Cermee, no network for three days, and then exactly once everywhere."""

import json
import sqlite3
import time

import pytest
from playwright.sync_api import expect

from dekat.faces.sample.regency import PASSWORD
from tests.e2e import wizard
from tests.e2e.looking import look
from tests.e2e.register import console

pytestmark = [pytest.mark.browser, pytest.mark.processes]
CERMEE = "35.11.15"
DAY_S = 86_400
PATIENCE_S = 150
WHO = """
import django, json, sys
django.setup()
from dekat.faces.clock import now
from dekat.national import queries as national
from dekat.registry import queries as registry
taken = {one.resident_id for one in national.submissions(limit=100000)}
today = now().date()
for family in registry.family_ids(sys.argv[1]):
    for one in registry.members(registry.family(family).id):
        born = one.born_on
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if age == 17 and born.year % 2 and one.id not in taken:
            print(json.dumps({"nik": one.nik, "resident": str(one.id)}))
            sys.exit()
"""
AT_CENTRE = """
import django, json, sys
django.setup()
from dekat.national import queries as national
from dekat.sync import queries as sync
one = national.submission_by_code(sys.argv[1])
of_her = [row for row in national.submissions(limit=100000) if row.resident_id == one.resident_id]
held = sync.receipts(one.packet_id)
print(json.dumps({
    "recording": str(one.recording_id), "status": str(one.status), "content": one.content_sha256,
    "count": len(of_her), "receipts": [receipt.digest.hex() for receipt in held],
}))
"""
AT_STATION = """
import django, json, sys
from hashlib import sha256
from uuid import UUID
django.setup()
from dekat.sync import queries as sync
packet = UUID(sys.argv[1])
sealed = sync.sealed_bytes(packet)
print(json.dumps({
    "state": str(sync.packet_status(packet).state), "bytes": sha256(sealed).hexdigest(),
    "receipts": [receipt.digest.hex() for receipt in sync.receipts(packet)],
}))
"""


def ask(regency, where, question, *arguments):
    done = console(regency, where, "-c", question, *arguments)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def open_again(page, url):
    """The page, past the lock that days of rest put before it."""
    page.goto(url)
    if "/kunci/" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        page.goto(url)
    return page


@pytest.fixture
def offline(regency):
    """Cermee without a cable; in the end everything is as it was."""
    regency.switch("line/cermee", is_pulled=True)
    yield
    regency.switch("clock", shift_s=0)
    regency.switch("line/cermee", is_pulled=False)


@pytest.mark.scenario(1)
def test_three_days_without_network_then_once_at_regency_and_pusat_with_the_same_checksum(regency, person, offline):
    who = ask(regency, "centre", WHO, CERMEE)
    desk = person("operator.cermee", "cermee")

    wizard.record(desk, regency, "cermee", who["nik"])
    code = desk.locator(".receipt__code").inner_text().strip()
    expect(desk.locator(".receipt__qr svg")).to_be_visible()
    look(desk, "skenario-1-bukti")

    regency.switch("clock", shift_s=2 * DAY_S + 4 * 3600 + 120)
    waiting = open_again(desk, regency.url("cermee", "/terkirim/")).locator("main").inner_text()
    assert code in waiting
    assert "di kecamatan, menunggu jaringan" in waiting
    assert "2 hari 4 jam" in waiting
    look(desk, "skenario-1-menunggu")
    home = open_again(desk, regency.url("cermee")).locator("main").inner_text()
    assert "ruang untuk ±" in home

    regency.switch("clock", shift_s=3 * DAY_S)
    regency.switch("line/cermee", is_pulled=False)
    found = until_print_ready(regency, code)

    station = ask(regency, "cermee", AT_STATION, found["recording"])
    assert (found["status"], found["count"]) == ("PRINT_READY_RECORD", 1)
    assert found["receipts"] == station["receipts"] == [station["bytes"]]
    assert at_pusat(regency, found["recording"]) == [found["content"]]


def until_print_ready(regency, code):
    """The line and the national centre take their time."""
    until = time.monotonic() + PATIENCE_S
    while True:
        done = console(regency, "centre", "-c", AT_CENTRE, code.replace("-", ""))
        found = json.loads(done.stdout) if done.returncode == 0 else {"status": done.stderr[-500:]}
        if found["status"] == "PRINT_READY_RECORD":
            return found
        assert time.monotonic() < until, found
        time.sleep(2)


def at_pusat(regency, recording):
    """Every time the simulated national centre holds this recording, by the checksum of what it received."""
    found = []
    for path in regency.layout.folder.rglob("*national*/*.db"):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT sha256 FROM recording WHERE id = ?", (recording,)).fetchall()
            found += [row[0] for row in rows]
    return found
