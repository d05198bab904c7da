"""A form comes with everything that the office knows, and says nothing about strangers."""

from datetime import date

import pytest

from dekat.cases.catalogue import SERVICES, ServiceCode
from dekat.cases.forms import Filling, FormNo, FormNotOfService, form_content
from dekat.documents.contents import check
from dekat.documents.kinds import SheetKind
from tests.make.registry import child, person, registered, wife

pytestmark = pytest.mark.django_db
NOTHING_SAID = {"regency": "Bondowoso", "printed_on": date(2026, 11, 26)}


@pytest.fixture
def family(identity, now):
    return registered(now, person(now), wife(now), child(now))


def filled(family, code, form, **answers):
    filling = Filling(SERVICES[code], family.members[0].id, family.id, "081200000000", answers)
    return form_content(form, filling, **NOTHING_SAID)


def lines(content):
    return {row["label"]: row["value"] for part in content["parts"] for row in part["rows"]}


def ticked(content):
    return [one["label"] for part in content["parts"] for one in part["choices"] if one["ticked"]]


def test_every_form_of_every_service_can_be_printed_empty_and_for_its_applicant(family):
    for service in SERVICES.values():
        for filling in (Filling(service), Filling(service, family.members[0].id, family.id)):
            for number in service.forms:
                content = form_content(FormNo(number), filling, **NOTHING_SAID)

                check(SheetKind.FORM, content)
                nik = content["parts"][0]["rows"][1]["value"]
                assert nik == ("9911191703900001" if filling.resident_id else "")


def test_a_change_shows_what_the_register_says_now_and_ticks_what_was_chosen(family):
    content = filled(family, ServiceCode.KK_CHANGE, FormNo.ELEMENTS, element="OCCUPATION", new_value="11")

    assert (lines(content)["Isi yang sekarang"], lines(content)["Isi yang baru"]) == (
        "PETANI/PEKEBUN",
        "NELAYAN/PERIKANAN",
    )
    assert ticked(content) == ["Perubahan data Kartu Keluarga", "Jenis pekerjaan"]


def test_a_member_is_named_and_a_stranger_is_not(identity, family, now):
    stranger = registered(now, person(now, nik="9911191703900002", full_name="Orang Lain"), card_no="9911190101150002")
    said = {"person": "9911195204930001", "witness_1": "9911191703900002"}

    content = filled(family, ServiceCode.DEATH, FormNo.CIVIL, **said, died_on="2026-11-20", cause="ILLNESS")

    assert lines(content)["NIK yang meninggal"] == "9911195204930001, SITI AMINAH"
    assert lines(content)["Tanggal meninggal"] == "20-11-2026"
    assert stranger.members[0].full_name.upper() not in str(content)


def test_the_family_form_lists_every_member(family):
    content = filled(family, ServiceCode.BIODATA, FormNo.FAMILY_BIODATA)

    titles = [part["title"] for part in content["parts"]]
    assert titles[-3:] == ["Anggota 1: MOH. HASAN BASRI", "Anggota 2: SITI AMINAH", "Anggota 3: NUR HALIMAH"]


def test_a_family_form_by_hand_asks_what_a_filled_one_says(family):
    by_hand = form_content(FormNo.FAMILY_BIODATA, Filling(SERVICES[ServiceCode.BIODATA]), regency="", printed_on=None)
    filled_in = filled(family, ServiceCode.BIODATA, FormNo.FAMILY_BIODATA)

    assert lines(by_hand).keys() == lines(filled_in).keys()
    assert set(lines(by_hand).values()) == {""}


def test_a_form_that_the_service_does_not_use_is_refused(family):
    with pytest.raises(FormNotOfService):
        filled(family, ServiceCode.KIA, FormNo.MOVE)
