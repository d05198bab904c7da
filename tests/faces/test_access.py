"""Who may open what, asked of every address: none without log-in, no role but the named ones, no forged press."""

from importlib import import_module
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from dekat.accounts import passwords
from dekat.accounts.models import Account
from dekat.accounts.roles import Role
from dekat.faces.access import ANYBODY, OFFICE, STATION
from tests.make.station import officer, play_station

pytestmark = pytest.mark.django_db
SOMETHING = UUID("019acb7e-0000-7000-8000-00000000abcd")
OFFICE_PAGES = "/kantor/"
# The register of equipment has three houses: the office writes, the Sekda decides, the Inspektorat reads.
REGISTER = "/kantor/alat/"
REGISTER_HOUSES = OFFICE | {Role.REGIONAL_SECRETARY, Role.INSPECTORATE}


def addresses(patterns, before="/"):
    """Every address with its view, its places filled."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, f"{before}{entry.pattern}")
            continue
        assert isinstance(entry, URLPattern)
        address = f"{before}{entry.pattern}"
        for name, kind in entry.pattern.converters.items():
            value = str(SOMETHING) if type(kind).__name__ == "UUIDConverter" else "sesuatu"
            address = address.replace(f"<uuid:{name}>", value).replace(f"<str:{name}>", value)
            address = address.replace(f"<path:{name}>", value)
            address = address.replace(f"<slug:{name}>", value).replace(f"<int:{name}>", "1").replace(f"<{name}>", value)
        yield address, entry.callback


def closed(role):
    views = addresses(import_module(f"dekat.project.urls_{role}").urlpatterns)
    return [(address, view.dekat_access) for address, view in views if view.dekat_access != ANYBODY]


@pytest.fixture(params=["centre", "station"])
def node(request, identity, now, settings, monkeypatch):
    passwords._slips.clear()
    if request.param == "station":
        play_station(settings, monkeypatch)
    for role in Role:
        officer(now, role=role, username=role.lower())
    return request.param


def logged_in(role, **how):
    client = Client(**how)
    client.force_login(Account.objects.get(username=role.lower()))
    return client


def test_who_is_not_logged_in_is_sent_to_the_log_in(node):
    client = Client()

    for address, _ in closed(node):
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/masuk/"), address


def test_no_role_opens_a_page_that_does_not_name_it(node):
    for role in Role:
        client = logged_in(role)
        for address, allowed in closed(node):
            if role not in allowed:
                assert client.get(address).status_code == 403, (role, address)
                assert client.post(address).status_code == 403, (role, address)


def test_a_press_from_another_site_changes_nothing(node):
    for role in Role:
        client = logged_in(role, enforce_csrf_checks=True)
        for address, allowed in closed(node):
            if role in allowed:
                assert client.post(address).status_code in (403, 405), (role, address)


def test_the_houses_keep_apart():
    centre, station = closed("centre"), closed("station")

    houses = {a: REGISTER_HOUSES if a.startswith(REGISTER) else OFFICE for a, _ in centre if a.startswith(OFFICE_PAGES)}
    assert [a for a, allowed in centre if a in houses and not allowed <= houses[a]] == []
    assert [a for a, allowed in station if a not in ("/kunci/",) and not allowed <= STATION] == []
    assert [a for a, allowed in centre if a.endswith("/tenggat") and allowed != {Role.REGIONAL_SECRETARY}] == []
    assert [a for a, allowed in centre if "terbit" in a and allowed != {Role.REGISTRY_HEAD}] == []


def test_no_browser_keeps_a_page_and_none_frames_it(node):
    for role in Role:
        client = logged_in(role)
        answer = client.get(closed(node)[0][0])
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_strange_host_is_answered_nothing(node):
    assert Client().get("/masuk/", HTTP_HOST="elsewhere.example").status_code == 400


def test_an_officer_who_was_dismissed_is_out_at_once(node):
    client = logged_in(Role.OPERATOR)
    Account.objects.filter(username="operator").update(is_active=False)

    assert client.get("/kunci/").url.startswith("/masuk/")
