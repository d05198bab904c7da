"""Older asset lists: found headers, faults by row and column, nothing by halves, nothing twice."""

import codecs
from datetime import date

import pytest

from dekat.areas.services import load_bundled
from dekat.equipment import asset_list, queries
from dekat.equipment.asset_list import HeaderMissing, ListUnreadable, read_list
from dekat.equipment.list_cells import Why
from dekat.equipment.list_import import ListHasFaults, dry_run, import_list
from dekat.kernel.rupiah import Rupiah
from tests.make.accounts import HEAD
from tests.make.assets import workbook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HEAD_ROW = ["Kode Barang", "Nama Barang", "Nomor Register", "Merk/Type", "Tahun Pembelian", "Nomor Pabrik",
            "Harga (Rp)", "Kondisi (B/RR/RB)", "Kecamatan", "BAST ke Kecamatan",
            "Tanggal BAST ke Kecamatan"]  # fmt: skip
ROW = [
    "1.3.2.10.02.03",
    "Set perekaman",
    1,
    "Contoh 10",
    2019,
    "A-001",
    "128.500.000",
    "B",
    "Ijen",
    "BAST/7",
    "05/02/2021",
]


@pytest.fixture(autouse=True)
def areas(identity):
    load_bundled()


def csv(*rows, mark=";"):
    return "\n".join(mark.join(map(str, row)) for row in rows).encode()


def take(content, now):
    return import_list(content, actor=HEAD, now=now, today=TODAY)


def test_a_dry_run_writes_nothing_and_the_same_file_twice_changes_nothing(now):
    content = workbook(HEAD_ROW, ROW)

    assert len(dry_run(content, today=TODAY).new) == 1
    assert queries.devices() == []
    take(content, now)
    again = take(content, now)

    assert (len(again.new), again.unchanged) == (0, 1)
    [card] = queries.devices()
    assert (card.serial, card.price, card.register_no, card.year) == ("A-001", Rupiah.of(128_500_000), "0001", 2019)
    assert (card.kecamatan, card.bast.on) == ("35.11.19", date(2021, 2, 5))


@pytest.mark.parametrize(
    "content",
    [
        csv(HEAD_ROW, ROW),
        csv(HEAD_ROW, ROW, mark="\t"),
        codecs.BOM_UTF8 + csv(HEAD_ROW, ROW),
        csv(HEAD_ROW, ROW).decode().encode("utf-16"),
        csv([], ["PEMERINTAH KABUPATEN"], HEAD_ROW, list(range(1, 12)), ROW, ["Jumlah", "", "", "", "", "", "1"]),
    ],
    ids=["semicolons", "tabs", "mark", "utf-16", "letterhead"],
)
def test_a_csv_is_read_as_excel_saves_it(content):
    found = dry_run(content, today=TODAY)

    assert found.faults == ()
    assert [asset.serial for asset in found.new] == ["A-001"]


def test_the_printed_kib_b_with_merged_heads_and_thousands_is_read(now):
    head = [
        ["KARTU INVENTARIS BARANG (KIB) B"],
        ["No.", "Kode Barang", "Jenis Barang / Nama Barang", "Nomor Register", "Merk / Type", "Tahun Pembelian",
         "Nomor", None, None, "Asal usul", "Harga (ribuan Rp)", "Ket."],
        [None, None, None, None, None, None, "Pabrik", "Rangka", "Mesin", None, None, None],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    ]  # fmt: skip
    row = [
        1,
        "1.3.2.10.02.03",
        "Alat perekam KTP-el",
        "0001",
        "Contoh",
        2019,
        "A-9",
        "-",
        "-",
        "Pembelian APBD",
        128500,
        "",
    ]

    [asset] = dry_run(workbook(*head, row), today=TODAY).new

    assert (asset.serial, asset.price, asset.row) == ("A-9", Rupiah.of(128_500_000), 5)


def test_every_fault_is_named_by_row_and_column_and_nothing_is_taken(now):
    bad = [
        ["", "Kursi", 2, "x", 2019, "A-002", "gratis", "B", "", "", ""],
        ["", "Set cetak KK", 3, "x", "2 ribu", 1.23457e17, 5, "hancur", "Atlantis", "B/1", ""],
        ["", "Set cetak KK", 4, "x", 2019, "A-001", 5, "", "", "", ""],
    ]
    content = workbook(HEAD_ROW, ROW, *bad)

    found = dry_run(content, today=TODAY)

    assert {(fault.row, fault.column, fault.why) for fault in found.faults} == {
        (3, "Nama Barang", Why.UNKNOWN_KIND),
        (3, "Harga (Rp)", Why.NOT_A_PRICE),
        (4, "Tahun Pembelian", Why.NOT_A_YEAR),
        (4, "Nomor Pabrik", Why.SERIAL_ROUNDED),
        (4, "Kondisi (B/RR/RB)", Why.UNKNOWN_CONDITION),
        (4, "Kecamatan", Why.UNKNOWN_PLACE),
        (4, "Kecamatan", Why.BAST_WITHOUT_PLACE),
        (4, "Tanggal BAST ke Kecamatan", Why.BAST_WITHOUT_DATE),
        (5, "Nomor Pabrik", Why.SERIAL_TWICE),
    }
    with pytest.raises(ListHasFaults):
        take(content, now)
    assert queries.devices() == []


def test_a_place_without_a_bast_is_noticed_and_no_evidence(now):
    content = workbook(HEAD_ROW, [*ROW[:8], "Wringin", "", ""])

    found = take(content, now)

    assert [note.why for note in found.notes] == [Why.PLACE_WITHOUT_BAST]
    assert queries.device("A-001").kecamatan == ""


def test_a_list_that_contradicts_the_register_is_not_merged(now):
    take(workbook(HEAD_ROW, ROW), now)

    [fault] = dry_run(workbook(HEAD_ROW, [*ROW[:6], "99.000.000", *ROW[7:]]), today=TODAY).faults

    assert (fault.row, fault.column, fault.why) == (2, "Harga (Rp)", Why.DIFFERS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a;b\0;c", b"%PDF-1.7"])
def test_what_is_no_list_is_refused(content):
    with pytest.raises((ListUnreadable, HeaderMissing)):
        dry_run(content, today=TODAY)


def test_a_cell_far_to_the_right_does_not_widen_every_row(now):
    """A few kilobytes would unfold to sixteen thousand cells in each of twenty thousand rows."""
    wide = [*ROW, *[None] * 16_372, "x"]

    assert len(read_list(workbook(HEAD_ROW, wide, ROW)).rows) == 2
    assert max(len(cells) for cells in asset_list._xlsx(workbook(HEAD_ROW, wide, ROW))) <= 200


def test_missing_columns_are_named():
    with pytest.raises(HeaderMissing) as refused:
        dry_run(csv(["Nama Barang", "Merk"], ["Set perekaman", "x"]), today=TODAY)
    assert refused.value.facts == {"columns": "Harga (Rp), Nomor Pabrik"}
