"""Areas by code, with the names people use."""

import shutil
from datetime import date

import pytest

from dekat.areas import files, queries, services
from dekat.kernel.errors import DekatError

pytestmark = pytest.mark.django_db
TODAY = date(2021, 2, 1)


def test_bondowoso_has_its_23_kecamatan_and_219_villages():
    kecamatan = queries.kecamatan_of("35.11")
    villages = [village for one in kecamatan for village in queries.villages_of(one.code)]

    assert len(kecamatan) == 23
    assert sum(village.kind == "DESA" for village in villages) == 209
    assert sum(village.kind == "KELURAHAN" for village in villages) == 10


def test_screens_say_ijen_and_documents_say_sempol():
    assert queries.display_name("35.11.19", TODAY) == "Ijen (Sempol)"
    assert queries.display_name("35.11.19", date(2015, 1, 1)) == "Sempol"
    assert queries.place("35.11.19.2001").kecamatan == "Sempol"
    assert queries.display_name("35.11.18", TODAY) == "Sumberwringin"


def test_a_kecamatan_is_found_by_either_name():
    assert [area.code for area in queries.find_kecamatan("ijen")] == ["35.11.19"]
    assert [area.code for area in queries.find_kecamatan("Sempol")] == ["35.11.19"]


def test_a_sample_number_has_a_region_of_province_99():
    assert queries.is_known_region("99.11.19")
    assert not queries.is_known_region("12.34.56")


def test_an_unknown_code_is_refused():
    with pytest.raises(DekatError) as refused:
        queries.place("35.11.99.2001")

    assert refused.value.code == "areas.area.unknown"


def test_loading_again_writes_nothing():
    services.load_bundled()

    again = services.load_areas(files.BUNDLED / "bondowoso")

    assert again.read == (1, 1, 23, 219)
    assert again.written == (0, 0, 0, 0)


def test_a_renamed_area_takes_its_new_name(tmp_path):
    folder = shutil.copytree(files.BUNDLED / "bondowoso", tmp_path / "areas")
    path = folder / "districts.csv"
    path.write_text(path.read_text().replace("35.11.19,35.11,Sempol", "35.11.19,35.11,Ijen"))

    loaded = services.load_areas(folder)

    assert loaded.written == (0, 0, 1, 0)
    assert queries.kecamatan("35.11.19").name == "Ijen"


def test_a_broken_file_is_refused_as_a_whole(tmp_path):
    folder = shutil.copytree(files.BUNDLED / "bondowoso", tmp_path / "areas")
    with (folder / "villages.csv").open("a") as file:
        file.write("35.11.19.9001,35.11.19,Bukan Desa\n")

    with pytest.raises(DekatError) as refused:
        services.load_areas(folder)

    assert refused.value.code == "areas.files.invalid"


def test_all_kecamatan_are_called_as_each_is_called_alone():
    found = queries.kecamatan_names("35.11", TODAY)

    assert found == {area.code: queries.display_name(area.code, TODAY) for area in queries.kecamatan_of("35.11")}
    assert found["35.11.19"] == "Ijen (Sempol)"
