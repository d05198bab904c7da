"""Commands: load areas from files. A load adds and renames; it removes nothing, because old NIKs name old areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, models, transaction

from dekat.areas import files
from dekat.areas.models import Alias, District, Province, Regency, Village

_MODELS: tuple[type[models.Model], ...] = (Province, Regency, District, Village)
_PARENTS = ("", "province_id", "regency_id", "district_id")


@dataclass(frozen=True)
class Loaded:
    """What a load changed, by level from provinces to villages."""

    read: tuple[int, ...]
    written: tuple[int, ...]


def load_areas(folder: Path) -> Loaded:
    """Load provinces, regencies, kecamatan and villages from the CSV files of the data set idn-area-data.

    Again: areas already held under the same name are left alone.
    Refuses: areas.files.invalid.
    """
    read, written = list[int](), list[int]()
    with transaction.atomic():
        for level in range(len(_MODELS)):
            found = list(files.lines(folder, level))
            read.append(len(found))
            written.append(_write(level, found))
    return Loaded(tuple(read), tuple(written))


def load_bundled() -> None:
    """Load what ships with the product: Bondowoso, the fictional province 99, the aliases.

    Again: changes nothing.
    """
    with transaction.atomic():
        for folder in files.BUNDLED_FOLDERS:
            load_areas(folder)
        for line in files.aliases():
            facts = {key: value for key, value in line.__dict__.items() if key not in ("code", "name")}
            Alias.objects.update_or_create(code=line.code, name=line.name, defaults=facts)


def _write(level: int, found: Iterable[tuple[str, str, str]]) -> int:
    model = _MODELS[level]
    known = dict(model._default_manager.values_list("pk", "name"))
    fresh = [row for row in found if known.get(row[0]) != row[2]]
    columns = ["code", "name"] + [_PARENTS[level]] * (level > 0) + ["kind"] * (level == 3)
    rows = []
    for code, parent, name in fresh:
        kind = [files.kind_of(code)] if level == 3 else []
        rows.append([code, name, *([parent] if level else []), *kind])
    with connection.cursor() as cursor:
        cursor.executemany(_upsert(model._meta.db_table, columns), rows)
    return len(rows)


def _upsert(table: str, columns: list[str]) -> str:
    # bulk_create is 14 times slower than this on a hundred thousand rows; the names are ours, no value is in the text.
    places = ", ".join(["%s"] * len(columns))
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    return f"{head} ON CONFLICT (code) DO UPDATE SET {changes}"
