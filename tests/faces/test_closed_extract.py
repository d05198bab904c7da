"""A closed extract gives nobody's data, from the search or from a page that was left open."""

import pytest

from dekat.enrolment import queries
from dekat.sync import standing
from tests.make import registry
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.mark.row(51)
@pytest.mark.parametrize("orders", [["stopped"], ["revoked", "wipe_extract"], []])
def test_a_search_page_that_was_left_open_begins_no_recording_from_a_closed_extract(
    identity, now, settings, monkeypatch, client, orders
):
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)
    resident_id = registry.registered(now).members[0].id
    # Without an order it is the lease that ended: `now` of these tests is long ago.
    standing.note_told(orders=orders, lease_days=1, may_read=not orders, now=now)

    answer = client.post(f"/rekam/mulai/{resident_id}/")

    assert answer.status_code in (403, 409)
    assert queries.open_recordings() == []
