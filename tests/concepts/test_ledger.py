"""The log is whole or names the first event that is not."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.ledger import queries, rules, services
from dekat.ledger.models import Event

FIRST_ID = UUID("019acb7e-0000-7000-8000-000000000001")

pytestmark = pytest.mark.django_db


def say(now, count=3):
    with transaction.atomic():
        return [
            services.record(name="test.thing.done", subject=f"thing:{i}", actor="node:centre", data={"i": i}, now=now)
            for i in range(count)
        ]


def test_a_chain_that_nobody_touched_has_no_fault(identity, now):
    say(now)

    assert queries.faults() == []


def test_an_altered_event_is_named(identity, now):
    third = say(now)[2]

    Event.objects.filter(id=third.id).update(data={"i": 99})

    assert [(f.seq, f.reason) for f in queries.faults()] == [(third.seq, "altered")]


def test_a_removed_event_is_named(identity, now):
    second = say(now)[1]

    Event.objects.filter(id=second.id).delete()

    assert [(f.seq, f.reason) for f in queries.faults()] == [(second.seq, "missing")]


def test_a_removed_last_event_is_named(identity, now):
    last = say(now)[2]

    Event.objects.filter(id=last.id).delete()

    assert [(f.seq, f.reason) for f in queries.faults()] == [(last.seq, "missing")]


def test_an_event_time_may_not_move(identity, now):
    first = say(now)[0]

    Event.objects.filter(id=first.id).update(occurred_at=now - timedelta(days=1))

    assert queries.faults()[0].reason == "altered"


def test_the_same_event_id_is_said_once(identity, now):
    with transaction.atomic():
        first = services.record(name="test.a", subject="x", actor="node:centre", data={}, now=now, event_id=FIRST_ID)
        again = services.record(name="test.a", subject="x", actor="node:centre", data={}, now=now, event_id=FIRST_ID)

    assert again == first


def test_another_nodes_chain_is_kept_once_and_checked(identity, now):
    key = SigningKey.generate()
    theirs = chain_of("station-99.01.01", key, now)

    services.accept(node="station-99.01.01", key=key.verify_key, events=theirs)
    held = services.accept(node="station-99.01.01", key=key.verify_key, events=theirs)

    assert held == 2
    with pytest.raises(services.ChainKeyChanged):
        services.accept(node="station-99.01.01", key=SigningKey.generate().verify_key, events=theirs)
    with pytest.raises(services.ChainBroken):
        services.accept(node="station-99.01.02", key=key.verify_key, events=theirs)


def chain_of(node, key, now, *, count=2, after=None):
    made, prev, last = [], after.hash if after else rules.FIRST_PREV_HASH, after.seq if after else 0
    for seq in range(last + 1, last + count + 1):
        draft = rules.SignedEvent(
            id=new_id(now),
            node=node,
            seq=seq,
            name="test.b",
            version=1,
            subject="x",
            actor=f"node:{node}",
            occurred_at=now,
            recorded_at=now,
            data={},
            prev_hash=prev,
            hash=b"",
            signature=b"",
        )
        hashed, signature = rules.sign_event(draft.content(), prev, key)
        made.append(rules.SignedEvent(**{**draft.__dict__, "hash": hashed, "signature": signature}))
        prev = hashed
    return made


@pytest.mark.parametrize("every", [1, 2, 3, 100])
def test_a_chain_forged_from_one_event_on_is_named_at_that_event(now, every):
    key, forger = SigningKey.generate(), SigningKey.generate()
    honest = chain_of("station-99.01.01", key, now, count=7)
    forged = chain_of("station-99.01.01", forger, now, count=7, after=honest[3])

    fault = rules.first_fault(
        [*honest[:4], *forged], node="station-99.01.01", key=key.verify_key, signatures_every=every
    )

    assert fault == rules.Fault("station-99.01.01", 5, "signature_invalid")


def test_a_forged_event_before_an_altered_one_is_named_first(now):
    key, forger = SigningKey.generate(), SigningKey.generate()
    honest = chain_of("station-99.01.01", key, now)
    forged = chain_of("station-99.01.01", forger, now, after=honest[1])
    altered = replace(forged[1], data={"i": 99})

    fault = rules.first_fault(
        [*honest, forged[0], altered], node="station-99.01.01", key=key.verify_key, signatures_every=100
    )

    assert fault == rules.Fault("station-99.01.01", 3, "signature_invalid")


def test_an_identity_is_made_once(identity, now):
    again = found_node(name="centre", kind=NodeKind.CENTRE, kecamatan="", now=now)

    assert again.node == identity.node
