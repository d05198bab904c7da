"""Residents out of the ordinary from the station to the card: pemula, out of domicile, foreigner, old and new names."""

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from dekat.accounts.queries import own_identity
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.areas.services import load_bundled
from dekat.areas.working_calendar import regency_calendar
from dekat.cards import queries as cards
from dekat.cards.services import CardMayNotMove
from dekat.cards.states import CardState
from dekat.documents import ports as document_ports
from dekat.enrolment import absences, packet_content, services
from dekat.enrolment.ages import TooYoung
from dekat.enrolment.biodata import biodata_of
from dekat.enrolment.elsewhere import FamilyCard, start_elsewhere
from dekat.enrolment.models import Recording
from dekat.enrolment.positions import Position, Slap
from dekat.enrolment.queries import recording_view
from dekat.enrolment.states import Absence, Domicile, Reason, Step
from dekat.enrolment.supplement import NothingOwed, start_supplement
from dekat.faces.resident.tracking import recording_words
from dekat.flows import follow_recording, print_card
from dekat.flows.receive_recording import receive_recording
from dekat.kernel.ids import new_id
from dekat.national import queries as national
from dekat.national.statuses import Status
from dekat.registry.changing import change_element
from dekat.registry.rules import NameAdvice, NameCharacters, NameTooLong, check_new_name
from dekat.registry.services import load_code_lists
from dekat.registry.states import Element
from dekat.reports import card_desk, recordings, tracking
from dekat.sync import envelope
from dekat.sync.queries import sealed_bytes
from tests.make import cards as make_cards
from tests.make import registry
from tests.make.accounts import HEAD, VERIFIER
from tests.make.competence import let_actor_record
from tests.make.documents import make_workshop
from tests.make.paper import text_of
from tests.make.recordings import CAMAT_ID, OPERATOR, Desk, devices
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
PLACE = "35.11.12"
NODE = f"station-{PLACE}"


@pytest.fixture
def centre(identity, now, tmp_path, monkeypatch):
    """Wringin's station is known, the national centre answers at once."""
    load_bundled()
    load_code_lists()
    enrolled_station(now=now, kecamatan=PLACE)
    devices()
    let_actor_record(OPERATOR, now=now)
    workshop = make_workshop(tmp_path / "workshop", now)
    monkeypatch.setattr(document_ports, "_source", lambda: workshop)
    made = SimulatedCentre(tmp_path / "pusat", pace_s=0)
    server = serve(made, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.gateway = HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", made.key.verify_key)
    yield made
    server.shutdown()
    server.server_close()
    made.close()


class Chair(Desk):
    """An operator at work on a recording that was begun elsewhere, with the cloth that it asks for."""

    def __init__(self, now, recording_id) -> None:
        self.now, self.id = now, recording_id

    @property
    def cloth(self) -> str:
        return recording_view(self.id).background

    def photograph(self, cloth: str = "") -> None:
        super().photograph(cloth or self.cloth)


def begun(now, resident_id) -> Chair:
    biodata = biodata_of(resident_id)
    return Chair(now, services.start(recording_id=uuid4(), biodata=biodata, actor=OPERATOR, now=now))


def finish(desk) -> bytes:
    """The whole way to the seal; give what the packet holds."""
    desk.to_summary()
    desk.seal()
    return inside(desk.id)


def inside(recording_id) -> bytes:
    sealed = sealed_bytes(recording_id)
    return envelope.parse(sealed, max_bytes=len(sealed)).open(own_identity().open_key)


def arrive(centre, body, now) -> None:
    receive_recording(item_id=new_id(now), node=NODE, body=body, now=now)
    follow_recording.send_waiting(gateway=centre.gateway, open_content=lambda _: body, actor=VERIFIER, now=lambda: now)
    follow_recording.ask_for_news(gateway=centre.gateway, actor=VERIFIER, now=lambda: now)


def face_of(monkeypatch, recording_id, body, now) -> str:
    monkeypatch.setattr(print_card.sync, "opened_packet", lambda _: body)
    return text_of(print_card.card_face(card_id=recording_id, now=now), "-raw")


def track_of(recording_id, now):
    code = national.submission(recording_id).tracking_code
    return tracking.track(code, calendar=regency_calendar(), now=now)


def sixteen(now, **changes):
    facts = {"nik": "9911190601100001", "born_on": "2010-01-06", "full_name": "Budi Contoh", **changes}
    return registry.registered(now, registry.person(now, **facts)).members[0].id


def test_a_child_is_not_recorded_and_the_day_is_told(centre, now):
    with pytest.raises(TooYoung) as refused:
        begun(now, sixteen(now, born_on="2011-01-06"))

    assert refused.value.facts == {"first_day": "06-01-2027"}


def test_a_pemula_is_recorded_now_and_the_card_waits_for_the_birthday(centre, now):
    desk = begun(now, sixteen(now))
    arrive(centre, finish(desk), now)
    birthday = datetime(2027, 1, 6, 1, tzinfo=UTC)
    waiting = track_of(desk.id, now)
    words = recording_words.headline(waiting, today=now.date())
    (blank,) = make_cards.blanks(now, 1)

    assert cards.card(desk.id).state == CardState.WAITING
    assert "06 Januari 2027" in words.lead
    assert [one.card.print_from for one in card_desk.office_desk(on=now.date()).waiting] == [date(2027, 1, 6)]
    with pytest.raises(CardMayNotMove):
        print_card.note_printed(card_id=desk.id, blank_serial=blank, actor=VERIFIER, now=now)
    assert print_card.release_of_age(actor=VERIFIER, now=birthday - timedelta(days=1)) == 0
    assert print_card.release_of_age(actor=VERIFIER, now=birthday) == 1
    assert print_card.release_of_age(actor=VERIFIER, now=birthday) == 0
    assert (cards.card(desk.id).state, cards.queue_position(desk.id)) == (CardState.READY, 1)


def test_a_pemula_who_marries_joins_the_queue_at_once(centre, now):
    resident_id = sixteen(now)
    desk = begun(now, resident_id)
    arrive(centre, finish(desk), now)

    change_element(
        application_id=uuid4(), resident_id=resident_id, element=Element.MARITAL_STATUS, value="2", actor=HEAD, now=now
    )

    assert print_card.release_of_age(actor=VERIFIER, now=now) == 1


def test_a_birth_year_alone_waits_for_its_last_day(centre, now):
    desk = begun(now, sixteen(now, born_on="2009-12-00"))
    arrive(centre, finish(desk), now)

    assert cards.card(desk.id).print_from == date(2026, 12, 31)


def family_card(**changes) -> FamilyCard:
    facts = {
        "nik": "9971050112820007",
        "nik_again": "9971 0501 1282 0007",
        "family_card_no": "9971050101150001",
        "full_name": "Suharto",
        "birth_place": "Contoh",
        "born_on": "01-12-1982",
        "is_female": False,
        "blood_type": "O",
        "religion": "ISLAM",
        "marital_status": "KAWIN",
        "occupation": "WIRASWASTA",
        "citizenship": "WNI",
        "address": "Jalan Melati 4",
        "rt": "002",
        "rw": "005",
        "village": "Cempaka",
        "kecamatan": "Contoh Timur",
        "regency": "Kota Contoh",
        "province": "Provinsi Contoh",
        "is_seen": True,
    }
    return FamilyCard(**{**facts, **changes})


def from_elsewhere(now, **changes) -> Chair:
    card = family_card(**changes)
    return Chair(now, start_elsewhere(recording_id=uuid4(), card=card, actor=OPERATOR, now=now))


def test_a_resident_of_another_regency_gets_a_card_here_as_their_kk_says(centre, now, monkeypatch):
    desk = from_elsewhere(now)
    body = finish(desk)
    arrive(centre, body, now)
    content = packet_content.read(body)
    face = face_of(monkeypatch, desk.id, body, now)

    assert (content.domicile, content.corrections) == (Domicile.ELSEWHERE, ())
    assert content.elsewhere["family_card_no"] == "9971050101150001"
    assert national.submission(desk.id).status == Status.PRINT_READY_RECORD
    assert cards.card(desk.id).state == CardState.READY
    assert track_of(desk.id, now).first_letter == ""
    assert recordings.office_detail(desk.id, now=now).name == "Warga luar domisili"
    assert [one.name for one in card_desk.office_desk(on=now.date()).ready] == ["Warga luar domisili"]
    for word in ("SUHARTO", "9971050112820007", "KOTA CONTOH", "JALAN MELATI 4", "01-12-1982"):
        assert word in face
    row = Recording.objects.get(id=desk.id)
    assert (row.biodata, row.elsewhere) == ({}, {})


def test_a_resident_of_another_kecamatan_of_the_regency_is_known_by_the_nik(centre, now):
    resident = registry.registered(now, registry.person(now, nik="9971050112820007", born_on="1982-12-01")).members[0]
    desk = from_elsewhere(now)
    arrive(centre, finish(desk), now)

    assert national.submission(desk.id).resident_id == resident.id


def test_a_foreigners_card_is_not_for_life(centre, now, monkeypatch):
    man = registry.person(now, nik="9911191703900001", citizenship="WNA", kitap_no="CONTOH-1")
    desk = begun(now, registry.registered(now, man).members[0].id)
    assert desk.cloth == "ORANGE"
    body = finish(desk)
    arrive(centre, body, now)
    face = face_of(monkeypatch, desk.id, body, now)

    assert "SESUAI ITAP" in face
    assert "SEUMUR HIDUP" not in face


@pytest.mark.parametrize("name", ["Suharto", "Ma'ruf Asy'ari"])
def test_scenario_12_an_old_name_is_the_same_in_packet_and_card(centre, now, monkeypatch, name):
    man = registry.person(now, full_name=name)
    desk = begun(now, registry.registered(now, man).members[0].id)
    body = finish(desk)
    arrive(centre, body, now)

    assert packet_content.read(body).biodata.full_name == name.upper()
    # Typst sets a typographer's apostrophe on paper.
    assert name.upper() in face_of(monkeypatch, desk.id, body, now).replace("’", "'")


def test_scenario_12_a_new_name_obeys_the_rules_for_new_names(centre, now):
    baby = registry.child(now, full_name="Bayi Contoh")
    registry.registered(now, registry.person(now), baby)

    def name_it(name):
        change_element(
            application_id=uuid4(), resident_id=baby.id, element=Element.FULL_NAME, value=name, actor=HEAD, now=now
        )

    with pytest.raises(NameCharacters):
        name_it("Al1")
    with pytest.raises(NameTooLong):
        name_it("A" * 30 + " " + "B" * 30)
    assert check_new_name("Suharto") == (NameAdvice.ONE_WORD,)
    name_it("Suharto")


def test_a_supplement_is_nobodys_duplicate_and_prints_no_second_card(centre, now):
    resident_id = registry.resident_id(now)
    first = begun(now, resident_id)
    first.to_fingers()
    absences.except_positions(
        recording_id=first.id,
        step_id=uuid4(),
        positions=[Position.LEFT_THUMB],
        state=Absence.SKIPPED_PENDING,
        reason=Reason.INJURED,
        is_permanent=False,
        second_person=CAMAT_ID,
        actor=OPERATOR,
        now=now,
    )
    for slap in Slap:
        first.slap(slap)
    first.go(Step.INDEX_RECHECK)
    first.recheck(Position.LEFT_INDEX)
    first.recheck(Position.RIGHT_INDEX)
    first.go(Step.IRISES)
    first.irises()
    first.go(Step.SIGNATURE)
    first.sign()
    first.go(Step.SUMMARY)
    first.seal()
    arrive(centre, inside(first.id), now)

    second = Chair(now, start_supplement(recording_id=uuid4(), of=first.id, actor=OPERATOR, now=now))
    second.confirm()
    for step in (Step.PHOTO, Step.FINGERS):
        second.go(step)
    second.slap(Slap.THUMBS)
    for step in (Step.INDEX_RECHECK, Step.IRISES, Step.SIGNATURE, Step.SUMMARY):
        second.go(step)
    second.seal()
    arrive(centre, inside(second.id), now)

    content = packet_content.read(inside(second.id))
    assert content.supplement_of == str(first.id)
    assert national.submission(second.id).status == Status.PRINT_READY_RECORD
    assert cards.card(first.id)
    assert cards.card(second.id) is None
    with pytest.raises(NothingOwed):
        start_supplement(recording_id=uuid4(), of=first.id, actor=OPERATOR, now=now)
