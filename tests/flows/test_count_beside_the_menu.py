"""The count of obligations beside the menu: exact after every act, minutes old after news of the whole regency."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.duties.obliging import Task, set_obligation
from dekat.kernel.signing import SigningKey
from dekat.ledger import ports
from dekat.ledger.services import Draft, record_many
from dekat.reports.obligations import all_duties, count_open, open_count
from tests.make.accounts import SEKDA
from tests.make.evidence import START, History

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LATER = START + 12 * DAY
CLOSED = [f"2026-03-{day:02}" for day in (5, 6, 9, 10, 11, 12)]


@pytest.fixture
def say(identity):
    """A device used on its first day and never again; give what lets somebody say more."""
    voice = ports.Signer("centre/2", SigningKey.generate())

    def told(events):
        drafts = [Draft(one.id, one.name, one.subject, one.actor, one.at, one.data) for one in events]
        record_many(drafts, voice=voice, now=LATER)

    history = History().until("opened")
    history.opened(0.1)
    history.used(0.1)
    told(history.events)
    return lambda *fact, **data: told([history.say(*fact, **data)])


def listed(now):
    return sum(not duty.is_over for duty in all_duties(now=now))


def test_an_obligation_counts_at_once(say):
    before = open_count(now=LATER)
    task = Task("regency", "DISKOMINFO", "Perbaiki menara", LATER + DAY)

    set_obligation(obligation_id=uuid4(), task=task, actor=SEKDA, now=LATER)

    assert before == 1
    assert open_count(now=LATER) == listed(LATER) == 2


def test_what_a_device_shows_counts_at_once(say):
    before = open_count(now=LATER)

    say(11.9, "readings.device.used", use="CAPTURE", count=1)

    assert (before, open_count(now=LATER), listed(LATER)) == (1, 0, 0)


def test_news_of_the_whole_regency_count_when_a_worker_counted_again_or_minutes_later(say):
    before = open_count(now=LATER)

    say(1, "duties.closure.declared", "regency", by="SEKDA", days=CLOSED, decree="SE-1")

    assert before == open_count(now=LATER + MINUTE) == 1
    assert listed(LATER + MINUTE) == 0
    assert open_count(now=LATER + 4 * MINUTE) == 0
    assert count_open(now=LATER + MINUTE) == open_count(now=LATER + 2 * MINUTE) == 0
