"""Families as columns: many in few bytes, and the same families always the same bytes.

Equal things lie side by side and say nothing twice: each column is written the shortest of a few ways, the words of
names and places are numbered, a NIK leaves out the birth date it repeats, a child names its parents by their place in
the family. Rows are those of `resident/1`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import cbor2

from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_cbor

Row = Mapping[str, Json]
Column = list[Json]
FORMAT = 1
_CONSTANT, _BYTES, _PAIRS, _LISTED, _WORDS, _DAYS, _PLAIN, _FLAGS = range(8)
_WORDY = frozenset(("full_name", "father_name", "mother_name", "birth_place", "address", "hamlet"))
_NUMBER_DIGITS, _FEMALE_OFFSET = 16, 40
# A word is written once and read as often as a block says: a long one would fill the memory.
_LONGEST_WORD = 200
_MOST_LETTERS = 1 << 22
_PARENTS = ("father", "mother")


class BlockMalformed(DekatError):
    """Bytes that are no block of families, or one of a later release."""

    code = "registry.block.malformed"


def pack(rows: Iterable[Row]) -> bytes:
    """Families with their members as bytes; the order of the rows does not matter."""
    families = sorted(rows, key=_place)
    members = [member for row in families for member in _rows(row["members"])]
    homes = [_mapping(row["family"]) for row in families]
    family_columns: dict[str, Column] = {"version_from": [row["version_from"] for row in families]}
    family_columns |= {name: [home[name] for home in homes] for name in (homes[0] if homes else ())}
    _split_card_numbers(family_columns)
    member_columns = {name: [one[name] for one in members] for name in (members[0] if members else ()) if name != "id"}
    _name_parents(member_columns, [len(_rows(row["members"])) for row in families])
    _split_niks(member_columns)
    table = _table([*family_columns.items(), *member_columns.items()])
    return cbor2.dumps(
        {
            "v": FORMAT,
            "ids": _planes(str(row["id"]) for row in families),
            "members": bytes(len(_rows(row["members"])) for row in families),
            "member_ids": _planes(str(one["id"]) for one in members),
            "words": list(table),
            "family": {name: _written(name, column, table) for name, column in family_columns.items()},
            "member": {name: _written(name, column, table) for name, column in member_columns.items()},
        }
    )


def unpack(data: bytes) -> list[Row]:
    """The families of a block.

    Refuses: registry.block.malformed.
    """
    try:
        said = read_cbor(data)
        if said["v"] != FORMAT:
            raise BlockMalformed
        return _rows_of(said)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BlockMalformed from error


def residents_of(row: Row) -> int:
    """How many people a family of an extract has."""
    return len(_rows(row["members"]))


def _rows_of(said: Mapping[str, Mapping[str, Sequence[Json]]]) -> list[Row]:
    ids, member_ids, counts = _unplaned(said["ids"]), _unplaned(said["member_ids"]), list(said["members"])
    words = [str(word) for word in said["words"]]
    if any(len(word) > _LONGEST_WORD for word in words):
        raise ValueError
    if len(ids) != len(counts) or len(member_ids) != sum(map(_int, counts)):
        raise ValueError
    homes = {name: _read(written, len(ids), words) for name, written in said["family"].items()}
    people = {name: _read(written, len(member_ids), words) for name, written in said["member"].items()}
    _join_card_numbers(homes)
    _join_niks(people)
    _give_parents(people, [_int(count) for count in counts])
    froms = homes.pop("version_from") if ids else []
    rows, start = list[Row](), 0
    for place, family_id in enumerate(ids):
        end = start + _int(counts[place])
        rows.append(
            {
                "id": family_id,
                "version_from": froms[place],
                "family": {name: column[place] for name, column in homes.items()},
                "members": [
                    {"id": member_ids[at], **{name: column[at] for name, column in people.items()}}
                    for at in range(start, end)
                ],
            }
        )
        start = end
    return rows


def _place(row: Row) -> tuple[str, ...]:
    """Neighbours stand together: their columns repeat."""
    home = _mapping(row["family"])
    return (*(str(home[name]) for name in ("village", "rw", "rt", "hamlet", "address")), str(row["id"]))


def _split_niks(columns: dict[str, Column]) -> None:
    """Region, serial and only what does not repeat the birth date; whatever is no ordinary NIK stays whole."""
    if "nik" not in columns:
        return
    found = [
        _split_nik(nik, str(born_on), sex == "FEMALE")
        for nik, born_on, sex in zip(columns.pop("nik"), columns["born_on"], columns["sex"], strict=True)
    ]
    for name, values in zip(("nik_region", "nik_serial", "nik_other"), zip(*found, strict=True), strict=True):
        columns[name] = list(values)


def _split_nik(nik: Json, born_on: str, is_female: bool) -> tuple[Json, Json, Json]:
    if isinstance(nik, str) and _is_number(nik) and nik[6:12] == _day_in_nik(born_on, is_female):
        return nik[:6], int(nik[12:]), ""
    return "", 0, nik


def _join_niks(columns: dict[str, Column]) -> None:
    if "nik_region" not in columns:
        return
    regions, serials, others = (columns.pop(name) for name in ("nik_region", "nik_serial", "nik_other"))
    columns["nik"] = [
        f"{region}{_day_in_nik(str(born_on), sex == 'FEMALE')}{serial:04d}" if region else other
        for region, serial, other, born_on, sex in zip(
            regions, serials, others, columns["born_on"], columns["sex"], strict=True
        )
    ]


def _day_in_nik(born_on: str, is_female: bool) -> str:
    """The six digits that a NIK repeats of a birth date; empty when the date is no whole date."""
    if not _is_day(born_on):
        return ""
    return f"{int(born_on[8:10]) + _FEMALE_OFFSET * is_female:02d}{born_on[5:7]}{born_on[2:4]}"


def _split_card_numbers(columns: dict[str, Column]) -> None:
    if "family_card_no" not in columns:
        return
    numbers = [str(number) for number in columns.pop("family_card_no")]
    is_all = all(_is_number(number) for number in numbers)
    columns["card_region"] = [number[:6] if is_all else number for number in numbers]
    for name, begins, ends in (
        ("card_day", 6, 8),
        ("card_month", 8, 10),
        ("card_year", 10, 12),
        ("card_serial", 12, 16),
    ):
        columns[name] = [int(number[begins:ends]) if is_all else 0 for number in numbers]


def _join_card_numbers(columns: dict[str, Column]) -> None:
    if "card_region" not in columns:
        return
    parts = [columns.pop(f"card_{name}") for name in ("region", "day", "month", "year", "serial")]
    columns["family_card_no"] = [
        f"{region}{day:02d}{month:02d}{year:02d}{serial:04d}" if len(str(region)) == 6 else region
        for region, day, month, year, serial in zip(*parts, strict=True)
    ]


def _name_parents(columns: dict[str, Column], counts: Sequence[int]) -> None:
    """A parent who is in the family is a place in it (from 1), with nothing in the column itself."""
    for own, parents in (("full_name", "name"), ("nik", "nik")):
        for parent in _PARENTS:
            column = columns.get(f"{parent}_{parents}")
            if column is not None and own in columns:
                columns[f"{parent}_{parents}_at"] = _refer(column, columns[own], counts)


def _refer(column: Column, own: Column, counts: Sequence[int]) -> Column:
    places, start = list[Json](), 0
    for count in counts:
        here = {str(value): place for place, value in reversed(list(enumerate(own[start : start + count], 1))) if value}
        for at in range(start, start + count):
            place = here.get(str(column[at]), 0) if column[at] else 0
            places.append(place)
            if place:
                column[at] = ""
        start += count
    return places


def _give_parents(columns: dict[str, Column], counts: Sequence[int]) -> None:
    for own, parents in (("full_name", "name"), ("nik", "nik")):
        for parent in _PARENTS:
            places = columns.pop(f"{parent}_{parents}_at", None)
            if places is None:
                continue
            column, start = columns[f"{parent}_{parents}"], 0
            for count in counts:
                for at in range(start, start + count):
                    if place := _int(places[at]):
                        column[at] = columns[own][start : start + count][place - 1]
                start += count


def _table(columns: Iterable[tuple[str, Column]]) -> dict[str, int]:
    """The words of names and places, the commonest first, each with its number."""
    found = Counter(
        word for name, column in columns if name in _WORDY for value in column for word in str(value).split(" ")
    )
    return {word: number for number, word in enumerate(sorted(found, key=lambda word: (-found[word], word)))}


def _written(name: str, column: Column, table: Mapping[str, int]) -> Json | bytes | list[object]:
    if not column or all(value == column[0] and type(value) is type(column[0]) for value in column):
        return [_CONSTANT, column[0] if column else None]
    if all(isinstance(value, bool) for value in column):
        return [_FLAGS, bytes(map(bool, column))]
    if all(isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 16 for value in column):
        return _numbers([_int(value) for value in column])
    if all(isinstance(value, str) for value in column):
        return _texts(name, [str(value) for value in column], table)
    return [_PLAIN, column]


def _numbers(values: Sequence[int]) -> list[object]:
    low = bytes(value & 255 for value in values)
    return [_PAIRS, low, bytes(value >> 8 for value in values)] if max(values) > 255 else [_BYTES, low]


def _texts(name: str, values: list[str], table: Mapping[str, int]) -> list[object]:
    if name in _WORDY and len(table) < 1 << 16:
        words = [value.split(" ") for value in values]
        if max(map(len, words)) < 256:
            numbers = [table[word] for said in words for word in said]
            return [_WORDS, bytes(map(len, words)), bytes(n & 255 for n in numbers), bytes(n >> 8 for n in numbers)]
    if all(not value or _is_day(value) for value in values):
        years = [int(value[:4]) if value else 0 for value in values]
        return [
            _DAYS, bytes(year & 255 for year in years), bytes(year >> 8 for year in years),
            bytes(int(value[5:7]) if value else 0 for value in values),
            bytes(int(value[8:10]) if value else 0 for value in values),
        ]  # fmt: skip
    different = sorted(set(values))
    if len(different) < 256 and len(different) * 3 < len(values):
        numbers_of = {value: number for number, value in enumerate(different)}
        return [_LISTED, different, bytes(numbers_of[value] for value in values)]
    return [_PLAIN, values]


def _read(written: Sequence[Json], count: int, words: Sequence[str]) -> Column:
    how, *parts = written
    if not isinstance(how, int) or how not in _READERS:
        raise ValueError
    column = _READERS[how](_Parts(parts, count, words))
    if len(column) != count:
        raise ValueError
    return column


@dataclass(frozen=True)
class _Parts:
    """What a column was written as."""

    parts: list[Json]
    count: int
    words: Sequence[str]

    def plane(self, number: int) -> bytes:
        part = self.parts[number]
        if not isinstance(part, bytes):
            raise TypeError
        return part

    def pairs(self, first: int) -> list[int]:
        return [low | high << 8 for low, high in zip(self.plane(first), self.plane(first + 1), strict=True)]


def _read_words(one: _Parts) -> Column:
    numbers, column, start = one.pairs(1), list[Json](), 0
    # A word is written once and may stand anywhere often: little that unpacks to much.
    if sum(len(one.words[number]) for number in numbers) > _MOST_LETTERS:
        raise ValueError
    for length in one.plane(0):
        column.append(" ".join(one.words[number] for number in numbers[start : start + length]))
        start += length
    return column


def _read_days(one: _Parts) -> Column:
    days = zip(one.pairs(0), one.plane(2), one.plane(3), strict=True)
    return [f"{year:04d}-{month:02d}-{day:02d}" if year else "" for year, month, day in days]


def _read_listed(one: _Parts) -> Column:
    different = _listed(one.parts[0])
    return [different[number] for number in one.plane(1)]


_READERS: dict[int, Callable[[_Parts], Column]] = {
    _CONSTANT: lambda one: [one.parts[0]] * one.count,
    _BYTES: lambda one: list(one.plane(0)),
    _PAIRS: lambda one: list(one.pairs(0)),
    _LISTED: _read_listed,
    _WORDS: _read_words,
    _DAYS: _read_days,
    _PLAIN: lambda one: list(_listed(one.parts[0])),
    _FLAGS: lambda one: [bool(value) for value in one.plane(0)],
}


def _planes(ids: Iterable[str]) -> bytes:
    """First bytes first: the time and the fixed bits of ids repeat, their random bytes do not."""
    raw = [UUID(text).bytes for text in ids]
    return b"".join(bytes(one[at] for one in raw) for at in range(16))


def _unplaned(planes: object) -> list[str]:
    if not isinstance(planes, bytes) or len(planes) % 16:
        raise TypeError
    count = len(planes) // 16
    return [str(UUID(bytes=planes[at::count])) for at in range(count)]


def _is_number(text: str) -> bool:
    return len(text) == _NUMBER_DIGITS and text.isascii() and text.isdigit()


def _is_day(text: str) -> bool:
    digits = text[:4] + text[5:7] + text[8:]
    is_shaped = len(text) == 10 and text[4] == text[7] == "-" and len(digits) == 8
    return is_shaped and digits.isascii() and digits.isdigit() and text[:4] != "0000"


def _mapping(value: Json) -> Row:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _rows(value: Json) -> list[Row]:
    return [_mapping(one) for one in _listed(value)]


def _listed(value: Json) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError
    return value


def _int(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
