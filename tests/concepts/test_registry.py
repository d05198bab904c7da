"""The register: families, changes with their history, masks."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from dekat.kernel.canonical import canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.nik import Doubt
from dekat.ledger.queries import events
from dekat.registry import queries, services
from dekat.registry.models import FamilyCardVersion
from dekat.registry.states import Element, ListName, ResidentState, VersionReason
from tests.make.accounts import HEAD
from tests.make.registry import CENTRE, child, family_of, kecamatan, person, registered, wife

TODAY = date(2026, 11, 23)
NEW_CARD_NO = "9911192311260001"

pytestmark = pytest.mark.usefixtures("identity")


def code_of(function, *args, **kwargs):
    with pytest.raises(DekatError) as refused:
        function(*args, **kwargs)
    return refused.value.code


def change(now, family, value="PETANI/PEKEBUN", element=Element.OCCUPATION, application_id=None, member=1):
    return services.change_element(
        application_id=application_id or new_id(now),
        resident_id=family.members[member].id,
        element=element,
        value=value,
        actor=HEAD,
        now=now + timedelta(hours=1),
    )


def test_a_resident_is_shown_with_labels_and_the_address_of_the_family(now):
    family = registered(now)

    found = queries.resident(family.members[0].id)

    assert (found.occupation.code, found.occupation.label) == ("9", "PETANI/PEKEBUN")
    assert (found.village_name, found.kecamatan_name, found.kecamatan) == ("Sempol", "Sempol", "35.11.19")
    assert found.family_card_no == family.family_card_no
    assert found.birth_place == "Bondowoso"


def test_a_person_never_prints_their_data(now):
    family = registered(now)

    shown = repr(queries.resident(family.members[0].id)) + repr(family) + repr(queries.family(family.id))

    assert "Hasan" not in shown
    assert "9911191703900001" not in shown


def test_registering_a_family_again_changes_nothing(now):
    family = registered(now)

    services.register_family(new=family, actor=CENTRE, now=now)

    assert len(queries.members(family.id)) == 3
    assert len(events(names=["registry.family.registered"])) == 1


@pytest.mark.parametrize(
    ("members", "code"),
    [
        (lambda now: (wife(now),), "registry.family.head_missing"),
        (lambda now: (person(now), person(now, nik="9911191703900002")), "registry.family.second_head"),
        (lambda now: (person(now, nik="9911191703900000"),), "kernel.nik.serial_zero"),
        (lambda now: (person(now, born_on="1990-02-30"),), "kernel.partial_date.impossible"),
    ],
)
def test_a_family_that_cannot_exist_is_refused(now, members, code):
    new = family_of(now, *members(now))

    assert code_of(services.register_family, new=new, actor=CENTRE, now=now) == code


def test_two_people_cannot_have_one_nik_and_two_families_not_one_number(now):
    registered(now)

    same_person = family_of(now, person(now), card_no="9911190101150002")
    same_family = family_of(now, person(now, nik="9911191703900009"))

    assert code_of(services.register_family, new=same_person, actor=CENTRE, now=now) == "registry.resident.nik_taken"
    assert code_of(services.register_family, new=same_family, actor=CENTRE, now=now) == "registry.family.card_no_taken"


def test_the_card_says_what_documents_print(now):
    family = registered(now)

    card = queries.family_card_content(family.id)

    assert card["head_name"] == "MOH. HASAN BASRI"
    assert (card["village"], card["kecamatan"], card["regency"], card["province"]) == (
        "SEMPOL", "SEMPOL", "BONDOWOSO", "JAWA TIMUR",
    )  # fmt: skip
    assert [member["nik"] for member in card["members"]] == ["9911191703900001", "9911195204930001", "MENUNGGU NIK"]
    assert card["members"][0]["birth_date"] == "17-03-1990"
    assert card["members"][0]["passport_no"] == "-"


def test_the_card_has_exactly_the_shape_that_documents_want(now):
    from dekat.documents.contents import check
    from dekat.documents.kinds import DocumentKind

    family = registered(now)

    official = {"name": "CONTOH", "nip": "-", "title": "Kepala Dinas"}
    content = {**queries.family_card_content(family.id), "issued_on": "23-11-2026", "official": official}

    assert check(DocumentKind.FAMILY_CARD, content) is None


def test_an_id_card_says_the_marital_status_in_its_four_values(now):
    family = registered(now, person(now, marital_status="3"))

    words = queries.biodata_words(family.members[0].id)

    assert words == {
        "birth": "BONDOWOSO, 17-03-1990",
        "sex": "LAKI-LAKI",
        "blood_type": "-",
        "religion": "ISLAM",
        "marital_status": "KAWIN",
        "occupation": "PETANI/PEKEBUN",
        "citizenship": "WNI",
        "address": "DUSUN KRAJAN",
        "rt_rw": "003/001",
        "village": "SEMPOL",
        "kecamatan": "SEMPOL",
        "regency": "BONDOWOSO",
        "province": "JAWA TIMUR",
    }
    assert queries.is_known(family.members[0].id)
    assert not queries.is_known(new_id(now))


def test_a_changed_element_gives_the_card_a_new_version_and_keeps_the_number(now):
    family = registered(now)

    version = change(now, family)

    first, second = queries.card_versions(family.id)
    assert (first.number, second.number, version.number) == (1, 2, 2)
    assert first.content["members"][1]["occupation"] == "MENGURUS RUMAH TANGGA"
    assert second.content["members"][1]["occupation"] == "PETANI/PEKEBUN"
    assert first.valid_to == second.valid_from
    assert second.valid_to is None
    assert first.family_card_no == second.family_card_no
    assert queries.changes(family.members[1].id)[0][:3] == ("OCCUPATION", "2", "9")


def test_the_same_application_changes_once_and_gets_its_first_answer(now):
    family, application_id = registered(now), new_id(now)

    first = change(now, family, application_id=application_id)
    again = change(now, family, application_id=application_id, value="WIRASWASTA")

    assert first == again
    assert len(queries.card_versions(family.id)) == 2


def test_a_change_is_in_the_ledger_without_personal_data(now):
    family = registered(now)

    change(now, family)

    (event,) = events(names=["registry.resident.element_changed"])
    row = FamilyCardVersion.objects.get(family_id=family.id, number=2)
    assert event.data["card_digest"] == sha256(bytes(row.salt) + row.content.encode()).hexdigest()
    said = canonical_json(event.data).decode()
    assert "Siti" not in said
    assert "9911" not in said.replace(event.data["card_digest"], "").replace(str(family.members[1].id), "")


def test_the_history_of_a_family_loaded_in_bulk_begins_with_what_it_said_first(now):
    family = next(one for one in kecamatan("35.11.19", now, families=5) if len(one.members) > 1)
    before = queries.family_card_content(family.id)

    change(now, family, element=Element.BLOOD_TYPE, value="AB-", member=0)

    first, second = queries.card_versions(family.id)
    assert first.content == before
    assert second.content == queries.family_card_content(family.id)
    assert second.content != before


@pytest.mark.parametrize(
    ("element", "value", "code"),
    [
        (Element.OCCUPATION, "MENGURUS RUMAH TANGGA", "registry.element.unchanged"),
        (Element.OCCUPATION, "PENGEMBARA", "registry.code.unknown"),
        (Element.BORN_ON, "31-02-1990", "kernel.partial_date.impossible"),
        (Element.BIRTH_PLACE, " ", "registry.element.empty"),
        (Element.RELATION, "KEPALA KELUARGA", "registry.element.needs_head_change"),
        (Element.FULL_NAME, "Al1", "registry.name.characters"),
    ],
)
def test_a_change_that_may_not_be_is_refused(now, element, value, code):
    family = registered(now)

    assert code_of(change, now, family, value, element) == code
    assert len(queries.card_versions(family.id)) == 1


def change_head(now, family, application_id=None, relations=None):
    husband, woman, _ = family.members
    return services.change_head(
        application_id=application_id or new_id(now),
        family_id=family.id,
        new_head_id=woman.id,
        family_card_no=NEW_CARD_NO,
        relations={husband.id: "SUAMI"} if relations is None else relations,
        actor=HEAD,
        now=now + timedelta(days=1),
    )


def test_a_new_head_brings_the_new_number_and_the_old_one_stays_in_the_history(now):
    family = registered(now)

    version = change_head(now, family)

    assert version.reason is VersionReason.HEAD_CHANGED
    assert version.content["head_name"] == "SITI AMINAH"
    assert queries.family_by_card_no(NEW_CARD_NO).id == family.id
    assert queries.card_versions(family.id)[0].family_card_no == family.family_card_no
    assert queries.members(family.id)[0].relation.label == "KEPALA KELUARGA"


def test_a_family_never_gets_two_heads(now):
    family = registered(now)

    assert code_of(change_head, now, family, relations={}) == "registry.family.second_head"


def test_who_is_blocked_stays_on_the_card_until_the_block_ends(now):
    family = registered(now)
    facts = {"resident_id": family.members[2].id, "actor": HEAD, "now": now}

    services.set_blocked(application_id=new_id(now), is_blocked=True, **facts)
    blocked = queries.resident(family.members[2].id).state
    services.set_blocked(application_id=new_id(now), is_blocked=False, **facts)

    assert blocked is ResidentState.BLOCKED
    assert queries.resident(family.members[2].id).state is ResidentState.ACTIVE
    assert len(queries.card_versions(family.id)) == 1


def test_a_mask_hides_the_number_the_birth_date_and_the_name_of_a_minor(now):
    family = registered(now)
    father, _, girl = (queries.masked(queries.resident(one.id), on=TODAY) for one in family.members)

    assert (father.nik, father.name, father.age_band) == ("991119******0001", "Moh. Hasan Basri", "25–39 tahun")
    assert (girl.nik, girl.name, girl.is_minor) == ("", "N. H.", True)


def test_a_grandmother_of_1921_is_a_hundred_in_2021_and_no_baby(now):
    old = wife(now, nik="9911195503210001", relation="7", full_name="Satima", born_on="1921-03-15")
    family = registered(now, person(now), old)

    found = queries.resident(family.members[1].id)

    assert found.born_on.age_on(date(2021, 12, 1)) == 100
    assert queries.masked(found, on=date(2021, 12, 1)).age_band == "100 tahun ke atas"


def test_a_nik_from_another_place_is_no_fault(now):
    family = registered(now, person(now, nik="3171011703900001"), village="35.11.10.2001")

    assert queries.resident_by_nik("3171011703900001").kecamatan_name == "Tapen"
    assert family.kecamatan == "35.11.10"


def test_what_is_odd_in_a_nik_is_a_doubt_to_show(now):
    family = registered(now, person(now, nik="1234565703900001"), wife(now), village="35.11.10.2001")
    odd, even = (queries.resident(one.id) for one in family.members)

    assert queries.nik_doubts(odd, today=TODAY) == (Doubt.SEX_DIFFERS, Doubt.REGION_UNKNOWN)
    assert queries.nik_doubts(even, today=TODAY) == ()


def test_an_old_name_of_one_word_or_with_an_apostrophe_stays_untouched(now):
    family = registered(now, person(now, full_name="Suharto"), child(now, full_name="Ma'ruf"))

    assert [one.full_name for one in queries.members(family.id)] == ["Suharto", "Ma'ruf"]


def test_code_lists_load_again_without_change_and_offer_their_choices(now):
    before = queries.choices(ListName.OCCUPATION)

    services.load_code_lists()

    assert queries.choices(ListName.OCCUPATION) == before
    assert (before[0].label, len(before)) == ("BELUM/TIDAK BEKERJA", 89)
    assert queries.label(ListName.MARITAL_STATUS, "2") == "KAWIN TERCATAT"
