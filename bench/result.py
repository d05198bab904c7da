"""One measured figure."""

from dataclasses import asdict, dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Result:
    """A figure with its goal and its peers, all measured in this run."""

    name: str
    value: float
    unit: str
    goal: float
    better: Literal["lower", "higher"]
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    def as_json(self, machine: str) -> dict[str, object]:
        """The row of `bench/results/latest.json`."""
        return {**asdict(self), "machine": machine}
