"""Hand-over and stock-take in a real browser: the camera reads a label, a hand signs, every page fits."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from dekat.cards import blanks
from dekat.equipment import offers, stock_take
from tests.faces.test_office_upkeep import accepted, office  # noqa: F401
from tests.faces.test_station_equipment import label_photo, offer, station, take  # noqa: F401
from tests.make import cards as make_cards
from tests.make import goods
from tests.make.accounts import HEAD
from tests.make.browser import axe_violations, browser, fits, keep_picture, log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (390, 844)]


def film(folder, said):
    """A camera that looks at one label."""
    label = Image.open(BytesIO(label_photo(said))).convert("RGB")
    scene = Image.new("RGB", (640, 480), "white")
    scene.paste(label.resize((380, 380)), (130, 50))
    out = BytesIO()
    scene.save(out, "JPEG", quality=90)
    path = folder / "label.mjpeg"
    path.write_bytes(out.getvalue() * 10)
    return path


def look(page, faults, address, name, width):
    page.goto(address)
    faults.extend(f"{name}: {fault}" for fault in axe_violations(page))
    if not fits(page):
        faults.append(f"{name}: too wide at {width}")
    keep_picture(page, f"goods-{name}-{width}", is_whole=True)


def test_the_camera_reads_a_label_in_a_stock_take(station, take, live_server, client, tmp_path):  # noqa: F811
    with browser(camera=film(tmp_path, "DEKAT-ALAT:R-9")) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/alat/opname/")
        page.get_by_role("button", name="Nyalakan kamera").click()
        expect(page.get_by_text("R-9 ada di tempatnya.")).to_be_visible(timeout=30_000)

    assert stock_take.take(take).right == 1


def test_a_receiver_scans_signs_and_prints(station, offer, live_server, client, tmp_path):  # noqa: F811
    with browser(camera=film(tmp_path, "DEKAT-ALAT:R-1")) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/alat/serah-terima/{offer}/")
        page.get_by_role("button", name="Nyalakan kamera").click()
        expect(page.locator("[name=label-0]")).to_have_value("R-1", timeout=30_000)
        page.check("[name=condition-0][value=GOOD]")
        page.check("[name=answer-1][value=DECLINED]")
        page.select_option("[name=refusal-1]", "NOT_HERE")
        page.locator("#sign-pad").scroll_into_view_if_needed()
        box = page.locator("#sign-pad").bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + 90)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 40, steps=6)
        page.mouse.up()
        page.get_by_role("button", name="Simpan jawaban dan tanda tangan").click()
        expect(page.get_by_text("Jawaban tersimpan")).to_be_visible()

    assert "<path" in offers.offer(offer).received_by.signature


@pytest.mark.parametrize("screen", SCREENS)
def test_the_stations_pages_fit(station, offer, take, live_server, client, now, screen):  # noqa: F811
    station.post("/alat/persediaan/", {"item": "PAPER", "count": "480"})
    station.post("/alat/opname/", {"label": "R-3"})
    faults: list[str] = []
    paths = {
        "home": "/", "list": "/alat/barang/", "condition": "/alat/barang/kondisi/R-9/", "shelves": "/alat/persediaan/",
        "offers": "/alat/serah-terima/", "new": "/alat/serah-terima/baru/", "answer": f"/alat/serah-terima/{offer}/",
        "take": "/alat/opname/",
    }  # fmt: skip
    with browser(width=screen[0], height=screen[1]) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        for name, path in paths.items():
            look(page, faults, live_server.url + path, f"station-{name}", screen[0])

    assert faults == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_offices_pages_fit(office, live_server, client, now, screen):  # noqa: F811
    done = accepted(now)
    waiting = goods.offer(["R-2"], now, to="35.11.12", bast="B-9")
    stock_take.open_round(round_id=uuid4(), actor=HEAD, now=now)
    [store] = stock_take.takes(kecamatan="")
    stock_take.note_seen(take_id=store.id, label="ASING-1", actor=HEAD, now=now)
    make_cards.blanks(now, 500)
    blanks.spoil_blank(serial="BLK000001", reason="macet", actor=HEAD, now=now)
    faults: list[str] = []
    paths = {
        "offers": "/kantor/alat/serah-terima/", "new": "/kantor/alat/serah-terima/baru/",
        "open": f"/kantor/alat/serah-terima/{waiting}/", "answered": f"/kantor/alat/serah-terima/{done}/",
        "upkeep": "/kantor/alat/perawatan/", "device": "/kantor/alat/perawatan/R-1/", "takes": "/kantor/alat/opname/",
        "take": f"/kantor/alat/opname/{store.round_id}/", "store": f"/kantor/alat/opname/gudang/{store.id}/",
        "shelves": "/kantor/alat/persediaan/", "blanks": "/kantor/kartu/blangko/", "register": "/kantor/alat/",
    }  # fmt: skip
    with browser(width=screen[0], height=screen[1]) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        for name, path in paths.items():
            look(page, faults, live_server.url + path, f"office-{name}", screen[0])

    assert faults == []
