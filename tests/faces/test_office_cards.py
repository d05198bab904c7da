"""Cards at the office: each printed on a blank, packed for its kecamatan, sent in a sealed bag."""

from datetime import date, timedelta

import pytest

from dekat.accounts.roles import Role
from dekat.cards import queries as cards
from dekat.cards.states import CardState
from dekat.kernel.ids import new_id
from dekat.national import queries as national
from tests.make import cards as make_cards
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import let_in

pytestmark = pytest.mark.django_db
HOME = "/kantor/kartu/"
PLACE = "35.11.15"


@pytest.fixture
def card(identity, now):
    return make_national.ready_to_print(now, resident_id=make_registry.resident_id(now), kecamatan=PLACE)


@pytest.fixture
def verifier(identity, now, client):
    let_in(client, Role.VERIFIER, now=now)
    return client


def text(answer):
    return answer.content.decode()


def test_a_card_is_printed_packed_and_sent(card, verifier, now):
    (blank, _) = make_cards.blanks(now, 2)
    assert f'value="{blank}"' in text(verifier.get(HOME))

    printed = verifier.post(f"{HOME}{card}/tercetak/", {"blank": blank}, follow=True)
    sent = verifier.post(f"{HOME}kemas/", {"kecamatan": PLACE, "seal_no": "S-1"}, follow=True)

    assert "Kartu tercatat sudah dicetak" in text(printed)
    assert "Dalam perjalanan" in text(sent)
    assert (cards.card(card).state, cards.card(card).blank) == (CardState.SENT, blank)
    assert cards.batches()[0].seal_no == "S-1"


def test_a_faulty_card_returns_to_the_queue_with_its_reason(card, verifier, now):
    (blank, _) = make_cards.blanks(now, 2)
    verifier.post(f"{HOME}{card}/tercetak/", {"blank": blank})

    unsaid = verifier.post(f"{HOME}{card}/cetak-ulang/", {"fault": ""}, follow=True)
    said = verifier.post(f"{HOME}{card}/cetak-ulang/", {"fault": "FACE"}, follow=True)

    assert "Pilih apa yang rusak" in text(unsaid)
    assert "Kartu rusak tercatat" in text(said)
    assert (cards.card(card).state, cards.blank_balance().spoiled) == (CardState.READY, 1)
    assert cards.blank_balance().difference == 0


def test_a_blank_is_used_once(card, verifier, now):
    (blank,) = make_cards.blanks(now, 1)
    another, later = make_registry.resident_id_of_another(now), now + timedelta(minutes=1)
    other = make_national.ready_to_print(later, resident_id=another, kecamatan=PLACE)
    verifier.post(f"{HOME}{card}/tercetak/", {"blank": blank})

    answer = verifier.post(f"{HOME}{other}/tercetak/", {"blank": blank})

    assert "tidak ada di gudang atau sudah terpakai" in text(answer)
    assert cards.card(other).state == CardState.READY


def test_a_second_press_prints_nothing_twice(card, verifier, now):
    (first, second) = make_cards.blanks(now, 2)
    verifier.post(f"{HOME}{card}/tercetak/", {"blank": first})

    answer = verifier.post(f"{HOME}{card}/tercetak/", {"blank": second})

    assert answer.status_code >= 400
    assert (cards.card(card).blank, cards.blank_balance().printed) == (first, 1)


def test_a_spoiled_blank_is_written_off_with_its_reason(verifier, now):
    (blank,) = make_cards.blanks(now, 1)

    said = verifier.post(f"{HOME}blangko-rusak/", {"blank": blank, "reason": "pita habis"}, follow=True)
    unsaid = verifier.post(f"{HOME}blangko-rusak/", {"blank": blank, "reason": ""}, follow=True)

    assert "Blangko rusak tercatat" in text(said)
    assert "Ketik nomor blangko dan sebab rusaknya" in text(unsaid)
    assert (cards.blank_balance().spoiled, cards.blank_balance().difference) == (1, 0)


@pytest.mark.parametrize(
    ("path", "said", "words"),
    [("{card}/tercetak/", {}, "Ketik nomor blangko"), ("kemas/", {"kecamatan": PLACE}, "Ketik nomor segel")],
)
def test_a_gap_is_named(card, verifier, path, said, words):
    answer = verifier.post(HOME + path.format(card=card), said, follow=True)

    assert words in text(answer)


def test_an_empty_bag_is_not_sent(verifier):
    answer = verifier.post(f"{HOME}kemas/", {"kecamatan": PLACE, "seal_no": "S-1"})

    assert "Kiriman harus berisi kartu" in text(answer)
    assert cards.batches() == []


def test_a_card_whose_packet_is_gone_says_what_to_do(card, verifier):
    answer = verifier.get(f"{HOME}{card}/muka.pdf")

    assert answer.status_code >= 400
    assert answer.headers["content-type"].startswith("text/html")


def test_an_unknown_card_has_no_face(verifier, now):
    assert verifier.get(f"{HOME}{new_id(now)}/muka.pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISTRICT_HEAD, Role.INSPECTORATE])
def test_the_card_desk_is_closed_to_everybody_else(card, now, client, role):
    let_in(client, role, now=now, kecamatan="" if role == Role.INSPECTORATE else PLACE)

    seen = [client.get(HOME), client.get(f"{HOME}{card}/muka.pdf"), client.post(f"{HOME}{card}/tercetak/")]

    assert [answer.status_code for answer in seen] == [403, 403, 403]
    assert cards.card(card).state == CardState.READY


def test_a_pemulas_card_waits_beside_the_queue_with_its_day(verifier, now, client):
    resident, day = make_registry.resident_id(now), date(2027, 1, 6)
    card = make_national.ready_to_print(now, resident_id=resident, kecamatan=PLACE, print_from=day)
    (blank,) = make_cards.blanks(now, 1)
    desk = text(verifier.get(HOME))
    tracked = text(client.get(f"/lacak/{national.submission(card).tracking_code}"))

    assert verifier.post(f"{HOME}{card}/tercetak/", {"blank": blank}).status_code == 409
    assert "Tidak ada kartu yang menunggu cetak" in desk
    assert "mulai 06 Januari 2027" in desk
    assert "Kartu dicetak sesudah tanggal 06 Januari 2027" in tracked


def test_a_stranger_has_no_name_at_the_desk(verifier, now):
    card = make_national.ready_to_print(now, resident_id=new_id(now), kecamatan=PLACE)

    assert "Warga luar domisili" in text(verifier.get(HOME))
    assert "Warga luar domisili" in text(verifier.get("/kantor/rekaman/"))
    assert text(verifier.get(f"/lacak/{national.submission(card).tracking_code}"))
