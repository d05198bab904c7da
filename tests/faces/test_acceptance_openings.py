"""Acceptance scenario 14 through the pages: the office finds and opens with a purpose, the resident reads who did."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from dekat.accounts.roles import Role
from dekat.areas import queries as areas
from dekat.areas.services import load_bundled
from dekat.cases.states import Channel
from dekat.documents import ports as document_ports
from dekat.kernel.ids import new_code, new_id
from dekat.ledger import queries as ledger
from dekat.openings import queries as openings
from dekat.openings.models import Opening
from dekat.openings.states import Outcome, Purpose
from dekat.registry import services as registry
from dekat.registry.life.events import Birth, Death
from dekat.registry.life.writing import record_event
from dekat.registry.states import Element
from tests.make import cards as make_cards
from tests.make import cases as make_cases
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, let_in
from tests.make.competence import let_record
from tests.make.documents import issue_family_card, make_workshop
from tests.make.paper import text_of
from tests.make.station import play_station

pytestmark = pytest.mark.django_db
HOME, AWAY = "35.11.19", "35.11.15"
NIK, KK = "9911191703900001", "9911190101150001"
FULL_NUMBER = re.compile(r"\b99\d{14}\b|\b99\d\d(?: \d{4}){3}\b")


@pytest.fixture(autouse=True)
def fresh_quota():
    cache.clear()


@pytest.fixture
def family(identity, now):
    load_bundled()
    return make_registry.registered(now)


@pytest.fixture
def man(family):
    return family.members[0].id


@pytest.fixture
def changed(family, now):
    """The wife's occupation changed by an application, so her family's card has two versions."""
    wife = family.members[1].id
    card = make_cases.submitted(now, resident_id=wife, family_id=family.id)
    facts = {"resident_id": wife, "element": Element.OCCUPATION, "value": "PETANI/PEKEBUN", "actor": HEAD}
    registry.change_element(application_id=card.id, **facts, now=now)
    return card


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def office(role, now):
    client = Client()
    let_in(client, role, now=now)
    return client


def at_station(settings, monkeypatch, now, kecamatan):
    """An operator of a kecamatan at their own station."""
    play_station(settings, monkeypatch)
    settings.ENV = replace(settings.ENV, role="station", kecamatan=kecamatan)
    client = Client()
    let_in(client, Role.OPERATOR, now=now, kecamatan=kecamatan)
    let_record(client.session["_auth_user_id"], kecamatan=kecamatan, now=now)
    return client


def at_centre(settings):
    settings.IS_STATION, settings.ROOT_URLCONF = False, "dekat.project.urls_centre"


def said(purpose="COUNTER", note="", **more):
    return {"purpose": purpose, "note": note, **more}


@pytest.mark.scenario(14)
def test_acceptance_14_the_resident_reads_who_opened_their_data_and_who_tried_without_a_purpose(
    man, now, settings, monkeypatch
):
    recording = make_national.taken_in(now, resident_id=man, kecamatan=HOME)
    code = make_national.queries.submission(recording).tracking_code
    page = f"/kantor/cari/orang/{man}/"

    # An operator of another kecamatan: at the office's page, and at the station with somebody who lives elsewhere.
    stranger = Client()
    let_in(stranger, Role.OPERATOR, now=now, kecamatan="35.11.02")
    assert stranger.post(page, said()).status_code == 403
    counter = at_station(settings, monkeypatch, now, AWAY)
    refused = counter.post(f"/rekam/mulai/{man}/")
    assert refused.status_code == 403 and "Percobaan ini dicatat" in text(refused)
    at_centre(settings)
    assert {act.actor.kecamatan for act in openings.refused_acts()} == {AWAY, "35.11.02"}
    assert len(ledger.events(names=["openings.record.refused"])) == 2

    # A verifier opens with a purpose; the record is there before the page is.
    verifier = office(Role.VERIFIER, now)
    assert not FULL_NUMBER.search(text(verifier.get(page)))
    answer = verifier.post(page, said("AUTHORITY", "Surat 17"))
    assert Opening.objects.filter(outcome=Outcome.GRANTED, resident_id=man, purpose=Purpose.AUTHORITY).exists()
    shown = text(verifier.get(answer.url))
    assert NIK in shown and "Permintaan resmi" in shown and "Contoh OPERATOR" not in shown
    newest = text(office(Role.REGISTRY_HEAD, now).get("/kantor/cari/pembukaan/"))
    assert "Contoh OPERATOR" in newest and "Contoh VERIFIER" in newest

    # The resident reads offices, roles, purposes and times; no name, no number.
    mine = text(Client().post("/siapa-membuka/", {"nik": NIK, "family_card_no": KK, "code": code}))
    assert "Dispendukcapil, Verifikator" in mine and "Permintaan resmi pengadilan atau kepolisian" in mine
    assert mine.count("Dicoba, ditolak") == 2 and f"Kecamatan {areas.display_name(AWAY, now.date())}, Operator" in mine
    assert not FULL_NUMBER.search(mine)
    assert not re.search("Contoh (VERIFIER|OPERATOR)|Surat 17|Hasan", mine)


def test_one_field_finds_people_families_and_papers_masked(man, changed, now, tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    paper = issue_family_card(now, subject=f"family:{changed.family_id}", kecamatan=HOME)
    verifier = office(Role.VERIFIER, now)

    def found(q):
        return text(verifier.post("/kantor/cari/", {"q": q}, headers={"HX-Request": "true"}))

    for typed in (NIK, "mohamad hasan basri", "Hasan Basry"):
        assert str(man) in found(typed), typed
    for typed in (KK, "mohamad hasan basri", "dusun krajan"):
        assert f"/kantor/cari/keluarga/{changed.family_id}/" in found(typed), typed
    assert f"/kantor/cari/dokumen/{paper.id}/" in found(paper.serial)
    assert f"/kantor/permohonan/{changed.id}/" in found(changed.code)
    everything = found(KK)
    assert "N. H." in everything and "Nur Halimah" not in everything and "991119******0001" in everything
    assert not FULL_NUMBER.search(everything)
    assert Opening.objects.count() == 0


def test_a_purpose_opens_one_thing_for_a_while_and_lainnya_needs_words(man, now, monkeypatch):
    verifier, page = office(Role.VERIFIER, now), f"/kantor/cari/orang/{man}/"

    assert "Tulis untuk apa data ini dibuka" in text(verifier.post(page, said("OTHER")))
    assert verifier.post(page, said("RECORDING")).status_code == 200
    assert Opening.objects.count() == 0
    verifier.post(page, said("OTHER", "Undangan rapat"))
    assert "Undangan rapat" in text(verifier.get(page))
    assert "Untuk keperluan apa?" in text(office(Role.REGISTRY_HEAD, now).get(page))
    Opening.objects.update(opened_at=Opening.objects.get().opened_at - timedelta(minutes=16))
    assert "Untuk keperluan apa?" in text(verifier.get(page))


def test_the_pages_tell_every_change_every_version_and_every_paper(family, changed, now, tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    paper = issue_family_card(now, subject=f"family:{family.id}", kecamatan=HOME)
    verifier = office(Role.VERIFIER, now)
    wife, spaced = family.members[1].id, f"{changed.code[:5]}-{changed.code[5:]}"

    pages = {
        name: text(verifier.post(address, said(), follow=True))
        for name, address in {
            "person": f"/kantor/cari/orang/{wife}/",
            "family": f"/kantor/cari/keluarga/{family.id}/",
            "paper": f"/kantor/cari/dokumen/{paper.id}/",
        }.items()
    }

    for word in ("MENGURUS RUMAH TANGGA", "PETANI/PEKEBUN", spaced, "Kartu Keluarga, versi 1", "Data lengkap"):
        assert word in pages["person"], word
    for word in ("Versi 2: Perubahan data anggota", "MENGURUS RUMAH TANGGA", "PETANI/PEKEBUN", NIK, spaced):
        assert word in pages["family"], word
    assert "Berlaku" in pages["paper"] and str(family.id) in pages["paper"]
    assert verifier.get(f"/kantor/cari/dokumen/{paper.id}/berkas.pdf").content.startswith(b"%PDF")
    family_act, *_ = openings.acts_on(f"family:{family.id}")
    assert set(family_act.people) == {one.id for one in family.members}
    sheet = text_of(verifier.get(f"/kantor/cari/orang/{wife}/pembuka.pdf").content)
    assert "Siapa membuka data saya" in sheet and "Warga sendiri meminta" in sheet and "9911195204930001" not in sheet


def test_no_page_shows_a_whole_number_without_an_opening(family, man, changed, now, settings, monkeypatch, tmp_path):
    """Every page that could show a NIK, by the officer whose page it is."""
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    paper = issue_family_card(now, subject=f"family:{family.id}", kecamatan=HOME)
    _, (card,) = make_cards.sent_batch(now, 1, HOME, residents=[man])
    desk = {
        f"/kantor/cari/orang/{man}/": man,
        f"/kantor/cari/keluarga/{family.id}/": man,
        f"/kantor/cari/dokumen/{paper.id}/": man,
        f"/kantor/cari/dokumen/{paper.id}/berkas.pdf": man,
        f"/kantor/cari/orang/{man}/pembuka.pdf": man,
        f"/kantor/permohonan/{changed.id}/": changed.resident_id,
        f"/kantor/kartu/{card}/muka.pdf": man,
    }
    verifier = office(Role.VERIFIER, now)

    for address in ("/kantor/", "/kantor/permohonan/", "/kantor/kartu/", "/kantor/rekaman/", "/kantor/cari/"):
        assert not FULL_NUMBER.search(text(verifier.get(address))), address
    for address, whose in desk.items():
        answer = verifier.get(address)
        shows = answer["Content-Type"] == "application/pdf" or FULL_NUMBER.search(text(answer))
        assert not shows or Opening.objects.filter(resident_id=whose, outcome=Outcome.GRANTED).exists(), address
        Opening.objects.all().delete()

    counter = at_station(settings, monkeypatch, now, HOME)
    for address in ("/", "/rekam/cari", "/serah/", "/cetak/", "/antrean/"):
        assert not FULL_NUMBER.search(text(counter.get(address))), address
    assert not FULL_NUMBER.search(text(counter.post("/rekam/cari", {"q": NIK}, headers={"HX-Request": "true"})))
    biodata = text(counter.post(f"/rekam/mulai/{man}/", follow=True))
    [act] = openings.acts_about([man])
    assert FULL_NUMBER.search(biodata) and act.purpose is Purpose.RECORDING
    assert counter.get(f"/cetak/dokumen/{paper.id}.pdf").status_code == 200
    assert {act.purpose for act in openings.acts_about([man])} == {Purpose.RECORDING, Purpose.PRINTING}


def test_what_does_not_fit_is_answered_alike_and_a_code_from_home_proves_nothing(family, now):
    facts = {"resident_id": family.members[0].id, "family_id": family.id}
    from_home = make_cases.submitted(now, **facts).code
    at_desk = make_cases.submitted(now, channel=Channel.STATION, **facts).code
    others = make_cases.submitted(now, channel=Channel.STATION).code

    def answer(**changes):
        client = Client()
        page = client.post("/siapa-membuka/", {"nik": NIK, "family_card_no": KK, "code": at_desk, **changes})
        return re.sub(r'value="[^"]*"', "", text(page))

    wrong = [
        answer(nik="9911191703900099"),
        answer(family_card_no="9911190101150099"),
        answer(code=new_code()),
        answer(code=others),
        answer(code=from_home),
    ]

    assert "Yang membuka data Anda" in answer()
    assert len(set(wrong)) == 1 and "Ketiganya tidak cocok" in wrong[0]


def test_who_guesses_is_told_to_wait(family, now):
    client = Client()
    for _ in range(20):
        client.post("/siapa-membuka/", {"nik": NIK, "family_card_no": KK, "code": new_code()})

    assert client.post("/siapa-membuka/", {"nik": NIK, "family_card_no": KK, "code": new_code()}).status_code == 429


def test_the_desk_needs_no_second_question_for_its_own_task(family, changed, now):
    verifier = office(Role.VERIFIER, now)

    for _ in range(2):
        verifier.get(f"/kantor/permohonan/{changed.id}/")

    [act] = openings.acts_on(f"application:{changed.id}")
    assert (act.purpose, set(act.people)) == (Purpose.APPLICATION, {one.id for one in family.members})


def test_who_left_a_family_reads_that_its_card_was_opened(family, changed, now):
    event = Death(changed.resident_id)
    record_event(event=event, application_id=new_id(now), actor=HEAD, on=now.date(), now=now)

    office(Role.VERIFIER, now).post(f"/kantor/cari/keluarga/{family.id}/", said())

    assert len(openings.acts_about([changed.resident_id])) == 1


def test_a_newborn_has_its_life_event_and_the_family_a_new_version(family, now):
    baby = make_registry.child(now, full_name="Ahmad Fauzi", born_on="2026-11-20")
    asked = make_cases.submitted(now, family_id=family.id, resident_id=family.members[0].id)
    facts = {"application_id": asked.id, "actor": HEAD, "on": now.date(), "now": now}
    record_event(event=Birth(child=baby, family_id=family.id), **facts)
    verifier = office(Role.VERIFIER, now)

    person = text(verifier.post(f"/kantor/cari/orang/{baby.id}/", said(), follow=True))
    whole = text(verifier.post(f"/kantor/cari/keluarga/{family.id}/", said(), follow=True))

    assert "Kelahiran" in person and f"{asked.code[:5]}-{asked.code[5:]}" in person
    assert "Versi 2: Kelahiran" in whole and "Anggota baru" in whole and "AHMAD FAUZI" in whole
