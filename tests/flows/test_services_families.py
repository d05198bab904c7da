"""Every service about families, moves and letters: applied for, reviewed, numbered, signed, printed, collected."""

import re
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from unittest.mock import Mock

import pytest
from django.core.cache import cache

from dekat.accounts import keyring
from dekat.accounts.roles import Role
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.adapters.signer.refusals import ServiceAway
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents import services as document_services
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.documents.models import Issue
from dekat.faces.question_fields import fields_for
from dekat.flows import approve_application, issue_kk
from dekat.flows.deeds.table import deed_of
from dekat.kernel.ids import new_id, spaced
from dekat.ledger.models import Event
from dekat.national.models import NumberRequest
from dekat.openings import queries as openings
from dekat.registry import queries as registry
from dekat.registry.invariants import broken
from dekat.registry.life.plan import NoSpouse
from dekat.registry.models import ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.states import ResidentState, Sex
from dekat.reports import records
from dekat.sync.models import FeedEntry
from tests.conftest import NOW
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, VERIFIER, let_in
from tests.make.documents import make_workshop
from tests.make.paperwork import Office, hidden
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HERE, THERE = "35.11.19", "35.11.12"
KK, LETTER = DocumentKind.FAMILY_CARD, DocumentKind.MOVE_LETTER
CARD_A, CARD_B = "9911190101150001", "9911120101150002"
HASAN, SITI, RIZAL, NUR = "9911191703900001", "9911195204930001", "9911190203040001", "9911194507190001"
SUHARTO, DEWI = "9911120101500001", "9911124101030001"
ADDRESS = {"village": "35.11.12.2001", "address": "Jalan Melati 4", "rt": "2", "rw": "001"}
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
    """A family in Sempol of five, one of them too young for a NIK; and a grandfather of one name in Wringin."""
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
    Case("kk-join", {"members": RIZAL, "host_card_no": CARD_B}, [KK, KK], {"Ahmad Rizal": "5"}, 0, "2 Kartu Keluarga"),
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
            "letter_no": "3509/SKPWNI/1", "letter_on": "2026-11-20", "from_regency": "Jember", "family": "NEW",
            **ADDRESS, **{f"people-0-{key}": value for key, value in ARRIVING.items()},
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


def test_of_a_statement_it_is_known_whose_data_it_shows(office, families):
    case = next(case for case in CASES if case.slug == "statement")
    (paper,) = office.decide(office.apply(case.slug, case.nik, case.card_no, **case.said))
    owner = registry.resident_by_nik(RIZAL).id

    assert records.people_of_paper(paper.id) == (owner,)
    assert paper.id in [one.id for one in records.person_record(owner).papers]
    assert records.paper_record(paper.id).resident_id == owner


def test_a_reviewer_who_sees_the_card_of_the_host_is_written_down_there_too(office, families):
    card = office.apply("kk-join", HASAN, CARD_A, members=RIZAL, host_card_no=CARD_B)
    office.log_in(Role.VERIFIER)
    asked = deed_of(card.service.code).asks_office(card)
    (field,) = fields_for(asked)

    page = office.client.post(f"/kantor/permohonan/{card.id}/hasil/", {field: "5"}).content.decode()

    assert "Dewi Ma&#x27;rifah" in page or "DEWI MA&#x27;RIFAH" in page
    seen = {person for act in openings.acts_on(f"application:{card.id}") for person in act.people}
    assert registry.resident_by_nik(DEWI).id in seen


def test_of_two_changes_the_later_kk_tells_of_both_and_nobody_waits_for_the_earlier(office, families, monkeypatch):
    first = office.apply("education", HASAN, CARD_A, new_value="8")
    second = office.apply("kk-join", HASAN, CARD_A, members=RIZAL, host_card_no=CARD_B)
    office.approve(first)
    office.approve(second, **{"Ahmad Rizal": "5"})
    with monkeypatch.context() as away:
        away.setattr(document_services, "make", Mock(side_effect=ServiceAway))
        office.log_in(Role.REGISTRY_HEAD)
        office.client.post(f"/kantor/permohonan/{first.id}/tandatangani/")
    office.sign(second)

    office.client.post(f"/kantor/permohonan/{first.id}/tandatangani/")

    assert cases.application(first.id).state == State.ENDED
    assert "Tidak ada yang perlu diambil" in office.client.get(f"/lacak/{first.code}").content.decode()
    (newest,) = documents.of_owner(f"family:{families[0].id}")
    assert newest.status is DocumentStatus.ACTIVE


def test_nobody_waits_for_a_kk_that_a_newer_one_replaced_before_it_was_collected(office, families):
    first = office.apply("education", HASAN, CARD_A, new_value="8")
    office.decide(first)
    second = office.apply("occupation", HASAN, CARD_A, new_value="11")

    office.decide(second)

    assert [cases.application(card.id).state for card in (first, second)] == [State.ENDED, State.ISSUED]


ALONE = {"members": f"{HASAN} {SITI} {RIZAL}", **JEMBER}


@pytest.fixture
def desk(office, now, settings, monkeypatch):
    """The operator's pages at Sempol; called, the same process is the centre again."""
    centre = (settings.ROOT_URLCONF, settings.IS_STATION, settings.ENV)
    monkeypatch.setattr(keyring, "is_locked", lambda: False)
    settings.ROOT_URLCONF, settings.IS_STATION = "dekat.project.urls_station", True
    settings.ENV = replace(settings.ENV, role="station", kecamatan=HERE)
    let_in(office.client, Role.OPERATOR, now=now, kecamatan=HERE)

    def close() -> None:
        settings.ROOT_URLCONF, settings.IS_STATION, settings.ENV = centre

    return close


def form_at_desk(office, slug, nik, family_card_no):
    """The family is asked for first; then its members are there to choose from."""
    who = {"nik": nik, "family_card_no": family_card_no}
    return office.client.post(f"/permohonan/{slug}/", who).content.decode()


def at_desk(office, slug, nik, family_card_no, **said):
    page = form_at_desk(office, slug, nik, family_card_no)
    told = {"nik": nik, "family_card_no": family_card_no, "has_seen_evidence": "on", "langkah": "isi", **said}
    return office.client.post(f"/permohonan/{slug}/", {"application_id": hidden(page, "application_id"), **told})


@pytest.mark.scenario(10)
def test_scenario_10_a_grandfather_without_phone_applies_with_help_and_collects_in_his_kecamatan(
    office, families, desk, now
):
    grandfather = make_registry.person(now, nik="9911190101410001", full_name="Tirto Sudarmo", born_on="1941-01-01")
    make_registry.registered(now, grandfather, card_no="9911190101150003")
    numbers = {"nik": grandfather.nik, "family_card_no": "9911190101150003"}

    form = form_at_desk(office, "biodata", **numbers)
    receipt = office.client.get(at_desk(office, "biodata", **numbers, person=grandfather.nik).url).content.decode()

    assert "email" not in form
    assert "boleh kosong" in form[form.index("Nomor HP") :]
    (card,) = cases.of_resident(grandfather.id)
    assert (card.phone, card.kecamatan) == ("", HERE)
    assert spaced(card.code) in receipt
    desk()
    papers = office.decide(card)
    assert {paper.kecamatan for paper in papers} == {HERE}
    office.collect(papers)
    assert "sudah diambil" in office.client.get(f"/lacak/{card.code}").content.decode()


@pytest.mark.scenario(11)
def test_scenario_11_the_desk_refuses_to_leave_children_alone_and_says_what_to_do(office, families, desk):
    form = form_at_desk(office, "move-out", HASAN, CARD_A)
    assert re.search(rf'type="checkbox" name="members" value="{RIZAL}"', form)  # chosen by name, not typed

    answer = at_desk(office, "move-out", nik=HASAN, family_card_no=CARD_A, **{**ALONE, "members": [HASAN, SITI, RIZAL]})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "N. H. (7 tahun)" in page
    assert "Ikutkan anak itu pindah" in page
    assert "Jalan Mawar 1" in page  # nothing that was typed is lost
    assert cases.of_resident(families[0].members[0].id) == []
    assert not cases.queue(states=list(State))


def test_the_desk_does_not_refuse_whom_only_the_centre_may_know(office, families, desk):
    numbers = {"nik": HASAN, "family_card_no": CARD_A}

    bride = at_desk(office, "kk-new", **numbers, head=RIZAL, **{"members-others": "9911120101990001"})
    recorded = at_desk(office, "statement", **numbers, person=RIZAL, about="RECORDED", purpose="Bank")

    assert (bride.status_code, recorded.status_code) == (302, 302)


@pytest.mark.scenario(11)
def test_scenario_11_the_office_refuses_it_too(office, families):
    card = office.apply("move-out", HASAN, CARD_A, **ALONE)

    page = office.approve(card)

    assert "N. H. (7 tahun)" in page
    assert cases.application(card.id).state == State.IN_REVIEW
    assert registry.resident(families[0].members[0].id).state == ResidentState.ACTIVE


@pytest.mark.scenario(11)
def test_scenario_11_who_moves_to_jember_keeps_the_ktp_and_who_stays_gets_a_kk(office, families, now):
    ours, _ = families
    old = issue_kk.issue_kk(document_id=new_id(now), family_id=ours.id, actor=HEAD, now=now)
    card = office.apply("move-out", RIZAL, CARD_A, members=RIZAL, **JEMBER)

    letter, family_card = office.decide(card)

    assert letter.status == DocumentStatus.ACTIVE
    assert documents.document(old.id).superseded_by == family_card.id
    assert registry.resident(ours.members[2].id).state == ResidentState.MOVED
    assert registry.family(ours.id).family_card_no == CARD_A
    assert "KTP-el tetap Anda pegang" in office.client.get("/ajukan/move-out/").content.decode()
    assert not Event.objects.filter(name__startswith="cards.").exists()


@pytest.mark.scenario(11)
def test_scenario_11_a_family_that_leaves_as_a_whole_leaves_no_valid_kk_behind(office, families, now):
    ours, _ = families
    old = issue_kk.issue_kk(document_id=new_id(now), family_id=ours.id, actor=HEAD, now=now)
    everybody = f"{HASAN} {SITI} {RIZAL} {NUR}"

    (letter,) = office.decide(office.apply("move-out", HASAN, CARD_A, members=everybody, **JEMBER))

    assert documents.document(old.id).superseded_by == letter.id
    # The baby without a NIK cannot be named, and goes along.
    assert registry.resident(ours.members[4].id).state == ResidentState.MOVED


def test_a_move_letter_is_good_for_as_long_as_the_office_set(office, families, now, settings):
    settings.ENV = replace(settings.ENV, move_letter_days=14)
    card = office.apply("move-out", RIZAL, CARD_A, members=RIZAL, **JEMBER)

    letter, _ = approve_application.rehearse(card, actor=VERIFIER, now=now).papers

    assert letter.content["valid_until"] == "7 Desember 2026"


@pytest.mark.scenario(12)
def test_scenario_12_names_as_they_are_survive_every_paper(office, families):
    _, theirs = families
    office.decide(office.apply("kk-join", HASAN, CARD_A, members=RIZAL, host_card_no=CARD_B), **{"Ahmad Rizal": "9"})

    names = [one["name"] for one in registry.family_card_content(theirs.id)["members"]]
    assert names == ["H. SUHARTO", "DEWI MA'RIFAH", "AHMAD RIZAL"]


def test_who_left_comes_back_and_newcomers_keep_their_niks(office, families):
    ours, _ = families
    office.decide(office.apply("move-out", RIZAL, CARD_A, members=RIZAL, **JEMBER))
    person = {f"people-0-{key}": value for key, value in ARRIVING.items()} | {"people-0-relation": "9"}
    arrival = {"letter_no": "1", "letter_on": "2026-11-20", "from_regency": "Jember"}

    office.decide(
        office.apply(
            "move-in", ARRIVING["nik"], CARD_A, members=RIZAL, family="JOIN", host_card_no=CARD_A, **arrival, **person
        ),
        **{"Ahmad Rizal": "4"},
    )

    newcomer = registry.resident_by_nik(ARRIVING["nik"])
    assert (newcomer.family_id, newcomer.full_name) == (ours.id, "Ahmad Zaini")
    assert registry.resident_by_nik(RIZAL).family_id == ours.id
    assert not broken()


REFUSED = [
    ("kk-new", {"head": "9911190101800099"}, "tidak ada dalam data kabupaten ini"),
    ("kk-split", {"head": DEWI}, "bukan anggota KK pada permohonan ini"),
    ("kk-join", {"members": RIZAL, "host_card_no": CARD_A}, "sudah terdaftar pada KK yang ditumpangi"),
    ("kk-join", {"members": RIZAL, "host_card_no": "9911190101150099"}, "Cocokkan nomornya"),
    ("kk-head", {"head": HASAN, "why": "-"}, "sudah kepala keluarga"),
    ("kk-split", {"head": NUR}, "belum boleh menjadi kepala keluarga"),
    ("statement", {"person": RIZAL, "about": "UNMARRIED", "purpose": "Kerja"}, "tidak benar bahwa Ahmad Rizal"),
    (
        "move-in",
        {"members": RIZAL, "family": "JOIN", "host_card_no": CARD_A, "letter_no": "1", "letter_on": "2026-11-20",
         "from_regency": "Jember"},
        "masih terdaftar di kabupaten ini",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "said", "words"), REFUSED)
def test_the_reviewer_is_told_what_is_wrong_before_anybody_signs(office, families, slug, said, words):
    card = office.apply(slug, HASAN, CARD_A, **said)

    page = office.approve(card, **{"Moh. Hasan Basri": "9", "Siti Aminah": "9", "Ahmad Rizal": "9", "Bayi Rahma": "9"})

    assert words in page
    assert cases.application(card.id).state == State.IN_REVIEW


TRACES = (Resident, Family, FamilyCardVersion, ElementChange, NumberRequest, FeedEntry, Issue, Event)


def test_a_rehearsal_leaves_no_trace(office, families, now):
    card = office.apply("move-out", HASAN, CARD_A, members=f"{HASAN} {RIZAL}", head=SITI, **JEMBER)
    (asked,) = deed_of(card.service.code).asks_office(card)
    before = [list(model.objects.order_by("pk").values()) for model in TRACES]

    for relations in (("1", "4", "4"), ("1", "3", "4")):
        told = {one: relation for (one, _), relation in zip(asked.options, relations, strict=True)}
        decided = replace(card, decision={asked.key: told})
        # The second says that a child is a wife: it is refused after most of the deed was done.
        with pytest.raises(NoSpouse) if "3" in relations else nullcontext():
            approve_application.rehearse(decided, actor=VERIFIER, now=now)

    assert [list(model.objects.order_by("pk").values()) for model in TRACES] == before
