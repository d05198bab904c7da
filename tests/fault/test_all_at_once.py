"""All stations come back in the same second: let in by and by, the longest waiting first; none starves."""

import heapq
import http.client
import random
import threading
import time

import pytest

from dekat.adapters.centre_line.pace import Pace, Trouble
from dekat.faces.wire import admission, app
from dekat.faces.wire.admission import Admission, TooManyStations
from dekat.faces.wire.server import serve_in_thread
from dekat.sync import ports, sessions
from tests.make.sync import enrolled_station

STATIONS, PLACES = 23, 4


@pytest.mark.row(38)
@pytest.mark.django_db(transaction=True)
def test_all_stations_of_a_regency_in_the_same_second_are_all_served(identity, now, monkeypatch):
    seen = []
    monkeypatch.setitem(ports._packets, "test/1", lambda *, body, **_: seen.append(body))
    monkeypatch.setattr(app, "Admission", lambda: Admission(PLACES))
    monkeypatch.setattr(admission, "IDLE_S", 0.1)
    stations = [enrolled_station(now=now, kecamatan=f"99.{one:02d}.01") for one in range(1, STATIONS + 1)]
    passes = [sessions.make_pass(node_name=station.name, now=now) for station in stations]
    packets = [station.seal(f"{number}".encode() * 1000, now=now) for number, station in enumerate(stations)]
    server, gate, refused = serve_in_thread(0, clock=lambda: now), threading.Barrier(STATIONS), []

    def come_back(station, given, packet):
        gate.wait(10)
        while (answer := hand_in(server.port, given, packet))[0] in (429, 503):
            refused.append(station.name)
            time.sleep(int(answer[1]) * 0.03)  # the seconds that were named, shortened
        answers.append(answer)

    answers = []
    threads = [threading.Thread(target=come_back, args=one) for one in zip(stations, passes, packets, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    server.stop()

    assert [status for status, _ in answers] == [201] * STATIONS
    assert len(seen) == len(set(seen)) == STATIONS
    assert len(refused) > 0


def hand_in(port, given, packet):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {
        "Authorization": f"Bearer {given}",
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(packet)),
        "Content-Type": "application/offset+octet-stream",
    }
    try:
        connection.request("POST", "/sync/v1/packets", body=packet, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Retry-After")
    except (OSError, http.client.HTTPException):
        return 503, "2"  # refused while it still spoke
    finally:
        connection.close()


@pytest.mark.row(38)
@pytest.mark.parametrize("count", [23, 400])
def test_nobody_starves_and_places_are_used(count):
    """Each sends for half a minute; refused, it comes back when it was told to, a little later at random."""
    places, need_s = 64, 30.0
    office, rng = Admission(places), random.Random(38)
    paces = {f"station-{number}": Pace(patience_s=20.0, spread=rng.uniform) for number in range(count)}
    coming = [(rng.uniform(0.0, 1.0), name) for name in paces]
    heapq.heapify(coming)
    begun, done, tries, inside = {}, {}, dict.fromkeys(paces, 0), 0

    while coming:
        now_s, name = heapq.heappop(coming)
        if name in begun and now_s - begun[name] >= need_s:
            done[name] = now_s
            continue
        try:
            office.enter(name, now_s=now_s)
        except TooManyStations as busy:
            tries[name] += 1
            wait_s = paces[name].after(Trouble.CENTRE, now_s, retry_after_s=busy.facts["retry_after_s"])
            heapq.heappush(coming, (now_s + wait_s, name))
            continue
        office.leave(name, now_s=now_s)
        begun.setdefault(name, now_s)
        inside = max(inside, len(office._seen_s))
        heapq.heappush(coming, (now_s + 1.0, name))

    ideal_s = need_s * -(-count // places)
    assert len(done) == count
    assert inside <= places
    assert max(done.values()) < 2.5 * ideal_s + 60
    assert sum(tries.values()) / count < 10
