"""Every step and state of the wizard on the two screens of a station: nothing scrolls, nothing is cut off."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.enrolment.live import window
from dekat.enrolment.positions import FINGERS, Position, Slap
from dekat.enrolment.states import Reason, Step
from tests.make.browser import axe_violations, browser, keep_picture, log_in
from tests.make.recordings import Desk, devices
from tests.make.station import log_in as log_in_client
from tests.make.station import officer, play_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768)]
WEAK = [20.0] * 4
BOXES = "['document', '.wizard__stage', '.wizard__panel', '.wizard__steps', '.hands', '.summary', '.camera-room']"
OVERFLOWING = f"""() => {BOXES}.filter(name => {{
  const box = name === 'document' ? document.documentElement : document.querySelector(name);
  return box && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1);
}})"""
CUT = """() => [...document.querySelectorAll('.wizard button, .wizard a, .wizard h1, .wizard h2, .wizard input')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.skip, [hidden]'))
  .filter(one => one.getBoundingClientRect().width > 1)
  .filter(one => one.getBoundingClientRect().bottom > innerHeight + 1
    || one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.textContent.trim() || one.name)"""
REFUSE = """() => { const form = document.createElement('form'); form.method = 'post';
  form.action = location.pathname + 'segel/';
  form.innerHTML = '<input name=password><input name=csrfmiddlewaretoken>';
  form.elements.csrfmiddlewaretoken.value = document.querySelector('[name=csrfmiddlewaretoken]').value;
  document.body.append(form); form.submit(); }"""


def photographed(desk):
    desk.confirm()
    desk.go(Step.PHOTO)
    desk.photograph()


def weak_hand(desk):
    desk.to_fingers()
    desk.slap(Slap.LEFT)


def forced_hand(desk):
    desk.to_fingers()
    for _ in range(3):
        desk.slap(Slap.LEFT)


def without_fingers(desk):
    desk.to_fingers()
    desk.excuse(list(FINGERS))


def with_seven_fingers(desk):
    desk.to_fingers()
    desk.excuse(list(FINGERS[:3]))


def all_fingers(desk):
    desk.to_fingers()
    for slap in Slap:
        desk.slap(slap)


def rechecking(desk):
    all_fingers(desk)
    desk.go(Step.INDEX_RECHECK)


def rechecked(desk):
    rechecking(desk)
    for index in (Position.LEFT_INDEX, Position.RIGHT_INDEX):
        desk.recheck(index)


def before_eyes(desk):
    rechecked(desk)
    desk.go(Step.IRISES)


def blind(desk):
    before_eyes(desk)
    desk.excuse([Position.LEFT_IRIS, Position.RIGHT_IRIS], reason=Reason.BLIND)


def weak_eyes(desk):
    before_eyes(desk)
    desk.irises()


def eyes(desk):
    weak_eyes(desk)


def signing(desk):
    eyes(desk)
    desk.go(Step.SIGNATURE)


def at_the_end(desk):
    desk.to_summary()


def at_the_end_without_fingers(desk):
    desk.to_summary(without=FINGERS)


def nothing(desk):
    """Only begun."""


STATES = {
    "data": (nothing, []),
    "foto": (lambda desk: (desk.confirm(), desk.go(Step.PHOTO)), []),
    "foto-jadi": (photographed, []),
    "jari": (Desk.to_fingers, []),
    "jari-lemah": (weak_hand, WEAK),
    "jari-dipaksa": (forced_hand, WEAK * 3),
    "jari-tujuh": (with_seven_fingers, []),
    "jari-tanpa": (without_fingers, []),
    "jari-lengkap": (all_fingers, []),
    "telunjuk": (rechecking, []),
    "telunjuk-selesai": (rechecked, []),
    "mata": (before_eyes, []),
    "mata-lemah": (weak_eyes, [85.0] * 12 + WEAK),
    "mata-buta": (blind, []),
    "mata-selesai": (eyes, []),
    "tanda-tangan": (signing, []),
    "ringkasan": (at_the_end, []),
    "ringkasan-tanpa-jari": (at_the_end_without_fingers, []),
}


@pytest.fixture
def station(identity, now, settings, monkeypatch, client):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    load_bundled()
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in_client(client)
    yield client
    window.close()


def faults_of(page, name, *, look_closely):
    page.wait_for_load_state()
    page.wait_for_timeout(60)
    keep_picture(page, name)
    faults = [f"{name}: {what} scrolls" for what in page.evaluate(OVERFLOWING)]
    faults += [f"{name}: {what} is cut off" for what in page.evaluate(CUT)]
    return faults + ([f"{name}: {fault}" for fault in axe_violations(page)] if look_closely else [])


def test_no_step_scrolls_in_any_state(station, live_server, now):
    faults = []
    with browser() as context:
        log_in(context, address=live_server.url, client=station)
        page = context.new_page()
        for state, (prepare, scores) in STATES.items():
            devices(scores=list(scores))
            desk = Desk(now, resident_id=str(uuid5(NAMESPACE_URL, state)))
            prepare(desk)
            for switches in ("", "large.mad"):
                context.add_cookies([{"name": "dekat_wizard", "value": switches, "url": live_server.url}])
                for width, height in SCREENS:
                    page.set_viewport_size({"width": width, "height": height})
                    name = f"{state}-{width}" + ("-besar" if switches else "")
                    page.goto(f"{live_server.url}/rekam/{desk.id}/")
                    faults += faults_of(page, name, look_closely=not switches and width == SCREENS[1][0])
                    if switches:
                        page.evaluate(REFUSE)
                        page.wait_for_selector(".say--refused")
                        faults += faults_of(page, f"{name}-ditolak", look_closely=False)

    assert faults == []
