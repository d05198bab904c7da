"""A machine's identity as both sides see it: codes, keys, lives, what a backup holds, what the recovery key opens."""

import base64
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest

from dekat.accounts import enrolment_codes as codes
from dekat.accounts.actor import machine
from dekat.accounts.centre_keys import centre_certificates, rotate_centre_key
from dekat.accounts.identity import take_number
from dekat.accounts.queries import node, own_identity, voices
from dekat.accounts.roles import Role
from dekat.accounts.services import enrol_node, new_draft, open_account, revoke_node
from dekat.kernel.canonical import canonical_json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.fingerprint import WORDS, fingerprint
from dekat.kernel.ids import new_id
from dekat.ledger.queries import events
from dekat.sync import backup, files, hello, lost, orders, ports, queries, receipts, recovery, services, standing
from dekat.sync.envelope import SignatureInvalid
from dekat.sync.identity import KEY_CONTEXT, LIFE_CONTEXT, NEW_KEY_CONTEXT, RequestInvalid
from dekat.sync.models import InItem
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
ACTOR = machine("centre")
OFFICERS = (UUID(int=1), UUID(int=2))
KECAMATAN = "99.01.07"
NAME = f"station-{KECAMATAN}"


@pytest.fixture
def code(identity, now):
    """A code that two officers gave for one kecamatan."""
    for number, officer in enumerate(OFFICERS):
        open_account(
            username=f"petugas{number}", full_name="Contoh", role=Role.VERIFIER, kecamatan="", password="x",
            actor=ACTOR, now=now, account_id=officer,
        )  # fmt: skip
    made = codes.issue_code(node=NAME, kecamatan=KECAMATAN, first=OFFICERS[0], second=OFFICERS[1], actor=ACTOR, now=now)
    return made.code


@pytest.fixture
def take(tmp_path, now, identity, monkeypatch):
    """Hand in a packet; give its receipt."""
    monkeypatch.setitem(ports._packets, "test/1", lambda **_: None)

    def hand_in(data):
        file = tmp_path / "part"
        file.write_bytes(data)
        text = services.take_packet(file=file, now=now)
        file.unlink()
        return receipts.read(text, identity.node.verify_key)

    return hand_in


def asked(code, draft):
    return services.ask_in(draft=draft, node_name=NAME, kecamatan=KECAMATAN, code=code)


def refused(work):
    with pytest.raises(DekatError) as raised:
        work()
    return raised.value.code


def test_the_code_lets_one_machine_in_and_a_lost_answer_is_given_again(code, identity, now):
    draft = new_draft()
    question = asked(code, draft)

    services.answer_in(body=question.body, now=now)
    answer = services.answer_in(body=question.body, now=now + timedelta(hours=1))
    admitted = services.read_answer(asked=question, answer=canonical_json(answer))

    assert node(NAME).verify_key == draft.public.verify_key
    assert admitted.centre["verify_key"] == identity.node.verify_key.text
    assert (admitted.voice, len(events(names=["sync.station.admitted"]))) == (1, 1)
    assert code not in str(codes.waiting_codes(now=now))


def test_a_recorded_first_question_does_not_bring_back_what_a_machine_was(code, identity, now):
    draft, later = new_draft(), new_draft()
    question = asked(code, draft)
    services.answer_in(body=question.body, now=now)
    kind, facts = node(NAME).kind, {"name": NAME, "kecamatan": KECAMATAN, "actor": ACTOR, "now": now}
    enrol_node(
        kind=kind, verify_key=later.public.verify_key, seal_key=later.public.seal_key,
        incarnation=later.incarnation, **facts,
    )  # fmt: skip
    revoke_node(name=NAME, last_good_seq=0, actor=ACTOR, now=now)

    again = refused(lambda: services.answer_in(body=question.body, now=now))

    assert again == "accounts.enrolment_code.used"
    assert (node(NAME).revoked_after_seq, node(NAME).verify_key) == (0, later.public.verify_key)


def test_nobody_between_the_two_can_bring_keys_of_their_own(code, now):
    ours, theirs = asked(code, new_draft()), asked("00000-00000-00000", new_draft())
    body = json.loads(ours.body)

    swapped = canonical_json({**body, "said": json.loads(theirs.body)["said"]})
    unsigned = canonical_json({**body, "signature": json.loads(theirs.body)["signature"]})

    assert refused(lambda: services.answer_in(body=swapped, now=now)) == "accounts.enrolment_code.wrong"
    assert refused(lambda: services.answer_in(body=unsigned, now=now)) == "sync.enrolment.malformed"
    answer = services.answer_in(body=ours.body, now=now)
    said = json.loads(base64.b64decode(answer["answer"]))
    said["centre"]["verify_key"] = new_draft().public.verify_key.text
    forged = canonical_json({**answer, "answer": base64.b64encode(canonical_json(said)).decode()})
    assert refused(lambda: services.read_answer(asked=ours, answer=forged)) == "sync.enrolment.centre_unproven"
    assert refused(lambda: services.read_answer(asked=ours, answer=b"<html>")) == "sync.enrolment.centre_unproven"


def test_a_code_ends_after_a_day_ten_tries_or_one_machine(code, now):
    body, wrong = asked(code, new_draft()).body, asked("00000-00000-00000", new_draft()).body

    late = refused(lambda: services.answer_in(body=body, now=now + timedelta(hours=24)))
    tried = {refused(lambda: services.answer_in(body=wrong, now=now)) for _ in range(10)}

    assert (late, tried) == ("accounts.enrolment_code.expired", {"accounts.enrolment_code.wrong"})
    assert refused(lambda: services.answer_in(body=body, now=now)) == "accounts.enrolment_code.expired"


def test_one_officer_alone_lets_nobody_in(code, now):
    with pytest.raises(codes.SecondOfficerNeeded):
        codes.issue_code(node=NAME, kecamatan=KECAMATAN, first=OFFICERS[0], second=OFFICERS[0], actor=ACTOR, now=now)


@pytest.mark.row(52)
def test_what_the_former_life_of_a_name_sent_stays_and_what_it_owes_is_judged_as_then(take, now):
    old = enrolled_station(now=now)
    early, late = old.seal(b"1", now=now), old.seal(b"2", now=now)
    revoke_node(name=old.name, last_good_seq=1, actor=ACTOR, now=now)
    draft = new_draft()
    enrol_node(
        name=old.name, kind=node(old.name).kind, kecamatan="99.01.01", verify_key=draft.public.verify_key,
        seal_key=draft.public.seal_key, incarnation=draft.incarnation, actor=ACTOR, now=now,
    )  # fmt: skip

    assert [take(early).state, take(late).state] == ["APPLIED", "QUARANTINED"]
    assert node(old.name).revoked_after_seq is None
    assert [voice.number for voice in voices(old.name)] == [2, 1]


@pytest.mark.row(58)
def test_a_packet_of_a_station_of_another_regency_is_refused(take, now):
    stranger = enrolled_station(now=now)
    stranger.signing = new_draft().signing_key

    with pytest.raises(SignatureInvalid):
        take(stranger.seal(b"isi", now=now))


@pytest.mark.row(11, 52)
def test_both_keys_sign_until_the_new_one_was_heard_and_the_old_one_verifies_for_ever(take, now):
    station = enrolled_station(now=now)
    first, second = station.seal(b"1", now=now), station.seal(b"2", now=now)
    draft = new_draft()
    answer = request_key(station, draft, now)
    again = request_key(station, draft, now)
    rolled_back = station.copy()
    station.signing = draft.signing_key
    third = station.seal(b"3", now=now)

    assert answer == again
    assert [take(data).state for data in (third, second, first)] == ["APPLIED"] * 3
    assert [voice.through_seq for voice in voices(station.name)] == [None, 2]
    with pytest.raises(SignatureInvalid):
        take(rolled_back.seal(b"3b", now=now))


@pytest.mark.row(50)
def test_a_stolen_station_is_told_so_whichever_of_its_two_keys_speaks(take, now):
    station, draft = enrolled_station(now=now), new_draft()
    request_key(station, draft, now)
    revoke_node(name=station.name, last_good_seq=0, actor=ACTOR, now=now)

    told = [orders_for(station, now, voice=1)]
    station.signing = draft.signing_key
    told.append(orders_for(station, now, voice=2))

    assert told == [["revoked", "wipe_extract"]] * 2


def orders_for(station, now, *, voice):
    """What the centre orders in answer to a station's greeting."""
    said = {
        "node": station.name, "incarnation": station.incarnation.hex(), "voice": voice,
        "last_seq": 0, "last_hash": "", "sent_at": iso(now),
    }  # fmt: skip
    body = canonical_json(said)
    signature = base64.b64encode(station.signing.sign(context=hello.SIGNING_CONTEXT, message=body)).decode()
    return services.answer_hello(hello=hello.Hello(body, signature), now=now)["orders"]


def test_what_a_former_self_is_told_closes_nothing(identity, now):
    """Another lane changed the key between the greeting and its answer."""
    said = {"orders": ["reenrol"], "to_incarnation": identity.node.incarnation.hex(), "lease_days": 7}
    late = hello.Welcome("", now, now, "", {}, [], 0, 0, to_voice=identity.node.voice, **said)
    take_number(number=identity.node.voice + 1, now=now)

    assert not orders.obey(late, ask=None, now=now)
    standing.check_lease(now=now)


@pytest.mark.row(49)
def test_what_two_copies_sealed_stands_aside_also_when_nothing_of_that_life_came_before(take, now):
    station, draft = enrolled_station(now=now), new_draft()
    packet = station.seal(b"isi", now=now)
    lives = [ask_for_life(station, bytes([number]) * 16, now) for number in (1, 2)]
    enrol_node(
        name=station.name, kind=node(station.name).kind, kecamatan="99.01.01", verify_key=draft.public.verify_key,
        seal_key=draft.public.seal_key, incarnation=draft.incarnation, actor=ACTOR, now=now,
    )  # fmt: skip

    assert lives == ["", "sync.identity.two_of_one"]
    assert (take(packet).state, take(packet).code) == ("QUARANTINED", "sync.item.conflict")


def test_a_question_for_a_life_that_is_over_stops_nobody_when_it_is_played_again(take, now):
    station = enrolled_station(now=now)
    first, second = b"1" * 16, b"2" * 16

    lives = [
        ask_for_life(station, first, now),
        ask_for_life(station, second, now, former=first),
        ask_for_life(station, first, now),
    ]

    assert lives == ["", "", "sync.identity.invalid"]
    assert node(station.name).incarnation == second
    assert events(names=["accounts.node.stopped"]) == []


def ask_for_life(station, fresh, now, former=None):
    """What a station's `begin_life` asks; the code of the refusal."""
    said = {"node": station.name, "from": (former or station.incarnation).hex(), "incarnation": fresh.hex()}
    body = canonical_json(said)
    signature = base64.b64encode(station.signing.sign(context=LIFE_CONTEXT, message=body)).decode()
    try:
        services.take_life(body=body, signature=signature, now=now)
    except DekatError as refusal:
        return refusal.code
    return ""


def test_a_key_that_its_holder_did_not_prove_is_not_countersigned(take, now):
    station, draft = enrolled_station(now=now), new_draft()

    with pytest.raises(RequestInvalid):
        request_key(station, draft, now, proven_by=new_draft().signing_key)


def request_key(station, draft, now, proven_by=None):
    """What a station's `rotate_key` asks."""
    said = {
        "node": station.name,
        "incarnation": station.incarnation.hex(),
        "verify_key": draft.public.verify_key.text,
        "seal_key": draft.public.seal_key.raw.hex(),
        "from_seq": station.seq + 1,
    }
    proof = (proven_by or draft.signing_key).sign(context=NEW_KEY_CONTEXT, message=canonical_json(said))
    body = canonical_json({**said, "proof": base64.b64encode(proof).decode()})
    signature = base64.b64encode(station.signing.sign(context=KEY_CONTEXT, message=body)).decode()
    return services.take_key(body=body, signature=signature, now=now)


@pytest.mark.row(53)
def test_receipts_of_the_centres_former_key_stay_good(take, identity, now):
    station = enrolled_station(now=now)
    packet = station.seal(b"isi", now=now)
    receipt = take(packet)

    newest = rotate_centre_key(actor=ACTOR, now=now)

    assert queries.receipts(receipt.item_id) == [receipt]
    assert node("centre").verify_key == newest
    assert len(centre_certificates()) == 1
    assert [event.node for event in events(names=["accounts.centre_key.rotated"])] == ["centre"]


@pytest.mark.row(54)
def test_the_recovery_key_opens_everything_that_was_sealed_to_it(take, identity, now):
    station = enrolled_station(now=now)
    take(station.seal(b"sebelum", now=now))
    key = recovery.make_recovery_key(actor=ACTOR, now=now)
    take(station.seal(b"sesudah", now=now, spare=key.seal_key))
    broken = take(station.seal(b"rusak", now=now, spare=key.seal_key)).item_id
    files.packet_path(broken, now.year).unlink()

    found = recovery.drill(key=recovery.read_open_key(key.raw.hex()), actor=ACTOR, now=now)

    assert (found.opened, found.older, [one for one, _ in found.broken]) == (1, 1, [broken])
    assert recovery.recovery_key() == key.seal_key
    with pytest.raises(recovery.RecoveryKeyUnreadable):
        recovery.read_open_key(new_draft().open_key.raw.hex())


def test_the_recovery_key_that_came_last_counts_whatever_the_clock_said(identity, now):
    former, newest = (new_draft().public.seal_key for _ in range(2))
    recovery.keep_key(former.raw, now=now)

    recovery.keep_key(newest.raw, now=now - timedelta(days=400))

    assert recovery.recovery_key() == newest


@pytest.fixture
def copied(tmp_path, settings):
    """The backup of this centre, as its rows and packets are now."""

    def copy():
        folder = tmp_path / "backup"
        shutil.copytree(settings.ENV.data_dir / "packets", folder / "packets", dirs_exist_ok=True)
        with closing(sqlite3.connect(folder / "centre.db")) as made, made:
            made.execute("DROP TABLE IF EXISTS sync_initem")
            made.execute("CREATE TABLE sync_initem (inbox_seq, digest, path, envelope)")
            rows = InItem.objects.values_list("inbox_seq", "digest", "path", "envelope")
            made.executemany(
                "INSERT INTO sync_initem VALUES (?, ?, ?, ?)", [(a, bytes(b), c, d) for a, b, c, d in rows]
            )
        return folder

    return copy


def test_only_a_whole_backup_makes_anything_durable(take, copied, now):
    station = enrolled_station(now=now)
    items = [take(station.seal(bytes([number]), now=now)).item_id for number in range(3)]
    folder = copied()

    assert backup.check_backup(folder) == backup.Checked(through=3, checked=3)
    path = next((folder / "packets").rglob(f"{items[1]}.dkp"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert backup.check_backup(folder, through=1).through == 1
    with pytest.raises(backup.BackupUnverified) as found:
        backup.check_backup(folder)
    assert found.value.facts == {"reason": "bytes", "number": 2}


def test_a_backup_is_not_the_data_itself(identity, settings):
    with pytest.raises(backup.BackupUnverified):
        backup.check_backup(settings.ENV.data_dir)


@pytest.mark.row(47)
def test_only_the_centres_own_receipt_lists_an_item_as_lost(take, identity, now):
    station, other = enrolled_station(now=now), enrolled_station(now=now, kecamatan="99.02.02")
    kept = take(station.seal(b"ada", now=now))
    receipt = receipts.Receipt(new_id(now), station.name, 7, bytes(32), 9, "APPLIED", "", now)
    text = receipt.signed(identity.signing_key)
    body = {"receipt": text, "kind": "recording/2"}
    held = {"receipt": kept.signed(identity.signing_key), "kind": "test/1"}

    for said in (body, body, held):
        lost.hear_lost(item_id=new_id(now), node=station.name, body=said, now=now)
    with pytest.raises(receipts.ReceiptInvalid):
        lost.hear_lost(item_id=new_id(now), node=other.name, body=body, now=now)
    with pytest.raises(receipts.ReceiptInvalid):
        forged = receipt.signed(station.signing)
        lost.hear_lost(item_id=new_id(now), node=station.name, body={"receipt": forged, "kind": ""}, now=now)

    assert [one.seq for one in lost.lost_items()] == [7]
    assert len(events(names=["sync.item.lost"])) == 1


@pytest.mark.row(51)
def test_a_lease_is_renewed_by_a_receipt_that_came_by_stick(identity, now):
    standing.note_told(orders=[], lease_days=7, may_read=True, now=now)

    standing.renew_by_receipt(received_at=now + timedelta(days=5), now=now + timedelta(days=6))

    standing.check_lease(now=now + timedelta(days=11))
    with pytest.raises(standing.LeaseEnded):
        standing.check_lease(now=now + timedelta(days=12))


def test_a_machine_let_in_by_card_under_an_old_name_gets_a_chain_of_its_own(identity, now):
    assert take_number(number=3, now=now)
    assert not take_number(number=3, now=now)

    assert (own_identity().voice, own_identity().signing_key.raw) == ("centre/3", identity.signing_key.raw)


def test_six_words_name_a_key(identity):
    words = fingerprint(identity.node.verify_key.raw).split()

    assert len(words) == 6
    assert len(WORDS) == len(set(WORDS)) == 256
