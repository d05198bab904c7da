"""Who opened whose data: written down once, before anything is shown, also when it was refused."""

from datetime import timedelta

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.kernel.canonical import canonical_json
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.openings import queries, services
from dekat.openings.message import MESSAGE_KIND, message_of
from dekat.openings.models import Opening
from dekat.openings.services import Wish
from dekat.openings.states import Outcome, Purpose
from dekat.openings.views import Act
from dekat.sync.queries import sealed_bytes
from dekat.sync.services import take_message
from tests.make import registry as make_registry
from tests.make.accounts import OPERATOR, VERIFIER
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(identity, now):
    return make_registry.registered(now)


def wish(family, **changes):
    person = family.members[0].id
    facts = {"subject": f"resident:{person}", "people": (person,), "purpose": Purpose.COUNTER}
    return Wish(**{**facts, **changes})


def test_a_repeated_act_is_one_opening_for_each_member(family, now):
    act, people = new_id(now), tuple(one.id for one in family.members)
    asked = wish(family, subject=f"family:{family.id}", people=people)

    for _ in range(2):
        services.open_record(press_id=act, wish=asked, actor=VERIFIER, now=now)

    [found] = queries.acts_on(f"family:{family.id}")
    assert set(found.people) == set(people)
    assert len(ledger.events(names=["openings.record.opened"])) == 1


def test_a_task_of_one_day_is_one_opening(family, now):
    asked = wish(family, subject=f"recording:{new_id(now)}", purpose=Purpose.RECORDING)

    for _ in range(3):
        services.open_for_task(wish=asked, actor=OPERATOR, now=now)

    assert Opening.objects.count() == 1


def test_who_lives_elsewhere_is_not_opened_and_the_attempt_stays(family, now):
    with pytest.raises(services.LivesElsewhere):
        services.open_record(press_id=new_id(now), wish=wish(family), actor=OPERATOR, now=now)

    [attempt] = queries.refused_acts()
    assert (attempt.people, attempt.actor.kecamatan) == ((family.members[0].id,), "35.11.15")
    assert queries.open_now(subject=attempt.subject, account_id=OPERATOR.account_id, now=now) is None


def test_out_of_domicile_needs_its_own_purpose(family, now):
    asked = wish(family, purpose=Purpose.OUT_OF_DOMICILE)

    services.open_record(press_id=new_id(now), wish=asked, actor=OPERATOR, now=now)

    assert [act.purpose for act in queries.acts_about([family.members[0].id])] == [Purpose.OUT_OF_DOMICILE]


def test_a_purpose_beyond_the_list_is_said_in_words(family, now):
    with pytest.raises(services.NoteMissing):
        services.open_record(
            press_id=new_id(now), wish=wish(family, purpose=Purpose.OTHER, note="  "), actor=VERIFIER, now=now
        )


def test_the_log_holds_ids_and_the_purpose_only(family, now):
    services.open_record(press_id=new_id(now), wish=wish(family, note="Surat 17"), actor=VERIFIER, now=now)

    [event] = ledger.events(names=["openings.record.opened"])
    assert event.data == {"purpose": "COUNTER", "people": [str(family.members[0].id)]}
    assert event.actor == VERIFIER.label


def told(family, now, **changes):
    """What an operator of Sempol opened at their station, as the message says it."""
    actor = Actor(new_id(now), Role.OPERATOR, "35.11.19", "station-35.11.19")
    facts = {"people": (family.members[0].id,), "outcome": Outcome.GRANTED, "purpose": Purpose.RECORDING}
    act = Act(new_id(now), f"recording:{new_id(now)}", note="", actor=actor, at=now, **{**facts, **changes})
    return act.id, message_of(act)


def test_what_a_station_wrote_down_arrives_once(family, now):
    station = enrolled_station(now=now, kecamatan="35.11.19")
    act, body = told(family, now)
    sealed = station.seal(canonical_json(body), now=now, kind=MESSAGE_KIND, item_id=act)

    for _ in range(2):
        take_message(sealed=sealed, now=now + timedelta(days=3))

    [found] = queries.acts_about([family.members[0].id])
    assert (found.actor.office, found.actor.node, found.at) == ("KECAMATAN:35.11.19", station.name, now)
    assert ledger.events(names=["openings.record.opened"]) == []


def test_a_station_speaks_of_its_own_kecamatan_only(family, now):
    stranger = enrolled_station(now=now, kecamatan="35.11.02")
    officer = open_account(
        username="rina", full_name="Rina Contoh", role=Role.OPERATOR, kecamatan="35.11.19", password="x",
        actor=VERIFIER, now=now,
    )  # fmt: skip
    act, body = told(family, now)

    services.hear_of_opening(item_id=act, node=stranger.name, body=body, now=now)
    with pytest.raises(services.OfficerElsewhere):
        services.hear_of_opening(item_id=new_id(now), node=stranger.name, body={**body, "by": str(officer)}, now=now)

    assert [found.actor.kecamatan for found in queries.latest_acts()] == ["35.11.02"]


def test_a_station_keeps_what_it_opened_and_sends_it_with_the_commit(family, now):
    services.open_record(press_id=new_id(now), wish=wish(family), actor=VERIFIER, now=now, tells_centre=True)

    [act] = queries.latest_acts()
    assert sealed_bytes(act.id)


def test_a_press_with_the_id_of_an_event_cannot_keep_an_opening_out_of_the_log(family, now):
    known = ledger.latest(limit=1)[0].id

    services.open_record(press_id=known, wish=wish(family), actor=VERIFIER, now=now)

    assert len(ledger.events(names=["openings.record.opened"])) == 1


def test_nobody_is_opened_where_nobody_is(family, now):
    with pytest.raises(services.NobodyThere):
        services.open_record(press_id=new_id(now), wish=wish(family, people=()), actor=VERIFIER, now=now)


def test_one_task_does_not_cover_the_people_of_a_second_family(family, now):
    task, first, second = f"application:{new_id(now)}", family.members[0].id, family.members[1].id

    for person in (first, second):
        services.open_for_task(
            wish=wish(family, subject=task, people=(person,), purpose=Purpose.APPLICATION), actor=OPERATOR, now=now
        )

    assert {row.resident_id for row in Opening.objects.all()} == {first, second}
