"""The acceptance scenarios of the dispute, at the level of events: 17, 18, 20, 21, 22."""

from datetime import timedelta

import pytest

from dekat.duties.days import cost_per_day, idle_days, idle_runs, lost_by_party, total
from dekat.duties.turn import State
from dekat.kernel.rupiah import Rupiah
from tests.make.evidence import CALENDAR, KEC, PLACE, START, History

CAMAT = f"KECAMATAN:{KEC}"


def running():
    history = History().until("opened")
    for day in range(40):
        history.opened(day)
    return history


@pytest.mark.scenario(17)
def test_17_an_unread_instruction_moves_to_the_camat_and_a_question_back_to_the_office():
    history = History().until("acknowledged")
    delivered = next(event for event in history.events if event.name == "duties.instruction.delivered")

    assert delivered.id in history.answer(1).evidence
    assert (history.answer(4).party, history.answer(4).desk) == (CAMAT, "DISTRICT_HEAD")

    history.say(4, "duties.question.asked", PLACE, by=CAMAT, question="q", to="DISPENDUKCAPIL")
    asked = history.answer(4.1)
    assert (asked.party, asked.via) == ("DISPENDUKCAPIL", "QUESTION")
    assert asked.due_at > asked.as_of


@pytest.mark.scenario(18)
def test_18_idle_days_of_a_diverted_pc_stop_only_at_a_real_capture():
    history = running()
    history.used(2)
    history.say(5, "equipment.diversion.recorded", by="DPRD", photo_sha256="5f" * 32)

    before = history.answer(30)
    assert (before.code, before.missed[0], idle_days(before, CALENDAR.zone)) == ("DIVERTED", CAMAT, 28)

    history.say(30, "equipment.diversion.cleared", by=CAMAT)
    assert history.answer(31).state is State.IDLE
    history.used(32)
    assert history.answer(33).state is State.IN_USE


@pytest.mark.scenario(21)
def test_21_the_end_that_is_down_decides_between_pusat_and_the_tower():
    history = running()
    history.say(20, "readings.link.probed", "regency", path="NATIONAL", is_up=False, seen_from="CENTRE")
    assert (history.answer(21).code, history.answer(21).party) == ("NETWORK_CENTRAL", "PUSAT")

    history.say(22, "readings.link.probed", "regency", path="NATIONAL", is_up=True, seen_from="CENTRE")
    history.say(22, "readings.link.probed", PLACE, path="LOCAL", is_up=False, seen_from="STATION")
    assert (history.answer(23).code, history.answer(23).party) == ("NETWORK_LOCAL", "DISKOMINFO")


@pytest.mark.scenario(22)
def test_22_one_deadline_to_one_owner_and_overdue_to_the_sekda():
    history = History().until("instruction")
    due = START + timedelta(days=50)
    history.say(
        40, "duties.obligation.set", by="SEKDA", obligation="o", party="DISPENDUKCAPIL",
        due_at=due.isoformat().replace("+00:00", "Z"),
    )  # fmt: skip

    called, overdue = history.answer(45), history.answer(51)

    assert (called.party, called.due_at) == ("DISPENDUKCAPIL", due)
    assert (overdue.party, overdue.missed) == ("SEKDA", ("DISPENDUKCAPIL",))
    runs = idle_runs(overdue, CALENDAR.zone)
    lost = total(list(lost_by_party(overdue, runs, CALENDAR.zone).values()))
    assert abs(lost.sen - cost_per_day(overdue).sen * idle_days(overdue, CALENDAR.zone)) < Rupiah.of(5).sen


def test_23_a_set_moves_to_a_kecamatan_without_one_and_its_history_keeps_the_old_holder():
    history = running()
    to = "35.11.03"
    history.say(
        20, "equipment.device.transferred", by="SEKDA", decree="SK-1", on="2026-03-22", from_owner="DISPENDUKCAPIL",
        to_owner=f"KECAMATAN:{to}", bast="B-8",
    )  # fmt: skip
    history.say(21, "equipment.handover.offered", by=CAMAT, bast="B-9", on="2026-03-23", to=to)
    assert (history.answer(21).party, history.answer(21).kecamatan) == (f"KECAMATAN:{to}", KEC)

    history.say(22, "equipment.handover.accepted", by=f"KECAMATAN:{to}", bast="B-9", on="2026-03-24", to=to)
    history.say(22, "equipment.device.use_status_set", by="SEKDA", decree="SK-2", on="2026-03-24",
        owner=f"KECAMATAN:{to}",
    )  # fmt: skip

    moved = history.answer(23)
    assert (moved.kecamatan, moved.code, moved.asset_user) == (to, "NOT_INSTALLED", f"KECAMATAN:{to}")
    assert (history.answer(19).kecamatan, history.answer(19).asset_user) == (KEC, "DISPENDUKCAPIL")
