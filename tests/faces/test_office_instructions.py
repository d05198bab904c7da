"""Instructions in the office: written with a quiz and files, counted before they go, compared, withdrawn; questions."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.duties import queries, services
from dekat.duties.models import InstructionVersion
from dekat.faces.clock import now as clock
from dekat.sync import services as sync
from tests.make.evidence import KEC, START
from tests.make.instructions import CAMAT, HEAD, OPERATOR, TEXT, acknowledge, deliver, mp4, picture, publish
from tests.make.office import enter, written

pytestmark = pytest.mark.django_db
HOME = "/kantor/petunjuk/"


@pytest.fixture
def head(identity, client, now):
    """The head of the office at the desk."""
    load_bundled()
    return enter(client, Role.REGISTRY_HEAD, now)


@pytest.fixture
def asked(head, now, monkeypatch):
    """A question of the camat."""
    monkeypatch.setattr(sync, "send_message", lambda **values: None)
    question = uuid4()
    services.ask(question_id=question, instruction_id="", text="Bagaimana bila lampu mati?", actor=CAMAT, now=START)
    return question


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def save(head, **more):
    answer = head.post(f"{HOME}baru", written(**more))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_it_is_written_counted_and_published(head):
    address = save(head)
    shown, counted = page(head, address), page(head, f"{address}terbit")
    head.post(f"{address}terbit")

    [card] = queries.instructions()
    assert card.published_at and card.questions[0].right == 0 and (card.kinds, card.task) == (("RECORDER",), "RECORD")
    assert "<script>x" not in shown
    assert "Operator belum ada di 1 kecamatan" in counted and "Stasiun belum terdaftar" in counted
    assert "belum" in page(head, address)
    assert head.get(HOME).status_code == head.get("/kantor/alat/?cari=iris").status_code == 200


def test_the_preview_keeps_what_was_typed_and_saves_nothing(head):
    shown = head.post(f"{HOME}baru", written(press="look")).content.decode()

    assert "Pratinjau" in shown and "<h3>Langkah</h3>" in shown
    assert queries.instructions() == []


def test_room_for_another_question_judges_nothing(head):
    shown = head.post(f"{HOME}baru", written(press="more", title="")).content.decode()

    assert "Ada yang perlu dibetulkan" not in shown
    assert 'name="quiz-1-text"' in shown and 'value="Benar?"' in shown


@pytest.mark.parametrize(
    "wrong", [{"quiz-0-right": ""}, {"quiz-0-right": "c"}, {"quiz-0-b": ""}, {"quiz-0-text": ""}, {"kecamatan": []}]
)
def test_what_is_not_complete_is_said_at_its_field(head, wrong):
    shown = head.post(f"{HOME}baru", written(**wrong)).content.decode()

    assert "Perlu dibetulkan" in shown
    assert queries.instructions() == []


def test_pictures_and_the_video_are_shown_where_the_text_names_them(head):
    address = save(head, body="Lihat ![](gambar-1) dahulu.")
    for name, raw, kind in (("a.png", picture(), "image/png"), ("b.mp4", mp4(20), "video/mp4")):
        file = SimpleUploadedFile(name, raw, kind)
        head.post(f"{address}berkas", {"file": file, "words": "Lampu hijau menyala"})

    shown = page(head, f"{address}pratinjau")
    [one, video] = queries.instructions()[0].files
    assert f'src="/petunjuk/berkas/{one.sha256}" alt="" loading="lazy"' in shown or one.sha256 in shown
    assert "Video 20 detik: Lampu hijau menyala" in shown
    answer = head.get(f"/petunjuk/berkas/{video.sha256}", headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert head.get(f"/petunjuk/berkas/{'0' * 64}").status_code == 404


def test_bytes_that_are_no_file_of_an_instruction_are_not_given(head):
    secret = sync.publish_blob(b"%PDF somebody's family card")

    assert head.get(f"/petunjuk/berkas/{secret}").status_code == 404


def test_a_file_that_is_none_is_refused_in_words(head):
    address = save(head)

    file = SimpleUploadedFile("a.png", b"<svg/>", "image/png")
    answer = head.post(f"{address}berkas", {"file": file, "words": "Apa"}, follow=True)

    assert "bukan gambar JPEG atau PNG" in answer.content.decode()


def test_two_versions_stand_side_by_side(head):
    address = save(head)
    head.post(f"{address}terbit")
    head.post(f"{address}ubah", written(body="## Langkah\n\n1. Temukan", change="Kata cari diganti temukan."))

    shown = page(head, f"{address}banding")
    assert "<del>Cari</del>" in shown and "<ins>Temukan</ins>" in shown
    head.post(f"{address}terbit")
    assert "Kata cari diganti temukan." in page(head, f"{address}versi/2/")
    assert "Cari" in page(head, f"{address}versi/1/")


def test_it_is_withdrawn_with_a_reason(head):
    address = save(head)
    head.post(f"{address}terbit")

    head.post(f"{address}cabut", {"why": "Aturan pusat berubah."})

    assert "Aturan pusat berubah." in page(head, address)
    assert queries.issued() == [] and len(queries.issued(also_withdrawn=True)) == 1
    assert "dicabut" in page(head, f"/pengawasan/petunjuk/?petunjuk={queries.instructions()[0].id}")


def test_a_question_is_overdue_in_working_hours_and_answered(head, asked):
    waiting = page(head, HOME)
    assert "lewat" in waiting and "Bagaimana bila lampu mati?" in waiting

    head.post(f"{HOME}jawab/{asked}", {"text": "Pakai lampu kedua."})
    head.post(f"{HOME}tanya/{asked}/umum", {"asked": "Bila lampu mati?", "answer": "Pakai lampu kedua."})

    head.logout()
    public = page(head, "/pengawasan/petunjuk/tanya-jawab/")
    assert "Pakai lampu kedua." in public and "Bagaimana bila" not in public


def test_a_question_becomes_a_version(head, asked):
    assert str(asked) in page(head, f"{HOME}baru?tanya={asked}")

    address = save(head, answers=[str(asked)])
    head.post(f"{address}terbit")

    [card] = queries.questions()
    assert card.answered_at and "versi 1" in card.answer


@pytest.fixture
def read(head, now):
    """One instruction that only the operator of KEC acknowledged; one that has not come."""
    deliver(publish(now), now)
    services.note_shown(instruction_id="P-1", actor=OPERATOR, now=now)
    acknowledge(OPERATOR, now)
    publish(now, services.Text("=Cetak", "Isi", (), ["KK_PRINTER"], [KEC, "35.11.12"]), name="P-2")
    head.logout()
    return head


def test_anybody_sees_who_has_not_read_what_and_never_a_name(read):
    shown = page(read, "/pengawasan/petunjuk/")

    assert "belum: Camat" in shown and "belum sampai" in shown and "tidak dituju" in shown
    assert "account:" not in shown and "Contoh Orang" not in shown


def test_the_matrix_is_filtered_by_kecamatan_instruction_and_what_is_lacking(read):
    camat = page(read, "/pengawasan/petunjuk/?belum=DISTRICT_HEAD&petunjuk=P-1")
    assert "belum: Camat" in camat and "/P-2/" not in camat

    assert f"/P-1/{KEC}/" not in page(read, "/pengawasan/petunjuk/?belum=DELIVERY")
    assert f"/{KEC}/" not in page(read, "/pengawasan/petunjuk/?kecamatan=35.11.12")
    assert page(read, "/pengawasan/petunjuk/?kecamatan=99.99.99&belum=XX")


def test_each_cell_leads_to_its_events(read):
    shown = page(read, f"/pengawasan/petunjuk/P-1/{KEC}/")

    for words in ("Petunjuk diterbitkan", "sampai di stasiun", "dibuka di layar", "dinyatakan dimengerti"):
        assert words in shown
    assert shown.count("/pengawasan/catatan/") >= 4
    assert "account:" not in shown


def test_an_instruction_of_an_imported_history_has_no_text_to_lead_to(read, now):
    InstructionVersion.objects.all().delete()

    shown = page(read, f"/pengawasan/petunjuk/P-1/{KEC}/")

    assert "/versi/" not in shown and "hanya memuat sidiknya" in shown


def test_the_table_is_taken_away(read):
    lines = read.get("/pengawasan/petunjuk/tabel.csv").content.decode("utf-8-sig").splitlines()
    sheet = load_workbook(BytesIO(read.get("/pengawasan/petunjuk/tabel.xlsx").content)).active

    assert len(lines) == sheet.max_row == 4
    assert "'=Cetak" in lines[2] + lines[1] + lines[3]
    assert read.get("/pengawasan/petunjuk/tabel.pdf").status_code == 404


def test_the_text_of_a_version_is_for_whoever_oversees_beside_its_hash(read, now):
    address = "/pengawasan/petunjuk/P-1/versi/1/"
    assert read.get(address).status_code == 302

    shown = page(enter(read, Role.PARLIAMENT, now), address)

    assert "1. Cari" in TEXT.body and "Cari" in shown
    assert "sama dengan catatan saat terbit" in shown and "tidak sama" not in shown


def test_only_the_head_publishes_and_withdraws(head, now):
    address = save(head)
    verifier = enter(head, Role.VERIFIER, now)

    for verb in ("terbit", "cabut"):
        assert verifier.post(f"{address}{verb}", {"why": "x"}).status_code in (302, 403)
    assert queries.instructions()[0].published_at is None
    assert clock() > START and HEAD.office == "DISPENDUKCAPIL"
