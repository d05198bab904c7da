"""Obligations, hearings, visits, replies: one owner each, reported with proof, accepted or sent back, in the log."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties import hearings, history, obliging, queries, replies, texts
from dekat.duties.evidence import faults_of
from dekat.duties.hearings import Finding, Found
from dekat.duties.obligations import Source, State, obligation, obligations
from dekat.duties.obliging import Task
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message, record
from tests.make.accounts import CAMAT, HEAD, SEKDA
from tests.make.evidence import START, History

pytestmark = pytest.mark.django_db
DPRD = Actor(uuid4(), Role.PARLIAMENT, "", "centre")
KEC = CAMAT.kecamatan


@pytest.fixture
def given(identity, now):
    """An obligation of the office, set by DPRD; give its id."""
    return oblige(now)


def oblige(now, *, by=DPRD, party="DISPENDUKCAPIL", subject=f"kecamatan:{KEC}", what="Kirim petunjuk", days=3, **more):
    made, task = uuid4(), Task(subject, party, what, now + timedelta(days=days), **more)
    obliging.set_obligation(obligation_id=made, task=task, actor=by, now=now)
    return str(made)


def something(now):
    """Any event, as proof."""
    with transaction.atomic():
        event = record(name="test.thing.done", subject="regency", actor="node:centre", data={}, now=now)
    return str(event.id)


def report(given, now, *, by=HEAD, proof=None):
    proof = [something(now)] if proof is None else proof
    obliging.report_obligation(obligation_id=given, text="Sudah dikirim", proof=proof, actor=by, now=now)


@pytest.mark.parametrize("who", [HEAD, CAMAT])
def test_only_oversight_obliges(identity, now, who):
    with pytest.raises(obliging.ObligationNotYours):
        oblige(now, by=who, party="DISKOMINFO")
    assert obligations() == []


def test_the_deadline_lies_ahead_and_a_repeat_sets_it_once(identity, now):
    made, task = uuid4(), Task("regency", "DISKOMINFO", "Perbaiki menara", now + timedelta(days=3))

    with pytest.raises(obliging.DueInThePast):
        oblige(now, days=0)
    for _ in range(2):
        obliging.set_obligation(obligation_id=made, task=task, actor=SEKDA, now=now)

    [card] = obligations()
    assert (card.party, card.what, card.source, card.set_by) == (
        "DISKOMINFO",
        "Perbaiki menara",
        Source.HAND,
        "SEKDA",
    )


def test_the_turn_goes_from_the_obliged_to_the_judge_and_is_over_when_accepted(given, now):
    card = obligation(given)
    assert (card.state(now), card.holder(now)) == (State.OPEN, "DISPENDUKCAPIL")

    report(given, now)
    reported = obligation(given)
    # What was reported in time is not missed while it waits for an answer.
    later = now + timedelta(days=9)
    assert (reported.state(later), reported.holder(later)) == (State.REPORTED, "DPRD")

    obliging.accept_obligation(obligation_id=given, actor=DPRD, now=now)
    met = obligation(given)
    assert (met.state(later), met.holder(later)) == (State.MET, "")
    assert met.steps[-1].proof == reported.steps[-1].proof != ()


def test_a_report_that_is_sent_back_leaves_the_deadline_and_its_reason(given, now):
    with pytest.raises(obliging.NothingReported):
        obliging.send_back(obligation_id=given, why="Belum", actor=DPRD, now=now)
    report(given, now)

    obliging.send_back(obligation_id=given, why="Fotonya tidak jelas", actor=SEKDA, now=now)

    card = obligation(given)
    assert (card.state(now), card.holder(now)) == (State.OPEN, "DISPENDUKCAPIL")
    assert [step.verb for step in card.steps] == ["set", "reported", "sent_back"]
    assert card.steps[-1].text == "Fotonya tidak jelas"


def test_a_missed_deadline_rises_to_the_sekda(given, now):
    late = now + timedelta(days=4)

    assert (obligation(given).state(late), obligation(given).holder(late)) == (State.MISSED, "SEKDA")


@pytest.mark.parametrize("who", [CAMAT, DPRD, SEKDA])
def test_nobody_else_reports(given, now, who):
    with pytest.raises(obliging.ObligationNotYours):
        report(given, now, by=who)


@pytest.mark.parametrize("who", [CAMAT, HEAD, Actor(uuid4(), Role.INSPECTORATE, "", "centre")])
def test_nobody_else_accepts(given, now, who):
    report(given, now)

    with pytest.raises(obliging.ObligationNotYours):
        obliging.accept_obligation(obligation_id=given, actor=who, now=now)


def test_the_sekda_writes_for_a_party_without_a_desk(identity, now):
    given = oblige(now, party="DISKOMINFO")

    report(given, now, by=SEKDA)

    step = obligation(given).steps[-1]
    assert (step.by, step.event.data["written_by"]) == ("DISKOMINFO", "SEKDA")


def test_a_report_names_proof_that_is_there(given, now):
    with pytest.raises(obliging.ProofMissing):
        report(given, now, proof=[])
    with pytest.raises(obliging.ProofUnknown):
        report(given, now, proof=[str(uuid4())])
    with pytest.raises(obliging.ProofUnknown):
        report(given, now, proof=["bukan id"])


def test_what_is_done_is_done(given, now):
    obliging.accept_obligation(obligation_id=given, actor=SEKDA, now=now)

    with pytest.raises(obliging.ObligationMet):
        report(given, now)


def test_a_new_deadline_by_hand_replaces_the_former_and_a_resolution_stays(identity, now):
    device = "device:REK-1"
    former, resolved = oblige(now, by=SEKDA, subject=device), oblige(now, subject=device, source=Source.HEARING)
    other = oblige(now, by=SEKDA, subject="device:REK-2")

    newer = oblige(now + timedelta(hours=1), by=SEKDA, subject=device, party="PUSAT")

    states = {card.id: card.state(now) for card in obligations()}
    assert states == {former: State.REPLACED, resolved: State.OPEN, other: State.OPEN, newer: State.OPEN}
    assert obligation(former).replaced_by == newer
    assert len(obligations(is_open=True)) == 3


@pytest.mark.parametrize("number", ["9911112004097101", "9911.1120.0409.7101", "99 1111 200409 7101"])
def test_a_number_of_a_person_is_never_kept(identity, now, number):
    with pytest.raises(texts.TextHoldsNumber):
        texts.keep_text(f"Warga {number} menunggu", now=now)
    assert "9911" not in texts.without_numbers(f"Warga {number}").replace(" ", "")


def test_an_ordinary_number_is_kept(identity, now):
    assert texts.keep_text("Rp 1.800.000.000 untuk 19 alat, 2021-02-03", now=now)


def test_a_hearing_is_called_held_and_decides(identity, now):
    made = uuid4()
    with pytest.raises(hearings.HearingIncomplete):
        call(made, now, at=now)
    call(made, now, at=now + timedelta(days=1))
    with pytest.raises(hearings.HearingNotHeld):
        hearings.check_held(str(made))

    for minutes in ("Semua hadir.", "Lain"):
        hearings.hold_hearing(hearing_id=str(made), minutes=minutes, actor=DPRD, now=now + timedelta(days=1))
    given = oblige(now, source=Source.HEARING, hearing=str(made))

    [card] = hearings.hearings()
    assert (card.title, card.questions, card.minutes) == ("Alat rekam", ("Berapa harganya?",), "Semua hadir.")
    assert (obligation(given).source, obligation(given).hearing) == (Source.HEARING, card.id)


def call(made, now, *, at):
    hearings.schedule_hearing(
        hearing_id=made, title="Alat rekam", at=at, parties=["DISPENDUKCAPIL"], questions=["Berapa harganya?"],
        actor=DPRD, now=now,
    )  # fmt: skip


def test_a_visit_keeps_what_was_found(identity, now):
    seen = [Finding("REK-1", Found.OTHER_USE, "Dipakai mengetik surat", "ab" * 32)]
    with pytest.raises(hearings.VisitIncomplete):
        visit(now, seen, at=now + timedelta(hours=1))

    visit(now, seen, at=now - timedelta(hours=1))

    [card] = hearings.visits()
    assert (card.kecamatan, card.who, card.findings) == (KEC, "Komisi I", tuple(seen))


def visit(now, seen, *, at):
    hearings.record_visit(visit_id=uuid4(), kecamatan=KEC, at=at, who="Komisi I", findings=seen, actor=DPRD, now=now)


def test_only_who_is_named_may_reply_and_the_reply_stands_beside_it(given, now):
    event = obligation(given).steps[0].event
    about = replies.concerned_by(event)
    assert about == {"DISPENDUKCAPIL", "DPRD", f"KECAMATAN:{KEC}"}

    def reply(actor):
        replies.reply_to(
            reply_id=uuid4(), event_id=event.id, party=actor.office, text="Petunjuk sudah dua kali dikirim.",
            concerned=about, actor=actor, now=now,
        )  # fmt: skip

    with pytest.raises(replies.NotAboutYou):
        reply(SEKDA)
    reply(CAMAT)

    [found] = replies.replies()
    assert (found.to_event, found.party, found.text) == (
        event.id,
        CAMAT.office,
        "Petunjuk sudah dua kali dikirim.",
    )
    assert found.subject == f"kecamatan:{KEC}"


def test_everything_said_here_follows_the_schema_and_holds_no_words(given, now):
    report(given, now, proof=[obligation(given).steps[0].event.id.__str__()])
    obliging.send_back(obligation_id=given, why="Kurang", actor=DPRD, now=now)
    obliging.accept_obligation(obligation_id=given, actor=DPRD, now=now)
    made = uuid4()
    call(made, now, at=now + timedelta(days=1))
    hearings.hold_hearing(hearing_id=str(made), minutes="Semua hadir.", actor=DPRD, now=now)
    visit(now, [Finding("REK-1", Found.ABSENT, "Kosong")], at=now)
    test_only_who_is_named_may_reply_and_the_reply_stands_beside_it(given, now)

    said = [as_message(event) for event in ledger.events(name_prefix="duties.")]

    assert len({line["name"] for line in said}) == 8
    assert [fault for line in said for fault in faults_of(line)] == []
    assert "Semua hadir" not in str(said)


def test_about_a_device_the_turn_follows_the_obligation_its_report_and_its_answer(identity, now):
    history.import_history([line(event) for event in History().until("instruction").events], now=START)
    given = oblige(now, subject="device:REK-19")

    def turn(later=1):
        found = queries.answer("REK-19", as_of=now + timedelta(hours=later))
        return found.party, found.via

    assert turn() == ("DISPENDUKCAPIL", "OBLIGATION")
    report(given, now + timedelta(hours=1))
    assert turn(2) == ("DPRD", "WAITING")
    obliging.send_back(obligation_id=given, why="Belum", actor=DPRD, now=now + timedelta(hours=2))
    assert turn(3) == ("DISPENDUKCAPIL", "OBLIGATION")
    report(given, now + timedelta(hours=3))
    assert turn(4) == ("DPRD", "WAITING")
    obliging.accept_obligation(obligation_id=given, actor=DPRD, now=now + timedelta(hours=4))
    assert turn(5) == ("DISPENDUKCAPIL", "RULE")


def line(event):
    """An event of a history as its line."""
    said = {name: getattr(event, name) for name in ("name", "subject", "actor", "data")}
    return json.dumps({"id": str(event.id), "version": 1, "occurred_at": iso(event.at), **said})
