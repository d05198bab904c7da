"""Acceptance scenario 23: a set goes from a kecamatan with nobody trained to one of the nine without, in the system."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.equipment import queries as equipment
from dekat.equipment.books import kib_b, kir
from dekat.faces.clock import now as clock
from dekat.ledger import queries as ledger
from tests.make.accounts import let_in
from tests.make.sample_regency import told

pytestmark = pytest.mark.django_db
FROM, TO, SERIAL = "35.11.09", "35.11.03", "REK-24-09"


def book(kind, party, day):
    policy, zone = django_settings.ENV.asset_policy, regency_calendar().zone
    made = kib_b(owner=party, as_of=day, policy=policy, zone=zone) if kind == "KIB" else None
    made = made or kir(place=party, as_of=day, policy=policy, zone=zone)
    return {line.device.serial for line in made.lines}


@pytest.mark.scenario(23)
def test_acceptance_23_a_set_moves_with_bast_mutasi_and_status_both_books_change_and_history_stays(identity, now):
    told(clock(), with_stations=False)
    day, before = clock().date(), clock().date() - timedelta(days=30)
    head, sekda = Client(), Client()
    let_in(head, Role.REGISTRY_HEAD, now=now)
    let_in(sekda, Role.REGIONAL_SECRETARY, now=now)
    old, new = f"KECAMATAN:{FROM}", f"KECAMATAN:{TO}"
    assert SERIAL in book("KIR", FROM, before) and SERIAL in book("KIB", "DISPENDUKCAPIL", before)

    first = {"kind": "USE_STATUS", "serials": SERIAL, "decree": "188/1/2026", "on": f"{before}", "owner": old}
    assert sekda.post("/kantor/alat/keputusan/", first).status_code == 302
    bast = {"to": TO, "bast": "BAST-PINDAH/1", "on": f"{day}"}
    assert head.post(f"/kantor/alat/nomor/{SERIAL}/bast/", bast).status_code == 302
    move = {"kind": "TRANSFER", "serials": SERIAL, "decree": "188/2/2026", "on": f"{day}", "owner": new}
    move["bast"] = "BAST-M/1"
    assert sekda.post("/kantor/alat/keputusan/", move).status_code == 302
    status = {"kind": "USE_STATUS", "serials": SERIAL, "decree": "188/3/2026", "on": f"{day}", "owner": new}
    sekda.post("/kantor/alat/keputusan/", status)

    assert SERIAL in book("KIB", old, day - timedelta(days=1)) and SERIAL not in book("KIB", old, day)
    assert SERIAL in book("KIB", new, day) and SERIAL not in book("KIB", new, day - timedelta(days=1))
    assert SERIAL in book("KIR", TO, day) and SERIAL not in book("KIR", FROM, day)
    device = equipment.device(SERIAL)
    assert [card.kecamatan for card in device.handovers if card.kecamatan] == [FROM, TO]
    assert (old, new) in [(one.from_owner, one.to_owner) for one in device.decrees]
    [moved] = ledger.events(names=["equipment.device.transferred"])
    assert (moved.data["from_owner"], moved.data["to_owner"], moved.data["bast"]) == (old, new, "BAST-M/1")
    answer = duties.answer(SERIAL, as_of=clock())
    assert (answer.kecamatan, answer.asset_user) == (TO, new)
    page = head.get(f"/kantor/alat/nomor/{SERIAL}/").content.decode()
    assert "BAST-PINDAH/1" in page and "188/2/2026" in page and "BAST-KEC/005/" in page
