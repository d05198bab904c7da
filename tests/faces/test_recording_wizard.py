"""The wizard from the search to the receipt, as a browser without JavaScript walks it."""

import base64
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.desk import queries as desk_queries
from dekat.desk.states import TicketState
from dekat.enrolment import queries
from dekat.enrolment.positions import Position
from dekat.enrolment.states import Step
from dekat.kernel.ids import new_id
from tests.make import registry
from tests.make.portraits import portrait, signature_png
from tests.make.recordings import STROKES, devices
from tests.make.station import PASSWORD, log_in, officer, play_station

pytestmark = pytest.mark.django_db
PNG = "data:image/png;base64," + base64.b64encode(signature_png()).decode()


@pytest.fixture
def desk(identity, now, settings, monkeypatch, client):
    """An operator logged in, a camat near by, one family in the register, devices made of code."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client)
    return Walk(client, registry.registered(now).members[0].id, devices())


class Walk:
    """One recording in the browser."""

    def __init__(self, client, resident_id, made) -> None:
        self.client, self.devices = client, made
        self.home = client.post(f"/rekam/mulai/{resident_id}/").url

    @property
    def view(self):
        return queries.recording_view(self.home.split("/")[2])

    def page(self) -> str:
        return self.client.get(self.home).content.decode()

    def step_id(self) -> str:
        return re.search(r'name="step_id" value="([0-9a-f-]{36})"', self.page())[1]

    def press(self, where: str, **values):
        return self.client.post(f"{self.home}{where}", {"step_id": self.step_id(), **values})

    def photograph(self, cloth: str = "BLUE"):
        return self.press("foto/", photo=SimpleUploadedFile("a.jpg", portrait(cloth), "image/jpeg"), camera="x")

    def to_fingers(self) -> None:
        self.press("data/")
        self.photograph()
        self.press("foto/setuju/")

    def to_summary(self) -> None:
        self.to_fingers()
        for slap in ("LEFT", "RIGHT", "THUMBS"):
            self.press("jari/", slap=slap)
        self.press("pindah/", to="INDEX_RECHECK")
        for index in ("LEFT_INDEX", "RIGHT_INDEX"):
            self.press("telunjuk/", position=index)
        self.press("pindah/", to="IRISES")
        self.press("iris/")
        self.press("pindah/", to="SIGNATURE")
        self.press("tanda-tangan/", strokes=json.dumps(STROKES), png=PNG)

    def excuse(self, *positions: str, username: str = "camat", password: str = PASSWORD, reason: str = "MISSING"):
        said = {"positions": positions, "reason": reason, "state": "NOT_COLLECTABLE", "is_permanent": "1"}
        return self.press("pengecualian/", **said, username=username, password=password)


def test_a_whole_recording_ends_with_a_receipt(desk):
    desk.to_summary()
    assert desk.view.step == Step.SUMMARY

    answer = desk.press("segel/", is_confirmed="1", password=PASSWORD)
    receipt = desk.client.get(answer.url).content.decode()

    assert answer.url.endswith("/bukti/")
    assert "GRATIS" in receipt
    assert "menunggu jaringan" in receipt
    assert "<svg" in receipt
    assert "Hasan" not in receipt


def test_the_full_nik_is_shown_while_it_is_read_out_and_never_again(desk):
    assert "9911 1917 0390 0001" in desk.page()
    desk.to_summary()

    assert "9911 1917" not in desk.page()
    assert "9911191703900001" not in desk.page()


def test_the_wrong_cloth_is_said_on_the_same_page(desk):
    desk.press("data/")
    answer = desk.photograph("RED")

    assert answer.status_code == 409
    assert "Latar foto harus biru, tetapi terlihat merah." in answer.content.decode()


def test_no_fingers_before_the_resident_agrees(desk):
    desk.press("data/")
    desk.photograph()
    answer = desk.press("pindah/", to="FINGERS")

    assert answer.status_code == 409
    assert desk.view.step == Step.PHOTO


def test_a_rejected_photo_opens_the_camera_again(desk):
    desk.press("data/")
    desk.photograph()
    desk.press("foto/ulang/")

    assert 'id="camera"' in desk.page()


def test_the_same_press_twice_is_one_save(desk):
    step_id = desk.step_id()
    for _ in range(2):
        answer = desk.client.post(f"{desk.home}data/", {"step_id": step_id})

    assert answer.status_code == 302
    assert desk.view.step == Step.PHOTO


def test_missing_fingers_are_witnessed_and_the_slap_asks_for_the_rest(desk):
    desk.to_fingers()
    desk.excuse("LEFT_INDEX", "LEFT_MIDDLE")
    desk.press("jari/", slap="LEFT")

    assert desk.view.progress.absent == {Position.LEFT_INDEX, Position.LEFT_MIDDLE}
    assert Position.LEFT_RING in desk.view.progress.captured
    assert "Jari tengah kiri" in desk.page()


def test_the_operator_alone_cannot_witness(desk):
    desk.to_fingers()

    assert desk.excuse("LEFT_INDEX", username="rina").status_code == 409
    assert desk.excuse("LEFT_INDEX", password="salah").status_code == 409
    assert not desk.view.absences


def test_who_cannot_sign_still_reaches_the_summary(desk):
    desk.to_summary()
    desk.press("pindah/", to="SIGNATURE")
    desk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    answer = desk.press("pindah/", to="SUMMARY")

    assert answer.status_code == 302
    assert "disaksikan orang kedua" in desk.page()


def test_the_seal_wants_the_yes_and_the_password(desk):
    desk.to_summary()

    assert desk.press("segel/", is_confirmed="1", password="salah").status_code == 409
    assert desk.press("segel/", password=PASSWORD).status_code == 409
    assert desk.view.step == Step.SUMMARY


def test_pictures_are_never_kept_by_the_browser_and_gone_after_the_seal(desk):
    desk.to_summary()
    face = desk.client.get(f"{desk.home}gambar/FACE.jpg")
    desk.press("segel/", is_confirmed="1", password=PASSWORD)

    assert face["Cache-Control"] == "no-store"
    assert desk.client.get(f"{desk.home}gambar/FACE.jpg").status_code == 404


def test_home_offers_what_was_left_open(desk):
    desk.press("data/")
    home = desk.client.get("/").content.decode()

    assert "Lanjutkan rekaman" in home
    assert desk.client.post(f"{desk.home}lanjutkan/").url == desk.home


def test_a_discarded_recording_is_gone_from_home(desk):
    desk.press("batal/")

    assert "Lanjutkan rekaman" not in desk.client.get("/").content.decode()


def test_a_resident_is_found_by_a_misspelt_name_and_shown_masked(desk):
    rows = desk.client.post("/rekam/cari", {"q": "muhamad hasan"}, headers={"HX-Request": "true"}).content.decode()

    assert "Hasan Basri" in rows
    assert "9911191703900001" not in rows
    assert "<html" not in rows


def test_the_devices_say_what_to_do(desk):
    assert "Pemindai jari" in desk.client.get("/alat/").content.decode()


@pytest.mark.parametrize("role", [Role.DISTRICT_HEAD, Role.VERIFIER])
def test_other_roles_cannot_open_a_recording(desk, now, client, role):
    officer(now, role=role, username="lain")
    client.post("/keluar/")
    client.post("/masuk/", {"username": "lain", "password": PASSWORD})

    assert client.get(desk.home).status_code == 403
    assert client.get(f"{desk.home}gambar/FACE.jpg").status_code == 403


def test_the_ticket_that_was_called_is_done_when_its_recording_is_sealed(identity, now, settings, monkeypatch, client):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)
    ticket_id = new_id(now)
    client.post("/antrean/nomor/", {"ticket_id": str(ticket_id), "service": "RECORD", "priority": ""})
    client.post("/antrean/berikutnya/")
    walk = Walk(client, registry.registered(now).members[0].id, devices())
    began = desk_queries.ticket(ticket_id).state

    walk.to_summary()
    walk.press("segel/", is_confirmed="1", password=PASSWORD)

    assert began == TicketState.SERVING
    assert desk_queries.ticket(ticket_id).state == TicketState.DONE
