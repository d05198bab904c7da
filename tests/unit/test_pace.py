"""A lane is quick where the line broke and patient where the centre is away."""

import pytest

from dekat.adapters.centre_line.pace import Knocking, Pace, Trouble


def most(least, ceiling):
    return ceiling


def pace(spread=most):
    return Pace(patience_s=20.0, spread=spread)


def test_after_a_broken_line_it_tries_at_once_and_without_chance():
    lane = pace(spread=lambda *_: pytest.fail("a broken line is nobody else's business"))

    assert {lane.after(Trouble.LINK, at) for at in (0.0, 30.0, 119.0)} == {0.5}
    assert lane.knocking(119.0) == Knocking(20.0, 0.0)


def test_a_long_outage_is_knocked_at_rarely():
    lane = pace()
    lane.after(Trouble.LINK, 0.0)

    assert (lane.after(Trouble.LINK, 121.0), lane.knocking(121.0)) == (5.0, Knocking(5.0, 5.0))
    assert (lane.after(Trouble.LINK, 1801.0), lane.knocking(1801.0)) == (22.0, Knocking(8.0, 22.0))


def test_an_absent_centre_is_asked_by_chance_in_a_span_that_doubles_to_five_minutes():
    lane = pace()

    rests = [lane.after(Trouble.CENTRE, float(at)) for at in range(9)]

    assert rests == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert pace(spread=lambda least, _: least).after(Trouble.CENTRE, 0.0) == 0


def test_what_the_centre_asked_for_is_waited_and_a_little_more():
    assert pace().after(Trouble.CENTRE, 0.0, retry_after_s=40) == 45
    assert pace(spread=lambda least, _: least).after(Trouble.REFUSED, 0.0, retry_after_s=40) == 40


def test_a_refusal_is_never_hammered():
    assert pace(spread=lambda least, _: least).after(Trouble.REFUSED, 0.0) == 5


def test_one_good_round_makes_the_next_trouble_a_new_one():
    lane = pace()
    lane.after(Trouble.LINK, 0.0)
    lane.after(Trouble.CENTRE, 2000.0)

    lane.worked()

    assert (lane.outage_s(3000.0), lane.after(Trouble.CENTRE, 3000.0)) == (0.0, 5.0)
