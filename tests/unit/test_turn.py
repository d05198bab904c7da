"""Each link of the chain has one owner; questions, obligations and missed deadlines pass the turn."""

from datetime import timedelta

import pytest

from dekat.duties.days import cost_per_day, days_by_party, idle_days, idle_runs, lost_by_party
from dekat.duties.turn import State
from dekat.kernel.clock import iso
from dekat.kernel.rupiah import Rupiah
from tests.make.evidence import CALENDAR, KEC, PLACE, START, History

CAMAT = f"KECAMATAN:{KEC}"


@pytest.mark.parametrize(
    ("link", "code", "party"),
    [
        ("delivered", "NOT_DELIVERED", "PEMASOK"),
        ("handed_over", "NO_HANDOVER", "DISPENDUKCAPIL"),
        ("installed", "NOT_INSTALLED", "DISPENDUKCAPIL"),
        ("access", "NO_ACCESS_RIGHT", "DISPENDUKCAPIL"),
        ("instruction", "NO_INSTRUCTION", "DISPENDUKCAPIL"),
        ("acknowledged", "NOT_ACKNOWLEDGED", CAMAT),
        ("operator", "NO_OPERATOR", CAMAT),
        ("competent", "NOT_COMPETENT", "DISPENDUKCAPIL"),
        ("opened", "UNKNOWN", CAMAT),
    ],
)
def test_the_first_unmet_link_names_the_owner(link, code, party):
    answer = History().until(link).answer(1)

    assert (answer.state, answer.code, answer.party) == (State.IDLE, code, party)
    assert answer.due_at > answer.as_of


def broken(history, name, **data):
    history.until("opened")
    for day in range(3):
        history.opened(day)
    return history.say(1, name, **data)


@pytest.mark.parametrize(
    ("name", "data", "code", "party"),
    [
        ("equipment.diversion.recorded", {"by": "DPRD"}, "DIVERTED", CAMAT),
        ("equipment.fault.reported", {"by": CAMAT, "fault": "f", "kind": "POWER"}, "POWER", CAMAT),
        ("equipment.fault.reported", {"by": CAMAT, "fault": "f", "kind": "HARDWARE"}, "BROKEN", "DISPENDUKCAPIL"),
        (
            "equipment.fault.reported",
            {"by": CAMAT, "fault": "f", "kind": "HARDWARE", "under_warranty": True},
            "BROKEN",
            "PEMASOK",
        ),
        ("equipment.consumable.ran_out", {"by": CAMAT, "item": "PAPER"}, "NO_CONSUMABLE", "DISPENDUKCAPIL"),
        ("equipment.consumable.ran_out", {"by": CAMAT, "item": "BLANK"}, "NO_BLANK", "PUSAT"),
    ],
)
def test_a_reported_obstacle_names_its_owner_and_its_event(name, data, code, party):
    history = History()
    event = broken(history, name, **data)

    answer = history.answer(2)

    assert (answer.code, answer.party) == (code, party)
    assert event.id in answer.evidence


@pytest.mark.parametrize(
    ("path", "code", "party"),
    [
        ("LOCAL", "NETWORK_LOCAL", "DISKOMINFO"),
        ("CENTRE", "CENTRE_UNREACHABLE", "DISPENDUKCAPIL"),
        ("NATIONAL", "NETWORK_CENTRAL", "PUSAT"),
    ],
)
def test_probes_tell_whose_line_is_down(path, code, party):
    history = History()
    subject = "regency" if path == "NATIONAL" else PLACE
    broken(history, "readings.link.probed", subject=subject, path=path, is_up=False)

    assert (history.answer(2).code, history.answer(2).party) == (code, party)

    history.say(2, "readings.link.probed", subject=subject, path=path, is_up=True)
    assert history.answer(2).code == "NO_DEMAND"


def test_only_signed_use_makes_a_device_be_in_use():
    history = History().until("opened")
    history.used(3)

    assert history.answer(4).state is State.IN_USE
    assert history.answer(4).party == ""
    assert history.answer(40).state is State.IDLE
    assert history.answer(40).since == START + timedelta(days=3)


def test_use_proves_installation_and_access_and_ends_diversion():
    history = History().until("installed")
    history.say(1, "equipment.diversion.recorded", by="DPRD")
    history.used(2)

    assert history.answer(30).code == "NO_INSTRUCTION"


def test_a_request_to_the_national_centre_makes_it_their_turn():
    history = History().until("access")
    history.say(1, "equipment.access.requested", by="DISPENDUKCAPIL", to="PUSAT")

    assert (history.answer(2).party, history.answer(2).code) == ("PUSAT", "NO_ACCESS_RIGHT")


def test_unread_for_three_working_days_moves_from_operator_to_camat():
    history = History().until("acknowledged")

    assert history.answer(2).desk == "OPERATOR"
    assert history.answer(4).desk == "DISTRICT_HEAD"
    assert history.answer(4).missed == (CAMAT,)


def test_a_question_turns_the_clock_round_and_an_answer_turns_it_back():
    history = History().until("acknowledged")
    history.say(1, "duties.question.asked", PLACE, by=CAMAT, question="q", to="DISPENDUKCAPIL")

    asked = history.answer(1.5)
    assert (asked.party, asked.via, asked.code) == ("DISPENDUKCAPIL", "QUESTION", "NOT_ACKNOWLEDGED")

    history.say(2, "duties.question.answered", PLACE, by="DISPENDUKCAPIL", question="q")
    assert history.answer(2).party == CAMAT
    assert history.answer(2).due_at > asked.due_at


def test_a_missed_deadline_rises_until_the_sekda():
    history = History().until("acknowledged")

    assert [stint.desk for stint in history.answer(60).history[-4:]] == [
        "OPERATOR",
        "DISTRICT_HEAD",
        "REGISTRY_HEAD",
        "REGIONAL_SECRETARY",
    ]
    assert history.answer(60).party == "SEKDA"


def test_the_sekda_gives_the_turn_to_one_party_with_a_deadline():
    history = History().until("instruction")
    due = START + timedelta(days=70)
    history.say(
        60, "duties.obligation.set", by="SEKDA", obligation="o", party="DISPENDUKCAPIL",
        due_at=due.isoformat().replace("+00:00", "Z"),
    )  # fmt: skip

    assert (history.answer(59).party, history.answer(61).party) == ("SEKDA", "DISPENDUKCAPIL")
    assert history.answer(61).due_at == due
    assert (history.answer(71).party, history.answer(71).missed) == ("SEKDA", ("DISPENDUKCAPIL",))


def test_days_and_money_of_the_parties_add_up():
    history = History().until("opened")
    history.used(10)
    answer = history.answer(120)

    runs = idle_runs(answer, CALENDAR.zone, since=answer.since)
    money = lost_by_party(answer, runs, CALENDAR.zone)

    assert sum(days_by_party(runs).values()) == idle_days(answer, CALENDAR.zone) == 110
    assert sum(amount.sen for amount in money.values()) == pytest.approx(cost_per_day(answer).sen * 110, abs=200)
    assert cost_per_day(answer) == Rupiah(15_000_000_000).share(1, 1825)


def test_a_device_given_to_another_kecamatan_keeps_its_history():
    history = History().until("instruction")
    history.handed_over(20, to="35.11.03")

    answer = history.answer(21)

    assert answer.kecamatan == "35.11.03"
    assert {stint.code for stint in answer.history} >= {"NO_INSTRUCTION"}


def with_competence_until(day):
    history = History().until("competent")
    history.competent(0, valid_until=iso(START + timedelta(days=day)))
    for opened in range(6):
        history.opened(opened)
    return history


def test_a_competence_that_ended_moves_the_turn_and_a_newer_one_keeps_it():
    ended = with_competence_until(3)
    renewed = with_competence_until(3)
    renewed.competent(2, valid_until=iso(START + timedelta(days=400)))

    assert ended.answer(2).code == "NO_DEMAND"
    assert ended.answer(5).code == "NOT_COMPETENT"
    assert renewed.answer(5).code == "NO_DEMAND"
