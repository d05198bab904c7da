"""A recording's whole road: sealed in Wringin, judged by the simulated national centre, held as a card."""

import threading

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.areas.working_calendar import regency_calendar
from dekat.cards import queries as cards
from dekat.cards import services as card_commands
from dekat.cards.states import CardState
from dekat.flows import deliver_cards, follow_recording, print_card
from dekat.flows.receive_recording import RecordingElsewhere, ResidentUnknown, receive_recording
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.national import queries as national
from dekat.national.ports import NationalCentreAway
from dekat.national.statuses import Status
from dekat.registry import services as registry
from dekat.registry.life.events import Merge
from dekat.reports import tracking
from dekat.sync import envelope, services
from dekat.sync.queries import sealed_bytes
from tests.make import cards as make_cards
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, VERIFIER
from tests.make.paper import text_of
from tests.make.recordings import Desk, devices
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
PLACE = "35.11.12"
NODE = f"station-{PLACE}"
OPERATOR = Actor(VERIFIER.account_id, Role.OPERATOR, PLACE, NODE)


@pytest.fixture
def pusat(tmp_path):
    """The national centre of the sample, at its fastest."""
    made = SimulatedCentre(tmp_path / "pusat", pace_s=0)
    server = serve(made, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.gateway = HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", made.key.verify_key)
    yield made
    server.shutdown()
    server.server_close()
    made.close()


@pytest.fixture
def station(identity, now):
    return enrolled_station(now=now, kecamatan=PLACE)


@pytest.fixture
def resident(identity, now):
    return make_registry.resident_id(now)


@pytest.fixture
def content(identity, now, resident):
    """What a station sealed, and the recording's id."""
    devices()
    return recorded(identity, now, resident)


def recorded(identity, now, resident):
    desk = Desk(now, resident_id=str(resident))
    desk.to_summary()
    desk.seal()
    sealed = sealed_bytes(desk.id)
    return desk.id, envelope.parse(sealed, max_bytes=len(sealed)).open(identity.open_key)


def arrive(station, content, now, tmp_path):
    """Hand the packet in as the line does; give its id."""
    file, packet_id = tmp_path / "part", new_id(now)
    file.write_bytes(station.seal(content, now=now, kind="recording/1", item_id=packet_id))
    services.take_packet(file=file, now=now)
    return packet_id


def send(pusat, now, opened):
    return follow_recording.send_waiting(
        gateway=pusat.gateway, open_content=lambda _: opened, actor=VERIFIER, now=lambda: now
    )


def hear(pusat, now):
    return follow_recording.ask_for_news(gateway=pusat.gateway, actor=VERIFIER, now=lambda: now)


def followed(recording_id, now):
    code = national.submission(recording_id).tracking_code
    return tracking.track(code, calendar=regency_calendar(), now=now)


def test_a_recording_becomes_a_card_in_the_hand(station, content, pusat, now, tmp_path):
    recording_id, inside = content
    (blank,) = make_cards.blanks(now, 1)

    packet_id = arrive(station, inside, now, tmp_path)
    assert followed(recording_id, now).stage == Status.BIO_CAPTURED
    send(pusat, now, inside)
    hear(pusat, now)
    assert (followed(recording_id, now).stage, followed(recording_id, now).queue_position) == (CardState.READY, 1)
    face = text_of(print_card.card_face(card_id=recording_id, now=now), "-raw")
    print_card.note_printed(card_id=recording_id, blank_serial=blank, actor=VERIFIER, now=now)
    batch_id = pack(recording_id, now)
    deliver_cards.send_batch(batch_id=batch_id, actor=VERIFIER, now=now)
    assert followed(recording_id, now).stage == CardState.SENT
    missing = deliver_cards.count_batch(
        batch_id=batch_id, present=[recording_id], is_seal_whole=True, actor=OPERATOR, now=now
    )
    deliver_cards.hand_over(card_id=recording_id, identity_check="KK", actor=OPERATOR, now=now)

    assert national.submission(recording_id).packet_id == packet_id
    assert missing == []
    assert "9911124605040003" in face
    assert "SITI CONTOH" in face
    assert cards.blank_balance().difference == 0
    assert [hop.stage for hop in followed(recording_id, now).hops] == [
        Status.BIO_CAPTURED,
        Status.SENT_FOR_ENROLLMENT,
        Status.RECEIVED_AT_CENTRAL,
        Status.PRINT_READY_RECORD,
        CardState.PRINTED,
        CardState.SENT,
        CardState.ARRIVED,
        CardState.HANDED_OVER,
    ]


def pack(recording_id, now):
    return card_commands.pack_batch(
        batch_id=new_id(now),
        number="K-1",
        kecamatan=PLACE,
        seal_no="S-1",
        card_ids=[recording_id],
        actor=VERIFIER,
        now=now,
    )


def test_a_repeat_of_every_step_changes_nothing(station, content, pusat, now):
    recording_id, inside = content
    (blank, _) = make_cards.blanks(now, 2)
    for _ in range(2):
        receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)
        send(pusat, now, inside)
        hear(pusat, now)
    print_card.note_printed(card_id=recording_id, blank_serial=blank, actor=VERIFIER, now=now)
    batch_id = pack(recording_id, now)
    count = {"what": "counted", "batch_id": str(batch_id), "present": [str(recording_id)], "is_seal_whole": True}
    handed = {"what": "handed_over", "card_id": str(recording_id), "identity_check": "KK"}
    for _ in range(2):
        deliver_cards.send_batch(batch_id=batch_id, actor=VERIFIER, now=now)
    for body in (count, count, handed, handed):
        said = {**body, "account_id": str(OPERATOR.account_id), "role": "OPERATOR", "kecamatan": PLACE}
        deliver_cards.hear_of_card(item_id=new_id(now), node=NODE, body=said, now=now)

    names = [event.name for event in ledger.events(subject=f"recording:{recording_id}")]
    assert pusat.count() == 1
    assert [names.count(f"cards.card.{what}") for what in ("queued", "printed", "handed_over")] == [1, 1, 1]
    assert (cards.card(recording_id).state, len(national.submissions())) == (CardState.HANDED_OVER, 1)


def test_a_second_recording_of_a_resident_is_held_and_never_sent(identity, station, content, pusat, resident, now):
    first, inside = content
    second, again = recorded(identity, now, resident)
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)

    receive_recording(item_id=new_id(now), node=NODE, body=again, now=now)

    held = national.submission(second)
    assert (held.status, held.earlier_recording) == (Status.DUPLICATE_RECORD, first)
    assert send(pusat, now, inside) == 1
    assert followed(second, now).stage == Status.DUPLICATE_RECORD


def test_an_outage_of_the_national_centre_delays_and_loses_nothing(station, content, pusat, now):
    recording_id, inside = content
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)
    pusat.is_out = True
    with pytest.raises(NationalCentreAway):
        send(pusat, now, inside)
    assert followed(recording_id, now).stage == Status.BIO_CAPTURED

    pusat.is_out = False

    assert send(pusat, now, inside) == 1
    assert hear(pusat, now) == 2
    assert followed(recording_id, now).stage == CardState.READY


def test_a_packet_that_is_not_here_waits(station, content, pusat, now):
    recording_id, inside = content
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)

    assert send(pusat, now, None) == 0

    assert national.submission(recording_id).status == Status.BIO_CAPTURED


def test_a_station_cannot_record_for_another_kecamatan(identity, content, now):
    _, inside = content
    enrolled_station(now=now, kecamatan="35.11.15")

    with pytest.raises(RecordingElsewhere):
        receive_recording(item_id=new_id(now), node="station-35.11.15", body=inside, now=now)


def test_a_recording_of_nobody_is_refused(identity, station, now):
    devices()
    _, inside = recorded(identity, now, new_id(now))

    with pytest.raises(ResidentUnknown):
        receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)


def test_a_card_whose_packet_is_gone_is_not_printed_blind(station, content, now):
    recording_id, inside = content
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)

    with pytest.raises(print_card.PacketGone):
        print_card.card_face(card_id=recording_id, now=now)


def test_no_card_is_printed_of_a_record_that_was_merged_into_another(station, content, resident, now):
    recording_id, inside = content
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)
    other = make_registry.resident_id_of_another(now)
    facts = {"correction_id": new_id(now), "on": now.date(), "now": now}
    merge = Merge(resident, other, takes_place=True)
    registry.propose_correction(what=merge, reason="Orang yang sama.", actor=VERIFIER, **facts)
    registry.confirm_correction(actor=HEAD, **facts)

    with pytest.raises(print_card.NotLivingHere):
        print_card.card_face(card_id=recording_id, now=now)


def test_a_card_that_is_not_in_the_bag_is_said_to_be_missing(station, content, pusat, now):
    recording_id, inside = content
    (blank,) = make_cards.blanks(now, 1)
    receive_recording(item_id=new_id(now), node=NODE, body=inside, now=now)
    send(pusat, now, inside)
    hear(pusat, now)
    print_card.note_printed(card_id=recording_id, blank_serial=blank, actor=VERIFIER, now=now)
    batch_id = pack(recording_id, now)
    deliver_cards.send_batch(batch_id=batch_id, actor=VERIFIER, now=now)

    missing = deliver_cards.count_batch(batch_id=batch_id, present=[], is_seal_whole=False, actor=OPERATOR, now=now)

    assert missing == [recording_id]
    assert [hop.stage for hop in followed(recording_id, now).hops][-1] == CardState.MISSING
