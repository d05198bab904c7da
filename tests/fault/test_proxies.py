"""Whoever stands between a station and its centre: found out, named to the operator, got around where that is right."""

import base64
import time
from uuid import uuid4

import pytest

from dekat.adapters.centre_line import knock as knocking
from dekat.adapters.centre_line.pace import Pace, Trouble
from dekat.adapters.centre_line.trouble import CentreUnreachable
from tests.fault.fault_line import PASS, FaultLine, Wrong
from tests.fault.pair import hold_invariants, settle
from tests.fault.proxies import Answering, ForwardProxy, GatheringLine, TlsLine
from tests.make.certificates import Authority

UP, PORTAL = ["UP", "", ""], ["PORTAL", "line.centre.not_the_centre", ""]
PAGE = b"<html><body>Selamat datang di Wi-Fi kantor. Silakan masuk.</body></html>"
LOGIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)


def page(status, *headers):
    """A proxy's own answer, with its page."""
    fixed = f"Content-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n"
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status} x\r\n{fixed}{lines}\r\n".encode() + PAGE


@pytest.fixture
def port(pair):
    """The running centre's, with a station that has a packet and a message for it."""
    centre, station = pair
    port = centre.start().tell("serve")
    station.start().tell("start_up")
    have_something(station)
    return port


def have_something(station, size=60_000):
    packet = str(uuid4())
    station.tell("seal", packet, size)
    station.tell("send", str(uuid4()), "pesan")
    return packet


def states(station):
    return {state for state, *_ in station.tell("held").values()}


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.mark.processes
@pytest.mark.row(27)
def test_a_log_in_page_takes_nothing(pair, port):
    portal = Answering(LOGIN)

    assert pair[1].tell("look", f"http://127.0.0.1:{portal.port}") == PORTAL

    portal.close()
    assert states(pair[1]) == {"SEALED"}
    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(27)
def test_a_log_in_page_in_the_clear_where_tls_should_be_is_a_log_in_page(pair, port, authority):
    portal = Answering(LOGIN)

    assert pair[1].tell("look", f"https://127.0.0.1:{portal.port}", 2, str(authority.file)) == PORTAL

    portal.close()
    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(27)
def test_a_proxy_that_holds_our_authority_s_key_is_not_the_centre_either(pair, port, authority):
    """It may read along; what it answers itself is not signed, at whatever question it begins."""
    for part in ("/hello", "/inbox", "/packets", "/feed"):
        plan = lambda question, part=part: Wrong(answer=LOGIN) if part in question.path else PASS  # noqa: E731
        line = TlsLine(port, plan, tls=authority.serves("127.0.0.1"))
        have_something(pair[1])
        assert pair[1].tell("look", line.url, 2, str(authority.file)) == PORTAL
        assert "SEALED" in states(pair[1]) or part == "/feed"
        line.close()

    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(28)
def test_a_redirect_is_never_followed(pair, port):
    target = Answering(LOGIN)

    for status in (301, 302, 303, 307, 308):
        away = page(status, f"Location: http://127.0.0.1:{target.port}/sync/v1/hello")
        line = FaultLine(port, lambda _, away=away: Wrong(answer=away))
        assert pair[1].tell("look", line.url) == PORTAL
        line.close()

    target.close()
    assert target.met == 0
    assert states(pair[1]) == {"SEALED"}
    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(29)
def test_a_proxy_without_a_centre_is_no_log_in_page(pair, port):
    for status in (408, 429, 499, 502, 503, 504):
        no = page(status)
        line = FaultLine(port, lambda question, no=no: Wrong(answer=no) if "/packets" in question.path else PASS)
        assert pair[1].tell("look", line.url) == ["AWAY", "line.centre.away", ""]
        line.close()
        assert len([question for question in line.seen if "/packets" in question.path]) == 1

    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(29)
def test_who_is_asked_to_come_back_later_does(pair, port):
    line = FaultLine(port, lambda _: Wrong(answer=page(503, "Retry-After: 120")))

    pair[1].tell("sync", line.url)
    deadline = time.monotonic() + 5
    while len(line.seen) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)  # what hammers would hammer now

    assert len(line.seen) == 3
    line.close()
    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(29)
def test_a_proxy_that_takes_small_bodies_only_gets_them_and_is_remembered(pair, port):
    centre, station = pair
    too_large = page(413)
    line = FaultLine(port, lambda q: Wrong(answer=too_large) if q.body_bytes > 20_000 else PASS)
    for _ in range(20):
        station.tell("send", str(uuid4()), "pesan")

    first = station.tell("look", line.url)
    refused = len([question for question in line.seen if question.body_bytes > 20_000])
    station.start().tell("start_up")
    have_something(station)
    line.seen.clear()
    second = station.tell("look", line.url)

    line.close()
    assert first == second == ["UP", "", "line.proxy.too_large"]
    assert 0 < refused < 6
    assert max(question.body_bytes for question in line.seen) <= 20_000
    assert [data["code"] for data in station.tell("said", "sync.way.narrowed")] == ["line.proxy.too_large"]
    hold_invariants(centre, station)


@pytest.mark.processes
@pytest.mark.row(30)
def test_a_proxy_that_gathers_whole_bodies_is_found_out_and_gets_small_ones(pair, port):
    centre, station = pair
    packet = have_something(station, 600_000)
    line = GatheringLine(port)

    first = station.tell("look", line.url)
    wasted = [question for question in line.seen if question.body_bytes > 200_000]
    station.start().tell("start_up")
    have_something(station, 600_000)
    line.seen.clear()
    second = station.tell("look", line.url)

    line.close()
    assert first == second == ["UP", "", "line.proxy.keeps_bodies"]
    assert len(wasted) <= 5
    assert max(question.body_bytes for question in line.seen) < 200_000
    assert station.tell("held")[packet][0] == "RECEIVED"
    assert [data["code"] for data in station.tell("said", "sync.way.narrowed")] == ["line.proxy.keeps_bodies"]
    assert centre.tell("said", "sync.way.narrowed") == station.tell("said", "sync.way.narrowed")
    hold_invariants(centre, station)


@pytest.mark.processes
@pytest.mark.row(31)
def test_another_certificate_is_refused_before_a_byte_is_told(pair, port, authority, tmp_path):
    stranger = Authority(tmp_path, "penyela")

    for tls in (stranger.serves("127.0.0.1"), authority.serves("pusat.example")):
        line = TlsLine(port, tls=tls)
        assert pair[1].tell("look", line.url, 2, str(authority.file)) == ["INTERCEPTED", "line.centre.intercepted", ""]
        assert line.seen == []
        line.close()

    settle(*pair)


@pytest.mark.processes
@pytest.mark.row(32)
def test_without_a_name_service_the_last_good_address_leads_there(pair, port):
    centre, station = pair
    line = FaultLine(port)
    url = line.url.replace("127.0.0.1", "pusat.example")

    station.tell("names", "127.0.0.1")
    seen = [station.tell("look", url)]
    station.tell("names", "")
    seen.append(station.tell("look", url))
    station.start().tell("start_up")
    station.tell("names", "")
    seen.append(station.tell("look", url))

    line.close()
    assert seen == [UP, UP, UP]
    hold_invariants(centre, station)


@pytest.mark.processes
@pytest.mark.row(32)
def test_a_name_service_that_lies_is_got_around(pair, port):
    centre, station = pair
    line = FaultLine(port)
    url = line.url.replace("127.0.0.1", "pusat.example")
    liar = Answering(LOGIN, address="127.0.0.2", port=int(line.url.rpartition(":")[2]))

    station.tell("names", "127.0.0.1")
    before = station.tell("look", url)
    station.tell("names", "127.0.0.2")
    have_something(station)
    lied_to, after = station.tell("look", url), station.tell("look", url)

    line.close()
    liar.close()
    assert (before, lied_to, after) == (UP, PORTAL, UP)
    hold_invariants(centre, station)


@pytest.mark.processes
def test_the_line_goes_through_the_office_s_proxy(pair, port, authority):
    line = TlsLine(port, tls=authority.serves("127.0.0.1"))
    login = base64.b64encode(b"kantor:sandi").decode()
    proxy = ForwardProxy(login)
    where = f"127.0.0.1:{proxy.port}"

    refused = pair[1].tell("look", line.url, 2, str(authority.file), f"http://{where}")
    pair[1].start().tell("start_up")
    let_in = pair[1].tell("look", line.url, 2, str(authority.file), f"http://kantor:sandi@{where}")
    asked = f"CONNECT {line.url.removeprefix('https://')} HTTP/1.1"

    proxy.close()
    line.close()
    assert refused == ["PROXY", "line.proxy.refused", ""]
    assert let_in == UP
    assert set(proxy.asked) == {asked}
    hold_invariants(*pair)


@pytest.mark.processes
def test_a_station_listens_nowhere_and_leads_only_to_its_centre(pair, port):
    line = FaultLine(port)
    pair[1].tell("sync", line.url)
    deadline = time.monotonic() + 10
    while not (found := pair[1].tell("sockets")) and time.monotonic() < deadline:
        time.sleep(0.05)

    listening = "0A"
    assert found
    assert [one for one in found if one[0] == listening] == []
    assert {far for _, _, far in found} == {line.url.removeprefix("http://")}
    line.close()


class Hours:
    """A clock that only moves when somebody waits."""

    def __init__(self):
        self.now_s = 0.0

    def monotonic(self):
        return self.now_s

    def sleep(self, seconds):
        self.now_s += seconds


@pytest.mark.row(36)
def test_a_line_that_only_leads_one_way_costs_little(monkeypatch):
    """Nobody answers: counted are the first packets of all attempts, and those the kernel repeats after 1 and 3 s.

    For a minute the station tries hard, since most outages are short; then it spends less than 5 kB a minute.
    """
    hours, first_packets = Hours(), []

    class Silent:
        def __init__(self):
            self.begun_s = hours.now_s

        def close(self):
            repeated = [self.begun_s + wait_s for wait_s in (1, 3) if self.begun_s + wait_s < hours.now_s]
            first_packets.extend([self.begun_s, *repeated])

    def nobody(waiting, patience_s):
        hours.sleep(patience_s)

    monkeypatch.setattr(knocking, "time", hours)
    monkeypatch.setattr(knocking, "_begin", lambda *_: Silent())
    monkeypatch.setattr(knocking, "_first_through", nobody)
    monkeypatch.setattr(knocking, "_silent_since", {})
    pace = Pace(patience_s=20.0)
    while hours.now_s < 7200:
        with pytest.raises(CentreUnreachable):
            knocking.knock("127.0.0.1", 9, patience_s=pace.knocking(hours.now_s).patience_s)
        hours.sleep(pace.after(Trouble.LINK, hours.now_s))

    spent = [60 * sum(minute * 60 <= at < minute * 60 + 60 for at in first_packets) for minute in range(120)]
    assert max(spent[1:]) < 5_000
    assert spent[0] < 32_000
    assert sum(spent) / len(spent) < 1_500
