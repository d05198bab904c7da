"""What the office decided about its deeds."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """Facts: `move_letter_days` from the issue of a move letter to its last day."""

    move_letter_days: int


def _none() -> Policy:
    raise RuntimeError("project.wiring gives the policy")


_source: Callable[[], Policy] = _none


def use_policy(source: Callable[[], Policy]) -> None:
    """Wire where the policy comes from (called once, by `project`)."""
    global _source
    _source = source


def policy() -> Policy:
    """What holds now."""
    return _source()
