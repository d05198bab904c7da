"""Laws of the turn engine, for any history."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dekat.duties.days import days_by_party, idle_runs, lost_by_party
from dekat.duties.evidence import Evidence, kinds
from dekat.duties.explain import explain
from dekat.duties.turn import State, whose_turn
from dekat.kernel.rupiah import Rupiah
from tests.make.evidence import CALENDAR, DEVICE, KEC, PLACE, START

OTHER, OFFICE, DAYS = "35.11.03", "DISPENDUKCAPIL", 120
CAMAT, NEIGHBOUR = f"KECAMATAN:{KEC}", f"KECAMATAN:{OTHER}"
PARTY = st.sampled_from([CAMAT, OFFICE, "PUSAT", "DISKOMINFO", "PEMASOK", "SEKDA"])
OWNER, GIVER = st.sampled_from([OFFICE, CAMAT]), st.sampled_from([OFFICE, CAMAT, NEIGHBOUR])
KEY = st.sampled_from(["a", "b"])
TO = st.sampled_from([KEC, OTHER, ""])
ANY_PLACE = st.sampled_from([DEVICE, PLACE, "regency"])


def fact(name, subject=DEVICE, **data):
    subjects = st.just(subject) if isinstance(subject, str) else subject
    return st.tuples(st.just(name), subjects, st.fixed_dictionaries(data))


FACTS = st.one_of(
    fact("equipment.device.delivered"),
    fact("equipment.device.handed_over", to=st.sampled_from([KEC, OTHER])),
    fact("equipment.handover.offered", by=GIVER, bast=KEY, to=TO),
    fact("equipment.handover.accepted", by=GIVER, bast=KEY, to=TO),
    fact("equipment.handover.declined", by=GIVER, bast=KEY),
    fact("equipment.device.returned", by=st.just(OFFICE), bast=KEY),
    fact("equipment.device.transferred", by=st.just("SEKDA"), to_owner=OWNER),
    fact("equipment.device.use_status_set", by=st.just("SEKDA"), owner=OWNER),
    fact("equipment.device.condition_recorded", condition=st.sampled_from(["GOOD", "MAJOR_DAMAGE"])),
    fact("equipment.device.installed"),
    fact("equipment.access.requested", to=st.just("PUSAT")),
    fact("equipment.access.granted"),
    fact("equipment.diversion.recorded"),
    fact(
        "equipment.fault.reported", fault=KEY, kind=st.sampled_from(["POWER", "HARDWARE", "SOFTWARE", "LOGIN"]),
        under_warranty=st.booleans(),
    ),
    fact("equipment.fault.cleared", fault=KEY),
    fact("equipment.consumable.ran_out", item=st.sampled_from(["BLANK", "TONER"])),
    fact("equipment.consumable.restocked", item=st.sampled_from(["BLANK", "TONER"])),
    fact("duties.instruction.delivered", PLACE, instruction=KEY, version=st.integers(1, 2)),
    fact(
        "duties.instruction.acknowledged", PLACE, instruction=KEY, version=st.integers(1, 2),
        role=st.sampled_from(["OPERATOR", "DISTRICT_HEAD"]),
    ),
    fact("duties.operator.assigned", PLACE, operator=KEY),
    fact("duties.operator.released", PLACE, operator=KEY),
    fact("duties.competence.recorded", PLACE, operator=KEY, task=st.just("RECORD"), is_passed=st.booleans()),
    fact("duties.question.asked", st.sampled_from([PLACE, DEVICE]), by=PARTY, to=PARTY, question=KEY),
    fact("duties.question.answered", st.sampled_from([PLACE, DEVICE]), by=PARTY, question=KEY),
    fact("duties.waiting.declared", by=PARTY, on_party=PARTY, waiting=KEY),
    fact("duties.waiting.ended", by=PARTY, waiting=KEY),
    fact("duties.obligation.set", ANY_PLACE, party=PARTY, obligation=KEY, due_at=st.just("2026-05-04T02:00:00Z")),
    fact("duties.obligation.met", ANY_PLACE, by=PARTY, obligation=KEY),
    fact("duties.closure.declared", "regency", days=st.lists(st.dates(date(2026, 3, 1), date(2026, 5, 1)).map(str))),
    fact("duties.closure.withdrawn", "regency", days=st.lists(st.dates(date(2026, 3, 1), date(2026, 5, 1)).map(str))),
    fact(
        "readings.link.probed", st.sampled_from([PLACE, "regency"]), is_up=st.booleans(),
        path=st.sampled_from(["LOCAL", "CENTRE", "NATIONAL"]), serves=st.sampled_from(["", "RECORD", "PRINT"]),
    ),
    fact("readings.device.used", use=st.just("CAPTURE"), count=st.just(1)),
    fact("readings.station.opened", PLACE),
)  # fmt: skip
WRITE_OFF = fact("equipment.device.written_off", by=st.just("SEKDA"))
BOUGHT = Evidence(
    UUID(int=1), "equipment.device.bought", DEVICE, "account:x", START, {"kind": "RECORDER", "price_sen": 10**10}
)


@st.composite
def histories(draw, facts=FACTS | WRITE_OFF):
    made = [BOUGHT]
    for number, (name, subject, data) in enumerate(draw(st.lists(facts, max_size=30)), start=2):
        at = START + timedelta(hours=draw(st.integers(-50, 24 * DAYS)))
        recorded_at = draw(st.none() | st.integers(0, 24 * 30).map(lambda hours, at=at: at + timedelta(hours=hours)))
        made.append(Evidence(UUID(int=number), name, subject, "node:x", at, data, recorded_at))
    return made


def on(day):
    return START + timedelta(days=day)


def local_day(instant):
    return instant.astimezone(CALENDAR.zone).date()


def ask(events, day=DAYS, known_by=None):
    [answer] = whose_turn(events, as_of=on(day), calendar=CALENDAR, known_by=known_by)
    return answer


@settings(max_examples=200, deadline=None)
@given(histories())
def test_every_instant_until_the_write_off_has_exactly_one_holder_or_is_in_use(events):
    answer = ask(events)
    write_offs = [event.at for event in events if event.name.endswith("written_off") and event.at > START]
    end = min(write_offs, default=None)

    assert answer.history[0].start == START
    assert answer.history[-1].end == answer.as_of
    for this, following in pairwise(answer.history):
        assert this.end == following.start
        assert this.start < this.end
    for stint in answer.history:
        assert (stint.party != "") == (stint.due_at is not None) == (stint.state is State.IDLE)
        assert "," not in stint.party
        assert (stint.state is State.WRITTEN_OFF) == (end is not None and end <= stint.start)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_durations_add_up_to_calendar_time(events):
    answer = ask(events)
    runs = idle_runs(answer, CALENDAR.zone)

    spent = {state: timedelta() for state in State}
    for stint in answer.history:
        spent[stint.state] += stint.end - stint.start
    listed = [run.first_day + timedelta(days=day) for run in runs for day in range(run.days)]

    assert sum(spent.values(), timedelta()) == answer.as_of - START == timedelta(days=DAYS)
    assert len(listed) == len(set(listed)) == sum(days_by_party(runs).values())
    assert abs(timedelta(days=len(listed)) - spent[State.IDLE]) <= timedelta(days=len(answer.history))


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(1, 10**11))
def test_the_money_of_the_parties_adds_up_to_the_money_of_the_days(events, price_sen):
    answer = replace(ask(events), price_sen=price_sen)
    runs = idle_runs(answer, CALENDAR.zone)
    valued = [
        run.first_day + timedelta(days=day)
        for run in runs
        for day in range(run.days)
        if answer.delivered_at and run.first_day + timedelta(days=day) >= local_day(answer.delivered_at)
    ]

    lost = lost_by_party(answer, runs, CALENDAR.zone)

    assert sum(one.sen for one in lost.values()) == Rupiah(price_sen).share(len(valued), answer.life_days).sen


@settings(max_examples=150, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_order_and_repetition_change_nothing(events, random, repeats):
    again = [random.choice(events) for _ in range(repeats)]
    shuffled = [*events, *(replace(event, recorded_at=event.known_at + timedelta(days=1)) for event in again)]
    random.shuffle(shuffled)

    assert ask(shuffled) == ask(events)
    assert ask(shuffled, known_by=on(60)) == ask(events, known_by=on(60))


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(1, DAYS - 1))
def test_what_happened_later_never_changes_an_earlier_answer(events, day):
    before = [event for event in events if event.at <= on(day)]

    assert ask(events, day) == ask(before, day)


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(1, DAYS - 1))
def test_only_what_was_recorded_late_changes_an_answer_that_was_given(events, day):
    given_then = ask([event for event in events if event.known_at <= on(day)], day)
    late = [event for event in events if event.at <= on(day) < event.known_at]

    assert ask(events, day, known_by=on(day)) == given_then
    assert late or ask(events, day) == given_then


@settings(max_examples=150, deadline=None)
@given(histories())
def test_the_reasons_say_what_the_answer_says(events):
    answer = ask(events)
    why = explain(answer)
    last = why.passes[-1]

    assert (last.party, last.desk, last.due_at, last.code) == (answer.party, answer.desk, answer.due_at, answer.code)
    assert [one.at for one in why.passes] == [stint.start for stint in answer.history]
    if answer.is_idle:
        unmet = next(link for link in why.links if not link.is_met)
        assert (unmet.link, unmet.is_asked) == (answer.link, True)
        assert answer.rule_id in {rule.id for rule in unmet.rules}
        assert set(unmet.events) <= set(answer.evidence) <= {event.id for event in events}


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


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("2026-99-99"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def nonsense(draw):
    """An event with a name that the engine knows and fields that no schema would let through."""
    name = draw(st.sampled_from(sorted(kinds())))
    fields = kinds()[name]["properties"]["data"]["properties"]
    data = {field: draw(ANYTHING) for field in fields if draw(st.booleans())}
    return name, draw(ANY_PLACE), data


@settings(max_examples=300, deadline=None)
@given(histories(FACTS | nonsense()))
def test_a_machine_that_signs_nonsense_cannot_stop_the_answers(events):
    answer = ask(events)

    assert answer.history[-1].end == answer.as_of
