"""Whose silence is it: the line's, or the centre's?"""

import socket

from dekat.adapters.centre_line.local_line import look
from dekat.readings.kinds import Why


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def test_another_well_known_machine_that_answers_clears_the_line():
    with socket.create_server(("127.0.0.1", 0)) as other:
        found = look(centre=("127.0.0.1", closed_port()), others=[other.getsockname()[:2]])

    assert (found.is_up, found.why) == (True, Why.AWAY)


def test_a_refusal_by_this_very_machine_says_nothing_of_a_line():
    found = look(centre=("127.0.0.1", closed_port()), patience_s=0.2)

    assert not found.is_up


def test_a_name_that_nobody_knows_is_no_way_to_the_centre():
    assert not look(centre=("dekat.invalid", 443), patience_s=0.2).is_up
