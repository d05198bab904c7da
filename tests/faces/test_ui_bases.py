"""Every base page stands by itself, with and without an officer, and says where we are."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.faces.ui import navigation
from tests.make.accounts import let_in

pytestmark = pytest.mark.django_db
OFFICER = SimpleNamespace(
    is_authenticated=True, full_name="Rina Hidayati", role="VERIFIER", get_role_display="Verifikator"
)


def shown(template, *, path="/", user=None, **values):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return render_to_string(template, values, request=request)


@pytest.mark.parametrize("face", ["station", "office", "oversight", "public"])
def test_a_base_page_opens_with_and_without_an_officer(face):
    assert "Keluar" in shown(f"ui/{face}.html", user=OFFICER)
    assert "Keluar" not in shown(f"ui/{face}.html")


@pytest.mark.parametrize(
    ("face", "path", "label"),
    [
        ("station", "/", "Beranda"),
        ("station", "/cetak/antrean/", "Cetak &amp; serahkan"),
        ("office", "/kantor/kartu/ABC/", "Kartu"),
        ("oversight", "/pengawasan/", "Ringkasan"),
    ],
)
def test_the_menu_knows_its_place_by_the_address(face, path, label):
    page = shown(f"ui/{face}.html", path=path, user=OFFICER)

    current = re.findall(r'aria-current="page">.*?<span>(.*?)</span>', page)

    assert current == [label]


@pytest.mark.parametrize("face", ["office", "oversight"])
@pytest.mark.parametrize("role", [Role.REGIONAL_SECRETARY, Role.INSPECTORATE, Role.PARLIAMENT, Role.REGISTRY_HEAD])
def test_the_menu_leads_nobody_to_a_closed_door(identity, client, now, face, role):
    load_bundled()
    let_in(client, role, now=now)
    officer = SimpleNamespace(role=role)

    offered = [entry["item"].href for entry in navigation.menu(face=face, active="", path="/", user=officer)]

    assert len(offered) > 1
    assert [href for href in offered if client.get(href).status_code != 200] == []


@pytest.mark.parametrize(
    ("role", "kecamatan", "home"),
    [(Role.REGIONAL_SECRETARY, "", "/pengawasan/"), (Role.SECTION_HEAD, "35.11.19", "/petunjuk/")],
)
def test_whoever_is_refused_is_led_to_their_own_first_page(identity, client, now, role, kecamatan, home):
    let_in(client, role, now=now, kecamatan=kecamatan)

    page = client.get("/kantor/").content.decode()

    [main] = re.findall("<main.*</main>", page, re.DOTALL)
    assert re.findall('href="([^"]*)"', main) == [home]


def test_the_page_may_name_its_place():
    page = shown("ui/station.html", path="/lain/", user=OFFICER, nav_active="alat")

    assert re.search(r'href="/alat/" aria-current="page"', page)


def test_a_connected_count_and_line_state_are_shown(monkeypatch):
    monkeypatch.setattr(navigation, "_counts", {("station", "petunjuk"): lambda user: 3})
    monkeypatch.setattr(navigation, "_line_state", lambda: navigation.LineState("warn", "wifi-off", "Jaringan putus"))

    page = shown("ui/station.html", user=OFFICER)

    assert '<span class="main-nav__count">3<' in page
    assert "chip--warn" in page and "Jaringan putus" in page


@pytest.mark.parametrize("template", ["404.html", "500.html"])
def test_the_last_resort_pages_need_no_request(template):
    assert "Ke beranda" in render_to_string(template)


def test_an_unknown_address_gets_our_page(client):
    answer = client.get("/tidak/ada/")

    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


def test_a_refusal_says_what_happened_and_what_to_do():
    refusal = SimpleNamespace(happened="Kode itu salah ketik.", do_now="Ketik ulang.")

    page = shown("ui/refusal.html", refusal=refusal, code="kernel.ids.code_mistyped")

    assert "Kode itu salah ketik." in page and "Ketik ulang." in page and "kernel.ids.code_mistyped" in page
