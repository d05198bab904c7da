"""Code lists as versioned data: what a code means, and which code a text means."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from dekat.kernel.errors import DekatError
from dekat.registry.models import Code
from dekat.registry.states import ListName

BUNDLED = Path(__file__).parent / "data" / "codes.csv"
_LETTERS_OF_SEX = {"L": "1", "P": "2"}


class CodeUnknown(DekatError):
    """Neither a code nor a label of this list."""

    code = "registry.code.unknown"


@dataclass(frozen=True)
class Coded:
    """A value of a code list with what it is called."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.label


class CodeTable:
    """The entries valid on one day, read once and asked often."""

    def __init__(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        self._labels = entries
        self._codes = {
            name: {_plain(label): code for code, label in labels.items()} for name, labels in entries.items()
        }
        self._codes.setdefault(ListName.SEX, {}).update(_LETTERS_OF_SEX)

    def coded(self, name: ListName, code: str) -> Coded:
        """A code with its label; an unknown code is shown as it is."""
        return Coded(code, self._labels.get(name, {}).get(code, code))

    def read(self, name: ListName, text: str) -> str:
        """The code that a code, a label or a spelling of it means.

        Refuses: registry.code.unknown.
        """
        written = text.strip()
        if written in self._labels.get(name, {}):
            return written
        known = self._codes.get(name, {})
        code = known.get(_plain(written)) or known.get(written.upper())
        if code is None:
            raise CodeUnknown(list=str(name.label))
        return code

    def choices(self, name: ListName) -> list[Coded]:
        """The entries of a list, in order of their codes."""
        labels = self._labels.get(name, {})
        return [Coded(code, labels[code]) for code in sorted(labels, key=lambda code: (len(code), code))]


def code_table(on: date | None = None) -> CodeTable:
    """The entries valid on a day; without a day, those that have no end."""
    entries: dict[str, dict[str, str]] = {}
    rows = Code.objects.order_by("list", "code").values_list("list", "code", "label", "valid_from", "valid_to")
    for name, code, label, valid_from, valid_to in rows:
        is_current = valid_to is None if on is None else _holds(valid_from, valid_to, on)
        if is_current:
            entries.setdefault(name, {})[code] = label
    return CodeTable(entries)


def load_code_lists(path: Path = BUNDLED) -> int:
    """Load code lists from a CSV file (list, code, label, valid_from, valid_to, source); give how many entries it has.

    Again: entries held already keep their place; their label, end and source follow the file.
    """
    found = entries(path)
    with transaction.atomic():
        for key, facts in found:
            Code.objects.update_or_create(
                list=key["list"], code=key["code"], valid_from=key["valid_from"], defaults=facts
            )
    return len(found)


def entries(path: Path = BUNDLED) -> list[tuple[dict[str, str | date | None], dict[str, str | date | None]]]:
    """The entries of a file as (what names an entry, what it says)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (
                {"list": row["list"], "code": row["code"], "valid_from": _day(row["valid_from"])},
                {"label": row["label"], "valid_to": _day(row["valid_to"]), "source": row["source"]},
            )
            for row in csv.DictReader(file)
        ]


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9+-]", "", text.upper())


def _holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    return (valid_from is None or valid_from <= on) and (valid_to is None or on < valid_to)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
