"""Read a population extract into the register: good rows in, bad rows named, changed rows with their history.

Each chunk is one transaction. A file read again changes nothing; a reading that was cut off is finished by the next.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas.queries import village_codes
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.services import record
from dekat.registry.code_lists import code_table
from dekat.registry.import_chunk import Chunk
from dekat.registry.models import PopulationImport
from dekat.registry.population_file import NumberedRow, NumbersRounded, file_sha256, population_rows
from dekat.registry.population_row import PopulationRow, RowReader
from dekat.registry.views import ImportResult, RowFault

CHUNK_ROWS = 5000
# Of honest serials one in ten ends in 0. A spreadsheet that keeps 15 digits makes all of them so.
_ROUNDED_SHARE = 0.9
_ROUNDED_LEAST = 20


class NikTwice(DekatError):
    """A NIK stands in an earlier row of the same file."""

    code = "registry.row.nik_twice"


@dataclass
class _Tally:
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    seen: set[int] = field(default_factory=set)


def import_population(
    *, path: Path, actor: Actor, now: datetime, on_fault: Callable[[RowFault], None] = lambda fault: None
) -> ImportResult:
    """Read a CSV or XLSX file of residents; columns as in `docs/reference/population-file.md`.

    Facts: `on_fault` is called for each thing wrong with a row, without any personal data.
    Again: rows that the register already took from an earlier reading are counted as unchanged.
    Refuses: registry.file.unreadable, registry.file.columns_missing, registry.file.numbers_rounded.
    """
    import_id, tally = new_id(now), _Tally()
    reader = RowReader(code_table(), village_codes())
    source = file_sha256(path)
    with population_rows(path) as rows:
        is_first = True
        while piece := list(islice(rows, CHUNK_ROWS)):
            if is_first:
                _refuse_rounded(piece)
                _begin(import_id, source, now)
            is_first = False
            good = list(_good_rows(piece, reader, tally, on_fault))
            _write(Chunk(good, import_id=import_id, now=now), tally, on_fault)
    return _finish(import_id, source, tally, actor, now)


def _good_rows(
    piece: list[NumberedRow], reader: RowReader, tally: _Tally, on_fault: Callable[[RowFault], None]
) -> Iterator[PopulationRow]:
    for number, cells in piece:
        tally.read += 1
        row = reader.read(number, cells)
        if isinstance(row, PopulationRow) and int(row.nik) in tally.seen:
            row = [RowFault(number, "nik", NikTwice.code)]
        if isinstance(row, PopulationRow):
            tally.seen.add(int(row.nik))
            yield row
            continue
        tally.refused += 1
        for fault in row:
            on_fault(fault)


def _write(chunk: Chunk, tally: _Tally, on_fault: Callable[[RowFault], None]) -> None:
    with transaction.atomic():
        chunk.write()
    tally.added += chunk.added
    tally.changed += chunk.changed
    tally.unchanged += chunk.unchanged
    tally.refused += len(chunk.faults)
    for fault in chunk.faults:
        on_fault(fault)


def _refuse_rounded(piece: list[NumberedRow]) -> None:
    ends = [cells[0].strip()[-1:] for _, cells in piece if cells[0]]
    if len(ends) >= _ROUNDED_LEAST and ends.count("0") >= _ROUNDED_SHARE * len(ends):
        raise NumbersRounded


def _begin(import_id: UUID, source: str, now: datetime) -> None:
    PopulationImport.objects.create(id=import_id, source_sha256=source, began_at=now)


def _finish(import_id: UUID, source: str, tally: _Tally, actor: Actor, now: datetime) -> ImportResult:
    counts = {"read": tally.read, "added": tally.added, "changed": tally.changed, "refused": tally.refused}
    with transaction.atomic():
        PopulationImport.objects.filter(id=import_id).update(**{f"{name}_count": n for name, n in counts.items()})
        record(
            name="registry.population.imported",
            subject=f"import:{import_id}",
            actor=actor.label,
            data={"source_sha256": source, **counts},
            now=now,
        )
    return ImportResult(import_id=import_id, unchanged=tally.unchanged, **counts)
