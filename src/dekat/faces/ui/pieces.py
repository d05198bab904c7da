"""What the components that show a list are given."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Step:
    """One step of a task."""

    label: str
    state: Literal["done", "current", "todo"] = "todo"
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Moment:
    """One thing that happened, happens, or is awaited; `at` is already in words."""

    title: str
    at: str = ""
    note: str = ""
    state: Literal["done", "current", "todo", "bad"] = "done"
    href: str = ""
    link: str = ""
