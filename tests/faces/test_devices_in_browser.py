"""The devices' page and a test of a device in a real browser, at the desks' screen sizes."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dekat.accounts.actor import Actor
from dekat.accounts.queries import accounts_of
from dekat.accounts.roles import Role
from dekat.enrolment import ports
from dekat.enrolment.device_choice import selected_serial
from dekat.enrolment.ports import DeviceKind
from dekat.flows.self_test_devices import self_test_device
from dekat.kernel.ids import new_id
from tests.faces.test_recording_in_browser import desk  # noqa: F401
from tests.make.browser import axe_violations, browser, fits, keep_picture, log_in
from tests.make.devices import make_office
from tests.make.station import KECAMATAN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = (DeviceKind.FINGER, DeviceKind.FINGER, DeviceKind.IRIS)


@pytest.mark.parametrize("screen", [(1366, 768), (1024, 768)])
def test_an_operator_tests_a_scanner_and_chooses_the_other(desk, live_server, client, tmp_path, now, screen):  # noqa: F811
    faults: list[str] = []
    with make_office(tmp_path, kinds=KINDS) as office, browser(width=screen[0], height=screen[1]) as context:
        office.devices.choice = selected_serial
        ports.use_devices(lambda: office.devices)
        _tested_long_ago(office, now)
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()

        def see(name: str) -> None:
            faults.extend(f"{name}: {fault}" for fault in axe_violations(page))
            if not fits(page):
                faults.append(f"{name}: too wide")
            keep_picture(page, f"devices-{name}-{screen[0]}")

        page.goto(f"{live_server.url}/alat/")
        see("list")
        page.get_by_role("button", name="Uji sekarang").first.click()
        see("test")
        page.get_by_role("button", name="Mulai uji").click()
        expect(page.get_by_text("Pemindai jari baik: mutu")).to_be_visible(timeout=15_000)
        page.get_by_role("button", name="Pakai alat ini").last.click()
        expect(page.get_by_text("dipakai mulai sekarang")).to_be_visible()
        see("chosen")
        page.goto(live_server.url)
        expect(page.get_by_text("Uji mingguan:")).to_be_visible(timeout=15_000)
        see("home")

    assert faults == []
    assert selected_serial(DeviceKind.FINGER) == office.rig.devices[1].serial


def _tested_long_ago(office, now):
    """The second scanner was tested nine days ago; so was one that is not there any more."""
    rina = Actor(accounts_of(role=Role.OPERATOR)[0].id, Role.OPERATOR, KECAMATAN, "centre")
    at = now - timedelta(days=9)
    for serial in (office.rig.devices[1].serial, "CONTOH-FINGER-LAMA"):
        self_test_device(kind=DeviceKind.FINGER, serial=serial, test_id=new_id(at), actor=rina, now=at)
