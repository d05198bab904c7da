"""An application goes one way, says whose turn it is, and counts its working time."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from dekat.accounts.actor import machine
from dekat.areas.working_calendar import regency_calendar
from dekat.cases import message, queries, services
from dekat.cases.questions import AnswersIncomplete
from dekat.cases.states import ReturnReason, State
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from tests.make import cases
from tests.make.accounts import HEAD, VERIFIER

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_same_application_id_is_taken_in_once(identity, now):
    draft = cases.draft(now)

    first = services.submit(draft=draft, node="centre", actor=machine("centre"), now=now)
    again = services.submit(draft=draft, node="centre", actor=machine("centre"), now=now + HOUR)

    assert again == first
    assert len(ledger.events(names=["cases.application.submitted"])) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"stated_nik": "9935111001900002"},
        {"answers": {"element": "OCCUPATION", "new_value": "NELAYAN"}},
        {"phone": "0811"},
    ],
)
def test_an_id_read_from_the_public_log_opens_nobody_elses_application(identity, now, change):
    first = cases.submitted(now)
    stranger = cases.draft(now, application_id=first.id, **change)

    with pytest.raises(services.IdTaken):
        services.submit(draft=stranger, node="centre", actor=machine("centre"), now=now)


def test_a_change_without_its_new_value_is_refused(identity, now):
    with pytest.raises(AnswersIncomplete):
        cases.submitted(now, answers={"element": "OCCUPATION", "new_value": ""})


def test_an_application_is_found_by_its_code_as_typed(identity, now):
    card = cases.submitted(now)

    assert queries.by_code(f" {card.code[:5].lower()}-{card.code[5:]} ").id == card.id


def test_the_clock_runs_in_working_minutes_until_the_document_is_issued(identity, now):
    card = cases.approved(now)
    issued = services.mark_issued(application_id=card.id, actor=HEAD, now=now + 2 * HOUR)

    clock = issued.clock(calendar=regency_calendar(), now=now + timedelta(days=3))

    assert (clock.used_minutes, clock.is_running, clock.due_at) == (120, False, None)


def test_waiting_for_the_resident_stops_the_clock_and_says_so(identity, now):
    card = cases.submitted(now)
    services.take(application_id=card.id, actor=VERIFIER, now=now)
    sent_back = services.send_back(
        application_id=card.id,
        reason=ReturnReason.EVIDENCE_MISSING,
        note="Foto ijazah.",
        actor=VERIFIER,
        now=now + HOUR,
    )

    clock = sent_back.clock(calendar=regency_calendar(), now=now + 3 * HOUR)
    answered = services.answer(application_id=card.id, actor=machine("centre"), now=now + 3 * HOUR)

    assert (clock.used_minutes, clock.paused_minutes, clock.waiting_for) == (60, 120, "RESIDENT")
    assert sent_back.turn == "RESIDENT"
    later = answered.clock(calendar=regency_calendar(), now=now + 4 * HOUR)
    assert (later.used_minutes, later.paused_minutes, later.is_running) == (120, 120, True)


def test_sending_back_must_say_what_to_do(identity, now):
    card = cases.submitted(now)
    services.take(application_id=card.id, actor=VERIFIER, now=now)

    with pytest.raises(services.NoteMissing):
        services.send_back(
            application_id=card.id, reason=ReturnReason.EVIDENCE_MISSING, note=" ", actor=VERIFIER, now=now
        )


def test_a_step_may_not_be_skipped(identity, now):
    card = cases.submitted(now)

    with pytest.raises(services.MoveForbidden):
        services.approve(application_id=card.id, actor=VERIFIER, now=now)


def test_numbers_that_name_nobody_cannot_be_approved(identity, now):
    card = cases.submitted(now, resident_id=None, family_id=None)
    services.take(application_id=card.id, actor=VERIFIER, now=now)

    with pytest.raises(services.ResidentUnmatched):
        services.approve(application_id=card.id, actor=VERIFIER, now=now)


def test_whoever_approved_may_not_issue(identity, now):
    card = cases.approved(now)

    with pytest.raises(services.SameHands):
        services.refuse_same_hands(application_id=card.id, actor=VERIFIER)
    services.refuse_same_hands(application_id=card.id, actor=HEAD)


def test_a_spoiled_sheet_puts_the_application_back_to_the_kecamatan(identity, now):
    card, document = cases.approved(now), new_id(now)
    services.note_papers(application_id=card.id, document_ids=[document])
    services.mark_issued(application_id=card.id, actor=HEAD, now=now)
    services.mark_printed(document_id=document, actor=HEAD, now=now)

    back = services.mark_unprinted(document_id=document, actor=HEAD, now=now)

    assert (back.state, back.turn) == (State.ISSUED, "KECAMATAN:35.11.19")


def test_events_carry_no_personal_data(identity, now):
    card = cases.submitted(now)

    told = str([event.data for event in ledger.events(subject=f"application:{card.id}")])

    assert card.stated_nik not in told
    assert str(card.answers["new_value"]) not in told


def test_a_picture_loses_its_cameras_data(identity, now):
    card = cases.submitted(now)
    taken = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera contoh"
    Image.new("RGB", (40, 20), "white").save(taken, "JPEG", exif=exif)

    services.attach(application_id=card.id, attachment_id=new_id(now), raw=taken.getvalue(), now=now)

    (kept,) = queries.attachments(card.id)
    assert b"Kamera contoh" not in queries.attachment(application_id=card.id, attachment_id=kept)


def test_a_file_that_is_no_picture_is_refused(identity, now):
    card = cases.submitted(now)

    with pytest.raises(services.DekatError) as refused:
        services.attach(application_id=card.id, attachment_id=new_id(now), raw=b"%PDF-1.7", now=now)

    assert refused.value.code == "cases.attachment.not_a_picture"


def test_a_stations_message_never_says_whom_it_names(identity, now):
    draft = cases.draft(now)

    read = message.draft_from(message.draft_message(draft))

    assert (read.application_id, read.code, read.answers) == (draft.application_id, draft.code, draft.answers)
    assert read.resident_id is None
