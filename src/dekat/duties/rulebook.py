"""The rules of the turn as dated data: the chain, who owns which link, how long, to whom it rises."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("turn_rules")


@dataclass(frozen=True)
class Rule:
    """One unmet link: its reason code, its owner, the deadline, what clears it, the law behind it.

    Facts: `owner` is a party, `KECAMATAN` (the device's own), `ASSET_USER` (in whose books it stands) or `ASKED` (who
    was asked for the access right, or must answer for a hand-over).
    """

    id: str
    link: str
    code: str
    owner: str
    desk: str
    within_working_hours: int
    cleared_by: tuple[str, ...]
    law: str


@dataclass(frozen=True)
class Step:
    """To whom a missed deadline rises."""

    party: str
    desk: str
    within_working_hours: int
    law: str


@dataclass(frozen=True)
class Rulebook:
    """One dated version of all rules. Changed only by adding a file with a later date."""

    valid_from: date
    use_window_working_hours: int
    opened_window_working_hours: int
    question_working_hours: int
    useful_life_days: int
    chain: Mapping[str, Sequence[str]]
    rules: Mapping[str, Rule]
    desks: Mapping[str, str]
    escalation: Mapping[str, Step]

    def knows(self, party: str) -> bool:
        """Whether this names somebody who can hold a turn."""
        return party.partition(":")[0] in self.desks

    def desk_of(self, party: str) -> str:
        """The desk that answers for a party when it is asked or obliged."""
        return self.desks[party.partition(":")[0]]

    def step_from(self, desk: str, *, via: str) -> Step | None:
        """Where a missed deadline rises; None at the last desk. Only the Sekda obliges, so that comes straight back."""
        step = self.escalation.get(desk)
        if step is None or via != "OBLIGATION":
            return step
        return next(step for step in self.escalation.values() if step.party == "SEKDA")


@lru_cache(maxsize=1)
def rulebooks() -> tuple[Rulebook, ...]:
    """All versions, oldest first."""
    return tuple(_read(json.loads(file.read_text())) for file in sorted(FOLDER.glob("*.json")))


def rulebook(on: date) -> Rulebook:
    """The version in force on a day; before the first one, the first."""
    valid = [book for book in rulebooks() if book.valid_from <= on]
    return valid[-1] if valid else rulebooks()[0]


def _read(raw: dict[str, Any]) -> Rulebook:
    rules = [Rule(**{**rule, "cleared_by": tuple(rule["cleared_by"])}) for rule in raw["rules"]]
    return Rulebook(
        valid_from=date.fromisoformat(raw["valid_from"]),
        use_window_working_hours=raw["use_window_working_hours"],
        opened_window_working_hours=raw["opened_window_working_hours"],
        question_working_hours=raw["question_working_hours"],
        useful_life_days=raw["useful_life_days"],
        chain={kind: tuple(links) for kind, links in raw["chain"].items()},
        rules={rule.id: rule for rule in rules},
        desks=raw["desks"],
        escalation={desk: Step(**step) for desk, step in raw["escalation"].items()},
    )
