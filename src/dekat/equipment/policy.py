"""The regency's own rules for its assets, as dated data with their source: codes, useful lives, location codes.

`DEKAT_ASSET_POLICY` names a JSON file of the same shape as `asset_policy.json`; what it holds replaces ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

PERIODS = ("DAY", "MONTH", "YEAR")
_OURS = Path(__file__).with_name("asset_policy.json")


class PolicyWrong(ValueError):
    """The file is not a policy."""


@dataclass(frozen=True)
class AssetCode:
    """A kode barang that pages offer; others may be typed."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class UsefulLife:
    """In how many years a kind of device loses its price, in steps of a period, from which day on."""

    valid_from: date
    kinds: tuple[str, ...]
    years: int
    period: str
    source: str


@dataclass(frozen=True)
class Policy:
    """Everything the asset books ask the regency."""

    asset_codes: tuple[AssetCode, ...]
    useful_lives: tuple[UsefulLife, ...]
    locations: Mapping[str, str]

    def life(self, kind: str, *, on: date) -> UsefulLife | None:
        """The rule in force on a day; a newer version changes no answer of an earlier day."""
        found = [rule for rule in self.useful_lives if kind in rule.kinds and rule.valid_from <= on]
        return max(found, key=lambda rule: rule.valid_from) if found else None


def read_policy(file: Path | None = None) -> Policy:
    """Our policy, with the parts that the file holds in place of ours; PolicyWrong says what is wrong with it."""
    raw = _read(_OURS) | (_read(file) if file else {})
    try:
        return Policy(
            asset_codes=tuple(AssetCode(one["code"], one["name"], one["source"]) for one in raw["asset_codes"]),
            useful_lives=tuple(_life(one) for one in raw["useful_lives"]),
            locations={str(key): str(value) for key, value in raw["locations"].items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PolicyWrong(f"{error}") from error


def _life(raw: Mapping[str, Any]) -> UsefulLife:
    if raw["period"] not in PERIODS or not 0 < int(raw["years"]) < 100:
        raise ValueError(f"useful life of {raw['kinds']}: years 1 to 99, period one of {', '.join(PERIODS)}")
    kinds, source = tuple(map(str, raw["kinds"])), str(raw["source"])
    return UsefulLife(date.fromisoformat(raw["valid_from"]), kinds, int(raw["years"]), raw["period"], source)


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise PolicyWrong(f"{file.name} cannot be read: {error}") from error
    unknown = raw.keys() - {"asset_codes", "useful_lives", "locations"} if isinstance(raw, dict) else {"no object"}
    if unknown:
        raise PolicyWrong(f"{file.name} holds {', '.join(sorted(unknown))}, which a policy does not")
    return dict(raw)
