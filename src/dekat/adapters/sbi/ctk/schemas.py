"""MOSIP's JSON schemas, each element of a list held against them (as written they check only the first)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft201909Validator

_SHOWN = 160


@dataclass
class Schemas:
    """The schemas of a folder, read once each."""

    folder: Path
    _read: "dict[str, Draft201909Validator]" = field(default_factory=dict)

    def faults(self, value: object, name: str) -> list[str]:
        """Where the value does not fit the schema: `path: what`; nothing when it fits."""
        if name not in self._read:
            self._read[name] = _validator(json.loads((self.folder / f"{name}.json").read_text()))
        return [
            f"{'/'.join(map(str, error.path)) or '-'}: {error.message[:_SHOWN]}"
            for error in self._read[name].iter_errors(value)
        ]


def _validator(schema: Any) -> "Draft201909Validator":
    # 4 MB that only this command needs: never loaded by a station at work.
    from jsonschema import Draft201909Validator

    return Draft201909Validator(_every_element(schema))


def _every_element(schema: Any) -> Any:
    """The schema with each one-element tuple made to hold for every element."""
    if isinstance(schema, list):
        return [_every_element(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: _every_element(part) for key, part in schema.items()}
    if isinstance(changed.get("items"), list):
        changed["items"] = changed["items"][0]
    return changed
