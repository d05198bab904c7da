"""The pages of alerts and of where to go today, in a real Chromium: they fit, and axe finds nothing."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from dekat.accounts.roles import Role
from dekat.alerts import ports
from dekat.alerts.ports import AddressRefused
from dekat.alerts.states import Channel
from dekat.areas.services import load_bundled
from dekat.desk import today
from dekat.faces.central.alerts import views
from dekat.faces.resident.where import views as where_views
from dekat.faces.station.queue import screens
from dekat.project import centre_workers
from dekat.reports import services_today
from tests.concepts.test_alerts import Post, send
from tests.flows.test_where_to_go_today import FAR, HERE, MONDAY, THERE, broken, working
from tests.make.accounts import let_in
from tests.make.browser import axe_violations, browser, fits, keep_picture, log_in
from tests.make.station import play_station
from tests.make.told import keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(1366, 768), (390, 844)]


@pytest.fixture
def regency(identity, monkeypatch, settings):
    """Sempol's recorder broke this morning; two neighbours serve; e-mail is connected."""
    load_bundled()
    always = replace(settings.ENV.telling, quiet=(time(0), time(0)))
    settings.ENV = replace(settings.ENV, telling=always)
    for number, code in enumerate((HERE, THERE, FAR)):
        keep(working(code, number=100 * (number + 1), used_ago=1 if code != HERE else 30))
    keep(working(FAR, number=1000, kind="KK_PRINTER"))
    keep(broken(HERE, number=5000))
    for module in (views, where_views, screens):
        monkeypatch.setattr(module, "now", lambda: MONDAY)


def look(live_server, client, paths, name):
    for width, height in SIZES:
        with browser(width=width, height=height) as context:
            log_in(context, address=live_server.url, client=client)
            page = context.new_page()
            for number, path in enumerate(paths):
                page.goto(live_server.url + path)
                keep_picture(page, f"{name}-{number}-{width}", is_whole=True)
                assert axe_violations(page) == [], path
                assert fits(page), (path, width)


def test_the_outbox_and_the_choice(regency, live_server, client, monkeypatch):
    post = Post()
    monkeypatch.setattr(ports, "_source", lambda: {Channel.EMAIL: post})
    monkeypatch.setattr(centre_workers, "now", lambda: MONDAY)
    let_in(client, Role.REGISTRY_HEAD, now=MONDAY)
    said = {"channel": "EMAIL", "address": "kadis@contoh.go.id", "wants_digest": "on"}
    client.post("/pemberitahuan/saya/", said)
    client.post("/pemberitahuan/kantor/PEMASOK/", said)
    centre_workers.find_alerts()
    send(post, MONDAY)
    post.trouble = AddressRefused()
    monkeypatch.setattr(centre_workers, "now", lambda: MONDAY + timedelta(days=20))
    centre_workers.find_alerts()
    send(post, MONDAY + timedelta(days=20))

    look(live_server, client, ["/pemberitahuan/", "/pemberitahuan/saya/", "/pemberitahuan/kantor/PUSAT/"], "alerts")


def test_the_sekda_and_nothing_connected(regency, live_server, client):
    let_in(client, Role.REGIONAL_SECRETARY, now=MONDAY)

    look(live_server, client, ["/pemberitahuan/", "/pemberitahuan/saya/"], "alerts-sekda")


def test_where_to_go(regency, live_server, client):
    look(live_server, client, ["/tempat/", f"/tempat/?dari={HERE}", "/janji/", "/"], "where")


def test_the_queue_screens(regency, live_server, client, settings, monkeypatch):
    body = today.message(services_today.of_kecamatan(HERE, now=MONDAY))
    today.hear(item_id=None, node="centre", body=body, now=MONDAY)
    play_station(settings, monkeypatch)

    look(live_server, client, ["/antrean/ambil/", "/antrean/layar/"], "queue")
