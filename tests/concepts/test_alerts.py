"""The outbox: a fact once, one text for many facts, nobody in the night, a failure that comes back and ends."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.alerts import contacts, queries, rules, services
from dekat.alerts.contacts import AddressWrong, Choice
from dekat.alerts.ports import AddressRefused, ChannelAway
from dekat.alerts.rules import Quiet
from dekat.alerts.sending import send_waiting
from dekat.alerts.services import DispatchUnknown, NewAlert, Text
from dekat.alerts.states import Channel, DispatchState, Kind
from dekat.ledger import queries as ledger
from tests.make.evidence import CALENDAR
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
NIGHT = Quiet(time(20), time(6))
OFFICE, CAMAT = "DISPENDUKCAPIL", "KECAMATAN:35.11.19"


class Post:
    """A way out that keeps what it carried, and fails as told."""

    def __init__(self):
        self.carried, self.trouble = [], None

    def send(self, *, dispatch_id, address, subject, text):
        if self.trouble:
            raise self.trouble
        self.carried.append((address, text))
        return "ref"


def officer(role=Role.REGISTRY_HEAD, kecamatan=""):
    return Actor(uuid4(), role, kecamatan, "centre")


def told(now, *, role=Role.REGISTRY_HEAD, kecamatan="", **choice):
    """An officer who wants e-mail."""
    actor = officer(role, kecamatan)
    contacts.choose_channel(choice=Choice(Channel.EMAIL, "kadis@contoh.go.id", **choice), actor=actor, now=now)
    return actor


def turn(key="1", party=OFFICE, desk="REGISTRY_HEAD", kind=Kind.TURN):
    return NewAlert(key, kind, party, desk, serial=f"REK-{key}")


def compose(now, channels=frozenset(Channel)):
    def write(channel, alerts):
        return Text("x", " ".join(sorted(one.serial for one in alerts)))

    return services.compose(write=write, calendar=CALENDAR, quiet=NIGHT, channels=channels, now=now)


def send(post, now):
    return send_waiting(carriers={Channel.EMAIL: post}, actor=machine("centre"), clock=lambda: now)


def test_a_fact_is_raised_once_and_told_once(identity, now):
    told(now)

    assert services.raise_alert(new=turn(), now=now)
    assert not services.raise_alert(new=turn(), now=now + timedelta(days=1))
    assert len(compose(now)) == 1
    assert compose(now + timedelta(days=1)) == []


def test_everything_that_waits_is_one_text_and_the_next_waits_a_quarter_hour(identity, now):
    told(now)
    for key in "123":
        services.raise_alert(new=turn(key), now=now)

    [first] = compose(now)
    services.raise_alert(new=turn("4"), now=now)
    services.raise_alert(new=turn("5"), now=now)

    assert compose(now + timedelta(minutes=14)) == []
    [second] = compose(now + rules.GAP)
    texts = {card.id: card.text for card in queries.dispatches()}
    assert (texts[first], texts[second]) == ("REK-1 REK-2 REK-3", "REK-4 REK-5")


def test_nobody_is_disturbed_in_quiet_hours_their_own_before_the_regency_s(identity, now):
    night = now + timedelta(hours=13)  # 22.00 WIB
    told(now)
    told(now, role=Role.VERIFIER)
    services.raise_alert(new=turn(), now=night)

    assert compose(night) == []

    awake = officer()
    choice = Choice(Channel.EMAIL, "malam@contoh.go.id", True, time(1), time(2))
    contacts.choose_channel(choice=choice, actor=awake, now=now)
    [only] = compose(night)
    assert queries.dispatches()[0].contact.account_id == awake.account_id
    assert len(compose(night + timedelta(hours=9))) == 1  # 07.00: the others of that desk
    assert only


def test_news_waits_for_the_morning_and_may_be_switched_off_duties_may_not(identity, now):
    told(now, role=Role.DISTRICT_HEAD, kecamatan="35.11.19", wants_digest=False)
    services.raise_alert(new=turn("n", CAMAT, "DISTRICT_HEAD", Kind.ANSWERED), now=now)
    assert compose(now) == []

    services.raise_alert(new=turn("d", CAMAT, "DISTRICT_HEAD"), now=now)
    compose(now)

    assert [card.text for card in queries.dispatches()] == ["REK-d"]


def test_the_desk_is_told_and_where_it_has_no_address_its_office(identity, now):
    told(now, role=Role.OPERATOR, kecamatan="35.11.19")
    services.raise_alert(new=turn("1", CAMAT, "DISTRICT_HEAD"), now=now)
    assert len(compose(now)) == 1

    camat = told(now, role=Role.DISTRICT_HEAD, kecamatan="35.11.19")
    services.raise_alert(new=turn("2", CAMAT, "DISTRICT_HEAD"), now=now)
    compose(now + rules.GAP)

    newest = queries.dispatches(serial="REK-2")
    assert [card.contact.account_id for card in newest] == [camat.account_id]


def test_without_an_address_it_is_said_and_without_a_channel_nothing_is_written(identity, now):
    services.raise_alert(new=turn(), now=now)
    assert [(one.party, one.count) for one in queries.untold(since=now - timedelta(days=1))] == [(OFFICE, 1)]

    told(now)
    assert compose(now, channels=frozenset()) == []
    assert queries.untold(since=now - timedelta(days=1)) == []


def test_what_is_over_before_anybody_was_told_is_let_go(identity, now):
    told(now)
    services.raise_alert(new=turn("1"), now=now)
    services.raise_alert(new=turn("2"), now=now)

    services.drop_stale(kinds=[Kind.TURN], open_ids={turn("2").id}, now=now)

    compose(now)
    assert [card.text for card in queries.dispatches()] == ["REK-2"]


def test_a_failure_is_tried_again_with_longer_waits_and_then_given_up(identity, now):
    told(now)
    services.raise_alert(new=turn(), now=now)
    compose(now)
    post, at = Post(), now
    post.trouble = ChannelAway()

    for tries in range(1, rules.MOST_ATTEMPTS + 1):
        assert send(post, at) == 0
        [card] = queries.dispatches()
        assert card.attempts == tries
        assert send(post, at) == 0  # its time has not come
        at = card.next_at

    assert (card.state, card.trouble) == (DispatchState.DEAD, "alerts.channel.away")
    post.trouble = None
    services.try_again(dispatch_id=card.id, now=at)
    assert send(post, at) == 1
    assert _told_in_log() == ["alerts.dispatch.given_up", "alerts.dispatch.sent"]
    with pytest.raises(DispatchUnknown):
        services.try_again(dispatch_id=card.id, now=at)


def test_an_address_that_is_refused_is_given_up_at_once(identity, now):
    told(now)
    services.raise_alert(new=turn(), now=now)
    compose(now)
    post = Post()
    post.trouble = AddressRefused()

    send(post, now)

    [card] = queries.dispatches(state=DispatchState.DEAD)
    assert card.attempts == 1


def test_a_sender_that_came_too_late_does_not_undo_what_another_sent(identity, now):
    told(now)
    services.raise_alert(new=turn(), now=now)
    compose(now)
    slow, quick = Post(), Post()

    def hang(**_values):
        assert send(quick, now + timedelta(hours=1)) == 1
        raise AddressRefused

    slow.send = hang
    send(slow, now)

    [card] = queries.dispatches()
    assert (card.state, _told_in_log()) == (DispatchState.SENT, ["alerts.dispatch.sent"])


def test_the_log_says_who_was_told_and_never_where(identity, now):
    told(now)
    services.raise_alert(new=turn(), now=now)
    compose(now)
    send(Post(), now)

    [event] = ledger.events(names=["alerts.dispatch.sent"])
    assert event.data["to"] == OFFICE
    assert event.data["alerts"] == [str(turn().id)]
    assert "contoh.go.id" not in str([one.data for one in ledger.events(name_prefix="alerts.")])


@pytest.mark.parametrize(
    ("channel", "address", "kept"),
    [
        (Channel.SMS, "0812 3456-7890", "+6281234567890"),
        (Channel.WHATSAPP, "+62 812 3456 7890", "+6281234567890"),
        (Channel.EMAIL, " kadis@contoh.go.id ", "kadis@contoh.go.id"),
    ],
)
def test_an_address_is_kept_as_its_channel_wants_it(identity, now, channel, address, kept):
    actor = officer()

    contacts.choose_channel(choice=Choice(channel, address), actor=actor, now=now)

    assert queries.contact_of_account(actor.account_id).address == kept
    assert kept not in queries.contact_of_account(actor.account_id).masked


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.EMAIL, "0812"),
        (Channel.EMAIL, "a,b@contoh.id"),
        (Channel.EMAIL, "(a@contoh.id"),
        (Channel.EMAIL, "a..b@contoh.id"),
        (Channel.EMAIL, "ü@contoh.id"),
        (Channel.SMS, "a@b.id"),
        (Channel.SMS, "12"),
    ],
)
def test_an_address_that_the_channel_cannot_reach_is_refused(identity, now, channel, address):
    with pytest.raises(AddressWrong):
        contacts.choose_channel(choice=Choice(channel, address), actor=officer(), now=now)


def test_the_centre_hears_a_choice_from_the_officer_s_own_station_only(identity, now):
    enrolled_station(now=now, kecamatan="35.11.19")
    enrolled_station(now=now, kecamatan="35.11.15")
    camat = open_account(
        username="camat", full_name="Contoh Orang", role=Role.DISTRICT_HEAD, kecamatan="35.11.19", password="x",
        actor=machine("centre"), now=now,
    )  # fmt: skip
    body = {
        "account": str(camat), "channel": "SMS", "address": "081234567890", "wants_digest": False,
        "quiet_from": "21:00", "quiet_until": "05:00",
    }  # fmt: skip

    contacts.hear_choice(item_id=uuid4(), node="station-35.11.15", body=body, now=now)
    assert queries.contacts() == []
    for _ in range(2):
        contacts.hear_choice(item_id=uuid4(), node="station-35.11.19", body=body, now=now)

    [card] = queries.contacts()
    assert (card.party, card.address, card.quiet_from) == (CAMAT, "+6281234567890", time(21))


def _told_in_log():
    return [event.name for event in ledger.events(name_prefix="alerts.dispatch.")]
