"""Scenario 17 on the screen: an instruction is opened, read, asked about and answered, in sight of everybody."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.duties import queries, services
from dekat.faces.clock import now as clock
from dekat.sync import services as sync
from tests.make.browser import axe_violations, browser, fits, keep_picture
from tests.make.browser import log_in as give_session
from tests.make.evidence import START
from tests.make.instructions import CAMAT, HEAD, QUIZ, TEXT, body_for, deliver, mp4, picture, publish
from tests.make.office import enter
from tests.make.station import log_in, officer, play_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (390, 844)]
BODY = """\
## Merekam KTP-el dari awal sampai tersegel

1. Cari warga dengan NIK atau nama, lalu **bacakan datanya**.
2. Foto dengan latar **merah** untuk tahun lahir ganjil dan **biru** untuk tahun lahir genap.
3. Nyalakan alat dan tunggu lampu hijau.

![Lampu hijau di sisi kanan alat](gambar-1)

| Lampu | Artinya |
| --- | --- |
| hijau | siap |
| merah | cabut, tunggu satu menit |
"""


class Watch:
    """What a careful eye notes on every page."""

    def __init__(self, page) -> None:
        self.page, self.faults = page, []
        page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))

    def look(self, name: str) -> None:
        self.faults.extend(f"{name}: {fault}" for fault in axe_violations(self.page))
        if not fits(self.page):
            self.faults.append(f"{name}: scrolls sideways")
        keep_picture(self.page, f"{name}-{self.page.viewport_size['width']}", is_whole=True)


@pytest.fixture
def instruction(identity, now):
    """An instruction in its second version, with a picture and a video that has come."""
    passwords._slips.clear()
    load_bundled()
    text = replace(TEXT, title="Merekam KTP-el dari awal sampai tersegel", body=BODY, legal_basis="Permenpan 35/2012")
    publish(clock(), replace(text, body=BODY.replace("lampu hijau", "lampu menyala")))
    for raw, is_video, words in ((picture(), False, "Lampu hijau di sisi kanan alat"), (mp4(20), True, "Menyalakan")):
        services.attach_file(
            instruction_id="P-1", raw=raw, is_video=is_video, words=words, actor=HEAD, now=clock()
        )  # fmt: skip
    quiz = (*QUIZ, replace(QUIZ[0], text="Lampu merah menyala. Lalu?", choices=("Cabut, tunggu", "Teruskan"), right=0))
    change = "Lampu yang ditunggu sekarang hijau."
    return publish(clock(), replace(text, questions=quiz, change=change))


@pytest.mark.parametrize("screen", SCREENS)
def test_17_the_station_reads_acknowledges_and_asks(
    instruction, client, now, settings, monkeypatch, live_server, screen
):
    play_station(settings, monkeypatch)
    monkeypatch.setattr(sync, "send_message", lambda **values: None)
    deliver(instruction, clock())
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    with browser(width=screen[0], height=screen[1]) as context:
        log_in(client)
        give_session(context, address=live_server.url, client=client)
        page = context.new_page()
        watch = Watch(page)

        page.goto(f"{live_server.url}/petunjuk/")
        watch.look("petunjuk-daftar")
        page.get_by_role("link", name="Merekam KTP-el").click()
        watch.look("petunjuk-baca")
        for name in ("q0", "q1"):
            page.locator(f"input[name={name}]").first.check()
        page.get_by_role("button", name="Saya mengerti petunjuk ini").click()
        expect(page.get_by_text("Jawaban benar 1 dari 2")).to_be_visible()
        watch.look("petunjuk-salah")
        page.locator("input[name=q0]").nth(1).check()
        page.get_by_role("button", name="Saya mengerti petunjuk ini").click()
        expect(page.get_by_text("Nilai 100")).to_be_visible()

        client.logout()
        log_in(client, "camat")
        give_session(context, address=live_server.url, client=client)
        page.goto(f"{live_server.url}/petunjuk/P-1/")
        expect(page.get_by_text("Pertanyaan ujian hanya untuk operator")).to_be_visible()
        watch.look("petunjuk-camat")
        page.get_by_label("Apa yang belum jelas?").fill("Lampunya tidak menyala sama sekali. Apa yang dilakukan?")
        page.get_by_role("button", name="Kirim pertanyaan").click()
        expect(page.get_by_text("Tenggat jawaban")).to_be_visible()
        watch.look("petunjuk-tanya")
        page.goto(f"{live_server.url}/petunjuk/P-1/versi/1/")
        watch.look("petunjuk-versi")
        page.goto(f"{live_server.url}/petunjuk/P-1/")
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Saya mengerti petunjuk ini")).not_to_be_visible()
        keep_picture(page, f"petunjuk-kertas-{screen[0]}", is_whole=True)
        assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2

    [receipt] = queries.receipts("P-1")
    assert (receipt.lacking, receipt.operators_done) == (("DISTRICT_HEAD",), 0)
    assert watch.faults == []


@pytest.mark.parametrize("screen", SCREENS)
def test_17_the_office_answers_and_everybody_sees_who_has_not_read_what(
    instruction, client, now, monkeypatch, live_server, screen
):
    monkeypatch.setattr(sync, "send_message", lambda **values: None)
    deliver(body_for(), clock())
    question = uuid4()
    services.ask(question_id=question, instruction_id="P-1", text="Lampunya mati?", actor=CAMAT, now=START)
    everywhere = ["35.11.12", "35.11.15", "35.11.19", "35.11.02"]
    publish(clock(), replace(TEXT, title="Mencetak KK", kinds=["KK_PRINTER"], kecamatan=everywhere), name="P-2")
    with browser(width=screen[0], height=screen[1]) as context:
        give_session(context, address=live_server.url, client=enter(client, Role.REGISTRY_HEAD, now))
        page = context.new_page()
        watch = Watch(page)
        for name, address in (
            ("kantor-daftar", "/kantor/petunjuk/"),
            ("kantor-tulis", f"/kantor/petunjuk/P-1/ubah?tanya={question}"),
            ("kantor-satu", "/kantor/petunjuk/P-1/"),
            ("kantor-pratinjau", "/kantor/petunjuk/P-1/pratinjau"),
            ("kantor-banding", "/kantor/petunjuk/P-1/banding"),
            ("kantor-terbit", "/kantor/petunjuk/P-1/terbit"),
            ("kantor-cabut", "/kantor/petunjuk/P-1/cabut"),
            ("kantor-tanya", f"/kantor/petunjuk/tanya/{question}/"),
            ("pengawasan-petunjuk", "/pengawasan/petunjuk/"),
            ("pengawasan-sel", "/pengawasan/petunjuk/P-1/35.11.19/"),
            ("pengawasan-versi", "/pengawasan/petunjuk/P-1/versi/2/"),
        ):
            page.goto(f"{live_server.url}{address}")
            watch.look(name)
        page.goto(f"{live_server.url}/kantor/petunjuk/tanya/{question}/")
        page.get_by_label("Jawaban").fill("Cabut kabelnya, tunggu satu menit, pasang lagi.")
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_text("Giliran kembali ke kecamatan")).to_be_visible()
        watch.look("kantor-dijawab")
        page.get_by_label("Pertanyaan, tanpa nama").fill("Bila lampu tidak menyala?")
        page.get_by_role("button", name="Terbitkan tanya jawab").click()
        page.goto(f"{live_server.url}/pengawasan/petunjuk/tanya-jawab/")
        expect(page.get_by_text("Bila lampu tidak menyala?")).to_be_visible()
        watch.look("pengawasan-tanya-jawab")

    assert queries.questions(is_open=True) == []
    assert get_user_model().objects.count() == 1
    assert watch.faults == []
