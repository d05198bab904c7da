"""The bar of the arriving population in a real browser: readable, accessible, and gone by itself when all is here."""

from datetime import timedelta

import pytest

from dekat.accounts import passwords
from dekat.areas.services import load_bundled
from dekat.registry import services, snapshot
from dekat.registry.models import SnapshotBlock
from tests.make.browser import axe_violations, browser, fits, keep_picture
from tests.make.browser import log_in as log_in_page
from tests.make.extract import HERE, both_machines, fetch, forget, pull
from tests.make.recordings import devices
from tests.make.registry import kecamatan
from tests.make.station import log_in, officer, play_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As in a kecamatan of 60,000, without making them.
_AS_LARGE_AS = 290


@pytest.fixture
def station(now, settings, monkeypatch, client):
    """A station to which some of the blocks have come."""
    passwords._slips.clear()
    monkeypatch.setattr(snapshot, "_MOST_RESIDENTS", 20)
    load_bundled()
    both_machines(now)
    kecamatan(HERE, now, families=60)
    services.publish_extract(HERE, now=now)
    forget()
    pull(now)
    fetch(now, most=3)
    fetch(now + timedelta(seconds=20), most=4)
    for one in SnapshotBlock.objects.all():
        larger = {"residents": one.residents * _AS_LARGE_AS, "size_bytes": one.size_bytes * 90}
        SnapshotBlock.objects.filter(id=one.id).update(**larger)
    play_station(settings, monkeypatch)
    for place in ("home", "search"):
        monkeypatch.setattr(f"dekat.faces.station.{place}.views.now", lambda: now + timedelta(seconds=21))
    devices()
    officer(now)
    log_in(client)
    return client


def test_the_bar_is_seen_on_the_home_page_and_in_search_and_goes_by_itself(station, live_server, now):
    with browser() as context:
        log_in_page(context, address=live_server.url, client=station)
        page = context.new_page()
        for address, name in (("/", "datang-beranda"), ("/rekam/cari", "datang-cari")):
            page.goto(f"{live_server.url}{address}")
            page.get_by_role("progressbar").first.wait_for()
            for width, height in ((1366, 768), (390, 844)):
                page.set_viewport_size({"width": width, "height": height})
                assert not axe_violations(page), (name, width)
                assert fits(page), (name, width)
                keep_picture(page, f"{name}-{width}", is_whole=width < 800)
        SnapshotBlock.objects.update(state="HELD")

        page.get_by_role("progressbar").wait_for(state="detached", timeout=8000)
        assert page.locator("#q").count() == 1
