"""The tour of the start page leads only to pages that open, each for the person it names."""

import pytest

from tests.e2e.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_every_stop_of_the_tour_opens_for_the_person_it_names(regency, person):
    start = person(None, "centre")
    start.goto(regency.url("centre", "/contoh/"))
    look(start, "tur")
    stops = start.eval_on_selector_all(
        ".tour__go li", "all => all.map(one => [one.querySelector('a').href, one.querySelector('b')?.textContent])"
    )
    assert len(stops) > 10
    pages = {}
    for address, people in stops:
        for username in people.split(", lalu ") if people else [None]:
            key = username, address.split("/")[2]
            where = next(name for name in ("centre", "wringin", "cermee", "ijen") if key[1] in regency.url(name))
            pages[key] = pages.get(key) or person(username, where)
            answer = pages[key].goto(address)
            assert answer.status == 200, (address, username)
            assert pages[key].url == address, (address, username)
