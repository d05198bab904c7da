"""What the office corrects without an application: two people, all or nothing, and a record that leads on."""

from datetime import date, timedelta

import pytest

from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.queries import events as ledger_events
from dekat.registry import corrections, queries, services
from dekat.registry.correction_facts import Clearing, ElementCorrection
from dekat.registry.invariants import broken
from dekat.registry.life.events import Annulment, Birth, Death, Merge, MoveIn, Succession
from dekat.registry.life.writing import record_event
from dekat.registry.states import Element, ResidentState
from tests.make.accounts import HEAD, OPERATOR, VERIFIER
from tests.make.registry import CENTRE, child, person, registered, wife

pytestmark = pytest.mark.django_db
NEW_NO, OTHER_NO, TODAY = "9911192311260001", "9911190101150002", date(2026, 11, 23)


@pytest.fixture
def family(identity, now):
    """A married couple with a daughter of seven."""
    return registered(now, person(now, marital_status="2"), wife(now), child(now))


@pytest.fixture
def double(family, now):
    """The father once more, alone in another family, under another NIK."""
    again = person(now, nik="9911121703900007", full_name="Mohamad Hasan Basri")
    return registered(now, again, card_no=OTHER_NO).members[0].id


def proposed(what, now, actor=VERIFIER):
    made = corrections.propose_correction(
        correction_id=new_id(now), what=what, reason="Orang yang sama, KTP-el ditunjukkan.", actor=actor, on=TODAY,
        now=now,
    )  # fmt: skip
    return made.id


def confirmed(correction_id, now, actor):
    return corrections.confirm_correction(correction_id=correction_id, actor=actor, on=TODAY, now=now)


def refusal(command, *arguments):
    with pytest.raises(DekatError) as raised:
        command(*arguments)
    assert broken() == {}
    return raised.value.code


def test_nothing_changes_until_a_second_officer_confirms_and_then_once(family, double, now):
    correction = proposed(Merge(double, family.members[0].id), now)
    assert queries.resident(double).state is ResidentState.ACTIVE

    first = confirmed(correction, now, HEAD)
    again = confirmed(correction, now, HEAD)

    assert [card.family_card_no for card in first.cards] == [card.family_card_no for card in again.cards] == [OTHER_NO]
    assert queries.resident(double).state is ResidentState.MERGED
    assert corrections.open_corrections() == []
    assert broken() == {}
    told = [event.name for event in ledger_events() if ".correction." in event.name or ".life_event." in event.name]
    kinds = ["correction.proposed", "life_event.recorded", "correction.confirmed"]
    assert told == [f"registry.{kind}" for kind in kinds]


def test_whoever_proposed_does_not_confirm(family, double, now):
    correction = proposed(Merge(double, family.members[0].id), now)

    assert refusal(confirmed, correction, now, VERIFIER) == "registry.correction.second_person_needed"
    assert queries.resident(double).state is ResidentState.ACTIVE


def test_a_machine_or_a_kecamatan_corrects_nothing(family, double, now):
    merge = Merge(double, family.members[0].id)

    assert refusal(proposed, merge, now, CENTRE) == "registry.correction.officer_needed"
    assert refusal(proposed, merge, now, OPERATOR) == "registry.correction.officer_needed"


def test_a_merged_record_leads_to_the_one_that_goes_on_and_so_do_the_children(family, double, now):
    kept = family.members[0]
    baby = child(now, full_name="Ahmad Fauzi", born_on="2026-11-01", father_nik="9911121703900007")
    birth = Birth(baby, family.id)
    record_event(event=birth, application_id=new_id(now), actor=CENTRE, on=TODAY, now=now)

    confirmed(proposed(Merge(double, kept.id), now), now, HEAD)

    assert queries.goes_on_as(double) == kept.id
    assert queries.records_of(kept.id) == [kept.id, double]
    assert queries.resident(baby.id).father_nik == kept.nik
    assert queries.resident_by_nik("9911121703900007").state is ResidentState.MERGED


def test_who_goes_on_takes_the_place_of_the_head_and_the_nomor_kk_stays(family, double, now):
    father, mother, daughter = (one.id for one in family.members)
    alone = services.change_element(
        application_id=new_id(now), resident_id=double, element=Element.MARITAL_STATUS, value="2", actor=CENTRE, now=now
    )

    confirmed(proposed(Merge(father, double, takes_place=True), now), now + timedelta(hours=1), HEAD)

    card = queries.family_card_content(family.id)
    assert card["family_card_no"] == family.family_card_no
    assert card["members"][0]["nik"] == "9911121703900007"
    assert queries.members(alone.family_id) == []
    assert {queries.resident(one).family_id for one in (mother, daughter)} == {family.id}
    assert broken() == {}


def test_a_family_that_loses_its_head_to_a_merger_needs_another(family, double, now):
    father, mother, daughter = (one.id for one in family.members)
    succession = Succession(mother, NEW_NO, {daughter: "4"})

    assert refusal(proposed, Merge(father, double), now) == "registry.family.head_missing"
    assert proposed(Merge(father, double, successions={family.id: succession}), now)


def test_the_record_with_a_nik_goes_on_and_none_into_itself(family, now):
    father, _, daughter = (one.id for one in family.members)

    assert refusal(proposed, Merge(father, daughter), now) == "registry.life.nik_would_end"
    assert refusal(proposed, Merge(father, father), now) == "registry.life.same_person"


def test_a_wrong_merger_is_annulled_and_both_are_here_again(family, double, now):
    kept = family.members[0].id
    home = queries.resident(double).family_id
    confirmed(proposed(Merge(double, kept), now), now, HEAD)

    confirmed(proposed(Annulment(double, family.id, "9"), now), now + timedelta(hours=1), HEAD)

    assert queries.goes_on_as(double) == double
    assert queries.resident(double).family_id == family.id != home
    assert broken() == {}


def test_a_death_and_its_annulment_need_two(family, now):
    father, mother, daughter = (one.id for one in family.members)
    confirmed(proposed(Death(mother), now), now, HEAD)
    assert queries.resident(father).marital_status.label == "CERAI MATI"

    back = proposed(Annulment(mother, family.id, "3", (father, mother)), now)
    assert queries.resident(mother).state is ResidentState.DECEASED
    confirmed(back, now + timedelta(hours=1), HEAD)

    assert [one.id for one in queries.members(family.id)] == [father, mother, daughter]
    assert broken() == {}


def test_the_dead_do_not_come_back_with_a_move_letter(family, now):
    mother = family.members[1].id
    confirmed(proposed(Death(mother), now), now, HEAD)
    arrival = MoveIn(family.id, (), {mother: "9"})

    def arrive():
        record_event(event=arrival, application_id=new_id(now), actor=CENTRE, on=TODAY, now=now)

    assert refusal(arrive) == "registry.state.may_not_move"


def test_two_officers_find_that_two_records_are_two_people(family, double, now):
    father = family.members[0].id
    facts = {"application_id": new_id(now), "resident_id": double, "actor": VERIFIER, "now": now}
    services.set_blocked(is_blocked=True, **facts)

    confirmed(proposed(Clearing((father, double)), now), now, HEAD)

    assert queries.resident(double).state is ResidentState.ACTIVE
    assert corrections.are_cleared(double, father)
    assert broken() == {}


def test_a_datum_that_the_office_wrote_down_wrongly_is_corrected_by_two(family, now):
    mother = family.members[1].id
    correction = proposed(ElementCorrection(mother, Element.BIRTH_PLACE, "Jember"), now)
    assert queries.resident(mother).birth_place == "Bondowoso"

    (card,) = confirmed(correction, now, HEAD).cards

    assert queries.resident(mother).birth_place == "Jember"
    assert card.family_card_no == family.family_card_no
    assert "Jember" not in str([event.data for event in ledger_events()])


def test_a_withdrawn_correction_is_confirmed_by_nobody(family, double, now):
    correction = proposed(Merge(double, family.members[0].id), now)

    corrections.withdraw_correction(correction_id=correction, actor=VERIFIER, now=now)

    assert refusal(confirmed, correction, now, HEAD) == "registry.correction.closed"
