"""Anybody checks a paper with the camera of the page, and with the list that stays when the line goes."""

from contextlib import contextmanager

import pytest
from PIL import Image

from dekat.documents import ports, queries, services
from dekat.documents.kinds import RevocationReason
from dekat.documents.stamp import as_code
from tests.make.browser import axe_violations, browser, fits, keep_picture
from tests.make.documents import CENTRE, issue_family_card, make_workshop
from tests.make.paper import page_image

# The page registers one for each way to write its address; `ready` waits for only one of them.
WORKERS_ARE_READY = """async () => {
  for (let tries = 0; tries < 400; tries += 1) {
    const all = await navigator.serviceWorker.getRegistrations();
    if (all.filter((one) => one.active?.state === "activated").length === 2) return;
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new Error("the offline workers are not ready");
}"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(identity, now, tmp_path, monkeypatch):
    made = make_workshop(tmp_path, now)
    monkeypatch.setattr(ports, "_source", lambda: made)
    return issue_family_card(now)


def film_of(card, folder):
    """What a camera sees that is held over the corner of the paper with the code."""
    page = page_image(queries.file_bytes(card.id), dpi=300)
    corner = page.crop((page.width - 900, page.height - 560, page.width - 60, page.height - 90))
    frame = Image.new("L", (1280, 720), 120)
    frame.paste(corner, (220, 125))
    path = folder / "paper.mjpeg"
    with path.open("wb") as file:
        for _ in range(8):
            frame.convert("RGB").save(file, "JPEG", quality=85)
    return path


@contextmanager
def page_of(address, **given):
    with browser(**given) as context:
        page = context.new_page()
        page.goto(f"{address}/v")
        yield page, context


def test_the_camera_of_the_page_reads_the_paper(live_server, card, tmp_path):
    with page_of(live_server.url, camera=film_of(card, tmp_path), width=390, height=844) as (page, _):
        assert axe_violations(page) == []
        assert fits(page)
        keep_picture(page, "verify-begin", is_whole=True)

        page.get_by_role("button", name="Pindai di halaman ini").click()
        page.locator("#camera-video").wait_for()
        keep_picture(page, "verify-camera")

        page.get_by_role("heading", name="Asli dan berlaku").wait_for(timeout=20_000)
        assert page.locator("#camera-video").is_hidden()
        assert page.locator("[data-fact=number_tail]").inner_text() == "4071"
        keep_picture(page, "verify-valid", is_whole=True)


def test_without_a_line_the_kept_list_tells_what_had_ended(live_server, card, now):
    gone = issue_family_card(now, subject="family:2")
    services.revoke(document_id=gone.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)
    with page_of(live_server.url) as (page, context):
        page.evaluate(WORKERS_ARE_READY)
        context.set_offline(True)
        for checked, title in ((card, "Asli, belum tercatat diganti"), (gone, "Asli, tetapi sudah dicabut")):
            page.goto(as_code(checked.stamp, address=live_server.url).replace("HTTP://LOCALHOST", "http://localhost"))
            page.get_by_role("heading", name=title).wait_for(timeout=20_000)
            assert page.locator("[data-fact=as_of]").inner_text()
            keep_picture(page, f"verify-offline-{checked.version}-{title[-7:]}", is_whole=True)
