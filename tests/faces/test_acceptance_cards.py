"""Acceptance scenarios 7, 8 and 9: recorded twice, a bag that arrives short, only 500 blanks. Through the pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.areas.working_calendar import regency_calendar
from dekat.cards import queries as cards
from dekat.cards import services as card_commands
from dekat.cards.blanks import blank_balance
from dekat.cards.states import CardState, JumpReason
from dekat.faces.resident.tracking.recording_words import headline
from dekat.flows import follow_recording
from dekat.kernel.ids import new_id
from dekat.kernel.working_time import add_working_minutes
from dekat.ledger import queries as ledger
from dekat.national import queries as national
from dekat.national.domicile import domicile_of
from dekat.national.statuses import Status
from dekat.reports import tracking
from tests.make import cards as make_cards
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import VERIFIER, let_in
from tests.make.station import play_station

pytestmark = pytest.mark.django_db
PRAJEKAN = "35.11.16"


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.scenario(7)
def test_acceptance_7_recorded_twice_one_choice_a_case_with_owner_and_day_and_no_second_card(identity, now, client):
    load_bundled()
    resident = make_registry.resident_id(now)
    first = make_national.ready_to_print(now, resident_id=resident, kecamatan="35.11.15")
    second = make_national.taken_in(now, resident_id=resident)
    code = national.submission(second).tracking_code

    page = text(client.get(f"/lacak/{code}"))
    assert national.submission(second).status == Status.DUPLICATE_RECORD
    assert "Anda tercatat pernah direkam" in page
    assert "Pilih tempat tinggal Anda yang benar" in page
    choice = text(client.get(f"/lacak/{code}/domisili/"))
    assert choice.count('name="pilihan"') == 2

    for _ in range(2):  # a second press keeps the first choice
        answer = client.post(f"/lacak/{code}/domisili/", {"pilihan": "HERE"})
        client.post(f"/lacak/{code}/domisili/", {"pilihan": "ELSEWHERE"})
    case = domicile_of(second)
    shown = text(client.get(answer.url))
    assert (case.choice, case.owner) == ("HERE", "DISPENDUKCAPIL")
    assert case.due_at == add_working_minutes(case.chosen_at, 16 * 60, regency_calendar())
    assert "Menunggu Dispendukcapil meneruskan pilihan Anda" in shown
    assert "Diurus oleh" in shown and "Dispendukcapil" in shown and "Paling lambat" in shown

    let_in(client, Role.VERIFIER, now=now)
    assert "Teruskan ke pusat paling lambat" in text(client.get(f"/kantor/rekaman/{second}/"))
    client.post(f"/kantor/rekaman/{second}/diteruskan/")
    assert domicile_of(second).owner == "PUSAT"
    names = [event.name for event in ledger.events(name_prefix="national.domicile.")]
    assert names == ["national.domicile.declared", "national.domicile.passed_on"]

    assert cards.card(second) is None
    assert [card.id for card in cards.cards_in(CardState.READY)] == [first]
    assert client.get(f"/kantor/kartu/{second}/muka.pdf").status_code == 404
    assert follow_recording.send_waiting(
        gateway=None, open_content=lambda _: b"", actor=VERIFIER, now=lambda: now
    ) == 0  # fmt: skip


@pytest.mark.scenario(8)
def test_acceptance_8_a_bag_of_forty_arrives_with_thirty_nine(identity, now, settings, monkeypatch):
    load_bundled()
    office, counter = Client(), Client()
    let_in(office, Role.VERIFIER, now=now)
    residents = [make_registry.resident_id(now), *(new_id(now) for _ in range(39))]
    serials = make_cards.blanks(now, 40)
    waiting = [make_national.ready_to_print(now, resident_id=one, kecamatan=PRAJEKAN) for one in residents]
    order = [card.id for card in cards.cards_in(CardState.READY)]
    for card, serial in zip(order, serials, strict=True):
        office.post(f"/kantor/kartu/{card}/tercetak/", {"blank": serial})
    office.post("/kantor/kartu/kemas/", {"kecamatan": PRAJEKAN, "seal_no": "S-40"})
    [bag] = cards.batches()
    assert len(bag.cards) == 40

    with StationHere(settings, monkeypatch):
        let_in(counter, Role.OPERATOR, now=now, kecamatan=PRAJEKAN)
        present = [str(card) for card in waiting[:39]]
        said = counter.post(f"/serah/{bag.id}/hitung/", {"present": present, "is_seal_whole": "1"}, follow=True)
        assert "1 kartu tidak ada" in text(said)
        unchecked = counter.post(f"/serah/{waiting[0]}/serahkan/", {}, follow=True)
        assert cards.card(waiting[0]).state == CardState.ARRIVED, text(unchecked)
        counter.post(f"/serah/{waiting[0]}/serahkan/", {"identity_check": "KK"})
    assert cards.card(waiting[0]).state == CardState.HANDED_OVER

    page = text(office.get("/kantor/kartu/"))
    assert "dikirim Contoh VERIFIER, dihitung Contoh OPERATOR" in page
    [counted] = ledger.events(names=["cards.batch.counted"])
    assert counted.data["missing"] == 1
    assert counted.data["sent_by"] != counted.actor
    assert (blank_balance().difference, blank_balance().printed) == (0, 40)


@pytest.mark.scenario(9)
def test_acceptance_9_seven_hundred_wait_and_only_five_hundred_blanks_are_there(identity, now, client):
    load_bundled()
    make_cards.blanks(now, 500)
    renewed = make_cards.ready_card(now, is_first_time=False, waiting_days=200)
    newest = make_national.ready_to_print(now, resident_id=new_id(now))
    oldest = make_cards.ready_card(now, waiting_days=90)
    others = [make_cards.ready_card(now, waiting_days=10 + n % 60) for n in range(697)]
    order = [card.id for card in cards.cards_in(CardState.READY)]

    assert order[0] == oldest
    assert (order[-2], order[-1]) == (newest, renewed)  # first-time holders first, the longest waiting of them first
    assert (cards.queue_position(oldest), cards.queue_position(renewed)) == (1, 700)

    page = text(client.get(f"/lacak/{national.submission(newest).tracking_code}"))
    assert "Antrean cetak nomor 699." in page
    assert "Blangko dari pusat habis sebelum nomor Anda" in page

    let_in(client, Role.VERIFIER, now=now)
    [blank] = cards.next_blanks(1)
    refused = client.post(f"/kantor/kartu/{newest}/tercetak/", {"blank": blank}, follow=True)
    assert cards.card(newest).state == CardState.READY
    assert "Masih ada 698 kartu yang menunggu lebih lama." in text(refused)
    client.post(f"/kantor/kartu/{newest}/tercetak/", {"blank": blank, "jumped_for": JumpReason.HEALTH})
    [event] = ledger.events(names=["cards.card.printed"])
    assert (event.data["passed"], event.data["jumped_for"]) == (698, "HEALTH")

    # Eight days of printing ten a day give a pace: who is within the stock gets a day, who is beyond it is told so.
    for day in range(8, 0, -1):
        for card in cards.cards_in(CardState.READY)[:10]:
            [serial] = cards.next_blanks(1)
            card_commands.note_printed(
                card_id=card.id, blank_serial=serial, actor=VERIFIER, now=now - timedelta(days=day)
            )
    left = [card.id for card in cards.cards_in(CardState.READY)]
    near, far = follow(left[0], now), follow(left[-1], now)
    assert near.expected_on and near.queue_position == 1
    assert "Perkiraan dicetak sekitar" in headline(near, today=now.date()).lead
    assert follow(left[100], now).expected_on > near.expected_on
    assert (far.expected_on, far.is_beyond_stock) == (None, True)
    assert others


def follow(card_id, now):
    """What the tracking page says of a card in the queue."""
    place = cards.queue_position(card_id)
    day = cards.expected_print_day(card_id, now=now)
    return replace(
        _EMPTY, queue_position=place, expected_on=day, is_beyond_stock=place > blank_balance().in_stock
    )  # fmt: skip


_EMPTY = tracking.RecordingTrack("", "", PRAJEKAN, None, CardState.READY, None, None, ())


class StationHere:
    """This process answers as the station of Prajekan for a while."""

    def __init__(self, settings, monkeypatch):
        self.settings, self.patch = settings, monkeypatch

    def __enter__(self):
        self.before = self.settings.ENV
        play_station(self.settings, self.patch)
        self.settings.ENV = replace(self.before, role="station", kecamatan=PRAJEKAN)

    def __exit__(self, *_):
        self.settings.ENV, self.settings.IS_STATION = self.before, False
        self.settings.ROOT_URLCONF = "dekat.project.urls_centre"
