"""What births, deaths, marriages and moves do to people and cards, case by case as the law tells them."""

from datetime import date, timedelta

import pytest

from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.queries import events as ledger_events
from dekat.registry import queries
from dekat.registry.invariants import broken
from dekat.registry.life import events
from dekat.registry.life.household import Address, Marital, Relation
from dekat.registry.life.parts import Succession
from dekat.registry.life.writing import EVENT, record_event
from dekat.registry.models import FamilyCardVersion
from dekat.registry.services import change_element, give_nik
from dekat.registry.states import Element, ResidentState, Sex
from tests.make.registry import CENTRE, child, person, registered, wife

pytestmark = pytest.mark.django_db
NEW_NO, OTHER_NO = "9911192311260001", "9911192311260002"
TODAY = date(2026, 11, 23)
ELSEWHERE = Address("Jalan Melati 5", "001", "002", "35.11.12.2001")


@pytest.fixture
def family(identity, now):
    """A married couple with a daughter of seven."""
    return registered(now, person(now, marital_status="2"), wife(now), child(now))


def happens(event, now, application_id=None):
    return record_event(event=event, application_id=application_id or new_id(now), actor=CENTRE, on=TODAY, now=now)


def refusal(event, now):
    with pytest.raises(DekatError) as raised:
        happens(event, now)
    assert broken() == {}
    return raised.value.code


def said(family_id):
    """The card as it stands: nomor KK and each member's name, relation and marital status."""
    card = queries.family_card_content(family_id)
    return card["family_card_no"], [(m["name"], m["relation_to_head"], m["marital_status"]) for m in card["members"]]


def test_a_birth_adds_a_child_who_waits_for_a_nik_and_keeps_the_number(family, now):
    baby = child(now, full_name="Ahmad Fauzi", born_on="2026-11-01")

    done = happens(events.Birth(baby, family.id), now)
    give_nik(application_id=new_id(now), resident_id=baby.id, nik="9911190111260001", actor=CENTRE, now=now)

    (card,) = done.cards
    assert (card.number, card.reason.label, card.family_card_no) == (2, "Kelahiran", family.family_card_no)
    assert card.content["members"][-1]["nik"] == "MENUNGGU NIK"
    assert queries.members(family.id)[-1].nik == "9911190111260001"
    assert len(queries.card_versions(family.id)) == 3


def test_the_same_application_is_carried_out_once_and_told_once(family, now):
    application, baby = new_id(now), child(now)

    first = happens(events.Birth(baby, family.id), now, application)
    again = happens(events.Birth(baby, family.id), now, application)

    assert [card.number for card in again.cards] == [card.number for card in first.cards] == [2]
    assert [event.data["people"] for event in ledger_events(names=[EVENT])] == [[str(baby.id)]]


def test_the_head_dies_and_his_widow_becomes_head_with_a_new_number(family, now):
    father, mother, daughter = (one.id for one in family.members)
    succession = events.Succession(mother, NEW_NO, {daughter: Relation.CHILD})

    happens(events.Death(father, succession), now)

    assert said(family.id) == (
        NEW_NO,
        [("SITI AMINAH", "KEPALA KELUARGA", "CERAI MATI"), ("NUR HALIMAH", "ANAK", "BELUM KAWIN")],
    )
    assert queries.resident(father).state is ResidentState.DECEASED
    assert broken() == {}


def test_a_death_of_the_head_without_a_successor_is_refused(family, now):
    assert refusal(events.Death(family.members[0].id), now) == "registry.family.head_missing"


def test_a_child_is_no_head_when_both_parents_are_gone(family, now):
    father, mother, daughter = (one.id for one in family.members)
    happens(events.Death(father, events.Succession(mother, NEW_NO, {daughter: Relation.CHILD})), now)

    orphan = events.Death(mother, events.Succession(daughter, OTHER_NO))

    assert refusal(orphan, now) == "registry.life.no_adult_left"


def test_an_orphan_goes_to_a_guardian_and_the_empty_family_ends(family, now):
    guardian = registered(now, person(now, nik="9911191703700002", born_on="1970-03-17"), card_no=OTHER_NO)
    father, mother, daughter = (one.id for one in family.members)
    happens(events.Death(father, events.Succession(mother, NEW_NO, {daughter: Relation.CHILD})), now)

    to_guardian = events.Destination(guardian.id, {daughter: Relation.OTHER_FAMILY})
    happens(events.Regroup(to_guardian), now)
    done = happens(events.Death(mother), now)

    assert done.living_families == ()
    assert queries.resident(daughter).family_id == guardian.id
    assert broken() == {}


def test_parents_who_move_away_do_not_leave_a_child_alone(family, now):
    father, mother, daughter = (one.id for one in family.members)

    both = events.MoveOut((father, mother), {family.id: events.Succession(daughter, NEW_NO)})

    assert refusal(both, now) == "registry.life.no_adult_left"
    assert queries.resident(father).state is ResidentState.ACTIVE


def test_a_whole_family_leaves_and_comes_back(family, now):
    ids = tuple(one.id for one in family.members)
    happens(events.MoveOut(ids), now)
    home = new_id(now)

    back = {ids[0]: Relation.HEAD, ids[1]: Relation.WIFE, ids[2]: Relation.CHILD}
    later = now + timedelta(days=30)
    happens(events.MoveIn(home, returning=back, new_number=NEW_NO, address=ELSEWHERE), later)

    assert [one.family_id for one in map(queries.resident, ids)] == [home] * 3
    assert queries.family(home).kecamatan == "35.11.12"
    assert broken() == {}


def test_a_couple_marries_and_founds_a_family_of_its_own(family, now):
    groom = registered(
        now, person(now, nik="9911191703980003", born_on="1998-03-17", full_name="Budi Santoso"), card_no=OTHER_NO
    ).members[0]
    bride = child(now, full_name="Dewi Lestari", born_on="2003-05-02")
    happens(events.MoveIn(family.id, (bride,)), now)

    happens(events.Marriage((groom.id, bride.id), "2026-11-20", "AK-7"), now)
    home = events.Destination(
        new_id(now), {groom.id: Relation.HEAD, bride.id: Relation.WIFE}, NEW_NO, ELSEWHERE
    )  # fmt: skip
    done = happens(events.Regroup(home), now)

    assert said(home.family_id)[1] == [
        ("BUDI SANTOSO", "KEPALA KELUARGA", "KAWIN TERCATAT"),
        ("DEWI LESTARI", "ISTRI", "KAWIN TERCATAT"),
    ]
    assert set(done.living_families) == {home.family_id, family.id}


def test_who_is_married_does_not_marry_again_without_a_court(family, now):
    again = events.Marriage((family.members[1].id,), "2026-11-20")
    second_wife = events.Marriage((family.members[0].id,), "2026-11-20", "AK-8", court_order="12/Pdt.P/2026")

    assert refusal(again, now) == "registry.life.already_married"
    happens(second_wife, now)


def test_after_a_divorce_nobody_is_called_wife_any_more(family, now):
    two = tuple(one.id for one in family.members[:2])

    happens(events.Divorce(two, "2026-11-20", "AC-1"), now)

    assert said(family.id)[1][0] == ("MOH. HASAN BASRI", "KEPALA KELUARGA", "CERAI HIDUP TERCATAT")
    assert ("SITI AMINAH", "FAMILI LAIN", "CERAI HIDUP TERCATAT") in said(family.id)[1]


def test_nobody_is_divorced_from_somebody_elses_husband(family, now):
    father, mother = (one.id for one in family.members[:2])
    stranger = person(now, nik="9911191703500009", marital_status="2")
    other = registered(now, stranger, card_no="9911190101150009").members[0].id

    assert refusal(events.Divorce((other, mother), "2026-11-20", "AC-1"), now) == "registry.life.not_married"
    assert refusal(events.Divorce((mother,), "2026-11-20", "AC-1"), now) == "registry.life.not_married"
    assert queries.resident(father).marital_status.code == Marital.MARRIED


def test_a_man_with_another_wife_stays_married_and_both_are_widowed(family, now):
    father, first, daughter = (one.id for one in family.members)
    alone = [
        registered(now, person(now, nik=nik, sex=Sex.FEMALE, marital_status="2"), card_no=card_no)
        for nik, card_no in (("9911194204900009", "9911190101150009"), ("9911194204910009", "9911190101150010"))
    ]
    second, third = (home.members[0].id for home in alone)

    happens(events.Divorce((father, third), "2026-11-20", "AC-1"), now)
    assert [queries.resident(one).marital_status.code for one in (father, third)] == [Marital.MARRIED, Marital.DIVORCED]

    succession = Succession(first, NEW_NO, {daughter: Relation.CHILD})
    happens(events.Death(father, succession, (second,)), now)
    assert {queries.resident(one).marital_status.code for one in (first, second)} == {Marital.WIDOWED}


def test_who_has_a_spouse_on_the_card_is_not_single_by_a_change_of_data(family, now):
    mother = family.members[1].id

    with pytest.raises(DekatError) as refused:
        change_element(
            application_id=new_id(now), resident_id=mother, element=Element.MARITAL_STATUS, value="4", actor=CENTRE,
            now=now,
        )  # fmt: skip

    assert refused.value.code == "registry.element.needs_divorce_or_death"


def test_the_number_changes_with_the_head_and_never_otherwise(family, now):
    father, mother, daughter = (one.id for one in family.members)
    relations = {father: Relation.HUSBAND, daughter: Relation.CHILD}

    happens(events.HeadChange(family.id, events.Succession(mother, NEW_NO, relations)), now)
    same_head = events.HeadChange(family.id, events.Succession(mother, OTHER_NO, relations))

    assert refusal(same_head, now) == "registry.life.number_not_needed"
    assert queries.family(family.id).family_card_no == NEW_NO
    happens(events.Rehouse(family.id, ELSEWHERE), now)
    assert queries.family(family.id).family_card_no == NEW_NO


def test_with_a_new_head_everybody_s_relation_is_said_anew(family, now):
    only_the_head = events.HeadChange(family.id, events.Succession(family.members[1].id, NEW_NO))

    assert refusal(only_the_head, now) == "registry.family.second_head"


def test_a_number_that_another_family_has_is_refused(family, now):
    registered(now, person(now, nik="9911191703700002"), card_no=NEW_NO)
    father, mother, daughter = (one.id for one in family.members)
    succession = events.Succession(mother, NEW_NO, {father: Relation.HUSBAND, daughter: Relation.CHILD})

    assert refusal(events.HeadChange(family.id, succession), now) == "registry.family.card_no_taken"


def test_a_wrong_death_is_annulled_and_the_widow_is_married_again(family, now):
    father, mother, daughter = (one.id for one in family.members)
    happens(events.Death(father, events.Succession(mother, NEW_NO, {daughter: Relation.CHILD})), now)

    happens(events.Annulment(father, family.id, Relation.HUSBAND, still_married=(mother,)), now)

    assert queries.resident(father).state is ResidentState.ACTIVE
    assert queries.resident(mother).marital_status.code == Marital.MARRIED
    assert broken() == {}


def test_a_family_that_changes_kecamatan_is_forgotten_by_its_former_station(family, now, monkeypatch):
    told = []

    def publish(*, scope, body, **rest):
        told.append((scope, len(body["families"][0]["members"])))

    monkeypatch.setattr("dekat.sync.services.publish", publish)

    happens(events.Rehouse(family.id, ELSEWHERE), now)

    assert told == [("35.11.12", 3), ("35.11.19", 0)]


def test_a_nik_is_given_once(family, now):
    daughter = family.members[2].id
    give_nik(application_id=new_id(now), resident_id=daughter, nik="9911194507190001", actor=CENTRE, now=now)

    with pytest.raises(DekatError) as raised:
        give_nik(application_id=new_id(now), resident_id=daughter, nik="9911194507190002", actor=CENTRE, now=now)

    assert raised.value.code == "registry.resident.has_nik"


def test_an_altered_card_is_named(family, now):
    FamilyCardVersion.objects.filter(family_id=family.id).update(content='{"members": []}')

    assert set(broken()) == {"card-is-true", "versions-stay"}
    assert broken()["versions-stay"] == [family.id]
