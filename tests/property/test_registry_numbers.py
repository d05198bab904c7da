"""Laws of NIK, nomor KK, names and imports, tried on many cases."""

from calendar import monthrange
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekat.kernel.errors import DekatError
from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.registry import queries, services
from dekat.registry.namekey import name_key
from tests.make.population_file import row, written
from tests.make.registry import CENTRE

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
births = st.dates(date(1927, 1, 1), TODAY)
serials = st.integers(1, 9999)
regions = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)


@given(regions, births, st.booleans(), serials)
def test_every_issued_nik_is_accepted_and_names_its_owners_birth(region, born, is_female, serial):
    text = f"{region}{born.day + 40 * is_female:02d}{born:%m%y}{serial:04d}"

    nik = Nik.parse(text)

    assert nik.is_female == is_female
    assert born in nik.birth_days(today=TODAY)
    assert nik.region.replace(".", "") == region
    assert nik.text == text


@given(st.text(alphabet="0123456789 .,eE+-", max_size=22))
def test_anything_typed_is_a_nik_or_a_refusal_and_a_nik_has_a_real_day(text):
    for kind in (Nik, FamilyCardNo):
        try:
            number = kind.parse(text)
        except DekatError as refused:
            assert refused.code.startswith("kernel.nik.")
            continue
        day, month = int(number.text[6:8]) % 40, int(number.text[8:10])
        assert 1 <= day <= monthrange(2000, month)[1]
        assert number.text[12:] != "0000"
        assert number.text[6:12] not in number.masked


@given(regions, births, serials)
def test_a_family_number_always_reads_as_a_mans_nik_so_its_type_must_come_from_its_place(region, day, serial):
    text = f"{region}{day:%d%m%y}{serial:04d}"

    assert not Nik.parse(text).is_female
    assert day in FamilyCardNo.parse(text).recording_days(today=TODAY)


@given(st.text(max_size=40))
def test_a_key_of_a_key_is_a_key_without_small_letters(name):
    key = name_key(name)

    assert key == key.upper()
    assert "  " not in key


people = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(["Siti Aminah", "Suharto", "Ma'ruf", "Noer Hasanah"]),
        st.sampled_from(["1", "3", "4", "4", "9"]),
        st.sampled_from(["9", "2", "88", "99"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one[0],
)


@pytest.mark.usefixtures("identity")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, people)
def test_a_file_read_again_changes_nothing_whatever_came_before(tmp_path, before, after):
    def read(people):
        rows = [
            row(
                nik=f"991119170390{serial:04d}", no_kk=f"99111901011500{serial % 2 + 1:02d}", nama_lengkap=name,
                hubungan=relation, pekerjaan=occupation,
            )
            for serial, name, relation, occupation in people
        ]  # fmt: skip
        return services.import_population(path=written(tmp_path / "in.csv", rows), actor=CENTRE, now=NOW)

    read(before)
    first = read(after)
    held = [queries.card_versions(family_id) for family_id in queries.family_ids("35.11.19")]

    again = read(after)

    assert (again.added, again.changed) == (0, 0)
    assert again.unchanged == first.read - first.refused
    assert again.refused == first.refused
    assert [queries.card_versions(family_id) for family_id in queries.family_ids("35.11.19")] == held
