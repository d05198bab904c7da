"""From the evidence to the phone: what is raised, what it says, and that three real ways out carry it."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.accounts.actor import machine
from dekat.adapters.mail.carrier import MailCarrier
from dekat.adapters.message_twin.server import MessageTwin, serve_http, serve_smtp
from dekat.adapters.text_gateway.carrier import SMS, WHATSAPP, TextGateway, approved_whatsapp
from dekat.alerts import queries, services
from dekat.alerts.contacts import Choice, choose_channel, set_office
from dekat.alerts.ports import AddressRefused, ChannelAway, ChannelRefused
from dekat.alerts.sending import send_waiting
from dekat.alerts.states import Channel, DispatchState, Kind
from dekat.areas.services import load_bundled
from dekat.areas.working_calendar import regency_calendar
from dekat.cards.blanks import spoil_blank
from dekat.faces.alert_words import writer
from dekat.flows.raise_alerts import raise_alerts
from dekat.ledger import ports
from dekat.ledger.services import Draft, record_many
from tests.concepts.test_alerts import NIGHT, officer
from tests.make import cards as make_cards
from tests.make.accounts import VERIFIER
from tests.make.evidence import KEC, PLACE, START, History
from tests.make.sync import enrolled_station
from tests.make.told import keep

pytestmark = pytest.mark.django_db
BEARER = {"Authorization": "Bearer {token}"}
ADDRESS = "https://dekat.contoh.go.id"


@pytest.fixture
def twin():
    """A mail server and a gateway that answer on this machine."""
    twin = MessageTwin()
    servers = [serve_http(twin, 0), serve_smtp(twin, 0)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    twin.http, twin.smtp = (f"127.0.0.1:{server.server_address[1]}" for server in servers)
    yield twin
    for server in servers:
        server.shutdown()
        server.server_close()


def ways_out(twin):
    return {
        Channel.EMAIL: MailCarrier(f"smtp://{twin.smtp}", "", "Dekat <dekat@contoh.go.id>"),
        Channel.WHATSAPP: TextGateway(f"http://{twin.http}/v20.0/123/messages", "t", WHATSAPP, BEARER),
        Channel.SMS: TextGateway(f"http://{twin.http}/sms", "t", SMS, BEARER),
    }


def at(day, hours=0):
    return START + timedelta(days=day, hours=hours)


def raised(now):
    raise_alerts(hours=8, now=now)
    return sorted((one.kind, one.party, one.desk) for one in queries.alerts() if one.raised_at == now)


@pytest.fixture
def idle(identity):
    """A recorder whose instruction was delivered and not read."""
    load_bundled()
    history = History().until("acknowledged")
    keep(history.events)
    return history


def test_a_new_turn_its_near_deadline_and_the_miss_are_each_told_once(idle):
    assert raised(at(0, 1)) == [
        (Kind.INSTRUCTION, f"KECAMATAN:{KEC}", "DISTRICT_HEAD"),
        (Kind.INSTRUCTION, f"KECAMATAN:{KEC}", "OPERATOR"),
        (Kind.TURN, f"KECAMATAN:{KEC}", "OPERATOR"),
    ]
    assert raised(at(1)) == []
    assert raised(at(2, 2)) == [(Kind.NEAR, f"KECAMATAN:{KEC}", "OPERATOR")]
    missed = raised(at(4))
    assert (Kind.MISSED, f"KECAMATAN:{KEC}", "DISTRICT_HEAD") in missed
    assert (Kind.LOST, f"KECAMATAN:{KEC}", "OPERATOR") in missed
    assert raised(at(4, 1)) == []


def test_a_question_goes_to_the_asked_and_its_answer_back(idle):
    raised(at(0, 1))
    keep([idle.say(1, "duties.question.asked", PLACE, by=f"KECAMATAN:{KEC}", question="q", to="DISPENDUKCAPIL")])
    assert (Kind.ASKED, "DISPENDUKCAPIL", "") in raised(at(1, 1))

    keep([idle.say(2, "duties.question.answered", PLACE, by="DISPENDUKCAPIL", question="q")])
    assert (Kind.ANSWERED, f"KECAMATAN:{KEC}", "") in raised(at(2, 1))


def test_a_text_says_what_whose_by_when_and_where_the_proof_is(idle, twin):
    camat = officer()
    choose_channel(choice=Choice(Channel.SMS, "081234567890"), actor=camat, now=at(0))
    keep([idle.say(1, "duties.question.asked", PLACE, by=f"KECAMATAN:{KEC}", question="q", to="DISPENDUKCAPIL")])
    raise_alerts(hours=8, now=at(1, 1))
    compose(at(1, 1))

    send_waiting(carriers=ways_out(twin), actor=machine("centre"), clock=lambda: at(1, 1))

    [came] = twin.came()
    assert (came.channel, came.to) == ("SMS", "+6281234567890")
    assert "Ijen (Sempol)" in came.text
    assert "jawab pertanyaan kecamatan, sebelum" in came.text
    assert "https://dekat.contoh.go.id/" in came.text


def test_the_three_ways_carry_and_take_a_repeat_once(twin, identity):
    words = 'Isi "dengan" {id}\n.titik'
    for channel, carrier in ways_out(twin).items():
        to = "kadis@contoh.go.id" if channel == Channel.EMAIL else "+6281234567890"
        for _ in range(2):
            carrier.send(dispatch_id=officer().account_id, address=to, subject="Perihal", text=words)
    texts = [(one.channel, one.text) for one in twin.came()]

    assert len(texts) == 6
    assert {text for _, text in texts} == {words}
    assert {channel for channel, _ in texts} == {"EMAIL", "WHATSAPP", "SMS"}


def test_the_same_text_handed_over_twice_is_one(twin, identity):
    one = officer().account_id
    for carrier in ways_out(twin).values():
        for _ in range(2):
            carrier.send(dispatch_id=one, address="+6281234567890", subject="x", text="y")

    assert len(twin.came()) == 2  # the gateway counts by id, the mailbox by Message-ID


def test_an_approved_template_takes_the_whole_text(twin, identity):
    body = approved_whatsapp("dekat_giliran")
    TextGateway(f"http://{twin.http}/", "t", body, BEARER).send(
        dispatch_id=officer().account_id, address="+62812345678", subject="", text="Giliran Anda"
    )

    assert [one.text for one in twin.came()] == ["Giliran Anda"]


def test_a_way_that_is_away_refuses_us_or_the_address_says_which(twin, identity):
    ways, one = ways_out(twin), officer().account_id
    said = {"dispatch_id": one, "subject": "x", "text": "y"}
    twin.refuses = "+6281234567890"
    for channel in (Channel.SMS, Channel.WHATSAPP):
        with pytest.raises(AddressRefused):
            ways[channel].send(address=twin.refuses, **said)
    twin.refuses = "lama@contoh.go.id"
    with pytest.raises(AddressRefused):
        ways[Channel.EMAIL].send(address=twin.refuses, **said)

    twin.token = "other"
    with pytest.raises(ChannelRefused):
        ways[Channel.SMS].send(address="+6281234567891", **said)

    twin.is_out = True
    for channel, to in ((Channel.SMS, "+62812345678"), (Channel.EMAIL, "a@contoh.go.id")):
        with pytest.raises(ChannelAway):
            ways[channel].send(address=to, **said)
    nobody = TextGateway("http://127.0.0.1:9/", "t", SMS, BEARER)
    with pytest.raises(ChannelAway):
        nobody.send(address="+62812345678", **said)


def test_an_address_that_is_none_is_refused_without_being_told_and_a_subject_stays_one_line(twin, identity):
    mail = MailCarrier(f"smtp://{twin.smtp}", "", "Dekat <dekat@contoh.go.id>")

    with pytest.raises(AddressRefused) as refused:
        mail.send(dispatch_id=uuid4(), address="a,b@contoh.go.id", subject="x", text="y")
    assert refused.value.__suppress_context__
    mail.send(dispatch_id=uuid4(), address="a@contoh.go.id", subject="Giliran\nBcc: b@contoh.go.id", text="y")
    assert twin.came()[0].subject == "Giliran Bcc: b@contoh.go.id"


def test_an_office_without_account_is_told_when_its_turn_comes(identity, twin):
    load_bundled()
    set_office(party="DISKOMINFO", choice=Choice(Channel.EMAIL, "noc@contoh.go.id"), actor=officer(), now=at(0))
    history = History().until("opened")
    history.opened(0)
    history.say(1, "readings.link.probed", PLACE, path="LOCAL", is_up=False, seen_from="STATION")
    keep(history.events)
    raise_alerts(hours=8, now=at(2))
    compose(at(2))

    send_waiting(carriers=ways_out(twin), actor=machine("centre"), clock=lambda: at(2))

    assert [one.to for one in twin.came()] == ["noc@contoh.go.id"]
    assert "pulihkan jaringan" in twin.came()[0].text
    assert queries.dispatch_count(DispatchState.SENT) == 1


def test_an_open_hand_over_a_silent_station_and_the_last_blanks_are_told(identity):
    load_bundled()
    now = at(42)
    made = History().until("handed_over")
    made.say(30, "equipment.handover.offered", by="DISPENDUKCAPIL", bast="B-9", on="2026-04-01", to=KEC)
    # Another office uses the same number for another device.
    made.say(31, "equipment.handover.declined", "device:LAIN", by="KECAMATAN:35.11.12", bast="B-9", why="DAMAGED")
    made.say(36, "readings.station.opened", PLACE)
    keep(made.events)
    [blank] = make_cards.blanks(now, 1)
    spoil_blank(serial=blank, reason="rusak", actor=VERIFIER, now=now)

    kinds = {kind: (party, desk) for kind, party, desk in raised(now)}

    assert kinds[Kind.HANDOVER] == ("DISPENDUKCAPIL", "")
    assert kinds[Kind.BLANKS] == ("DISPENDUKCAPIL", "REGISTRY_HEAD")
    assert Kind.SILENT not in kinds  # this node is no station
    keep([made.say(42, "equipment.handover.declined", by=f"KECAMATAN:{KEC}", bast="B-9", why="DAMAGED")])
    assert Kind.HANDOVER not in {kind for kind, _, _ in raised(at(50))}


def test_a_station_that_fell_silent_is_told_to_its_camat_and_the_office_once(identity, now):
    load_bundled()
    station = enrolled_station(now=now, kecamatan=KEC)
    voice = ports.Signer(station.name, station.signing)
    record_many(
        [Draft(uuid4(), "readings.station.opened", PLACE, f"node:{station.name}", now - timedelta(days=5), {})],
        voice=voice, now=now,
    )  # fmt: skip

    assert [(kind, party) for kind, party, _ in raised(now)] == [
        (Kind.SILENT, "DISPENDUKCAPIL"),
        (Kind.SILENT, f"KECAMATAN:{KEC}"),
    ]
    assert raised(now + timedelta(hours=1)) == []


def test_many_turns_are_one_digest_and_an_sms_stays_short(idle):
    raise_alerts(hours=8, now=at(0, 1))
    cards = queries.alerts()
    write = writer(address=ADDRESS)

    digest = write(Channel.SMS, cards * 10)

    assert f"{len(cards) * 10} hal untuk Anda" in digest.subject
    assert f"dan {len(cards) * 10 - 2} lagi" in digest.body
    assert digest.body.endswith("/pengawasan/kewajiban/")


def compose(now):
    return services.compose(
        write=writer(address=ADDRESS), calendar=regency_calendar(), quiet=NIGHT, channels=set(Channel), now=now
    )
