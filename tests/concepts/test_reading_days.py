"""Readings summed by day say the same as the log, whatever arrives when."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dekat.kernel.ids import new_id
from dekat.ledger import ports
from dekat.ledger.services import Draft, record_many
from dekat.readings import days, queries
from dekat.readings.models import ReadingDay

pytestmark = pytest.mark.django_db
ZONE, HOUR = ZoneInfo("Asia/Jakarta"), timedelta(hours=1)


def say(now, name, subject, hours, **data):
    """One reading for each of these hours before now."""
    drafts = [Draft(new_id(now), name, subject, "node:x", now - hour * HOUR, data) for hour in hours]
    record_many(drafts, voice=ports.signer(), now=now)


def use(now, hours, serial="R-1", kind="CAPTURE"):
    say(now, "readings.device.used", f"device:{serial}", hours, use=kind, count=2)


def probe(now, hours, is_up, path="LOCAL", seen_from="STATION"):
    say(
        now, "readings.link.probed", "kecamatan:35.11.12", hours, path=path, is_up=is_up, seen_from=seen_from,
        latency_ms=5,
    )  # fmt: skip


def by_hand(since, until, zone=ZONE):
    counts = Counter()
    for used in queries.uses(since=since, until=until):
        counts[used.at.astimezone(zone).date(), used.serial, used.use] += used.count
    return [queries.UseDay(serial, day, kind, count) for (day, serial, kind), count in sorted(counts.items())]


@pytest.mark.parametrize("zone", [ZONE, ZoneInfo("UTC")])
def test_a_span_that_cuts_its_first_and_last_day_is_summed_to_the_hour(identity, now, zone):
    use(now, range(1, 150, 3))
    use(now, range(2, 150, 7), "R-2", "PRINT")

    for since in (now - 140 * HOUR, now - 2 * HOUR, now.replace(hour=17) - 96 * HOUR):
        found = queries.use_days(since=since, until=now - HOUR, zone=zone)
        assert found == by_hand(since, now - HOUR, zone)
    assert queries.use_days(since=now - 140 * HOUR, until=now, zone=zone, serial="R-2") == [
        one for one in by_hand(now - 140 * HOUR, now, zone) if one.serial == "R-2"
    ]


def test_what_arrives_late_is_in_the_sum_of_its_day(identity, now):
    use(now, range(1, 30))
    queries.use_days(since=now - 100 * HOUR, until=now, zone=ZONE)

    use(now, [70, 71, 5])

    assert queries.use_days(since=now - 100 * HOUR, until=now, zone=ZONE) == by_hand(now - 100 * HOUR, now)


def test_sums_that_were_lost_are_made_again(identity, now):
    use(now, range(1, 90, 5))
    queries.use_days(since=now - 100 * HOUR, until=now, zone=ZONE)

    days.forget()

    assert queries.use_days(since=now - 100 * HOUR, until=now, zone=ZONE) == by_hand(now - 100 * HOUR, now)
    assert ReadingDay.objects.exists()


def test_a_silence_is_no_probe_of_the_line(identity, now):
    probe(now, [30, 31], True)
    probe(now, [32], False)
    probe(now, [30, 33], False, "CENTRE", "CENTRE")

    found = queries.line_days(since=now - 60 * HOUR, until=now, zone=ZONE)

    assert [(one.path, one.seen_from, one.count, one.up_count, one.silent_count) for one in found] == [
        ("CENTRE", "CENTRE", 0, 0, 2),
        ("LOCAL", "STATION", 3, 2, 0),
    ]


def test_the_last_probe_of_each_line_and_end_is_found(identity, now):
    probe(now, range(3, 60), True)
    probe(now, [2], False)
    probe(now, range(20, 60), True, "CENTRE")

    found = queries.last_probes(since=now - 60 * HOUR, until=now)

    assert [(one.path, one.is_up, now - one.at) for one in found] == [
        ("CENTRE", True, 20 * HOUR),
        ("LOCAL", False, 2 * HOUR),
    ]
