"""Machines note what they measured; a repeat counts once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.accounts.actor import machine
from dekat.ledger import queries as ledger
from dekat.readings import queries, services

pytestmark = pytest.mark.django_db
STATION = machine("station-35.11.12")


def test_the_same_use_counts_once(identity, now):
    for _ in range(2):
        services.note_use(serial="R-1", use="CAPTURE", count=1, actor=STATION, now=now, event_id=identity_id)

    [found] = queries.uses(since=now - timedelta(days=1), until=now + timedelta(days=1))
    assert (found.serial, found.use, found.count) == ("R-1", "CAPTURE", 1)


identity_id = uuid4()


def test_a_use_of_nothing_is_refused(identity, now):
    with pytest.raises(services.CountNotPositive):
        services.note_use(serial="R-1", use="CAPTURE", count=0, actor=STATION, now=now)


def test_only_changes_and_new_hours_of_a_line_are_told(identity, now):
    for minute, is_up in ((0, True), (5, True), (10, False), (15, False), (65, False)):
        services.note_link(
            kecamatan="35.11.12", path="LOCAL", is_up=is_up, latency_ms=40 if is_up else None, seen_from="STATION",
            actor=STATION, now=now + timedelta(minutes=minute),
        )  # fmt: skip

    told = queries.probes(since=now, until=now + timedelta(hours=3), kecamatan="35.11.12")
    summed = queries.hours(kecamatan="35.11.12", since=now, until=now + timedelta(hours=3))
    assert [probe.is_up for probe in told] == [True, False, False]
    assert [(hour.probe_count, hour.up_count, hour.mean_latency_ms) for hour in summed] == [(4, 2, 40), (1, 0, None)]


def test_a_station_opens_once_a_day(identity, now):
    for hours in (0, 3, 24):
        services.note_opened(kecamatan="35.11.12", actor=STATION, now=now + timedelta(hours=hours))

    assert len(ledger.events(names=["readings.station.opened"])) == 2
