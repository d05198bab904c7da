"""Residents fetch their own papers and forms; a code on a counter opens nothing."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache

from dekat.accounts import keyring
from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.catalogue import OLD_FORMS
from dekat.cases.states import Channel, State
from dekat.documents import feed
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents import services as document_commands
from dekat.documents.kinds import DocumentStatus, RevocationReason
from dekat.documents.models import Document
from dekat.flows import approve_application, carry_out, issue_kk, submit_application
from dekat.kernel.clock import iso
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.openings import queries as openings
from dekat.openings.states import Purpose
from dekat.registry.services import load_code_lists
from tests.make import cases as make_cases
from tests.make import printing as make_printing
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, VERIFIER, let_in
from tests.make.documents import make_workshop
from tests.make.paper import text_of
from tests.make.pictures import picture

pytestmark = pytest.mark.django_db
NIK, KK = "9911191703900001", "9911190101150001"
PAPER, FORM = "dokumen:1", "formulir:F-1.06"


@pytest.fixture(autouse=True)
def fresh_quota():
    cache.clear()


@pytest.fixture
def places():
    """A test with real commits begins with empty tables."""
    load_bundled()
    load_code_lists()


@pytest.fixture
def family(identity, now, tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    return make_registry.registered(now)


def asked(now, *, pictures=(), **changes):
    said = {"answers": {"element": "OCCUPATION", "new_value": "11"}, "kecamatan": "", "channel": Channel.PORTAL}
    numbers = {"resident_id": None, "family_id": None, "stated_nik": NIK, "stated_family_card_no": KK}
    draft = make_cases.draft(now, **{**said, **numbers, **changes})
    return submit_application.submit_from_home(draft=draft, pictures=pictures, node="centre", now=now)


def issued(now, **changes):
    card = asked(now, **{"pictures": [picture()], **changes})
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)
    approve_application.approve(application_id=card.id, said={}, actor=VERIFIER, now=now)
    return carry_out.carry_out(application_id=card.id, actor=HEAD, now=now)


def fetched(client, card, what=PAPER, **changes):
    numbers = {"nik": NIK, "family_card_no": KK, **changes}
    return client.post(f"/lacak/{card.code}/unduh/", {"pilih": what, **numbers})


def text(answer):
    return answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_applicant_fetches_the_signed_kk_and_has_it_from_then_on(places, family, now, client):
    card = issued(now)
    assert "Sama sahnya dengan yang dicetak di kecamatan" in text(client.get(f"/lacak/{card.code}"))

    answer = fetched(client, card)

    document = documents.document(card.papers[0].document_id)
    assert answer.content == documents.file_bytes(document.id)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="kartu-keluarga.pdf"'
    assert cases.application(card.id).state == State.COLLECTED
    assert document.fetched_at
    assert "sudah diunduh" in text(client.get(f"/lacak/{card.code}"))
    (event,) = ledger.events(names=["documents.document.fetched"], subject=f"document:{document.id}", limit=9)
    assert event.data == {"kind": "FAMILY_CARD"}
    # What the station reports of a sheet that it prints all the same changes nothing any more.
    case_commands.mark_printed(document_id=document.id, actor=HEAD, now=now)
    case_commands.mark_unprinted(document_id=document.id, actor=HEAD, now=now)
    assert cases.application(card.id).state == State.COLLECTED
    assert fetched(client, card).status_code == 200


def test_whoever_lacks_a_number_or_a_right_paper_gets_no_file(family, now, client):
    card = issued(now)
    page = f"/lacak/{card.code}/unduh/"

    wrong_nik, wrong_kk = fetched(client, card, nik="9911191703900002"), fetched(client, card, family_card_no=NIK)
    no_paper, no_form = fetched(client, card, "dokumen:2"), fetched(client, card, "formulir:F-2.01")
    unasked = client.get(f"{page}?nik={NIK}&family_card_no={KK}&pilih={PAPER}")

    refusals = {re.sub(r'value="\w+"', "", text(one)) for one in (wrong_nik, wrong_kk, no_paper, no_form)}
    assert len(refusals) == 1
    assert "tidak cocok dengan permohonan ini" in refusals.pop()
    assert unasked["Content-Type"].startswith("text/html")
    assert cases.application(card.id).state == State.ISSUED
    for _ in range(10):
        fetched(client, card, nik="9911191703900002", REMOTE_ADDR="192.0.2.1")
    assert "terlalu sering salah" in text(fetched(client, card))


def test_what_no_longer_holds_says_so_instead(family, now, client):
    card = issued(now)
    first = card.papers[0].document_id

    newer = issue_kk.issue_kk(document_id=new_id(now), family_id=family.id, actor=HEAD, now=now)
    assert documents.document(first).status == DocumentStatus.SUPERSEDED
    assert "sudah diganti dengan yang lebih baru" in text(fetched(client, card))
    Document.objects.filter(id=newer.id).delete()
    Document.objects.filter(id=first).update(status=DocumentStatus.ACTIVE, superseded_by=None)
    document_commands.revoke(document_id=first, reason=RevocationReason.WRONG_CONTENT, actor=HEAD, now=now)
    assert "sudah dicabut" in text(fetched(client, card))


def test_two_numbers_from_home_without_any_proof_open_no_paper(family, now, client):
    card = issued(now, pictures=[])

    assert "petugas perlu melihat KTP-el Anda" in text(client.get(f"/lacak/{card.code}/unduh/"))
    assert fetched(client, card).status_code == 400
    form = text_of(fetched(client, card, FORM).content)
    assert NIK in form
    assert "HASAN" not in form


@pytest.mark.django_db(transaction=True)
def test_officers_get_the_form_with_what_the_register_knows(places, family, now, client):
    card = asked(now, pictures=())
    let_in(client, Role.VERIFIER, now=now)

    form = client.get(f"/kantor/permohonan/{card.id}/formulir/F-1.06.pdf")

    assert "HASAN" in text_of(form.content)
    assert "NELAYAN/PERIKANAN" in text_of(form.content)
    assert {act.purpose for act in openings.acts_on(f"application:{card.id}")} == {Purpose.APPLICATION}
    assert "Formulir F-1.06 terisi (PDF)" in text(client.get(f"/kantor/permohonan/{card.id}/"))
    assert client.get(f"/kantor/permohonan/{card.id}/formulir/F-2.01.pdf").status_code >= 400


def test_the_desk_prints_the_form_and_sees_what_residents_have_already(
    identity, now, client, settings, monkeypatch, tmp_path
):
    monkeypatch.setattr(keyring, "is_locked", lambda: False)
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    settings.ROOT_URLCONF, settings.IS_STATION = "dekat.project.urls_station", True
    settings.ENV = replace(settings.ENV, role="station", kecamatan="35.11.15")
    card = asked(now, pictures=(), channel=Channel.STATION)
    held = make_printing.held_document(now)
    let_in(client, Role.OPERATOR, now=now, kecamatan="35.11.15")

    receipt = text(client.get(f"/permohonan/bukti/{card.id}/"))
    form = client.get(f"/permohonan/bukti/{card.id}/F-1.06.pdf")
    assert "Sudah diunduh warga" not in text(client.get("/cetak/"))
    news = {"id": str(held), "fetched_at": iso(now)}
    feed.apply_fetched(item_id=held, node="centre", body=news, now=now)

    assert "Formulir F-1.06 terisi (PDF)" in receipt
    assert NIK in text_of(form.content)
    assert "Sudah diunduh warga" in text(client.get("/cetak/"))
    assert "Cetak juga" in text(client.get("/cetak/"))


def test_a_form_by_hand_is_ticked_and_says_nothing_of_anybody(family, client):
    form = text_of(client.get("/formulir/biodata/F-1.01.pdf").content)

    assert "Anggota 3" in form
    assert "HASAN" not in form
    assert "2026" not in form.split("Pemohon")[-1]


def test_every_old_number_leads_to_the_form_that_took_its_place(identity, client):
    for old, new in OLD_FORMS.items():
        assert f"Formulir {old} sudah diganti {new}" in text(client.get("/formulir/", {"nomor": old.lower()}))

    assert "tidak ada di daftar kami" in text(client.get("/formulir/", {"nomor": "F-9.99"}))
    assert "/formulir/" in text(client.get("/ajukan/"))
