"""A line that breaks every few seconds is not out: whoever still sends over it keeps knocking as fast as at first."""

import pytest

from dekat.adapters.centre_line import worker as worker_module
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.worker import SyncWorker

PERIOD_S, PERIODS = 40, 90


class Broken:
    """A lane's round that ends by a break each time, having heard so many bytes before."""

    def __init__(self, monkeypatch, now, heard):
        self.at_s, self.heard, self.each = 0.0, 0, heard
        monkeypatch.setattr(worker_module.time, "monotonic", lambda: self.at_s)
        monkeypatch.setattr(worker_module.keyring, "is_locked", lambda: False)
        monkeypatch.setattr(CentreLine, "wait_for_connection", lambda *_: None)
        monkeypatch.setattr(CentreLine, "moved_bytes", property(lambda _: (0, self.heard)))
        self.worker = SyncWorker(centre_url="http://127.0.0.1:9", clock=lambda: now)

    def round(self):
        self.at_s += PERIOD_S
        self.heard += self.each
        raise CentreUnreachable

    def rests(self):
        return [self.worker._one_turn("bulk", self.round) for _ in range(PERIODS)]


@pytest.mark.django_db
def test_a_line_that_was_heard_in_each_round_is_never_given_up(monkeypatch, now):
    assert max(Broken(monkeypatch, now, heard=300).rests()) <= 1


@pytest.mark.django_db
def test_a_line_of_which_nothing_is_heard_is_asked_ever_more_rarely(monkeypatch, now):
    assert Broken(monkeypatch, now, heard=0).rests()[-1] > 20
