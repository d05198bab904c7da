"""Every oversight page in a real browser, on a desk and on a phone: nothing wrong for axe, nothing too wide."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.faces.clock import now as clock
from tests.make.browser import axe_violations, browser, fits, keep_picture, log_in
from tests.make.regency import tell_sample_history

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "ringkasan": "",
    "senin": "senin/",
    "senin-cetak": "senin/?jenis=KK_PRINTER",
    "perjalanan": "perjalanan/",
    "kecamatan": "kecamatan/",
    "satu-kecamatan": "kecamatan/35.11.12/",
    "tanpa-alat": "kecamatan/35.11.20/?periode=2026-K3",
    "alat": "alat/",
    "alat-ijen": "alat/{idle}/",
    "alat-ijen-tabel": "alat/{idle}/tabel",
    "biaya": "biaya/",
    "biaya-cari": "biaya/?cari=iris",
    "jaringan": "jaringan/",
    "laporan": "laporan/",
}


@pytest.fixture
def regency(identity):
    """The sample regency now."""
    tell_sample_history(now=clock())


@pytest.fixture
def sekda(regency, client):
    """A browser's session for the Sekda."""
    account = open_account(
        username="sekda", full_name="Contoh Orang", role=Role.REGIONAL_SECRETARY, kecamatan="", password="x",
        actor=machine("centre"), now=clock(), account_id=uuid4(),
    )  # fmt: skip
    client.force_login(get_user_model().objects.get(id=account))
    return client


# An office has screens and phones; most of the public has a phone.
@pytest.mark.parametrize(
    ("is_public", "width"), [(False, 1366), (False, 390), (True, 390)], ids=["sekda-1366", "sekda-390", "public-390"]
)
def test_every_oversight_page_is_whole(live_server, sekda, is_public, width):
    faults: list[str] = []
    with browser(width=width, height=768 if width > 800 else 844) as context:
        if not is_public:
            log_in(context, address=live_server.url, client=sekda)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        for name, address in PAGES.items():
            page.goto(f"{live_server.url}/pengawasan/{address.format(idle='REK-24-19')}")
            faults += [f"{name}: {fault}" for fault in axe_violations(page)]
            if not fits(page):
                faults.append(f"{name}: too wide")
            keep_picture(page, f"oversight-{name}-{'umum' if is_public else 'sekda'}-{width}", is_whole=True)

    assert faults == []
