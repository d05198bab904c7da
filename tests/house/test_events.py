"""The ledger says what happened: each event's name is in the past tense."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import dekat

SOURCE = Path(dekat.__file__).parent
SHAPE = re.compile(r"[a-z]+(\.[a-z0-9_]+){1,3}")
IRREGULAR = {
    "begun",
    "bought",
    "broken",
    "built",
    "cut",
    "done",
    "drawn",
    "found",
    "given",
    "gone",
    "held",
    "kept",
    "laid",
    "left",
    "lent",
    "lost",
    "made",
    "met",
    "paid",
    "put",
    "ran",
    "read",
    "seen",
    "sent",
    "set",
    "shown",
    "spent",
    "split",
    "taken",
    "told",
    "withdrawn",
    "written",
}


def event_names() -> Iterator[tuple[str, str]]:
    """Every name given to `record(name=…)` as a text, with its file."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", getattr(node.func, "id", "")) != "record":
                continue
            for keyword in node.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value), path.name


def is_past(name: str) -> bool:
    """Whether the last part of the name tells of something that is over."""
    words = name.rsplit(".", 1)[-1].split("_")
    return any(word.endswith("ed") or word in IRREGULAR for word in words)


def test_every_event_is_named_for_what_happened():
    assert [found for found in event_names() if not SHAPE.fullmatch(found[0]) or not is_past(found[0])] == []
