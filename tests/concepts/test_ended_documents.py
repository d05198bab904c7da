"""Who is without a network knows which documents no longer hold, and for how long that knowledge is good."""

from datetime import timedelta

import pytest

from dekat.documents import ended, ports, services, status_list, verification
from dekat.documents.cose import StampFalse, StampKey, key_id
from dekat.documents.kinds import DocumentStatus, RevocationReason
from dekat.documents.models import HeldStatusList
from dekat.documents.stamp import as_code
from dekat.documents.status_list import StatusList
from dekat.documents.verification import Verdict
from dekat.kernel.ids import new_id
from dekat.sync import queries as sync
from tests.make.documents import CENTRE, become_a_station, family_card, issue_family_card, make_workshop

pytestmark = pytest.mark.django_db
KEY = StampKey(bytes(range(32)))
KEYS = {key_id(KEY.public): KEY.public}


@pytest.fixture
def workshop(identity, tmp_path, now, monkeypatch):
    made = make_workshop(tmp_path, now)
    monkeypatch.setattr(ports, "_source", lambda: made)
    return made


def codes_of(cards):
    return [as_code(card.stamp, address="http://x") for card in cards]


def test_a_hundred_thousand_ended_documents_are_half_a_megabyte_and_each_is_found(now):
    ids = [new_id(now) for _ in range(100_000)]
    made = StatusList("ID-9911", now, status_list.packed(ids[:99_990]), status_list.packed(ids[99_990:]))

    raw = status_list.encode(made, KEY)

    read = status_list.decode(raw, KEYS)
    assert len(raw) < 500_300
    assert {read.status_of(one) for one in ids[:99_990:500]} == {DocumentStatus.SUPERSEDED}
    assert {read.status_of(one) for one in ids[99_990:]} == {DocumentStatus.REVOKED}
    assert read.status_of(new_id(now)) is None


def test_a_list_with_one_changed_bit_is_refused(now):
    raw = status_list.encode(StatusList("ID-9911", now, status_list.packed([new_id(now)]), b""), KEY)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(StampFalse):
            status_list.decode(bytes(changed), KEYS)


def test_a_document_that_ends_is_on_the_next_list(workshop, now):
    card = issue_family_card(now)
    keys = {key_id(workshop.authority.stamp_key.public): workshop.authority.stamp_key.public}
    before = ended.signed_list(now=now)

    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)

    assert status_list.decode(before, keys).status_of(card.id) is None
    assert status_list.decode(ended.signed_list(now=now), keys).status_of(card.id) is DocumentStatus.REVOKED
    later = ended.signed_list(now=now + timedelta(minutes=11))
    assert status_list.decode(later, keys).as_of == now + timedelta(minutes=11)


def test_stations_are_told_once_a_day_and_the_former_list_goes(workshop, now):
    issue_family_card(now)

    assert ended.tell_stations(now=now)
    first = sync.told(scope="*", kind=ended.FEED_KIND, key=ended.KEY)
    assert not ended.tell_stations(now=now + timedelta(hours=19))
    assert ended.tell_stations(now=now + timedelta(hours=21))

    second = sync.told(scope="*", kind=ended.FEED_KIND, key=ended.KEY)
    names = [body.decode().split('"sha256":"')[1][:64] for body in (first, second)]
    assert [sync.blob(name) is None for name in names] == [True, False]


def test_a_station_judges_documents_of_other_kecamatan_by_the_list(workshop, now):
    valid, former, gone = (issue_family_card(now, subject=f"family:{number}") for number in range(3))
    issue_family_card(now, subject="family:1", content=family_card(5))
    services.revoke(document_id=gone.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)
    raw = ended.signed_list(now=now)
    become_a_station(now)
    unknown = [verification.of_code(code).verdict for code in codes_of([valid])]

    ended.take_list(sha256="", content=raw, now=now)

    assert unknown == [Verdict.UNDECIDED]
    answers = [verification.of_code(code) for code in codes_of([valid, former, gone])]
    assert [one.verdict for one in answers] == [Verdict.LISTED, Verdict.SUPERSEDED, Verdict.REVOKED]
    assert {one.as_of for one in answers} == {now}
    assert verification.of_serial(valid.serial).verdict == Verdict.UNDECIDED


def test_an_older_list_does_not_take_the_place_of_a_newer_one(workshop, now):
    issue_family_card(now)
    older, newer = ended.signed_list(now=now), ended.signed_list(now=now + timedelta(hours=1))

    for raw in (newer, older):
        ended.take_list(sha256="", content=raw, now=now)

    assert ended.held_list().as_of == now + timedelta(hours=1)
    assert HeldStatusList.objects.count() == 1
