"""The papers of residents say what the register says, and the office numbers its akta without gaps or doubles."""

from dataclasses import replace
from datetime import date

import pytest

from dekat.documents.contents import check
from dekat.documents.kinds import DocumentKind
from dekat.kernel.ids import new_id
from dekat.kernel.partial_date import PartialDate
from dekat.registry import in_words, papers, services
from dekat.registry.certificates import HasBirthCertificate, certificates_of
from dekat.registry.states import CertificateKind
from tests.make.documents import OFFICIAL, PICTURE
from tests.make.papers import A_BIRTH, A_DEATH, A_STATEMENT, a_move
from tests.make.registry import CENTRE, child, person, registered, wife

pytestmark = pytest.mark.django_db
BY_OFFICE = {"issued_on": "26-11-2026", "official": OFFICIAL, "regency": "Bondowoso"}
TODAY = date(2026, 11, 26)


@pytest.fixture
def family(identity, now):
    girl = child(
        now, nik="9911194507190001", mother_name="Siti Aminah", father_name="Moh. Hasan Basri", title_before="Dr."
    )
    return registered(now, person(now, marital_status="2"), wife(now), girl)


def number_for(now, resident_id, *, kind=CertificateKind.BIRTH, application_id=None, reported_on=TODAY):
    return services.register_certificate(
        application_id=application_id or new_id(now), kind=kind, resident_id=resident_id, region="9911",
        reported_on=reported_on, registered_on=TODAY, actor=CENTRE, now=now,
    )  # fmt: skip


def values(rows):
    return {row["label"]: row["value"] for row in rows}


def test_every_paper_has_the_shape_that_is_printed(family, now):
    father, mother, girl = (one.id for one in family.members)
    number_for(now, girl)
    made = {
        DocumentKind.BIRTH_CERTIFICATE: papers.birth_certificate_content(girl, A_BIRTH),
        DocumentKind.DEATH_CERTIFICATE: papers.death_certificate_content(father, A_DEATH),
        DocumentKind.CHILD_CARD: papers.child_card_content(girl, on=TODAY, photo=PICTURE),
        DocumentKind.BIODATA: papers.biodata_content(mother),
        DocumentKind.MOVE_LETTER: papers.move_letter_content([father, girl], a_move(father)),
        DocumentKind.STATEMENT: papers.statement_content(mother, A_STATEMENT),
    }

    for kind, content in made.items():
        check(kind, {**content, **BY_OFFICE})


def test_a_birth_certificate_writes_the_day_in_words_and_no_degree(family):
    content = papers.birth_certificate_content(family.members[2].id, A_BIRTH)

    assert content["name"] == "NUR HALIMAH"
    assert content["born_in_words"] == "tanggal 5 Juli 2019 (lima Juli dua ribu sembilan belas)"
    assert content["child_order"] == "2 (dua)"
    assert content["parents"] == "Ayah MOH. HASAN BASRI dan ibu SITI AMINAH"


def test_a_mothers_child_names_the_mother_alone(identity, now):
    family = registered(now, person(now), child(now, mother_name="Siti Aminah"))

    assert papers.birth_certificate_content(family.members[1].id, A_BIRTH)["parents"] == "Seorang ibu, SITI AMINAH"


def test_a_death_certificate_names_the_spouse_while_the_family_tells(family):
    father, mother, girl = (papers.death_certificate_content(one.id, A_DEATH)["spouse"] for one in family.members)

    assert (father, mother, girl) == ("SITI AMINAH", "MOH. HASAN BASRI", "-")


def test_a_childs_card_ends_with_the_fifth_birthday_and_then_needs_a_photo(family, now):
    girl = family.members[2].id
    number_for(now, girl)

    small = papers.child_card_content(girl, on=date(2024, 7, 4), photo=PICTURE)
    big = papers.child_card_content(girl, on=date(2024, 7, 5), photo=PICTURE)

    assert (small["valid_until"], small["photo"]) == ("05-07-2024", "")
    assert (big["valid_until"], big["photo"]) == ("04-07-2036", PICTURE)
    with pytest.raises(papers.PaperLacks):
        papers.child_card_content(girl, on=TODAY)


def test_no_childs_card_for_grown_ups_or_before_the_akta(family):
    with pytest.raises(papers.NoChild):
        papers.child_card_content(family.members[0].id, on=TODAY, photo=PICTURE)
    with pytest.raises(papers.PaperLacks):
        papers.child_card_content(family.members[2].id, on=TODAY, photo=PICTURE)


def test_a_biodata_has_31_elements_and_hides_what_the_law_protects(identity, now):
    shamed = person(now, protected_note="RAHASIA KELUARGA")
    family = registered(now, shamed)

    content = papers.biodata_content(family.members[0].id, papers.Recorded(True, False, True))

    rows = [row for part in content["parts"] for row in part["rows"]]
    said = values(rows)
    assert len(said) == len(rows) == 31
    assert (said["Sidik jari"], said["Iris mata"]) == ("SUDAH DIREKAM", "BELUM DIREKAM")
    assert "RAHASIA" not in str(content)


def test_a_move_letter_knows_its_class_and_kind_by_itself(family):
    father, mother, girl = (one.id for one in family.members)
    elsewhere = a_move(father)
    farther = replace(elsewhere, target=replace(elsewhere.target, province="Bali"))

    kinds = {
        values(papers.move_letter_content(who, elsewhere)["facts"])["Jenis kepindahan"]
        for who in ([father, mother, girl], [girl, father], [girl])
    }

    assert kinds == {
        "Kepala keluarga dan seluruh anggota keluarga",
        "Kepala keluarga dan sebagian anggota keluarga",
        "Anggota keluarga",
    }
    assert values(papers.move_letter_content([girl], farther)["facts"])["Klasifikasi kepindahan"] == "Antarprovinsi"
    ordered = papers.move_letter_content([girl, father], elsewhere)["people"]
    assert [one["relation"] for one in ordered] == ["KEPALA KELUARGA", "ANAK"]


def test_a_recorded_marriage_is_stated_and_an_unrecorded_one_is_not(identity, now):
    act = {"marital_status": "2", "married_on": "2015-01-09", "marriage_certificate_no": "0123/045/I/2015"}
    couple = registered(now, person(now, **act), wife(now, marital_status="3"))

    content = papers.marital_statement_content(couple.members[0].id, number="9911-SKET-26112026-0001")

    assert content["title"] == "Surat Keterangan Perkawinan Tercatat"
    assert values(content["facts"])["Tanggal perkawinan"] == "9 Januari 2015"
    with pytest.raises(papers.PaperLacks):
        papers.marital_statement_content(couple.members[1].id, number="9911-SKET-26112026-0002")


def test_numbers_follow_each_other_within_their_series_and_day(family, now):
    father, mother, girl = (one.id for one in family.members)

    given = [number_for(now, one, kind=CertificateKind.DEATH).number for one in (father, mother)]

    assert given == ["9911-KM-26112026-0001", "9911-KM-26112026-0002"]
    assert number_for(now, girl, reported_on=date(2019, 9, 3)).number == "9911-LU-26112026-0001"
    said = {row["label"]: row["value"] for part in papers.biodata_content(girl)["parts"] for row in part["rows"]}
    assert said["Nomor akta kelahiran"] == "9911-LU-26112026-0001"


@pytest.mark.parametrize(("reported_on", "letters"), [(date(2019, 9, 3), "LU"), (date(2019, 9, 4), "LT")])
def test_from_the_sixty_first_day_on_a_birth_is_late(family, now, reported_on, letters):
    given = number_for(now, family.members[2].id, reported_on=reported_on)

    assert (given.number[5:7], given.is_late) == (letters, letters == "LT")


def test_an_application_that_comes_again_gets_its_first_number(family, now):
    girl, application = family.members[2].id, new_id(now)

    first = number_for(now, girl, application_id=application)

    assert number_for(now, girl, application_id=application) == first
    assert certificates_of(girl) == [first]


def test_a_refused_number_is_given_to_the_next(family, now):
    father, _, girl = (one.id for one in family.members)
    number_for(now, girl)
    with pytest.raises(HasBirthCertificate):
        number_for(now, girl)

    assert number_for(now, father).number.endswith("-LT-26112026-0002")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("1950-00-00", "tahun 1950 (seribu sembilan ratus lima puluh)"),
        ("2026-11-00", "bulan November 2026 (November dua ribu dua puluh enam)"),
        ("2111-12-31", "tanggal 31 Desember 2111 (tiga puluh satu Desember dua ribu seratus sebelas)"),
    ],
)
def test_days_are_written_out(day, words):
    assert in_words.day_in_words(PartialDate.parse(day)) == words
