"""The line across real network namespaces, on links that are slow, lossy, mute, narrow or new after each break."""

import secrets
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from bench.rig.link import bad_link
from bench.rig.places import PREFIX, Place, places, sweep, why_not
from bench.rig.quality import Quality

from dekat.adapters.centre_line import knock, packets, stream, wire_talk
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.ids import new_id
from dekat.sync import ports, queries, services

WHY_NOT = why_not()
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "places are permitted"),
    pytest.mark.django_db(transaction=True),
]
LINK_KEEPS_TIME_S = 0.02
FAST = Quality(send_kbit_s=2000, receive_kbit_s=2000, delay_ms=5)
_numbers = count(1)


@pytest.fixture
def seen(monkeypatch):
    """What the centre's handler was given, and when."""
    found = []

    def keep(*, item_id, node, body, now):
        found.append((body, time.monotonic()))

    monkeypatch.setitem(ports._packets, "test/1", keep)
    return found


@pytest.fixture
def ends(identity, now, seen):
    """A station's place, and a centre that serves in its own."""
    with places(2) as (station, centre):
        with centre.entered():
            server = serve_in_thread(8080, host="0.0.0.0", clock=lambda: now)
        yield station, centre
        server.stop()


@pytest.fixture
def hasty(monkeypatch):
    """Six times as impatient, for links that are six times as quick."""
    monkeypatch.setattr(stream, "STALL_S", 0.5)
    monkeypatch.setattr(stream, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(knock, "PACES", ((float("inf"), 0.06),))
    monkeypatch.setattr(packets, "_BREATH_S", 0.02)
    monkeypatch.setattr(wire_talk, "ANSWER_S", 5.0)


def linked(ends, quality):
    number = next(_numbers)
    return bad_link(*ends, quality, near_ip=f"10.71.{number}.1", far_ip=f"10.71.{number}.2")


def sent(station: Place, link, now, *, patience_s=20.0) -> None:
    """Everything in the outbox goes over this link."""
    line = line_over(link, now)
    with station.entered():
        Rounds(line, clock=lambda: now, patience_s=patience_s).send_packets()
        line.close()


def line_over(link, now) -> CentreLine:
    return CentreLine(f"http://{link.far_ip}:8080", clock=lambda: now, patience_s=20.0)


def has_sent_all(line, now) -> bool:
    try:
        Rounds(line, clock=lambda: now, patience_s=2.0).send_packets()
    except CentreUnreachable:
        return False
    return True


def sealed(now, size: int) -> bytes:
    content = secrets.token_bytes(size)
    services.seal_packet(packet_id=new_id(now), kind="test/1", content=content, operator="", now=now)
    return content


def bodies(seen) -> list[bytes]:
    return [body for body, _ in seen]


def test_a_link_has_its_rate_and_counts_its_bytes(ends, seen, now):
    content = sealed(now, 100_000)

    with linked(ends, Quality(send_kbit_s=800, receive_kbit_s=800, delay_ms=10)) as link:
        sent(ends[0], link, now)

    assert bodies(seen) == [content]
    assert 101_000 < link.sent.on_air < 112_000
    assert seen[0][1] - link.began > 101_000 * 8 / 800_000


def test_what_a_killed_run_left_behind_is_swept():
    make = "import os,bench.rig.places as p; print(p.Place().name, flush=True); os._exit(9)"
    left = subprocess.run([sys.executable, "-c", make], capture_output=True, text=True, check=False).stdout.strip()
    assert left.startswith(PREFIX) and Path(f"/run/netns/{left}").exists()

    sweep()

    assert not Path(f"/run/netns/{left}").exists()


@pytest.mark.row(20, 21)
def test_a_line_that_drops_again_and_again_loses_nothing_and_sends_little_twice(ends, seen, now, hasty):
    contents = [sealed(now, size) for size in (60_000, 30_000, 90_000)]
    quality = Quality(send_kbit_s=1000, receive_kbit_s=1000, delay_ms=10, works_s=0.9, breaks_s=0.7, forgets=True)

    with linked(ends, quality) as link:
        sent(ends[0], link, now)

    assert bodies(seen) == contents
    assert queries.outbox_summary().waiting_count == 0
    assert seen[-1][1] - link.began > quality.period_s
    # A link that is itself late, on a busy machine, makes the kernel repeat more than the line would.
    least = 0.9 if link.late_s < LINK_KEEPS_TIME_S else 0.8
    assert sum(map(len, contents)) / link.sent.on_air > least


@pytest.mark.row(21)
def test_after_a_break_and_with_a_new_address_bytes_flow_again_within_two_seconds(ends, seen, now):
    content = sealed(now, 140_000)
    # The break is longer than it takes to notice it, as at the offices.
    quality = Quality(send_kbit_s=1000, receive_kbit_s=1000, delay_ms=20, works_s=1.0, breaks_s=3.6, forgets=True)

    with linked(ends, quality) as link:
        sent(ends[0], link, now)

    assert bodies(seen) == [content]
    lost_s = (seen[0][1] - link.began) - quality.seconds_for(link.sent.on_air)
    assert lost_s < 2.0


@pytest.mark.row(33)
def test_where_big_packets_vanish_small_ones_are_sent(ends, seen, now, hasty, monkeypatch):
    monkeypatch.setattr(wire_talk, "ANSWER_S", 0.6)
    content = sealed(now, 30_000)

    with linked(ends, Quality(send_kbit_s=4000, receive_kbit_s=4000, delay_ms=5, swallows_above=1200)) as link:
        line = line_over(link, now)
        with ends[0].entered():
            tries = next(number for number in range(1, 9) if has_sent_all(line, now))

    assert (tries, line.segment_bytes) == (4, 536)
    assert bodies(seen) == [content]
    assert link.received.swallowed > 0


@pytest.mark.row(34)
def test_two_packets_lost_of_a_hundred_at_600_ms_leave_most_of_the_line(ends, seen, now):
    content = sealed(now, 150_000)
    quality = Quality(send_kbit_s=256, receive_kbit_s=1024, delay_ms=300, loss=0.02)

    with linked(ends, quality) as link:
        sent(ends[0], link, now)

    assert bodies(seen) == [content]
    greeting_s = 4 * 0.3
    took_s = seen[0][1] - link.began - greeting_s
    assert quality.seconds_for(150_000) / took_s > 0.6


@pytest.mark.row(35)
def test_a_very_slow_line_that_moves_is_never_given_up(ends, seen, now, hasty):
    content = sealed(now, 15_000)
    # 8 kbit/s, six times as quick, with a queue that is longer than every patience.
    quality = Quality(send_kbit_s=48, receive_kbit_s=48, delay_ms=25)
    for end in ends:  # as the guide to setting a station up says for such a line
        end.ran("sysctl", "-qw", "net.ipv4.tcp_timestamps=1")

    with linked(ends, quality) as link:
        sent(ends[0], link, now, patience_s=1.0)

    assert bodies(seen) == [content]
    assert link.sent.on_air < 22_000
