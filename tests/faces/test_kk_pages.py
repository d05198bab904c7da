"""The pages of a KK change, from a phone at home to the print desk, by everybody's own eyes."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.cache import cache

from dekat.accounts import keyring
from dekat.accounts.actor import machine
from dekat.accounts.queries import accounts_of
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.states import ReturnReason, State
from dekat.documents import ports as document_ports
from dekat.kernel.ids import spaced
from dekat.printing import queries as sheets
from dekat.printing.models import PrintJob
from dekat.printing.states import Doubt, PrintState
from tests.make import cases as make_cases
from tests.make import printing as make_printing
from tests.make import registry as make_registry
from tests.make.accounts import VERIFIER
from tests.make.documents import make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_quota():
    cache.clear()


@pytest.fixture
def family(identity, now):
    return make_registry.registered(now)


@pytest.fixture
def officer(identity, now, client):
    def log_in(role, kecamatan=""):
        username = role.lower()
        facts = {"full_name": f"Contoh {role}", "role": role, "kecamatan": kecamatan, "password": "x"}
        open_account(username=username, **facts, actor=machine("centre"), now=now)
        client.force_login(_user(username))
        return next(card for card in accounts_of() if card.username == username)

    return log_in


def _user(username):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=username)


@pytest.fixture
def station(settings, monkeypatch):
    monkeypatch.setattr(keyring, "is_locked", lambda: False)
    settings.ROOT_URLCONF = "dekat.project.urls_station"
    settings.IS_STATION = True
    settings.ENV = replace(settings.ENV, role="station", kecamatan="35.11.15")


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page).group(1)


def apply_from_home(client, **changes):
    page = client.get("/ajukan/occupation/").content.decode()
    said = {
        "application_id": hidden(page, "application_id"),
        "nik": "9911191703900001",
        "family_card_no": "9911190101150001",
        "new_value": "11",
        "phone": "",
        **changes,
    }
    return client.post("/ajukan/occupation/", said)


def test_the_first_page_opens_for_everybody(identity, client):
    page = client.get("/").content.decode()

    assert "Urus KTP dan KK di kecamatan sendiri" in page
    assert 'action="/lacak/"' in page


def test_an_application_from_home_leads_to_its_tracking_page(family, client):
    answer = apply_from_home(client)

    page = client.get(answer.url).content.decode()
    assert "Sedang diperiksa" in page
    assert "Hasan" not in page
    assert "9911191703900001" not in page


def test_wrong_numbers_and_right_ones_look_alike(family, client):
    right = client.get(apply_from_home(client).url).content.decode()
    wrong = client.get(apply_from_home(client, nik="9911191703900099").url).content.decode()

    def plain(page):
        return re.sub(r"[0-9A-Z]{5}-?[0-9A-Z]{5}|value=\"\S+\"", "", page)

    assert plain(right) == plain(wrong)


def test_a_second_click_changes_nothing(family, client):
    page = client.get("/ajukan/occupation/").content.decode()
    once = hidden(page, "application_id")

    first = apply_from_home(client, application_id=once)
    second = apply_from_home(client, application_id=once)

    assert first.url == second.url


def test_a_form_with_gaps_says_what_to_write(family, client):
    page = apply_from_home(client, nik="351", new_value="").content.decode()

    assert "Tulis ke-16 angkanya" in page


def test_a_mistyped_code_is_named_and_an_unknown_one_comforts(identity, client):
    assert "salah ketik" in client.get("/lacak/", {"kode": "AAAAA-AAAAB"}).content.decode()
    from dekat.kernel.ids import new_code

    answer = client.get(f"/lacak/{new_code()}")
    assert answer.status_code == 404
    assert "Datanya aman di kecamatan" in answer.content.decode()


def test_what_the_reviewer_wrote_is_what_the_resident_reads(family, now, client):
    card = make_cases.submitted(now)
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)
    case_commands.send_back(
        application_id=card.id,
        reason=ReturnReason.EVIDENCE_UNREADABLE,
        note="Foto ijazahnya buram, foto lagi.",
        actor=VERIFIER,
        now=now,
    )

    page = client.get(f"/lacak/{card.code}").content.decode()

    assert "Foto ijazahnya buram, foto lagi." in page
    assert "Giliran Anda" in page


def test_too_many_requests_are_told_to_wait(family, client):
    for _ in range(30):
        apply_from_home(client, nik="1")

    assert "Tunggu satu jam" in apply_from_home(client).content.decode()


def test_the_verifier_reviews_and_the_head_signs(family, now, client, officer, tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    code = apply_from_home(client).url.rsplit("/", 1)[1]
    card = cases.by_code(code)
    here = f"/kantor/permohonan/{card.id}/"

    officer(Role.VERIFIER)
    assert spaced(code) in client.get("/kantor/permohonan/").content.decode()
    client.post(f"{here}periksa/")
    page = client.get(here).content.decode()
    assert "PETANI/PEKEBUN" in page
    assert "NELAYAN/PERIKANAN" in page
    client.post(f"{here}setujui/")
    assert client.post(f"{here}tandatangani/").status_code == 403
    officer(Role.REGISTRY_HEAD)
    assert "Tandatangani dan terbitkan" in client.get(here).content.decode()


def test_what_the_head_tells_the_reviewer_stays_in_the_office(family, client, officer):
    code = apply_from_home(client).url.rsplit("/", 1)[1]
    here = f"/kantor/permohonan/{cases.by_code(code).id}/"
    officer(Role.VERIFIER)
    client.post(f"{here}periksa/")
    client.post(f"{here}setujui/")
    officer(Role.REGISTRY_HEAD)
    client.post(f"{here}periksa-lagi/", {"note": "Bandingkan lagi dengan ijazahnya."})

    client.force_login(_user(Role.VERIFIER.lower()))
    page = client.get(here).content.decode()
    assert "Bandingkan lagi dengan ijazahnya." in page
    assert "Contoh REGISTRY_HEAD" in page
    assert "Contoh VERIFIER" in client.get("/kantor/permohonan/").content.decode()
    client.logout()
    assert "ijazahnya" not in client.get(f"/lacak/{code}").content.decode()


def test_sending_back_without_words_keeps_the_page(family, now, client, officer):
    card = make_cases.submitted(now, resident_id=None, family_id=None)
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)
    officer(Role.VERIFIER)

    page = client.post(f"/kantor/permohonan/{card.id}/kembalikan/", {"reason": "EVIDENCE_MISSING", "note": ""})

    assert page.status_code == 200
    assert cases.application(card.id).state == State.IN_REVIEW


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PARLIAMENT, Role.INSPECTORATE])
def test_the_review_desk_is_closed_to_others(family, client, officer, role):
    officer(role, "35.11.15" if role == Role.OPERATOR else "")

    assert client.get("/kantor/permohonan/").status_code == 403


def test_the_print_desk_asks_a_person_before_it_counts_a_sheet(
    identity, now, client, officer, station, tmp_path, monkeypatch
):
    monkeypatch.setattr(document_ports, "_source", document_ports._source)
    make_printing.keep_documents_in(tmp_path)
    document = make_printing.held_document(now)
    officer(Role.OPERATOR, "35.11.15")

    page = client.get("/cetak/").content.decode()
    print_id = hidden(page, "print_id")
    client.post("/cetak/minta/", {"document_id": document, "print_id": print_id})
    client.post("/cetak/minta/", {"document_id": document, "print_id": print_id})
    PrintJob.objects.update(state=PrintState.OUT, printer_serial="PRN-15-01")
    assert "Periksa lembar ini" in client.get("/cetak/").content.decode()
    client.post(f"/cetak/{print_id}/baik/")
    refused = client.post(f"/cetak/{print_id}/serahkan/", {"collector": "SELF", "receiver_name": "Siti"})
    assert "Cocokkan dahulu" in refused.content.decode()
    client.post(
        f"/cetak/{print_id}/serahkan/", {"collector": "SELF", "receiver_name": "Siti Contoh", "is_checked": "on"}
    )

    assert [card.state for card in sheets.sheets_of(document)] == [PrintState.COLLECTED]


def test_the_print_desk_asks_how_many_sheets_came_and_what_came_late(
    identity, now, client, officer, station, tmp_path, monkeypatch
):
    monkeypatch.setattr(document_ports, "_source", document_ports._source)
    make_printing.keep_documents_in(tmp_path)
    document = make_printing.held_document(now, page_count=2)
    officer(Role.OPERATOR, "35.11.15")
    print_id = hidden(client.get("/cetak/").content.decode(), "print_id")
    client.post("/cetak/minta/", {"document_id": document, "print_id": print_id})
    PrintJob.objects.update(state=PrintState.ASK, doubt=Doubt.RESTARTED)

    asked = client.get("/cetak/").content.decode()
    client.post(f"/cetak/{print_id}/baki/", {"sheets": "1"})
    PrintJob.objects.update(late_at=now)
    late = client.get("/cetak/").content.decode()
    client.post(f"/cetak/{print_id}/susulan/", {"sheets": "1"})

    assert "Printer sempat mati" in asked
    assert "Seharusnya 2 lembar" in asked
    assert "Keluar belakangan" in late
    [sheet] = sheets.sheets_of(document)
    assert (sheet.state, sheet.spoiled_sheets, sheet.double_sheets) == (PrintState.SPOILED, 1, 1)
    assert "Terpotong atau tidak lengkap" in client.get("/cetak/").content.decode()


def test_a_paper_that_was_collected_is_printed_again_with_a_reason(
    identity, now, client, officer, station, tmp_path, monkeypatch
):
    monkeypatch.setattr(document_ports, "_source", document_ports._source)
    make_printing.keep_documents_in(tmp_path)
    document = make_printing.held_document(now)
    officer(Role.OPERATOR, "35.11.15")
    print_id = hidden(client.get("/cetak/").content.decode(), "print_id")
    client.post("/cetak/minta/", {"document_id": document, "print_id": print_id})
    PrintJob.objects.update(state=PrintState.COLLECTED, collected_at=now)

    page = client.get(f"/cetak/dokumen/{document}/lagi/").content.decode()
    client.post(f"/cetak/dokumen/{document}/lagi/", {"print_id": hidden(page, "print_id"), "reason": "LOST"})

    assert sorted(sheet.copy_reason for sheet in sheets.sheets_of(document)) == ["", "LOST"]


def test_the_print_desk_belongs_to_the_kecamatan(identity, client, officer, station):
    officer(Role.PARLIAMENT)

    assert client.get("/cetak/").status_code == 403


def test_an_application_at_the_desk_is_kept_and_sent_once(family, client, officer, station):
    from dekat.sync.queries import sealed_bytes

    officer(Role.OPERATOR, "35.11.15")
    page = client.get("/permohonan/occupation/").content.decode()
    said = {
        "application_id": hidden(page, "application_id"),
        "nik": "9911191703900001",
        "family_card_no": "9911190101150001",
        "new_value": "11",
        "has_seen_evidence": "on",
    }

    first = client.post("/permohonan/occupation/", said)
    second = client.post("/permohonan/occupation/", said)

    assert first.url == second.url
    assert "Permohonan tersimpan" in client.get(first.url).content.decode()
    assert sealed_bytes(UUID(said["application_id"]))
