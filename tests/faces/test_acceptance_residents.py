"""Acceptance scenarios 3, 4, 5 and 12 (domain 8) at the station, as its pages are used: nobody is turned away."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.desk import queries as tickets
from dekat.enrolment import queries
from dekat.enrolment.models import NotCaptured, Recording, SavedStep, StepCapture
from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.states import Absence, Purpose, Reason, Step
from dekat.registry.services import load_code_lists
from dekat.registry.states import Sex
from dekat.sync.queries import packet_status
from tests.faces.test_recording_wizard import Walk
from tests.make import registry
from tests.make.portraits import portrait
from tests.make.recordings import devices
from tests.make.station import PASSWORD, log_in, officer, play_station

pytestmark = pytest.mark.django_db
TEN, EYES = tuple(finger.name for finger in FINGERS), tuple(eye.name for eye in IRISES)


@pytest.fixture
def station(identity, now, settings, monkeypatch, client):
    """An operator logged in, a camat in the next room, devices made of code."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    officer(now, role=Role.OPERATOR, username="dewi")
    log_in(client)
    devices()
    return client


def begin(client, now, **who) -> Walk:
    return Walk(client, registry.registered(now, registry.person(now, **who)).members[0].id, devices())


def skip_photo_of_what_is_missing(walk: Walk, answer) -> None:
    assert answer.url.endswith("/foto-pengecualian/")
    walk.client.post(answer.url, {"way": "skip", "step_id": walk.step_id()})


def on(walk: Walk, *steps: str) -> None:
    for step in steps:
        assert walk.press("pindah/", to=step).status_code == 302


def seal(walk: Walk):
    return walk.press("segel/", is_confirmed="1", password=PASSWORD)


@pytest.mark.scenario(3)
def test_scenario_3_a_resident_without_fingers_completes_with_face_and_irises(station, now):
    walk = begin(station, now)
    walk.to_fingers()
    page = station.get(f"{walk.home}pengecualian/?jalur=tanpa-jari").content.decode()
    assert page.count(" checked") >= len(TEN)

    skip_photo_of_what_is_missing(walk, walk.excuse(*TEN))
    rows = {row.position: row for row in NotCaptured.objects.all()}
    assert set(rows) == set(FINGERS)
    assert {(row.state, row.reason, row.is_permanent) for row in rows.values()} == {
        (Absence.NOT_COLLECTABLE, Reason.MISSING, True)
    }
    on(walk, "INDEX_RECHECK", "IRISES")
    walk.press("iris/")
    on(walk, "SIGNATURE")
    walk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    on(walk, "SUMMARY")
    kept = walk.view.progress.captured
    answer = seal(walk)

    assert kept == {Position.FACE, *IRISES}
    assert answer.url.endswith("/bukti/")
    assert packet_status(Recording.objects.get().id)
    assert SavedStep.objects.filter(what="exception").count() == 2
    assert all(step.took_ms >= 0 for step in SavedStep.objects.all())


@pytest.mark.scenario(3)
def test_scenario_3_a_blind_resident_completes_without_irises(station, now):
    walk = begin(station, now)
    station.get(f"{walk.home}pengecualian/?jalur=tunanetra")
    skip_photo_of_what_is_missing(walk, walk.excuse(*EYES, reason="BLIND"))
    walk.to_fingers()
    for slap in ("LEFT", "RIGHT", "THUMBS"):
        walk.press("jari/", slap=slap)
    on(walk, "INDEX_RECHECK")
    for index in ("LEFT_INDEX", "RIGHT_INDEX"):
        walk.press("telunjuk/", position=index)
    on(walk, "IRISES", "SIGNATURE")
    walk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    on(walk, "SUMMARY")

    assert seal(walk).url.endswith("/bukti/")


def test_nobody_is_turned_away_when_nothing_at_all_can_be_recorded(station, now):
    walk = begin(station, now)
    skip_photo_of_what_is_missing(walk, walk.excuse("FACE", *TEN, *EYES, "SIGNATURE", reason="ILLNESS"))
    walk.press("data/")
    on(walk, "FINGERS", "INDEX_RECHECK", "IRISES", "SIGNATURE", "SUMMARY")

    refused = seal(walk)
    assert (refused.status_code, "Konfirmasi orang kedua" in refused.content.decode()) == (409, True)
    assert "Minta keputusan camat" in walk.page()
    not_the_camat = walk.press("konfirmasi/", username="dewi", password=PASSWORD)
    assert (not_the_camat.status_code, "Hanya camat" in not_the_camat.content.decode()) == (409, True)
    walk.press("konfirmasi/", username="camat", password=PASSWORD)

    assert seal(walk).url.endswith("/bukti/")


def test_ten_exceptions_stand_on_one_line_and_are_taken_back_in_one_press(station, now):
    walk = begin(station, now)
    walk.to_fingers()
    walk.excuse(*TEN, reason="LEPROSY")
    page = walk.page()
    walk.press("pengecualian/cabut/", position=TEN)

    assert "Sepuluh jari" in page
    assert page.count("Cabut") == 1
    assert not walk.view.absences


def test_without_a_second_officer_the_recording_goes_on_and_waits_with_its_seal(station, now):
    walk = begin(station, now)
    walk.to_summary()
    on(walk, "IRISES")
    said = {"positions": EYES, "reason": "EYE_CLOSED", "state": "NOT_COLLECTABLE_NOW", "is_alone": "1"}
    skip_photo_of_what_is_missing(walk, walk.press("pengecualian/", **said))
    on(walk, "SIGNATURE", "SUMMARY")
    assert seal(walk).status_code == 409

    own = walk.press("konfirmasi/", username="rina", password=PASSWORD)
    walk.press("konfirmasi/", username="dewi", password=PASSWORD)

    assert own.status_code == 409
    assert seal(walk).url.endswith("/bukti/")


def test_the_exception_photo_is_kept_beside_the_portrait_and_outlives_a_second_one(station, now):
    walk = begin(station, now)
    walk.to_fingers()
    answer = walk.excuse("LEFT_INDEX")
    grey = SimpleUploadedFile("a.jpg", portrait("GREY"), "image/jpeg")
    walk.client.post(answer.url, {"photo": grey, "camera": "x", "way": "file", "step_id": walk.step_id()})
    on(walk, "PHOTO")
    walk.press("foto/ulang/")

    assert [row.purpose for row in StepCapture.objects.filter(position=Position.FACE)] == [Purpose.EXCEPTION]
    assert walk.view.has_exception_photo
    assert not walk.view.progress.has_photo


def test_who_cannot_sit_is_photographed_in_bed_and_the_cloth_refuses_nothing(station, now):
    walk = begin(station, now)
    walk.press("data/")
    assert walk.photograph("GREY").status_code == 409
    walk.press("pengecualian/", is_pose_free="1", state="NOT_COLLECTABLE", username="camat", password=PASSWORD)

    assert walk.photograph("GREY").status_code == 302
    assert "Foto dari kursi atau tempat tidur" in walk.page()


@pytest.mark.scenario(4)
@pytest.mark.parametrize(("born_on", "right", "wrong"), [("2003-05-06", "RED", "BLUE"), ("2004-05-06", "BLUE", "RED")])
def test_scenario_4_no_fingers_before_the_resident_agrees_to_the_photo(station, now, born_on, right, wrong):
    walk = begin(station, now, born_on=born_on)
    walk.press("data/")
    refused = walk.photograph(wrong)
    for _ in range(2):
        assert walk.photograph(right).status_code == 302
        assert walk.press("pindah/", to="FINGERS").status_code == 409
        walk.press("foto/ulang/")
        assert walk.press("foto/setuju/").status_code == 409
    walk.photograph(right)
    before = walk.view.step
    walk.press("foto/setuju/")

    assert (refused.status_code, "Latar foto harus" in refused.content.decode()) == (409, True)
    assert (before, walk.view.step) == (Step.PHOTO, Step.FINGERS)


@pytest.mark.scenario(5)
def test_scenario_5_a_number_from_another_region_is_found_recorded_and_never_doubted(station, now):
    born_far_away = "9971054112820007"  # the shape of a number given out in Jakarta, in the sample's province
    walk = begin(
        station,
        now,
        nik=born_far_away,
        full_name="Ratna Sari",
        sex=Sex.FEMALE,
        born_on="1982-12-01",
        birth_place="Jakarta",
    )
    found = station.post("/rekam/cari", {"q": born_far_away}, headers={"HX-Request": "true"}).content.decode()
    page = walk.page()
    biodata = walk.view.biodata
    walk.press("data/")

    assert "Ratna Sari" in found
    assert "9971 0541 1282 0007" in page
    assert biodata.nik == born_far_away
    assert "daerah" not in page.lower()
    assert walk.view.step == Step.PHOTO


@pytest.mark.scenario(12)
@pytest.mark.parametrize("name", ["Suharto", "Ma'ruf"])
def test_scenario_12_an_old_name_stays_as_it_is_through_the_whole_recording(station, now, name):
    walk = begin(station, now, full_name=name)
    found = station.post("/rekam/cari", {"q": name}, headers={"HX-Request": "true"}).content.decode()
    walk.to_summary()
    summary, sealed = queries.recording_view(walk.view.id).biodata.full_name, seal(walk)

    assert name.replace("'", "&#x27;") in found
    assert summary == name.upper()
    assert sealed.url.endswith("/bukti/")


@pytest.mark.scenario(6)
def test_scenario_6_who_was_born_in_1921_is_a_hundred_and_no_baby(station, now):
    registry.registered(now, registry.person(now, nik="9911195203210001", full_name="Misnati", born_on="1921-03-12"))

    rows = station.post("/rekam/cari", {"q": "misnati"}, headers={"HX-Request": "true"}).content.decode()

    assert "100 tahun ke atas" in rows
    assert "Misnati" in rows


def test_a_foreigner_is_photographed_before_orange(station, now):
    walk = begin(station, now, citizenship="WNA")
    page = walk.page()
    walk.press("data/")

    assert "KITAP" in page
    assert walk.photograph("BLUE").status_code == 409
    assert walk.photograph("ORANGE").status_code == 302


def test_what_must_come_later_is_on_the_receipt_and_the_list_and_is_brought_by_a_supplement(station, now):
    walk = begin(station, now)
    walk.to_fingers()
    said = {"positions": ["LEFT_THUMB"], "reason": "INJURED", "state": "SKIPPED_PENDING", "due_on": "2099-01-31"}
    walk.press("pengecualian/", **said, username="camat", password=PASSWORD)
    for slap in ("LEFT", "RIGHT", "THUMBS"):
        walk.press("jari/", slap=slap)
    on(walk, "INDEX_RECHECK")
    for index in ("LEFT_INDEX", "RIGHT_INDEX"):
        walk.press("telunjuk/", position=index)
    on(walk, "IRISES")
    walk.press("iris/")
    on(walk, "SIGNATURE")
    walk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    on(walk, "SUMMARY")
    receipt = station.get(seal(walk).url).content.decode()
    listed = station.get("/menyusul/").content.decode()
    first = Recording.objects.get()

    walk.home = station.post(f"/menyusul/{first.id}/mulai/").url
    walk.press("data/")
    on(walk, "FINGERS")
    walk.press("jari/", slap="THUMBS")
    on(walk, "INDEX_RECHECK", "IRISES", "SIGNATURE", "SUMMARY")
    brought = walk.view.progress.captured
    seal(walk)

    assert "jempol kiri" in receipt
    assert "31 Januari 2099" in receipt
    assert first.code[:3] in listed
    assert "Hasan" not in listed
    assert Position.LEFT_THUMB in brought
    assert Position.LEFT_INDEX not in brought
    assert queries.owed_recordings() == []


def test_a_home_visit_is_chosen_once_and_said_on_every_page(station, now):
    station.post("/rekam/tempat/", {"place": "HOME_VISIT"})
    walk = begin(station, now)

    assert walk.view.place == "HOME_VISIT"
    assert "Jemput bola" in walk.page()


KK = {
    "family_card_no": "9971050101150001",
    "address": "Jalan Melati 4",
    "rt": "002",
    "rw": "005",
    "village": "Cempaka",
    "kecamatan": "Contoh Timur",
    "regency": "Kota Contoh",
    "province": "Provinsi Contoh",
    "full_name": "Suharto",
    "nik": "9971050112820007",
    "nik_again": "9971050112820007",
    "sex": "LAKI-LAKI",
    "birth_place": "Contoh",
    "born_on": "01-12-1982",
    "religion": "ISLAM",
    "marital_status": "KAWIN",
    "occupation": "WIRASWASTA",
    "citizenship": "WNI",
    "is_seen": "1",
}


@pytest.fixture
def lists(station):
    load_code_lists()


def copied(client, **changes):
    return client.post("/rekam/luar-domisili", {**KK, **changes})


def test_a_resident_of_another_kecamatan_is_recorded_from_the_kk_and_nothing_is_changed(station, lists):
    answer = copied(station)
    walk = Walk.__new__(Walk)
    walk.client, walk.home = station, answer.url
    page = walk.page()
    changed = walk.press("data/", full_name="Suharto Baru")
    again = copied(station)

    assert walk.view.domicile == "ELSEWHERE"
    assert "Luar domisili" in page
    assert 'name="full_name"' not in page
    assert changed.status_code == 409
    assert again.url == answer.url
    walk.press("data/")
    assert walk.view.background == "BLUE"


def test_what_a_stranger_owes_is_brought_with_the_kk(station, lists):
    walk = Walk.__new__(Walk)
    walk.client, walk.home = station, copied(station).url
    late = {"reason": "ILLNESS", "state": "SKIPPED_PENDING", "username": "camat", "password": PASSWORD}
    walk.press("pengecualian/", positions=[*TEN, *EYES], **late)
    walk.to_fingers()
    on(walk, "INDEX_RECHECK", "IRISES", "SIGNATURE")
    walk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    on(walk, "SUMMARY")
    seal(walk)
    first = Recording.objects.get()
    listed = station.get("/menyusul/").content.decode()
    walk.home = station.post(f"/rekam/luar-domisili?menyusul={first.id}", KK).url

    assert f"/rekam/luar-domisili?menyusul={first.id}" in listed
    assert "sepuluh jari, kedua mata" in listed
    assert station.post(f"/menyusul/{first.id}/mulai/").status_code == 409
    assert walk.view.is_supplement
    assert not walk.view.progress.absent & {*FINGERS, *IRISES}


def test_a_supplement_of_a_signature_alone_needs_no_camat(station, now):
    walk = begin(station, now)
    walk.to_fingers()
    walk.excuse(*TEN)
    on(walk, "INDEX_RECHECK", "IRISES")
    walk.press("iris/")
    on(walk, "SIGNATURE")
    walk.press(
        "pengecualian/", positions=["SIGNATURE"], reason="INJURED", state="SKIPPED_PENDING", username="camat",
        password=PASSWORD,
    )  # fmt: skip
    on(walk, "SUMMARY")
    seal(walk)
    walk.home = station.post(f"/menyusul/{Recording.objects.get().id}/mulai/").url
    walk.press("data/")
    on(walk, "FINGERS", "INDEX_RECHECK", "IRISES", "SIGNATURE")
    walk.excuse("SIGNATURE", reason="CANNOT_WRITE")
    on(walk, "SUMMARY")

    assert seal(walk).url.endswith("/bukti/")
    assert queries.owed_recordings() == []


def test_the_kk_of_a_stranger_settles_nobody_elses_list(station, lists, now):
    begin(station, now)
    walk = Walk.__new__(Walk)
    walk.client = station
    Recording.objects.update(owed=["LeftThumb"], step=Step.SEALED, sealed_at=now)
    walk.home = station.post(f"/rekam/luar-domisili?menyusul={Recording.objects.get().id}", KK).url

    assert not walk.view.is_supplement


def test_the_number_at_the_counter_leads_to_a_strangers_recording_too(station, lists):
    ticket_id = uuid4()
    station.post("/antrean/nomor/", {"ticket_id": ticket_id, "service": "RECORD", "priority": ""})
    station.post("/antrean/berikutnya/")

    copied(station)

    assert tickets.ticket(ticket_id).work_id == Recording.objects.get().id


def test_who_may_not_record_copies_no_kk(station, lists, now, client):
    officer(now, username="baru", is_new=True)
    log_in(client, "baru")

    page = client.get("/rekam/luar-domisili").content.decode()

    assert "family_card_no" not in page
    assert "family_card_no" not in copied(client).content.decode()
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nik_again": "9971050112820008"}, "Dua NIK yang diketik tidak sama"),
        ({"is_seen": ""}, "KK warga ini belum dinyatakan terlihat"),
        ({"born_on": "02-12-1982"}, "NIK ini menyebut tanggal lahir lain"),
        ({"marital_status": "BELUM KAWIN", "born_on": "01-12-2012"}, "NIK ini menyebut tanggal lahir lain"),
    ],
)
def test_what_does_not_agree_is_said_and_stays_in_the_form(station, lists, changes, words):
    answer = copied(station, **changes)

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert "Jalan Melati 4" in answer.content.decode()


def test_an_odd_nik_is_taken_after_a_second_look(station, lists):
    assert copied(station, born_on="02-12-1982", is_compared="1").status_code == 302


def test_who_lives_here_is_sent_to_the_search(station, lists, now):
    registry.registered(now, registry.person(now, nik=KK["nik"]))

    assert "Cari dengan NIK-nya" in copied(station).content.decode()


@pytest.mark.parametrize("page", ["/rekam/jemput-bola", "/rekam/tanpa-nik", "/rekam/luar-domisili", "/menyusul/"])
def test_the_ways_on_open_and_are_named_on_the_search_page(station, page):
    assert station.get(page).status_code == 200
    assert page in station.get("/rekam/cari").content.decode()
