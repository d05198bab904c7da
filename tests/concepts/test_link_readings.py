"""A line's hour: every probe counts, its figures are told when it is over, and a silence accuses nobody."""

from datetime import timedelta

import pytest

from dekat.accounts.actor import machine
from dekat.duties.evidence import faults_of, may_say, of_event
from dekat.duties.turn import is_silence
from dekat.ledger import queries as ledger
from dekat.readings import links, queries, services
from dekat.readings.moved import Moved
from dekat.reports.network_hour import centre_clock_off_ms, network_hour

pytestmark = pytest.mark.django_db
PLACE, STATION, CENTRE = "35.11.15", machine("station-35.11.15"), machine("centre")
A_DAY = timedelta(days=1)


def probe(now, *, path="CENTRE", seen_from="STATION", ms=40, **said):
    services.note_link(
        kecamatan=PLACE,
        path=path,
        is_up=ms is not None,
        latency_ms=ms,
        seen_from=seen_from,
        actor=STATION if seen_from == "STATION" else CENTRE,
        now=now,
        **said,
    )


def test_the_figures_of_an_hour_travel_with_the_first_reading_after_it(identity, now):
    for minute, ms in ((0, 40), (10, 60), (20, 900), (30, None), (40, 50)):
        why = "" if ms else "SILENT"
        probe(now + timedelta(minutes=minute), ms=ms, why=why, moved=Moved(12_000, 1000, 500, 100, 1), gap_s=minute)
    probe(now + timedelta(minutes=60))

    [closed] = [one.closed for one in queries.probes(since=now, until=now + A_DAY) if one.closed]
    assert (closed.of, closed.probe_count, closed.lost_count, closed.loss_percent) == (now, 5, 1, 20)
    assert (closed.median_ms, closed.worst_ms, closed.resent_count, closed.gap_s) == (50, 900, 5, 40)
    assert (closed.up_bytes, closed.up_ms, closed.up_bit_s, closed.down_bit_s) == (60_000, 5000, 96_000, 40_000)


def test_another_reason_is_news_the_same_is_not(identity, now):
    for minute, why in ((0, "SILENT"), (1, "SILENT"), (2, "NO_ROUTE")):
        probe(now + timedelta(minutes=minute), path="LOCAL", ms=None, why=why)

    assert [one.why for one in queries.probes(since=now, until=now + A_DAY)] == ["SILENT", "NO_ROUTE"]


def test_what_the_machines_tell_fits_the_schema_of_evidence(identity, now):
    probe(now, clock_offset_ms=-90_000, moved=Moved(1, 1, 1, 1, 1))
    probe(now + timedelta(hours=1), ms=None, why="AWAY")
    services.note_clock_jump(kecamatan=PLACE, by_ms=-3_600_000, actor=STATION, now=now)

    for event in ledger.events(names=["readings.link.probed", "readings.clock.jumped"]):
        line = {
            "id": str(event.id),
            "name": event.name,
            "version": 1,
            "subject": event.subject,
            "actor": event.actor,
            "occurred_at": event.occurred_at.isoformat(),
            "data": event.data,
        }
        assert list(faults_of(line)) == []
        assert may_say(event)


def test_the_day_s_bytes_are_counted_from_the_readings(identity, now):
    for hours in (0, 1, 30):
        probe(now + timedelta(hours=hours), moved=Moved(up_bytes=700, down_bytes=300))

    spent = links.moved_bytes(kecamatan=PLACE, since=now, until=now + A_DAY)
    assert spent == 2000


def test_a_station_that_is_not_heard_is_a_silence_and_its_own_later_reading_decides(identity, now):
    probe(now - timedelta(hours=1), path="LOCAL")
    probe(now - timedelta(hours=1), seen_from="CENTRE", ms=30)
    probe(now + timedelta(minutes=5), seen_from="CENTRE", ms=None, why="SILENT")
    only_silence = network_hour(kecamatan=PLACE, start=now, now=now + timedelta(hours=1))
    probe(now + timedelta(minutes=4), path="LOCAL", ms=None, why="SILENT")
    told = network_hour(kecamatan=PLACE, start=now, now=now + timedelta(hours=2))

    silences = [is_silence(of_event(event)) for event in ledger.events(names=["readings.link.probed"])]
    assert (only_silence.cause, only_silence.is_only_silence) == ("", True)
    assert (told.cause, told.is_only_silence) == ("NETWORK_LOCAL", False)
    assert sum(silences) == 1


@pytest.mark.row(41)
def test_the_median_of_the_stations_gives_a_wrong_centre_clock_away(identity, now):
    def told(offsets):
        for number, offset_ms in enumerate(offsets):
            services.note_link(
                kecamatan=f"35.11.{number:02}",
                path="CENTRE",
                is_up=True,
                latency_ms=9,
                seen_from="STATION",
                actor=machine(f"station-35.11.{number:02}"),
                now=now,
                clock_offset_ms=offset_ms,
            )
        return centre_clock_off_ms(now=now)

    assert told([0, 0]) is None
    assert told([0, 0, 3_602_000, 3_603_000, 3_599_000]) == 3_599_000
