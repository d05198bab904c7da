"""A whole recording in a real browser: its camera films somebody drawn, emulated devices capture, a mouse signs."""

import pytest
from playwright.sync_api import expect

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.adapters.samples.faces import Background, write_film
from dekat.areas.services import load_bundled
from dekat.enrolment import ports
from tests.make import registry
from tests.make.browser import axe_violations, browser, fits, log_in, press, sign
from tests.make.devices import make_office
from tests.make.recordings import devices
from tests.make.station import PASSWORD, officer, play_station
from tests.make.station import log_in as log_in_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768), (390, 844)]


@pytest.fixture
def desk(identity, now, settings, monkeypatch, client):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    load_bundled()
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in_client(client)
    return registry.registered(now).members[0].id


def walk(page, url, *, see):
    """From the search to the receipt by keyboard; `see` looks at every page."""
    page.goto(f"{url}/rekam/cari")
    page.wait_for_selector("#q:focus")
    page.keyboard.type("hasan basri")
    page.wait_for_selector(".person")
    see("search")
    page.click(".person button")
    page.wait_for_selector("#biodata")
    see("biodata")
    page.keyboard.press("Enter")
    page.wait_for_selector("#camera")
    page.wait_for_selector(".portrait img", timeout=20_000)
    see("photo")
    page.keyboard.press("Enter")
    for left in (10, 6, 2):
        expect(page.locator(".spot--todo")).to_have_count(left)
        see(f"fingers-{left}")
        page.keyboard.press("Space")
    # Ten that are done, not none to do: between two pages there is none of either, and a key pressed there is lost.
    expect(page.locator(".spot:not(.spot--todo)")).to_have_count(10)
    press(page, "Enter")
    for left in (2, 1):
        expect(page.locator(".hand--pair .spot--todo")).to_have_count(left)
        press(page, "Space")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok")
    see("recheck")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hand--eyes .spot--todo")
    press(page, "Space")
    page.wait_for_selector(".hand--eyes .spot--ok")
    see("irises")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pad")
    sign(page)
    see("signature")
    page.click("#keep")
    page.wait_for_selector("#seal")
    see("summary")
    page.check("input[name=is_confirmed]")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt")
    see("receipt")


@pytest.mark.parametrize("screen", SCREENS[:2])
def test_a_recording_from_search_to_receipt_by_keyboard(desk, live_server, client, tmp_path, screen):
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.BLUE)
    with make_office(tmp_path) as office, browser(camera=film, width=screen[0], height=screen[1]) as context:
        ports.use_devices(lambda: office.devices)
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        faults: list[str] = []

        def see(name: str) -> None:
            faults.extend(f"{name}: {fault}" for fault in axe_violations(page))
            if name not in ("search", "receipt") and not fits(page):
                faults.append(f"{name}: scrolls")

        walk(page, live_server.url, see=see)

    assert faults == []
    assert refused == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_of_the_desk_fit_the_screen(desk, live_server, client, tmp_path, screen):
    devices()
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.RED)
    faults: list[str] = []
    with browser(camera=film, width=screen[0], height=screen[1]) as context:
        page = context.new_page()
        for path in ("/masuk/",):
            page.goto(f"{live_server.url}{path}")
            faults.extend(axe_violations(page))
        log_in(context, address=live_server.url, client=client)
        home = client.post(f"/rekam/mulai/{desk}/").url
        for path in ("/", "/terkirim/", "/kunci/", home):
            page.goto(f"{live_server.url}{path}")
            faults.extend(f"{path}: {fault}" for fault in axe_violations(page))
            if not fits(page):
                faults.append(f"{path}: scrolls")
            if path == "/kunci/":
                page.fill("input[name=password]", PASSWORD)
                page.click("button[type=submit]")

    assert faults == []


def test_the_wrong_cloth_is_named_live_and_refused_by_the_server(desk, live_server, client, tmp_path):
    devices()
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.RED)
    with browser(camera=film) as context:
        log_in(context, address=live_server.url, client=client)
        home = client.post(f"/rekam/mulai/{desk}/").url
        client.post(f"{home}data/")
        page = context.new_page()
        page.goto(f"{live_server.url}{home}")

        expect(page.locator("#say")).to_have_text("Pasang kain latar biru")
        press(page, "Space")
        page.wait_for_selector("text=Latar foto harus biru, tetapi terlihat merah.")


def tab_to(page, selector):
    """Go there as somebody without a mouse does."""
    for _ in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is out of the keyboard's reach")


def test_a_whole_recording_without_a_mouse(desk, live_server, client, tmp_path):
    devices()
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.BLUE)
    with browser(camera=film, width=1024, height=768) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/rekam/cari")
        page.wait_for_selector("#q:focus")
        page.keyboard.type("hasan basri")
        page.wait_for_selector(".person")
        tab_to(page, ".person button")
        page.keyboard.press("Enter")
        page.wait_for_selector("#biodata")
        turn_on_large_type(page)
        page.keyboard.press("Enter")
        page.wait_for_selector(".portrait img", timeout=20_000)
        press(page, "F2")
        page.wait_for_selector("#camera")
        page.wait_for_selector(".portrait img", timeout=20_000)
        press(page, "Enter")
        capture_by_keys(page)
        page.wait_for_selector("#pad")
        press(page, "F8")
        excuse_signature(page)
        page.wait_for_selector("#pad")
        press(page, "Enter")
        page.wait_for_selector("#seal")
        press(page, "Space")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        page.wait_for_selector(".receipt")


def turn_on_large_type(page):
    """Open the menu by its key, turn the second switch, close it; the step stays."""
    press(page, "F9")
    tab_to(page, "[value=large]")
    page.keyboard.press("Space")
    page.wait_for_selector(".wizard--large")
    press(page, "Escape")
    page.evaluate("document.activeElement.blur()")


def capture_by_keys(page):
    """Ten fingers, both index fingers again, two eyes; one step back and forth between."""
    for left in (10, 6, 2):
        expect(page.locator(".spot--todo")).to_have_count(left)
        press(page, "Space")
    expect(page.locator(".spot:not(.spot--todo)")).to_have_count(10)
    press(page, "Enter")
    for left in (2, 1):
        expect(page.locator(".hand--pair .spot--todo")).to_have_count(left)
        press(page, "Space")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok")
    press(page, "Escape")
    page.wait_for_selector(".hand--thumbs")
    press(page, "Enter")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok")
    press(page, "Enter")
    page.wait_for_selector(".hand--eyes .spot--todo")
    press(page, "Space")
    page.wait_for_selector(".hand--eyes .spot--ok")
    press(page, "Enter")


def excuse_signature(page):
    """The signature is ticked already at its step; why, and the camat's name and password."""
    page.wait_for_selector("#exception")
    tab_to(page, "[name=reason]")
    page.keyboard.press("Space")
    tab_to(page, "[name=username]")
    page.keyboard.type("camat")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
