"""Laws of the turn engine, for any history."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.duties.days import days_by_party, idle_runs
from dekat.duties.evidence import Evidence
from dekat.duties.turn import State, whose_turn
from tests.make.evidence import CALENDAR, DEVICE, KEC, PLACE, START

CAMAT = f"KECAMATAN:{KEC}"
PARTIES = [CAMAT, "DISPENDUKCAPIL", "PUSAT", "DISKOMINFO", "SEKDA"]
PARTY = st.sampled_from(PARTIES)
KEY = st.sampled_from(["a", "b"])


def fact(name, subject=DEVICE, **data):
    return st.tuples(st.just(name), st.just(subject), st.fixed_dictionaries(data))


FACTS = st.one_of(
    fact("equipment.device.delivered"),
    fact("equipment.device.handed_over", to=st.sampled_from([KEC, "35.11.03"])),
    fact("equipment.device.installed"),
    fact("equipment.access.requested", to=st.just("PUSAT")),
    fact("equipment.access.granted"),
    fact("equipment.diversion.recorded"),
    fact("equipment.fault.reported", fault=KEY, kind=st.sampled_from(["POWER", "HARDWARE"])),
    fact("equipment.fault.cleared", fault=KEY),
    fact("duties.instruction.delivered", PLACE, instruction=KEY, version=st.integers(1, 2)),
    fact(
        "duties.instruction.acknowledged", PLACE, instruction=KEY, version=st.integers(1, 2),
        role=st.sampled_from(["OPERATOR", "DISTRICT_HEAD"]),
    ),
    fact("duties.operator.assigned", PLACE, operator=KEY),
    fact("duties.operator.released", PLACE, operator=KEY),
    fact("duties.competence.recorded", PLACE, operator=KEY, task=st.just("RECORD"), is_passed=st.booleans()),
    fact("duties.question.asked", PLACE, by=PARTY, to=PARTY, question=KEY),
    fact("duties.question.answered", PLACE, by=PARTY, question=KEY),
    fact("duties.obligation.set", party=PARTY, obligation=KEY, due_at=st.just("2026-05-04T02:00:00Z")),
    fact("duties.obligation.met", obligation=KEY),
    fact("readings.link.probed", PLACE, path=st.sampled_from(["LOCAL", "CENTRE"]), is_up=st.booleans()),
    fact("readings.device.used", use=st.just("CAPTURE"), count=st.just(1)),
    fact("readings.station.opened", PLACE),
)  # fmt: skip
BOUGHT = Evidence(
    UUID(int=1), "equipment.device.bought", DEVICE, "account:x", START, {"kind": "RECORDER", "price_sen": 10**10}
)


@st.composite
def histories(draw):
    made = [BOUGHT]
    for number, (name, subject, data) in enumerate(draw(st.lists(FACTS, max_size=30)), start=2):
        at = START + timedelta(hours=draw(st.integers(-50, 24 * 120)))
        made.append(Evidence(UUID(int=number), name, subject, "node:x", at, data))
    return made


def ask(events, day=120):
    [answer] = whose_turn(events, as_of=START + timedelta(days=day), calendar=CALENDAR)
    return answer


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_instant_has_exactly_one_holder_or_is_in_use(events):
    answer = ask(events)

    assert answer.history[0].start == START
    assert answer.history[-1].end == answer.as_of
    for this, following in zip(answer.history, answer.history[1:], strict=False):
        assert this.end == following.start
    for stint in answer.history:
        assert (stint.party == "") == (stint.state is State.IN_USE)
        assert "," not in stint.party


@settings(max_examples=100, deadline=None)
@given(histories())
def test_durations_add_up_to_the_device_s_life(events):
    answer = ask(events)

    spent = sum((stint.end - stint.start for stint in answer.history), timedelta())
    idle = sum(1 for run in idle_runs(answer, CALENDAR.zone) for _ in range(run.days))

    assert spent == answer.as_of - START
    assert sum(days_by_party(idle_runs(answer, CALENDAR.zone)).values()) == idle <= 120


@settings(max_examples=100, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_order_and_repetition_change_nothing(events, random, repeats):
    shuffled = events + [random.choice(events) for _ in range(repeats)]
    random.shuffle(shuffled)

    assert ask(shuffled) == ask(events)


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(1, 119))
def test_later_events_never_change_an_earlier_answer(events, day):
    before = [event for event in events if event.at <= START + timedelta(days=day)]

    assert ask(events, day) == ask(before, day)


@settings(max_examples=60, deadline=None)
@given(
    histories(), st.lists(st.tuples(st.integers(0, 119), st.sampled_from(["self_tested", "test_missed"])), max_size=6)
)
def test_the_weekly_self_test_of_a_device_changes_no_answer(events, drawn):
    tests = [
        Evidence(UUID(int=9000 + place), f"readings.device.{name}", DEVICE, "node:x", START + timedelta(days=day), {})
        for place, (day, name) in enumerate(drawn)
    ]

    assert ask(events + tests) == ask(events)
