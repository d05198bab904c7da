"""What stands aside, the question before a second recording, the resident's road: in a real browser at every width."""

import pytest
from django.core.cache import cache

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.areas.services import load_bundled
from dekat.enrolment.models import Recording
from dekat.kernel.ids import new_id
from dekat.national import queries as national
from dekat.registry.services import load_code_lists
from dekat.sync import aside, inbox, ports, services
from tests.faces.test_survival_in_browser import open_as, see
from tests.make import national as make_national
from tests.make import registry
from tests.make.browser import browser
from tests.make.recordings import devices
from tests.make.station import officer, play_station
from tests.make.sync import enrolled_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def arrive(sealed, tmp_path, now):
    file = tmp_path / str(new_id(now))
    file.write_bytes(sealed)
    return services.take_packet(file=file, now=now)


@pytest.fixture
def places(identity):
    load_bundled()
    load_code_lists()


def test_the_office_and_the_resident(places, now, live_server, client, tmp_path, monkeypatch):
    cache.clear()
    taken = []
    resident = registry.resident_id(now)

    def take(*, item_id, **_):
        taken.append(make_national.taken_in(now, resident_id=resident, packet_id=item_id))

    monkeypatch.setitem(ports._packets, "recording/2", take)
    first, second = (enrolled_station(now=now, kecamatan=place) for place in ("35.11.15", "35.11.12"))
    clone = first.copy()
    arrive(first.seal(b"asli", now=now, kind="recording/2"), tmp_path, now)
    with pytest.raises(inbox.ItemConflict):
        arrive(clone.seal(b"salinan", now=now, kind="recording/2"), tmp_path, now)
    revoke_node(name=second.name, last_good_seq=0, actor=machine("centre"), now=now)
    arrive(second.seal(b"curian", now=now, kind="recording/2"), tmp_path, now)
    make_national.sent_on(taken[0], now)
    officer(now, username="vera", role=Role.VERIFIER)

    with browser() as context:
        page = open_as(context, live_server, client, "vera")
        page.goto(f"{live_server.url}/kantor/disisihkan/")
        see(page, "disisihkan-kantor")
        stray = next(one for one in aside.asides() if one.is_stray)
        page.goto(f"{live_server.url}/kantor/disisihkan/{stray.digest}/")
        see(page, "disisihkan-banding")
        page.goto(f"{live_server.url}/lacak/{national.submission(taken[0]).tracking_code}")
        see(page, "lacak-tanda-terima")


def test_the_kecamatan(places, now, live_server, client, settings, monkeypatch):
    play_station(settings, monkeypatch)
    officer(now)
    devices()
    resident = registry.registered(now).members[0].id
    waiting, refused = new_id(now), new_id(now)
    for packet_id, code in ((waiting, "AB12CD34EF"), (refused, "")):
        services.seal_packet(packet_id=packet_id, kind="recording/2", content=b"isi", operator="", now=now)
        if code:
            Recording.objects.create(
                id=packet_id, resident_id=str(resident), kecamatan="35.11.19", operator_id=new_id(now), step="SEALED",
                background="RED", code=code, started_at=now, touched_at=now, sealed_at=now,
            )  # fmt: skip
    services.note_refused(item_id=refused, code="sync.item.conflict", now=now)
    services.note_refused(item_id=waiting, code="sync.outbox.file_damaged", now=now)

    with browser() as context:
        page = open_as(context, live_server, client, "rina")
        page.goto(f"{live_server.url}/disisihkan/")
        see(page, "disisihkan-kecamatan")
        page.goto(f"{live_server.url}/rekam/cari")
        page.locator("#q").fill(registry_name(resident))
        page.get_by_role("button", name="Rekam").first.click()
        page.get_by_text("sudah direkam di sini").wait_for()
        see(page, "rekam-sudah")


def registry_name(resident):
    from dekat.registry import queries

    return queries.resident(resident).full_name
