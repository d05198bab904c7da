"""The answer from what is kept beside the log is the engine's answer from the whole log, whatever arrives when."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from unittest.mock import patch
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.duties import chain, thinning
from dekat.duties.answer_form import from_text, to_text
from dekat.duties.closures import with_closures
from dekat.duties.evidence import Evidence
from dekat.duties.next_change import clocks_of, moved, next_change
from dekat.duties.rulebook import rulebook
from dekat.duties.turn import whose_turn
from dekat.kernel.working_time import add_working_minutes
from dekat.readings.kinds import OPENED, USED
from tests.make.evidence import CALENDAR, DEVICE, KEC, PLACE, START
from tests.property.test_turn import BOUGHT, FACTS, fact

BOOK = rulebook(START.date())
# What fills a log of years: many of the same kind on one day, and days on which there is none.
MANY = st.one_of(
    fact("readings.device.used", use=st.just("CAPTURE"), count=st.just(1)),
    fact("readings.station.opened", PLACE),
    *(
        fact(
            "readings.link.probed",
            subject,
            path=st.sampled_from(["LOCAL", "CENTRE", "NATIONAL"]),
            is_up=st.booleans(),
            seen_from=st.sampled_from(["STATION", "CENTRE"]),
            serves=st.sampled_from(["", "", "RECORD", "PRINT"]),
        )
        for subject in (PLACE, "regency")
    ),
    fact("readings.device.self_tested"),
)
READY = [
    ("equipment.device.handed_over", DEVICE, {"to": KEC}),
    ("equipment.access.granted", DEVICE, {}),
    ("duties.instruction.delivered", PLACE, {"instruction": "a", "version": 1}),
    ("duties.instruction.acknowledged", PLACE, {"instruction": "a", "version": 1, "role": "OPERATOR"}),
    ("duties.instruction.acknowledged", PLACE, {"instruction": "a", "version": 1, "role": "DISTRICT_HEAD"}),
    ("duties.operator.assigned", PLACE, {"operator": "a"}),
    ("duties.competence.recorded", PLACE, {"operator": "a", "task": "RECORD", "is_passed": True}),
]


@st.composite
def long_histories(draw):
    """A device that may be ready, with bursts of readings and acts of people between and inside them."""
    ready = draw(st.sampled_from([[], READY]))
    said = [(*one, timedelta(minutes=place)) for place, one in enumerate(ready, start=1)]
    for name, subject, data in draw(st.lists(FACTS, max_size=12)):
        said.append((name, subject, data, timedelta(minutes=draw(st.integers(-3000, 60 * 24 * 90)))))
    for name, subject, data in draw(st.lists(MANY, max_size=12)):
        first = draw(st.integers(0, 60 * 24 * 80))
        step = draw(st.sampled_from([1, 30, 240, 60 * 24, 60 * 24 * 3]))
        times = draw(st.integers(1, 8))
        said.extend((name, subject, data, timedelta(minutes=first + again * step)) for again in range(times))
    return [
        BOUGHT,
        *(
            Evidence(UUID(int=number), name, subject, "node:x", START + after, data)
            for number, (name, subject, data, after) in enumerate(draw(st.permutations(said)), start=2)
        ),
    ]


def kept(events):
    """What the store keeps of these events."""
    events = thinning.in_order({event.id: event for event in events}.values())
    found = {}
    for subject in {event.subject for event in events}:
        days = groupby([event for event in events if event.subject == subject], key=lambda one: one.at.date())
        found[subject] = [event for _, day in days for event in thinning.of_day([*day])]
    return found


def few(facts):
    """What the engine is given of it."""
    points = [thinning.Point(one.name, us(one.at), thinning.state_of(one)) for one in facts]
    return [facts[place] for place in thinning.bridged(points, ends=ENDS)]


def window(hours):
    return lambda at_us: us(add_working_minutes(EPOCH + timedelta(microseconds=at_us), hours * 60, CALENDAR))


def us(at):
    return (at - EPOCH) // timedelta(microseconds=1)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ENDS = {USED: window(BOOK.use_window_working_hours), OPENED: window(BOOK.opened_window_working_hours)}


def ask(events, as_of):
    return whose_turn(events, as_of=as_of, calendar=CALENDAR)


@settings(max_examples=300, deadline=None)
@given(long_histories(), st.integers(0, 60 * 24 * 100))
def test_what_is_left_out_changes_no_answer(events, minutes):
    as_of = START + timedelta(minutes=minutes)
    until = [event for event in events if event.at <= as_of]

    left = [event for facts in kept(until).values() for event in few(facts)]

    assert ask(left, as_of) == ask(events, as_of)


@settings(max_examples=200, deadline=None)
@given(long_histories(), st.integers(0, 60 * 24 * 100), st.floats(0, 1))
def test_an_answer_stands_until_its_next_change(events, minutes, part):
    as_of = START + timedelta(minutes=minutes)
    events = [event for event in events if event.at <= as_of]
    [before] = ask(events, as_of)

    facts = kept(events)
    working = with_closures(CALENDAR, facts.get("regency", []))
    clocks = [clocks_of(found, calendar=CALENDAR) for found in facts.values() if found]
    until = next_change(before, clocks, as_of=as_of, book=BOOK, calendar=working)
    later = as_of + (until - as_of) * part

    [after] = ask(events, later)
    assert after == moved(before, later)


@settings(max_examples=100, deadline=None)
@given(long_histories(), st.integers(0, 60 * 24 * 100))
def test_an_answer_comes_back_as_it_was_kept(events, minutes):
    [answer] = ask(events, START + timedelta(minutes=minutes))

    assert from_text(to_text(answer)) == answer


@settings(max_examples=150, deadline=None)
@given(long_histories(), st.integers(0, 60 * 24 * 100))
def test_no_event_touches_a_link_that_is_not_looked_at_again(events, minutes):
    as_of = START + timedelta(minutes=minutes)
    quick = ask(events, as_of)

    with patch.dict(chain._TOUCHED_BY, clear=True):
        assert ask(events, as_of) == quick
