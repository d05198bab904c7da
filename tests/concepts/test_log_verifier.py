"""The stand-alone verifier on a log that the real services wrote: keys change, lives begin, stations speak."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from dekat.accounts.actor import machine
from dekat.accounts.centre_keys import rotate_centre_key
from dekat.kernel.canonical import canonical_json
from dekat.kernel.signing import SigningKey
from dekat.ledger import rules, services, verifier
from dekat.ledger.heads import heads_paper, publish_heads
from dekat.ledger.services import Draft, record
from dekat.reports.log_state import log_lines
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db


def speak(node, key, now, count=3):
    """A station says something and the centre keeps it."""
    events, prev = [], rules.FIRST_PREV_HASH
    for seq in range(1, count + 1):
        draft = Draft(uuid4(), "readings.station.opened", "kecamatan:35.11.15", f"node:{node}", now, {})
        event = draft.as_event(node=node, seq=seq, prev_hash=prev, recorded_at=now)
        prev, signature = rules.sign_event(event.content(), prev, key)
        events.append(replace(event, hash=prev, signature=signature))
    services.accept(node=node, key=key.verify_key, events=events)


def checked(tmp_path, now, *lines):
    """Check the log as it stands (or these lines) against the ends as they are now."""
    log, ends = tmp_path / "catatan.jsonl", tmp_path / "ujung.json"
    log.write_text("".join(lines or log_lines()))
    ends.write_bytes(canonical_json(heads_paper(now=now)))
    return verifier.check(log, kept_heads=[ends])


def test_new_keys_of_the_centre_and_of_a_station_are_followed(identity, now, tmp_path):
    station = enrolled_station(now=now, kecamatan="35.11.15")
    speak(station.name, station.signing, now)
    rotate_centre_key(actor=machine("centre"), now=now)
    publish_heads(now=now)

    report = checked(tmp_path, now)

    assert report.faults == []
    assert {chain.node for chain in report.chains} == {"centre", "centre/2", station.name}
    assert report.total == sum(1 for _ in log_lines())


def test_a_station_that_the_centre_never_named_is_not_believed(identity, now, tmp_path):
    speak("station-35.11.99", SigningKey.generate(), now)
    log = tmp_path / "catatan.jsonl"
    log.write_text("".join(log_lines()))

    assert {(fault.node, fault.reason) for fault in verifier.check(log).faults} == {("station-35.11.99", "key_unknown")}


def test_a_removed_chain_is_named_by_the_log_alone(identity, now, tmp_path):
    station = enrolled_station(now=now, kecamatan="35.11.15")
    speak(station.name, station.signing, now)
    publish_heads(now=now)
    log = tmp_path / "catatan.jsonl"
    log.write_text("".join(line for line in log_lines() if f'"node":"{station.name}"' not in line))

    [fault] = verifier.check(log).faults

    assert (fault.node, fault.reason, fault.until) == (station.name, "chain_missing", 3)


def test_the_ends_are_said_once_a_day(identity, now):
    assert publish_heads(now=now) is True
    assert publish_heads(now=now) is False


def test_what_every_event_says_is_hashed_as_the_verifier_hashes_it(identity, now, tmp_path):
    with transaction.atomic():
        odd = {"text": 'é \u2028 "\\ 😀', "number": -3, "none": None, "list": [True, {"b": 1, "a": [""]}]}
        record(name="test.thing.done", subject="regency", actor="node:centre", data=odd, now=now)

    assert checked(tmp_path, now).faults == []
