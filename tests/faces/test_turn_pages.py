"""The Sekda closes the offices by a decree; who holds a turn names the one without whom nothing can be done."""

from datetime import date, timedelta
from itertools import count

import pytest

from dekat.accounts.roles import Role
from dekat.duties import closing, queries
from dekat.project import wiring
from tests.faces.test_oversight import officer, regency  # noqa: F401

pytestmark = pytest.mark.django_db
CLOSURES, WAITING, DEVICE = "/pengawasan/hari-tutup/", "/pengawasan/alat/REK-19/menunggu", "/pengawasan/alat/REK-19/"


@pytest.fixture
def today(monkeypatch, now):
    """The pages' clock begins at the tests' now and goes on by a second each time."""
    ticks = count()
    monkeypatch.setattr("dekat.faces.oversight.turn_views.now", lambda: now + timedelta(seconds=next(ticks)))


def test_the_sekda_closes_the_offices_and_opens_them_again(regency, officer, today, settings):  # noqa: F811
    client = officer(Role.REGIONAL_SECRETARY)
    said = {"decree": "SE 14/2026", "first": "2026-11-26", "last": "2026-11-27"}

    assert client.post(CLOSURES, said).status_code == 302
    assert "SE 14/2026" in client.get(CLOSURES).content.decode()
    assert closing.closed_days(closing.regency_calendar().zone) == {date(2026, 11, 26), date(2026, 11, 27)}

    client.post(CLOSURES, {"decree": "SE 15/2026", "first": "2026-11-27", "is_withdrawn": "on"})
    assert wiring._declared_days(-1) == {date(2026, 11, 26)}


def test_others_read_the_closures_and_add_none(regency, officer, today):  # noqa: F811
    client = officer(Role.REGISTRY_HEAD)

    page = client.post(CLOSURES, {"decree": "SE", "first": "2026-11-26"})

    assert page.status_code == 200
    assert "<form method" not in page.content.decode().partition("Hari tutup kantor</h1>")[2]
    assert closing.closures() == []


def test_a_day_that_is_over_is_refused_in_words(regency, officer, today):  # noqa: F811
    client = officer(Role.REGIONAL_SECRETARY)

    page = client.post(CLOSURES, {"decree": "SE", "first": "2026-11-02"}, follow=True)

    assert "sudah lewat" in page.content.decode()
    assert closing.closures() == []


def test_the_holder_of_a_turn_waits_and_stops_waiting(regency, officer, today, now):  # noqa: F811
    holder = queries.answer("REK-19", as_of=now)
    assert holder.party == "SEKDA"
    client = officer(Role.REGIONAL_SECRETARY)

    assert client.post(WAITING, {"on_party": "PUSAT", "why": "DECREE"}).status_code == 302
    waiting = queries.answer("REK-19", as_of=now + timedelta(minutes=1))
    assert (waiting.party, waiting.via) == ("PUSAT", "WAITING")

    page = client.get(WAITING).content.decode()
    assert "Sedang menunggu Ditjen Dukcapil (pusat)" in page
    wait_id = page.partition('name="ended" value="')[2].partition('"')[0]
    assert client.post(WAITING, {"ended": wait_id}).status_code == 302
    assert queries.answer("REK-19", as_of=now + timedelta(minutes=2)).party == "SEKDA"


def test_who_does_not_hold_the_turn_cannot_wait(regency, officer, today):  # noqa: F811
    client = officer(Role.REGISTRY_HEAD)

    page = client.post(WAITING, {"on_party": "PUSAT", "why": "DECREE"}, follow=True)

    assert "ada pada pihak lain" in page.content.decode()


def test_a_camat_reads_whose_turn_it_is_and_an_operator_nothing(regency, officer):  # noqa: F811
    page = officer(Role.DISTRICT_HEAD, "35.11.19").get(WAITING).content.decode()

    assert "Giliran sekarang ada pada Sekretaris Daerah" in page
    assert "Catat bahwa kami menunggu" not in page
    assert officer(Role.OPERATOR, "35.11.19").get(WAITING).status_code in (302, 403)
