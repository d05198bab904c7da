"""Stock-take: right, wrong place, unknown, missing; and only the office whose place it is counts there."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dekat.duties import queries as duties
from dekat.duties.evidence import faults_of
from dekat.equipment import stock_take
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message
from dekat.sync.models import FeedEntry
from tests.make import goods
from tests.make.accounts import HEAD, OPERATOR
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HERE = OPERATOR.kecamatan


@pytest.fixture
def take(identity, now):
    """The stock-take of a kecamatan that should hold two recorders, in a regency of two kecamatan."""
    enrolled_station(now=now, kecamatan="35.11.12")
    goods.buy(["R-1", "R-2"], now, to=HERE)
    goods.buy(["R-3"], now, to="35.11.12", number="K-2")
    stock_take.open_round(round_id=uuid4(), actor=HEAD, now=now)
    return stock_take.takes(kecamatan=HERE)[0]


def see(take, label, now, actor=OPERATOR):
    return stock_take.note_seen(take_id=take.id, label=label, actor=actor, now=now).spot


def test_each_label_says_where_its_device_should_be(take, now):
    spots = [see(take, label, now) for label in ("DEKAT-ALAT:R-1", " R-3 ", "Laptop pribadi #7")]

    found = stock_take.take(take.id)
    assert spots == ["RIGHT", "WRONG_PLACE", "UNKNOWN"]
    assert (found.right, found.wrong_place, found.unknown, found.missing) == (1, 1, 1, 1)
    assert next(line for line in found.lines if line.serial == "R-3").belongs == "35.11.12"


@pytest.mark.parametrize("label", ["9911190101900001", "NIK 9911190101900001", "9911 1901 0190 0001"])
def test_the_number_of_a_person_never_reaches_the_log(take, now, label):
    """Somebody scans an identity card instead of a label; the log is public and forgets nothing."""
    with pytest.raises(stock_take.LabelEmpty):
        see(take, label, now)
    assert ledger.events(names=[stock_take.SEEN]) == []


def test_a_known_serial_number_of_sixteen_digits_is_one(identity, now):
    goods.buy(["1234567890123456"], now, to=HERE)
    stock_take.open_round(round_id=uuid4(), kecamatan=[HERE], actor=HEAD, now=now)

    assert see(stock_take.takes(kecamatan=HERE)[0], "1234567890123456", now) == "RIGHT"


def test_a_label_scanned_twice_counts_once(take, now):
    for _ in range(2):
        see(take, "R-1", now)

    assert stock_take.take(take.id).right == 1


def test_a_closed_count_is_signed_and_takes_nothing_more(take, now):
    see(take, "R-1", now)

    stock_take.close(take_id=take.id, actor=OPERATOR, now=now)
    stock_take.close(take_id=take.id, actor=OPERATOR, now=now)

    [closed] = ledger.events(names=[stock_take.CLOSED])
    assert (closed.data["right"], closed.data["missing"]) == (1, 1)
    with pytest.raises(stock_take.StockTakeClosed):
        see(take, "R-2", now)


def test_nobody_counts_in_another_place(take, now):
    with pytest.raises(stock_take.StockTakeUnknown):
        see(take, "R-1", now, actor=replace(OPERATOR, kecamatan="35.11.12"))


def test_what_another_station_says_of_this_place_is_not_believed(take, now):
    see(take, "R-1", now, actor=replace(OPERATOR, node="station-35.11.15"))
    [event] = ledger.events(names=[stock_take.SEEN])

    assert not stock_take._is_theirs(replace(event, node="station-35.11.12"), HERE)
    assert stock_take._is_theirs(replace(event, node=f"station-{HERE}/2"), HERE)


def test_every_kecamatan_is_told_and_the_office_counts_its_own_store(take, now):
    scopes = set(FeedEntry.objects.filter(kind=stock_take.FEED_KIND).values_list("scope", flat=True))

    assert scopes == {HERE, "35.11.12"}
    assert [card.kecamatan for card in stock_take.takes()] == ["", "35.11.12", HERE]


def test_every_word_of_a_stock_take_follows_the_schema(take, now):
    see(take, "Laptop pribadi #7", now)
    stock_take.close(take_id=take.id, actor=OPERATOR, now=now)

    said = [as_message(event) for event in ledger.events(name_prefix="equipment.stock_take.")]

    assert [list(faults_of(line)) for line in said] == [[]] * 3


@pytest.mark.parametrize("label", ["", "   ", "DEKAT-ALAT:", "###"])
def test_an_empty_label_is_no_device(take, now, label):
    with pytest.raises(stock_take.LabelEmpty):
        see(take, label, now)


def test_a_label_that_nobody_knows_makes_no_device_for_the_turn_engine(take, now):
    before = {answer.serial for answer in duties.answers(as_of=now)}

    see(take, "Laptop pribadi #7", now)

    assert {answer.serial for answer in duties.answers(as_of=now)} == before == {"R-1", "R-2", "R-3"}
