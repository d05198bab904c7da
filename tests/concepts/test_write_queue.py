"""Writers of one process wait in one queue, and every way out of a transaction gives the turn on."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from dekat.accounts.models import Account
from dekat.ledger import queries, services
from dekat.project.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL has no such queue; the half on SQLite runs it"
    ),
]


@pytest.fixture(autouse=True)
def free_queue():
    yield
    assert not base.WRITERS._is_held


def free():
    return not base.WRITERS._is_held and not connection._holds_queue


def test_a_transaction_holds_the_turn_until_it_ends():
    with transaction.atomic():
        with transaction.atomic():
            assert base.WRITERS._is_held
        assert base.WRITERS._is_held

    assert free()


def test_an_exception_gives_the_turn_on():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError

    assert free()


def test_a_beginning_that_fails_gives_the_turn_on(monkeypatch):
    def fail(self):
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(base.django_sqlite.DatabaseWrapper, "_start_transaction_under_autocommit", fail)
        with pytest.raises(OperationalError), transaction.atomic():
            pass

    assert free()


def test_a_failed_commit_keeps_the_turn_until_its_roll_back(monkeypatch):
    seen = []
    real = base.DatabaseWrapper._rollback

    def fail(self):
        raise OperationalError("database or disk is full")

    def roll_back(self):
        seen.append(base.WRITERS._is_held)
        real(self)

    with monkeypatch.context() as patch:
        patch.setattr(base.django_sqlite.DatabaseWrapper, "_commit", fail)
        patch.setattr(base.DatabaseWrapper, "_rollback", roll_back)
        with pytest.raises(OperationalError), transaction.atomic():
            Account.objects.filter(username="x").update(is_active=False)

    assert seen == [True]
    assert free()


def test_a_lost_connection_gives_the_turn_on():
    # The one in-memory or named test database survives: only the connection goes.
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        connection.close()
        raise ZeroDivisionError

    assert free()


def test_a_write_outside_a_transaction_waits_too():
    held = []
    with connection.execute_wrapper(lambda run, *what: (held.append(base.WRITERS._is_held), run(*what))[1]):
        Account.objects.filter(username="x").update(is_active=False)
        list(Account.objects.all()[:1])

    assert held == [True, False]
    assert free()


def test_threads_that_write_at_once_lose_nothing(identity, now):
    said = 12

    def work(name):
        for number in range(said):
            with transaction.atomic():
                services.record(name="test.said", subject=f"thread:{name}", actor="node:x", data={"n": number}, now=now)
        connection.close()

    before = queries.heads()[0].last_seq
    threads = [threading.Thread(target=work, args=(name,)) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert queries.heads()[0].last_seq == before + 5 * said
    assert queries.faults() == []
