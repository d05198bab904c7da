"""Every service about families, moves and letters: applied for, reviewed, numbered, signed, printed, collected."""

import json
import threading
from dataclasses import dataclass, field, replace

import pytest
from django.core.cache import cache

from dekat.accounts import keyring
from dekat.accounts.roles import Role
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.documents.models import Issue
from dekat.flows import issue_kk
from dekat.kernel.ids import new_id, spaced
from dekat.ledger.models import Event
from dekat.national.models import NumberRequest
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.invariants import broken
from dekat.registry.models import ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.states import ResidentState, Sex
from dekat.sync.models import FeedEntry
from tests.conftest import NOW
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, let_in
from tests.make.documents import make_workshop
from tests.make.paperwork import Office, fields, hidden
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HERE, THERE = "35.11.19", "35.11.12"
KK, LETTER = DocumentKind.FAMILY_CARD, DocumentKind.MOVE_LETTER
CARD_A, CARD_B = "9911190101150001", "9911120101150002"
HASAN, SITI, RIZAL, NUR = "9911191703900001", "9911195204930001", "9911190203040001", "9911194507190001"
SUHARTO, DEWI = "9911120101500001", "9911124101030001"
ADDRESS = {"village": "35.11.12.2001", "address": "Jalan Melati 4", "rt": "2", "rw": "001"}
"""A family in Sempol of five, one of them too young for a NIK; and a grandfather of one name in Wringin."""
JEMBER = {
    "to_province": "Jawa Timur", "to_regency": "Jember", "to_kecamatan": "Kaliwates", "to_village": "Kaliwates",
    "to_address": "Jalan Mawar 1", "leaves_on": "2026-12-01", "why": "WORK",
}  # fmt: skip
ARRIVING = {
    "full_name": "Ahmad Zaini", "relation": "1", "sex": "MALE", "birth_place": "Jember", "born_on": "1995-02-01",
    "religion": "1", "marital_status": "1", "education": "5", "occupation": "9", "mother_name": "Sri Wahyuni",
    "nik": "9909010102950001",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return make_workshop(tmp_path_factory.mktemp("workshop"), NOW)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    made = SimulatedCentre(tmp_path_factory.mktemp("centre"), pace_s=0)
    server = serve(made, 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", made.key.verify_key)
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(identity, now, client, shop, gateway, monkeypatch):
    cache.clear()
    monkeypatch.setattr(document_ports, "_source", lambda: shop)
    for kecamatan in (HERE, THERE):
        enrolled_station(now=now, kecamatan=kecamatan)
    return Office(client, gateway, identity, now)


@pytest.fixture
def families(identity, now):
    make = make_registry
    man = make.person(now, nik=HASAN, marital_status="2")
    woman = make.wife(now, nik=SITI)
    son = make.child(now, nik=RIZAL, full_name="Ahmad Rizal", sex=Sex.MALE, born_on="2004-03-02", marital_status="2")
    girl = make.child(now, nik=NUR)
    baby = make.child(now, full_name="Bayi Rahma", born_on="2026-11-07")
    ours = make.registered(now, man, woman, son, girl, baby, card_no=CARD_A)
    old = make.person(now, nik=SUHARTO, full_name="Suharto", born_on="1950-01-01", title_before="H.")
    bride = make.child(now, nik=DEWI, full_name="Dewi Ma'rifah", born_on="2003-01-01", marital_status="2")
    theirs = make.registered(now, old, bride, card_no=CARD_B, village="35.11.12.2001")
    return ours, theirs


@dataclass(frozen=True)
class Case:
    """One service: what is said on the form, what the office adds, what comes of it."""

    slug: str
    said: dict
    papers: list
    relations: dict = field(default_factory=dict)
    numbers: int = 0
    headline: str = "Kartu Keluarga"
    nik: str = HASAN
    card_no: str = CARD_A


CASES = [
    Case(
        "kk-new", {"head": RIZAL, "members": DEWI}, [KK, KK, KK], {"Dewi Ma'rifah": "3"}, 1, "3 Kartu Keluarga",
    ),
    Case(
        "kk-split", {"head": HASAN}, [KK, KK],
        {"Siti Aminah": "1", "Ahmad Rizal": "4", "Nur Halimah": "4", "Bayi Rahma": "4"}, 2, "2 Kartu Keluarga",
    ),
    Case("kk-join", {"members": RIZAL, "family_card_no": CARD_B}, [KK, KK], {"Ahmad Rizal": "5"}, 0, "2 Kartu Keluarga"),
    Case(
        "kk-head", {"head": SITI, "why": "Suami bekerja di luar negeri"}, [KK],
        {"Moh. Hasan Basri": "2", "Ahmad Rizal": "4", "Nur Halimah": "4", "Bayi Rahma": "4"}, 1,
    ),
    Case("move-within", {"family": "SAME", "why": "HOUSING", **ADDRESS}, [KK]),
    Case(
        "move-out", {**JEMBER, "members": f"{HASAN}\n{RIZAL}", "head": SITI}, [LETTER, KK],
        {"Siti Aminah": "1", "Nur Halimah": "4", "Bayi Rahma": "4"}, 1, "Surat Keterangan Pindah dan Kartu Keluarga",
    ),
    Case(
        "move-in",
        {
            "letter_no": "3509/SKPWNI/1", "letter_on": "2026-11-20", "from_regency": "Jember", "family": "NEW", **ADDRESS,
            **{f"people-0-{key}": value for key, value in ARRIVING.items()},
        },
        [KK], {}, 1, nik=ARRIVING["nik"], card_no="9909010101150009",
    ),
    Case("biodata", {"person": SITI}, [DocumentKind.BIODATA], headline="Biodata Penduduk"),
    Case(
        "statement", {"person": RIZAL, "about": "RESIDENCE", "purpose": "Melamar kerja"}, [DocumentKind.STATEMENT],
        headline="Surat keterangan",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.slug)
def test_a_service_comes_to_its_papers_in_the_hand(office, families, case):
    card = office.apply(case.slug, case.nik, case.card_no, **case.said)

    papers = office.decide(card, **case.relations)

    assert [paper.kind for paper in papers] == case.papers
    assert {paper.status for paper in papers} == {DocumentStatus.ACTIVE}
    assert NumberRequest.objects.count() == case.numbers
    assert f"{case.headline} sudah terbit" in office.client.get(f"/lacak/{card.code}").content.decode()
    assert not broken()
    office.collect(papers)
    assert cases.application(card.id).state == State.COLLECTED
    assert f"{case.headline} sudah diambil" in office.client.get(f"/lacak/{card.code}").content.decode()
