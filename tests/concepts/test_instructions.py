"""Instructions: written, published, delivered, acknowledged, replaced, withdrawn; whom they reach, who lacks what."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties import instructing, queries, services
from dekat.duties.files import TooManyFiles, VideoAlone, content_of, files_from
from dekat.duties.models import Instruction, InstructionVersion
from dekat.ledger import queries as ledger
from dekat.sync.models import Blob, BlobWanted
from tests.make.evidence import KEC
from tests.make.instructions import (
    CAMAT,
    HEAD,
    KASI,
    OPERATOR,
    TEXT,
    acknowledge,
    body_for,
    deliver,
    mp4,
    picture,
    publish,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = "35.11.02"


@pytest.fixture
def published(identity, now):
    return publish(now)


def names():
    return [event.name.removeprefix("duties.") for event in ledger.events(name_prefix="duties.")]


def receipt():
    return queries.receipts("P-1")[0]


def test_issued_delivered_shown_acknowledged_are_four_events(published, now):
    deliver(published, now)
    deliver(published, now)
    for _ in range(2):
        services.note_shown(instruction_id="P-1", actor=OPERATOR, now=now)
        acknowledge(OPERATOR, now)
        acknowledge(CAMAT, now)

    assert sorted(names()) == sorted(
        ["instruction.issued", "instruction.delivered", "instruction.shown"]
        + ["instruction.acknowledged"] * 2
        + ["competence.recorded"]
    )
    assert receipt().is_complete


def test_a_failed_quiz_acknowledges_nothing(published, now):
    deliver(published, now)

    with pytest.raises(services.QuizNotPassed):
        acknowledge(OPERATOR, now, chosen={0: 0})

    assert receipt().lacking == ("OPERATOR", "DISTRICT_HEAD")


def test_the_camat_acknowledges_by_reading_and_proves_no_competence(published, now):
    deliver(published, now)

    acknowledge(CAMAT, now, chosen={0: 0})

    assert receipt().lacking == ("OPERATOR",)
    assert "competence.recorded" not in names()


def test_without_questions_reading_proves_no_competence(identity, now):
    deliver(publish(now, replace(TEXT, questions=())), now)

    acknowledge(OPERATOR, now)

    assert "competence.recorded" not in names()


def test_a_new_version_must_be_acknowledged_again_and_the_former_stays_readable(published, now):
    deliver(published, now)
    acknowledge(OPERATOR, now)

    body = publish(now, replace(TEXT, body="Baru", change="Langkah 1 diganti."))
    deliver(body, now)

    card = queries.instruction("P-1")
    assert (card.version, receipt().operator_at) == (2, None)
    assert [one.id for one in queries.unread(kecamatan=KEC, actor=OPERATOR.label)] == ["P-1"]
    assert [(one.version, one.body) for one in queries.versions("P-1")] == [(2, "Baru"), (1, TEXT.body)]
    said = [event.data["body_sha256"] for event in ledger.events(names=["duties.instruction.issued"])]
    assert said == [sha256(one.body.encode()).hexdigest() for one in reversed(queries.versions("P-1"))]


def test_a_new_version_says_what_it_changes(published, now):
    services.write_instruction(instruction_id="P-1", text=replace(TEXT, body="Baru"), actor=HEAD, now=now)

    with pytest.raises(services.ChangeUntold):
        services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)


def test_nobody_acknowledges_a_version_that_was_not_on_the_screen(published, now):
    deliver(published, now)
    deliver(publish(now, replace(TEXT, body="Baru", change="Semua.")), now)

    with pytest.raises(services.VersionPassed):
        acknowledge(CAMAT, now, version=1)


def test_an_instruction_without_addressee_is_refused(identity, now):
    with pytest.raises(services.InstructionIncomplete):
        services.write_instruction(instruction_id="P", text=replace(TEXT, kecamatan=[]), actor=HEAD, now=now)


def test_a_withdrawn_instruction_is_readable_with_its_reason_and_waits_for_nobody(published, now):
    deliver(published, now)

    services.withdraw_instruction(instruction_id="P-1", why="Aturan pusat berubah.", actor=HEAD, now=now)
    deliver(body_for(), now)

    assert queries.instruction("P-1").withdrawn_why == "Aturan pusat berubah."
    assert queries.unread(kecamatan=KEC, actor=OPERATOR.label) == []
    assert names().count("instruction.withdrawn") == 1
    with pytest.raises(services.InstructionNotInForce):
        acknowledge(OPERATOR, now)
    with pytest.raises(services.InstructionNotInForce):
        services.withdraw_instruction(instruction_id="P-1", why="Lagi.", actor=HEAD, now=now)


def test_a_station_that_hears_of_it_after_its_withdrawal_gives_no_receipt(published, now):
    services.withdraw_instruction(instruction_id="P-1", why="Salah.", actor=HEAD, now=now)
    Instruction.objects.all().delete()
    InstructionVersion.objects.all().delete()
    deliver(body_for(), now)

    assert queries.instruction("P-1").withdrawn_why == "Salah."
    assert "instruction.delivered" not in names()


def test_who_is_addressed_no_longer_is_told_so(identity, now):
    publish(now, replace(TEXT, kecamatan=[KEC, ELSEWHERE]))

    publish(now, replace(TEXT, kecamatan=[KEC], change="Hanya untuk Ijen."))

    assert body_for(kecamatan=ELSEWHERE)["withdrawn_why"] == "Hanya untuk Ijen."
    assert [one.kecamatan for one in queries.receipts("P-1")] == [KEC]


def test_who_joins_a_group_later_is_reached_once(identity, now, monkeypatch):
    holders = {KEC}
    monkeypatch.setattr(instructing, "members", lambda groups: set(holders) if groups else set())
    publish(now, replace(TEXT, kecamatan=[], groups=["RECORDER"]))
    assert services.reach_newcomers(actor=HEAD, now=now) == 0

    holders.add(ELSEWHERE)

    assert [services.reach_newcomers(actor=HEAD, now=now) for _ in range(2)] == [1, 0]
    assert [one.kecamatan for one in queries.receipts("P-1")] == [ELSEWHERE, KEC]
    assert body_for(kecamatan=ELSEWHERE)["version"] == 1


def test_an_operator_who_comes_later_gets_what_is_in_force(published, now):
    deliver(published, now)
    services.assign_operator(kecamatan=KEC, operator=OPERATOR.account_id, actor=CAMAT, now=now)
    acknowledge(OPERATOR, now)
    newcomer = Actor(uuid4(), Role.OPERATOR, KEC, f"station-{KEC}")

    services.assign_operator(kecamatan=KEC, operator=newcomer.account_id, actor=CAMAT, now=now + timedelta(days=1))

    assert [one.id for one in queries.unread(kecamatan=KEC, actor=newcomer.label, role="OPERATOR")] == ["P-1"]
    assert (receipt().operators_done, receipt().operator_count) == (1, 2)
    assert "OPERATOR" in receipt().lacking


def test_a_section_head_is_asked_only_where_the_instruction_names_the_role(published, now):
    deliver(published, now)
    assert queries.unread(kecamatan=KEC, actor=KASI.label, role=KASI.role) == []

    deliver(publish(now, replace(TEXT, roles=["SECTION_HEAD"], change="Juga kasi.")), now)

    assert receipt().roles == ("OPERATOR", "DISTRICT_HEAD", "SECTION_HEAD")
    acknowledge(KASI, now)
    assert receipt().section_at is not None


def test_what_needs_no_device_may_be_for_one_role_and_moves_no_turn(identity, now):
    publish(now, replace(TEXT, kinds=[], services=["COUNTER"], roles=["SECTION_HEAD"]))

    [event] = ledger.events(names=["duties.instruction.issued"])
    assert (event.data["kinds"], event.data["roles"]) == ([], ["SECTION_HEAD"])


def test_a_picture_is_written_anew_and_travels_with_its_instruction(identity, now):
    services.write_instruction(instruction_id="P-1", text=TEXT, actor=HEAD, now=now)
    facts = {"instruction_id": "P-1", "words": "Lampu hijau menyala", "actor": HEAD, "now": now}
    name = services.attach_file(raw=picture("JPEG"), is_video=False, **facts)
    services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)

    [kept] = files_from(body_for()["files"])
    content = content_of(kept.sha256)
    assert (name, kept.size_bytes) == ("gambar-1", len(content))
    assert len(content) <= 220_000 and b"KAMERA-RAHASIA" not in content


def test_the_video_is_wanted_after_everything_else_and_kept(identity, now):
    services.write_instruction(instruction_id="P-1", text=TEXT, actor=HEAD, now=now)
    raw = mp4(seconds=30)
    facts = {"instruction_id": "P-1", "words": "Memasang kabel", "is_video": True, "actor": HEAD, "now": now}
    services.attach_file(raw=raw, **facts)
    with pytest.raises(TooManyFiles):
        services.attach_file(raw=raw, **facts)
    with pytest.raises(VideoAlone):
        services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)
    services.attach_file(**{**facts, "raw": picture(), "is_video": False})
    services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)
    body = body_for()
    Blob.objects.all().delete()
    Instruction.objects.update(delivered_version=0)

    deliver(body, now)

    [wanted] = BlobWanted.objects.all()
    assert (wanted.sha256, wanted.kind) == (sha256(raw).hexdigest(), services.VIDEO_KIND)
    services.keep_video(sha256=wanted.sha256, content=raw, now=now)
    assert content_of(wanted.sha256) == raw


def test_an_instruction_of_the_release_before_is_taken(identity, now):
    body = publish(now)
    old = {key: body[key] for key in ("id", "title", "body", "questions", "kinds", "task", "legal_basis", "kecamatan")}

    deliver({**old, "version": 2}, now)

    card = queries.instruction("P-1")
    assert (card.version, card.roles, card.files) == (2, ("OPERATOR", "DISTRICT_HEAD"), ())
