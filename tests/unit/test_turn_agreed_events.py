"""Hand-over, transfer, waiting, causes and closures: who holds the turn after each of them."""

from datetime import timedelta

import pytest

from dekat.duties.days import idle_runs
from dekat.duties.turn import State, whose_turn
from tests.make.evidence import CALENDAR, DEVICE, KEC, PLACE, START, History

CAMAT, OFFICE, OTHER = f"KECAMATAN:{KEC}", "DISPENDUKCAPIL", "35.11.03"


def offered(history, day, to=KEC, bast="B-9", by=OFFICE):
    return history.say(day, "equipment.handover.offered", by=by, bast=bast, on="2026-03-04", to=to)


def accepted(history, day, to=KEC, bast="B-9"):
    by = f"KECAMATAN:{to}" if to else OFFICE
    return history.say(day, "equipment.handover.accepted", by=by, bast=bast, on="2026-03-05", to=to)


def test_an_offered_hand_over_is_open_until_the_receiver_answers():
    history = History().until("handed_over")
    offered(history, 1)

    assert (history.answer(2).code, history.answer(2).party) == ("HANDOVER_OPEN", CAMAT)

    accepted(history, 2)
    assert (history.answer(2).code, history.answer(2).kecamatan) == ("NOT_INSTALLED", KEC)


def test_a_declined_hand_over_gives_the_turn_back_to_the_giver():
    history = History().until("handed_over")
    offered(history, 1)
    refusal = history.say(2, "equipment.handover.declined", by=CAMAT, bast="B-9", why="kotak basah")

    answer = history.answer(3)

    assert (answer.code, answer.party) == ("NO_HANDOVER", OFFICE)
    assert refusal.id in answer.evidence


def test_nobody_else_can_accept_or_decline_what_was_offered():
    history = History().until("handed_over")
    offered(history, 1)
    accepted(history, 2, to=OTHER)
    history.say(2, "equipment.handover.declined", by=f"KECAMATAN:{OTHER}", bast="B-9", why="x")

    assert (history.answer(3).code, history.answer(3).party) == ("HANDOVER_OPEN", CAMAT)


def test_an_acceptance_by_a_clock_that_was_ahead_counts_when_its_offer_comes():
    history = History().until("handed_over")
    accepted(history, 1)
    offered(history, 1.01)

    assert (history.answer(2).code, history.answer(2).kecamatan) == ("NOT_INSTALLED", KEC)


def test_a_device_back_in_the_store_waits_for_a_hand_over_again():
    history = History().until("instruction")
    offered(history, 5, to="", by=CAMAT)
    assert (history.answer(5).code, history.answer(5).party) == ("HANDOVER_OPEN", OFFICE)

    accepted(history, 6, to="")
    assert (history.answer(7).code, history.answer(7).kecamatan) == ("NO_HANDOVER", "")

    history.handed_over(8, to=OTHER)
    assert history.answer(9).code == "NOT_INSTALLED"


def test_a_returned_device_is_the_office_s_again():
    history = History().until("instruction")
    history.say(5, "equipment.device.returned", by=OFFICE, bast="B-3", on="2026-03-07")

    assert (history.answer(6).code, history.answer(6).party) == ("NO_HANDOVER", OFFICE)


def broken(history, **data):
    history.until("opened")
    for day in range(9):
        history.opened(day)
    history.say(1, "equipment.fault.reported", by=CAMAT, fault="f", **data)
    return history


def test_a_transfer_makes_the_new_asset_user_repair_it():
    history = broken(History(), kind="HARDWARE")
    assert history.answer(2).party == OFFICE

    history.say(
        3, "equipment.device.transferred", by="SEKDA", decree="SK-1", on="2026-03-05", from_owner=OFFICE,
        to_owner=CAMAT, bast="B-4",
    )  # fmt: skip
    assert (history.answer(4).party, history.answer(4).desk) == (CAMAT, "DISTRICT_HEAD")

    history.say(5, "equipment.device.use_status_set", by="SEKDA", decree="SK-2", on="2026-03-07", owner=OFFICE)
    assert (history.answer(6).party, history.answer(6).asset_user) == (OFFICE, OFFICE)


@pytest.mark.parametrize(
    ("data", "code", "causes"),
    [
        ({"kind": "HARDWARE", "cause": "LIGHTNING"}, "BROKEN", ("LIGHTNING",)),
        ({"kind": "HARDWARE", "cause": "IDLENESS"}, "BROKEN", ("IDLENESS",)),
        ({"kind": "SOFTWARE"}, "SOFTWARE", ()),
        ({"kind": "LOGIN"}, "LOGIN_LOST", ()),
        ({"kind": "POWER", "cause": "UNSTABLE_MAINS"}, "POWER", ("UNSTABLE_MAINS",)),
    ],
)
def test_what_broke_it_stands_beside_the_code(data, code, causes):
    answer = broken(History(), **data).answer(2)

    assert (answer.code, answer.causes) == (code, causes)


def test_a_worn_device_is_replaced_or_written_off_rather_than_repaired():
    history = History().until("opened")
    history.opened(1)
    history.say(1, "equipment.device.condition_recorded", by=OFFICE, condition="MAJOR_DAMAGE")

    assert history.answer(2).code == "WORN_OUT"


def test_nobody_has_the_turn_of_a_device_that_was_written_off():
    history = History().until("instruction")
    decree = history.say(9, "equipment.device.written_off", by="SEKDA", decree="SK-3", on="2026-03-11", reason="aus")
    history.used(20)

    answer = history.answer(40)

    assert (answer.state, answer.party, answer.due_at) == (State.WRITTEN_OFF, "", None)
    assert answer.since == decree.at
    assert decree.id in answer.evidence
    assert sum(run.days for run in idle_runs(answer, CALENDAR.zone)) == 9


def test_who_waits_for_a_named_party_passes_the_turn_and_gets_it_back():
    history = broken(History(), kind="HARDWARE")
    history.say(2, "duties.waiting.declared", by=OFFICE, waiting="w", on_party="PEMASOK", why_code="SPARE_PART")

    waiting = history.answer(2.1)
    assert (waiting.party, waiting.via, waiting.code) == ("PEMASOK", "WAITING", "BROKEN")

    history.say(3, "duties.waiting.ended", by="PEMASOK", waiting="w")
    assert (history.answer(3.1).party, history.answer(3.1).via) == (OFFICE, "RULE")


def test_only_the_holder_of_the_turn_can_wait_for_somebody():
    history = broken(History(), kind="HARDWARE")
    history.say(2, "duties.waiting.declared", by=CAMAT, waiting="w", on_party="PUSAT", why_code="REPAIR")

    assert history.answer(2.1).party == OFFICE


def test_who_is_asked_may_ask_a_third_and_each_gets_the_turn_back():
    history = broken(History(), kind="HARDWARE")
    history.say(2, "duties.question.asked", by=OFFICE, question="q1", to="PEMASOK")
    history.say(2.1, "duties.question.asked", by="PEMASOK", question="q2", to="PUSAT")
    history.say(2.2, "duties.question.asked", by="PUSAT", question="q3", to=OFFICE)

    assert history.answer(2.3).party == "PUSAT"

    history.say(2.4, "duties.question.answered", by="PUSAT", question="q2")
    assert history.answer(2.5).party == "PEMASOK"
    history.say(2.6, "duties.question.answered", by="PEMASOK", question="q1")
    assert history.answer(2.7).party == OFFICE


def test_somebody_outside_cannot_end_a_wait():
    history = broken(History(), kind="HARDWARE")
    history.say(2, "duties.waiting.declared", by=OFFICE, waiting="w", on_party="PEMASOK", why_code="SPARE_PART")
    history.say(2.1, "duties.waiting.ended", by=f"KECAMATAN:{OTHER}", waiting="w")

    assert history.answer(2.2).party == "PEMASOK"


def test_an_obligation_about_a_kecamatan_moves_no_device():
    history = History().until("instruction")
    before = history.answer(3)
    for subject in (PLACE, "regency"):
        history.say(
            2, "duties.obligation.set", subject, by="SEKDA", obligation="o", party=CAMAT, source="HEARING",
            due_at="2026-03-20T02:00:00Z",
        )  # fmt: skip

    assert history.answer(3) == before


def test_a_line_may_hold_for_recording_and_fail_for_printing():
    history = History().until("opened")
    history.say(
        0, "equipment.device.bought", "device:KK-19", by=OFFICE, kind="KK_PRINTER", model="m", contract="K",
        price_sen=100,
    )  # fmt: skip
    history.say(0, "equipment.device.handed_over", "device:KK-19", by=OFFICE, bast="B", on="2026-03-02", to=KEC)
    history.say(0, "equipment.device.installed", "device:KK-19", by=OFFICE)
    history.say(0, "duties.instruction.delivered", PLACE, instruction="P-2", version=1)
    for role in ("OPERATOR", "DISTRICT_HEAD"):
        history.say(
            0, "duties.instruction.acknowledged", PLACE, by=CAMAT, instruction="P-2", version=1, role=role
        )  # fmt: skip
    history.say(0, "duties.competence.recorded", PLACE, operator="op-1", task="PRINT", is_passed=True)
    history.opened(1)
    history.say(1, "readings.link.probed", "regency", path="NATIONAL", is_up=True)
    down = history.say(
        1.1, "readings.link.probed", "regency", path="NATIONAL", is_up=False, serves="PRINT", why="THROTTLED"
    )  # fmt: skip

    printer, recorder = whose_turn(history.events, as_of=START + timedelta(days=2), calendar=CALENDAR)

    assert (printer.code, printer.party, printer.causes) == ("NETWORK_CENTRAL", "PUSAT", ("THROTTLED",))
    assert down.id in printer.evidence
    assert recorder.code == "NO_DEMAND"


def test_a_declared_closure_moves_deadlines_but_never_back():
    history = History().until("instruction")
    plain = history.answer(1).due_at
    history.say(1, "duties.closure.declared", "regency", by="SEKDA", decree="SE-1", days=["2026-03-02", "2026-03-04"])

    closed = history.answer(1).due_at
    assert closed - plain == timedelta(days=1)

    history.say(1.1, "duties.closure.withdrawn", "regency", by="SEKDA", decree="SE-2", days=["2026-03-04"])
    assert history.answer(2).due_at == plain


def test_what_arrived_later_is_not_read_as_known_before():
    history = History().until("opened")
    use = history.used(3)
    late = [*history.events[:-1], type(use)(**{**use.__dict__, "recorded_at": START + timedelta(days=30)})]

    def ask(known_by):
        [answer] = whose_turn(late, as_of=START + timedelta(days=4), calendar=CALENDAR, known_by=known_by)
        return answer.state

    assert ask(START + timedelta(days=29)) is State.IDLE
    assert ask(START + timedelta(days=30)) is State.IN_USE
    assert ask(None) is State.IN_USE


def test_the_device_in_another_kecamatan_is_not_touched_by_questions_of_the_former():
    history = History().until("instruction")
    history.handed_over(5, to=OTHER)
    history.say(6, "duties.question.asked", PLACE, by=OFFICE, question="q", to="PUSAT")

    assert history.answer(7).party == OFFICE
    assert history.answer(7).kecamatan == OTHER
    assert DEVICE.endswith(history.answer(7).serial)


def test_a_kecamatan_cannot_speak_of_the_device_of_another():
    history = History().until("opened")
    history.opened(1)
    history.say(1, "equipment.fault.reported", by=f"KECAMATAN:{OTHER}", fault="f", kind="HARDWARE")
    assert history.answer(2).code == "NO_DEMAND"

    offered(history, 1.5, to=OTHER, by=CAMAT)
    history.say(2, "equipment.device.condition_recorded", by=f"KECAMATAN:{OTHER}", condition="MAJOR_DAMAGE")
    accepted(history, 2, to=OTHER)
    [fault_free] = [standing for link, standing in history.answer(3).standings if link == "fault_free"]
    assert fault_free.rule_id == "worn-out"
