"""Population files: good rows in, bad rows named, changed rows with their history."""

import csv
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from dekat.kernel.errors import DekatError
from dekat.ledger.queries import events
from dekat.project.main import main
from dekat.registry import importing, queries, sample, services
from dekat.registry.population_file import COLUMNS
from dekat.registry.views import RowFault
from tests.make.population_file import row, rows_of, wife, written
from tests.make.registry import CENTRE

pytestmark = pytest.mark.usefixtures("identity")


@pytest.fixture
def take(tmp_path, now):
    """Write the rows to a file and import it; give the result and the faults."""
    taken = [0]

    def run(*rows, path=None):
        taken[0] += 1
        faults: list[RowFault] = []
        source = path or written(tmp_path / f"{taken[0]}.csv", rows)
        at = now + timedelta(days=taken[0])
        result = services.import_population(path=source, actor=CENTRE, now=at, on_fault=faults.append)
        return result, faults

    return run


def faults_of(take, *rows):
    result, faults = take(*rows)
    assert result.refused == len({fault.row for fault in faults})
    return [(fault.row, fault.column, fault.code) for fault in faults]


def test_good_rows_become_residents_and_families(take):
    result, faults = take(row(), wife())

    assert (result.read, result.added, result.refused, faults) == (2, 2, 0, [])
    family = queries.family_by_card_no("9911190101150001")
    assert family.head_name == "MOH. HASAN BASRI"
    assert [str(one.relation) for one in queries.members(family.id)] == ["KEPALA KELUARGA", "ISTRI"]
    assert queries.resident_by_nik("9911195204930001").born_on.iso == "1993-04-12"


def test_the_same_file_again_changes_nothing(take):
    take(row(), wife())
    before = queries.family_by_card_no("9911190101150001")

    result, _ = take(row(), wife())

    assert (result.added, result.changed, result.unchanged) == (0, 0, 2)
    assert queries.family_by_card_no("9911190101150001") == before


def test_a_changed_row_keeps_what_was_before(take):
    take(row(), wife())

    result, _ = take(row(pekerjaan="WIRASWASTA"), wife())

    assert (result.changed, result.unchanged) == (1, 1)
    family = queries.family_by_card_no("9911190101150001")
    first, second = queries.card_versions(family.id)
    assert first.content["members"][0]["occupation"] == "PETANI/PEKEBUN"
    assert second.content["members"][0]["occupation"] == "WIRASWASTA"
    assert queries.changes(queries.resident_by_nik("9911191703900001").id)[0][:3] == ("OCCUPATION", "9", "88")


def test_a_new_child_and_a_new_address_make_new_versions(take):
    take(row(), wife())
    child = wife(nik="9911194507190001", nama_lengkap="Nur Halimah", hubungan="ANAK", tanggal_lahir="05-07-2019")

    take(row(), wife(), child)
    take(row(alamat="Jalan Kawah"), wife(alamat="Jalan Kawah"), {**child, "alamat": "Jalan Kawah"})

    versions = queries.card_versions(queries.family_by_card_no("9911190101150001").id)
    assert [len(version.content["members"]) for version in versions] == [2, 3, 3]
    assert [version.content["address"] for version in versions] == ["DUSUN KRAJAN", "DUSUN KRAJAN", "JALAN KAWAH"]


def test_two_heads_may_change_places_in_one_file(take):
    take(row(), wife())

    result, faults = take(row(hubungan="SUAMI"), wife(hubungan="KEPALA KELUARGA"))

    assert (result.changed, faults) == (2, [])
    assert queries.family_by_card_no("9911190101150001").head_name == "SITI AMINAH"


def test_bad_rows_are_named_by_row_and_column_and_good_rows_are_kept(take):
    found = faults_of(
        take,
        row(),
        wife(nik="991119520493000"),
        wife(nik="9911195204930000"),
        wife(agama="JEDI", tanggal_lahir="31-02-1993"),
        wife(kode_desa="35.11.19.9999"),
        wife(nama_lengkap=" "),
        wife(nik="9911191703900001"),
        wife(hubungan="KEPALA KELUARGA"),
        wife(rt="0003"),
        wife(alamat="Dusun\x00Krajan"),
    )

    assert found == [
        (3, "nik", "kernel.nik.not_sixteen_digits"),
        (4, "nik", "kernel.nik.serial_zero"),
        (5, "tanggal_lahir", "kernel.partial_date.impossible"),
        (5, "agama", "registry.code.unknown"),
        (6, "kode_desa", "registry.row.village_unknown"),
        (7, "nama_lengkap", "registry.row.value_missing"),
        (8, "nik", "registry.row.nik_twice"),
        (10, "rt", "registry.row.value_too_long"),
        (11, "alamat", "registry.row.not_printable"),
        (9, "hubungan", "registry.family.second_head"),
    ]
    assert queries.resident_count("35.11.19") == 1


def test_a_file_in_several_pieces_gives_no_family_a_false_second_version(take, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK_ROWS", 1)

    take(row(), wife())
    take(row(pekerjaan="88"), wife(pekerjaan="88"))

    versions = queries.card_versions(queries.family_by_card_no("9911190101150001").id)
    assert [version.content["members"][1]["occupation"] for version in versions] == [
        "MENGURUS RUMAH TANGGA",
        "WIRASWASTA",
    ]


def test_semicolons_of_an_indonesian_spreadsheet_are_understood(take, tmp_path):
    result, _ = take(path=written(tmp_path / "titikkoma.csv", [row(), wife()], delimiter=";"))

    assert result.added == 2


def test_a_workbook_with_text_is_read_and_numbers_as_numbers_are_refused(take, tmp_path):
    book = Workbook()
    book.active.append(list(COLUMNS))
    book.active.append([row().get(column, "") for column in COLUMNS])
    as_number = {**wife(), "nik": 9911195204930001, "agama": 1}
    book.active.append([as_number.get(column, "") for column in COLUMNS])
    book.save(tmp_path / "penduduk.xlsx")

    result, faults = take(path=tmp_path / "penduduk.xlsx")

    assert result.added == 1
    assert faults == [RowFault(3, "nik", "kernel.nik.spreadsheet_rounded")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("nama,umur\nBudi,3\n", "registry.file.columns_missing"),
        ("nik\xe9\n", "registry.file.unreadable"),
        ("", "registry.file.columns_missing"),
    ],
)
def test_a_file_of_another_kind_is_refused(take, tmp_path, content, code):
    path = tmp_path / "lain.csv"
    path.write_bytes(content.encode("latin-1"))

    with pytest.raises(DekatError) as refused:
        take(path=path)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["tidak-ada.csv", "bukan.xlsx"])
def test_a_file_that_is_missing_or_broken_is_refused(take, tmp_path, name):
    (tmp_path / "bukan.xlsx").write_text("bukan buku kerja")

    with pytest.raises(DekatError) as refused:
        take(path=tmp_path / name)

    assert refused.value.code == "registry.file.unreadable"


def test_a_file_whose_numbers_were_rounded_is_refused_as_a_whole(take):
    rows = [row(nik=f"991119170390{n:03d}0", no_kk=f"991119010115{n:04d}") for n in range(1, 31)]

    with pytest.raises(DekatError) as refused:
        take(*rows)

    assert refused.value.code == "registry.file.numbers_rounded"
    assert queries.resident_count() == 0


def test_sample_people_go_in_and_in_again(take, now):
    families = list(sample.families("35.11.12", count=120, seed=3, on=date(2026, 11, 23)))
    rows = list(rows_of(families))

    first, faults = take(*rows)
    second, _ = take(*reversed(rows))

    assert (first.added, faults) == (len(rows), [])
    assert (second.unchanged, second.changed) == (len(rows), 0)
    assert [event.data["added"] for event in events(names=["registry.population.imported"])] == [len(rows), 0]


def test_the_command_writes_a_report_in_indonesian_without_personal_data(tmp_path, capsys):
    path = written(tmp_path / "in.csv", [row(), wife(agama="JEDI")])

    code = main(["residents", "import", str(path), "--report", str(tmp_path / "laporan.csv")])

    assert code == 0
    assert "2 baris dibaca: 1 baru" in capsys.readouterr().out
    with (tmp_path / "laporan.csv").open(encoding="utf-8") as file:
        _, line = csv.reader(file)
    assert line[:4] == ["3", "agama", "registry.code.unknown", "Isian itu tidak ada dalam daftar agama."]


def test_somebody_new_becomes_head_where_the_former_head_steps_down_in_the_same_file(take):
    take(row())

    result, faults = take(row(nik="9911191703900009"), row(hubungan="FAMILI LAIN"))

    assert (result.added, result.changed, faults) == (1, 1, [])
    assert queries.resident_by_nik("9911191703900009").relation.label == "KEPALA KELUARGA"
