"""Cards at the kecamatan: the bag is counted, each card handed over after a look at who stands there."""

from dataclasses import replace

import pytest

from dekat.accounts.roles import Role
from dekat.cards import queries as cards
from dekat.cards.states import CardState
from dekat.kernel.ids import new_id
from tests.make import cards as make_cards
from tests.make import registry as make_registry
from tests.make.accounts import let_in
from tests.make.station import play_station

pytestmark = pytest.mark.django_db
HOME = "/serah/"
PLACE = "35.11.15"


@pytest.fixture
def desk(identity, now, settings, monkeypatch, client):
    play_station(settings, monkeypatch)
    settings.ENV = replace(settings.ENV, role="station", kecamatan=PLACE)
    let_in(client, Role.OPERATOR, now=now, kecamatan=PLACE)
    return client


@pytest.fixture
def bag(identity, now):
    """A bag with the cards of two residents, and their ids."""
    residents = [make_registry.resident_id(now), make_registry.resident_id_of_another(now)]
    return make_cards.sent_batch(now, 2, PLACE, residents=residents)


def text(answer):
    return answer.content.decode()


def count(desk, bag, present, seal="1"):
    said = {"present": [str(card) for card in present], "is_seal_whole": seal}
    return desk.post(f"{HOME}{bag[0]}/hitung/", said, follow=True)


def test_a_whole_bag_is_counted_and_a_card_handed_over(desk, bag):
    first, second = bag[1]
    assert "Ada kiriman kartu dalam perjalanan" in text(desk.get(HOME))
    assert "S-77" in text(desk.get(f"{HOME}{bag[0]}/hitung/"))

    counted = count(desk, bag, bag[1])
    handed = desk.post(f"{HOME}{first}/serahkan/", {"identity_check": "KK"}, follow=True)

    assert "Isi kiriman lengkap" in text(counted)
    assert "Kartu diserahkan" in text(handed)
    assert [cards.card(card).state for card in (first, second)] == [CardState.HANDED_OVER, CardState.ARRIVED]


def test_a_short_bag_stays_open_and_the_missing_card_may_be_found(desk, bag):
    first, second = bag[1]

    short = count(desk, bag, [first], seal="0")
    found = count(desk, bag, [second])

    assert "1 kartu tidak ada" in text(short)
    assert "Isi kiriman lengkap" in text(found)
    assert cards.card(second).state == CardState.ARRIVED


def test_a_count_without_a_word_on_the_seal_is_not_kept(desk, bag):
    answer = desk.post(f"{HOME}{bag[0]}/hitung/", {"present": [str(bag[1][0])]})

    assert "Pilih keadaan segel" in text(answer)
    assert cards.card(bag[1][0]).state == CardState.SENT


def test_a_card_of_another_bag_cannot_be_counted(desk, bag, now):
    answer = desk.post(f"{HOME}{bag[0]}/hitung/", {"present": [str(new_id(now))], "is_seal_whole": "1"})

    assert answer.status_code == 200
    assert [cards.card(card).state for card in bag[1]] == [CardState.SENT, CardState.SENT]


def test_no_card_leaves_before_the_identity_is_checked(desk, bag):
    count(desk, bag, bag[1])

    answer = desk.post(f"{HOME}{bag[1][0]}/serahkan/", {}, follow=True)

    assert "Pilih cara memeriksa identitas" in text(answer)
    assert cards.card(bag[1][0]).state == CardState.ARRIVED


def test_a_card_that_has_not_arrived_cannot_be_handed_over(desk, bag):
    answer = desk.post(f"{HOME}{bag[1][0]}/serahkan/", {"identity_check": "KK"})

    assert answer.status_code >= 400
    assert "Langkah ke" in text(answer)


def test_a_second_press_hands_over_once(desk, bag):
    count(desk, bag, bag[1])
    for _ in range(2):
        answer = desk.post(f"{HOME}{bag[1][0]}/serahkan/", {"identity_check": "KK"}, follow=True)

    assert answer.status_code == 200
    assert len(cards.cards_in(CardState.HANDED_OVER)) == 1


def test_an_unknown_bag_or_card_is_not_found(desk, now):
    assert desk.get(f"{HOME}{new_id(now)}/hitung/").status_code == 404
    assert desk.post(f"{HOME}{new_id(now)}/serahkan/", {"identity_check": "KK"}).status_code == 404


def test_an_empty_desk_says_so(desk):
    assert "Belum ada kartu yang siap diambil" in text(desk.get(HOME))


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.PARLIAMENT])
def test_the_desk_belongs_to_the_kecamatan(identity, now, settings, monkeypatch, client, bag, role):
    play_station(settings, monkeypatch)
    let_in(client, role, now=now)

    seen = [client.get(HOME), client.get(f"{HOME}{bag[0]}/hitung/"), client.post(f"{HOME}{bag[1][0]}/serahkan/")]

    assert [answer.status_code for answer in seen] == [403, 403, 403]
