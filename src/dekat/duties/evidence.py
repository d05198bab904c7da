"""Evidence as values: one line of a history, checked against the schema that documents it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.clock import NaiveInstant, as_utc, from_iso
from dekat.kernel.errors import DekatError
from dekat.ledger.rules import SignedEvent

SCHEMA_FILE = Path(__file__).with_name("evidence.schema.json")
PREFIXES = ("equipment.", "duties.", "readings.")


class LineInvalid(DekatError):
    """A line of a history does not follow the schema."""

    code = "duties.evidence.line_invalid"


@dataclass(frozen=True)
class Evidence:
    """One fact that the turn engine may read.

    Facts: `at` is when it happened, `recorded_at` when a node wrote it down; None where nobody knows: then at once.
    """

    id: UUID
    name: str
    subject: str
    actor: str
    at: datetime
    data: Mapping[str, Json]
    recorded_at: datetime | None = None

    @property
    def known_at(self) -> datetime:
        """From when on it could be known."""
        return self.recorded_at or self.at

    @property
    def about(self) -> str:
        """The serial number or kecamatan code in the subject."""
        return self.subject.partition(":")[2]

    def text(self, key: str) -> str:
        """A text of the data, empty when absent."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def instant(self, key: str) -> datetime | None:
        """An instant of the data; None when absent, or when a machine signed what is none."""
        text = self.text(key)
        try:
            return as_utc(from_iso(text)) if text else None
        except (ValueError, NaiveInstant):
            return None


def of_event(event: SignedEvent) -> Evidence:
    """The evidence in an event of the log."""
    return Evidence(
        id=event.id,
        name=event.name,
        subject=event.subject,
        actor=event.actor,
        at=as_utc(event.occurred_at),
        data=event.data,
        recorded_at=as_utc(event.recorded_at),
    )


def may_say(event: SignedEvent) -> bool:
    """Whether the node that signed an event may speak for the office that it names.

    A station's key proves its station, nothing more: it speaks as a machine or for its own kecamatan, about its own
    kecamatan, and only what such a voice may say. The centre speaks for every other office.
    """
    return _may_speak(event.speaker, event.name, event.subject, event.data)


def is_believed(line: Mapping[str, Json]) -> bool:
    """Whether the node that an exported line names may say it; a line that names none stands as it was written."""
    data = line.get("data")
    speaker = str(line.get("node", "")).partition("/")[0]
    return _may_speak(speaker, str(line["name"]), str(line["subject"]), data if isinstance(data, Mapping) else {})


def _may_speak(speaker: str, name: str, subject: str, data: Mapping[str, Json]) -> bool:
    kind, _, kecamatan = speaker.partition("-")
    if kind != "station":
        return True
    by = str(data.get("by", ""))
    about, _, place = subject.partition(":")
    if by not in ("", f"KECAMATAN:{kecamatan}") or (about == "kecamatan" and place != kecamatan):
        return False
    rule = kinds().get(name)
    return rule is not None and (by.partition(":")[0] or "machine") in rule["x-said-by"]


def parse(line: Mapping[str, Json], *, number: int = 0) -> Evidence:
    """Read one line of a history.

    Facts: `number` is its place in the file, named in the refusal.
    Refuses: duties.evidence.line_invalid.
    """
    for fault in faults_of(line):
        raise LineInvalid(line=number, reason=fault)
    data, recorded_at = line["data"], line.get("recorded_at")
    return Evidence(
        id=UUID(str(line["id"])),
        name=str(line["name"]),
        subject=str(line["subject"]),
        actor=str(line["actor"]),
        at=from_iso(str(line["occurred_at"])),
        data=data if isinstance(data, Mapping) else {},
        recorded_at=from_iso(str(recorded_at)) if recorded_at else None,
    )


def faults_of(line: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with a line, in words for its writer; nothing when it is right."""
    schema = json_schema()
    yield from _check(line, {key: schema[key] for key in schema if key != "oneOf"}, "line")
    kind = kinds().get(str(line.get("name")))
    if kind is None:
        yield f"name: {line.get('name')!r} is no evidence"
        return
    for key, rule in kind["properties"].items():
        if key in line:
            yield from _check(line[key], rule, key)
    yield from _voice_faults(line, kind["x-said-by"])


def _voice_faults(line: Mapping[str, Json], said_by: list[str]) -> Iterator[str]:
    data = line.get("data")
    by = str(data.get("by", "")) if isinstance(data, Mapping) else ""
    if not by:
        if "machine" in said_by and not str(line.get("actor")).startswith("node:"):
            yield "actor: only a machine (node:...) may say this without an office in data.by"
    elif by.partition(":")[0] not in said_by:
        yield f"data.by: {by} may not say this; {', '.join(said_by)} may"


@lru_cache(maxsize=1)
def json_schema() -> dict[str, Any]:
    """The JSON Schema of one line, as shipped."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text())
    return loaded


@lru_cache(maxsize=1)
def kinds() -> dict[str, dict[str, Any]]:
    """The part of the schema for each event name."""
    return {branch["properties"]["name"]["const"]: branch for branch in json_schema()["oneOf"]}


_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "object": Mapping,
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}


def _check(value: object, rule: dict[str, Any], where: str) -> Iterator[str]:
    """The few keywords of JSON Schema that our schema uses."""
    if "$ref" in rule:
        rule = json_schema()["$defs"][rule["$ref"].rpartition("/")[2]]
    if "type" in rule and not _has_type(value, rule["type"]):
        yield f"{where}: must be of type {rule['type']}"
        return
    if "enum" in rule and not any(_is_same(value, one) for one in rule["enum"]):
        yield f"{where}: must be one of {', '.join(map(str, rule['enum']))}"
    if "const" in rule and not _is_same(value, rule["const"]):
        yield f"{where}: must be {rule['const']}"
    if isinstance(value, str):
        if "pattern" in rule and not re.search(rule["pattern"], value):
            yield f"{where}: does not fit {rule['pattern']}"
        if len(value) > rule.get("maxLength", len(value)):
            yield f"{where}: longer than {rule['maxLength']} letters"
    if isinstance(value, int) and "minimum" in rule and value < rule["minimum"]:
        yield f"{where}: less than {rule['minimum']}"
    if isinstance(value, list) and "items" in rule:
        for place, item in enumerate(value):
            yield from _check(item, rule["items"], f"{where}[{place}]")
    if isinstance(value, Mapping):
        yield from _check_object(value, rule, where)


def _check_object(value: Mapping[str, object], rule: dict[str, Any], where: str) -> Iterator[str]:
    known = rule.get("properties", {})
    yield from (f"{where}.{key}: missing" for key in rule.get("required", []) if key not in value)
    for key, inner in value.items():
        if key in known:
            yield from _check(inner, known[key], f"{where}.{key}")
        elif rule.get("additionalProperties") is False:
            yield f"{where}.{key}: unknown"


def _is_same(value: object, told: object) -> bool:
    """JSON holds true apart from 1."""
    return value == told and isinstance(value, bool) is isinstance(told, bool)


def _has_type(value: object, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(
        isinstance(value, _TYPES[name]) and not (name == "integer" and isinstance(value, bool)) for name in names
    )
