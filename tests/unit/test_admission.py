"""All stations come back in the same second: a bounded number at once, and the longest waiting first."""

import heapq
import random

import pytest

from dekat.faces.wire.admission import CONCURRENT_STATIONS, IDLE_S, Admission, TooManyStations

NEEDS_S = 4.0


def come_back(count, concurrent):
    """Every station asks at second 0 and comes again when told; give when each got its place, and the most at once."""
    places, chance = Admission(concurrent), random.Random(38)
    due = [(0.0, number, number) for number in range(count)]
    served, busy, most = {}, [], 0
    asked = count
    while due:
        now_s, _, number = heapq.heappop(due)
        busy = [end for end in busy if end + IDLE_S >= now_s]
        try:
            places.enter(str(number), now_s=now_s)
        except TooManyStations as told:
            # A station obeys, and comes a little later than it was told.
            wait_s = told.facts["retry_after_s"] + chance.uniform(0, min(5, told.facts["retry_after_s"] / 4))
            asked += 1
            heapq.heappush(due, (now_s + wait_s, asked, number))
            continue
        served[number] = now_s
        places.leave(str(number), now_s=now_s + NEEDS_S)
        busy.append(now_s + NEEDS_S)
        most = max(most, len(busy))
    return served, most


@pytest.mark.row(38)
@pytest.mark.parametrize(("count", "concurrent"), [(23, 4), (7285, CONCURRENT_STATIONS)])
def test_nobody_starves_and_the_oldest_are_served_first(count, concurrent):
    served, most = come_back(count, concurrent)

    at = [served[number] for number in range(count)]
    perfect_s = count / concurrent * (NEEDS_S + IDLE_S)
    halves = sum(at[: count // 2]) / (count // 2), sum(at[count // 2 :]) / (count - count // 2)
    assert len(served) == count
    assert most <= concurrent
    assert max(at) <= 3 * perfect_s + 30
    assert halves[0] < halves[1]


def test_who_has_a_place_keeps_it_and_a_place_nobody_uses_is_given_away():
    places = Admission(1)
    places.enter("a", now_s=0)
    places.leave("a", now_s=1)
    places.enter("a", now_s=2)
    with pytest.raises(TooManyStations):
        places.enter("b", now_s=3)

    places.leave("a", now_s=100)
    with pytest.raises(TooManyStations):
        places.enter("b", now_s=101)
    places.enter("b", now_s=100 + IDLE_S + 1)


def test_who_never_comes_back_holds_nobody_up():
    places = Admission(1)
    places.enter("a", now_s=0)
    for name in ("gone", "b"):
        with pytest.raises(TooManyStations):
            places.enter(name, now_s=1)
    places.leave("a", now_s=1)

    places.enter("b", now_s=400)
