"""Area files as the data set writes them: `provinces.csv`, `regencies.csv`, `districts.csv`, `villages.csv`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dekat.kernel.errors import DekatError

BUNDLED = Path(__file__).parent / "data"
BUNDLED_FOLDERS = (BUNDLED / "bondowoso", BUNDLED / "sample")

# File, its columns, length of a code.
LEVELS = (
    ("provinces.csv", ("code", "name"), 2),
    ("regencies.csv", ("code", "province_code", "name"), 5),
    ("districts.csv", ("code", "regency_code", "name"), 8),
    ("villages.csv", ("code", "district_code", "name"), 13),
)
# Kemendagri: the village's own number begins with 1 (kelurahan), 2 (desa) or 3 (desa adat).
_KINDS = {"1": "KELURAHAN", "2": "DESA", "3": "DESA_ADAT"}


class FilesInvalid(DekatError):
    """A file of areas is missing or not as the data set writes it."""

    code = "areas.files.invalid"


@dataclass(frozen=True)
class AliasLine:
    """One line of `aliases.csv`."""

    code: str
    name: str
    is_shown: bool
    valid_from: date | None
    valid_to: date | None
    source: str


def lines(folder: Path, level: int) -> Iterator[tuple[str, str, str]]:
    """The areas of one level: code, parent's code (empty for a province), name.

    Facts: a folder without `villages.csv` has none; the other files must be there.
    Refuses: areas.files.invalid.
    """
    name, columns, length = LEVELS[level]
    path = folder / name
    if not path.is_file():
        if name == "villages.csv":
            return
        raise FilesInvalid(file=name, line=0)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != columns:
            raise FilesInvalid(file=name, line=1)
        for row in reader:
            if len(row) != len(columns) or len(row[0]) != length or not row[-1]:
                raise FilesInvalid(file=name, line=reader.line_num)
            yield row[0], row[1] if level else "", row[-1]


def kind_of(code: str) -> str:
    """What a village is, from its code.

    Refuses: areas.files.invalid.
    """
    kind = _KINDS.get(code[9:10])
    if kind is None:
        raise FilesInvalid(file="villages.csv", line=0)
    return kind


def aliases() -> list[AliasLine]:
    """The aliases that ship with the product."""
    with (BUNDLED / "aliases.csv").open(encoding="utf-8", newline="") as file:
        return [
            AliasLine(
                code=row["code"],
                name=row["name"],
                is_shown=row["is_shown"] == "1",
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
